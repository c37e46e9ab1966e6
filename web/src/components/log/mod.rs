//! The execution log: one row per event, of which only those in sight are in the page.

mod console;
mod filter_bar;
mod head;
mod row;
mod rows;
mod window;

use std::rc::Rc;

use asl_protocol::{LONGEST_STRETCH, LogKind, RunPhase};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;
use crate::state::{About, EngineStatus, LogView, Mocks, Pane, Recordings, Refusal, Run, RunState, Selection, Trust};

use super::common::{Empty, Icon, PaneFrame, Symbol, coarse};
use super::consent::ConsentStrip;
use console::ConsoleLog;
use filter_bar::FilterBar;
use head::log_head;
use rows::ExecutionLog;

/// Events of a STANDARD execution that the service records; the last of them says that the quota is reached.
const FULL_HISTORY: usize = 25_000;
/// Characters of a message beyond which its help is shown in its place: the service quotes whole texts.
const LONGEST_MESSAGE: usize = 160;

/// Props of [`LogPane`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LogPaneProps {
    /// The recording.
    pub run: Rc<Run>,
    /// Which of its rows are seen.
    pub view: Rc<LogView>,
    /// The executions so far.
    pub recordings: Rc<Recordings>,
    /// What the reader looks at.
    pub selection: Rc<Selection>,
    /// The mocks, which may wait for the reader's permission.
    pub mocks: Rc<Mocks>,
    /// Where they came from.
    pub about: Rc<About>,
}

/// The log, or what it waits for.
#[component]
pub(crate) fn LogPane(props: &LogPaneProps) -> Html {
    let run = &props.run;
    use_filtered(run, &props.view);
    let header = log_head(run, &props.recordings);
    html! {
        <PaneFrame pane={Pane::Log} {header}>
            <ConsentStrip mocks={Rc::clone(&props.mocks)} about={Rc::clone(&props.about)} />
            if run.state == RunState::Lost {
                <p class="log-banner">
                    { "The interpreter stopped and was started again. What it had recorded is kept below." }
                </p>
            }
            if !run.unknown_states.is_empty() {
                <p class="log-banner">{ unknown_states(&run.unknown_states) }</p>
            }
            { length_note(run) }
            if !run.rows.is_empty() {
                <FilterBar view={Rc::clone(&props.view)} count={run.rows.len()} lines={run.console.len()} />
                if props.view.filter.kind == LogKind::Console {
                    <ConsoleLog lines={run.console.clone()} view={Rc::clone(&props.view)} />
                } else {
                    <ExecutionLog rows={run.rows.clone()} view={Rc::clone(&props.view)}
                        selection={Rc::clone(&props.selection)} />
                }
            } else if let Some(refusal) = &run.refusal {
                <RefusalNote refusal={refusal.clone()} />
            } else if let EngineStatus::Failed(reason) = &run.engine {
                <Empty>
                    <p>{ "The engine could not be loaded." }</p>
                    <p>{ reason.to_string() }</p>
                </Empty>
            } else if run.is_going() {
                <Empty><p class="quiet">{ "Starting\u{2026}" }</p></Empty>
            } else if props.mocks.trust == Trust::Asked {
                <></>
            } else if props.mocks.trust == Trust::Withheld {
                <UntrustedNote />
            } else {
                <Empty>
                    <p>{ "No run yet." }</p>
                    <p>{ "Press Run: every event appears here, as AWS records it. All of it happens in your browser." }</p>
                </Empty>
            }
        </PaneFrame>
    }
}

/// Asks anew which rows pass the filter when it changes, and now and then while the recording grows.
#[hook]
fn use_filtered(run: &Rc<Run>, view: &Rc<LogView>) {
    let commands = use_commands();
    let count = run.rows.len() + run.console.len();
    let asked_at = if run.is_going() { coarse(count) } else { count };
    use_effect_with((view.filter.clone(), run.number, asked_at), move |_| {
        commands.ask_filtered();
    });
}

/// Says that a history names states that the definition does not have.
fn unknown_states(names: &[String]) -> String {
    const MOST_NAMES: usize = 3;
    let listed: Vec<&str> = names.iter().take(MOST_NAMES).map(String::as_str).collect();
    let more = match names.len().saturating_sub(MOST_NAMES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "The definition in the editor has no state \u{201c}{}\u{201d}{more}: this history is of another version.",
        listed.join("\u{201d}, \u{201c}")
    )
}

/// Says that nothing has run, where a reader might expect that something has.
#[component]
fn UntrustedNote() -> Html {
    let commands = use_commands();
    html! {
        <Empty>
            <p>{ "No run yet." }</p>
            <p>{ "Opening a link runs nothing, and this one brings JavaScript. Run asks first." }</p>
            <button type="button" class="button" aria-label="Run the state machine"
                onclick={Callback::from(move |_| commands.run())}>
                <Icon symbol={Symbol::Run} /><span>{ "Run" }</span>
            </button>
        </Empty>
    }
}

/// Says why a long history ends or rests where it does.
fn length_note(run: &Run) -> Html {
    let is_full = run.rows.len() == FULL_HISTORY && run.status() == Some("FAILED");
    let rests = run.is_going() && run.phase == RunPhase::Paused && run.rows.len() >= LONGEST_STRETCH;
    let text = if is_full {
        "The history is full: a STANDARD execution ends at 25,000 events, as on AWS. An EXPRESS state machine has no such \
         quota; long work can also go on in a child execution."
    } else if rests {
        "Paused, so that a loop without end does not fill the memory. Run goes on for another 500,000 events, Stop ends it."
    } else {
        return Html::default();
    };
    html! { <p class="log-banner" role="note">{ text }</p> }
}

/// Props of [`RefusalNote`].
#[derive(Clone, PartialEq, Properties)]
struct RefusalNoteProps {
    refusal: ByPtr<Refusal>,
}

#[component]
fn RefusalNote(props: &RefusalNoteProps) -> Html {
    let commands = use_commands();
    let first = props.refusal.diagnostics.first().map(|diagnostic| {
        let text = diagnostic
            .help
            .as_ref()
            .filter(|_| diagnostic.message.len() > LONGEST_MESSAGE);
        (diagnostic.range, text.unwrap_or(&diagnostic.message).clone())
    });
    html! {
        <Empty>
            <p><strong>{ "Not started. " }</strong>{ props.refusal.message.clone() }</p>
            if let Some((range, message)) = first {
                <p>{ format!("Line {}: {message}", range.line) }</p>
                <button type="button" class="button" onclick={Callback::from(move |_| commands.go_to(range))}>
                    { "Go to line" }
                </button>
            }
        </Empty>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_states_are_named_as_far_as_there_is_room() {
        let names: Vec<String> = ["A", "B", "C", "D"].map(String::from).to_vec();
        assert!(unknown_states(&names).contains("\u{201c}A\u{201d}, \u{201c}B\u{201d}, \u{201c}C\u{201d} and 1 more"));
        assert!(unknown_states(&names[..1]).contains("no state \u{201c}A\u{201d}: "));
    }
}
