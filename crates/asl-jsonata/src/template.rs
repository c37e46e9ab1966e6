//! JSON with `{% %}` strings anywhere in it.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use asl_json::{Array, Object, Value};

use crate::error::{EvalError, SyntaxError};
use crate::expression::Expression;
use crate::scope::Scope;

/// The deepest nesting of arrays and objects that a template may have.
const MAX_DEPTH: usize = 512;

/// Returns the trimmed expression of a string that starts with `{%` and ends with `%}`, and `None` for any other.
pub fn expression_text(text: &str) -> Option<&str> {
    Some(text.strip_prefix("{%")?.strip_suffix("%}")?.trim())
}

/// JSON with `{% %}` strings at any depth, ready to be evaluated.
///
/// Every string that is an expression as a whole is replaced by its value; there is no interpolation, and names of
/// members are never expressions.
#[derive(Clone, Debug)]
pub struct Template {
    root: Node,
}

#[derive(Clone, Debug)]
enum Node {
    /// A part without any expression, shared as it stands.
    Literal(Value),
    Expression(Arc<Placed>),
    Array(Vec<Node>),
    Object(Vec<(Arc<str>, Node)>),
}

/// An expression and where it stands.
#[derive(Debug)]
struct Placed {
    location: String,
    expression: Expression,
}

/// One expression of a template that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateSyntaxError {
    /// Where the expression stands, such as `Output/a/b[0]`.
    pub location: String,
    /// The trimmed text.
    pub expression: Arc<str>,
    /// What is wrong with it.
    pub error: SyntaxError,
}

impl fmt::Display for TemplateSyntaxError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at {}", self.error, self.location)
    }
}

impl Error for TemplateSyntaxError {}

/// The first expression of a template that failed.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateError {
    /// Where the expression stands, such as `Output/a/b[0]`: the `location` of the event `EvaluationFailed`.
    pub location: String,
    /// The trimmed text.
    pub expression: Arc<str>,
    /// Why it gave no value.
    pub error: EvalError,
}

/// Writes the cause as AWS does, without what stands before it about the state:
/// `The JSONata expression '$x' specified for the field 'Output' returned nothing (undefined).`
impl fmt::Display for TemplateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "The JSONata expression '{}' specified for the field '{}' {}",
            self.expression, self.location, self.error
        )
    }
}

impl Error for TemplateError {}

impl Template {
    /// Parses every expression in `value`, which stands at `location`, such as `Output` or `Choices[1]/Condition`.
    ///
    /// # Errors
    ///
    /// Returns all expressions that were refused, in the order of the text.
    pub fn compile(value: &Value, location: &str) -> Result<Template, Vec<TemplateSyntaxError>> {
        let mut errors = Vec::new();
        let root = compile(value, location, MAX_DEPTH, &mut errors);
        if errors.is_empty() {
            Ok(Template { root })
        } else {
            Err(errors)
        }
    }

    /// Returns the value with every expression replaced by its result.
    ///
    /// # Errors
    ///
    /// Returns the first expression that failed, in the order of the text.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<Value, TemplateError> {
        self.root.evaluate(scope)
    }

    /// Returns the expressions with where they stand, in the order of the text.
    pub fn expressions(&self) -> Vec<(&str, &Expression)> {
        let mut found = Vec::new();
        self.root.collect(&mut found);
        found
    }

    /// Returns the names of the variables that the expressions read, without `$` and without `states`; each once, in
    /// the order of the text.
    pub fn references(&self) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = Vec::new();
        for (_, expression) in self.expressions() {
            for name in expression.references() {
                if !names.contains(name) {
                    names.push(name.clone());
                }
            }
        }
        names
    }

    /// Returns the value of a template without expressions.
    pub fn literal(&self) -> Option<&Value> {
        match &self.root {
            Node::Literal(value) => Some(value),
            _ => None,
        }
    }

    /// Returns an error of the whole template's place, where it is one expression and its value will not do.
    ///
    /// `None` for a template that is more than one expression.
    pub fn unexpected_type(&self, expected: &str, value: Value) -> Option<TemplateError> {
        let Node::Expression(placed) = &self.root else {
            return None;
        };
        let expected = expected.to_owned();
        Some(placed.failed(EvalError::UnexpectedType { expected, value }))
    }
}

fn compile(value: &Value, location: &str, depth: usize, errors: &mut Vec<TemplateSyntaxError>) -> Node {
    match value {
        Value::String(text) => match expression_text(text) {
            Some(inner) => compile_expression(value, inner, location, errors),
            None => Node::Literal(value.clone()),
        },
        Value::Array(items) if depth > 0 => {
            let item = |(index, item)| compile(item, &format!("{location}[{index}]"), depth - 1, errors);
            let nodes: Vec<Node> = items.iter().enumerate().map(item).collect();
            if nodes.iter().all(Node::is_literal) {
                return Node::Literal(value.clone());
            }
            Node::Array(nodes)
        }
        Value::Object(object) if depth > 0 => {
            let member = |(name, member): (&Arc<str>, &Value)| {
                let node = compile(member, &format!("{location}/{name}"), depth - 1, errors);
                (name.clone(), node)
            };
            let nodes: Vec<(Arc<str>, Node)> = object.iter().map(member).collect();
            if nodes.iter().all(|(_, node)| node.is_literal()) {
                return Node::Literal(value.clone());
            }
            Node::Object(nodes)
        }
        _ => Node::Literal(value.clone()),
    }
}

fn compile_expression(value: &Value, inner: &str, location: &str, errors: &mut Vec<TemplateSyntaxError>) -> Node {
    match Expression::parse(inner) {
        Ok(expression) => Node::Expression(Arc::new(Placed {
            location: location.to_owned(),
            expression,
        })),
        Err(error) => {
            errors.push(TemplateSyntaxError {
                location: location.to_owned(),
                expression: inner.into(),
                error,
            });
            Node::Literal(value.clone())
        }
    }
}

impl Node {
    fn is_literal(&self) -> bool {
        matches!(self, Node::Literal(_))
    }

    fn evaluate(&self, scope: &dyn Scope) -> Result<Value, TemplateError> {
        match self {
            Node::Literal(value) => Ok(value.clone()),
            Node::Expression(placed) => placed.expression.evaluate(scope).map_err(|error| placed.failed(error)),
            Node::Array(items) => {
                let items: Result<Array, TemplateError> = items.iter().map(|item| item.evaluate(scope)).collect();
                Ok(Value::Array(items?))
            }
            Node::Object(members) => {
                let member = |(name, node): &(Arc<str>, Node)| Ok((name.clone(), node.evaluate(scope)?));
                let members: Result<Object, TemplateError> = members.iter().map(member).collect();
                Ok(Value::Object(members?))
            }
        }
    }

    fn collect<'t>(&'t self, found: &mut Vec<(&'t str, &'t Expression)>) {
        match self {
            Node::Literal(_) => {}
            Node::Expression(placed) => found.push((&placed.location, &placed.expression)),
            Node::Array(items) => items.iter().for_each(|item| item.collect(found)),
            Node::Object(members) => members.iter().for_each(|(_, member)| member.collect(found)),
        }
    }
}

impl Placed {
    fn failed(&self, error: EvalError) -> TemplateError {
        TemplateError {
            location: self.location.clone(),
            expression: self.expression.text().clone(),
            error,
        }
    }
}
