//! A field has a value of the wrong type, or one outside its bounds.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Map",
//!   "ItemProcessor": { "StartAt": "I", "States": { "I": { "Type": "Pass", "End": true } } },
//!   "MaxConcurrency": -1,
//!   "Next": "Z"
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "Type": "Map",
//!   "ItemProcessor": { "StartAt": "I", "States": { "I": { "Type": "Pass", "End": true } } },
//!   "MaxConcurrency": 0,
//!   "Next": "Z"
//! }
//! ```

use asl_json::Value;

use super::{Context, suggest};
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::location::Location;
use crate::lower::is_expression;
use crate::schema::{Kind, Part, PartKind};

pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (field, value) in part.present() {
        if let Some((message, help)) = complaint(field.kind, value, part) {
            found.push(
                context
                    .schema(&part.at(field.name), message, help)
                    .replaceable_by(nearest_word(field.kind, value)),
            );
        }
        if let Kind::Objects(_) = field.kind {
            found.extend(items(context, value, part, field.name));
        }
    }
    if part.kind == PartKind::Body {
        found.extend(states(context, part));
    }
    found
}

/// Every item of an array of objects must be one.
fn items(context: &Context, value: &Value, part: &Part, field: &str) -> Vec<Diagnostic> {
    let items = value.as_array().into_iter().flat_map(|items| items.iter()).enumerate();
    let wrong = items.filter(|(_, item)| item.as_object().is_none());
    wrong
        .map(|(index, item)| not_an_object(context, item, &part.at(field).item(index)))
        .collect()
}

fn states(context: &Context, body: &Part) -> Vec<Diagnostic> {
    let Some(states) = body.raw.get("States").and_then(Value::as_object) else {
        return Vec::new();
    };
    let at = body.location.member("States");
    if states.is_empty() {
        return vec![context.schema(&at, "Value cannot be empty", "Add the state that \"StartAt\" names.")];
    }
    let wrong = states.iter().filter(|(_, state)| state.as_object().is_none());
    wrong
        .map(|(name, state)| not_an_object(context, state, &at.member(name.clone())))
        .collect()
}

fn not_an_object(context: &Context, value: &Value, at: &Location) -> Diagnostic {
    let (message, help) = wrong_type("OBJECT", value);
    context.schema(at, message, help)
}

/// Returns message and help where the value does not do. Paths, templates and timestamps have rules of their own for
/// their syntax.
fn complaint(kind: Kind, value: &Value, part: &Part) -> Option<(String, String)> {
    let is_jsonata = part.language == QueryLanguage::Jsonata;
    if is_jsonata && kind.is_evaluated() && value.as_str().is_some_and(is_expression) {
        return None;
    }
    match kind {
        Kind::Any | Kind::AnyTemplate => None,
        Kind::Text | Kind::DynamicText | Kind::DynamicTimestamp | Kind::PathOrIntrinsic => {
            expect("STRING", value, value.as_str().is_some())
        }
        Kind::Path(nullable) | Kind::ReferencePath(nullable) => {
            expect("STRING", value, value.as_str().is_some() || nullable && value.is_null())
        }
        Kind::Bool | Kind::Condition => expect("BOOLEAN", value, value.as_bool().is_some()),
        Kind::Object | Kind::Template => expect("OBJECT", value, value.as_object().is_some()),
        Kind::DynamicItems => expect(
            "ARRAY",
            value,
            value.as_array().is_some() || value.as_object().is_some(),
        ),
        Kind::Objects(must_have_one) => list(value, must_have_one),
        Kind::Texts => list(value, true).or_else(|| strings(value)),
        Kind::Integer(min, max) | Kind::DynamicInteger(min, max) => integer(value, min, max),
        Kind::Number(min, max) | Kind::DynamicNumber(min, max) => number(value, min, max),
        Kind::Word(words) => word(value, words),
    }
}

fn expect(wanted: &str, value: &Value, is_right: bool) -> Option<(String, String)> {
    (!is_right).then(|| wrong_type(wanted, value))
}

fn wrong_type(wanted: &str, value: &Value) -> (String, String) {
    let help = format!(
        "This is of type {}; write a value of type {}.",
        value.type_name(),
        wanted.to_lowercase()
    );
    (format!("Expected value of type [{wanted}]"), help)
}

fn list(value: &Value, must_have_one: bool) -> Option<(String, String)> {
    let Some(items) = value.as_array() else {
        return Some(wrong_type("ARRAY", value));
    };
    (must_have_one && items.is_empty())
        .then(|| ("Value cannot be empty".to_owned(), "Add at least one item.".to_owned()))
}

fn strings(value: &Value) -> Option<(String, String)> {
    let wrong = value.as_array()?.iter().find(|item| item.as_str().is_none())?;
    Some(wrong_type("STRING", wrong))
}

fn integer(value: &Value, min: i64, max: i64) -> Option<(String, String)> {
    let Some(number) = value.as_number().filter(|number| number.as_f64().fract() == 0.0) else {
        return Some(wrong_type("INTEGER", value));
    };
    let outside = number.as_i64().filter(|value| *value < min || *value > max)?;
    Some(out_of_bounds(outside < min, &min.to_string(), &max.to_string()))
}

fn number(value: &Value, min: f64, max: f64) -> Option<(String, String)> {
    let Some(number) = value.as_number() else {
        return Some(wrong_type("NUMBER", value));
    };
    let outside = Some(number.as_f64()).filter(|value| *value < min || *value > max)?;
    Some(out_of_bounds(outside < min, &min.to_string(), &max.to_string()))
}

fn out_of_bounds(is_below: bool, min: &str, max: &str) -> (String, String) {
    if is_below {
        return (format!("Minimum value is {min}"), format!("Write {min} or more."));
    }
    (format!("Maximum value is {max}"), format!("Write {max} or less."))
}

fn word(value: &Value, words: &[&str]) -> Option<(String, String)> {
    let Some(word) = value.as_str() else {
        return Some(wrong_type("STRING", value));
    };
    if words.contains(&word) {
        return None;
    }
    let guess = suggest::did_you_mean(word, words.iter().copied());
    let message = format!("Value should be one of the following: [{}]", words.join(", "));
    Some((message, format!("\"{word}\" is not among them.{guess}")))
}

/// Returns the word that the author may have meant.
fn nearest_word(kind: Kind, value: &Value) -> Option<&'static str> {
    match (kind, value.as_str()) {
        (Kind::Word(words), Some(word)) => suggest::nearest(word, words.iter().copied()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    const PROCESSOR: &str = r#""ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}"#;

    #[test]
    fn samples() {
        let map = |field: &str| with_state(&format!(r#"{{"Type": "Map", {PROCESSOR}, {field}, "Next": "Z"}}"#));
        for (wrong, message, right) in [
            (
                r#""MaxConcurrency": -1"#,
                "Minimum value is 0 at /States/S/MaxConcurrency",
                r#""MaxConcurrency": 0"#,
            ),
            (
                r#""MaxConcurrency": "1""#,
                "Expected value of type [INTEGER] at /States/S/MaxConcurrency",
                r#""MaxConcurrency": 4294967296"#,
            ),
            (
                r#""ToleratedFailurePercentage": 100.5"#,
                "Maximum value is 100 at /States/S/ToleratedFailurePercentage",
                r#""ToleratedFailurePercentage": 99.5"#,
            ),
            (
                r#""Comment": 1"#,
                "Expected value of type [STRING] at /States/S/Comment",
                r#""Comment": "x""#,
            ),
            (
                r#""Retry": [1]"#,
                "Expected value of type [OBJECT] at /States/S/Retry[0]",
                r#""Retry": []"#,
            ),
            (
                r#""Retry": [{"ErrorEquals": []}]"#,
                "Value cannot be empty at /States/S/Retry[0]/ErrorEquals",
                r#""Retry": [{"ErrorEquals": ["States.ALL"]}]"#,
            ),
            (
                r#""Retry": [{"ErrorEquals": ["a"], "JitterStrategy": "full"}]"#,
                "Value should be one of the following: [FULL, NONE] at /States/S/Retry[0]/JitterStrategy",
                r#""Retry": [{"ErrorEquals": ["a"], "JitterStrategy": "FULL", "BackoffRate": 1.5}]"#,
            ),
        ] {
            check_samples(
                &map(wrong),
                &format!("SCHEMA_VALIDATION_FAILED: {message}"),
                &map(right),
            );
        }
    }

    #[test]
    fn states_are_objects() {
        let right = with_state(r#"{"Type": "Pass", "Next": "Z"}"#);
        check_samples(
            &with_state("1"),
            "SCHEMA_VALIDATION_FAILED: Expected value of type [OBJECT] at /States/S",
            &right,
        );
        check_samples(
            r#"{"StartAt": "S", "States": {}}"#,
            "SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States",
            &right,
        );
        check_samples(
            &with_state(r#"{"Type": "Parallel", "Branches": [], "Next": "Z"}"#),
            "SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/S/Branches",
            &right,
        );
    }
}
