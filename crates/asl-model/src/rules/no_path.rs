//! A value looks like a path, but only the field's twin that ends in `Path` takes one.
//!
//! Wrong:
//!
//! ```json
//! { "StartAt": "F", "States": { "F": { "Type": "Fail", "Cause": "$.cause" } } }
//! ```
//!
//! Right:
//!
//! ```json
//! { "StartAt": "F", "States": { "F": { "Type": "Fail", "CausePath": "$.cause" } } }
//! ```

use super::Context;
use super::no_dollar::looks_computed;
use crate::choice_rule::Operator;
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::schema::{Part, PartKind, PartMember};

pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    if part.language != QueryLanguage::JsonPath {
        return Vec::new();
    }
    let mut found = Vec::new();
    let is_path = |member: &PartMember| member.field.is_some_and(|field| field.kind.is_path());
    let suspects = part.members.iter().filter(|member| !is_path(member));
    for member in suspects.filter(|member| member.value.as_str().is_some_and(looks_computed)) {
        let (name, value) = (member.name, member.value);
        let Some(twin) = twin(part, name) else { continue };
        let message = format!("The value of '{name}' looks like a path, but is taken as it stands");
        let help = format!("Name the field \"{twin}\" to have the path followed: it is {value} now.");
        let at = part.at(name);
        let diagnostic = context
            .warning("NO_PATH", &at, message, help)
            .spanning(context.name_span(&at));
        found.push(diagnostic.replaceable_by(Some(&twin)));
    }
    found
}

/// Returns the name of the field that is followed as a path, where there is one.
fn twin(part: &Part, name: &str) -> Option<String> {
    let is_rule = matches!(part.kind, PartKind::ChoiceRule | PartKind::NestedRule);
    let is_field = part
        .fields
        .iter()
        .any(|field| field.name.strip_suffix("Path") == Some(name));
    let twin = || format!("{name}Path");
    if is_field {
        return Some(twin());
    }
    is_rule.then(twin).filter(|twin| Operator::from_name(twin).is_some())
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let fail =
            |field: &str| format!(r#"{{"StartAt": "F", "States": {{"F": {{"Type": "Fail", "{field}": "$.a"}}}}}}"#);
        check_samples(
            &fail("Cause"),
            "NO_PATH: The value of 'Cause' looks like a path, but is taken as it stands at /States/F/Cause",
            &fail("CausePath"),
        );
        let choice = |operator: &str| {
            with_state(&format!(
                r#"{{"Type": "Choice", "Choices": [{{"Variable": "$.a", "{operator}": "$.b", "Next": "Z"}}], "Default": "Z"}}"#
            ))
        };
        check_samples(
            &choice("StringEquals"),
            "NO_PATH: The value of 'StringEquals' looks like a path, but is taken as it stands \
             at /States/S/Choices[0]/StringEquals",
            &choice("StringEqualsPath"),
        );
    }
}
