//! Why the API refuses to test at all.

use std::fmt;

/// Why TestState refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestStateError {
    /// Name of the exception, such as `ValidationException`; `None` where the SDK refuses before anything is sent.
    pub code: Option<&'static str>,
    /// What it says.
    pub message: String,
}

impl TestStateError {
    /// Returns the refusal of a parameter that the SDK checks by itself.
    pub(super) fn parameter(complaint: impl fmt::Display) -> TestStateError {
        TestStateError {
            code: None,
            message: format!("Parameter validation failed:\n{complaint}"),
        }
    }

    /// Returns the refusal of a request that is no good as a whole.
    pub(super) fn validation(message: impl Into<String>) -> TestStateError {
        TestStateError {
            code: Some("ValidationException"),
            message: message.into(),
        }
    }

    /// Returns the refusal of a definition.
    pub(super) fn definition(message: impl Into<String>) -> TestStateError {
        TestStateError {
            code: Some("InvalidDefinition"),
            message: message.into(),
        }
    }

    /// Returns the refusal of the state's input.
    pub(super) fn input(message: impl Into<String>) -> TestStateError {
        TestStateError {
            code: Some("InvalidExecutionInput"),
            message: message.into(),
        }
    }
}

impl fmt::Display for TestStateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(out, "{code}: {}", self.message),
            None => out.write_str(&self.message),
        }
    }
}

impl std::error::Error for TestStateError {}
