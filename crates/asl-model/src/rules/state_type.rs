//! The `Type` of a state is missing or not one of the eight.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Lambda", "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:pack", "Next": "Z" }
//! ```

use asl_json::Value;

use super::{Context, suggest};
use crate::diagnostic::Diagnostic;
use crate::state::State;

/// The types, in the order in which Step Functions lists them.
const TYPES: [&str; 8] = ["Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map"];

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let Some(value) = state.raw.get("Type") else {
        let help = format!(
            "Say what kind of state \"{}\" is: one of {}.",
            state.name,
            TYPES.join(", ")
        );
        let message = "The field 'Type' is required but was missing";
        return vec![context.schema(&state.location, message, help)];
    };
    let word = value.as_str().unwrap_or_default();
    if TYPES.contains(&word) {
        return Vec::new();
    }
    let message = format!(
        "The field 'Type' should have one of these values: [{}]",
        TYPES.join(", ")
    );
    let guess = suggest::did_you_mean(word, TYPES.into_iter());
    let help = match value {
        Value::String(_) => format!("\"{word}\" is no type of state.{guess}"),
        _ => "Write the type as a string.".to_owned(),
    };
    let guess = suggest::nearest(word, TYPES.into_iter());
    let diagnostic = context.schema(&state.location.member("Type"), message, help);
    vec![diagnostic.replaceable_by(guess)]
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let right = with_state(r#"{"Type": "Pass", "Next": "Z"}"#);
        let one_of = "The field 'Type' should have one of these values: \
             [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/S/Type";
        let expected = format!("SCHEMA_VALIDATION_FAILED: {one_of}");
        check_samples(&with_state(r#"{"Type": "Lambda", "Next": "Z"}"#), &expected, &right);
        check_samples(&with_state(r#"{"Type": 1, "Next": "Z"}"#), &expected, &right);
        check_samples(
            &with_state(r#"{"Next": "Z"}"#),
            "SCHEMA_VALIDATION_FAILED: The field 'Type' is required but was missing at /States/S",
            &right,
        );
    }
}
