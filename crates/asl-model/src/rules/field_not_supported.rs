//! An object has a field that its kind of object does not have in any query language.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Pass", "Retry": [], "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "Type": "Task",
//!   "Resource": "arn:aws:lambda:us-east-1:123456789012:function:pack",
//!   "Retry": [],
//!   "Next": "Z"
//! }
//! ```

use super::{Context, suggest};
use crate::diagnostic::Diagnostic;
use crate::schema::Part;

pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let unknown = part.members.iter();
    let unknown = unknown.filter(|member| member.field.is_none() && member.operator.is_none());
    for name in unknown.map(|member| member.name) {
        let known = || part.fields.iter().map(|field| field.name);
        let help = format!(
            "Remove \"{name}\" or move it to where it belongs.{}",
            suggest::did_you_mean(name, known())
        );
        let diagnostic = context.schema(&part.location, format!("Field '{name}' is not supported"), help);
        let unused = suggest::nearest(name, known().filter(|known| !part.raw.contains_key(known)));
        found.push(
            diagnostic
                .spanning(context.name_span(&part.at(name)))
                .replaceable_by(unused),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let right = with_state(r#"{"Type": "Pass", "Next": "Z"}"#);
        for (wrong, field, at) in [
            (r#"{"Type": "Pass", "Retry": [], "Next": "Z"}"#, "Retry", "/States/S"),
            (r#"{"Type": "Pass", "Coment": "x", "Next": "Z"}"#, "Coment", "/States/S"),
            (
                r#"{"Type": "Succeed", "Assign": {}, "Comment": "x"}"#,
                "Assign",
                "/States/S",
            ),
            (
                r#"{"Type": "Choice", "Choices": [{"Not": {"Variable": "$.a", "IsNull": true, "Next": "Z"}, "Next": "Z"}],
                    "Default": "Z"}"#,
                "Next",
                "/States/S/Choices[0]/Not",
            ),
        ] {
            let expected = format!("SCHEMA_VALIDATION_FAILED: Field '{field}' is not supported at {at}");
            check_samples(&with_state(wrong), &expected, &right);
        }
        check_samples(
            &right.replacen('{', r#"{"Name": "x", "#, 1),
            "SCHEMA_VALIDATION_FAILED: Field 'Name' is not supported at /",
            &right,
        );
    }
}
