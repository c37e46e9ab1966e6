//! A state does not say what follows it.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Pass" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Pass", "Next": "Z" }
//! ```

use asl_json::Value;

use super::Context;
use crate::diagnostic::Diagnostic;

/// `"End": false` says nothing: the state still needs a `Next`.
pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let states = context.states().filter(|state| {
        let has_transitions = matches!(
            state.raw.get("Type").and_then(Value::as_str),
            Some("Task" | "Parallel" | "Map" | "Pass" | "Wait")
        );
        has_transitions && !state.raw.contains_key("Next") && state.raw.get("End") != Some(&Value::Bool(true))
    });
    let missing = states.map(|state| {
        let message = "Exactly one of these fields is required: [Next, End]";
        let help = format!(
            "Say what follows \"{}\": \"Next\": \"…\", or \"End\": true.",
            state.name
        );
        context.schema(&state.location, message, help)
    });
    missing.collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let right = with_state(r#"{"Type": "Pass", "Next": "Z"}"#);
        let expected = "SCHEMA_VALIDATION_FAILED: Exactly one of these fields is required: [Next, End] at /States/S";
        check_samples(&with_state(r#"{"Type": "Pass"}"#), expected, &right);
        check_samples(&with_state(r#"{"Type": "Pass", "End": false}"#), expected, &right);
    }
}
