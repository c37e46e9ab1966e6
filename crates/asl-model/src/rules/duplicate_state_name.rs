//! Two states have the same name, though in different Maps or Parallels.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Parallel",
//!   "Branches": [{ "StartAt": "Z", "States": { "Z": { "Type": "Succeed" } } }],
//!   "Next": "Z"
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "Type": "Parallel",
//!   "Branches": [{ "StartAt": "Y", "States": { "Y": { "Type": "Succeed" } } }],
//!   "Next": "Z"
//! }
//! ```

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::location::Location;

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let mut seen: HashMap<&Arc<str>, &Location, FxBuildHasher> = HashMap::default();
    let mut found = Vec::new();
    for state in context.states() {
        if let Some(first) = seen.get(&state.name) {
            let message = format!("Duplicate State name: {}", state.name);
            let help = format!("{first} has this name too; rename one of them.");
            found.push(context.error("DUPLICATE_STATE_NAME", &state.location, message, help));
        } else {
            seen.insert(&state.name, &state.location);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::check_samples;

    #[test]
    fn samples() {
        let machine = |inner: &str| {
            format!(
                r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Parallel", "End": true, "Branches": [
                     {{"StartAt": "{inner}", "States": {{"{inner}": {{"Type": "Succeed"}}}}}}]}}}}}}"#
            )
        };
        check_samples(
            &machine("A"),
            "DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Branches[0]/States/A",
            &machine("B"),
        );
    }
}
