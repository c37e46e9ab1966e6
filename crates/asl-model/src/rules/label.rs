//! The `Label` of a Map cannot be a part of a name, or another Map has it.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Map",
//!   "ItemProcessor": {
//!     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
//!     "StartAt": "I",
//!     "States": { "I": { "Type": "Pass", "End": true } }
//!   },
//!   "Label": "all orders",
//!   "Next": "Z"
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "Type": "Map",
//!   "ItemProcessor": {
//!     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
//!     "StartAt": "I",
//!     "States": { "I": { "Type": "Pass", "End": true } }
//!   },
//!   "Label": "all-orders",
//!   "Next": "Z"
//! }
//! ```

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::state::StateKind;

const MAX_LENGTH: usize = 40;
const FORBIDDEN: &str = "?*<>{}[]:;,\\|^~$#%&\"`";

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let mut seen: BTreeSet<&Arc<str>> = BTreeSet::new();
    let mut found = Vec::new();
    for state in context.states() {
        let StateKind::Map(map) = &state.kind else { continue };
        let Some(label) = &map.label else { continue };
        let at = state.location.member("Label");
        if let Some((message, help)) = complaint(label) {
            found.push(context.error("INVALID_LABEL_NAME", &at, message, help));
        }
        if !seen.insert(label) {
            let message = format!("Duplicate Label name: {label}");
            found.push(context.error(
                "DUPLICATE_LABEL_NAME",
                &at,
                message,
                "Give every Map a label of its own.",
            ));
        }
    }
    found
}

fn complaint(label: &str) -> Option<(String, String)> {
    let length = label.chars().count();
    if length == 0 || length > MAX_LENGTH {
        let message = format!("Label must have between 1 and {MAX_LENGTH} characters");
        return Some((message, format!("This one has {length}.")));
    }
    let is_wrong = |c: &char| c.is_whitespace() || c.is_control() || FORBIDDEN.contains(*c);
    let wrong = label.chars().find(is_wrong)?;
    let help = format!("White space, control characters and {FORBIDDEN} are not allowed in a label.");
    Some((
        format!("Label contains invalid character: '{}'", wrong.escape_default()),
        help,
    ))
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    fn map(name: &str, label: &str, next: &str) -> String {
        format!(
            r#"{{"Type": "Map", "ItemProcessor": {{
                 "ProcessorConfig": {{"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}}, "StartAt": "{name}",
                 "States": {{"{name}": {{"Type": "Pass", "End": true}}}}}}, "Label": "{label}", "Next": "{next}"}}"#
        )
    }

    #[test]
    fn samples() {
        let right = with_state(&map("I", "a-b", "Z"));
        let at = "at /States/S/Label";
        for (wrong, shown) in [
            ("a b", " "),
            ("a$", "$"),
            ("\\u0001", "\\u{1}"),
            ("a\\u009f", "\\u{9f}"),
        ] {
            let expected = format!("INVALID_LABEL_NAME: Label contains invalid character: '{shown}' {at}");
            check_samples(&with_state(&map("I", wrong, "Z")), &expected, &right);
        }
        let length = format!("INVALID_LABEL_NAME: Label must have between 1 and 40 characters {at}");
        check_samples(&with_state(&map("I", "", "Z")), &length, &right);
        check_samples(&with_state(&map("I", &"a".repeat(41), "Z")), &length, &right);
        let two = |second: &str| {
            let (s, t) = (map("I", "same", "T"), map("J", second, "Z"));
            with_state(&s).replacen("\"Z\":", &format!("\"T\": {t}, \"Z\":"), 1)
        };
        check_samples(
            &two("same"),
            "DUPLICATE_LABEL_NAME: Duplicate Label name: same at /States/T/Label",
            &two("other"),
        );
    }
}
