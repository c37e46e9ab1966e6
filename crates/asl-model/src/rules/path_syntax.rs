//! A field that holds a path holds something else.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Pass", "InputPath": "$.order[", "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Pass", "InputPath": "$.order", "Next": "Z" }
//! ```
//!
//! A reference path, such as that of `ResultPath`, names one place: it has no `*`, no filter and no slice.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::schema::Part;

pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for path in part.paths() {
        let Err(refusal) = &path.parsed else { continue };
        let at = part.at(path.name);
        let message = format!("The value for the field '{}' must be {}", path.name, refusal.wanted);
        let help = format!(
            "{}. A path starts with \"$\", such as \"$.order.id\".",
            refusal.error.message
        );
        let span = context.span_inside(&at, path.text, &refusal.error.span);
        found.push(context.schema(&at, message, help).spanning(Some(span)));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let pass = |field: &str| with_state(&format!(r#"{{"Type": "Pass", {field}, "Next": "Z"}}"#));
        let must = "SCHEMA_VALIDATION_FAILED: The value for the field";
        check_samples(
            &pass(r#""InputPath": "$.a[""#),
            &format!("{must} 'InputPath' must be a valid JSONPath at /States/S/InputPath"),
            &pass(r#""InputPath": "$.a""#),
        );
        check_samples(
            &pass(r#""ResultPath": "$.a[*]""#),
            &format!("{must} 'ResultPath' must be a valid reference path at /States/S/ResultPath"),
            &pass(r#""ResultPath": null"#),
        );
        let fail =
            |path: &str| format!(r#"{{"StartAt": "F", "States": {{"F": {{"Type": "Fail", "ErrorPath": "{path}"}}}}}}"#);
        check_samples(
            &fail("States.Nope()"),
            &format!(
                "{must} 'ErrorPath' must be a valid JSONPath or a valid intrinsic function call at /States/F/ErrorPath"
            ),
            &fail("States.UUID()"),
        );
    }
}
