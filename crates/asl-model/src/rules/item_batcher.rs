//! An `ItemBatcher` does not say how large a batch is.
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
//!   "ItemBatcher": {},
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
//!   "ItemBatcher": { "MaxItemsPerBatch": 10 },
//!   "Next": "Z"
//! }
//! ```

use asl_json::{Object, Value};

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::state::{State, StateKind};

const LIMITS: [&str; 4] = [
    "MaxItemsPerBatch",
    "MaxItemsPerBatchPath",
    "MaxInputBytesPerBatch",
    "MaxInputBytesPerBatchPath",
];

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let is_map = matches!(state.kind, StateKind::Map(_));
    let batcher = state.raw.get("ItemBatcher").and_then(Value::as_object);
    let is_boundless = |raw: &Object| !LIMITS.iter().any(|limit| raw.contains_key(limit));
    if !is_map || !batcher.is_some_and(is_boundless) {
        return Vec::new();
    }
    let message = format!("At least one of these fields is required: [{}]", LIMITS.join(", "));
    let help = "Add \"MaxItemsPerBatch\" or \"MaxInputBytesPerBatch\".";
    vec![context.schema(&state.location.member("ItemBatcher"), message, help)]
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let map = |batcher: &str| {
            with_state(&format!(
                r#"{{"Type": "Map", "ItemProcessor": {{
                     "ProcessorConfig": {{"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}}, "StartAt": "I",
                     "States": {{"I": {{"Type": "Pass", "End": true}}}}}}, "ItemBatcher": {batcher}, "Next": "Z"}}"#
            ))
        };
        check_samples(
            &map(r#"{"BatchInput": {"a": 1}}"#),
            "SCHEMA_VALIDATION_FAILED: At least one of these fields is required: [MaxItemsPerBatch, \
             MaxItemsPerBatchPath, MaxInputBytesPerBatch, MaxInputBytesPerBatchPath] at /States/S/ItemBatcher",
            &map(r#"{"MaxItemsPerBatch": 10}"#),
        );
    }
}
