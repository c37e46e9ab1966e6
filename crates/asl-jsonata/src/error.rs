//! What can be wrong with an expression's text, and with its evaluation.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use asl_json::Value;

/// Which of the two diagnostics of AWS a refused expression gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// The text does not parse: `INVALID_JSONATA_EXPRESSION`.
    Invalid,
    /// The text parses but reads what Step Functions does not offer: `UNSUPPORTED_JSONATA_EXPRESSION`.
    Unsupported,
}

impl SyntaxErrorKind {
    /// Returns the code of the diagnostic as AWS spells it.
    pub fn code(self) -> &'static str {
        match self {
            SyntaxErrorKind::Invalid => "INVALID_JSONATA_EXPRESSION",
            SyntaxErrorKind::Unsupported => "UNSUPPORTED_JSONATA_EXPRESSION",
        }
    }
}

/// Why an expression was refused before it could be evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Which diagnostic AWS gives.
    pub kind: SyntaxErrorKind,
    /// The code of JSONata, such as `S0201`, where it has one.
    pub code: Option<String>,
    /// What is wrong, in the words of AWS and without a code.
    pub message: String,
    /// The bytes of the expression's text that it is about.
    pub span: Range<usize>,
}

impl SyntaxError {
    /// Returns the error of an expression that reads a member of `$states` that its field does not have.
    pub(crate) fn missing_states_member(name: &str, span: Range<usize>) -> SyntaxError {
        SyntaxError::unsupported(format!("Field '$states.{name}' does not exist."), span)
    }

    /// Returns the error of an expression that parses and that AWS does not take.
    pub(crate) fn unsupported(message: String, span: Range<usize>) -> SyntaxError {
        SyntaxError {
            kind: SyntaxErrorKind::Unsupported,
            code: None,
            message,
            span,
        }
    }

    /// Returns the error of any expression while there is no engine to parse it.
    pub(crate) fn without_engine(text: &str) -> SyntaxError {
        SyntaxError {
            kind: SyntaxErrorKind::Invalid,
            code: None,
            message: "JSONata could not be loaded. Check the network, then edit the text or run again.".to_owned(),
            span: 0..text.len(),
        }
    }

    /// Returns an error of the engine's parser.
    pub(crate) fn of_engine(error: &jlens_core::Error) -> SyntaxError {
        let span = error.span().unwrap_or_default();
        SyntaxError {
            kind: SyntaxErrorKind::Invalid,
            code: Some(error.code().to_owned()),
            message: error.message(),
            span: span.start..span.end,
        }
    }
}

/// Writes the code of AWS and the message: `INVALID_JSONATA_EXPRESSION: Unexpected end of expression`.
impl fmt::Display for SyntaxError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.kind.code(), self.message)
    }
}

impl Error for SyntaxError {}

/// Why an evaluation gave no value. All of them are a `States.QueryEvaluationError` on AWS.
#[derive(Clone, Debug, PartialEq)]
pub enum EvalError {
    /// The result is undefined.
    Undefined,
    /// JSONata raised an error that has a code.
    Coded {
        /// Such as `T1006`.
        code: String,
        /// Without the code.
        message: String,
    },
    /// A limit was exceeded; AWS tells no code of these.
    Limit {
        /// The code that the official test suite expects of such a limit.
        code: &'static str,
        /// In the words of AWS.
        message: String,
    },
    /// The result is, or holds, a function or a regular expression.
    UnsupportedResult,
    /// The result is a value, but not of a type that the field can take.
    UnexpectedType {
        /// What the field takes, such as `array`; for several, as AWS writes them.
        expected: String,
        /// What the expression gave.
        value: Value,
    },
}

impl EvalError {
    /// Returns an error of the engine. Of those that stand for a limit, AWS tells no code.
    pub(crate) fn of_engine(error: &jlens_core::Error) -> EvalError {
        let (code, message) = match error.code() {
            "D1011" => (
                "U1001",
                "Stack overflow error: Check for non-terminating recursive function. \
                 Consider rewriting as tail-recursive",
            ),
            "U1001" => (
                "D2015",
                "Expression evaluation memory limit exceeded: Check for excessive memory usage",
            ),
            "U1003" | "U1006" => ("U1001", "Expression evaluation timeout: Check for infinite loop"),
            code => {
                return EvalError::Coded {
                    code: code.to_owned(),
                    message: error.message(),
                };
            }
        };
        EvalError::Limit {
            code,
            message: message.to_owned(),
        }
    }
}

/// Writes what follows `The JSONata expression '...' specified for the field '...'` in a cause of AWS.
impl fmt::Display for EvalError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EvalError::Undefined => out.write_str("returned nothing (undefined)."),
            EvalError::Coded { code, message } => {
                write!(out, "threw an error during evaluation. {code}: {message}")
            }
            EvalError::Limit { message, .. } => write!(out, "threw an error during evaluation: {message}"),
            EvalError::UnsupportedResult => out.write_str("returned an unsupported result type."),
            EvalError::UnexpectedType { expected, value } => write!(
                out,
                "returned an unexpected result type. Expected '{expected}', but was '{}' for value: {value}",
                value.type_name()
            ),
        }
    }
}

impl Error for EvalError {}
