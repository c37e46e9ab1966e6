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

use asl_json::{Object, Value};

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::state::{State, StateKind};

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let is_task = matches!(state.kind, StateKind::Task(_));
    let credentials = state.raw.get("Credentials").and_then(Value::as_object);
    let has_no_role = |raw: &Object| !raw.contains_key("RoleArn") && !raw.contains_key("RoleArn.$");
    if !is_task || !credentials.is_some_and(has_no_role) {
        return Vec::new();
    }
    let message = "The field 'RoleArn' is required but was missing";
    let help = "Add \"RoleArn\", or in JSONPath \"RoleArn.$\" with a path.";
    vec![context.schema(&state.location.member("Credentials"), message, help)]
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
