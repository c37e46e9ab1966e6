//! A Map says not what to do, or a distributed one not as what its children run.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Map",
//!   "ItemProcessor": {
//!     "ProcessorConfig": { "Mode": "DISTRIBUTED" },
//!     "StartAt": "I",
//!     "States": { "I": { "Type": "Pass", "End": true } }
//!   },
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
//!   "Next": "Z"
//! }
//! ```

use asl_json::Value;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::state::{ProcessorMode, State, StateKind};

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let StateKind::Map(map) = &state.kind else {
        return found;
    };
    let processor = &map.item_processor;
    if !state.raw.contains_key("ItemProcessor") && !state.raw.contains_key("Iterator") {
        let message = "The field 'ItemProcessor' is required but was missing";
        found.push(context.schema(
            &state.location,
            message,
            "Add \"ItemProcessor\" with \"StartAt\" and \"States\".",
        ));
    }
    let config = processor.body.raw.get("ProcessorConfig").and_then(Value::as_object);
    if processor.mode == ProcessorMode::Distributed && config.is_some_and(|raw| !raw.contains_key("ExecutionType")) {
        let at = processor.body.location.member("ProcessorConfig");
        let message = "The field 'ExecutionType' is required but was missing";
        found.push(context.schema(&at, message, "Add \"ExecutionType\": \"STANDARD\" or \"EXPRESS\"."));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let map = |config: &str| {
            with_state(&format!(
                r#"{{"Type": "Map", "ItemProcessor": {{"ProcessorConfig": {config}, "StartAt": "I",
                     "States": {{"I": {{"Type": "Pass", "End": true}}}}}}, "Next": "Z"}}"#
            ))
        };
        let right = map(r#"{"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}"#);
        check_samples(
            &map(r#"{"Mode": "DISTRIBUTED"}"#),
            "SCHEMA_VALIDATION_FAILED: The field 'ExecutionType' is required but was missing \
             at /States/S/ItemProcessor/ProcessorConfig",
            &right,
        );
    }
}
