//! From JSON to the typed definition: takes what fits and leaves the rest at its default.
//!
//! Nothing is reported here; the rules look at [`State::raw`](crate::State::raw) and say what did not fit. The recursion follows nested
//! `States` objects and nested conditions, whose depth the JSON parser bounds.

mod map;
mod states;

use std::sync::Arc;

use asl_json::{Document, Object, Value};
use asl_jsonata::expression_text;
use rustc_hash::FxBuildHasher;

use crate::definition::{Body, Definition, QueryLanguage, States};
use crate::dynamic::{Dynamic, PathField};
use crate::location::Location;
use crate::parallel::in_pieces;

/// Lowers a whole definition.
pub(crate) fn definition(raw: &Object, document: &Arc<Document>) -> Definition {
    let query_language = query_language(raw).unwrap_or_default();
    Definition {
        comment: text(raw, "Comment"),
        version: text(raw, "Version"),
        timeout_seconds: whole(raw, "TimeoutSeconds"),
        query_language,
        body: body(raw, query_language, Location::root()),
        raw: raw.clone(),
        document: document.clone(),
    }
}

/// Returns the query language that the object itself names. AWS takes every word but `JSONPath` for JSONata.
pub(crate) fn query_language(raw: &Object) -> Option<QueryLanguage> {
    Some(match raw.get("QueryLanguage")?.as_str() {
        Some("JSONPath") => QueryLanguage::JsonPath,
        _ => QueryLanguage::Jsonata,
    })
}

fn body(raw: &Object, machine_language: QueryLanguage, location: Location) -> Body {
    let states = raw.get("States").and_then(Value::as_object);
    Body {
        start_at: text(raw, "StartAt").unwrap_or_default(),
        states: states
            .map(|raw| states_of(raw, machine_language, &location.member("States")))
            .unwrap_or_default(),
        comment: text(raw, "Comment"),
        location,
        raw: raw.clone(),
    }
}

fn states_of(raw: &Object, machine_language: QueryLanguage, at: &Location) -> States {
    let members: Vec<(&Arc<str>, &Value)> = raw.iter().collect();
    let lower = |(name, value): &(&Arc<str>, &Value)| {
        let name = Arc::clone(name);
        let place = at.member(name.clone());
        let state = states::state(&name, value.as_object()?, machine_language, place);
        Some((name, state))
    };
    let lowered = in_pieces(&members, |piece| piece.iter().filter_map(lower).collect::<Vec<_>>());
    let mut states = States::with_capacity_and_hasher(members.len(), FxBuildHasher);
    states.extend(lowered.into_iter().flatten());
    states
}

fn text(raw: &Object, field: &str) -> Option<Arc<str>> {
    match raw.get(field) {
        Some(Value::String(text)) => Some(text.clone()),
        _ => None,
    }
}

fn texts(raw: &Object, field: &str) -> Vec<Arc<str>> {
    let items = raw.get(field).and_then(Value::as_array);
    let strings = items
        .into_iter()
        .flat_map(|items| items.iter())
        .filter_map(|item| match item {
            Value::String(text) => Some(text.clone()),
            _ => None,
        });
    strings.collect()
}

fn whole(raw: &Object, field: &str) -> Option<u64> {
    u64::try_from(integer(raw.get(field)?)?).ok()
}

/// Returns the number as an integer; `5.0` counts as 5.
fn integer(value: &Value) -> Option<i64> {
    let number = value.as_number()?;
    number.as_i64().or_else(|| {
        let double = number.as_f64();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "only doubles that are whole and in range get here"
        )]
        let whole = (double.fract() == 0.0 && double.abs() < 9e15).then_some(double as i64);
        whole
    })
}

fn path_field(raw: &Object, field: &str) -> PathField {
    match raw.get(field) {
        Some(Value::Null) => PathField::Null,
        Some(Value::String(text)) => PathField::Path(text.clone()),
        _ => PathField::Absent,
    }
}

/// Lowers `field` or its twin that ends in `Path`, as the query language allows.
fn dynamic<T>(
    raw: &Object,
    language: QueryLanguage,
    field: &str,
    convert: fn(&Value) -> Option<T>,
) -> Option<Dynamic<T>> {
    let Some(value) = raw.get(field) else {
        return match language {
            QueryLanguage::JsonPath => text(raw, &format!("{field}Path")).map(Dynamic::Path),
            QueryLanguage::Jsonata => None,
        };
    };
    match value {
        Value::String(text) if language == QueryLanguage::Jsonata && is_expression(text) => {
            Some(Dynamic::Expression(text.clone()))
        }
        _ => convert(value).map(Dynamic::Value),
    }
}

/// Returns true for a JSONata string: `{% … %}`.
pub(crate) fn is_expression(text: &str) -> bool {
    expression_text(text).is_some()
}
