//! What may be written at a place in the text of a definition.
//!
//! Answers are made for text that is being typed: they need no valid definition, only the tree that the recovering
//! parser gives.

mod values;
mod words;

use asl_json::{Document, Member, Node, NodeKind, Step, Value};

use crate::choice_rule::Operator;
use crate::definition::{Definition, QueryLanguage};
use crate::schema::{self, Kind, Part, PartKind};

/// The proposals for a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// Byte offset where the text to be replaced begins; it ends at the place asked for.
    pub from: usize,
    /// The proposals, best first.
    pub items: Vec<Completion>,
}

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What a list shows.
    pub label: String,
    /// What is written, quotes included where they are missing.
    pub insert: String,
    /// A few words about it.
    pub detail: &'static str,
    /// What it is.
    pub kind: CompletionKind,
}

/// What a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A field.
    Field,
    /// The name of a state.
    State,
    /// A word out of a closed list.
    Word,
    /// An error name.
    Error,
    /// A function.
    Function,
    /// A variable, or a root such as `$states.input`.
    Variable,
}

/// Returns what may be written at a byte offset of the text that the definition was parsed from.
pub fn completions(definition: &Definition, offset: usize) -> Completions {
    let document = &*definition.document;
    let asked = Asked {
        document,
        definition,
        offset,
    };
    let is_place = document.text().is_char_boundary(offset);
    is_place.then(|| asked.answer()).flatten().unwrap_or(Completions {
        from: offset,
        items: Vec::new(),
    })
}

/// A question: what fits here?
struct Asked<'a> {
    document: &'a Document,
    definition: &'a Definition,
    offset: usize,
}

/// A string or the place of one, which proposals are to fill.
struct Slot {
    /// Where the string begins, its quote included.
    from: usize,
    /// True where nothing is written yet between `from` and the offset, or no quote is.
    is_bare: bool,
}

impl<'a> Asked<'a> {
    fn answer(&self) -> Option<Completions> {
        let node = self.document.node_at(self.offset)?;
        match node.kind() {
            NodeKind::Object => self.in_object(node),
            NodeKind::Array => Some(self.value(&node.steps(), &Slot::bare(self.offset))),
            _ if self.offset > node.span().start => Some(self.value(&node.steps(), &Slot::of(node))),
            _ => None,
        }
    }

    fn in_object(&self, object: Node<'a>) -> Option<Completions> {
        let typed = object.members().find(|member| member.name_span().touches(self.offset));
        if let Some(member) = typed.filter(|member| self.offset > member.name_span().start) {
            return Some(self.names(object, member.name_span().start, Some(member)));
        }
        let before = object.members().rfind(|member| member.name_span().end <= self.offset);
        if let Some(member) = before.filter(|member| member.value().is_none() && self.follows(b':')) {
            let mut steps = object.steps();
            steps.push(Step::Member(member.name().into()));
            return Some(self.value(&steps, &Slot::bare(self.offset)));
        }
        let can_begin = self.follows(b'{') || self.follows(b',') || self.is_on_line_of_its_own();
        can_begin.then(|| self.names(object, self.offset, None))
    }

    fn before(&self) -> &str {
        &self.document.text()[..self.offset]
    }

    /// Returns true where this byte comes before the place, white space aside.
    fn follows(&self, byte: u8) -> bool {
        self.before().trim_end().as_bytes().last() == Some(&byte)
    }

    fn is_on_line_of_its_own(&self) -> bool {
        self.before()
            .lines()
            .next_back()
            .is_some_and(|line| line.trim().is_empty())
            || self.before().ends_with('\n')
    }

    /// Proposes the fields that the object may have and does not have yet.
    fn names(&self, object: Node, from: usize, typed: Option<Member>) -> Completions {
        let steps = object.steps();
        let is_there = |name: &str| {
            let others = object
                .members()
                .filter(|member| typed.is_none_or(|typed| member.name_span() != typed.name_span()));
            others.into_iter().any(|member| member.name() == name)
        };
        let names = self.fields(&steps).into_iter().filter(|(name, _)| !is_there(name));
        let has_value = typed.is_some_and(|member| member.value().is_some());
        let rest = if self.document.text()[self.offset..].starts_with('"') {
            ""
        } else if has_value {
            "\""
        } else {
            "\": "
        };
        let items = names.map(|(name, detail)| Completion {
            insert: format!("\"{name}{rest}"),
            label: name,
            detail,
            kind: CompletionKind::Field,
        });
        Completions {
            from,
            items: items.collect(),
        }
    }

    /// Returns the names that an object may have, with a few words about each.
    fn fields(&self, steps: &[Step]) -> Vec<(String, &'static str)> {
        let Some(part) = self.part(steps) else {
            let is_state = matches!(steps, [.., Step::Member(states), Step::Member(_)] if **states == *"States");
            let start = if is_state {
                &["Type", "Comment", "QueryLanguage"][..]
            } else {
                &[]
            };
            return start.iter().map(|name| ((*name).to_owned(), "")).collect();
        };
        let usable = part
            .fields
            .iter()
            .filter(|field| field.language.is_none_or(|only| only == part.language));
        let mut names: Vec<_> = usable
            .map(|field| (field.name.to_owned(), describe(field.kind, field.is_required)))
            .collect();
        let is_rule = matches!(part.kind, PartKind::ChoiceRule | PartKind::NestedRule);
        if is_rule && part.language == QueryLanguage::JsonPath {
            names.extend(Operator::names().map(|name| (name, "comparison")));
        }
        names
    }

    fn part(&self, steps: &[Step]) -> Option<Part<'_>> {
        schema::parts(self.definition)
            .into_iter()
            .find(|part| part.location.steps() == steps)
    }
}

impl Slot {
    fn of(node: Node) -> Slot {
        Slot {
            from: node.span().start,
            is_bare: node.kind() != NodeKind::String,
        }
    }

    fn bare(offset: usize) -> Slot {
        Slot {
            from: offset,
            is_bare: true,
        }
    }
}

/// Returns a few words about the values that a field takes.
fn describe(kind: Kind, is_required: bool) -> &'static str {
    match kind {
        _ if is_required => "required",
        Kind::Path(_) | Kind::ReferencePath(_) | Kind::PathOrIntrinsic => "path",
        Kind::Template | Kind::AnyTemplate => "computed",
        Kind::Integer(..) | Kind::DynamicInteger(..) => "integer",
        Kind::Number(..) | Kind::DynamicNumber(..) => "number",
        Kind::Bool | Kind::Condition => "boolean",
        Kind::Objects(_) | Kind::Texts | Kind::DynamicItems => "array",
        Kind::Object => "object",
        Kind::Text | Kind::DynamicText | Kind::Word(_) => "string",
        Kind::DynamicTimestamp => "timestamp",
        Kind::Any => "",
    }
}

/// Returns the text as a JSON string, without the quotes.
fn escaped(text: &str) -> String {
    let written = Value::from(text).to_string();
    written[1..written.len() - 1].to_owned()
}

#[cfg(test)]
mod tests;
