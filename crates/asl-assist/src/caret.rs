//! What a caret stands in: the name of a member or a value, be it not written yet.

use asl_json::{Document, Member, Node, NodeKind, Span, Step};

use crate::literal::is_closed;

/// What the caret stands in.
#[derive(Clone, Debug)]
pub(crate) enum Caret<'a> {
    /// The name of a member, or a place for one.
    Name {
        /// The object.
        object: Node<'a>,
        /// The member, where its name is written.
        member: Option<Member<'a>>,
    },
    /// A value, or a place for one.
    Value {
        /// The array or object around it.
        container: Node<'a>,
        /// The way from there.
        step: Step,
        /// The value, where one is written.
        value: Option<Node<'a>>,
    },
}

impl<'a> Caret<'a> {
    /// Returns what a caret at this byte offset stands in; nothing in a text without an object or array.
    pub(crate) fn at(document: &'a Document, offset: usize) -> Option<Caret<'a>> {
        let offset = document.text().floor_char_boundary(offset);
        let mut node = document.node_at(offset)?;
        loop {
            let found = match node.kind() {
                NodeKind::Object if is_inside(document, node, offset) => {
                    return Some(in_object(document, node, offset));
                }
                NodeKind::Array if is_inside(document, node, offset) => return Some(in_array(node, offset)),
                NodeKind::Object | NodeKind::Array => None,
                _ => scalar(node),
            };
            match found {
                Some(caret) => return Some(caret),
                None => node = node.parent()?,
            }
        }
    }
}

/// Returns true where the offset lies between the brackets.
fn is_inside(document: &Document, node: Node<'_>, offset: usize) -> bool {
    let span = node.span();
    if offset <= span.start {
        return false;
    }
    let text = &document.text()[span.start..span.end];
    let last_child = node
        .items()
        .last()
        .or_else(|| node.members().last().and_then(Member::value));
    let closed =
        text.len() > 1 && text.ends_with(['}', ']']) && last_child.is_none_or(|child| child.span().end < span.end);
    offset < span.end || !closed
}

fn in_object<'a>(document: &'a Document, object: Node<'a>, offset: usize) -> Caret<'a> {
    let named = object.members().find(|member| member.name_span().touches(offset));
    if let Some(member) = named {
        return Caret::Name {
            object,
            member: Some(member),
        };
    }
    let before = document.text()[..offset].trim_end();
    let open = object.members().rfind(|member| member.name_span().end <= offset);
    match open {
        Some(member) if before.ends_with(':') => Caret::Value {
            container: object,
            step: Step::Member(member.name().into()),
            value: None,
        },
        _ => Caret::Name { object, member: None },
    }
}

fn in_array(array: Node<'_>, offset: usize) -> Caret<'_> {
    let index = array.items().filter(|item| item.span().end <= offset).count();
    Caret::Value {
        container: array,
        step: Step::Item(index),
        value: None,
    }
}

fn scalar(value: Node<'_>) -> Option<Caret<'_>> {
    let container = value.parent()?;
    let is_value = |member: &Member<'_>| member.value().is_some_and(|other| other.span() == value.span());
    let step = match container.members().find(is_value) {
        Some(member) => Step::Member(member.name().into()),
        None => Step::Item(container.items().position(|item| item.span() == value.span())?),
    };
    Some(Caret::Value {
        container,
        step,
        value: Some(value),
    })
}

/// Returns true where the offset lies inside the quotes of a string that stands there.
pub(crate) fn is_in_quotes(document: &Document, span: Span, offset: usize) -> bool {
    let written = &document.text()[span.start..span.end];
    let is_quoted = written.starts_with(['"', '\'']);
    is_quoted && offset > span.start && (offset < span.end || !is_closed(written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(marked: &str, expected: &str) {
        let offset = marked.find('|').unwrap();
        let document = Document::parse(marked.replacen('|', "", 1));
        let found = match Caret::at(&document, offset) {
            None => "nothing".to_owned(),
            Some(Caret::Name { object, member }) => {
                let written = member.map_or(String::new(), |member| member.name().to_owned());
                format!("name {written:?} in {:?}", object.pointer())
            }
            Some(Caret::Value { container, step, value }) => {
                let value = value
                    .and_then(Node::value)
                    .map_or(String::new(), |value| value.to_string());
                format!("value {value} at {}{step}", container.pointer())
            }
        };
        assert_eq!(found, expected, "{marked}");
    }

    #[test]
    fn names() {
        check(r#"{"a": {|}}"#, r#"name "" in "/a""#);
        check(r#"{"a": {"b|": 1}}"#, r#"name "b" in "/a""#);
        check(r#"{"a": 1, "|" "c": 2}"#, r#"name "" in """#);
        check(r#"{"a": 1, b|}"#, r#"name "b" in """#);
        check(r#"{"a": 1, |"#, r#"name "" in """#);
        check(r#"{"a": {"b": 1}|}"#, r#"name "" in """#);
        check("{\"a\": {\"b\": 1}, \"c|\n", r#"name "c" in """#);
    }

    #[test]
    fn values() {
        check(r#"{"a": |}"#, "value  at /a");
        check(r#"{"a": | "b": 1}"#, "value  at /a");
        check(r#"{"a": "x|"}"#, r#"value "x" at /a"#);
        check(r#"{"a": tr|}"#, "value  at /a");
        check(r#"{"a": ["x", |]}"#, "value  at /a/1");
        check(r#"{"a": ["x", "|"]}"#, r#"value "" at /a/1"#);
        check("|", "nothing");
        check("{}|", "nothing");
    }
}
