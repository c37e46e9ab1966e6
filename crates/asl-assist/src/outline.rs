//! The outline of a definition, and what can be folded.

use asl_json::{Document, LineIndex, Node, NodeKind, Span};
use asl_model::schema::Shape;

use crate::place::{StateHere, text};

/// Nesting deeper than this is left out.
const MOST_LEVELS: usize = 64;

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// What it is.
    pub kind: OutlineKind,
    /// The name of a state; of a container, its field with the number of the branch from 1: `Branch 2`.
    pub name: String,
    /// The `Type` of a state, or empty text.
    pub state_type: String,
    /// Name and value together.
    pub span: Span,
    /// What to select when one goes there.
    pub name_span: Span,
    /// What it contains: states of a container; the containers of a Map or Parallel.
    pub children: Vec<OutlineEntry>,
}

/// What an entry of the outline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineKind {
    /// A state.
    State,
    /// A branch of a Parallel, or what a Map runs for each item.
    Container,
}

/// Returns the states of a definition as a tree, in the order of the text.
pub fn outline(document: &Document) -> Vec<OutlineEntry> {
    document.root().map_or_else(Vec::new, |root| states(root, 0))
}

fn states(body: Node<'_>, level: usize) -> Vec<OutlineEntry> {
    let states = body.member("States").and_then(asl_json::Member::value);
    let members = states.into_iter().flat_map(Node::members);
    let members = members.filter(|_| level < MOST_LEVELS);
    let entries = members.filter_map(|member| {
        let state = StateHere::new(member.name(), member.value()?);
        Some(OutlineEntry {
            kind: OutlineKind::State,
            name: member.name().to_owned(),
            state_type: text(state.node, "Type").unwrap_or_default().to_owned(),
            span: member.span(),
            name_span: member.name_span(),
            children: containers(state, level + 1),
        })
    });
    entries.collect()
}

fn containers(state: StateHere<'_>, level: usize) -> Vec<OutlineEntry> {
    let of_field = |name: &str| state.node.member(name);
    match state.shape {
        Some(Shape::Parallel) => {
            let branches = of_field("Branches").and_then(asl_json::Member::value);
            let items = branches.into_iter().flat_map(Node::items).enumerate();
            let open = |span: Span| Span::new(span.start, span.start + 1);
            items
                .map(|(index, item)| {
                    container(
                        format!("Branch {}", index + 1),
                        item.span(),
                        open(item.span()),
                        item,
                        level,
                    )
                })
                .collect()
        }
        Some(Shape::Map) => {
            let processors = ["ItemProcessor", "Iterator"].into_iter().filter_map(of_field);
            let with_value = processors.filter_map(|member| Some((member, member.value()?)));
            with_value
                .map(|(member, body)| {
                    container(member.name().to_owned(), member.span(), member.name_span(), body, level)
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

fn container(name: String, span: Span, name_span: Span, body: Node<'_>, level: usize) -> OutlineEntry {
    OutlineEntry {
        kind: OutlineKind::Container,
        name,
        state_type: String::new(),
        span,
        name_span,
        children: states(body, level),
    }
}

/// Something that can be folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// What disappears: everything between the brackets.
    pub span: Span,
    /// The name of the state, where it is one.
    pub state: Option<String>,
}

/// Returns the objects and arrays that take up several lines, in the order of the text.
pub fn folds(document: &Document) -> Vec<Fold> {
    let index = LineIndex::new(document.text().clone());
    let line = |offset: usize| index.position(offset).line;
    let mut found = Vec::new();
    let mut waiting: Vec<(Node<'_>, Option<&str>, bool)> =
        document.root().map(|root| (root, None, false)).into_iter().collect();
    while let Some((node, name, is_states)) = waiting.pop() {
        if !matches!(node.kind(), NodeKind::Object | NodeKind::Array) {
            continue;
        }
        let span = node.span();
        if line(span.start) < line(span.end) {
            found.push(Fold {
                span: Span::new(span.start + 1, span.end.saturating_sub(1).max(span.start + 1)),
                state: name.map(str::to_owned),
            });
        }
        waiting.extend(node.items().map(|item| (item, None, false)));
        waiting.extend(node.members().filter_map(|member| {
            let state = is_states.then_some(member.name());
            Some((member.value()?, state, member.name() == "States" && !is_states))
        }));
    }
    found.sort_by_key(|fold| fold.span.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n  \"States\": {\n    \"M\": {\"Type\": \"Map\", \"ItemProcessor\": {\"States\": {\"I\": {\"Type\": \"Pass\"}}}},\n    \
        \"P\": {\n      \"Type\": \"Parallel\", \"Branches\": [{\"States\": {\"J\": {}}}, {\"States\": {";

    fn written(entries: &[OutlineEntry]) -> String {
        let entries = entries
            .iter()
            .map(|entry| format!("{} ({})", entry.name, written(&entry.children)));
        entries.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn states_are_a_tree_even_half_written() {
        let found = outline(&Document::parse(TEXT));
        assert_eq!(
            written(&found),
            "M (ItemProcessor (I ())), P (Branch 1 (J ()), Branch 2 ())"
        );
        assert_eq!(found[0].state_type, "Map");
        assert_eq!(&TEXT[found[1].name_span.start..found[1].name_span.end], "\"P\"");
    }

    #[test]
    fn folds_are_what_takes_several_lines() {
        let text = "{\n  \"States\": {\n    \"A\": {\n      \"Next\": []\n    },\n    \"B\": {}\n  }\n}";
        let found = folds(&Document::parse(text));
        let states: Vec<Option<&str>> = found.iter().map(|fold| fold.state.as_deref()).collect();
        assert_eq!(states, [None, None, Some("A")]);
        assert!(text[found[2].span.start..found[2].span.end].contains("Next"));
    }
}
