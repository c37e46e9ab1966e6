//! The header of the log: how long the recording is, the executions so far, and the history as a file.

use std::rc::Rc;

use asl_protocol::{HistoryFormat, RecordingOrigin};
use yew::prelude::*;

use crate::commands::use_commands;
use crate::state::{Dialog, Recordings, Run};

use super::super::common::{Icon, Symbol, elapsed, grouped, use_menu};

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
    let menu = use_menu();
    let row = |format: HistoryFormat, label: &'static str, about: &'static str| {
        let (commands, close) = (commands.clone(), menu.close.clone());
        let on_click = Callback::from(move |_: MouseEvent| {
            commands.save_history(format);
            close.emit(());
        });
        html! {
            <button type="button" class="menu-item" onclick={on_click}>
                <span class="menu-item-title">{ label }</span>
                <span class="menu-item-about">{ about }</span>
            </button>
        }
    };
    html! {
        <div class="menu save-history" onfocusout={menu.on_focus_out} onkeydown={menu.on_keydown}>
            <button ref={menu.button} type="button" class="button button-quiet button-small" onclick={menu.on_toggle}
                aria-expanded={menu.is_open.to_string()} aria-label="Save the history" title="Save the history as a file">
                <Icon symbol={Symbol::Save} /><span class="log-tool-text">{ "Save" }</span>
            </button>
            if menu.is_open {
                <div class="menu-list" tabindex="-1" role="group" aria-label="Save the history as">
                    { row(HistoryFormat::Json, "History, JSON",
                        "As aws stepfunctions get-execution-history prints it. Opens here again.") }
                    { row(HistoryFormat::JsonLines, "History, NDJSON", "One event per line.") }
                </div>
            }
        </div>
    }
}
