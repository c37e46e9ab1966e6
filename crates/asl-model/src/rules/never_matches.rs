//! A retrier or catcher names an error that never gets to it: earlier ones take it, or nothing can.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Task",
//!   "Resource": "arn:aws:lambda:us-east-1:123456789012:function:pack",
//!   "Catch": [
//!     { "ErrorEquals": ["States.TaskFailed"], "Next": "Z" },
//!     { "ErrorEquals": ["OutOfStock"], "Next": "Z" }
//!   ],
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
//!   "Catch": [
//!     { "ErrorEquals": ["OutOfStock"], "Next": "Z" },
//!     { "ErrorEquals": ["States.TaskFailed"], "Next": "Z" }
//!   ],
//!   "Next": "Z"
//! }
//! ```
//!
//! `States.TaskFailed` takes every error of a Task but time-outs, `States.Timeout` takes missed heartbeats, and
//! `States.Runtime` can be neither retried nor caught. What comes behind `States.ALL` is an error of its own.

use std::sync::Arc;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::location::Location;
use crate::state::{State, StateKind};

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let retriers: Vec<&[Arc<str>]> = state.retry.iter().map(|retrier| &*retrier.error_equals).collect();
    let catchers: Vec<&[Arc<str>]> = state.catch.iter().map(|catcher| &*catcher.error_equals).collect();
    let mut found = list(context, state, "retrier", &retriers, "Retry");
    found.extend(list(context, state, "catcher", &catchers, "Catch"));
    found
}

fn list(context: &Context, state: &State, what: &str, lists: &[&[Arc<str>]], field: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, names) in lists.iter().enumerate() {
        let earlier = || lists[..index].iter().copied().flatten();
        let is_taken = |name: &Arc<str>| earlier().any(|taken| takes(state, taken, name));
        let at = || state.location.member(field).item(index);
        if !names.is_empty() && names.iter().all(is_taken) {
            let message = format!("This {what} never matches: an earlier one takes the same errors");
            let help = format!("Remove it, or move it before the {what} that takes its errors.");
            found.push(context.warning("NEVER_MATCHES", &at(), message, help));
            continue;
        }
        for (place, name) in names.iter().enumerate() {
            let reason = if is_taken(name) {
                format!("an earlier {what} takes it")
            } else if names[..place].contains(name) {
                "it is named twice here".to_owned()
            } else if &**name == "States.Runtime" {
                "such an error can be neither retried nor caught".to_owned()
            } else {
                continue;
            };
            found.push(one(context, name, &at().member("ErrorEquals").item(place), &reason));
        }
    }
    found
}

fn one(context: &Context, name: &str, at: &Location, reason: &str) -> Diagnostic {
    let message = format!("'{name}' never matches: {reason}");
    context.warning("NEVER_MATCHES", at, message, "Remove it from \"ErrorEquals\".")
}

/// Returns true where a list with the first name leaves nothing for the second.
fn takes(state: &State, first: &str, second: &str) -> bool {
    let is_reserved = second.starts_with("States.");
    match first {
        _ if first == second => true,
        "States.TaskFailed" => matches!(state.kind, StateKind::Task(_)) && !is_reserved,
        "States.Timeout" => second == "States.HeartbeatTimeout",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let task = |first: &str, second: &str| {
            with_state(&format!(
                r#"{{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Catch": [
                     {{"ErrorEquals": [{first}], "Next": "Z"}}, {{"ErrorEquals": [{second}], "Next": "Z"}}], "Next": "Z"}}"#
            ))
        };
        let whole =
            "NEVER_MATCHES: This catcher never matches: an earlier one takes the same errors at /States/S/Catch[1]";
        let right = task(r#""a", "b""#, r#""c""#);
        check_samples(&task(r#""a", "b""#, r#""b""#), whole, &right);
        check_samples(&task(r#""States.TaskFailed""#, r#""b""#), whole, &right);
        check_samples(
            &task(r#""States.Timeout""#, r#""States.HeartbeatTimeout""#),
            whole,
            &right,
        );
        let part = |reason: &str, at: &str| format!("NEVER_MATCHES: {reason} at /States/S/Catch{at}");
        check_samples(
            &task(r#""a""#, r#""a", "b""#),
            &part("'a' never matches: an earlier catcher takes it", "[1]/ErrorEquals[0]"),
            &right,
        );
        check_samples(
            &task(r#""a", "a""#, r#""b""#),
            &part("'a' never matches: it is named twice here", "[0]/ErrorEquals[1]"),
            &right,
        );
        check_samples(
            &task(r#""a""#, r#""States.Runtime""#),
            &part(
                "'States.Runtime' never matches: such an error can be neither retried nor caught",
                "[1]/ErrorEquals[0]",
            ),
            &task(r#""States.TaskFailed""#, r#""States.Timeout""#),
        );
    }
}
