//! JSON text as a tree in which every name and value knows its place.
//!
//! Parsing never fails: what is wrong is in [`Document::errors`], and the tree holds what could be understood around
//! it, so that an editor can go on working while its text is half written.

mod parse;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxBuildHasher;

use crate::number::Number;
use crate::span::{Span, Step};
use crate::value::{Object, Value};

/// A parsed JSON text.
#[derive(Clone, Debug)]
pub struct Document {
    text: Arc<str>,
    /// Children come after their parents.
    nodes: Vec<NodeData>,
    errors: Vec<SyntaxError>,
    duplicates: Vec<DuplicateName>,
    /// Made when a member of a large object is first asked for.
    index: OnceLock<Index>,
}

/// A place where the text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, as a sentence without its final period.
    pub message: String,
    /// Where.
    pub span: Span,
    /// An edit that mends it, where one is certain enough.
    pub fix: Option<Fix>,
}

/// An edit: replace the span by the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the edit does, as a short imperative: `Remove the comma`.
    pub title: String,
    /// What to replace; empty to insert.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

/// A member whose name an earlier member of the same object has. JSON allows it, and the last one counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateName {
    /// The name.
    pub name: Arc<str>,
    /// Where it is said again.
    pub span: Span,
    /// Where it was said first.
    pub first: Span,
}

#[derive(Clone, Debug)]
struct NodeData {
    span: Span,
    parent: Option<usize>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Null,
    Bool(bool),
    Number(Number),
    String(Arc<str>),
    Array(Vec<usize>),
    Object(Vec<MemberData>),
    /// A value that could not be understood.
    Unreadable,
}

#[derive(Clone, Debug)]
struct MemberData {
    name: Arc<str>,
    name_span: Span,
    value: Option<usize>,
}

/// Up to this number of members comparing names is cheaper than hashing one.
const MOST_WITHOUT_INDEX: usize = 16;

/// Where the last member of each name is, by object; of objects with many members only.
type Index = HashMap<usize, HashMap<Arc<str>, usize, FxBuildHasher>, FxBuildHasher>;

fn index(nodes: &[NodeData]) -> Index {
    let large = nodes.iter().enumerate().filter_map(|(id, node)| match &node.content {
        Content::Object(members) if members.len() > MOST_WITHOUT_INDEX => Some((id, members)),
        _ => None,
    });
    let by_name = |members: &[MemberData]| {
        let names = members.iter().enumerate();
        names.map(|(at, member)| (Arc::clone(&member.name), at)).collect()
    };
    large.map(|(id, members)| (id, by_name(members))).collect()
}

/// What kind of value a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
    /// Text that is no value.
    Unreadable,
}

/// A value in a [`Document`].
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    document: &'a Document,
    id: usize,
}

/// A member of an object in a [`Document`].
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    document: &'a Document,
    data: &'a MemberData,
}

impl Document {
    /// Parses a text; never fails.
    pub fn parse(text: impl Into<Arc<str>>) -> Document {
        parse::document(text.into())
    }

    /// Returns the text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Returns the outermost value, where the text has one.
    pub fn root(&self) -> Option<Node<'_>> {
        (!self.nodes.is_empty()).then_some(Node { document: self, id: 0 })
    }

    /// Returns what is not JSON, in the order of the text.
    pub fn errors(&self) -> &[SyntaxError] {
        &self.errors
    }

    /// Returns the members that repeat a name, in the order of the text.
    pub fn duplicate_names(&self) -> &[DuplicateName] {
        &self.duplicates
    }

    /// Returns the value of the text, as far as it could be understood. Of duplicate members the last one counts;
    /// members and items that could not be understood are left out.
    pub fn value(&self) -> Option<Value> {
        self.root()?.value()
    }

    /// Returns the value at the end of these steps from the root.
    pub fn node(&self, steps: &[Step]) -> Option<Node<'_>> {
        steps.iter().try_fold(self.root()?, Node::step)
    }

    /// Returns the value that a JSON pointer (RFC 6901) such as `/States/A/Choices/0` finds.
    pub fn pointer(&self, pointer: &str) -> Option<Node<'_>> {
        if pointer.is_empty() {
            return self.root();
        }
        let tokens = pointer.strip_prefix('/')?.split('/');
        tokens
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
            .try_fold(self.root()?, |node, token| match node.kind() {
                NodeKind::Array => node.item(token.parse().ok()?),
                _ => node.member(&token)?.value(),
            })
    }

    /// Returns the innermost value that touches the byte offset. In a member's name, that is the object.
    pub fn node_at(&self, offset: usize) -> Option<Node<'_>> {
        let mut node = self.root().filter(|root| root.span().touches(offset))?;
        while let Some(inner) = node.children().find(|child| child.span().touches(offset)) {
            node = inner;
        }
        Some(node)
    }
}

impl<'a> Node<'a> {
    fn data(self) -> &'a NodeData {
        &self.document.nodes[self.id]
    }

    fn at(self, id: usize) -> Node<'a> {
        Node {
            document: self.document,
            id,
        }
    }

    /// Returns the kind of value.
    pub fn kind(self) -> NodeKind {
        match self.data().content {
            Content::Null => NodeKind::Null,
            Content::Bool(_) => NodeKind::Bool,
            Content::Number(_) => NodeKind::Number,
            Content::String(_) => NodeKind::String,
            Content::Array(_) => NodeKind::Array,
            Content::Object(_) => NodeKind::Object,
            Content::Unreadable => NodeKind::Unreadable,
        }
    }

    /// Returns the place of the value, quotes and brackets included.
    pub fn span(self) -> Span {
        self.data().span
    }

    /// Returns the array or object around it.
    pub fn parent(self) -> Option<Node<'a>> {
        Some(self.at(self.data().parent?))
    }

    /// Returns the text, where it is a string.
    pub fn as_str(self) -> Option<&'a str> {
        if let Content::String(text) = &self.data().content {
            Some(text)
        } else {
            None
        }
    }

    /// Returns the items of an array, in order; nothing for other kinds.
    pub fn items(self) -> impl Iterator<Item = Node<'a>> {
        let ids: &[usize] = match &self.data().content {
            Content::Array(items) => items,
            _ => &[],
        };
        ids.iter().map(move |id| self.at(*id))
    }

    /// Returns the members of an object, in order, duplicates included; nothing for other kinds.
    pub fn members(self) -> impl DoubleEndedIterator<Item = Member<'a>> {
        let members: &[MemberData] = match &self.data().content {
            Content::Object(members) => members,
            _ => &[],
        };
        let document = self.document;
        members.iter().map(move |data| Member { document, data })
    }

    /// Returns the last member of that name.
    pub fn member(self, name: &str) -> Option<Member<'a>> {
        let Content::Object(members) = &self.data().content else {
            return None;
        };
        if members.len() <= MOST_WITHOUT_INDEX {
            return self.members().rfind(|member| member.name() == name);
        }
        let index = self.document.index.get_or_init(|| index(&self.document.nodes));
        let at = *index.get(&self.id)?.get(name)?;
        let document = self.document;
        members.get(at).map(|data| Member { document, data })
    }

    /// Returns the item of that zero-based index.
    pub fn item(self, index: usize) -> Option<Node<'a>> {
        self.items().nth(index)
    }

    /// Returns the value one step down.
    pub fn step(self, step: &Step) -> Option<Node<'a>> {
        match step {
            Step::Member(name) => self.member(name)?.value(),
            Step::Item(index) => self.item(*index),
        }
    }

    /// Returns the steps that lead here from the root.
    pub fn steps(self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut node = self;
        while let Some(parent) = node.parent() {
            let by_name = parent.members().find(|member| member.data.value == Some(node.id));
            steps.push(match by_name {
                Some(member) => Step::Member(member.data.name.clone()),
                None => Step::Item(parent.items().position(|item| item.id == node.id).unwrap_or_default()),
            });
            node = parent;
        }
        steps.reverse();
        steps
    }

    /// Returns the JSON pointer (RFC 6901) that leads here; empty for the root.
    pub fn pointer(self) -> String {
        self.steps().iter().map(Step::to_string).collect()
    }

    /// Returns the value, or `None` where the text could not be understood.
    pub fn value(self) -> Option<Value> {
        Some(match &self.data().content {
            Content::Null => Value::Null,
            Content::Bool(value) => Value::Bool(*value),
            Content::Number(number) => Value::Number(number.clone()),
            Content::String(text) => Value::String(text.clone()),
            Content::Array(_) => Value::array(self.items().filter_map(Node::value)),
            Content::Object(_) => {
                let members = self.members().filter_map(|member| {
                    let value = member.value()?.value()?;
                    Some((member.data.name.clone(), value))
                });
                if self.document.duplicates.is_empty() {
                    Value::Object(Object::of_distinct(members))
                } else {
                    Value::object(members)
                }
            }
            Content::Unreadable => return None,
        })
    }

    fn children(self) -> impl Iterator<Item = Node<'a>> {
        self.items().chain(self.members().filter_map(Member::value))
    }
}

impl<'a> Member<'a> {
    /// Returns the name.
    pub fn name(self) -> &'a str {
        &self.data.name
    }

    /// Returns the place of the name, quotes included.
    pub fn name_span(self) -> Span {
        self.data.name_span
    }

    /// Returns the value, where the text has one.
    pub fn value(self) -> Option<Node<'a>> {
        let document = self.document;
        self.data.value.map(|id| Node { document, id })
    }

    /// Returns the place of name and value together.
    pub fn span(self) -> Span {
        let end = self.value().map_or(self.data.name_span.end, |value| value.span().end);
        Span::new(self.data.name_span.start, end)
    }
}

#[cfg(test)]
mod tests;
