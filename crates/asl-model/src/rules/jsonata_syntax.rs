//! A JSONata expression does not parse, or reads what is not there.
//!
//! Wrong: `"Output": "{% $states.input. %}"`, `"Output": "{% phone %}"`, `$states.errorOutput` outside a Catcher.
//! Right: `"Output": "{% $states.input.phone %}"`.

use std::sync::Arc;

use asl_json::Value;
use asl_jsonata::{Expression, expression_text};

use super::Context;
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::location::Location;
use crate::schema::{Part, PartKind};

const UNSUPPORTED: &str = "UNSUPPORTED_JSONATA_EXPRESSION";

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for part in context
        .parts
        .iter()
        .filter(|part| part.language == QueryLanguage::Jsonata)
    {
        for (field, value) in part.present().filter(|(field, _)| field.kind.is_evaluated()) {
            for (at, text) in expressions(value, part.at(field.name)) {
                found.extend(one(context, part, field.name, &at, &text));
            }
        }
    }
    found
}

fn one(context: &Context, part: &Part, field: &str, at: &Location, text: &str) -> Vec<Diagnostic> {
    let expression = match Expression::parse(text) {
        Ok(expression) => expression,
        Err(error) => {
            let help = format!("Mend the expression: {text}");
            return vec![context.error(error.kind.code(), at, error.message, help)];
        }
    };
    let members = expression.states_members().iter();
    let missing = members.filter(|member| !is_offered(context, part, field, member));
    let errors = missing.map(|member| {
        let help = "$states.result is there in \"Output\" and \"Assign\" of Task, Parallel and Map, \
             $states.errorOutput in those of a Catcher.";
        context.error(
            UNSUPPORTED,
            at,
            format!("Field '$states.{member}' does not exist."),
            help,
        )
    });
    errors.collect()
}

/// Returns true where the member of `$states` can be read in this field.
fn is_offered(context: &Context, part: &Part, field: &str, member: &Arc<str>) -> bool {
    let is_outcome = matches!(field, "Output" | "Assign");
    match &**member {
        "result" => {
            let state_type = context
                .definition
                .document
                .node(part.at("Type").steps())
                .and_then(asl_json::Node::as_str);
            is_outcome && part.kind == PartKind::State && matches!(state_type, Some("Task" | "Parallel" | "Map"))
        }
        "errorOutput" => is_outcome && part.kind == PartKind::Catcher,
        _ => true,
    }
}

/// Returns the expressions in a template with their places, in the order of the text.
pub(crate) fn expressions(value: &Value, at: Location) -> Vec<(Location, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![(at, value)];
    while let Some((at, value)) = waiting.pop() {
        match value {
            Value::String(text) => found.extend(expression_text(text).map(|text| (at, text.to_owned()))),
            Value::Array(items) => {
                let numbered = items.iter().enumerate().rev();
                waiting.extend(numbered.map(|(index, item)| (at.item(index), item)));
            }
            Value::Object(object) => {
                waiting.extend(
                    object
                        .iter()
                        .rev()
                        .map(|(name, value)| (at.member(name.clone()), value)),
                );
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    found
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
