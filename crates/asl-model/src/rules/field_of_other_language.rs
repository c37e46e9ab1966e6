//! A state has a field of the other query language.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Pass", "Output": { "id": 1 }, "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Pass", "QueryLanguage": "JSONata", "Output": { "id": 1 }, "Next": "Z" }
//! ```

use super::Context;
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::schema::{Part, PartMember};

/// Says nothing about states that must not be in JSONPath at all.
pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    if context.definition.query_language == QueryLanguage::Jsonata && part.language == QueryLanguage::JsonPath {
        return Vec::new();
    }
    let mut found = Vec::new();
    for member in &part.members {
        let Some(only) = only_language(member).filter(|only| *only != part.language) else {
            continue;
        };
        let name = member.name;
        let (set, only) = (part.language.name(), only.name());
        let message = format!(
            "The QueryLanguage is set to '{set}', but field '{name}' is only supported for the '{only}' QueryLanguage"
        );
        let help = format!("Remove \"{name}\", or give the state \"QueryLanguage\": \"{only}\".");
        let diagnostic = context.schema(&part.location, message, help);
        found.push(diagnostic.spanning(context.name_span(&part.at(name))));
    }
    found
}

fn only_language(member: &PartMember) -> Option<QueryLanguage> {
    match member.field {
        Some(field) => field.language,
        None => member.operator.map(|_| QueryLanguage::JsonPath),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let message = |set: &str, field: &str, only: &str, at: &str| {
            format!(
                "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to '{set}', but field '{field}' is only supported for \
                 the '{only}' QueryLanguage at {at}"
            )
        };
        let jsonata = with_state(r#"{"Type": "Pass", "QueryLanguage": "JSONata", "Output": 1, "Next": "Z"}"#);
        check_samples(
            &jsonata.replace("\"Output\": 1", "\"InputPath\": \"$.a\""),
            &message("JSONata", "InputPath", "JSONPath", "/States/S"),
            &jsonata,
        );
        let json_path = with_state(r#"{"Type": "Pass", "InputPath": "$.a", "Next": "Z"}"#);
        check_samples(
            &json_path.replace("InputPath", "Output"),
            &message("JSONPath", "Output", "JSONata", "/States/S"),
            &json_path,
        );
        let choice = with_state(r#"{"Type": "Choice", "Choices": [{"Condition": true, "Next": "Z"}], "Default": "Z"}"#);
        check_samples(
            &choice,
            &message("JSONPath", "Condition", "JSONata", "/States/S/Choices[0]"),
            &choice.replace("\"Choice\",", "\"Choice\", \"QueryLanguage\": \"JSONata\","),
        );
    }
}
