//! The name of a state is empty or too long.
//!
//! Wrong:
//!
//! ```json
//! { "StartAt": "", "States": { "": { "Type": "Succeed" } } }
//! ```
//!
//! Right:
//!
//! ```json
//! { "StartAt": "Done", "States": { "Done": { "Type": "Succeed" } } }
//! ```

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::state::State;

const MAX_LENGTH: usize = 80;

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let length = state.name.chars().count();
    if (1..=MAX_LENGTH).contains(&length) {
        return Vec::new();
    }
    let message = format!("State name must have between 1 and {MAX_LENGTH} characters");
    let help = format!("This one has {length}.");
    vec![context.error("INVALID_STATE_NAME", &state.location, message, help)]
}

#[cfg(test)]
mod tests {
    use crate::rules::check_samples;

    #[test]
    fn samples() {
        let named = |name: &str| format!(r#"{{"StartAt": "{name}", "States": {{"{name}": {{"Type": "Succeed"}}}}}}"#);
        let (long, right) = ("n".repeat(81), "n".repeat(80));
        check_samples(
            &named(&long),
            &format!("INVALID_STATE_NAME: State name must have between 1 and 80 characters at /States/{long}"),
            &named(&right),
        );
    }
}
