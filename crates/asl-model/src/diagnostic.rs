//! What is wrong with a definition.

use std::fmt;

use asl_json::Span;

pub use asl_json::Fix;

/// How bad a finding is. AWS refuses a definition that has an error; a warning is advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// AWS refuses to create the state machine.
    Error,
    /// Advice: AWS accepts the definition.
    Warning,
}

impl Severity {
    /// Returns the API's word: `ERROR` or `WARNING`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
        }
    }
}

/// A finding about the text of a definition.
///
/// `code`, `severity`, `message` and `location` are what ValidateStateMachineDefinition answers, word for word where
/// the code is one of AWS's; `span`, `help` and `fixes` are for an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of finding, such as `SCHEMA_VALIDATION_FAILED`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The place as AWS writes it, such as `/States/A/Next`. AWS leaves it out for a few codes.
    pub location: Option<String>,
    /// The place in the text, in bytes.
    pub span: Span,
    /// The way out, as a sentence; empty where there is nothing to add to the message.
    pub help: String,
    /// Edits that would mend it, best first.
    pub fixes: Vec<Fix>,
    /// The rule that found it, which is the name of its section of `docs/diagnostics.md`.
    pub rule: &'static str,
}

/// Codes that AWS does not have: findings of ours that it would accept, or would not get to.
const OWN_CODES: [&str; 8] = [
    "JSON_SYNTAX",
    "CHOICE_WITHOUT_DEFAULT",
    "NEVER_MATCHES",
    "DUPLICATE_KEY",
    "NO_WAY_OUT",
    "READ_BEFORE_ASSIGNED",
    "MISSING_PARAMETER",
    "MISSING_TASK_TOKEN",
];

impl Diagnostic {
    /// Returns true where ValidateStateMachineDefinition would list the finding.
    pub fn is_known_to_aws(&self) -> bool {
        !OWN_CODES.contains(&self.code)
    }

    /// Returns true where AWS refuses a definition with this finding.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Writes `CODE: message at location`, without the place where there is none.
impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.code, self.message)?;
        self.location
            .iter()
            .try_for_each(|location| write!(out, " at {location}"))
    }
}
