//! Fail: ends the execution, branch or iteration with an error.

use std::sync::Arc;

use crate::dynamic::Dynamic;

/// A Fail state. In JSONPath, `Path` holds `ErrorPath` or `CausePath`: a path or an intrinsic function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailState {
    /// `Error` or `ErrorPath`
    pub error: Option<Dynamic<Arc<str>>>,
    /// `Cause` or `CausePath`
    pub cause: Option<Dynamic<Arc<str>>>,
}
