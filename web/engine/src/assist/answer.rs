//! Answers as the editor takes them: JSON with offsets in UTF-16 units.

use asl_assist::{
    Completion, CompletionKind, Completions, Documentation, Edit, Fold, Hover, OutlineEntry, Symbol, SymbolKind,
};
use asl_json::{Document, Span, Value};

use crate::text::TextPlaces;

/// A line of the text is shown up to this many characters.
const LINE_CHARACTERS: usize = 120;
/// More entries than this help nobody.
const MOST_ENTRIES: usize = 2000;

fn number(number: u32) -> Value {
    Value::from(i64::from(number))
}

/// `[from, to]`
fn range(from: u32, to: u32) -> Value {
    Value::array([number(from), number(to)])
}

fn span(span: Span, places: &TextPlaces) -> Value {
    range(places.unit(span.start), places.unit(span.end))
}

/// `{ "from", "replace": [from, to], "items": [...] }`
pub(super) fn completions(found: Completions, places: &TextPlaces) -> Value {
    Value::object([
        ("from", number(places.unit(found.word.start))),
        ("replace", span(found.replace, places)),
        ("items", Value::array(found.items.into_iter().map(completion))),
    ])
}

/// `{ "label", "kind", "insert", "fields": [[from, to]...], "detail", "text", "source" }`
fn completion(item: Completion) -> Value {
    let insert = item.insert.text;
    let units = |offset: usize| {
        let count = insert[..offset].chars().map(char::len_utf16).sum();
        crate::text::saturate(count)
    };
    let fields: Vec<Value> = item
        .insert
        .placeholders
        .iter()
        .map(|place| range(units(place.start), units(place.end)))
        .collect();
    let (text, source) = documentation(item.documentation);
    Value::object([
        ("label", Value::from(item.label)),
        ("kind", Value::from(kind(item.kind))),
        ("fields", Value::from(fields)),
        ("insert", Value::from(insert)),
        ("detail", Value::from(item.detail)),
        ("text", text),
        ("source", source),
    ])
}

fn documentation(documentation: Option<Documentation>) -> (Value, Value) {
    documentation.map_or((Value::from(""), Value::from("")), |found| {
        (Value::from(found.text), Value::from(found.source))
    })
}

fn kind(kind: CompletionKind) -> &'static str {
    match kind {
        CompletionKind::Field => "field",
        CompletionKind::Parameter => "parameter",
        CompletionKind::State => "state",
        CompletionKind::Word => "word",
        CompletionKind::Error => "error",
        CompletionKind::Resource => "resource",
        CompletionKind::Operator => "operator",
        CompletionKind::Function => "function",
        CompletionKind::Variable => "variable",
        CompletionKind::Path => "path",
        CompletionKind::Snippet => "snippet",
    }
}

/// `{ "at": [from, to], "title", "text", "source", "value" }`
pub(super) fn hover(found: &Hover, places: &TextPlaces) -> Value {
    let (text, source) = documentation(found.documentation.clone());
    Value::object([
        ("at", span(found.span, places)),
        ("title", Value::from(found.title.as_str())),
        ("text", text),
        ("source", source),
        ("value", found.value.as_deref().map_or(Value::Null, Value::from)),
    ])
}

/// `{ "kind", "title", "name", "at": [from, to], "definitions": [place...], "references": [place...] }`
pub(super) fn symbol(found: &Symbol, document: &Document, places: &TextPlaces) -> Value {
    let kind = match found.kind {
        SymbolKind::State => "state",
        SymbolKind::Variable => "variable",
    };
    let all = |spans: &[Span]| {
        let spans = spans.iter().take(MOST_ENTRIES);
        Value::array(spans.map(|span| place(*span, line_of(document, *span), places)))
    };
    Value::object([
        ("kind", Value::from(kind)),
        ("title", Value::from(format!("{kind} \"{}\"", found.name))),
        ("name", Value::from(found.name.as_str())),
        ("at", span(found.span, places)),
        ("definitions", all(&found.definitions)),
        ("references", all(&found.references)),
    ])
}

/// `{ "at": [from, to], "line", "text" }`
fn place(at: Span, text: impl Into<String>, places: &TextPlaces) -> Value {
    Value::object([
        ("at", span(at, places)),
        ("line", number(places.range(at).line)),
        ("text", Value::from(text.into())),
    ])
}

/// Returns the line around a place, without the space at its ends; from the place on where the line is long.
fn line_of(document: &Document, at: Span) -> String {
    let text = document.text();
    let start = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
    let start = if at.start - start > LINE_CHARACTERS / 2 {
        at.start
    } else {
        start
    };
    let line = text[start..].lines().next().unwrap_or_default().trim();
    line.chars().take(LINE_CHARACTERS).collect()
}

/// `{ "edits": [{ "from", "to", "insert" }...] }`, or `{ "error" }`
pub(super) fn edits(found: Result<Vec<Edit>, String>, places: &TextPlaces) -> Value {
    let edit = |edit: Edit| {
        Value::object([
            ("from", number(places.unit(edit.span.start))),
            ("to", number(places.unit(edit.span.end))),
            ("insert", Value::from(edit.insert)),
        ])
    };
    match found {
        Ok(edits) => Value::object([("edits", Value::array(edits.into_iter().map(edit)))]),
        Err(error) => Value::object([("error", Value::from(error))]),
    }
}

/// `[[from, to]...]`, the states that take up several lines.
pub(super) fn folds(found: &[Fold], places: &TextPlaces) -> Value {
    let states = found.iter().filter(|fold| fold.state.is_some());
    Value::array(states.map(|fold| span(fold.span, places)))
}

/// `[place...]`, each text indented by its depth.
pub(super) fn outline(entries: &[OutlineEntry], places: &TextPlaces) -> Value {
    let mut lines = Vec::new();
    collect(entries, 0, places, &mut lines);
    Value::from(lines)
}

fn collect(entries: &[OutlineEntry], depth: usize, places: &TextPlaces, lines: &mut Vec<Value>) {
    for entry in entries {
        if lines.len() >= MOST_ENTRIES {
            return;
        }
        let mut text = "\u{2003}".repeat(depth);
        text.push_str(&entry.name);
        if !entry.state_type.is_empty() {
            text.push_str(" \u{2013} ");
            text.push_str(&entry.state_type);
        }
        lines.push(place(entry.name_span, text, places));
        collect(&entry.children, depth + 1, places, lines);
    }
}
