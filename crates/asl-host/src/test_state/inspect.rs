//! Which data-flow stages TestState tells of a state. Source: recordings.

use asl_core::{ErrorDetails, StateTrace};
use asl_json::{Number, Value};

use super::check::Subject;

/// Returns `inspectionData`: the stages as JSON text.
pub(super) fn inspection_data(subject: &Subject, trace: &StateTrace) -> Value {
    let text = |value: &Value| Value::from(value.to_string());
    let mut members = vec![("input", text(&trace.input))];
    let told = stages(subject);
    if subject.state_type == "Fail" && told.contains(&"afterInputPath") {
        // A Fail state has no InputPath; the stage is told all the same.
        members.push(("afterInputPath", text(&trace.input)));
    }
    let all = [
        ("afterInputPath", &trace.after_input_path),
        ("afterParameters", &trace.after_parameters),
        ("afterArguments", &trace.after_arguments),
        ("afterItemsPath", &trace.after_items_path),
        ("afterItemSelector", &trace.after_item_selector),
        ("afterItemBatcher", &trace.after_item_batcher),
        ("result", &trace.result),
        ("afterResultSelector", &trace.after_result_selector),
        ("afterResultPath", &trace.after_result_path),
    ];
    let told = all.into_iter().filter(|(name, _)| told.contains(name));
    members.extend(told.filter_map(|(name, stage)| Some((name, text(stage.as_ref()?)))));
    if subject.state_type == "Map" {
        members.extend(map_members(trace));
    }
    if subject.state.contains_key("Assign") {
        members.extend(trace.variables.as_ref().map(|variables| ("variables", text(variables))));
    }
    let details = trace.error_details.as_ref();
    let treated = details.filter(|details| details.catch_index.is_some() || details.retry_index.is_some());
    members.extend(treated.map(|details| ("errorDetails", error_details(details))));
    Value::object(members)
}

fn stages(subject: &Subject) -> &'static [&'static str] {
    let own = subject.state.get("QueryLanguage").or(subject.query_language.as_ref());
    let is_jsonata = own.and_then(Value::as_str) == Some("JSONata");
    match subject.state_type.as_str() {
        "Task" if is_jsonata => &["afterArguments", "result"],
        _ if is_jsonata => &[],
        "Task" => &[
            "afterInputPath",
            "afterParameters",
            "result",
            "afterResultSelector",
            "afterResultPath",
        ],
        "Pass" if subject.state.contains_key("Result") => &["result", "afterResultSelector", "afterResultPath"],
        "Pass" => &[
            "afterInputPath",
            "afterParameters",
            "afterResultSelector",
            "afterResultPath",
        ],
        "Parallel" => &["afterResultSelector", "afterResultPath"],
        "Map" => &[
            "afterInputPath",
            "afterItemsPath",
            "afterItemSelector",
            "afterItemBatcher",
            "afterResultSelector",
            "afterResultPath",
        ],
        _ => &["afterInputPath"],
    }
}

fn map_members(trace: &StateTrace) -> Vec<(&'static str, Value)> {
    let percentage = trace.tolerated_failure_percentage.and_then(Number::from_f64);
    let members = [
        ("maxConcurrency", trace.max_concurrency.map(Value::from)),
        ("toleratedFailureCount", trace.tolerated_failure_count.map(Value::from)),
        ("toleratedFailurePercentage", percentage.map(Value::from)),
    ];
    members
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

fn error_details(details: &ErrorDetails) -> Value {
    let index = |index: Option<u32>| index.map(|index| Value::from(i64::from(index)));
    let seconds = details.retry_backoff_interval_seconds.and_then(Number::from_f64);
    let members = [
        ("catchIndex", index(details.catch_index)),
        ("retryIndex", index(details.retry_index)),
        ("retryBackoffIntervalSeconds", seconds.map(Value::from)),
    ];
    Value::object(members.into_iter().filter_map(|(name, value)| Some((name, value?))))
}
