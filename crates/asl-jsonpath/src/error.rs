//! Why an expression cannot be read, or cannot be evaluated.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::scope::OutOfFuel;

/// Why a text is not a path or an intrinsic call, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, as a sentence without its final period.
    pub message: String,
    /// Bytes of the expression text that do not fit; empty at the end of the text.
    pub span: Range<usize>,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at byte {}", self.message, self.span.start)
    }
}

impl std::error::Error for SyntaxError {}

/// One mention of a variable in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableReference {
    /// The name, without the dollar sign.
    pub name: Arc<str>,
    /// Bytes of the expression text that hold the dollar sign and the name.
    pub span: Range<usize>,
}

/// Why a path has no value. Displayed in the words of Jayway JsonPath, which Step Functions quotes in causes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathError {
    /// Nothing is at the path, whose normalized text this is.
    NoResults(String),
    /// The object at this normalized path is missing, and the path goes on below it.
    MissingProperty(String),
    /// A name is looked up in something that is not an object; the whole sentence.
    NotAnObject(String),
    /// An index, slice or filter meets something that is not an array; the whole sentence.
    NotAnArray(String),
    /// The path begins with a variable of this name, to which nothing is assigned.
    UndefinedVariable(Arc<str>),
    /// A payload template is applied to `null`.
    NullInput,
    /// A function at the end of the path cannot be applied; the whole sentence.
    Function(String),
    /// The data nest too deeply to be searched.
    TooDeep,
    /// The fuel is used up.
    OutOfFuel,
}

impl fmt::Display for PathError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathError::NoResults(path) => write!(out, "No results for path: {path}"),
            PathError::MissingProperty(path) => write!(out, "Missing property in path {path}"),
            PathError::NotAnObject(text) | PathError::NotAnArray(text) | PathError::Function(text) => {
                out.write_str(text)
            }
            PathError::UndefinedVariable(name) => write!(out, "The variable '${name}' is not defined"),
            PathError::NullInput => out.write_str("Unable to apply Path transformation to null or empty input."),
            PathError::TooDeep => out.write_str("The data nest too deeply"),
            PathError::OutOfFuel => OutOfFuel.fmt(out),
        }
    }
}

impl std::error::Error for PathError {}

impl From<OutOfFuel> for PathError {
    fn from(_: OutOfFuel) -> PathError {
        PathError::OutOfFuel
    }
}
