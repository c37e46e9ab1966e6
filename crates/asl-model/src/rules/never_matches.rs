//! A retrier or catcher comes too late: earlier ones take all its errors.
//!
//! Wrong: two catchers for the same error. Right: every error name in one catcher.

use std::sync::Arc;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::location::Location;

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for state in context.definition.states() {
        let retriers: Vec<&[Arc<str>]> = state.retry.iter().map(|retrier| &*retrier.error_equals).collect();
        let catchers: Vec<&[Arc<str>]> = state.catch.iter().map(|catcher| &*catcher.error_equals).collect();
        found.extend(list(context, "retrier", &retriers, &state.location.member("Retry")));
        found.extend(list(context, "catcher", &catchers, &state.location.member("Catch")));
    }
    found
}

fn list(context: &Context, what: &str, lists: &[&[Arc<str>]], at: &Location) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, names) in lists.iter().enumerate() {
        let is_taken = |name: &Arc<str>| lists[..index].iter().any(|earlier| earlier.contains(name));
        if !names.is_empty() && names.iter().all(is_taken) {
            let message = format!("This {what} never matches: an earlier one takes the same errors");
            let help = format!("Remove it, or move it before the {what} that takes its errors.");
            found.push(context.warning("NEVER_MATCHES", &at.item(index), message, help));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let task = |second: &str| {
            with_state(&format!(
                r#"{{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Catch": [
                     {{"ErrorEquals": ["a", "b"], "Next": "Z"}}, {{"ErrorEquals": ["{second}"], "Next": "Z"}}], "Next": "Z"}}"#
            ))
        };
        check_samples(
            &task("b"),
            "NEVER_MATCHES: This catcher never matches: an earlier one takes the same errors at /States/S/Catch[1]",
            &task("c"),
        );
    }
}
