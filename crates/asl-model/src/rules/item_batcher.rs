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

use asl_json::Value;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::state::StateKind;

const LIMITS: [&str; 4] = [
    "MaxItemsPerBatch",
    "MaxItemsPerBatchPath",
    "MaxInputBytesPerBatch",
    "MaxInputBytesPerBatchPath",
];

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let batchers = context.states().filter_map(|state| {
        let StateKind::Map(_) = state.kind else { return None };
        let raw = state.raw.get("ItemBatcher").and_then(Value::as_object)?;
        Some((raw, state.location.member("ItemBatcher")))
    });
    let boundless = batchers.filter(|(raw, _)| !LIMITS.iter().any(|limit| raw.contains_key(limit)));
    let diagnostics = boundless.map(|(_, at)| {
        let message = format!("At least one of these fields is required: [{}]", LIMITS.join(", "));
        context.schema(&at, message, "Add \"MaxItemsPerBatch\" or \"MaxInputBytesPerBatch\".")
    });
    diagnostics.collect()
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
