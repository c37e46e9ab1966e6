//! Edits that mend what a diagnostic is about.

use asl_json::{Document, Node, NodeKind, Span};
use asl_model::Diagnostic;

use crate::caret::Caret;
use crate::edit::Edit;
use crate::place::{Place, Role, states_of};

/// A change that mends a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuickFix {
    /// What it does, as a short imperative: `Add "End": true`.
    pub title: String,
    /// The edits, in the order of the text.
    pub edits: Vec<Edit>,
}

/// Returns what would mend a diagnostic of this text, best first: the fixes of the diagnostic itself, and those that an
/// editor can offer because the author sees what they do.
pub fn quick_fixes(document: &Document, diagnostic: &Diagnostic) -> Vec<QuickFix> {
    let own = diagnostic.fixes.iter().map(|fix| QuickFix {
        title: fix.title.clone(),
        edits: vec![Edit::new(fix.span, fix.replacement.as_str())],
    });
    own.chain(more(document, diagnostic)).collect()
}

fn more(document: &Document, diagnostic: &Diagnostic) -> Vec<QuickFix> {
    let has_own = !diagnostic.fixes.is_empty();
    let message = diagnostic.message.as_str();
    let found = match diagnostic.code {
        "DUPLICATE_KEY" if !has_own => remove_duplicate(document, diagnostic.span),
        "MISSING_TRANSITION_TARGET" if message.starts_with("Missing 'Next' target: ") => {
            create_state(document, diagnostic.span)
        }
        "MISSING_TRANSITION_TARGET" if !has_own => remove_state(document, diagnostic.span),
        "SCHEMA_VALIDATION_FAILED" if !has_own && message.contains("[Next, End]") => {
            end_state(document, diagnostic.span)
        }
        _ => None,
    };
    found.into_iter().collect()
}

/// Removes the member that an earlier one of the same name is not heard because of.
fn remove_duplicate(document: &Document, span: Span) -> Option<QuickFix> {
    let duplicate = document
        .duplicate_names()
        .iter()
        .find(|duplicate| duplicate.span == span)?;
    let object = object_at(document, span)?;
    let first = object.members().find(|member| member.name_span() == duplicate.first)?;
    Some(QuickFix {
        title: format!("Remove the first \"{}\"", duplicate.name),
        edits: vec![removal(document, first.span())],
    })
}

/// Adds the state that a transition goes to, at the end of the same `States`.
fn create_state(document: &Document, span: Span) -> Option<QuickFix> {
    let Caret::Value { value: Some(value), .. } = Caret::at(document, span.start + 1)? else {
        return None;
    };
    let name = value.as_str()?;
    let place = Place::at(document, value)?;
    if place.role != Role::Value || states_of(place.body()).any(|state| state.name == name) {
        return None;
    }
    let states = place.body().member("States")?.value()?;
    let last = states.members().last()?;
    let indent = line_indent(document.text(), last.span().start);
    let quoted = asl_json::Value::from(name).to_string();
    let insert = format!(",\n{indent}{quoted}: {{\n{indent}  \"Type\": \"Pass\",\n{indent}  \"End\": true\n{indent}}}");
    let at = last.span().end;
    Some(QuickFix {
        title: format!("Create the state {quoted}"),
        edits: vec![Edit::new(Span::new(at, at), insert)],
    })
}

/// Removes a state that nothing leads to.
fn remove_state(document: &Document, span: Span) -> Option<QuickFix> {
    let object = object_at(document, span)?;
    let member = object.members().find(|member| member.name_span() == span)?;
    let place = Place::at(document, object)?;
    let is_only = object.members().count() < 2;
    (place.role == Role::States && !is_only).then(|| QuickFix {
        title: format!("Remove the state \"{}\"", member.name()),
        edits: vec![removal(document, member.span())],
    })
}

/// Ends a state that goes nowhere.
fn end_state(document: &Document, span: Span) -> Option<QuickFix> {
    let state = state_named_at(document, span)?;
    if state.member("Next").is_some() || state.member("End").is_some() {
        return None;
    }
    let last = state.members().last()?;
    let at = last.span().end;
    let text = document.text();
    let is_multi_line = text[state.span().start..state.span().end].contains('\n');
    let gap = if is_multi_line {
        format!("\n{}", line_indent(text, last.span().start))
    } else {
        " ".to_owned()
    };
    Some(QuickFix {
        title: "Add \"End\": true".to_owned(),
        edits: vec![Edit::new(Span::new(at, at), format!(",{gap}\"End\": true"))],
    })
}

/// Returns the object of the state whose name stands at this place.
fn state_named_at(document: &Document, span: Span) -> Option<Node<'_>> {
    let object = object_at(document, span)?;
    let member = object.members().find(|member| member.name_span() == span)?;
    let is_state = Place::at(document, object)?.role == Role::States;
    member
        .value()
        .filter(|value| is_state && value.kind() == NodeKind::Object)
}

fn object_at(document: &Document, span: Span) -> Option<Node<'_>> {
    match Caret::at(document, span.start)? {
        Caret::Name { object, .. } => Some(object),
        Caret::Value { .. } => None,
    }
}

/// Returns the edit that removes a member together with one comma and the space around it.
fn removal(document: &Document, span: Span) -> Edit {
    let text = document.text();
    let after = &text[span.end..];
    let rest = after.trim_start();
    if let Some(behind) = rest.strip_prefix(',') {
        let next = behind.trim_start();
        return Edit::new(Span::new(span.start, text.len() - next.len()), "");
    }
    let before = text[..span.start].trim_end();
    let start = before
        .strip_suffix(',')
        .map_or(before.len(), |kept| kept.trim_end().len());
    Edit::new(Span::new(start, span.end), "")
}

fn line_indent(text: &str, offset: usize) -> &str {
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let line = &text[start..offset];
    &line[..line.len() - line.trim_start().len()]
}

#[cfg(test)]
mod tests;
