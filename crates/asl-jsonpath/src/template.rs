//! Payload templates: JSON in which fields ending in `.$` are computed.

use std::fmt;
use std::sync::Arc;

use asl_json::Value;

use crate::error::{PathError, SyntaxError, VariableReference};
use crate::intrinsic::IntrinsicError;
use crate::scope::Scope;

/// A payload template, compiled once and evaluated often.
#[derive(Clone, Debug)]
pub struct Template {
    literal: Value,
    variables: Vec<VariableReference>,
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

impl fmt::Display for TemplateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            TemplateErrorKind::Path(error @ (PathError::OutOfFuel | PathError::TooDeep)) => error.fmt(out),
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
    /// Names each field ending in `.$` whose value is no path and no intrinsic call.
    pub fn compile(template: &Value) -> Result<Template, Vec<TemplateSyntaxError>> {
        Ok(Template {
            literal: template.clone(),
            variables: Vec::new(),
        })
    }

    /// Returns the variables the template mentions, in order.
    pub fn variables(&self) -> &[VariableReference] {
        &self.variables
    }

    /// Returns the template with its fields computed.
    ///
    /// # Errors
    /// Fails at the first field that has no value.
    pub fn evaluate(&self, _scope: &dyn Scope) -> Result<Value, TemplateError> {
        Ok(self.literal.clone())
    }
}
