//! An object lacks fields without which it makes no sense.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Task", "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:pack", "Next": "Z" }
//! ```

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::schema::{Part, PartKind};

/// A body lists all that it lacks in one diagnostic; other objects get one per field.
pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    let fields = part
        .fields
        .iter()
        .filter(|field| field.is_required && !part.raw.contains_key(field.name));
    let missing: Vec<&str> = fields.map(|field| field.name).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let help = format!(
        "Add {}.",
        missing
            .iter()
            .map(|name| format!("\"{name}\""))
            .collect::<Vec<_>>()
            .join(" and ")
    );
    if part.kind == PartKind::Body {
        let message = format!("These fields are required: [{}]", missing.join(", "));
        return vec![context.schema(&part.location, message, help)];
    }
    let missing = missing.iter().map(|name| {
        let message = format!("The field '{name}' is required but was missing");
        context.schema(&part.location, message, help.clone())
    });
    missing.collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let right = with_state(r#"{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Z"}"#);
        let required = "SCHEMA_VALIDATION_FAILED: These fields are required";
        check_samples("{}", &format!("{required}: [States, StartAt] at /"), &right);
        check_samples(
            r#"{"States": {"A": {"Type": "Succeed"}}}"#,
            &format!("{required}: [StartAt] at /"),
            &right,
        );
        check_samples(
            &with_state(r#"{"Type": "Parallel", "Branches": [{"States": {"A": {"Type": "Succeed"}}}], "Next": "Z"}"#),
            &format!("{required}: [StartAt] at /States/S/Branches[0]"),
            &right,
        );
        check_samples(
            &with_state(r#"{"Type": "Task", "Next": "Z"}"#),
            "SCHEMA_VALIDATION_FAILED: The field 'Resource' is required but was missing at /States/S",
            &right,
        );
    }
}
