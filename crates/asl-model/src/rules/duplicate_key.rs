//! An object says a name twice; only the last one counts.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Pass", "Next": "S", "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Pass", "Next": "Z" }
//! ```

use super::Context;
use crate::diagnostic::{Diagnostic, Severity};

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let duplicates = context.definition.document.duplicate_names().iter();
    let warnings = duplicates.map(|duplicate| Diagnostic {
        code: "DUPLICATE_KEY",
        severity: Severity::Warning,
        message: format!(
            "\"{}\" is said twice in the same object; only the last one counts",
            duplicate.name
        ),
        location: None,
        span: duplicate.span,
        help: "Remove or rename one of them.".to_owned(),
        fixes: Vec::new(),
        rule: "",
    });
    warnings.collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        check_samples(
            &with_state(r#"{"Type": "Pass", "Next": "S", "Next": "Z"}"#),
            "DUPLICATE_KEY: \"Next\" is said twice in the same object; only the last one counts",
            &with_state(r#"{"Type": "Pass", "Next": "Z"}"#),
        );
    }
}
