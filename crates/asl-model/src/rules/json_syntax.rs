//! The text is no JSON, or no JSON object.
//!
//! Wrong:
//!
//! ```json
//! { "StartAt": "S", "States": { "S": { "Type": "Succeed", } }
//! ```
//!
//! Right:
//!
//! ```json
//! { "StartAt": "S", "States": { "S": { "Type": "Succeed" } } }
//! ```
//!
//! Reading goes on behind a mistake, so that all of them are listed: the first one in the words of the service, which
//! stops there, the others with the code `JSON_SYNTAX`. Comments and trailing commas come with a fix.

use asl_json::{Span, SyntaxError};

use crate::diagnostic::{Diagnostic, Severity};
use crate::jackson;

const NAME: &str = "json_syntax";

/// Returns a diagnostic for each syntax error. The first one is AWS's, which stops there.
pub(crate) fn syntax_diagnostics(text: &str, errors: &[SyntaxError]) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = errors.iter().map(syntax_diagnostic).collect();
    let Some(first) = found.first_mut() else {
        return found;
    };
    first.code = if text.trim().is_empty() {
        "MISSING_DESCRIPTION"
    } else {
        "INVALID_JSON_DESCRIPTION"
    };
    if let Some(complaint) = jackson::complaint(text) {
        let source = complaint.source(text);
        first.help = format!("{}. {}", first.message, first.help);
        first.message = format!("{}\n at {source}", complaint.message);
        first.location = Some(source);
    }
    found
}

fn syntax_diagnostic(error: &SyntaxError) -> Diagnostic {
    Diagnostic {
        code: "JSON_SYNTAX",
        severity: Severity::Error,
        message: error.message.clone(),
        location: None,
        span: error.span,
        help: error
            .fix
            .as_ref()
            .map_or("Mend the JSON here.".to_owned(), |fix| format!("{}.", fix.title)),
        fixes: error.fix.iter().cloned().collect(),
        rule: NAME,
    }
}

/// Returns the diagnostic of a text that is no JSON object.
pub(crate) fn not_an_object(span: Span) -> Diagnostic {
    Diagnostic {
        code: "INVALID_JSON_DESCRIPTION",
        severity: Severity::Error,
        message: "Definition must be a valid JSON object".to_owned(),
        location: None,
        span,
        help: "Write an object with \"StartAt\" and \"States\".".to_owned(),
        fixes: Vec::new(),
        rule: NAME,
    }
}
