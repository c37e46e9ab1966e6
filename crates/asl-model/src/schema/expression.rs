//! The JSONata expressions in an object of a definition.

use asl_json::Value;
use asl_jsonata::{Expression, SyntaxError, expression_text};

use super::{TextInside, texts_inside};
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
    pub(super) fn all_in(field: &'static str, value: &Value, object: &Location) -> Vec<PartExpression> {
        let found = texts_inside(value, |_, text| expression_text(text).is_some()).into_iter();
        let expressions = found.filter_map(|TextInside { way, text }| {
            let text = expression_text(text)?;
            Some(PartExpression {
                field,
                at: object.member(field).inside(&way),
                parsed: Expression::parse(text),
                text: text.to_owned(),
            })
        });
        expressions.collect()
    }
}
