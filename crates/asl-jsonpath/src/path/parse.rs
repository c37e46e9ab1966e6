//! Path text to segments.

use std::sync::Arc;

use unicode_ident::{is_xid_continue, is_xid_start};

use super::filter;
use super::function::Function;
use super::literal;
use super::segment::{FunctionCall, Operand, Segment, Slice, Steps};
use super::{Path, Root};
use crate::cursor::Cursor;
use crate::error::{SyntaxError, VariableReference};

/// How many segments one path may have: a bound on the depth of evaluation.
const MAX_SEGMENTS: usize = 128;

/// How deeply filters, parentheses and function arguments may nest.
const MAX_NESTING: usize = 32;

/// Where a path stands, which decides what ends a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    in_filter: bool,
    nesting: usize,
}

impl Place {
    /// Returns the place one level further in.
    pub(super) fn nested(self, cursor: &Cursor) -> Result<Place, SyntaxError> {
        if self.nesting == MAX_NESTING {
            return Err(cursor.unexpected(&format!("Filters nest deeper than {MAX_NESTING} levels")));
        }
        Ok(Place {
            nesting: self.nesting + 1,
            ..self
        })
    }
}

/// Reads the path that comes next and stops where it ends.
pub(crate) fn path(cursor: &mut Cursor) -> Result<Path, SyntaxError> {
    let start = cursor.at();
    if !cursor.eat("$") {
        return Err(cursor.unexpected("A path begins with \"$\""));
    }
    let root = root(cursor, start);
    let place = Place {
        in_filter: false,
        nesting: 0,
    };
    let variable = match &root {
        Root::Variable(name) => Some(VariableReference {
            name: Arc::clone(name),
            span: start..cursor.at(),
        }),
        Root::Input | Root::Context => None,
    };
    let steps = Steps::new(segments(cursor, place)?);
    Ok(Path {
        text: cursor.since(start).into(),
        root,
        steps,
        variable,
    })
}

fn root(cursor: &mut Cursor, start: usize) -> Root {
    if cursor.eat("$") {
        return Root::Context;
    }
    match cursor.peek() {
        Some(next) if next == '_' || is_xid_start(next) => {
            cursor.eat_while(is_xid_continue);
            Root::Variable(cursor.since(start + 1).into())
        }
        _ => Root::Input,
    }
}

/// Reads segments until something comes that cannot continue the path.
pub(super) fn segments(cursor: &mut Cursor, place: Place) -> Result<Vec<Segment>, SyntaxError> {
    let mut segments = Vec::new();
    while matches!(cursor.peek(), Some('.' | '[')) {
        let start = cursor.at();
        if cursor.eat("..") {
            segments.push(Segment::Descendants);
            segments.push(after_dot(cursor, place)?);
        } else if cursor.eat(".") {
            segments.push(after_dot(cursor, place)?);
        } else {
            segments.push(bracket(cursor, place)?);
        }
        if segments.len() > MAX_SEGMENTS {
            return Err(cursor.error_since(start, format!("A path has more than {MAX_SEGMENTS} parts")));
        }
    }
    Ok(segments)
}

fn after_dot(cursor: &mut Cursor, place: Place) -> Result<Segment, SyntaxError> {
    match cursor.peek() {
        Some('[') => bracket(cursor, place),
        Some('*') => {
            cursor.next();
            Ok(Segment::Wildcard)
        }
        _ => name_or_function(cursor, place),
    }
}

/// Returns true for what ends a name that is written without quotes.
fn ends_name(c: char, place: Place) -> bool {
    match c {
        '.' | '[' | ']' | '(' | ')' | ',' | '*' => true,
        '<' | '>' | '=' | '~' | '!' | '&' | '|' => place.in_filter,
        _ => c.is_whitespace() || c.is_control(),
    }
}

fn name_or_function(cursor: &mut Cursor, place: Place) -> Result<Segment, SyntaxError> {
    let start = cursor.at();
    let mut name = String::new();
    while let Some(next) = cursor.peek().filter(|&next| !ends_name(next, place)) {
        cursor.next();
        if next == '\\' {
            let wanted = "A character is expected after the backslash";
            name.push(cursor.next().ok_or_else(|| cursor.unexpected(wanted))?);
        } else {
            name.push(next);
        }
    }
    if name.is_empty() {
        return Err(cursor.unexpected("A name is expected"));
    }
    if cursor.peek() != Some('(') {
        return Ok(Segment::Name(name.into()));
    }
    let Some(function) = Function::named(&name) else {
        return Err(cursor.error_since(start, format!("There is no path function \"{name}\"")));
    };
    let arguments = arguments(cursor, place.nested(cursor)?)?.into();
    Ok(Segment::Function(Box::new(FunctionCall { function, arguments })))
}

fn arguments(cursor: &mut Cursor, place: Place) -> Result<Vec<Operand>, SyntaxError> {
    cursor.expect("(")?;
    cursor.skip_blanks();
    let mut arguments = Vec::new();
    if cursor.eat(")") {
        return Ok(arguments);
    }
    loop {
        cursor.skip_blanks();
        arguments.push(operand(cursor, place)?);
        cursor.skip_blanks();
        if cursor.eat(")") {
            return Ok(arguments);
        }
        cursor.expect(",")?;
    }
}

/// Reads a path from `$` or `@`, or a literal.
pub(super) fn operand(cursor: &mut Cursor, place: Place) -> Result<Operand, SyntaxError> {
    let from_current = match cursor.peek() {
        Some('@') => true,
        Some('$') => false,
        _ => return Ok(Operand::Literal(literal::literal(cursor)?)),
    };
    cursor.next();
    let place = Place {
        in_filter: true,
        ..place
    };
    let steps = Steps::new(segments(cursor, place)?);
    Ok(Operand::Path { from_current, steps })
}

fn bracket(cursor: &mut Cursor, place: Place) -> Result<Segment, SyntaxError> {
    cursor.expect("[")?;
    cursor.skip_blanks();
    let segment = match cursor.peek() {
        Some(quote @ ('\'' | '"')) => names(cursor, quote)?,
        Some('*') => {
            cursor.next();
            Segment::Wildcard
        }
        Some('?') => {
            cursor.next();
            cursor.expect("(")?;
            let filter = filter::parse::any(cursor, place.nested(cursor)?)?;
            cursor.expect(")")?;
            Segment::Filter(Box::new(filter))
        }
        _ => indexes(cursor)?,
    };
    cursor.expect("]")?;
    Ok(segment)
}

fn names(cursor: &mut Cursor, quote: char) -> Result<Segment, SyntaxError> {
    let mut names: Vec<Arc<str>> = vec![quoted_name(cursor, quote)?.into()];
    cursor.skip_blanks();
    while cursor.eat(",") {
        cursor.skip_blanks();
        names.push(quoted_name(cursor, quote)?.into());
        cursor.skip_blanks();
    }
    Ok(match <[Arc<str>; 1]>::try_from(names) {
        Ok([name]) => Segment::Name(name),
        Err(names) => Segment::Names(names.into()),
    })
}

/// Reads a quoted name. A backslash escapes the quote and itself; before anything else it is part of the name, as
/// recorded from Step Functions.
fn quoted_name(cursor: &mut Cursor, quote: char) -> Result<String, SyntaxError> {
    let start = cursor.at();
    if cursor.peek() != Some(quote) {
        return Err(cursor.unexpected(&format!("A name in {quote} is expected")));
    }
    cursor.next();
    let mut name = String::new();
    while let Some(next) = cursor.next() {
        match next {
            '\\' => match cursor.peek() {
                Some(escaped) if escaped == quote || escaped == '\\' => {
                    cursor.next();
                    name.push(escaped);
                }
                _ => name.push(next),
            },
            _ if next == quote => return Ok(name),
            _ => name.push(next),
        }
    }
    Err(cursor.error_since(start, "The name in quotes does not end"))
}

fn indexes(cursor: &mut Cursor) -> Result<Segment, SyntaxError> {
    let start = cursor.at();
    let first = index(cursor)?;
    cursor.skip_blanks();
    if cursor.eat(":") {
        return slice(cursor, start, first);
    }
    let wanted = "An index, a name in quotes, \"*\" or \"?\" is expected";
    let first = first.ok_or_else(|| cursor.unexpected(wanted))?;
    let mut indexes = vec![first];
    while cursor.eat(",") {
        cursor.skip_blanks();
        indexes.push(index(cursor)?.ok_or_else(|| cursor.unexpected("An index is expected"))?);
        cursor.skip_blanks();
    }
    Ok(match indexes[..] {
        [index] => Segment::Index(index),
        _ => Segment::Indexes(indexes.into()),
    })
}

fn slice(cursor: &mut Cursor, start: usize, from: Option<i64>) -> Result<Segment, SyntaxError> {
    cursor.skip_blanks();
    let to = index(cursor)?;
    cursor.skip_blanks();
    if cursor.eat(":") {
        cursor.skip_blanks();
        index(cursor)?;
    }
    match (from, to) {
        (Some(from), None) => Ok(Segment::Slice(Slice::From(from))),
        (None, Some(to)) => Ok(Segment::Slice(Slice::To(to))),
        (Some(from), Some(to)) => Ok(Segment::Slice(Slice::Between(from, to))),
        (None, None) => Err(cursor.error_since(start, "A slice needs a start or an end")),
    }
}

/// Reads an index where one comes next.
fn index(cursor: &mut Cursor) -> Result<Option<i64>, SyntaxError> {
    let start = cursor.at();
    cursor.eat("-");
    cursor.eat_while(|c| c.is_ascii_digit());
    let text = cursor.since(start);
    if text.is_empty() {
        return Ok(None);
    }
    let index: Result<i32, _> = text.parse();
    match index {
        Ok(index) => Ok(Some(index.into())),
        Err(_) => Err(cursor.error_since(start, format!("\"{text}\" is not an index"))),
    }
}
