//! `States.ALL` is not alone, or not in the last retrier or catcher.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Task",
//!   "Resource": "arn:aws:lambda:us-east-1:123456789012:function:pack",
//!   "Retry": [{ "ErrorEquals": ["States.ALL", "OutOfStock"] }],
//!   "Next": "Z"
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "Type": "Task",
//!   "Resource": "arn:aws:lambda:us-east-1:123456789012:function:pack",
//!   "Retry": [{ "ErrorEquals": ["States.ALL"] }],
//!   "Next": "Z"
//! }
//! ```

use std::sync::Arc;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::state::State;

const ALL: &str = "States.ALL";

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let retriers: Vec<&[Arc<str>]> = state.retry.iter().map(|retrier| &*retrier.error_equals).collect();
    let catchers: Vec<&[Arc<str>]> = state.catch.iter().map(|catcher| &*catcher.error_equals).collect();
    let mut found = list(context, &retriers, state, "Retry");
    found.extend(list(context, &catchers, state, "Catch"));
    found
}

fn list(context: &Context, lists: &[&[Arc<str>]], state: &State, field: &str) -> Vec<Diagnostic> {
    let has_all = lists
        .iter()
        .enumerate()
        .filter(|(_, names)| names.iter().any(|name| **name == *ALL));
    let wrong = has_all.filter(|(index, names)| names.len() > 1 || index + 1 < lists.len());
    let diagnostics = wrong.map(|(index, names)| {
        let (message, help) = if names.len() > 1 {
            (
                "'States.ALL' must appear alone",
                "Leave only \"States.ALL\": it covers the others.",
            )
        } else {
            (
                "'States.ALL' must appear in the last element",
                "Move it to the end: nothing behind it is ever asked.",
            )
        };
        let at = state.location.member(field);
        context.schema(&at.item(index).member("ErrorEquals"), message, help)
    });
    diagnostics.collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let task = |retry: &str| {
            with_state(&format!(
                r#"{{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Retry": [{retry}], "Next": "Z"}}"#
            ))
        };
        let right = task(r#"{"ErrorEquals": ["a"]}, {"ErrorEquals": ["States.ALL"]}"#);
        check_samples(
            &task(r#"{"ErrorEquals": ["States.ALL", "a"]}"#),
            "SCHEMA_VALIDATION_FAILED: 'States.ALL' must appear alone at /States/S/Retry[0]/ErrorEquals",
            &right,
        );
        check_samples(
            &task(r#"{"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["a"]}"#),
            "SCHEMA_VALIDATION_FAILED: 'States.ALL' must appear in the last element at /States/S/Retry[0]/ErrorEquals",
            &right,
        );
    }
}
