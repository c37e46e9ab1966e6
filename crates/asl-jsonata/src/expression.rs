//! One expression: parsed once, evaluated many times.

use std::sync::Arc;

use asl_json::Value;
use jlens_core::{Bindings, Options};

use crate::error::{EvalError, SyntaxError, SyntaxErrorKind};
use crate::payload::{Origin, Payloads, ValueBuilder};
use crate::profile::Profile;
use crate::references::References;
use crate::scope::Scope;

/// An expression of JSONata, ready to be evaluated. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Expression(Arc<Parsed>);

#[derive(Debug)]
struct Parsed {
    text: Arc<str>,
    references: References,
    program: jlens_core::Expression,
}

impl Expression {
    /// Parses the text between `{%` and `%}` in the profile of Step Functions.
    ///
    /// # Errors
    ///
    /// Returns why AWS would refuse the expression.
    pub fn parse(text: &str) -> Result<Expression, SyntaxError> {
        Expression::parse_in(text, Profile::StepFunctions)
    }

    /// Parses an expression in the given profile.
    ///
    /// # Errors
    ///
    /// Returns why the expression is refused.
    pub fn parse_in(text: &str, _profile: Profile) -> Result<Expression, SyntaxError> {
        let text = text.trim();
        let ast = jlens_core::parse(text).map_err(|error| refused(&error))?;
        let references = References::of(&ast);
        let program = jlens_core::Expression::compile(&wrapped(text, &references)).map_err(|error| refused(&error))?;
        Ok(Expression(Arc::new(Parsed {
            text: text.into(),
            references,
            program,
        })))
    }

    /// Returns the trimmed text.
    pub fn text(&self) -> &Arc<str> {
        &self.0.text
    }

    /// Returns the names of the variables that the expression reads and does not bind itself, without `$` and without
    /// `states`; each once, in the order of the text.
    pub fn references(&self) -> &[Arc<str>] {
        &self.0.references.variables
    }

    /// Returns the members of `$states` that the expression names, each once, in the order of the text.
    pub fn states_members(&self) -> &[Arc<str>] {
        &self.0.references.states_members
    }

    /// Returns the value of the expression.
    ///
    /// # Errors
    ///
    /// Returns why there is no value; an undefined result is an error on AWS.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<Value, EvalError> {
        let limits = scope.limits();
        let options = Options::new()
            .now(scope.now_ms())
            .seed(1)
            .max_steps(limits.max_steps)
            .max_depth(limits.max_depth)
            .max_string_length(limits.max_string_bytes)
            .max_array_length(limits.max_array_items)
            .max_result_size(limits.max_result_bytes);
        let payloads = Payloads::new(Origin::Scope(scope));
        let bindings = Bindings::new();
        self.0
            .program
            .evaluate_source_to(&*payloads, &bindings, &options, |output| {
                output.write(&mut ValueBuilder::new(&payloads))
            })
            .map_err(|error| EvalError::Coded {
                code: error.code().to_owned(),
                message: error.message(),
            })?
            .ok_or(EvalError::Undefined)
    }
}

fn refused(error: &jlens_core::Error) -> SyntaxError {
    let span = error.span().unwrap_or_default();
    SyntaxError {
        kind: SyntaxErrorKind::Invalid,
        code: Some(error.code().to_owned()),
        message: error.message(),
        span: span.start..span.end,
    }
}

fn wrapped(text: &str, references: &References) -> String {
    let mut source = String::from("(");
    if references.states {
        source.push_str("$states:=$$.states;");
    }
    for name in &references.variables {
        source.push_str(&format!("${name}:=$$.`{name}`;"));
    }
    source.push('\n');
    source.push_str(text);
    source.push_str("\n)");
    source
}
