//! What paths and JSONata share: names in data, variables, the context object.

use asl_json::{Node, Value};

use super::value::{has_map, has_task};
use super::{Completion, CompletionKind};
use crate::catalog::{Documentation, context_children};
use crate::graph::variables_before;
use crate::place::Place;
use crate::sample::Data;

/// How many bytes of a value are shown beside its name.
const MOST_SHOWN: usize = 40;

/// Returns the variables that may be read at a place: those assigned before it, and those a run had.
pub(super) fn variables(place: &Place<'_>, data: &Data) -> Vec<Completion> {
    let names = variables_before(place);
    let items = names.into_iter().map(|name| {
        let shown = data.variable_value(name).map_or_else(|| "variable".to_owned(), preview);
        Completion::new(CompletionKind::Variable, format!("${name}")).detail(shown)
    });
    items.collect()
}

/// Returns the names below a path of the context object: what there always is, and what a run had.
pub(super) fn context_names(place: &Place<'_>, path: &str, seen: Option<&Value>) -> Vec<Completion> {
    let is_there = |name: &str| match name {
        "Task" => has_task(place),
        "Map" => has_map(place),
        _ => true,
    };
    let entries = context_children(path).filter(|entry| !path.is_empty() || is_there(entry.name()));
    let mut items: Vec<Completion> = entries
        .map(|entry| {
            let shown = seen
                .and_then(|seen| seen.get(entry.name()))
                .map_or_else(String::new, preview);
            Completion::new(CompletionKind::Path, entry.name())
                .detail(shown)
                .documented(Some(entry.documentation()))
        })
        .collect();
    let known: Vec<String> = items.iter().map(|item| item.label.clone()).collect();
    items.extend(names(seen).into_iter().filter(|item| !known.contains(&item.label)));
    items
}

/// Returns the names in an object; for an array those in its first item, where the language looks into items.
pub(super) fn names(value: Option<&Value>) -> Vec<Completion> {
    let object = value.and_then(Value::as_object);
    let members = object.into_iter().flat_map(asl_json::Object::iter);
    members
        .map(|(name, value)| Completion::new(CompletionKind::Path, &**name).detail(preview(value)))
        .collect()
}

/// Returns a value in a few words.
pub(crate) fn preview(value: &Value) -> String {
    let text = value.to_string();
    if text.len() <= MOST_SHOWN {
        return text;
    }
    let end = text.floor_char_boundary(MOST_SHOWN - 3);
    format!("{}...", &text[..end])
}

/// Returns the comment of the state that assigns a variable, for its help.
pub(crate) fn assigned_by(states: &[&str]) -> Documentation {
    let listed: Vec<String> = states.iter().map(|name| format!("\"{name}\"")).collect();
    Documentation::new(
        format!("Assigned by {}.", listed.join(", ")),
        "Amazon States Language specification, \"Variables\"",
    )
}

/// Returns the names of the states that assign a variable which a place can see.
pub(crate) fn assigning_states<'a>(place: &Place<'a>, name: &str) -> Vec<&'a str> {
    let bodies = crate::graph::visible_bodies(place).iter();
    let states = bodies.flat_map(|body: &Node<'a>| crate::place::states_of(*body));
    let assigning = states
        .filter(|state| crate::graph::assigns(state.node).any(|member| crate::graph::assigned_name(&member) == name));
    assigning.map(|state| state.name).collect()
}
