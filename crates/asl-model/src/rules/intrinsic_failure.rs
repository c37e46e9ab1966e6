//! A call of an intrinsic function fails whatever the data, for the arguments that are written out.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Pass", "Parameters": { "sum.$": "States.MathAdd(1, '2')" }, "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Pass", "Parameters": { "sum.$": "States.MathAdd(1, 2)" }, "Next": "Z" }
//! ```

use super::Context;
use super::payload_template::node;
use crate::diagnostic::Diagnostic;
use crate::schema::Part;

pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for template in part.templates() {
        let Ok(compiled) = &template.compiled else { continue };
        let at = part.at(template.field);
        for (field, error) in compiled.constant_errors() {
            let message = format!("This call always fails: {}", error.message);
            let help = "Correct its arguments, or the state fails with States.IntrinsicFailure.";
            let span = node(context, &at, &field.pointer).map(asl_json::Node::span);
            found.push(context.warning("INTRINSIC_FAILURE", &at, message, help).spanning(span));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let pass = |call: &str| {
            with_state(&format!(
                r#"{{"Type": "Pass", "Parameters": {{"a": {{"b.$": "{call}"}}}}, "Next": "Z"}}"#
            ))
        };
        let random = "States.ArrayGetItem(States.Array(1), States.MathRandom(0, 9))";
        let expected =
            |message: &str| format!("INTRINSIC_FAILURE: This call always fails: {message} at /States/S/Parameters");
        check_samples(
            &pass("States.MathAdd(1, '2')"),
            &expected("Argument 2 must be a number, but is of type string"),
            &pass("States.MathAdd(1, 2)"),
        );
        check_samples(
            &pass("States.Format('{}', States.ArrayLength('x'))"),
            &expected("Argument 1 must be an array, but is of type string"),
            &pass("States.Format('{}', States.ArrayLength($.x))"),
        );
        check_samples(
            &pass("States.Hash('x', 'MD6')"),
            &expected("The hash algorithm must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512, not MD6"),
            &pass(random),
        );
    }
}
