//! `QueryLanguage` is no query language, or goes back from JSONata to JSONPath.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "QueryLanguage": "JSONata",
//!   "StartAt": "S",
//!   "States": { "S": { "Type": "Succeed", "QueryLanguage": "JSONPath" } }
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "StartAt": "S",
//!   "States": { "S": { "Type": "Succeed", "QueryLanguage": "JSONata" } }
//! }
//! ```

use asl_json::{Object, Value};

use super::{Context, suggest};
use crate::definition::{Definition, QueryLanguage};
use crate::diagnostic::Diagnostic;
use crate::location::Location;
use crate::state::State;

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let machine = (&context.definition.raw, Location::root());
    let states = context.states().map(|state| (&state.raw, state.location.clone()));
    let mut found: Vec<Diagnostic> = std::iter::once(machine)
        .chain(states)
        .filter_map(|(raw, at)| word(context, raw, &at))
        .collect();
    for state in context.states().filter(|state| is_downgrade(context.definition, state)) {
        found.push(
            context
                .schema(
                    &state.location,
                    "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
                    "Write this state in JSONata, or take \"QueryLanguage\" from the top level and give it to the states.",
                )
                .spanning(context.name_span(&state.location.member("QueryLanguage"))),
        );
    }
    found
}

/// Returns true for a JSONPath state in a JSONata machine.
pub(super) fn is_downgrade(definition: &Definition, state: &State) -> bool {
    definition.query_language == QueryLanguage::Jsonata
        && state.raw.get("QueryLanguage").and_then(Value::as_str) == Some("JSONPath")
}

fn word(context: &Context, raw: &Object, at: &Location) -> Option<Diagnostic> {
    let message = match raw.get("QueryLanguage")? {
        Value::String(word) if matches!(&**word, "JSONPath" | "JSONata") => return None,
        Value::String(_) => "Value should be one of the following: [JSONPath, JSONata]",
        _ => "Expected value of type [STRING]",
    };
    let help = "The query languages are \"JSONPath\" and \"JSONata\", spelled exactly so.";
    let word = raw.get("QueryLanguage").and_then(Value::as_str).unwrap_or_default();
    let guess = suggest::nearest(word, ["JSONPath", "JSONata"].into_iter());
    Some(
        context
            .schema(&at.member("QueryLanguage"), message, help)
            .replaceable_by(guess),
    )
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let right = with_state(r#"{"Type": "Pass", "QueryLanguage": "JSONata", "Next": "Z"}"#);
        check_samples(
            &right
                .replace(r#"{"StartAt""#, r#"{"QueryLanguage": "JSONata", "StartAt""#)
                .replacen(
                    r#""Pass", "QueryLanguage": "JSONata""#,
                    r#""Pass", "QueryLanguage": "JSONPath""#,
                    1,
                ),
            "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine \
             at /States/S",
            &right,
        );
        check_samples(
            &right.replace("JSONata", "jsonata"),
            "SCHEMA_VALIDATION_FAILED: Value should be one of the following: [JSONPath, JSONata] \
             at /States/S/QueryLanguage",
            &right,
        );
        check_samples(
            &right.replace("\"JSONata\"", "1"),
            "SCHEMA_VALIDATION_FAILED: Expected value of type [STRING] at /States/S/QueryLanguage",
            &right,
        );
    }
}
