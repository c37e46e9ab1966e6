//! The execution log: one row per event, of which only those in sight are in the page.

mod row;
mod window;

use std::rc::Rc;

use asl_protocol::{LONGEST_STRETCH, RunPhase};
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;
use crate::state::{About, EngineStatus, LogRows, Mocks, Pane, Refusal, Run, RunState, Selection};

use super::common::{Empty, Icon, PaneFrame, Symbol, use_element_size};
use super::consent::ConsentStrip;
use row::EventRow;
use window::{ROW_HEIGHT, scroll_to_show, visible};

/// Events of a STANDARD execution that the service records; the last of them says that the quota is reached.
const FULL_HISTORY: usize = 25_000;
/// Characters of a message beyond which its help is shown in its place: the service quotes whole texts.
const LONGEST_MESSAGE: usize = 160;

/// Props of [`LogPane`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LogPaneProps {
    /// The recording.
    pub run: Rc<Run>,
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
    let count = run.rows.len();
    let header = html! {
        if count > 0 {
            <p class="pane-note">
                { format!("{count} {}", if count == 1 { "event" } else { "events" }) }
                <span class="pane-note-time">{ elapsed(run.elapsed_ms(run.now_ms)) }</span>
            </p>
        }
    };
    html! {
        <PaneFrame pane={Pane::Log} {header}>
            <ConsentStrip mocks={Rc::clone(&props.mocks)} about={Rc::clone(&props.about)} />
            if run.state == RunState::Lost {
                <p class="log-banner">
                    { "The interpreter stopped and was started again. What it had recorded is kept below." }
                </p>
            }
            { length_note(run) }
            if !run.rows.is_empty() {
                <ExecutionLog rows={run.rows.clone()} selection={Rc::clone(&props.selection)}
                    is_going={run.is_going()} />
            } else if let Some(refusal) = &run.refusal {
                <RefusalNote refusal={refusal.clone()} />
            } else if let EngineStatus::Failed(reason) = &run.engine {
                <Empty>
                    <p>{ "The engine could not be loaded." }</p>
                    <p>{ reason.to_string() }</p>
                </Empty>
            } else if run.is_going() {
                <Empty><p class="quiet">{ "Starting\u{2026}" }</p></Empty>
            } else if props.mocks.consent_asked {
                <></>
            } else if props.mocks.untrusted {
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

/// Returns virtual time since the start: `+00:02.500`, with hours and days where there are some.
fn elapsed(milliseconds: i64) -> String {
    let milliseconds = milliseconds.max(0);
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    let (minutes, hours, days) = (seconds / 60 % 60, seconds / 3600 % 24, seconds / 86_400);
    let clock = format!("{minutes:02}:{:02}.{rest:03}", seconds % 60);
    match (days, hours) {
        (0, 0) => format!("+{clock}"),
        (0, _) => format!("+{hours}:{clock}"),
        _ => format!("+{days}d {hours}:{clock}"),
    }
}

/// Props of [`ExecutionLog`].
#[derive(Clone, PartialEq, Properties)]
struct ExecutionLogProps {
    rows: ByPtr<LogRows>,
    selection: Rc<Selection>,
    is_going: bool,
}

#[component]
fn ExecutionLog(props: &ExecutionLogProps) -> Html {
    let commands = use_commands();
    let place = use_node_ref();
    let scroll_top = use_state(|| 0.0);
    let (_, height) = use_element_size(&place);
    let count = props.rows.len();
    use_newest_in_sight(&place, count, props.is_going);
    use_selected_in_sight(&place, props.selection.event);
    let on_scroll = {
        let (place, scroll_top) = (place.clone(), scroll_top.setter());
        Callback::from(move |_: Event| {
            if let Some(element) = place.cast::<Element>() {
                scroll_top.set(f64::from(element.scroll_top()));
            }
        })
    };
    let on_pick = {
        let commands = commands.clone();
        use_callback((), move |id: u32, ()| {
            commands.select_event(id);
        })
    };
    let on_keydown = {
        let selected = props.selection.event.unwrap_or(0);
        let last = u32::try_from(count).unwrap_or(u32::MAX);
        Callback::from(move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowDown" => selected + 1,
                "ArrowUp" => selected.saturating_sub(1),
                "PageDown" => selected + 10,
                "PageUp" => selected.saturating_sub(10),
                "Home" => 1,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            commands.select_event(next.clamp(1, last));
        })
    };
    let range = visible(*scroll_top, height, count);
    let started = props.rows.at(0).map_or(0, |first| first.timestamp_ms);
    let active = props.selection.event.map(|event| format!("event-{event}"));
    let row = |at: usize| {
        let Some(row) = props.rows.at(at) else {
            return Html::default();
        };
        html! {
            <EventRow key={row.id} rows={props.rows.clone()} {at} time={elapsed(row.timestamp_ms - started)}
                is_selected={props.selection.event == Some(row.id)}
                is_of_selected_state={!row.state.is_empty() && props.selection.state.as_deref() == Some(row.state.as_str())}
                on_pick={on_pick.clone()} />
        }
    };
    html! {
        <div class="log" role="grid" aria-label="Events" aria-rowcount={(count + 1).to_string()} aria-colcount="5"
            ref={place} data-log-scroller="true" data-pane-focus="true" tabindex="0" aria-activedescendant={active}
            onscroll={on_scroll} onkeydown={on_keydown}>
            <div class="log-head" role="row" aria-rowindex="1">
                <span role="columnheader" class="cell-id">{ "#" }</span>
                <span role="columnheader" class="cell-time">{ "Time" }</span>
                <span role="columnheader" class="cell-state">{ "State" }</span>
                <span role="columnheader" class="cell-event">{ "Event" }</span>
                <span role="columnheader" class="cell-what">{ "What" }</span>
            </div>
            <div class="log-sheet" role="rowgroup" style={format!("height: {}px", count * ROW_HEIGHT)}>
                { for range.map(row) }
            </div>
        </div>
    }
}

/// Keeps the end of the log in sight while it grows, unless the reader has scrolled up.
#[hook]
fn use_newest_in_sight(place: &NodeRef, count: usize, is_going: bool) {
    let place = place.clone();
    let shown = use_mut_ref(|| 0_usize);
    use_effect_with((count, is_going), move |(count, _)| {
        let before = shown.replace(*count);
        let Some(element) = place.cast::<Element>() else { return };
        let end_before = i32::try_from(before * ROW_HEIGHT).unwrap_or(i32::MAX);
        let was_at_end = element.scroll_top() + element.client_height() + 2 >= end_before;
        if *count > before && was_at_end {
            element.set_scroll_top(element.scroll_height());
        }
    });
}

/// Scrolls to the selected event when another one is selected.
#[hook]
fn use_selected_in_sight(place: &NodeRef, event: Option<u32>) {
    let place = place.clone();
    use_effect_with(event, move |event| {
        let (Some(event), Some(element)) = (*event, place.cast::<Element>()) else {
            return;
        };
        if let Some(top) = scroll_to_show(event, element.scroll_top(), element.client_height()) {
            element.set_scroll_top(top);
        }
    });
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
    fn elapsed_time_grows_with_its_size() {
        for (milliseconds, text) in [
            (0, "+00:00.000"),
            (2500, "+00:02.500"),
            (3_600_000, "+1:00:00.000"),
            (90_061_001, "+1d 1:01:01.001"),
            (-5, "+00:00.000"),
        ] {
            assert_eq!(elapsed(milliseconds), text);
        }
    }
}
