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

#[cfg(test)]
mod tests {
    use asl_json::parse_value;

    use super::*;
    use crate::scope_for_tests::TestScope;

    fn template(json: &str) -> Template {
        Template::compile(&parse_value(json).unwrap(), "Output").unwrap()
    }

    fn check(json: &str, expected: &str) {
        let scope = TestScope::with_input(r#"{"a": 1, "b": [1, 2]}"#);
        let value = template(json).evaluate(&scope).unwrap();
        assert_eq!(value.to_string(), expected);
    }

    fn check_error(json: &str, expected: &str) {
        let error = template(json).evaluate(&TestScope::with_input("{}")).unwrap_err();
        assert_eq!(error.to_string(), format!("The JSONata expression {expected}"));
    }

    #[test]
    fn expressions_are_whole_strings() {
        assert_eq!(expression_text("{% 1 %}"), Some("1"));
        assert_eq!(expression_text("{%1%}"), Some("1"));
        assert_eq!(expression_text("{%%}"), Some(""));
        for literal in [" {% 1 %}", "{% 1 %} ", "a {% 1 %} b", "{%", "{%}", "%}", ""] {
            assert_eq!(expression_text(literal), None, "{literal}");
        }
    }

    #[test]
    fn expressions_are_replaced_at_any_depth() {
        check(r#""{% $states.input.a %}""#, "1");
        check(
            r#"{"x": "{% $states.input.a %}", "y": [true, {"z": "{% $states.input.b %}"}], "{% k %}": null}"#,
            r#"{"x":1,"y":[true,{"z":[1,2]}],"{% k %}":null}"#,
        );
        check(r#"[null, 0.1, " {% 1 %} ", "$.a"]"#, r#"[null,0.1," {% 1 %} ","$.a"]"#);
    }

    #[test]
    fn payloads_and_literals_are_shared() {
        let scope = TestScope::with_input(r#"{"deep": {"list": [1, 2, 3]}}"#);
        let list = |value: &Value| {
            value
                .get("deep")
                .unwrap()
                .get("list")
                .unwrap()
                .as_array()
                .unwrap()
                .clone()
        };
        for text in [
            "$states.input",
            "$merge([$states.input, {'x': 1}])",
            "($y := $states.input; $y)",
        ] {
            let value = template(&format!("\"{{% {text} %}}\"")).evaluate(&scope).unwrap();
            assert!(list(&value).ptr_eq(&list(&scope.input)), "{text}");
        }
        let literal = template(r#"{"deep": {"list": [1]}}"#);
        let value = literal.evaluate(&scope).unwrap();
        assert!(list(&value).ptr_eq(&list(literal.literal().unwrap())));
    }

    #[test]
    fn failures_say_where_and_what() {
        check_error(
            r#"{"a": {"b": [[1, "{%  $nowhere %}"]]}}"#,
            "'$nowhere' specified for the field 'Output/a/b[0][1]' returned nothing (undefined).",
        );
        check_error(
            r#""{% $eval('1') %}""#,
            "'$eval('1')' specified for the field 'Output' threw an error during evaluation. \
             T1006: Attempted to invoke a non-function",
        );
        check_error(
            r#"["{% $sum %}"]"#,
            "'$sum' specified for the field 'Output[0]' returned an unsupported result type.",
        );
    }

    #[test]
    fn a_value_of_the_wrong_type_is_quoted() {
        let items = Template::compile(&Value::from("{% $ItemsVar %}"), "Items").unwrap();
        let wrong = |json: &str| {
            items
                .unexpected_type("array", parse_value(json).unwrap())
                .unwrap()
                .to_string()
        };
        assert_eq!(
            wrong(r#"{"foo": "bar"}"#),
            "The JSONata expression '$ItemsVar' specified for the field 'Items' returned an unexpected result type. \
             Expected 'array', but was 'object' for value: {\"foo\":\"bar\"}"
        );
        assert!(wrong("\"string\"").ends_with("Expected 'array', but was 'string' for value: \"string\""));
        assert!(wrong("null").ends_with("Expected 'array', but was 'null' for value: null"));
    }

    #[test]
    fn every_refused_expression_is_told() {
        let value = parse_value(r#"{"a": "{% %}", "b": ["{% $x %}", "{% y %}"]}"#).unwrap();
        let errors = Template::compile(&value, "Output").unwrap_err();
        let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            texts,
            [
                "INVALID_JSONATA_EXPRESSION: Unexpected end of expression at Output/a",
                "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'y' at the top level is not supported. at Output/b[1]",
            ]
        );
    }

    #[test]
    fn references_are_those_of_all_expressions() {
        let template = template(r#"{"a": "{% $x + $y %}", "b": ["{% $y & $z %}"]}"#);
        let names: Vec<String> = template.references().iter().map(ToString::to_string).collect();
        assert_eq!(names, ["x", "y", "z"]);
        assert_eq!(template.expressions().len(), 2);
    }
}
