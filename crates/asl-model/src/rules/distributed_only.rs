//! An inline Map has fields that only distributed ones use.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Map",
//!   "ItemProcessor": { "StartAt": "I", "States": { "I": { "Type": "Pass", "End": true } } },
//!   "Label": "orders",
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
//!   "Label": "orders",
//!   "Next": "Z"
//! }
//! ```

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::state::{ProcessorMode, State, StateKind};

const FIELDS: [&str; 4] = ["ItemReader", "ItemBatcher", "ResultWriter", "Label"];

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let StateKind::Map(map) = &state.kind else {
        return found;
    };
    if map.item_processor.mode == ProcessorMode::Distributed {
        return found;
    }
    for field in FIELDS.into_iter().filter(|field| state.raw.contains_key(field)) {
        let at = state.location.member(field);
        let message = format!("'{field}' is for distributed Maps, but \"{}\" runs inline", state.name);
        let help =
            "Add \"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"} to the processor.";
        found.push(
            context
                .warning("DISTRIBUTED_ONLY", &at, message, help)
                .spanning(context.name_span(&at)),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let map = |mode: &str| {
            with_state(&format!(
                r#"{{"Type": "Map", "ItemProcessor": {{
                     "ProcessorConfig": {{"Mode": "{mode}", "ExecutionType": "STANDARD"}}, "StartAt": "I",
                     "States": {{"I": {{"Type": "Pass", "End": true}}}}}}, "Label": "l", "Next": "Z"}}"#
            ))
        };
        check_samples(
            &map("INLINE"),
            "DISTRIBUTED_ONLY: 'Label' is for distributed Maps, but \"S\" runs inline at /States/S/Label",
            &map("DISTRIBUTED"),
        );
    }
}
