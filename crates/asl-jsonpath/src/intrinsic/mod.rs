//! Intrinsic functions: `States.Format('{}', $.name)` and its seventeen siblings.

mod array;
mod constant;
mod encode;
mod function;
mod json;
mod math;
mod parse;
mod random;
mod string;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use asl_json::Value;

use crate::cursor::Cursor;
use crate::error::{PathError, SyntaxError, VariableReference};
use crate::path::{Path, Root};
use crate::scope::{OutOfFuel, Scope};
use function::Function;
use string::FormatTemplate;

/// How many bytes of text a function may make. Far beyond what fits into a state's output, it bounds memory only.
const MAX_TEXT_BYTES: usize = 4 * 1024 * 1024;

/// A call of an intrinsic function, with the calls nested in its arguments.
///
/// ```
/// let call = asl_jsonpath::Intrinsic::parse("States.Format('Hello {}', $.name)")?;
/// assert!(call.returns_string());
/// # Ok::<(), asl_jsonpath::SyntaxError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Intrinsic {
    text: Arc<str>,
    call: Call,
    variables: Vec<VariableReference>,
}

#[derive(Clone, Debug)]
struct Call {
    function: &'static Function,
    /// The first argument of `States.Format` where it is written out; the others follow in `arguments`.
    template: Option<FormatTemplate>,
    arguments: Box<[Argument]>,
}

#[derive(Clone, Debug)]
enum Argument {
    Literal(Value),
    Path(Path),
    Call(Call),
}

/// Why a call ended without a value.
enum Stop {
    Argument(String),
    Failure(Failure),
}

/// Why a function refuses its arguments.
enum Failure {
    /// The whole sentence.
    Refused(String),
    OutOfFuel,
}

impl Failure {
    fn new(message: impl Into<String>) -> Failure {
        Failure::Refused(message.into())
    }
}

impl From<OutOfFuel> for Failure {
    fn from(_: OutOfFuel) -> Failure {
        Failure::OutOfFuel
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failure(failure)
    }
}

impl From<OutOfFuel> for Stop {
    fn from(out: OutOfFuel) -> Stop {
        Stop::Failure(out.into())
    }
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
    /// Parses a whole text as an intrinsic call; names, number of arguments and literals are checked.
    ///
    /// # Errors
    /// Names the first part that does not fit.
    pub fn parse(text: &str) -> Result<Intrinsic, SyntaxError> {
        let mut cursor = Cursor::new(text);
        let (call, variables) = parse::call(&mut cursor)?;
        cursor.skip_blanks();
        if !cursor.is_at_end() {
            return Err(cursor.unexpected("The expression ends after the call of a function"));
        }
        Ok(Intrinsic {
            text: text.into(),
            call,
            variables,
        })
    }

    /// Returns the text the call was parsed from.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Returns true where the function is one that `ErrorPath` and `CausePath` accept: its result is a string, or, for
    /// `States.ArrayGetItem`, may be one.
    pub fn returns_string(&self) -> bool {
        self.call.function.returns_string
    }

    /// Returns the variables the arguments mention, in order.
    pub fn variables(&self) -> &[VariableReference] {
        &self.variables
    }

    /// Returns the result of the call.
    ///
    /// # Errors
    /// Fails where an argument has no value or a function refuses its arguments.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<Value, IntrinsicError> {
        self.call.evaluate(scope).map_err(|stop| self.error(stop))
    }

    /// Returns why the call fails whatever the data: a function in it refuses arguments that are written out.
    pub fn constant_error(&self) -> Option<IntrinsicError> {
        let stop = constant::value(&self.call).err()?;
        Some(self.error(stop)).filter(|error| error.kind == IntrinsicErrorKind::Failure)
    }

    fn error(&self, stop: Stop) -> IntrinsicError {
        let (kind, message) = match stop {
            Stop::Argument(message) => (IntrinsicErrorKind::Argument, message),
            Stop::Failure(Failure::Refused(message)) => (IntrinsicErrorKind::Failure, message),
            Stop::Failure(Failure::OutOfFuel) => (IntrinsicErrorKind::OutOfFuel, OutOfFuel.to_string()),
        };
        IntrinsicError {
            expression: Arc::clone(&self.text),
            kind,
            message,
        }
    }
}

impl Call {
    fn evaluate(&self, scope: &dyn Scope) -> Result<Value, Stop> {
        match &*self.arguments {
            [] => self.apply(&[], scope),
            [one] => self.apply(&[one.evaluate(scope)?], scope),
            [one, two] => self.apply(&[one.evaluate(scope)?, two.evaluate(scope)?], scope),
            many => {
                let values = many.iter().map(|value| value.evaluate(scope));
                self.apply(&values.collect::<Result<Vec<_>, _>>()?, scope)
            }
        }
    }

    fn apply(&self, values: &[Value], scope: &dyn Scope) -> Result<Value, Stop> {
        spend(values, scope)?;
        Ok(match &self.template {
            Some(template) => template.fill(values)?,
            None => (self.function.apply)(values, scope)?,
        })
    }
}

/// Takes what a function will look at off the fuel.
fn spend(values: &[Value], scope: &dyn Scope) -> Result<(), OutOfFuel> {
    let size = |value: &Value| match value {
        Value::String(text) => text.len() / 64,
        Value::Array(items) => items.len(),
        Value::Object(object) => object.len(),
        _ => 0,
    };
    let steps = values.iter().map(|value| 1 + size(value)).sum::<usize>();
    scope.spend(1 + steps as u64)
}

impl Argument {
    fn evaluate(&self, scope: &dyn Scope) -> Result<Value, Stop> {
        match self {
            Argument::Literal(value) => Ok(value.clone()),
            Argument::Call(call) => call.evaluate(scope),
            Argument::Path(path) => match path.find(scope) {
                Ok(Some(value)) => Ok(value),
                Err(PathError::OutOfFuel) => Err(OutOfFuel.into()),
                Err(error @ (PathError::NotAnArray(_) | PathError::Function(_) | PathError::TooDeep)) => {
                    Err(Stop::Argument(error.to_string()))
                }
                Ok(None) | Err(_) => Err(missing(path, scope)),
            },
        }
    }
}

/// Words a path without a value. Step Functions names a path into the context object without its second `$`.
fn missing(path: &Path, scope: &dyn Scope) -> Stop {
    let text = match path.root() {
        Root::Context => &path.text()[1..],
        Root::Input | Root::Variable(_) => path.text(),
    };
    Stop::Argument(format!(
        "The JsonPath argument for the field '{text}' could not be found in the input '{}'",
        scope.input()
    ))
}
