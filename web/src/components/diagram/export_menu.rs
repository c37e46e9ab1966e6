//! The menu that hands the diagram over as a file or on the clipboard.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlInputElement, KeyboardEvent, Node};
use yew::prelude::*;

use crate::commands::use_commands;
use crate::export::{Destination, ExportFormat};
use crate::interop::focus;

use super::super::common::{Icon, Symbol};

/// Props of [`ExportMenu`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ExportMenuProps {
    /// Whether there is a run that can be drawn too.
    pub has_run: bool,
}

/// A button with a panel: Escape closes it, and so does leaving it.
#[component]
pub(super) fn ExportMenu(props: &ExportMenuProps) -> Html {
    let is_open = use_state(|| false);
    let with_run = use_state(|| true);
    let button = use_node_ref();
    let on_toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_| is_open.set(!*is_open))
    };
    let close = {
        let (is_open, button) = (is_open.clone(), button.clone());
        Callback::from(move |()| {
            is_open.set(false);
            if let Some(button) = button.cast::<Element>() {
                focus::element(&button);
            }
        })
    };
    let on_keydown = {
        let (is_open, close) = (is_open.clone(), close.clone());
        Callback::from(move |event: KeyboardEvent| {
            if *is_open && event.key() == "Escape" {
                event.prevent_default();
                close.emit(());
            }
        })
    };
    let on_focus_out = {
        let is_open = is_open.clone();
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
            let menu = event.current_target().and_then(|menu| menu.dyn_into::<Node>().ok());
            // A click on what cannot take the focus has no target, and stays inside.
            if to.is_some() && !menu.is_some_and(|menu| menu.contains(to.as_ref())) {
                is_open.set(false);
            }
        })
    };
    let on_check = {
        let with_run = with_run.clone();
        Callback::from(move |event: Event| {
            let input = event
                .target()
                .and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
            with_run.set(input.is_some_and(|input| input.checked()));
        })
    };
    let has_run = props.has_run;
    let row = |format: ExportFormat| {
        let with_run = has_run && *with_run;
        html! { <ExportRow key={format.label()} {format} {with_run} on_close={close.clone()} /> }
    };
    html! {
        <div class="menu export" onfocusout={on_focus_out} onkeydown={on_keydown}>
            <button ref={button} type="button" class="button button-quiet button-small" onclick={on_toggle}
                aria-expanded={is_open.to_string()} title="Save or copy the diagram">
                <Icon symbol={Symbol::Save} /><span>{ "Export" }</span>
            </button>
            if *is_open {
                <div class="menu-list export-panel" role="group" aria-label="Export the diagram">
                    { for ExportFormat::ALL.into_iter().map(row) }
                    if has_run {
                        <label class="export-run">
                            <input type="checkbox" checked={*with_run} onchange={on_check} />
                            <span>{ "Pictures show the run" }</span>
                        </label>
                    }
                </div>
            }
        </div>
    }
}

/// Props of [`ExportRow`].
#[derive(Clone, PartialEq, Properties)]
struct ExportRowProps {
    format: ExportFormat,
    with_run: bool,
    on_close: Callback<()>,
}

#[component]
fn ExportRow(props: &ExportRowProps) -> Html {
    let commands = use_commands();
    let format = props.format;
    let button = |destination: Destination, symbol: Symbol, word: &'static str| {
        let (commands, with_run, on_close) = (commands.clone(), props.with_run, props.on_close.clone());
        let on_click = Callback::from(move |_: MouseEvent| {
            commands.export(format, destination, with_run);
            on_close.emit(());
        });
        html! {
            <button type="button" class="button button-quiet button-small" onclick={on_click}
                aria-label={format!("{word} {}", format.label())}>
                <Icon {symbol} /><span>{ word }</span>
            </button>
        }
    };
    html! {
        <div class="export-row">
            <span class="export-format">{ format.label() }</span>
            { button(Destination::File, Symbol::Save, "Save") }
            { button(Destination::Clipboard, Symbol::Copy, "Copy") }
        </div>
    }
}
