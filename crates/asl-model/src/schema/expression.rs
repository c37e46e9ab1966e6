//! The JSONata expressions in an object of a definition.

use asl_json::{Step, Value};
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
    pub(super) fn all_in(field: &'static str, value: &Value, object: &Location) -> Vec<PartExpression> {
        let mut walk = Walk {
            field,
            steps: object.member(field).steps().to_vec(),
            found: Vec::new(),
        };
        walk.value(value);
        walk.found
    }
}

struct Walk {
    field: &'static str,
    /// The way to the value that is looked at.
    steps: Vec<Step>,
    found: Vec<PartExpression>,
}

impl Walk {
    /// The JSON parser bounds how deep values nest.
    fn value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.found.extend(expression_text(text).map(|text| PartExpression {
                field: self.field,
                at: Location::from(&*self.steps),
                parsed: Expression::parse(text),
                text: text.to_owned(),
            })),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.inside(Step::Item(index), item);
                }
            }
            Value::Object(object) => {
                for (name, member) in object.iter() {
                    self.inside(Step::Member(name.clone()), member);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn inside(&mut self, step: Step, value: &Value) {
        self.steps.push(step);
        self.value(value);
        self.steps.pop();
    }
}
