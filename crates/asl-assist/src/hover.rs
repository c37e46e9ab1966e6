//! What something is: fields, words, functions, errors, resources, names, values.

use asl_json::{Document, Node, NodeKind, Span};
use asl_jsonata::{Expression, functions};
use asl_jsonpath::Path;
use asl_model::Resource;

use crate::caret::Caret;
use crate::catalog::{self, ContextEntry, Documentation, context_entry, field_doc, intrinsic_doc, operator_doc};
use crate::completion::{assigned_by, assigning_states, function_documentation, preview, signature, states_member_doc};
use crate::literal::Literal;
use crate::place::{Place, Role, states_of, text};
use crate::query::{self, Query, is_word, jsonata_bytes, query_at};
use crate::sample::{Data, Sample};

/// What something in the text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about, in bytes.
    pub span: Span,
    /// Its name, with its parameters or type where it has such.
    pub title: String,
    /// What it is.
    pub documentation: Option<Documentation>,
    /// What it was in the run that the sample comes from, as JSON text in short.
    pub value: Option<String>,
}

impl Hover {
    fn new(span: Span, title: impl Into<String>, documentation: Option<Documentation>) -> Hover {
        Hover {
            span,
            title: title.into(),
            documentation,
            value: None,
        }
    }
}

/// Returns what stands at a byte offset, where there is something to say. `sample` is what an earlier run worked with.
pub fn hover(document: &Document, offset: usize, sample: &Sample) -> Option<Hover> {
    match Caret::at(document, offset)? {
        Caret::Name {
            object,
            member: Some(member),
        } => of_name(&Place::at(document, object)?, member),
        Caret::Value { value: Some(value), .. } => of_value(document, value, offset, sample),
        _ => None,
    }
}

fn of_name(place: &Place<'_>, member: asl_json::Member<'_>) -> Option<Hover> {
    let (name, span) = (member.name(), member.name_span());
    match place.role {
        Role::Object(shape) => {
            let documentation = field_doc(Some(shape), name).filter(|_| shape.field(name).is_some());
            let documentation = documentation.or_else(|| operator_doc(name));
            documentation.map(|documentation| Hover::new(span, name, Some(documentation)))
        }
        Role::StateWithoutType => field_doc(None, name).map(|found| Hover::new(span, name, Some(found))),
        Role::States => Some(state_hover(span, name, member.value()?)),
        Role::Value if matches!(place.name, Some("Parameters" | "Arguments")) => {
            let resource = Resource::from_text(text(place.owner.1, "Resource")?);
            let bare = name.strip_suffix(".$").unwrap_or(name);
            let found = catalog::parameters(&resource)
                .into_iter()
                .find(|parameter| parameter.name == bare)?;
            let need = if found.is_required { "A required" } else { "An optional" };
            let documentation = Documentation::new(
                format!("{need} parameter of {}.", resource.text),
                "API reference of the service",
            );
            Some(Hover::new(span, bare, Some(documentation)))
        }
        Role::Value if place.name == Some("Assign") => {
            let bare = name.strip_suffix(".$").unwrap_or(name);
            Some(variable_hover(place, span, bare))
        }
        _ => None,
    }
}

fn state_hover(span: Span, name: &str, state: Node<'_>) -> Hover {
    let state_type = text(state, "Type").unwrap_or_default();
    let title = if state_type.is_empty() {
        format!("State \"{name}\"")
    } else {
        format!("{state_type} state \"{name}\"")
    };
    let comment = text(state, "Comment").map(|comment| Documentation::new(comment, "Comment of the state"));
    Hover::new(span, title, comment.or_else(|| catalog::state_type_doc(state_type)))
}

fn variable_hover(place: &Place<'_>, span: Span, name: &str) -> Hover {
    let states = assigning_states(place, name);
    let documentation = (!states.is_empty()).then(|| assigned_by(&states));
    Hover::new(span, format!("Variable ${name}"), documentation)
}

fn of_value(document: &Document, value: Node<'_>, offset: usize, sample: &Sample) -> Option<Hover> {
    let place = Place::at(document, value)?;
    let span = value.span();
    if value.kind() != NodeKind::String {
        return None;
    }
    let written = value.as_str()?;
    if let Some(query) = query_at(&place) {
        return of_expression(document, &place, query, offset, sample);
    }
    let field = place.field.and_then(|field| field.row).map_or("", |row| row.name);
    let documentation = match field {
        "ErrorEquals" | "Error" => catalog::error_doc(written),
        _ if place.role != Role::Value => None,
        "Type" => catalog::state_type_doc(written),
        "Resource" => catalog::resource_doc(&Resource::from_text(written)),
        "StartAt" | "Next" | "Default" => {
            let target = states_of(place.body()).find(|state| state.name == written)?;
            return Some(state_hover(span, written, target.node));
        }
        _ => catalog::word_doc(written, field),
    };
    documentation.map(|documentation| Hover::new(span, written, Some(documentation)))
}

fn of_expression(
    document: &Document,
    place: &Place<'_>,
    query: Query,
    offset: usize,
    sample: &Sample,
) -> Option<Hover> {
    let literal = query::literal(document, place)?;
    let data = Data::at(place, sample);
    let at = literal.offset(offset);
    if query == Query::Jsonata {
        let bytes = jsonata_bytes(&literal.text)?;
        return (bytes.start <= at && at <= bytes.end).then(|| of_jsonata(place, &literal, at, &data))?;
    }
    of_path(place, &literal, at, &data)
}

fn of_path(place: &Place<'_>, literal: &Literal, at: usize, data: &Data) -> Option<Hover> {
    let bytes = token(&literal.text, at, |character| {
        is_word(character) || matches!(character, '.' | '$')
    });
    let word = &literal.text[bytes.clone()];
    if let Some(function) = intrinsic_doc(word) {
        let span = literal.span(bytes);
        return Some(Hover::new(span, function.signature(), Some(function.documentation())));
    }
    let bytes = path_around(&literal.text, at)?;
    let path = &literal.text[bytes.clone()];
    let span = literal.span(bytes.clone());
    let value = Path::parse(path).ok().and_then(|path| path.evaluate(data).ok());
    let value = value.filter(|value| data.is_known || !value.is_null());
    let value = value.map(|value| preview(&value));
    let documentation = match path.strip_prefix("$$") {
        Some(rest) => context_entry(rest.trim_start_matches('.')).map(ContextEntry::documentation),
        None => match query::word(path.get(1..)?) {
            "" => None,
            name => variable_hover(place, span, name).documentation,
        },
    };
    let mut hover = Hover::new(span, path, documentation);
    hover.value = value;
    (hover.documentation.is_some() || hover.value.is_some()).then_some(hover)
}

/// Returns the path that stands at a byte of a text, which may be an argument of a call.
fn path_around(text: &str, at: usize) -> Option<std::ops::Range<usize>> {
    if text.starts_with('$') {
        return Some(0..text.len());
    }
    let ends = |character: char| matches!(character, '(' | ')' | ',' | ' ' | '\'');
    let start = text[..at].rfind(ends).map_or(0, |found| found + 1);
    let end = text[at..].find(ends).map_or(text.len(), |found| at + found);
    text.get(start..end)
        .filter(|path| path.starts_with('$'))
        .map(|_| start..end)
}

fn of_jsonata(place: &Place<'_>, literal: &Literal, at: usize, data: &Data) -> Option<Hover> {
    let bytes = token(&literal.text, at, |character| {
        is_word(character) || matches!(character, '.' | '$')
    });
    // Up to the end of the word under the caret: `$states.in|put.id` is about `$states.input`.
    let rest = &literal.text[at..bytes.end];
    let end = at + rest.find('.').unwrap_or(rest.len());
    let chain = &literal.text[bytes.start..end];
    let span = literal.span(bytes.start..end);
    let name = chain.strip_prefix('$')?;
    let called = functions().into_iter().find(|function| function.name == name);
    if let Some(function) = called {
        return Some(Hover::new(
            span,
            signature(&function),
            Some(function_documentation(&function)),
        ));
    }
    let documentation = match chain.strip_prefix("$states.") {
        Some(rest) => match rest.strip_prefix("context.") {
            Some(entry) => context_entry(entry).map(ContextEntry::documentation),
            None => states_member_doc(rest),
        },
        None => variable_hover(place, span, query::word(name)).documentation,
    };
    let mut hover = Hover::new(span, chain, documentation);
    let value = Expression::parse(chain)
        .ok()
        .and_then(|expression| expression.evaluate(data).ok());
    hover.value = value
        .filter(|value| data.is_known || !value.is_null())
        .map(|value| preview(&value));
    (hover.documentation.is_some() || hover.value.is_some()).then_some(hover)
}

/// Returns the run of fitting characters around a byte.
fn token(text: &str, at: usize, fits: impl Fn(char) -> bool) -> std::ops::Range<usize> {
    let before = text[..at]
        .char_indices()
        .rev()
        .take_while(|(_, character)| fits(*character));
    let start = before.last().map_or(at, |(start, _)| start);
    let after = &text[at..];
    let end = at + after.find(|character| !fits(character)).unwrap_or(after.len());
    start..end
}

#[cfg(test)]
mod tests;
