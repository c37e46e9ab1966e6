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

use asl_json::Value;
use asl_jsonpath::{Intrinsic, Path, ReferencePath, SyntaxError};

use super::Context;
use crate::choice_rule::Operator;
use crate::diagnostic::Diagnostic;
use crate::schema::{Kind, Part, PartKind};

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for part in &context.parts {
        let fields = part.present().filter(|(field, _)| field.kind.is_path());
        let fields = fields.map(|(field, value)| (field.name, field.kind, value));
        for (name, kind, value) in fields.chain(operands(part)) {
            let Some(text) = value.as_str() else { continue };
            if let Some((message, error)) = complaint(name, kind, text) {
                let at = part.at(name);
                let help = format!("{}. A path starts with \"$\", such as \"$.order.id\".", error.message);
                let span = context.span_inside(&at, text, &error.span);
                found.push(context.schema(&at, message, help).spanning(Some(span)));
            }
        }
    }
    found
}

/// Returns the operands of a Choice rule that are paths.
fn operands<'a>(part: &Part<'a>) -> Vec<(&'a str, Kind, &'a Value)> {
    let is_rule = matches!(part.kind, PartKind::ChoiceRule | PartKind::NestedRule);
    let is_path = |name: &str| {
        matches!(
            Operator::from_name(name),
            Some(Operator::Compare {
                operand_is_path: true,
                ..
            })
        )
    };
    let operands = part.raw.iter().filter(|(name, _)| is_rule && is_path(name));
    operands
        .map(|(name, value)| (&**name, Kind::Path(false), value))
        .collect()
}

/// Returns the message and what the parser says, where the text does not parse.
fn complaint(field: &str, kind: Kind, text: &str) -> Option<(String, SyntaxError)> {
    let (error, wanted) = match kind {
        Kind::ReferencePath(_) => (ReferencePath::parse(text).err()?, "a valid reference path"),
        Kind::PathOrIntrinsic if !text.starts_with('$') => (
            Intrinsic::parse(text).err()?,
            "a valid JSONPath or a valid intrinsic function call",
        ),
        _ => (Path::parse(text).err()?, "a valid JSONPath"),
    };
    Some((format!("The value for the field '{field}' must be {wanted}"), error))
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
