//! What a state worked with in the newest run, for proposals and values out of real data.

use asl_assist::{Sample, StateSample};
use asl_core::{Details, HistoryEvent};
use asl_json::Value;

use crate::run::Run;

/// Returns what the newest visit to the state of that name worked with; empty where the run did not come there.
pub(crate) fn sample(run: &Run, state: &str) -> Sample {
    let history = run.history();
    let newest = history.iter().rev().find_map(|event| match &event.details {
        Details::StateEntered { name, input } if **name == *state => Some((event.id, input)),
        _ => None,
    });
    let Some((entered, input)) = newest else {
        return Sample::default();
    };
    let trace = run.trace(entered);
    let variables = trace.and_then(|trace| trace.variables.as_ref()?.as_object());
    let variables = variables.into_iter().flat_map(asl_json::Object::iter);
    let visit = StateSample {
        input: Some(input.clone()),
        result: trace.and_then(|trace| trace.result.clone()),
        context: Some(context(history, state)),
        variables: variables
            .map(|(name, value)| (name.to_string(), value.clone()))
            .collect(),
    };
    Sample {
        states: [(state.to_owned(), visit)].into(),
    }
}

/// Returns the part of the context object that holds data of the author's own.
fn context(history: &[HistoryEvent], state: &str) -> Value {
    let started = history.first().and_then(|event| match &event.details {
        Details::ExecutionStarted { input, .. } => Some(input.clone()),
        _ => None,
    });
    Value::object([
        (
            "Execution",
            Value::object([("Input", started.unwrap_or_else(Value::empty_object))]),
        ),
        ("State", Value::object([("Name", Value::from(state))])),
    ])
}
