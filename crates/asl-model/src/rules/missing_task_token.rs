//! A Task waits for its task token to come back, but hands the token to nobody.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Task",
//!   "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
//!   "Parameters": { "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "MessageBody.$": "$" },
//!   "Next": "Z"
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "Type": "Task",
//!   "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
//!   "Parameters": {
//!     "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/orders",
//!     "MessageBody": { "order.$": "$", "token.$": "$$.Task.Token" }
//!   },
//!   "Next": "Z"
//! }
//! ```

use asl_json::Value;

use super::{Context, is_substitution};
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::resource::IntegrationPattern;
use crate::state::{State, StateKind};

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    of_state(context, state).into_iter().collect()
}

fn of_state(context: &Context, state: &State) -> Option<Diagnostic> {
    let StateKind::Task(task) = &state.kind else {
        return None;
    };
    let integration = task.resource.integration()?;
    if integration.pattern != IntegrationPattern::WaitForTaskToken {
        return None;
    }
    let (field, token) = match state.query_language {
        QueryLanguage::JsonPath => ("Parameters", "\"token.$\": \"$$.Task.Token\""),
        QueryLanguage::Jsonata => ("Arguments", "\"token\": \"{% $states.context.Task.Token %}\""),
    };
    if state.raw.get(field).is_some_and(mentions_token) {
        return None;
    }
    let message = format!("\"{}\" waits for a task token that it hands to nobody", state.name);
    let help = format!("Pass it on in \"{field}\", such as {token}, so that whoever does the work can send it back.");
    Some(context.warning("MISSING_TASK_TOKEN", &state.location.member("Resource"), message, help))
}

/// Returns true where some string inside the value is, or may be, the token. The whole context object has it too.
fn mentions_token(value: &Value) -> bool {
    match value {
        Value::String(text) => {
            text.contains("Task.Token") || &**text == "$$" || text.contains("context") || is_substitution(text)
        }
        Value::Array(items) => items.iter().any(mentions_token),
        Value::Object(members) => members.values().any(mentions_token),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let task = |body: &str| {
            with_state(&format!(
                r#"{{"Type": "Task", "QueryLanguage": "JSONata", "Resource": "arn:aws:states:::sns:publish.waitForTaskToken",
                     "Arguments": {{"TopicArn": "t", "Message": "{body}"}}, "Next": "Z"}}"#
            ))
        };
        check_samples(
            &task("{% $states.input %}"),
            "MISSING_TASK_TOKEN: \"S\" waits for a task token that it hands to nobody at /States/S/Resource",
            &task("{% $states.context.Task.Token %}"),
        );
    }
}
