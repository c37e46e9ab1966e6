//! The JSONata expressions in an object of a definition.

use asl_json::Value;
use asl_jsonata::{Expression, SyntaxError, expression_text};

use crate::location::Location;

/// A JSONata expression in an object of a definition.
#[derive(Clone, Debug)]
pub(crate) struct PartExpression {
    /// The field of the object that it is in.
    pub(crate) field: &'static str,
    /// Where the string is that holds it.
    pub(crate) at: Location,
    /// The text between `{%` and `%}`.
    pub(crate) text: String,
    /// The expression, or why it is refused.
    pub(crate) parsed: Result<Expression, SyntaxError>,
}

impl PartExpression {
    /// Returns the expressions in the value of a field, in the order of the text.
    pub(super) fn all_in(field: &'static str, value: &Value, at: Location) -> Vec<PartExpression> {
        let found = expressions(value, at).into_iter();
        let read = found.map(|(at, text)| PartExpression {
            field,
            at,
            parsed: Expression::parse(&text),
            text,
        });
        read.collect()
    }
}

/// Returns the expressions in a template with their places, in the order of the text.
fn expressions(value: &Value, at: Location) -> Vec<(Location, String)> {
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
