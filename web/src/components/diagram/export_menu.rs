//! The menu that hands the diagram over as a file or on the clipboard.

use yew::prelude::*;

use crate::commands::use_commands;
use crate::export::{Destination, ExportFormat};

use super::super::common::{Icon, Symbol, on_checked, use_menu};

/// Props of [`ExportMenu`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ExportMenuProps {
    /// Whether there is a run that can be drawn too.
    pub has_run: bool,
}

/// A button with a panel: Escape closes it, and so does leaving it.
#[component]
pub(super) fn ExportMenu(props: &ExportMenuProps) -> Html {
    let menu = use_menu();
    let with_run = use_state(|| true);
    let on_check = {
        let with_run = with_run.setter();
        on_checked(Callback::from(move |is_checked| with_run.set(is_checked)))
    };
    let has_run = props.has_run;
    let row = |format: ExportFormat| {
        let with_run = has_run && *with_run;
        html! { <ExportRow key={format.label()} {format} {with_run} on_close={menu.close.clone()} /> }
    };
    html! {
        <div class="menu export" onfocusout={menu.on_focus_out} onkeydown={menu.on_keydown}>
            <button ref={menu.button} type="button" class="button button-quiet button-small" onclick={menu.on_toggle}
                aria-expanded={menu.is_open.to_string()} title="Save or copy the diagram">
                <Icon symbol={Symbol::Save} /><span>{ "Export" }</span>
            </button>
            if menu.is_open {
                <div class="menu-list export-panel" tabindex="-1" role="group" aria-label="Export the diagram">
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
