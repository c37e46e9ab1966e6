//! What may be written at a place.

mod expression;
mod jsonata;
mod jsonpath;
mod name;
mod value;

use asl_json::{Document, Span, Value};

use crate::caret::{Caret, is_in_quotes};
use crate::catalog::Documentation;
use crate::literal::Literal;
use crate::place::Place;
use crate::sample::Sample;
use crate::snippet::{self, Insert};

pub(crate) use expression::{assigned_by, assigning_states, preview};
pub(crate) use jsonata::{function_documentation, signature, states_member_doc};

/// What may be written at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// What has been typed of the word so far, up to the caret: what labels are matched against.
    pub word: Span,
    /// What a proposal replaces.
    pub replace: Span,
    /// The proposals that fit the word, best first.
    pub items: Vec<Completion>,
}

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// What is inserted.
    pub insert: Insert,
    /// A few words beside the label; may be empty.
    pub detail: String,
    /// The help text, where there is one.
    pub documentation: Option<Documentation>,
    /// What it is.
    pub kind: CompletionKind,
}

/// What a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A field of an object of the definition.
    Field,
    /// A parameter of a service integration.
    Parameter,
    /// The name of a state.
    State,
    /// A word out of a closed list.
    Word,
    /// An error name.
    Error,
    /// The ARN of a resource.
    Resource,
    /// A comparison operator.
    Operator,
    /// A function.
    Function,
    /// A variable.
    Variable,
    /// Part of a path: a name in data or in the context object.
    Path,
    /// A text with places to fill in.
    Snippet,
}

impl Completion {
    fn new(kind: CompletionKind, label: impl Into<String>) -> Completion {
        Completion {
            label: label.into(),
            insert: Insert::default(),
            detail: String::new(),
            documentation: None,
            kind,
        }
    }

    fn detail(mut self, detail: impl Into<String>) -> Completion {
        self.detail = detail.into();
        self
    }

    fn documented(mut self, documentation: Option<Documentation>) -> Completion {
        self.documentation = documentation;
        self
    }

    fn inserting(mut self, insert: Insert) -> Completion {
        self.insert = insert;
        self
    }
}

/// Returns what may be written at a byte offset. `sample` is what an earlier run worked with; it may be empty.
pub fn complete(document: &Document, offset: usize, sample: &Sample) -> Completions {
    let offset = document.text().floor_char_boundary(offset.min(document.text().len()));
    let asked = Asked {
        document,
        offset,
        sample,
    };
    let found = match Caret::at(document, offset) {
        Some(Caret::Name { object, member }) => asked.names(object, member),
        Some(Caret::Value { container, step, value }) => asked.values(container, &step, value),
        None => asked.whole(),
    };
    found.unwrap_or_default().fitting(document.text())
}

/// A question, and what everything that answers it looks at.
#[derive(Clone, Copy)]
struct Asked<'a> {
    document: &'a Document,
    offset: usize,
    sample: &'a Sample,
}

/// Where a value is to be written.
struct Slot {
    /// The string around the caret, where it stands in one.
    literal: Option<Literal>,
    /// What a value replaces.
    replace: Span,
    /// A space, where none stands behind the colon.
    gap: &'static str,
}

impl Slot {
    /// Returns the insert that puts a string here.
    fn string(&self, text: &str) -> Insert {
        let quoted = Value::from(text).to_string();
        match &self.literal {
            Some(_) => Insert::plain(&quoted[1..quoted.len() - 1]),
            None => Insert::plain(format!("{}{quoted}", self.gap)),
        }
    }

    /// Returns the insert that puts a text with marked places here, which is written as inside a JSON string.
    fn marked_string(&self, marked: &str) -> Insert {
        match &self.literal {
            Some(_) => Insert::marked(marked),
            None => Insert::marked(&format!("{}\"{marked}\"", self.gap)),
        }
    }
}

impl<'a> Asked<'a> {
    fn text(&self) -> &'a str {
        self.document.text()
    }

    /// Returns a definition to begin with, for a text that has nothing yet.
    fn whole(&self) -> Option<Completions> {
        if !self.text().trim().is_empty() {
            return None;
        }
        let all = Span::new(0, self.text().len());
        let item =
            Completion::new(CompletionKind::Snippet, "State machine").inserting(Insert::marked(&snippet::machine()));
        Some(Completions {
            word: Span::new(self.offset, self.offset),
            replace: all,
            items: vec![item.detail("a definition to begin with")],
        })
    }

    /// Returns the slot of a value that is written or not.
    fn slot(&self, value: Option<Span>) -> Slot {
        let Some(span) = value else {
            let gap = if self.text()[..self.offset].ends_with(':') {
                " "
            } else {
                ""
            };
            return Slot {
                literal: None,
                replace: Span::new(self.offset, self.offset),
                gap,
            };
        };
        let is_inside = is_in_quotes(self.document, span, self.offset);
        let literal = is_inside.then(|| Literal::read(self.text(), span));
        Slot {
            replace: literal.as_ref().map_or(span, |literal| literal.inner),
            literal,
            gap: "",
        }
    }

    /// Returns proposals for a slot, matched against what stands before the caret.
    fn in_slot(&self, slot: &Slot, items: Vec<Completion>) -> Completions {
        Completions {
            word: Span::new(slot.replace.start.min(self.offset), self.offset),
            replace: slot.replace,
            items,
        }
    }

    /// Returns the white space with which the line of an offset begins.
    fn indent(&self, offset: usize) -> &'a str {
        let start = self.text()[..offset].rfind('\n').map_or(0, |end| end + 1);
        let line = &self.text()[start..offset];
        &line[..line.len() - line.trim_start().len()]
    }
}

impl Completions {
    /// Keeps the proposals that fit what has been typed: those that begin with it first, then those that have it
    /// inside, then those whose words begin with its letters.
    fn fitting(mut self, text: &str) -> Completions {
        let typed = text[self.word.start..self.word.end].to_lowercase();
        let typed = typed.trim_start_matches('"');
        let rank = |item: &Completion| {
            let label = item.label.to_lowercase();
            if label.starts_with(typed) || label.trim_start_matches('$').starts_with(typed) {
                Some(0)
            } else if typed.len() > 1 && label.contains(typed) {
                Some(1)
            } else {
                initials(&item.label).starts_with(typed).then_some(2)
            }
        };
        let mut ranked: Vec<(u8, Completion)> = self
            .items
            .into_iter()
            .filter_map(|item| Some((rank(&item)?, item)))
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        self.items = ranked.into_iter().map(|(_, item)| item).collect();
        self
    }
}

/// Returns the first letters of the words that a label consists of: `tsp` for `TimeoutSecondsPath`.
fn initials(label: &str) -> String {
    let mut before = ' ';
    let mut found = String::new();
    for character in label.chars() {
        let begins = character.is_uppercase() && !before.is_uppercase() || !before.is_alphanumeric();
        if begins && character.is_alphanumeric() {
            found.extend(character.to_lowercase());
        }
        before = character;
    }
    found
}

/// Returns the place of a member or item that may not be written yet.
fn place_of<'a>(container: &Place<'a>, step: &asl_json::Step) -> Option<Place<'a>> {
    match step {
        asl_json::Step::Member(_) => container.step(step),
        asl_json::Step::Item(index) => Some(container.item(container.node?.item(*index))),
    }
}

#[cfg(test)]
mod tests;
