//! What a value is, by the members it has.

use asl_json::Value;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Definition,
    Playground,
    Template,
    MockFile,
    History,
    Other,
}

/// Returns what a value is.
pub(crate) fn kind_of(value: &Value) -> Kind {
    let has = |name: &str| value.get(name).is_some();
    if has("States") || has("StartAt") {
        Kind::Definition
    } else if has("v") && has("asl") {
        Kind::Playground
    } else if has("MockedResponses") || has("StateMachines") {
        Kind::MockFile
    } else if has("Resources") || has("AWSTemplateFormatVersion") || has("stepFunctions") {
        Kind::Template
    } else if value.get("events").is_some_and(|events| events.as_array().is_some()) {
        Kind::History
    } else {
        Kind::Other
    }
}
