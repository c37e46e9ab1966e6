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
use crate::state::State;

/// `"End": false` says nothing: the state still needs a `Next`.
pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let has_transitions = matches!(
        state.raw.get("Type").and_then(Value::as_str),
        Some("Task" | "Parallel" | "Map" | "Pass" | "Wait")
    );
    if !has_transitions || state.raw.contains_key("Next") || state.raw.get("End") == Some(&Value::Bool(true)) {
        return Vec::new();
    }
    let message = "Exactly one of these fields is required: [Next, End]";
    let help = format!(
        "Say what follows \"{}\": \"Next\": \"…\", or \"End\": true.",
        state.name
    );
    vec![context.schema(&state.location, message, help)]
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
