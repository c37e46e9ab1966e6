//! Payload templates: JSON in which fields ending in `.$` are computed.

use std::fmt;
use std::sync::Arc;

use asl_json::{Object, Step, Value};

use crate::error::{PathError, SyntaxError, VariableReference};
use crate::intrinsic::{Intrinsic, IntrinsicError, IntrinsicErrorKind};
use crate::path::{Path, Root};
use crate::scope::Scope;

/// How deeply a template may nest.
const MAX_DEPTH: usize = 256;

/// The end of the name of a computed field.
const SUFFIX: &str = ".$";

/// A payload template, compiled once and evaluated often. A part without computed fields costs nothing to evaluate.
///
/// ```
/// let template = asl_json::parse_value(r#"{"id.$": "$.order.id", "kind": "new"}"#).unwrap();
/// let template = asl_jsonpath::Template::compile(&template).unwrap();
/// assert_eq!(template.fields()[0].pointer, "/id.$");
/// ```
#[derive(Clone, Debug)]
pub struct Template {
    root: Node,
    fields: Vec<TemplateField>,
}

/// A computed field of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateField {
    /// JSON pointer (RFC 6901) from the template to the field.
    pub pointer: String,
    /// Variables the expression mentions, with their places in the text of the field.
    pub variables: Vec<VariableReference>,
}

#[derive(Clone, Debug)]
enum Node {
    Literal(Value),
    Computed(Box<Computed>),
    Object(Box<[(Arc<str>, Node)]>),
    Array(Box<[Node]>),
}

#[derive(Clone, Debug)]
struct Computed {
    field: Arc<str>,
    expression: Expression,
}

#[derive(Clone, Debug)]
enum Expression {
    Path(Path),
    Intrinsic(Intrinsic),
}

/// A field of a template that can never be evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateSyntaxError {
    /// JSON pointer (RFC 6901) from the template to the field.
    pub pointer: String,
    /// Name of the field, such as `x.$`.
    pub field: Arc<str>,
    /// What is wrong, in the words of Step Functions.
    pub message: String,
    /// What the parser says about the text of the field, where the field is a string.
    pub detail: Option<SyntaxError>,
}

impl fmt::Display for TemplateSyntaxError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for TemplateSyntaxError {}

/// A field of a template that has no value. Displayed as Step Functions words it in causes.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateError {
    /// Name of the field, such as `x.$`.
    pub field: Arc<str>,
    /// Text of the field: the path or the intrinsic call.
    pub expression: Arc<str>,
    /// What went wrong.
    pub kind: TemplateErrorKind,
    /// The input that the template was applied to.
    pub input: Value,
}

/// What went wrong in a field of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum TemplateErrorKind {
    /// A path has no value.
    Path(PathError),
    /// An intrinsic call has no value.
    Intrinsic(IntrinsicError),
}

impl TemplateError {
    /// Returns true where the fuel ran out.
    pub fn is_out_of_fuel(&self) -> bool {
        match &self.kind {
            TemplateErrorKind::Path(error) => *error == PathError::OutOfFuel,
            TemplateErrorKind::Intrinsic(error) => error.kind == IntrinsicErrorKind::OutOfFuel,
        }
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            TemplateErrorKind::Path(error @ (PathError::NullInput | PathError::OutOfFuel | PathError::TooDeep)) => {
                error.fmt(out)
            }
            TemplateErrorKind::Path(_) => write!(
                out,
                "The JSONPath '{}' specified for the field '{}' could not be found in the input '{}'",
                self.expression, self.field, self.input
            ),
            TemplateErrorKind::Intrinsic(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for TemplateError {}

impl Template {
    /// Compiles a template; every field that can never be evaluated is reported.
    ///
    /// # Errors
    /// Names each field ending in `.$` whose value is no path and no intrinsic call, or whose name is taken.
    pub fn compile(template: &Value) -> Result<Template, Vec<TemplateSyntaxError>> {
        let mut compiler = Compiler::default();
        let root = compiler.node(template);
        if compiler.errors.is_empty() {
            Ok(Template {
                root,
                fields: compiler.fields,
            })
        } else {
            Err(compiler.errors)
        }
    }

    /// Returns the computed fields, in order.
    pub fn fields(&self) -> &[TemplateField] {
        &self.fields
    }

    /// Returns the variables the template mentions, in order; each place is relative to the text of its field.
    pub fn variables(&self) -> impl Iterator<Item = &VariableReference> {
        self.fields.iter().flat_map(|field| &field.variables)
    }

    /// Returns the fields whose call of an intrinsic function fails whatever the data, with the reason.
    pub fn constant_errors(&self) -> impl Iterator<Item = (&TemplateField, IntrinsicError)> {
        let mut computed = Vec::with_capacity(self.fields.len());
        self.root.add_computed(&mut computed);
        let fields = self.fields.iter().zip(computed);
        fields.filter_map(|(field, computed)| match &computed.expression {
            Expression::Intrinsic(call) => Some((field, call.constant_error()?)),
            Expression::Path(_) => None,
        })
    }

    /// Returns the template with its fields computed.
    ///
    /// # Errors
    /// Fails at the first field that has no value.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<Value, TemplateError> {
        self.root.evaluate(scope)
    }
}

impl Node {
    fn evaluate(&self, scope: &dyn Scope) -> Result<Value, TemplateError> {
        match self {
            Node::Literal(value) => Ok(value.clone()),
            Node::Computed(computed) => computed.evaluate(scope),
            Node::Object(members) => {
                let member = |(name, node): &(Arc<str>, Node)| Ok((Arc::clone(name), node.evaluate(scope)?));
                Ok(Value::Object(
                    members.iter().map(member).collect::<Result<Object, _>>()?,
                ))
            }
            Node::Array(items) => {
                let items = items.iter().map(|item| item.evaluate(scope));
                Ok(Value::from(items.collect::<Result<Vec<_>, _>>()?))
            }
        }
    }

    fn is_literal(&self) -> bool {
        matches!(self, Node::Literal(_))
    }

    /// Adds what is computed in it, in order.
    fn add_computed<'a>(&'a self, found: &mut Vec<&'a Computed>) {
        match self {
            Node::Literal(_) => {}
            Node::Computed(computed) => found.push(computed),
            Node::Object(members) => members.iter().for_each(|(_, node)| node.add_computed(found)),
            Node::Array(items) => items.iter().for_each(|node| node.add_computed(found)),
        }
    }
}

impl Computed {
    fn evaluate(&self, scope: &dyn Scope) -> Result<Value, TemplateError> {
        let result = match &self.expression {
            // Reported from the service: a template has no use for `null`, not even as `$`.
            Expression::Path(path) if *path.root() == Root::Input && scope.input().is_null() => {
                Err(TemplateErrorKind::Path(PathError::NullInput))
            }
            Expression::Path(path) => path.evaluate(scope).map_err(TemplateErrorKind::Path),
            Expression::Intrinsic(call) => call.evaluate(scope).map_err(TemplateErrorKind::Intrinsic),
        };
        result.map_err(|kind| TemplateError {
            field: Arc::clone(&self.field),
            expression: Arc::clone(self.expression.text()),
            kind,
            input: scope.input().clone(),
        })
    }
}

impl Expression {
    /// Parses the text of a field: what begins with `$` is a path, everything else an intrinsic call.
    fn parse(text: &str) -> Result<Expression, SyntaxError> {
        if text.starts_with('$') {
            Path::parse(text).map(Expression::Path)
        } else {
            Intrinsic::parse(text).map(Expression::Intrinsic)
        }
    }

    fn text(&self) -> &Arc<str> {
        match self {
            Expression::Path(path) => path.text(),
            Expression::Intrinsic(call) => call.text(),
        }
    }

    fn variables(&self) -> &[VariableReference] {
        match self {
            Expression::Path(path) => path.variables(),
            Expression::Intrinsic(call) => call.variables(),
        }
    }
}

#[derive(Default)]
struct Compiler {
    fields: Vec<TemplateField>,
    errors: Vec<TemplateSyntaxError>,
    /// Names and positions on the way to the value being compiled.
    way: Vec<Step>,
}

impl Compiler {
    fn node(&mut self, value: &Value) -> Node {
        if self.way.len() == MAX_DEPTH {
            let field = match self.way.last() {
                Some(Step::Member(name)) => Arc::clone(name),
                Some(Step::Item(index)) => index.to_string().into(),
                None => "".into(),
            };
            self.refuse(
                field,
                format!("The template nests deeper than {MAX_DEPTH} levels"),
                None,
            );
            return Node::Literal(Value::Null);
        }
        match value {
            Value::Object(object) => self.object(object),
            Value::Array(items) => {
                let items = items.iter().enumerate();
                let nodes: Vec<Node> = items
                    .map(|(index, item)| self.inside(Step::Item(index), |compiler| compiler.node(item)))
                    .collect();
                if nodes.iter().all(Node::is_literal) {
                    return Node::Literal(value.clone());
                }
                Node::Array(nodes.into())
            }
            _ => Node::Literal(value.clone()),
        }
    }

    fn object(&mut self, object: &Object) -> Node {
        let members: Vec<(Arc<str>, Node)> = object
            .iter()
            .map(|(name, value)| {
                self.inside(Step::Member(Arc::clone(name)), |compiler| {
                    compiler.member(object, name, value)
                })
            })
            .collect();
        if members.iter().all(|(_, node)| node.is_literal()) {
            return Node::Literal(Value::Object(object.clone()));
        }
        Node::Object(members.into())
    }

    fn member(&mut self, object: &Object, name: &Arc<str>, value: &Value) -> (Arc<str>, Node) {
        let Some(plain) = name.strip_suffix(SUFFIX) else {
            return (Arc::clone(name), self.node(value));
        };
        if object.contains_key(plain) {
            let message = format!("The fields '{plain}' and '{name}' have the same name without the ending '{SUFFIX}'");
            self.refuse(Arc::clone(name), message, None);
        }
        (plain.into(), self.computed(name, value))
    }

    fn computed(&mut self, field: &Arc<str>, value: &Value) -> Node {
        let detail = match value.as_str().map(Expression::parse) {
            Some(Ok(expression)) => {
                self.fields.push(TemplateField {
                    pointer: self.pointer(),
                    variables: expression.variables().to_vec(),
                });
                return Node::Computed(Box::new(Computed {
                    field: Arc::clone(field),
                    expression,
                }));
            }
            Some(Err(detail)) => Some(detail),
            None => None,
        };
        let message =
            format!("The value for the field '{field}' must be a valid JSONPath or a valid intrinsic function call");
        self.refuse(Arc::clone(field), message, detail);
        Node::Literal(Value::Null)
    }

    fn inside<T>(&mut self, step: Step, compile: impl FnOnce(&mut Self) -> T) -> T {
        self.way.push(step);
        let result = compile(self);
        self.way.pop();
        result
    }

    fn refuse(&mut self, field: Arc<str>, message: String, detail: Option<SyntaxError>) {
        let pointer = self.pointer();
        self.errors.push(TemplateSyntaxError {
            pointer,
            field,
            message,
            detail,
        });
    }

    fn pointer(&self) -> String {
        self.way.iter().map(Step::to_string).collect()
    }
}

#[cfg(test)]
mod tests {
    use asl_json::parse_value;

    use super::*;
    use crate::test_scope::TestScope;

    fn compile(template: &str) -> Result<Template, Vec<TemplateSyntaxError>> {
        Template::compile(&parse_value(template).unwrap())
    }

    /// Checks the value of a template, or, where `expected` begins with `!`, the text of its error.
    #[track_caller]
    fn check(template: &str, input: &str, expected: &str) {
        let shown = match compile(template).unwrap().evaluate(&TestScope::new(input)) {
            Ok(value) => value.to_string(),
            Err(error) => format!("!{error}"),
        };
        assert_eq!(shown, expected, "{template}");
    }

    #[track_caller]
    fn refuse(template: &str, pointer: &str, message: &str) {
        let errors = compile(template).unwrap_err();
        let shown: Vec<_> = errors.iter().map(|error| (&*error.pointer, &*error.message)).collect();
        assert_eq!(shown, [(pointer, message)]);
    }

    #[test]
    fn fields_are_computed_at_any_depth() {
        check(
            r#"{"a.$":"$.x","b":[{"c.$":"$$.State.Name"},7],"d":{"e.$":"$x","f":"$.x"},"g.$":"States.Array($.x)"}"#,
            r#"{"x":1}"#,
            r#"{"a":1,"b":[{"c":"S"},7],"d":{"e":42,"f":"$.x"},"g":[1]}"#,
        );
        check(r#"["$.x",{"a.$":"$"}]"#, "[]", r#"["$.x",{"a":[]}]"#);
        check(
            r#"{"a.$":"$.list[9]","b.$":"$.none[*]"}"#,
            r#"{"list":[]}"#,
            r#"{"a":null,"b":[]}"#,
        );
    }

    #[test]
    fn a_template_without_computed_fields_is_shared() {
        let template = parse_value(r#"{"a":{"b":"$.x"},"c.$":"$"}"#).unwrap();
        let literal = template.get("a").unwrap().as_object().unwrap();
        let value = Template::compile(&template)
            .unwrap()
            .evaluate(&TestScope::new("1"))
            .unwrap();
        assert!(literal.ptr_eq(value.get("a").unwrap().as_object().unwrap()));
    }

    #[test]
    fn errors_are_worded_as_the_service_does() {
        check(
            r#"{"value.$":"$.nope.x"}"#,
            r#"{"a": 1}"#,
            r#"!The JSONPath '$.nope.x' specified for the field 'value.$' could not be found in the input '{"a":1}'"#,
        );
        check(
            r#"{"value.$":"$$.Execution.Input.x"}"#,
            "{}",
            "!The JSONPath '$$.Execution.Input.x' specified for the field 'value.$' could not be found in the input '{}'",
        );
        check(
            r#"{"v.$":"States.JsonToString($.x)"}"#,
            "{}",
            "!The function 'States.JsonToString($.x)' had the following error: The JsonPath argument for the field '$.x' \
             could not be found in the input '{}'",
        );
    }

    #[test]
    fn null_is_no_input_for_a_template() {
        check(
            r#"{"a.$":"$"}"#,
            "null",
            "!Unable to apply Path transformation to null or empty input.",
        );
        check(r#"{"a.$":"$x","b":1}"#, "null", r#"{"a":42,"b":1}"#);
    }

    #[test]
    fn fields_that_can_never_be_evaluated_are_refused() {
        let message = |field: &str| {
            format!("The value for the field '{field}' must be a valid JSONPath or a valid intrinsic function call")
        };
        refuse(r#"{"a":[{"x/y.$":"text"}]}"#, "/a/0/x~1y.$", &message("x/y.$"));
        refuse(r#"{"n.$":1}"#, "/n.$", &message("n.$"));
        refuse(r#"{"n.$":{"a":1}}"#, "/n.$", &message("n.$"));
        refuse(
            r#"{"e.$":"States.StringToJson('{\"a\": \\\"b\\\"}')"}"#,
            "/e.$",
            &message("e.$"),
        );
        assert_eq!(compile(r#"{"a.$":"$.","b.$":"$["}"#).unwrap_err().len(), 2);
        refuse(
            r#"{"a":1,"a.$":"$"}"#,
            "/a.$",
            "The fields 'a' and 'a.$' have the same name without the ending '.$'",
        );
    }

    #[test]
    fn knows_its_variables() {
        let template = compile(r#"{"a.$":"$one","b":[{"c.$":"States.Array($two.x, $one)"}]}"#).unwrap();
        let names: Vec<_> = template.variables().map(|variable| &*variable.name).collect();
        assert_eq!(names, ["one", "two", "one"]);
        assert_eq!(template.fields()[1].pointer, "/b/0/c.$");
        assert_eq!(template.fields()[1].variables[0].span, 13..17);
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = format!("{}1{}", "[".repeat(300), "]".repeat(300));
        assert!(compile(&deep).is_err());
    }
}
