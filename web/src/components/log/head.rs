//! The header of the log: how long the recording is, the executions so far, and the history as a file.

use std::rc::Rc;

use asl_protocol::{HistoryFormat, RecordingOrigin};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, KeyboardEvent, Node};
use yew::prelude::*;

use crate::commands::use_commands;
use crate::interop::focus;
use crate::state::{Dialog, Recordings, Run};

use super::super::common::{Icon, Symbol, elapsed, grouped};

/// What stands in the header.
pub(super) fn log_head(run: &Rc<Run>, recordings: &Rc<Recordings>) -> Html {
    let count = run.rows.len();
    html! {
        <>
            if count > 0 {
                <p class="pane-note">
                    { grouped(count) }{ if count == 1 { " event" } else { " events" } }
                    <span class="pane-note-time">{ elapsed(run.elapsed_ms(run.now_ms)) }</span>
                </p>
            }
            <LogTools count={recordings.list.len()} has_rows={count > 0}
                is_child={matches!(run.origin, RecordingOrigin::Child { .. })} />
        </>
    }
}

/// Props of [`LogTools`].
#[derive(Clone, PartialEq, Properties)]
struct LogToolsProps {
    /// How many executions there are.
    count: usize,
    /// Whether there is a history.
    has_rows: bool,
    /// Whether another execution started this one.
    is_child: bool,
}

#[component]
fn LogTools(props: &LogToolsProps) -> Html {
    let commands = use_commands();
    let show = |dialog: Dialog| {
        let commands = commands.clone();
        Callback::from(move |_: MouseEvent| commands.show_dialog(Some(dialog.clone())))
    };
    let on_parent = {
        let commands = commands.clone();
        Callback::from(move |_: MouseEvent| commands.open_parent())
    };
    html! {
        <div class="log-tools">
            if props.is_child {
                <button type="button" class="button button-quiet button-small" onclick={on_parent}
                    aria-label="Parent execution" title="Back to the execution that started this one">
                    <Icon symbol={Symbol::Back} /><span>{ "Parent" }</span>
                </button>
            }
            if props.count > 0 {
                <button type="button" class="button button-quiet button-small" onclick={show(Dialog::Executions)}
                    aria-label={format!("Executions {}", props.count)}
                    title="The executions so far, and two of them side by side">
                    <Icon symbol={Symbol::History} /><span class="log-tool-text">{ "Executions " }</span>
                    <span class="segment-note">{ props.count }</span>
                </button>
            }
            <button type="button" class="button button-quiet button-small" onclick={show(Dialog::History)}
                aria-label="Open a history" title="Open the history of a real execution">
                <Icon symbol={Symbol::Open} /><span class="log-tool-text">{ "Open" }</span>
            </button>
            if props.has_rows {
                <SaveMenu />
            }
        </div>
    }
}

/// A button with a panel: Escape closes it, and so does leaving it.
#[component]
fn SaveMenu() -> Html {
    let commands = use_commands();
    let is_open = use_state(|| false);
    let button = use_node_ref();
    let on_toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let close = {
        let (is_open, button) = (is_open.clone(), button.clone());
        move || {
            is_open.set(false);
            if let Some(button) = button.cast::<Element>() {
                focus::element(&button);
            }
        }
    };
    let on_keydown = {
        let (is_open, close) = (is_open.clone(), close.clone());
        Callback::from(move |event: KeyboardEvent| {
            if *is_open && event.key() == "Escape" {
                event.prevent_default();
                close();
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
    let row = |format: HistoryFormat, label: &'static str, about: &'static str| {
        let (commands, close) = (commands.clone(), close.clone());
        let on_click = Callback::from(move |_: MouseEvent| {
            commands.save_history(format);
            close();
        });
        html! {
            <button type="button" class="menu-item" onclick={on_click}>
                <span class="menu-item-title">{ label }</span>
                <span class="menu-item-about">{ about }</span>
            </button>
        }
    };
    html! {
        <div class="menu save-history" onfocusout={on_focus_out} onkeydown={on_keydown}>
            <button ref={button} type="button" class="button button-quiet button-small" onclick={on_toggle}
                aria-expanded={is_open.to_string()} aria-label="Save the history" title="Save the history as a file">
                <Icon symbol={Symbol::Save} /><span class="log-tool-text">{ "Save" }</span>
            </button>
            if *is_open {
                <div class="menu-list" role="group" aria-label="Save the history as">
                    { row(HistoryFormat::Json, "History, JSON",
                        "As aws stepfunctions get-execution-history prints it. Opens here again.") }
                    { row(HistoryFormat::JsonLines, "History, NDJSON", "One event per line.") }
                </div>
            }
        </div>
    }
}
