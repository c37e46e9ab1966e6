//! Paths and intrinsic functions.

use asl_json::{Span, Value};
use asl_jsonpath::Path;

use super::expression::{context_names, names, variables};
use super::{Asked, Completion, CompletionKind, Completions, Slot};
use crate::catalog::intrinsics;
use crate::place::Place;
use crate::query::is_word;
use crate::sample::Data;
use crate::snippet::Insert;

impl Asked<'_> {
    /// Returns proposals for a path; with intrinsic functions where `calls` is there, only those that return strings
    /// where it is true.
    pub(super) fn json_path(&self, place: &Place<'_>, slot: &Slot, calls: Option<bool>) -> Completions {
        let data = Data::at(place, self.sample);
        let Some(literal) = &slot.literal else {
            let items = roots(place, &data, calls).into_iter().map(|item| {
                let insert = slot.string(&item.insert.text);
                item.inserting(insert)
            });
            return self.in_slot(slot, items.collect());
        };
        let at = literal.offset(self.offset);
        let before = &literal.text[..at];
        let start = path_start(before, calls.is_some());
        let path = &before[start..];
        let (from, items) = match last_dot(path) {
            Some(dot) => (start + dot + 1, segments(place, &data, &path[..dot])),
            None => (start, roots(place, &data, calls)),
        };
        let rest = &literal.text[at..];
        let end = at + rest.find(|character| !is_word(character)).unwrap_or(rest.len());
        Completions {
            word: literal.span(from..at),
            replace: Span::new(literal.span(from..from).start, literal.span(end..end).end),
            items: items.into_iter().map(escaped).collect(),
        }
    }
}

/// Returns the names that may follow a path and a dot.
fn segments(place: &Place<'_>, data: &Data, path: &str) -> Vec<Completion> {
    let value = Path::parse(path).ok().and_then(|parsed| {
        let value = parsed.evaluate(data).ok()?;
        if parsed.is_definite() {
            Some(value)
        } else {
            first_item(&value)
        }
    });
    let items = match path.strip_prefix("$$") {
        Some(rest) => context_names(place, rest.trim_start_matches('.'), value.as_ref()),
        None => names(value.as_ref()),
    };
    items
        .into_iter()
        .map(|item| {
            let insert = Insert::plain(item.label.clone());
            item.inserting(insert)
        })
        .filter(|item| {
            item.label
                .chars()
                .all(|character| is_word(character) || character == '-')
        })
        .collect()
}

fn first_item(value: &Value) -> Option<Value> {
    value.as_array()?.iter().next().cloned()
}

/// Returns where the path before the caret begins: behind a space, bracket or comma of a call.
fn path_start(before: &str, is_call: bool) -> usize {
    if !is_call || before.starts_with('$') {
        return 0;
    }
    let mut depth = 0_usize;
    for (at, character) in before.char_indices().rev() {
        match character {
            ']' => depth += 1,
            '[' => depth = depth.saturating_sub(1),
            '(' | ',' | ' ' if depth == 0 => return at + character.len_utf8(),
            _ => {}
        }
    }
    0
}

/// Returns the last dot outside of brackets; for the name of a function none.
fn last_dot(path: &str) -> Option<usize> {
    if !path.starts_with('$') {
        return None;
    }
    let end = path.rfind(']').map_or(0, |end| end + 1);
    path[end..].rfind('.').map(|dot| end + dot)
}

/// Returns what a path or call may begin with.
fn roots(place: &Place<'_>, data: &Data, calls: Option<bool>) -> Vec<Completion> {
    let root = |label: &str, insert: &str, detail: &str| {
        Completion::new(CompletionKind::Path, label)
            .detail(detail)
            .inserting(Insert::plain(insert))
    };
    let is_reference_to_input = place.name == Some("ResultPath");
    let mut items = vec![root("$", "$", "all of it")];
    let known = asl_jsonpath::Scope::input(data);
    items.extend(
        names(Some(known))
            .into_iter()
            .filter(|item| item.label.chars().all(is_word))
            .map(|item| {
                let path = format!("$.{}", item.label);
                Completion::new(CompletionKind::Path, path.clone())
                    .detail(item.detail)
                    .inserting(Insert::plain(path))
            }),
    );
    if is_reference_to_input {
        return items;
    }
    items.push(root("$$", "$$.", "the context object"));
    items.extend(variables(place, data).into_iter().map(|item| {
        let insert = Insert::plain(item.label.clone());
        item.inserting(insert)
    }));
    let Some(strings_only) = calls else { return items };
    let usable = intrinsics()
        .iter()
        .filter(|function| function.returns_string || !strings_only);
    items.extend(usable.map(|function| {
        Completion::new(CompletionKind::Function, function.name)
            .detail(function.signature())
            .documented(Some(function.documentation()))
            .inserting(call(function.name, function.parameters))
    }));
    items
}

/// Returns a call with its parameters as places to fill in. Quotes of the parameters stay.
fn call(name: &str, parameters: &str) -> Insert {
    let places = parameters.split(", ").filter(|part| !matches!(*part, "" | "..."));
    let marked: Vec<String> = places
        .map(
            |part| match part.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')) {
                Some(inner) => format!("'«{inner}»'"),
                None => format!("«{part}»"),
            },
        )
        .collect();
    Insert::marked(&format!("{name}({})", marked.join(", ")))
}

/// Returns the proposal as it is written inside a JSON string. Names with quotes or backslashes are rare enough to lose
/// their places.
pub(super) fn escaped(item: Completion) -> Completion {
    if !item.insert.text.contains(['"', '\\']) {
        return item;
    }
    let quoted = Value::from(item.insert.text.as_str()).to_string();
    let insert = Insert::plain(&quoted[1..quoted.len() - 1]);
    item.inserting(insert)
}
