//! `Credentials` does not name a role.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Task",
//!   "Resource": "arn:aws:lambda:us-east-1:123456789012:function:pack",
//!   "Credentials": {},
//!   "Next": "Z"
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "Type": "Task",
//!   "Resource": "arn:aws:lambda:us-east-1:123456789012:function:pack",
//!   "Credentials": { "RoleArn.$": "$.role" },
//!   "Next": "Z"
//! }
//! ```

use asl_json::Value;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::state::StateKind;

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for state in context
        .states()
        .filter(|state| matches!(state.kind, StateKind::Task(_)))
    {
        let Some(credentials) = state.raw.get("Credentials").and_then(Value::as_object) else {
            continue;
        };
        if !credentials.contains_key("RoleArn") && !credentials.contains_key("RoleArn.$") {
            let message = "The field 'RoleArn' is required but was missing";
            let help = "Add \"RoleArn\", or in JSONPath \"RoleArn.$\" with a path.";
            found.push(context.schema(&state.location.member("Credentials"), message, help));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let task = |credentials: &str| {
            with_state(&format!(
                r#"{{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Credentials": {credentials},
                     "Next": "Z"}}"#
            ))
        };
        check_samples(
            &task("{}"),
            "SCHEMA_VALIDATION_FAILED: The field 'RoleArn' is required but was missing at /States/S/Credentials",
            &task(r#"{"RoleArn.$": "$.role"}"#),
        );
    }
}
