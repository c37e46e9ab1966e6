//! A `ResultWriter` does not say where to write or how.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Map",
//!   "ItemProcessor": {
//!     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
//!     "StartAt": "I",
//!     "States": { "I": { "Type": "Pass", "End": true } }
//!   },
//!   "ResultWriter": { "Resource": "arn:aws:states:::s3:putObject" },
//!   "Next": "Z"
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "Type": "Map",
//!   "ItemProcessor": {
//!     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
//!     "StartAt": "I",
//!     "States": { "I": { "Type": "Pass", "End": true } }
//!   },
//!   "ResultWriter": { "Resource": "arn:aws:states:::s3:putObject", "Parameters": { "Bucket": "results" } },
//!   "Next": "Z"
//! }
//! ```

use asl_json::Value;

use super::Context;
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::state::{State, StateKind};

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let is_map = matches!(state.kind, StateKind::Map(_));
    let writer = state.raw.get("ResultWriter").and_then(Value::as_object);
    let Some(raw) = writer.filter(|_| is_map) else {
        return Vec::new();
    };
    let place = match state.query_language {
        QueryLanguage::JsonPath => "Parameters",
        QueryLanguage::Jsonata => "Arguments",
    };
    let missing = if raw.contains_key("Resource") {
        (!raw.contains_key(place)).then_some(place)
    } else {
        (!raw.contains_key("WriterConfig")).then_some("Resource")
    };
    let Some(field) = missing else { return Vec::new() };
    let message = format!("The field '{field}' is required but was missing");
    let help = format!("Add \"{field}\", or write only \"WriterConfig\" to keep the results in the execution.");
    vec![context.schema(&state.location.member("ResultWriter"), message, help)]
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let map = |writer: &str| {
            with_state(&format!(
                r#"{{"Type": "Map", "ItemProcessor": {{
                     "ProcessorConfig": {{"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}}, "StartAt": "I",
                     "States": {{"I": {{"Type": "Pass", "End": true}}}}}}, "ResultWriter": {writer}, "Next": "Z"}}"#
            ))
        };
        let required = |field: &str| {
            format!(
                "SCHEMA_VALIDATION_FAILED: The field '{field}' is required but was missing at /States/S/ResultWriter"
            )
        };
        let right = map(r#"{"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b"}}"#);
        check_samples(&map("{}"), &required("Resource"), &right);
        check_samples(
            &map(r#"{"Resource": "arn:aws:states:::s3:putObject"}"#),
            &required("Parameters"),
            &right,
        );
    }
}
