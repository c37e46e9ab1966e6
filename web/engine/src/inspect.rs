//! Answers about one event of a run, and about its whole history.

use std::fmt::Write as _;

use asl_core::{Details, EventId, EventType, HistoryEvent};
use asl_json::Value;
use asl_protocol::{EventDetails, HistoryFormat};

use crate::run::Run;

/// Returns everything an event of a run carries. `family` is the run that holds the executions which it started.
pub(crate) fn event(family: &Run, run: &Run, id: u32) -> Option<EventDetails> {
    let event = event_of(run.history(), EventId(id))?;
    let (children, children_total) = crate::children::children(family, run, event.id);
    Some(EventDetails {
        run: run.number,
        event: id,
        json: pretty(&event.to_value()),
        payload: payload(&event.details).map(pretty),
        children,
        children_total,
    })
}

/// Returns the whole history as a file.
pub(crate) fn history(run: &Run, format: HistoryFormat) -> String {
    match format {
        HistoryFormat::Json => asl_core::history_as_cli_prints(run.history()),
        HistoryFormat::JsonLines => json_lines(run.history()),
    }
}

fn json_lines(history: &[HistoryEvent]) -> String {
    let mut text = String::new();
    for event in history {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{}", event.to_value());
    }
    text
}

fn event_of(history: &[HistoryEvent], id: EventId) -> Option<&HistoryEvent> {
    history.get((id.0 as usize).checked_sub(1)?)
}

fn is_entered(event_type: EventType) -> bool {
    event_type.as_str().ends_with("StateEntered")
}

/// Returns the event that entered the state, walking back along the event's own chain.
pub(crate) fn entered_event(history: &[HistoryEvent], id: EventId) -> Option<&HistoryEvent> {
    let mut event = event_of(history, id)?;
    while !is_entered(event.event_type) {
        // A previous event always has a smaller id, so that this ends.
        event = event_of(history, event.previous_event_id)?;
    }
    Some(event)
}

fn payload(details: &Details) -> Option<&Value> {
    match details {
        Details::ExecutionStarted { input, .. }
        | Details::StateEntered { input, .. }
        | Details::LambdaFunctionScheduled { input, .. }
        | Details::ActivityScheduled { input, .. } => Some(input),
        Details::ExecutionSucceeded { output }
        | Details::StateExited { output, .. }
        | Details::TaskOutput { output, .. }
        | Details::Output { output } => Some(output),
        Details::TaskScheduled { parameters, .. } => Some(parameters),
        _ => None,
    }
}

fn pretty(value: &Value) -> String {
    value.to_pretty_string("  ")
}
