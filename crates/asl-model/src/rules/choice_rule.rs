//! A Choice rule in JSONPath is not one comparison, `And`, `Or` or `Not`, or compares with the wrong type of value; one
//! in JSONata has no `Condition`.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Choice",
//!   "Choices": [{ "Variable": "$.total", "NumericEquals": "1", "Next": "Z" }],
//!   "Default": "Z"
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "Type": "Choice",
//!   "Choices": [{ "Variable": "$.total", "NumericEquals": 1, "Next": "Z" }],
//!   "Default": "Z"
//! }
//! ```

use asl_json::Value;

use super::Context;
use crate::choice_rule::{Family, Operator};
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::schema::{Part, PartKind};

pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    if !matches!(part.kind, PartKind::ChoiceRule | PartKind::NestedRule) {
        return Vec::new();
    }
    match part.language {
        QueryLanguage::Jsonata => condition(context, part).into_iter().collect(),
        QueryLanguage::JsonPath => comparison(context, part),
    }
}

fn condition(context: &Context, part: &Part) -> Option<Diagnostic> {
    (!part.raw.contains_key("Condition")).then(|| {
        let message = "The field 'Condition' is required but was missing";
        context.schema(
            &part.location,
            message,
            "Add \"Condition\", such as \"{% $states.input.a > 1 %}\".",
        )
    })
}

fn comparison(context: &Context, part: &Part) -> Vec<Diagnostic> {
    let connectives = ["And", "Or", "Not"]
        .into_iter()
        .filter(|name| part.raw.contains_key(name))
        .count();
    let has_variable = part.raw.contains_key("Variable");
    if connectives + part.comparisons().count() != 1 {
        let message = "Each Choice Rule must have exactly one comparison operator";
        let help =
            "Write one comparison such as \"Variable\": \"$.a\", \"NumericEquals\": 1, or join several by \"And\".";
        return vec![context.schema(&part.location, message, help)];
    }
    if has_variable != (connectives == 0) {
        let (message, help) = if has_variable {
            (
                "Field 'Variable' is not supported",
                "Move \"Variable\" into the rules inside.",
            )
        } else {
            (
                "The field 'Variable' is required but was missing",
                "Add \"Variable\" with the path to compare.",
            )
        };
        return vec![context.schema(&part.location, message, help)];
    }
    let wrong = part.comparisons().filter_map(|(name, operator, operand)| {
        let wanted = wanted(operator, operand)?;
        let help = format!("\"{name}\" compares with a value of type {}.", wanted.to_lowercase());
        Some(context.schema(&part.at(name), format!("Expected value of type [{wanted}]"), help))
    });
    wrong.collect()
}

/// Returns the type that the operand should have, where it has another.
fn wanted(operator: Operator, operand: &Value) -> Option<&'static str> {
    let is_text = operand.as_str().is_some();
    let (wanted, fits) = match operator {
        Operator::Compare {
            operand_is_path: true, ..
        }
        | Operator::StringMatches => ("STRING", is_text),
        Operator::Compare { family, .. } => match family {
            Family::String | Family::Timestamp => ("STRING", is_text),
            Family::Numeric => ("NUMBER", operand.as_number().is_some()),
            Family::Boolean => ("BOOLEAN", operand.as_bool().is_some()),
        },
        _ => ("BOOLEAN", operand.as_bool().is_some()),
    };
    (!fits).then_some(wanted)
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let choice = |rule: &str| {
            with_state(&format!(
                r#"{{"Type": "Choice", "Choices": [{{{rule}, "Next": "Z"}}], "Default": "Z"}}"#
            ))
        };
        let right = choice(r#""And": [{"Variable": "$.a", "NumericEquals": 1}]"#);
        let one = "SCHEMA_VALIDATION_FAILED: Each Choice Rule must have exactly one comparison operator";
        let at = "at /States/S/Choices[0]";
        check_samples(&choice(r#""Variable": "$.a""#), &format!("{one} {at}"), &right);
        check_samples(
            &choice(r#""Variable": "$.a", "IsNull": true, "IsString": true"#),
            &format!("{one} {at}"),
            &right,
        );
        check_samples(
            &choice(r#""Not": {"Variable": "$.a"}"#),
            &format!("{one} {at}/Not"),
            &right,
        );
        check_samples(
            &choice(r#""IsNull": true"#),
            &format!("SCHEMA_VALIDATION_FAILED: The field 'Variable' is required but was missing {at}"),
            &right,
        );
        for (wrong, wanted) in [
            (r#""NumericEquals": "1""#, "NUMBER"),
            (r#""IsPresent": "yes""#, "BOOLEAN"),
            (r#""StringEquals": 1"#, "STRING"),
            (r#""BooleanEqualsPath": true"#, "STRING"),
        ] {
            let field = wrong.split('"').nth(1).unwrap();
            check_samples(
                &choice(&format!(r#""Variable": "$.a", {wrong}"#)),
                &format!("SCHEMA_VALIDATION_FAILED: Expected value of type [{wanted}] {at}/{field}"),
                &right,
            );
        }
    }
}
