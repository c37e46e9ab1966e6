//! The parts of a parsed path.

use std::fmt;
use std::sync::Arc;

use asl_json::Value;

use super::filter::Filter;
use super::function::Function;

/// One part of a path after its root.
#[derive(Clone, Debug)]
pub(crate) enum Segment {
    /// `.name` or `['name']`
    Name(Arc<str>),
    /// `['a','b']`
    Names(Box<[Arc<str>]>),
    /// `[0]`, negative from the end.
    Index(i64),
    /// `[0,1]`
    Indexes(Box<[i64]>),
    /// `[1:3]`
    Slice(Slice),
    /// `.*` or `[*]`
    Wildcard,
    /// `..`: the parts that follow are tried at every depth.
    Descendants,
    /// `[?(@.price < 10)]`
    Filter(Box<Filter>),
    /// `.length()`
    Function(Box<FunctionCall>),
}

/// A slice of an array. A third number, the step, is read but has no effect, as in Jayway.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Slice {
    From(i64),
    To(i64),
    Between(i64, i64),
}

/// A function applied to what the path has found so far.
#[derive(Clone, Debug)]
pub(crate) struct FunctionCall {
    pub(crate) function: Function,
    pub(crate) arguments: Box<[Operand]>,
}

/// A path below a value: what follows `$` in a path, or `$` or `@` in a filter.
#[derive(Clone, Debug)]
pub(crate) struct Steps {
    pub(crate) segments: Box<[Segment]>,
    /// The steps lead to one place.
    pub(crate) definite: bool,
    /// How many segments at the start gather the array that the function after them is applied to (`$..price.sum()`);
    /// zero where functions apply to each value found.
    pub(crate) gathered: usize,
}

impl Steps {
    pub(crate) fn new(segments: Vec<Segment>) -> Steps {
        let first_function = segments
            .iter()
            .position(|segment| matches!(segment, Segment::Function(_)));
        let gathered = match (segments.first(), first_function) {
            (Some(Segment::Descendants), Some(function)) => function,
            _ => 0,
        };
        let last = segments.len().saturating_sub(1);
        let definite = segments[gathered..]
            .iter()
            .enumerate()
            .all(|(index, segment)| match segment {
                Segment::Name(_) | Segment::Index(_) | Segment::Function(_) => true,
                Segment::Names(_) => gathered + index == last,
                _ => false,
            });
        Steps {
            segments: segments.into(),
            definite,
            gathered,
        }
    }

    /// Writes the first `count` segments in Jayway's normalized form.
    pub(crate) fn normalized(&self, count: usize) -> String {
        let mut text = String::from("$");
        for segment in &self.segments[..count] {
            text.push_str(&segment.to_string());
        }
        text
    }
}

/// A side of a comparison, or an argument of a function.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    Literal(Value),
    /// A path from the document (`$`) or from the value under test (`@`).
    Path {
        from_current: bool,
        steps: Steps,
    },
}

impl fmt::Display for Segment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Segment::Name(name) => write!(out, "['{name}']"),
            Segment::Names(names) => write!(out, "['{}']", names.join("','")),
            Segment::Index(index) => write!(out, "[{index}]"),
            Segment::Indexes(indexes) => {
                let indexes: Vec<_> = indexes.iter().map(i64::to_string).collect();
                write!(out, "[{}]", indexes.join(","))
            }
            Segment::Slice(Slice::From(from)) => write!(out, "[{from}:]"),
            Segment::Slice(Slice::To(to)) => write!(out, "[:{to}]"),
            Segment::Slice(Slice::Between(from, to)) => write!(out, "[{from}:{to}]"),
            Segment::Wildcard => out.write_str("[*]"),
            Segment::Descendants => out.write_str(".."),
            Segment::Filter(_) => out.write_str("[?]"),
            Segment::Function(call) => write!(out, ".{}()", call.function.name()),
        }
    }
}
