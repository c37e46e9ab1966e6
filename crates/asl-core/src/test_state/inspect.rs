//! The answer: how the state ended, and the stages that its data went through.

use std::sync::Arc;

use asl_json::{Number, Object, Value};
use asl_model::QueryLanguage;

use super::request::InspectionLevel;
use super::run::{Ending, TestedState};
use crate::machine::{State, StateKind};
use crate::trace::{ErrorDetails, StateTrace};

/// A stage of the data flow: what the API calls it, and what it was.
type Stage = (&'static str, fn(&StateTrace) -> Option<&Value>);

const INPUT_PATH: Stage = ("afterInputPath", |trace| trace.after_input_path.as_ref());
const PARAMETERS: Stage = ("afterParameters", |trace| trace.after_parameters.as_ref());
const ARGUMENTS: Stage = ("afterArguments", |trace| trace.after_arguments.as_ref());
const ITEMS_PATH: Stage = ("afterItemsPath", |trace| trace.after_items_path.as_ref());
const ITEMS_POINTER: Stage = ("afterItemsPointer", |trace| trace.after_items_pointer.as_ref());
const ITEM_SELECTOR: Stage = ("afterItemSelector", |trace| trace.after_item_selector.as_ref());
const ITEM_BATCHER: Stage = ("afterItemBatcher", |trace| trace.after_item_batcher.as_ref());
const RESULT: Stage = ("result", |trace| trace.result.as_ref());
const RESULT_SELECTOR: Stage = ("afterResultSelector", |trace| trace.after_result_selector.as_ref());
const RESULT_PATH: Stage = ("afterResultPath", |trace| trace.after_result_path.as_ref());

/// Returns the stages that are shown of a state, besides its input. Source: recordings.
fn stages(state: &State) -> &'static [Stage] {
    use QueryLanguage::{JsonPath, Jsonata};
    match (&state.kind, state.query_language) {
        (StateKind::Pass { result: Some(_) }, JsonPath) => &[RESULT, RESULT_SELECTOR, RESULT_PATH],
        (StateKind::Pass { result: None }, JsonPath) => &[INPUT_PATH, PARAMETERS, RESULT_SELECTOR, RESULT_PATH],
        (StateKind::Task(_), JsonPath) => &[INPUT_PATH, PARAMETERS, RESULT, RESULT_SELECTOR, RESULT_PATH],
        (StateKind::Task(_), Jsonata) => &[ARGUMENTS, RESULT],
        (StateKind::Parallel { .. }, JsonPath) => &[RESULT_SELECTOR, RESULT_PATH],
        (StateKind::Map(_), JsonPath) => &[
            INPUT_PATH,
            ITEMS_PATH,
            ITEMS_POINTER,
            ITEM_SELECTOR,
            ITEM_BATCHER,
            RESULT_SELECTOR,
            RESULT_PATH,
        ],
        (StateKind::Map(_), Jsonata) => &[ITEMS_POINTER, ITEM_SELECTOR, ITEM_BATCHER],
        (StateKind::Choice(_) | StateKind::Wait(_) | StateKind::Succeed, JsonPath) => &[INPUT_PATH],
        // A Fail state has no InputPath; its input counts as what comes after it.
        (StateKind::Fail { .. }, JsonPath) => &[("afterInputPath", |trace| Some(&trace.input))],
        (_, Jsonata) => &[],
    }
}

/// Returns `{ "status": string, "output": JSON text, "error": string, "cause": string, "nextState": string,
/// "inspectionData": object }`, each where there is one.
pub(super) fn response(test: &TestedState, ending: &Ending) -> Value {
    let mut response = Object::new();
    if let Some(output) = &ending.output {
        response.insert("output", output.to_string().into());
    }
    for (name, text) in [("error", &ending.error), ("cause", &ending.cause)] {
        if let Some(text) = text {
            response.insert(name, Arc::clone(text).into());
        }
    }
    if let Some(trace) = test.trace().filter(|_| test.level != InspectionLevel::Info) {
        response.insert("inspectionData", inspection_data(test, trace));
    }
    if let Some(next_state) = &ending.next_state {
        response.insert("nextState", Arc::clone(next_state).into());
    }
    response.insert("status", ending.status.into());
    Value::Object(response)
}

fn inspection_data(test: &TestedState, trace: &StateTrace) -> Value {
    let mut data = Object::new();
    data.insert("input", trace.input.to_string().into());
    for (name, stage) in stages(test.state()) {
        if let Some(value) = stage(trace) {
            data.insert(*name, value.to_string().into());
        }
    }
    let counts = [
        ("maxConcurrency", trace.max_concurrency),
        ("toleratedFailureCount", trace.tolerated_failure_count),
    ];
    for (name, count) in counts {
        if let Some(count) = count {
            data.insert(name, count.into());
        }
    }
    if let Some(percentage) = trace.tolerated_failure_percentage.and_then(Number::from_f64) {
        data.insert("toleratedFailurePercentage", percentage.into());
    }
    if let Some(variables) = variables(test, trace) {
        data.insert("variables", variables.to_string().into());
    }
    if let Some(details) = trace.error_details.as_ref().and_then(error_details) {
        data.insert("errorDetails", details);
    }
    Value::Object(data)
}

/// Returns the variables as of the end of the state: those given and those assigned.
fn variables(test: &TestedState, trace: &StateTrace) -> Option<Value> {
    let given = (!test.variables.is_empty()).then(|| Value::Object(test.variables.clone()));
    trace.variables.clone().or(given)
}

fn error_details(details: &ErrorDetails) -> Option<Value> {
    let index = |index: Option<u32>| index.map(|index| Value::from(i64::from(index)));
    #[expect(clippy::cast_possible_truncation, reason = "the API gives whole seconds")]
    let seconds = details
        .retry_backoff_interval_seconds
        .map(|seconds| Value::from(seconds as i64));
    let members = [
        ("catchIndex", index(details.catch_index)),
        ("retryIndex", index(details.retry_index)),
        ("retryBackoffIntervalSeconds", seconds),
    ];
    let mut members = members
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .peekable();
    members.peek().is_some().then(|| Value::object(members))
}
