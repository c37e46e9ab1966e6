//! Strings that hold an expression: which language it is in, and which variables it reads.

use std::ops::Range;

use asl_json::Document;
use asl_jsonata::Expression;
use asl_jsonpath::{Intrinsic, Path};
use asl_model::QueryLanguage;
use asl_model::schema::Kind;

use crate::literal::Literal;
use crate::place::{Place, Role};

/// The language of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Query {
    /// A path.
    Path,
    /// A path or an intrinsic function; `true` where the function must return a string.
    PathOrCall(bool),
    /// JSONata between `{%` and `%}`, or a string that could become that.
    Jsonata,
}

/// Returns the language of the expression that a string at this place is, or may become.
pub(crate) fn query_at(place: &Place<'_>) -> Option<Query> {
    let field = place.field?;
    let only = field.row.and_then(|row| row.language);
    if only.is_some_and(|language| language != place.language) || !matches!(place.role, Role::Value | Role::Inside) {
        return None;
    }
    match (place.language, field.kind) {
        (QueryLanguage::JsonPath, Kind::PathOrIntrinsic) => Some(Query::PathOrCall(true)),
        (QueryLanguage::JsonPath, kind) if kind.is_path() => Some(Query::Path),
        (QueryLanguage::JsonPath, kind) if kind.is_template() => {
            let is_computed = place.role == Role::Inside && place.name.is_some_and(|name| name.ends_with(".$"));
            is_computed.then_some(Query::PathOrCall(false))
        }
        (QueryLanguage::Jsonata, kind) if kind.is_evaluated() => Some(Query::Jsonata),
        _ => None,
    }
}

/// Returns where the expression stands in a JSONata string: between the marks, of which the second may be missing.
pub(crate) fn jsonata_bytes(text: &str) -> Option<Range<usize>> {
    let inner = text.strip_prefix("{%")?;
    let end = inner.strip_suffix("%}").unwrap_or(inner).len();
    Some(2..2 + end)
}

/// Returns the names of the variables that an expression reads, with the bytes of each name, without its dollar sign.
pub(crate) fn variables(query: Query, text: &str) -> Vec<(String, Range<usize>)> {
    match query {
        Query::Jsonata => match jsonata_bytes(text) {
            Some(bytes) => of_jsonata(text, bytes),
            None => Vec::new(),
        },
        _ => of_path(text).unwrap_or_else(|| {
            let tokens = dollar_names(text, 0..text.len());
            tokens.into_iter().filter(|(name, _)| !name.is_empty()).collect()
        }),
    }
}

fn of_path(text: &str) -> Option<Vec<(String, Range<usize>)>> {
    let found = match Path::parse(text) {
        Ok(path) => path.variables().to_vec(),
        Err(_) => Intrinsic::parse(text).ok()?.variables().to_vec(),
    };
    let named = found.into_iter().map(|variable| {
        let bytes = variable.span.end - variable.name.len()..variable.span.end;
        (variable.name.to_string(), bytes)
    });
    Some(named.collect())
}

fn of_jsonata(text: &str, bytes: Range<usize>) -> Vec<(String, Range<usize>)> {
    let mut found = dollar_names(text, bytes.clone());
    found.retain(|(name, _)| name != "states");
    if let Ok(expression) = Expression::parse(&text[bytes]) {
        found.retain(|(name, _)| expression.references().iter().any(|known| **known == **name));
    }
    found
}

/// Returns the words behind dollar signs, leaving strings, quoted names and comments alone.
pub(crate) fn dollar_names(text: &str, bytes: Range<usize>) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = bytes.start;
    while let Some(character) = text[at..bytes.end].chars().next() {
        let rest = &text[at..bytes.end];
        at += match character {
            '"' | '\'' | '`' => skip_quoted(rest, character),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '$' => {
                let name = word(&rest[1..]);
                if !name.is_empty() {
                    found.push((name.to_owned(), at + 1..at + 1 + name.len()));
                }
                1 + name.len()
            }
            other => other.len_utf8(),
        };
    }
    found
}

fn skip_quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' if quote != '`' => escaped = true,
            other if other == quote => return at + quote.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Returns the word with which a text begins.
pub(crate) fn word(text: &str) -> &str {
    let end = text.find(|character: char| !is_word(character)).unwrap_or(text.len());
    &text[..end]
}

/// Returns true for characters that names of variables consist of.
pub(crate) fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Returns the literal at a place, where a string stands there.
pub(crate) fn literal(document: &Document, place: &Place<'_>) -> Option<Literal> {
    let node = place.node?;
    node.as_str()?;
    Some(Literal::read(document.text(), node.span()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: Query, text: &str, expected: &str) {
        let found = variables(query, text);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.join(" "), expected, "{text}");
        for (name, bytes) in &found {
            assert_eq!(&text[bytes.clone()], name);
        }
    }

    #[test]
    fn reads_variables_of_paths_and_calls() {
        check(Query::Path, "$total.a[0]", "total");
        check(Query::Path, "$.total", "");
        check(
            Query::PathOrCall(false),
            "States.Format('$x {}', $total, $$.State.Name)",
            "total",
        );
        check(Query::PathOrCall(false), "States.Format('{}', $tot", "tot");
    }

    #[test]
    fn reads_variables_of_jsonata() {
        check(Query::Jsonata, "{% $a + $sum($b) + $states.input.c %}", "a b");
        check(
            Query::Jsonata,
            "{% $map($xs, function($v) { $v + $y }) & '$z' %}",
            "xs y",
        );
        check(Query::Jsonata, "{% $a + %}", "a");
        check(Query::Jsonata, "$a", "");
    }
}
