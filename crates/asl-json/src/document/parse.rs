//! The recovering parser: reads on after an error, at the place where the author most likely meant to go on.

mod scalar;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxBuildHasher;

use super::{Content, Document, DuplicateName, Fix, MOST_WITHOUT_INDEX, MemberData, NodeData, SyntaxError};
use crate::parse::MAX_DEPTH;
use crate::span::Span;

/// After so many errors the rest are not worth reading.
const MAX_ERRORS: usize = 100;

/// About as many bytes a value takes in the text, its name and the space around it included.
const BYTES_OF_A_NODE: usize = 32;

pub(super) fn document(text: Arc<str>) -> Document {
    let mut parser = Parser {
        text: &text,
        at: 0,
        open: Vec::new(),
        is_cut_off: false,
        nodes: Vec::with_capacity(text.len() / BYTES_OF_A_NODE),
        items: Vec::new(),
        members: Vec::new(),
        errors: Vec::new(),
        duplicates: Vec::new(),
        known: HashSet::default(),
    };
    parser.whole_text();
    let Parser {
        nodes,
        mut errors,
        duplicates,
        ..
    } = parser;
    errors.sort_by_key(|error| error.span.start);
    Document {
        text,
        nodes,
        errors,
        duplicates,
        index: OnceLock::new(),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// The closing brackets that are still to come, outermost first.
    open: Vec<u8>,
    /// True once the text has been reported to end too early.
    is_cut_off: bool,
    nodes: Vec<NodeData>,
    /// The items so far of the arrays that are open, and the members of the objects: each gets a list of the right length
    /// when it is closed.
    items: Vec<usize>,
    members: Vec<MemberData>,
    errors: Vec<SyntaxError>,
    duplicates: Vec<DuplicateName>,
    /// The names and short strings so far: few are written once only, and all of a kind share one.
    known: HashSet<Arc<str>, FxBuildHasher>,
}

/// What comes between two items or members.
#[derive(PartialEq, Eq)]
enum Separator {
    /// Another one follows.
    More,
    /// The array or object is over.
    End,
}

impl Parser<'_> {
    fn whole_text(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
            self.error_with_fix(
                "A byte order mark does not belong in JSON",
                Span::new(0, self.at),
                "Remove the mark",
                "",
            );
        }
        self.skip_space();
        if self.at == self.text.len() {
            self.error(
                "The text is empty; a JSON value is expected",
                Span::new(self.at, self.at),
            );
            return;
        }
        // A stray bracket before the value must not hide the value.
        while matches!(self.peek(), Some(b'}' | b']' | b',' | b':')) {
            self.error("A JSON value is expected here", Span::new(self.at, self.at + 1));
            self.at += 1;
            self.skip_space();
        }
        if self.at < self.text.len() {
            self.value(None);
        }
        self.skip_space();
        if self.at < self.text.len() {
            let rest = Span::new(self.at, self.text.trim_end().len().max(self.at + 1));
            self.error_with_fix(
                "Text follows after the end of the JSON value",
                rest,
                "Remove the rest of the text",
                "",
            );
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn error(&mut self, message: impl Into<String>, span: Span) {
        self.report(message.into(), span, None);
    }

    fn error_with_fix(&mut self, message: impl Into<String>, span: Span, title: &str, replacement: &str) {
        self.error_with_edit(message, span, title, span, replacement);
    }

    fn error_with_edit(&mut self, message: impl Into<String>, span: Span, title: &str, edit: Span, replacement: &str) {
        let fix = Fix {
            title: title.to_owned(),
            span: edit,
            replacement: replacement.to_owned(),
        };
        self.report(message.into(), span, Some(fix));
    }

    fn report(&mut self, message: String, span: Span, fix: Option<Fix>) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(SyntaxError { message, span, fix });
        }
    }

    /// Skips white space, and comments after reporting them.
    fn skip_space(&mut self) {
        loop {
            while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
                self.at += 1;
            }
            // Only a comment, or space of another kind, needs a second look.
            if matches!(self.peek(), Some(b'!'..=b'"' | b'$'..=b'.' | b'0'..=b'~')) {
                return;
            }
            let rest = self.rest();
            let length = if rest.starts_with("//") || rest.starts_with('#') {
                rest.find(['\n', '\r']).unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else if let Some(space) = rest.chars().next().filter(|c| c.is_whitespace()) {
                let span = Span::new(self.at, self.at + space.len_utf8());
                self.error_with_fix(
                    "This kind of space does not belong in JSON",
                    span,
                    "Use a plain space",
                    " ",
                );
                self.at = span.end;
                continue;
            } else {
                return;
            };
            let span = Span::new(self.at, self.at + length);
            self.error_with_fix("JSON has no comments", span, "Remove the comment", "");
            self.at = span.end;
        }
    }

    fn push(&mut self, parent: Option<usize>, span: Span, content: Content) -> usize {
        self.nodes.push(NodeData { span, parent, content });
        self.nodes.len() - 1
    }

    /// Reads the value that begins here; the caller has seen that something does.
    fn value(&mut self, parent: Option<usize>) -> usize {
        match self.peek() {
            Some(b'{' | b'[') if self.open.len() >= MAX_DEPTH => self.too_deep(parent),
            Some(b'{') => self.object(parent),
            Some(b'[') => self.array(parent),
            _ => self.scalar(parent),
        }
    }

    fn too_deep(&mut self, parent: Option<usize>) -> usize {
        let span = Span::new(self.at, self.text.len());
        self.error(format!("Arrays and objects nest deeper than {MAX_DEPTH} levels"), span);
        self.at = span.end;
        self.push(parent, span, Content::Unreadable)
    }

    fn array(&mut self, parent: Option<usize>) -> usize {
        let start = self.at;
        let id = self.push(parent, Span::default(), Content::Unreadable);
        self.at += 1;
        self.open.push(b']');
        let first = self.items.len();
        let mut more = !self.is_closed_at_once();
        while more {
            self.skip_space();
            match self.peek() {
                Some(b',') => self.stray_comma(),
                Some(b']' | b'}' | b':') | None => {}
                Some(_) => {
                    let item = self.value(Some(id));
                    self.items.push(item);
                }
            }
            more = self.separator(start) == Separator::More;
        }
        self.open.pop();
        let items = self.items.split_off(first);
        self.nodes[id].span = Span::new(start, self.at);
        self.nodes[id].content = Content::Array(items);
        id
    }

    fn object(&mut self, parent: Option<usize>) -> usize {
        let start = self.at;
        let id = self.push(parent, Span::default(), Content::Unreadable);
        self.at += 1;
        self.open.push(b'}');
        let first = self.members.len();
        let mut more = !self.is_closed_at_once();
        while more {
            self.skip_space();
            match self.peek() {
                Some(b',') => self.stray_comma(),
                Some(b']' | b'}') | None => {}
                Some(_) => {
                    let member = self.member(id);
                    self.members.push(member);
                }
            }
            more = self.separator(start) == Separator::More;
        }
        self.open.pop();
        let members = self.members.split_off(first);
        self.note_duplicates(&members);
        self.nodes[id].span = Span::new(start, self.at);
        self.nodes[id].content = Content::Object(members);
        id
    }

    fn is_closed_at_once(&mut self) -> bool {
        self.skip_space();
        let closed = self.peek() == self.open.last().copied();
        self.at += usize::from(closed);
        closed
    }

    fn stray_comma(&mut self) {
        let span = Span::new(self.at, self.at + 1);
        self.error_with_fix("A value is missing before this comma", span, "Remove the comma", "");
    }

    fn member(&mut self, object: usize) -> MemberData {
        let (name, name_span) = self.name();
        let mut member = MemberData {
            name,
            name_span,
            value: None,
        };
        self.skip_space();
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(b'=') => {
                let span = Span::new(self.at, self.at + 1);
                self.error_with_fix(
                    "A name and its value are separated by a colon",
                    span,
                    "Use a colon",
                    ":",
                );
                self.at += 1;
            }
            Some(b',' | b'}' | b']') | None => {
                let message = format!("The member \"{}\" has no value", member.name);
                self.error(message, name_span);
                return member;
            }
            Some(_) => {
                let gap = Span::new(name_span.end, name_span.end);
                self.error_with_edit(
                    "A colon is missing after this name",
                    name_span,
                    "Insert a colon",
                    gap,
                    ":",
                );
            }
        }
        self.skip_space();
        if matches!(self.peek(), Some(b',' | b'}' | b']') | None) {
            let message = format!("The member \"{}\" has no value", member.name);
            self.error(message, name_span);
            return member;
        }
        member.value = self.value_unless_name(object);
        if member.value.is_none() {
            let message = format!("The member \"{}\" has no value", member.name);
            self.error(message, name_span);
        }
        member
    }

    /// Reads a member's value. A string with a colon behind it is the name of the next member: nothing is read then.
    fn value_unless_name(&mut self, object: usize) -> Option<usize> {
        let (start, errors) = (self.at, self.errors.len());
        let is_string = self.peek() == Some(b'"');
        let id = self.value(Some(object));
        if !is_string {
            return Some(id);
        }
        let (end, errors_inside) = (self.at, self.errors.len());
        self.skip_space();
        let is_name = self.peek() == Some(b':');
        self.errors.truncate(if is_name { errors } else { errors_inside });
        self.at = if is_name { start } else { end };
        if is_name {
            self.nodes.truncate(id);
        }
        (!is_name).then_some(id)
    }

    /// Reads a member's name, quoted or not. Always moves on.
    fn name(&mut self) -> (Arc<str>, Span) {
        if matches!(self.peek(), Some(b'"' | b'\'')) {
            let (name, span) = self.string();
            return (self.shared(&name), span);
        }
        let start = self.at;
        self.at += self.word_length().max(self.character_length());
        let span = Span::new(start, self.at);
        let text = self.text;
        let name = self.shared(&text[start..self.at]);
        let quoted = format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
        self.error_with_fix("A name needs double quotes", span, "Put it in double quotes", &quoted);
        (name, span)
    }

    fn shared(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let name: Arc<str> = name.into();
        self.known.insert(name.clone());
        name
    }

    /// Finds out how the array or object goes on, after an item or member or in place of one.
    fn separator(&mut self, start: usize) -> Separator {
        let after = self.at;
        self.skip_space();
        let close = self.open.last().copied().unwrap_or_default();
        match self.peek() {
            Some(b',') => self.comma(close),
            Some(byte) if byte == close => {
                self.at += 1;
                Separator::End
            }
            Some(b'}' | b']') => self.wrong_bracket(start, close),
            Some(b':') => {
                self.error("A colon does not belong here", Span::new(self.at, self.at + 1));
                self.at += 1;
                Separator::More
            }
            Some(_) => {
                let next = Span::new(self.at, self.at + self.word_length().max(self.character_length()));
                let gap = Span::new(after, after);
                self.error_with_edit("A comma is missing before this", next, "Insert a comma", gap, ",");
                Separator::More
            }
            None => {
                self.unclosed(start);
                Separator::End
            }
        }
    }

    fn comma(&mut self, close: u8) -> Separator {
        let comma = Span::new(self.at, self.at + 1);
        self.at += 1;
        self.skip_space();
        match self.peek() {
            Some(byte) if byte == close => {
                self.error_with_fix(
                    "A comma before the closing bracket is not JSON",
                    comma,
                    "Remove the comma",
                    "",
                );
                self.at += 1;
                Separator::End
            }
            _ => Separator::More,
        }
    }

    /// A bracket that an outer array or object waits for ends this one too; any other is skipped.
    fn wrong_bracket(&mut self, start: usize, close: u8) -> Separator {
        let span = Span::new(self.at, self.at + 1);
        let found = self.peek().unwrap_or_default();
        let wanted = char::from(close).to_string();
        let message = format!(
            "\"{}\" is expected here, which closes the \"{}\" opened before",
            wanted,
            &self.text[start..=start]
        );
        if self.open[..self.open.len() - 1].contains(&found) {
            let gap = Span::new(self.at, self.at);
            self.error_with_edit(message, span, &format!("Insert {wanted}"), gap, &wanted);
            return Separator::End;
        }
        self.error_with_fix(message, span, &format!("Change to {wanted}"), &wanted);
        self.at += 1;
        Separator::End
    }

    /// Reports the innermost open bracket; its edit closes the outer ones too.
    fn unclosed(&mut self, start: usize) {
        if std::mem::replace(&mut self.is_cut_off, true) {
            return;
        }
        let opened = Span::new(start, start + 1);
        let end = Span::new(self.text.len(), self.text.len());
        let wanted: String = self.open.iter().rev().map(|close| char::from(*close)).collect();
        let message = format!("\"{}\" is never closed", &self.text[start..=start]);
        self.error_with_edit(message, opened, &format!("Add {wanted} at the end"), end, &wanted);
    }

    /// Equal names are one and the same here.
    fn note_duplicates(&mut self, members: &[MemberData]) {
        let is_large = members.len() > MOST_WITHOUT_INDEX;
        let mut seen: HashMap<&str, Span, FxBuildHasher> = HashMap::default();
        for (at, member) in members.iter().enumerate() {
            let first = if is_large {
                *seen.entry(&member.name).or_insert(member.name_span)
            } else {
                let mut up_to_here = members[..=at].iter();
                up_to_here
                    .find(|earlier| Arc::ptr_eq(&earlier.name, &member.name))
                    .map_or(member.name_span, |first| first.name_span)
            };
            if first != member.name_span {
                self.duplicates.push(DuplicateName {
                    name: member.name.clone(),
                    span: member.name_span,
                    first,
                });
            }
        }
    }

    /// Returns how many bytes long the character here is; zero at the end.
    fn character_length(&self) -> usize {
        self.rest().chars().next().map_or(0, char::len_utf8)
    }

    /// Returns how many bytes long the run of letters, digits and the like is that begins here.
    fn word_length(&self) -> usize {
        let rest = self.rest();
        let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '+' | '-');
        rest.find(|c| !in_word(c)).unwrap_or(rest.len())
    }
}
