//! `Assign` gives a variable a name that no variable can have.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Pass", "Assign": { "order.id": 1 }, "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Pass", "Assign": { "order_id": 1 }, "Next": "Z" }
//! ```
//!
//! A name is a letter followed by letters, digits and underscores; `states` is reserved.

use super::Context;
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::schema::Part;

const MAX_LENGTH: usize = 80;

pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let assign = part.member("Assign").and_then(|member| member.value.as_object());
    for key in assign.into_iter().flat_map(asl_json::Object::keys) {
        let name = match part.language {
            QueryLanguage::JsonPath => key.strip_suffix(".$").unwrap_or(key),
            QueryLanguage::Jsonata => key,
        };
        if let Some(help) = complaint(name) {
            let at = part.at("Assign");
            let diagnostic = context.schema(&at, format!("Invalid variable name: {name}"), help);
            found.push(diagnostic.spanning(context.name_span(&at.member(key.clone()))));
        }
    }
    found
}

fn complaint(name: &str) -> Option<&'static str> {
    let mut letters = name.chars();
    let starts = letters
        .next()
        .is_some_and(|first| unicode_ident::is_xid_start(first) || first == '_');
    if !starts || !letters.all(unicode_ident::is_xid_continue) {
        return Some("A variable's name is a letter followed by letters, digits and underscores; it cannot be a path.");
    }
    if name == "states" {
        return Some("The name \"states\" is taken by Step Functions; use another.");
    }
    (name.chars().count() > MAX_LENGTH).then_some("A variable's name has at most 80 characters.")
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let pass = |name: &str| {
            with_state(&format!(
                r#"{{"Type": "Pass", "Assign": {{"{name}": "$.x"}}, "Next": "Z"}}"#
            ))
        };
        for (wrong, shown) in [("a.b.$", "a.b"), ("states.$", "states"), ("1.$", "1")] {
            check_samples(
                &pass(wrong),
                &format!("SCHEMA_VALIDATION_FAILED: Invalid variable name: {shown} at /States/S/Assign"),
                &pass("größe_1.$"),
            );
        }
    }
}
