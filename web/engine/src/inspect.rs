//! Answers about one event or one visit to a state of a run.

use std::fmt::Write as _;

use asl_core::{Details, EventId, EventType, HistoryEvent, StateTrace};
use asl_json::{Object, Value};
use asl_model::{QueryLanguage, State};
use asl_protocol::{EventDetails, HistoryFormat, Stage, StateVisit, VariableValue};

use crate::run::Run;
use crate::text::saturate;

/// Returns everything an event carries.
pub(crate) fn event(run: &Run, id: u32) -> Option<EventDetails> {
    let event = event_of(run.history(), EventId(id))?;
    let (children, children_total) = crate::children::children(run, event.id);
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

/// Returns the stages of the visit to a state that an event belongs to.
pub(crate) fn state_visit(run: &Run, id: u32) -> Option<StateVisit> {
    let history = run.history();
    let entered = entered_event(history, EventId(id))?;
    let Details::StateEntered { name, input } = &entered.details else {
        return None;
    };
    let state = run.definition.states().find(|state| state.name == *name)?;
    let exited = exited_event(history, entered);
    let trace = run.trace(entered.id);
    let error = trace.and_then(|trace| trace.error_details.as_ref());
    Some(StateVisit {
        run: run.number,
        event: id,
        entered: entered.id.0,
        exited: exited.map(|event| event.id.0),
        state: name.to_string(),
        query_language: state.query_language.name().to_owned(),
        stages: stages(state, input, trace, exited),
        variables: trace
            .and_then(|trace| trace.variables.as_ref())
            .map(variables)
            .unwrap_or_default(),
        assigned: exited.map(assigned).unwrap_or_default(),
        error: error.and_then(|error| error.error.as_deref()).map(str::to_owned),
        cause: error.and_then(|error| error.cause.as_deref()).map(str::to_owned),
    })
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

/// Returns the first `...StateExited` of that name whose chain leads back to the Entered event.
fn exited_event<'a>(history: &'a [HistoryEvent], entered: &HistoryEvent) -> Option<&'a HistoryEvent> {
    let Details::StateEntered { name: wanted, .. } = &entered.details else {
        return None;
    };
    let later = history.get(entered.id.0 as usize..)?;
    later.iter().find(|event| match &event.details {
        Details::StateExited { name, .. } if name == wanted => leads_to(history, event, entered.id),
        _ => false,
    })
}

/// Map and Parallel states lie around other visits, so a chain may pass through Entered events of inner states.
fn leads_to(history: &[HistoryEvent], event: &HistoryEvent, target: EventId) -> bool {
    let mut id = event.previous_event_id;
    while id > target {
        let Some(event) = event_of(history, id) else {
            return false;
        };
        id = event.previous_event_id;
    }
    id == target
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

/// A stage: its name in TestState, the field that makes it, and its value in the trace.
type TraceField = (&'static str, &'static str, fn(&StateTrace) -> Option<&Value>);

const JSONPATH_STAGES: &[TraceField] = &[
    ("afterInputPath", "InputPath", |trace| trace.after_input_path.as_ref()),
    ("afterItemsPath", "ItemsPath", |trace| trace.after_items_path.as_ref()),
    ("afterItemSelector", "ItemSelector", |trace| {
        trace.after_item_selector.as_ref()
    }),
    ("afterItemBatcher", "ItemBatcher", |trace| {
        trace.after_item_batcher.as_ref()
    }),
    ("afterParameters", "Parameters", |trace| trace.after_parameters.as_ref()),
    ("result", "", |trace| trace.result.as_ref()),
    ("afterResultSelector", "ResultSelector", |trace| {
        trace.after_result_selector.as_ref()
    }),
    ("afterResultPath", "ResultPath", |trace| {
        trace.after_result_path.as_ref()
    }),
];

const JSONATA_STAGES: &[TraceField] = &[
    ("afterArguments", "Arguments", |trace| trace.after_arguments.as_ref()),
    ("afterItemsPath", "Items", |trace| trace.after_items_path.as_ref()),
    ("afterItemSelector", "ItemSelector", |trace| {
        trace.after_item_selector.as_ref()
    }),
    ("afterItemBatcher", "ItemBatcher", |trace| {
        trace.after_item_batcher.as_ref()
    }),
    ("result", "", |trace| trace.result.as_ref()),
];

fn stages(state: &State, input: &Value, trace: Option<&StateTrace>, exited: Option<&HistoryEvent>) -> Vec<Stage> {
    let (fields, last) = match state.query_language {
        QueryLanguage::JsonPath => (JSONPATH_STAGES, "OutputPath"),
        QueryLanguage::Jsonata => (JSONATA_STAGES, "Output"),
    };
    let mut stages = vec![stage(state, "input", "", Some(input))];
    for (name, field, value) in fields {
        let value = trace.and_then(value);
        if value.is_some() || state.raw.contains_key(field) {
            stages.push(stage(state, name, field, value));
        }
    }
    let output = exited.and_then(|event| payload(&event.details));
    stages.push(stage(state, "output", last, output));
    stages
}

fn stage(state: &State, name: &str, field: &str, value: Option<&Value>) -> Stage {
    Stage {
        name: name.to_owned(),
        field: field.to_owned(),
        expression: state.raw.get(field).map(written).unwrap_or_default(),
        value: value.map(pretty),
        payload_bytes: value.map_or(0, |value| saturate(value.text_bytes())),
    }
}

/// Returns what a field says: text without quotes, anything else as JSON.
fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| pretty(value), str::to_owned)
}

fn variables(values: &Value) -> Vec<VariableValue> {
    let members = values.as_object().into_iter().flat_map(Object::iter);
    members.map(|(name, value)| variable(name, value)).collect()
}

fn assigned(exited: &HistoryEvent) -> Vec<VariableValue> {
    match &exited.details {
        Details::StateExited { assigned_variables, .. } => assigned_variables
            .iter()
            .map(|(name, value)| variable(name, value))
            .collect(),
        _ => Vec::new(),
    }
}

fn variable(name: &str, value: &Value) -> VariableValue {
    VariableValue {
        name: name.to_owned(),
        value: pretty(value),
    }
}

fn pretty(value: &Value) -> String {
    value.to_pretty_string("  ")
}
