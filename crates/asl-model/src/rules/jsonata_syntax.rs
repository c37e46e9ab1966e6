//! A JSONata expression does not parse, or reads what is not there.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% phone %}", "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $states.input.phone %}", "Next": "Z" }
//! ```
//!
//! The place is the part of the expression that does not parse. `$states.result` exists in `Output` and `Assign` of a
//! Task, Parallel or Map, `$states.errorOutput` in those of a catcher.

use asl_json::Value;
use asl_jsonata::SyntaxErrorKind;

use super::Context;
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::schema::{Part, PartExpression, PartKind};

pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    if part.language != QueryLanguage::Jsonata {
        return Vec::new();
    }
    let expressions = part.expressions().iter();
    expressions
        .filter_map(|expression| one(context, part, expression))
        .collect()
}

fn one(context: &Context, part: &Part, expression: &PartExpression) -> Option<Diagnostic> {
    let PartExpression {
        field,
        at,
        text,
        parsed,
    } = expression;
    let members = states_members(part, field);
    let checked = parsed.as_ref().map_err(Clone::clone);
    let checked = checked.and_then(|expression| expression.check_states_members(&members));
    let error = checked.err()?;
    let offered: Vec<String> = members.iter().map(|member| format!("$states.{member}")).collect();
    let help = match error.kind {
        SyntaxErrorKind::Invalid => format!("Mend the expression \"{text}\"."),
        SyntaxErrorKind::Unsupported => format!("Begin with {}, or with a variable.", offered.join(", ")),
    };
    let span = context.span_inside(at, text, &error.span);
    Some(
        context
            .error(error.kind.code(), at, error.message, help)
            .spanning(Some(span)),
    )
}

/// Returns the members of `$states` that can be read in this field.
fn states_members(part: &Part, field: &str) -> Vec<&'static str> {
    let mut members = vec!["input", "context"];
    if !matches!(field, "Output" | "Assign") {
        return members;
    }
    let state_type = part.raw.get("Type").and_then(Value::as_str);
    match (part.kind, state_type) {
        (PartKind::State, Some("Task" | "Parallel" | "Map")) => members.push("result"),
        (PartKind::Catcher, _) => members.push("errorOutput"),
        _ => {}
    }
    members
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let pass = |output: &str| {
            with_state(&format!(
                r#"{{"Type": "Pass", "QueryLanguage": "JSONata", "Output": {{"v": ["{output}"]}}, "Next": "Z"}}"#
            ))
        };
        let right = pass("{% $states.input.phone %}");
        for (wrong, expected) in [
            ("{% %}", "INVALID_JSONATA_EXPRESSION: Unexpected end of expression"),
            (
                "{% phone %}",
                "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported.",
            ),
            (
                "{% $states.errorOutput %}",
                "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist.",
            ),
            (
                "{% $states.result %}",
                "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist.",
            ),
        ] {
            check_samples(&pass(wrong), &format!("{expected} at /States/S/Output/v[0]"), &right);
        }
    }
}
