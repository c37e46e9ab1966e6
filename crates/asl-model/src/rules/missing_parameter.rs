//! A Task lacks a parameter without which its integration refuses to run.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Task",
//!   "Resource": "arn:aws:states:::sqs:sendMessage",
//!   "Parameters": { "MessageBody.$": "$.order" },
//!   "Next": "Z"
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "Type": "Task",
//!   "Resource": "arn:aws:states:::sqs:sendMessage",
//!   "Parameters": { "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "MessageBody.$": "$.order" },
//!   "Next": "Z"
//! }
//! ```
//!
//! Nothing is said where `Parameters` are missing as a whole: the state's input takes their place then.

use asl_json::{Fix, Node, Object, Span, Value};

use super::Context;
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::integration;
use crate::state::{State, StateKind};

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let StateKind::Task(task) = &state.kind else {
        return Vec::new();
    };
    let field = match state.query_language {
        QueryLanguage::JsonPath => "Parameters",
        QueryLanguage::Jsonata => "Arguments",
    };
    let given = state.raw.get(field).and_then(Value::as_object);
    let action = task.resource.integration().and_then(integration::find);
    let (Some(given), Some(action)) = (given, action) else {
        return Vec::new();
    };
    let missing = action.required.iter().filter(|name| !is_given(given, name));
    let warnings = missing.map(|name| {
        let at = state.location.member(field);
        let message = format!("{}:{} requires the parameter \"{name}\"", action.service, action.action);
        let help = match state.query_language {
            QueryLanguage::JsonPath => format!("Add \"{name}\", or \"{name}.$\" with a path."),
            QueryLanguage::Jsonata => format!("Add \"{name}\"."),
        };
        let mut warning = context.warning("MISSING_PARAMETER", &at, message, help);
        let object = context.definition.document.node(at.steps());
        warning
            .fixes
            .extend(object.map(|object| addition(context, object, name)));
        warning
    });
    warnings.collect()
}

fn is_given(given: &Object, name: &str) -> bool {
    given.keys().any(|key| key.strip_suffix(".$").unwrap_or(key) == name)
}

/// Returns the edit that puts an empty parameter in front of the others.
fn addition(context: &Context, object: Node<'_>, name: &str) -> Fix {
    let text = context.definition.document.text();
    let at = object.span().start + 1;
    let gap = object.members().next().map(|first| &text[at..first.name_span().start]);
    let replacement = match gap {
        Some(gap) => format!("{}\"{name}\": \"\",{}", gap, if gap.is_empty() { " " } else { "" }),
        None => format!("\"{name}\": \"\""),
    };
    Fix {
        title: format!("Add \"{name}\""),
        span: Span::new(at, at),
        replacement,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};
    use crate::{MachineType, validate_text};

    #[test]
    fn samples() {
        let jsonata = |arguments: &str| {
            with_state(&format!(
                r#"{{"Type": "Task", "QueryLanguage": "JSONata", "Resource": "arn:aws:states:::dynamodb:getItem",
                     "Arguments": {arguments}, "Next": "Z"}}"#
            ))
        };
        check_samples(
            &jsonata(r#"{"Key": {}}"#),
            "MISSING_PARAMETER: dynamodb:getItem requires the parameter \"TableName\" at /States/S/Arguments",
            &jsonata(r#"{"Key": {}, "TableName": "{% $states.input.t %}"}"#),
        );
        assert_eq!(
            validate_text(&jsonata(r#""{% $states.input %}""#), MachineType::Standard),
            []
        );
    }

    #[test]
    fn the_fix_adds_it() {
        let text = with_state(
            "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Parameters\": {\n  \"Payload\": {}}, \"Next\": \"Z\"}",
        );
        let found = validate_text(&text, MachineType::Standard);
        let fix = &found[0].fixes[0];
        let mut mended = text.clone();
        mended.replace_range(fix.span.start..fix.span.end, &fix.replacement);
        assert!(
            mended.contains("{\n  \"FunctionName\": \"\",\n  \"Payload\": {}}"),
            "{mended}"
        );
        assert_eq!(validate_text(&mended, MachineType::Standard), []);
    }
}
