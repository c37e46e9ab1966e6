//! What the API says about a definition and about an execution's input.

use std::fmt;

use asl_json::{Span, Value};

use crate::definition::{Definition, MachineType, ParsedDefinition, parse};
use crate::diagnostic::Diagnostic;
use crate::rules::json_syntax::syntax_diagnostics;
use crate::{jackson, rules};

/// Returns everything that is wrong with a definition: what AWS would refuse, and advice.
///
/// Of a text that is not JSON only that is reported: what the rest means is anybody's guess.
pub fn validate(definition: &Definition, machine_type: MachineType) -> Vec<Diagnostic> {
    let syntax = syntax_diagnostics(definition.document.text(), definition.document.errors());
    if !syntax.is_empty() {
        return syntax;
    }
    rules::check(definition, machine_type)
}

/// Returns everything that is wrong with the text of a definition, as ValidateStateMachineDefinition does with
/// `severity` set to `WARNING`.
pub fn validate_text(text: &str, machine_type: MachineType) -> Vec<Diagnostic> {
    match parse(text) {
        ParsedDefinition {
            definition: Some(definition),
            ..
        } => validate(&definition, machine_type),
        ParsedDefinition { diagnostics, .. } => diagnostics,
    }
}

/// Returns everything that is wrong with the definition of a single state, as TestState does. AWS names such a state
/// `StateName`; whether the states it goes to exist is not asked.
pub fn validate_state_text(text: &str, machine_type: MachineType) -> Vec<Diagnostic> {
    let document = asl_json::Document::parse(text);
    let syntax = syntax_diagnostics(text, document.errors());
    if !syntax.is_empty() {
        return syntax;
    }
    let before = r#"{"StartAt":"StateName","States":{"StateName":"#;
    let parsed = parse(&format!("{before}{text}}}}}"));
    let found = parsed
        .definition
        .map(|definition| rules::check_fields(&definition, machine_type))
        .unwrap_or_default();
    found
        .into_iter()
        .map(|diagnostic| moved_back(diagnostic, before.len()))
        .collect()
}

/// Returns the diagnostic for a text that lacks the first bytes.
fn moved_back(mut diagnostic: Diagnostic, bytes: usize) -> Diagnostic {
    let moved = |span: Span| Span::new(span.start.saturating_sub(bytes), span.end.saturating_sub(bytes));
    diagnostic.span = moved(diagnostic.span);
    for fix in &mut diagnostic.fixes {
        fix.span = moved(fix.span);
    }
    diagnostic
}

/// Returns the message with which CreateStateMachine refuses a definition, its error being `InvalidDefinition`, or
/// `None` where it does not.
pub fn create_error_message(diagnostics: &[Diagnostic]) -> Option<String> {
    let errors: Vec<String> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(in_create_error)
        .collect();
    (!errors.is_empty()).then(|| format!("Invalid State Machine Definition: '{}'", errors.join(", ")))
}

fn in_create_error(diagnostic: &Diagnostic) -> String {
    let location = diagnostic.location.as_deref().unwrap_or("null");
    format!("{}: {} at {location}", diagnostic.code, diagnostic.message)
}

/// Why StartExecution refuses an input, its error being `InvalidExecutionInput`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidExecutionInput {
    /// The message of the API.
    pub message: String,
}

impl fmt::Display for InvalidExecutionInput {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for InvalidExecutionInput {}

/// Returns the input of an execution.
///
/// # Errors
/// Says what StartExecution says where the text is no JSON.
pub fn parse_input(text: &str) -> Result<Value, InvalidExecutionInput> {
    let invalid = |reason: &str| InvalidExecutionInput {
        message: format!("Invalid State Machine Execution Input: '{reason}'"),
    };
    match asl_json::parse_value(text) {
        Ok(value) => Ok(value),
        Err(_) => Err(match jackson::complaint(text) {
            Some(error) => invalid(&error.message),
            None => invalid("Invalid execution input."),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn create_state_machine_joins_errors() {
        let text =
            r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "C": {"Type": "Pass", "Next": "A"}}}"#;
        let found = validate_text(text, MachineType::Standard);
        let message = create_error_message(&found).unwrap();
        assert_eq!(
            message,
            "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next, \
             MISSING_END_STATE: Workflow has no terminal state at null'"
        );
        assert_eq!(create_error_message(&[]), None);
    }

    #[test]
    fn text_that_is_no_json_is_reported_in_jacksons_words() {
        let found = validate_text("not a definition", MachineType::Standard);
        let source = "[Source: (String)\"not a definition\"; line: 1, column: 4]";
        assert_eq!(found[0].location.as_deref(), Some(source));
        assert!(
            found[0].message.ends_with(&format!("\n at {source}")),
            "{}",
            found[0].message
        );
        let found = validate_text("[1]", MachineType::Standard);
        assert_eq!(found[0].message, "Definition must be a valid JSON object");
        assert_eq!(validate_text(" ", MachineType::Standard)[0].code, "MISSING_DESCRIPTION");
        assert!(!validate_text("{} x", MachineType::Standard).is_empty());
    }

    #[test]
    fn single_states_are_checked_by_themselves() {
        let text = r#"{"Type": "Parallel", "Branches": [], "Next": "Elsewhere"}"#;
        let found = validate_state_text(text, MachineType::Standard);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].to_string(),
            "SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/StateName/Branches"
        );
        assert_eq!(&text[found[0].span.start..found[0].span.end], "\"Branches\"");
        assert_eq!(
            validate_state_text("{", MachineType::Standard)[0].code,
            "INVALID_JSON_DESCRIPTION"
        );
        assert_eq!(
            validate_state_text("1", MachineType::Standard)[0].message,
            "Expected value of type [OBJECT]"
        );
    }

    #[test]
    fn inputs_are_any_json() {
        assert_eq!(parse_input("[1]").unwrap().to_string(), "[1]");
        let blank = "Invalid State Machine Execution Input: 'Invalid execution input.'";
        assert_eq!(parse_input("").unwrap_err().message, blank);
        assert_eq!(parse_input("1 2").unwrap_err().message, blank);
        assert!(
            parse_input("{'a'")
                .unwrap_err()
                .message
                .contains("was expecting double-quote")
        );
    }
}
