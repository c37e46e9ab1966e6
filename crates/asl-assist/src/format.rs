//! The canonical form of a definition: one member or item per line, two spaces per level.

use asl_json::{Document, Node, NodeKind, Span, SyntaxError};

use crate::edit::Edit;

/// How deeply values may nest; the parser stops earlier.
const MOST_LEVELS: usize = 512;

/// Returns the text in its canonical form. The order of members, the text of numbers and the escapes of strings stay as
/// they are; comments and stray commas go.
///
/// # Errors
/// Returns what is wrong with the text, where that cannot be mended without guessing.
pub fn format(document: &Document) -> Result<String, Vec<SyntaxError>> {
    if document.errors().is_empty() {
        return Ok(write_document(document));
    }
    let mended = Document::parse(without_litter(document));
    if mended.errors().is_empty() {
        Ok(write_document(&mended))
    } else {
        Err(document.errors().to_vec())
    }
}

/// Returns the edits that bring the text into its canonical form, in the order of the text. They touch only what differs,
/// so that an editor keeps caret and folds.
///
/// # Errors
/// As [`format()`].
pub fn format_edits(document: &Document) -> Result<Vec<Edit>, Vec<SyntaxError>> {
    let formatted = format(document)?;
    let text = document.text();
    Ok(space_edits(text, &formatted).unwrap_or_else(|| vec![Edit::new(Span::new(0, text.len()), formatted)]))
}

/// Returns the edits from one text to another that differs in white space only; nothing where more differs.
fn space_edits(old: &str, new: &str) -> Option<Vec<Edit>> {
    let (before, after) = (old.as_bytes(), new.as_bytes());
    let (mut at, mut to) = (0, 0);
    let mut edits = Vec::new();
    while at < before.len() || to < after.len() {
        if at < before.len() && before.get(at) == after.get(to) {
            (at, to) = (at + 1, to + 1);
            continue;
        }
        let (end, until) = (end_of_space(before, at), end_of_space(after, to));
        if (end, until) == (at, to) {
            return None;
        }
        edits.push(Edit::new(Span::new(at, end), &new[to..until]));
        (at, to) = (end, until);
    }
    Some(edits)
}

fn end_of_space(bytes: &[u8], from: usize) -> usize {
    let length = bytes[from..]
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    from + length
}

/// Returns the text without comments and commas that JSON does not allow.
fn without_litter(document: &Document) -> String {
    let source = document.text();
    let removals = document.errors().iter().filter_map(|error| error.fix.as_ref());
    let removals =
        removals.filter(|fix| fix.replacement.is_empty() && is_litter(&source[fix.span.start..fix.span.end]));
    let edits: Vec<Edit> = removals.map(|fix| Edit::new(fix.span, "")).collect();
    Edit::apply(source, &edits)
}

fn is_litter(text: &str) -> bool {
    text == "," || text == "\u{feff}" || text.starts_with("//") || text.starts_with("/*") || text.starts_with('#')
}

fn write_document(document: &Document) -> String {
    let mut text = String::with_capacity(document.text().len());
    if let Some(root) = document.root() {
        write(document, root, 0, &mut text);
    }
    text.push('\n');
    text
}

fn write(document: &Document, node: Node<'_>, level: usize, out: &mut String) {
    let raw = &document.text()[node.span().start..node.span().end];
    let is_empty = node.items().next().is_none() && node.members().next().is_none();
    match node.kind() {
        NodeKind::Object if is_empty => out.push_str("{}"),
        NodeKind::Array if is_empty => out.push_str("[]"),
        NodeKind::Object if level < MOST_LEVELS => {
            out.push('{');
            for (index, member) in node.members().enumerate() {
                begin_line(index, level + 1, out);
                let name = member.name_span();
                out.push_str(&document.text()[name.start..name.end]);
                out.push_str(": ");
                if let Some(value) = member.value() {
                    write(document, value, level + 1, out);
                }
            }
            begin_line(0, level, out);
            out.push('}');
        }
        NodeKind::Array if level < MOST_LEVELS => {
            out.push('[');
            for (index, item) in node.items().enumerate() {
                begin_line(index, level + 1, out);
                write(document, item, level + 1, out);
            }
            begin_line(0, level, out);
            out.push(']');
        }
        _ => out.push_str(raw),
    }
}

fn begin_line(index: usize, level: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", level));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let once = format(&Document::parse(text)).unwrap();
        assert_eq!(once, expected);
        let edits = format_edits(&Document::parse(text)).unwrap();
        assert_eq!(Edit::apply(text, &edits), expected, "{edits:?}");
        assert_eq!(
            format(&Document::parse(once.as_str())).unwrap(),
            once,
            "it is a fixed point"
        );
    }

    #[test]
    fn keeps_order_numbers_and_escapes() {
        check(
            r#"{"b":1.50e2,"a":[1,{}],"c":"\u00e9","d":[]}"#,
            "{\n  \"b\": 1.50e2,\n  \"a\": [\n    1,\n    {}\n  ],\n  \"c\": \"\\u00e9\",\n  \"d\": []\n}\n",
        );
        check("[]", "[]\n");
    }

    #[test]
    fn edits_touch_only_what_differs() {
        let text = "{\n  \"é\": [ ],\n  \"b\":1\n}\n";
        let edits = format_edits(&Document::parse(text)).unwrap();
        let touched: Vec<(&str, &str)> = edits
            .iter()
            .map(|edit| (&text[edit.span.start..edit.span.end], edit.insert.as_str()))
            .collect();
        assert_eq!(touched, [(" ", ""), ("", " ")]);
    }

    #[test]
    fn comments_and_stray_commas_go() {
        check("{\"a\": 1, // one\n}", "{\n  \"a\": 1\n}\n");
        check("/* x */ [1,]", "[\n  1\n]\n");
    }

    #[test]
    fn what_is_not_certain_is_left_alone() {
        assert!(format(&Document::parse(r#"{"a": 1 "b": 2}"#)).is_err());
        assert!(format(&Document::parse("")).is_err());
    }
}
