//! The `Result` of a Pass looks as if it were computed, but never is.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Pass", "Result": { "id.$": "$.order.id" }, "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Pass", "Parameters": { "id.$": "$.order.id" }, "Next": "Z" }
//! ```

use asl_json::Value;

use super::Context;
use super::no_dollar::looks_computed;
use crate::diagnostic::Diagnostic;
use crate::state::{State, StateKind};

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let StateKind::Pass(pass) = &state.kind else {
        return Vec::new();
    };
    if !pass.result.as_ref().is_some_and(has_computed_look) {
        return Vec::new();
    }
    let message = "The value of 'Result' looks computed, but is passed on as it stands";
    let help = "Use \"Parameters\" to compute a value.";
    vec![context.warning("PASS_RESULT_IS_STATIC", &state.location.member("Result"), message, help)]
}

fn has_computed_look(result: &Value) -> bool {
    let mut waiting = vec![result];
    while let Some(value) = waiting.pop() {
        match value {
            Value::String(text) if looks_computed(text) => return true,
            Value::Array(items) => waiting.extend(items.iter()),
            Value::Object(object) => waiting.extend(object.values()),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let pass = |field: &str| {
            with_state(&format!(
                r#"{{"Type": "Pass", "{field}": {{"a.$": "$.x"}}, "Next": "Z"}}"#
            ))
        };
        check_samples(
            &pass("Result"),
            "PASS_RESULT_IS_STATIC: The value of 'Result' looks computed, but is passed on as it stands \
             at /States/S/Result",
            &pass("Parameters"),
        );
    }
}
