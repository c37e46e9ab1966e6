//! States and variables by name: where they are said, where they are meant, and how to rename them.

use std::collections::BTreeMap;
use std::fmt;

use asl_json::{Document, Node, Span, Value};

use crate::caret::Caret;
use crate::edit::Edit;
use crate::graph::{all_states, assigned_name, assigns, targets, visible_bodies};
use crate::literal::Literal;
use crate::place::{Place, Role, states_of};
use crate::query::{self, query_at};
use crate::walk::walk;

/// What has a name in a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A state.
    State,
    /// A variable.
    Variable,
}

/// A name at some place, and everything that is meant by it. All spans are those of the bare name, without quotes and
/// dollar sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it names.
    pub kind: SymbolKind,
    /// The name.
    pub name: String,
    /// The name at the place asked for.
    pub span: Span,
    /// Where it is defined: the key of a state, every `Assign` of a variable. Empty for a name that nothing defines.
    pub definitions: Vec<Span>,
    /// Where it is used, in the order of the text.
    pub references: Vec<Span>,
}

/// Why a name cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenameError {
    /// There is no name at this place.
    NothingHere,
    /// The new name breaks a rule, which this sentence tells.
    Invalid(String),
    /// Something else has that name.
    Taken(String),
}

impl fmt::Display for RenameError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RenameError::NothingHere => out.write_str("There is no state or variable here."),
            RenameError::Invalid(rule) => out.write_str(rule),
            RenameError::Taken(name) => write!(out, "\"{name}\" exists already."),
        }
    }
}

impl std::error::Error for RenameError {}

/// A name at a place, with what tells its bearer from others of the same name.
struct Named<'a> {
    kind: SymbolKind,
    name: String,
    span: Span,
    /// The body that a state lies in, or that a variable belongs to.
    home: Node<'a>,
}

/// Returns the state or variable that is named at a byte offset.
pub fn symbol_at(document: &Document, offset: usize) -> Option<Symbol> {
    let named = named_at(document, offset)?;
    let (definitions, mut references) = match named.kind {
        SymbolKind::State => state_spans(document, named.home, &named.name),
        SymbolKind::Variable => variable_spans(document, named.home, &named.name),
    };
    references.sort();
    Some(Symbol {
        kind: named.kind,
        name: named.name,
        span: named.span,
        definitions,
        references,
    })
}

/// Returns the edits that give the state or variable at a byte offset another name everywhere, in the order of the
/// text.
///
/// # Errors
/// Tells why that name cannot be given.
pub fn rename(document: &Document, offset: usize, new_name: &str) -> Result<Vec<Edit>, RenameError> {
    let symbol = symbol_at(document, offset).ok_or(RenameError::NothingHere)?;
    if new_name == symbol.name {
        return Ok(Vec::new());
    }
    match symbol.kind {
        SymbolKind::State => check_state_name(document, new_name)?,
        SymbolKind::Variable => check_variable_name(document, new_name)?,
    }
    let quoted = Value::from(new_name).to_string();
    let written = &quoted[1..quoted.len() - 1];
    let mut spans = [symbol.definitions, symbol.references].concat();
    spans.sort();
    spans.dedup();
    let edits = spans.into_iter().map(|span| Edit::new(span, written));
    Ok(edits.collect())
}

fn check_state_name(document: &Document, name: &str) -> Result<(), RenameError> {
    let length = name.chars().count();
    if length == 0 || length > 80 {
        return Err(RenameError::Invalid(
            "The name of a state has 1 to 80 characters.".to_owned(),
        ));
    }
    let taken = all_states(document).iter().any(|state| state.name == name);
    if taken {
        Err(RenameError::Taken(name.to_owned()))
    } else {
        Ok(())
    }
}

fn check_variable_name(document: &Document, name: &str) -> Result<(), RenameError> {
    let starts = name.starts_with(|first: char| first.is_alphabetic() || first == '_');
    if !starts || name.chars().count() > 80 || !name.chars().all(query::is_word) {
        let rule = "The name of a variable is a letter followed by letters, digits and underscores, 80 at most.";
        return Err(RenameError::Invalid(rule.to_owned()));
    }
    if name == "states" {
        return Err(RenameError::Invalid("$states is reserved.".to_owned()));
    }
    let mut members = all_states(document).into_iter().flat_map(|state| assigns(state.node));
    let taken = members.any(|member| assigned_name(&member) == name);
    if taken {
        Err(RenameError::Taken(name.to_owned()))
    } else {
        Ok(())
    }
}

fn named_at(document: &Document, offset: usize) -> Option<Named<'_>> {
    match Caret::at(document, offset)? {
        Caret::Name {
            object,
            member: Some(member),
        } => {
            let place = Place::at(document, object)?;
            let span = inner(document, member.name_span());
            match place.role {
                Role::States => Some(Named {
                    kind: SymbolKind::State,
                    name: member.name().to_owned(),
                    span,
                    home: place.body(),
                }),
                Role::Value if place.name == Some("Assign") => {
                    let name = member.name().strip_suffix(".$").unwrap_or(member.name());
                    Some(Named {
                        kind: SymbolKind::Variable,
                        name: name.to_owned(),
                        span: Span::new(span.start, span.end - (member.name().len() - name.len())),
                        home: home_of(&place, name),
                    })
                }
                _ => None,
            }
        }
        Caret::Value { value: Some(value), .. } => {
            let place = Place::at(document, value)?;
            target_at(document, &place).or_else(|| use_at(document, &place, offset))
        }
        _ => None,
    }
}

/// Returns the state that a string names as the one to go to.
fn target_at<'a>(document: &Document, place: &Place<'a>) -> Option<Named<'a>> {
    let is_target = place.role == Role::Value && matches!(place.name, Some("StartAt" | "Next" | "Default"));
    let node = place.node.filter(|_| is_target)?;
    Some(Named {
        kind: SymbolKind::State,
        name: node.as_str()?.to_owned(),
        span: inner(document, node.span()),
        home: place.body(),
    })
}

fn use_at<'a>(document: &Document, place: &Place<'a>, offset: usize) -> Option<Named<'a>> {
    let literal = query::literal(document, place)?;
    let at = literal.offset(offset);
    let found = query::variables(query_at(place)?, &literal.text);
    let (name, bytes) = found
        .into_iter()
        .find(|(_, bytes)| bytes.start <= at + 1 && at <= bytes.end)?;
    Some(Named {
        kind: SymbolKind::Variable,
        span: literal.span(bytes),
        home: home_of(place, &name),
        name,
    })
}

/// Returns the body that a variable belongs to: the outermost of those in sight that assigns it.
fn home_of<'a>(place: &Place<'a>, name: &str) -> Node<'a> {
    let visible = visible_bodies(place);
    let assigning = visible
        .iter()
        .find(|body| states_of(**body).any(|state| assigns(state.node).any(|member| assigned_name(&member) == name)));
    assigning.or(visible.first()).copied().unwrap_or(place.body())
}

fn state_spans(document: &Document, home: Node<'_>, name: &str) -> (Vec<Span>, Vec<Span>) {
    let states = home.member("States").and_then(asl_json::Member::value);
    let definitions = states.into_iter().flat_map(Node::members);
    let definitions = definitions.filter(|member| member.name() == name);
    let definitions = definitions.map(|member| inner(document, member.name_span())).collect();
    let start = home.member("StartAt").and_then(asl_json::Member::value);
    let all = start
        .into_iter()
        .chain(states_of(home).flat_map(|state| targets(state.node)));
    let named = all.filter(|node| node.as_str() == Some(name));
    (definitions, named.map(|node| inner(document, node.span())).collect())
}

fn variable_spans(document: &Document, home: Node<'_>, name: &str) -> (Vec<Span>, Vec<Span>) {
    let (mut definitions, mut references) = (Vec::new(), Vec::new());
    let mut homes: BTreeMap<Span, Span> = BTreeMap::new();
    let mut is_home = |place: &Place<'_>| {
        let found = homes
            .entry(place.body().span())
            .or_insert_with(|| home_of(place, name).span());
        *found == home.span()
    };
    walk(document, |place| {
        if place.role == Role::Value && place.name == Some("Assign") {
            let members = place.node.into_iter().flat_map(Node::members);
            for member in members.filter(|member| assigned_name(member) == name) {
                if is_home(place) {
                    let start = inner(document, member.name_span()).start;
                    definitions.push(Span::new(start, start + name.len()));
                }
            }
        }
        let (Some(query), Some(node)) = (query_at(place), place.node) else {
            return;
        };
        if !node.as_str().is_some_and(|text| text.contains(name)) {
            return;
        }
        let literal = Literal::read(document.text(), node.span());
        for (found, bytes) in query::variables(query, &literal.text) {
            if found == name && is_home(place) {
                references.push(literal.span(bytes));
            }
        }
    });
    (definitions, references)
}

fn inner(document: &Document, span: Span) -> Span {
    Literal::read(document.text(), span).inner
}

#[cfg(test)]
mod tests;
