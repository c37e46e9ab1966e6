//! What is wrong with a definition.

use asl_json::Span;

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
}

/// An edit that would mend a diagnostic: replace the span by the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the edit does, as a short imperative: `Change to "Shipped"`.
    pub title: String,
    /// What to replace; empty to insert.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

impl Diagnostic {
    /// Returns true where AWS refuses a definition with this finding.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
