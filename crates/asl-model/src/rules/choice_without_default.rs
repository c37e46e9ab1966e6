//! A Choice has no `Default`, so an input that no rule expects fails the execution.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Choice", "Choices": [{ "Variable": "$.a", "IsNull": true, "Next": "Z" }] }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Choice", "Choices": [{ "Variable": "$.a", "IsNull": true, "Next": "Z" }], "Default": "Z" }
//! ```

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::state::{State, StateKind};

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let StateKind::Choice(choice) = &state.kind else {
        return Vec::new();
    };
    if choice.default.is_some() {
        return Vec::new();
    }
    let message = format!("Choice state \"{}\" has no Default", state.name);
    let help = "Add \"Default\": where no rule holds, the execution fails.";
    vec![context.warning("CHOICE_WITHOUT_DEFAULT", &state.location, message, help)]
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let choice = |default: &str| {
            with_state(&format!(
                r#"{{"Type": "Choice", "Choices": [{{"Variable": "$.a", "IsNull": true, "Next": "Z"}}]{default}}}"#
            ))
        };
        check_samples(
            &choice(""),
            "CHOICE_WITHOUT_DEFAULT: Choice state \"S\" has no Default at /States/S",
            &choice(r#", "Default": "Z""#),
        );
    }
}
