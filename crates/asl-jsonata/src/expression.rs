//! One expression: parsed once, evaluated many times.

use std::fmt;
use std::sync::Arc;

use asl_json::Value;

use crate::engine;
use crate::error::{EvalError, SyntaxError};
use crate::limits::Limits;
use crate::profile::Profile;
use crate::references::References;
use crate::scope::Scope;

/// An expression of JSONata, ready to be evaluated. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Expression {
    text: Arc<str>,
    references: Arc<References>,
    parsed: Arc<dyn Evaluate>,
}

/// What the engine makes of an expression.
pub(crate) trait Evaluate: fmt::Debug + Send + Sync {
    /// See [`Expression::evaluate`].
    fn evaluate(&self, scope: &dyn Scope) -> Result<Value, EvalError>;

    /// See [`Expression::evaluate_document`].
    fn evaluate_document(&self, document: &Document<'_>) -> Result<Option<Value>, EvalError>;
}

/// What an expression of [`Profile::Standard`] is evaluated over.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The input document, `$$`; without one it is undefined.
    pub input: Option<&'a Value>,
    /// Variables by name, without `$`.
    pub variables: &'a [(String, Value)],
    /// The time as `$millis()` gives it.
    pub now_ms: i64,
    /// The seed of everything random.
    pub seed: u64,
    /// How much the evaluation may spend.
    pub limits: Limits,
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
    pub fn parse_in(text: &str, profile: Profile) -> Result<Expression, SyntaxError> {
        engine::parse(text.trim(), profile)
    }

    /// Returns an expression that has been parsed.
    pub(crate) fn new(text: Arc<str>, references: Arc<References>, parsed: Arc<dyn Evaluate>) -> Expression {
        Expression {
            text,
            references,
            parsed,
        }
    }

    /// Returns the trimmed text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Returns the names of the variables that the expression reads and does not bind itself, without `$` and without
    /// `states`; each once, in the order of the text.
    pub fn references(&self) -> &[Arc<str>] {
        &self.references.variables
    }

    /// Returns the members of `$states` that the expression names, each once, in the order of the text.
    pub fn states_members(&self) -> impl Iterator<Item = &Arc<str>> {
        self.references.states_members.iter().map(|member| &member.name)
    }

    /// Checks that the expression names no other members of `$states` than these.
    ///
    /// # Errors
    ///
    /// Returns the error of the first that is not among them, as AWS words it.
    pub fn check_states_members(&self, available: &[&str]) -> Result<(), SyntaxError> {
        self.references.check_states_members(available)
    }

    /// Returns the value of the expression.
    ///
    /// # Errors
    ///
    /// Returns why there is no value; an undefined result is an error on AWS.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<Value, EvalError> {
        self.parsed.evaluate(scope)
    }

    /// Returns the value of an expression of [`Profile::Standard`], or `None` where it is undefined.
    ///
    /// # Errors
    ///
    /// Returns why the evaluation failed.
    pub fn evaluate_document(&self, document: &Document<'_>) -> Result<Option<Value>, EvalError> {
        self.parsed.evaluate_document(document)
    }
}

#[cfg(test)]
mod tests;
