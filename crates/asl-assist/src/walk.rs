//! Visits every place of a definition.

use asl_json::{Document, Node};

use crate::place::Place;

/// Calls `visit` with every place of a definition, each before those inside it, in the order of the text.
pub(crate) fn walk<'a>(document: &'a Document, mut visit: impl FnMut(&Place<'a>)) {
    let mut waiting: Vec<Place<'a>> = Place::root(document).into_iter().collect();
    while let Some(place) = waiting.pop() {
        visit(&place);
        let first = waiting.len();
        if let Some(node) = place.node {
            waiting.extend(node.members().map(|member| place.member(member.name(), member.value())));
            waiting.extend(node.items().map(|item: Node<'a>| place.item(Some(item))));
        }
        waiting[first..].reverse();
    }
}
