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
use crate::state::StateKind;

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let maps = context.states().filter(|state| matches!(state.kind, StateKind::Map(_)));
    for state in maps {
        let Some(raw) = state.raw.get("ResultWriter").and_then(Value::as_object) else {
            continue;
        };
        let at = state.location.member("ResultWriter");
        let place = match state.query_language {
            QueryLanguage::JsonPath => "Parameters",
            QueryLanguage::Jsonata => "Arguments",
        };
        let missing = if raw.contains_key("Resource") {
            (!raw.contains_key(place)).then_some(place)
        } else {
            (!raw.contains_key("WriterConfig")).then_some("Resource")
        };
        found.extend(missing.map(|field| {
            let help = format!("Add \"{field}\", or write only \"WriterConfig\" to keep the results in the execution.");
            context.schema(&at, format!("The field '{field}' is required but was missing"), help)
        }));
    }
    found
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
