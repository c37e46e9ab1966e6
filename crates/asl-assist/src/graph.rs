//! Which states come before which, and what they assign.

use std::collections::{BTreeMap, BTreeSet};

use asl_json::{Document, Member, Node};

use crate::place::{Place, StateHere, states_of, text};

/// Returns the strings of a state that name other states, as nodes.
pub(crate) fn targets(state: Node<'_>) -> Vec<Node<'_>> {
    let mut found: Vec<Node<'_>> = Vec::new();
    let direct = ["Next", "Default"]
        .into_iter()
        .filter_map(|name| state.member(name)?.value());
    found.extend(direct);
    for list in ["Choices", "Catch"] {
        let items = state.member(list).and_then(Member::value);
        let items = items.into_iter().flat_map(Node::items);
        found.extend(items.filter_map(|item| item.member("Next")?.value()));
    }
    found.retain(|node| node.as_str().is_some());
    found
}

/// Returns every state of a definition, nested ones included, each before those inside it.
pub(crate) fn all_states(document: &Document) -> Vec<StateHere<'_>> {
    let mut found = Vec::new();
    let mut bodies: Vec<Node<'_>> = document.root().into_iter().collect();
    while let Some(body) = bodies.pop() {
        for state in states_of(body) {
            for member in state.node.members() {
                match member.name() {
                    "Branches" => bodies.extend(member.value().into_iter().flat_map(Node::items)),
                    "ItemProcessor" | "Iterator" => bodies.extend(member.value()),
                    _ => {}
                }
            }
            found.push(state);
        }
    }
    found
}

/// Returns the `Assign` objects of a state: its own, and those of its catchers and rules.
pub(crate) fn assigns(state: Node<'_>) -> impl Iterator<Item = Member<'_>> {
    let lists = ["Catch", "Choices"].into_iter();
    let items = lists
        .filter_map(move |list| state.member(list)?.value())
        .flat_map(Node::items);
    let objects = std::iter::once(state).chain(items);
    objects
        .filter_map(|object| object.member("Assign")?.value())
        .flat_map(Node::members)
}

/// Returns the name of the variable that a member of `Assign` sets.
pub(crate) fn assigned_name<'a>(member: &Member<'a>) -> &'a str {
    member.name().strip_suffix(".$").unwrap_or(member.name())
}

/// Returns the bodies whose variables a place can see, outermost first: the child executions of a distributed Map see
/// nothing outside.
pub(crate) fn visible_bodies<'p, 'a>(place: &'p Place<'a>) -> &'p [Node<'a>] {
    let cut = place.bodies.iter().rposition(|body| is_distributed(*body)).unwrap_or(0);
    &place.bodies[cut..]
}

fn is_distributed(body: Node<'_>) -> bool {
    let config = body.member("ProcessorConfig").and_then(Member::value);
    config.and_then(|config| text(config, "Mode")) == Some("DISTRIBUTED")
}

/// Returns the names of the variables that have been assigned when a place is reached, on one path at least.
pub(crate) fn variables_before<'a>(place: &Place<'a>) -> BTreeSet<&'a str> {
    let visible = visible_bodies(place).len();
    let first = place.bodies.len() - visible;
    let levels = place.bodies.iter().zip(&place.states).skip(first);
    let before = levels.flat_map(|(body, state)| states_before(*body, state.name));
    before
        .flat_map(|state| assigns(state.node))
        .map(|member| assigned_name(&member))
        .collect()
}

/// Returns the states from which a state of the same body can be reached; itself only on a loop.
fn states_before<'a>(body: Node<'a>, name: &str) -> Vec<StateHere<'a>> {
    let states: Vec<StateHere<'a>> = states_of(body).collect();
    let index: BTreeMap<&str, usize> = states.iter().enumerate().map(|(at, state)| (state.name, at)).collect();
    let mut sources: Vec<Vec<usize>> = vec![Vec::new(); states.len()];
    for (from, state) in states.iter().enumerate() {
        let targets = targets(state.node).into_iter().filter_map(Node::as_str);
        for to in targets.filter_map(|target| index.get(target)) {
            sources[*to].push(from);
        }
    }
    let mut reached = vec![false; states.len()];
    let mut waiting: Vec<usize> = index.get(name).copied().into_iter().collect();
    while let Some(at) = waiting.pop() {
        for from in &sources[at] {
            if !std::mem::replace(&mut reached[*from], true) {
                waiting.push(*from);
            }
        }
    }
    states
        .into_iter()
        .zip(reached)
        .filter_map(|(state, reached)| reached.then_some(state))
        .collect()
}
