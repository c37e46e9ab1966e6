//! Filter text to [`Filter`].

use regex_lite::{Regex, RegexBuilder};

use super::Filter;
use super::compare::Operator;
use crate::cursor::Cursor;
use crate::error::SyntaxError;
use crate::path::parse::{Place, operand};
use crate::path::segment::Operand;

/// How much memory one compiled pattern may take, which also bounds the time of a match per byte of text.
const PATTERN_BYTES: usize = 64 * 1024;

/// Reads conditions joined by `||`.
pub(in crate::path) fn any(cursor: &mut Cursor, place: Place) -> Result<Filter, SyntaxError> {
    let mut filters = vec![all(cursor, place)?];
    while eat_joint(cursor, "||") {
        filters.push(all(cursor, place)?);
    }
    Ok(one_or(filters, Filter::Any))
}

fn all(cursor: &mut Cursor, place: Place) -> Result<Filter, SyntaxError> {
    let mut filters = vec![single(cursor, place)?];
    while eat_joint(cursor, "&&") {
        filters.push(single(cursor, place)?);
    }
    Ok(one_or(filters, Filter::All))
}

fn eat_joint(cursor: &mut Cursor, joint: &str) -> bool {
    cursor.skip_blanks();
    cursor.eat(joint)
}

fn one_or(mut filters: Vec<Filter>, join: fn(Vec<Filter>) -> Filter) -> Filter {
    match filters.pop() {
        Some(only) if filters.is_empty() => only,
        last => {
            filters.extend(last);
            join(filters)
        }
    }
}

fn single(cursor: &mut Cursor, place: Place) -> Result<Filter, SyntaxError> {
    cursor.skip_blanks();
    if cursor.eat("!") {
        return Ok(Filter::Not(Box::new(single(cursor, place.nested(cursor)?)?)));
    }
    if cursor.eat("(") {
        let filter = any(cursor, place.nested(cursor)?)?;
        cursor.expect(")")?;
        return Ok(filter);
    }
    condition(cursor, place)
}

fn condition(cursor: &mut Cursor, place: Place) -> Result<Filter, SyntaxError> {
    let start = cursor.at();
    let left = operand(cursor, place)?;
    cursor.skip_blanks();
    if cursor.eat("=~") {
        cursor.skip_blanks();
        let pattern = pattern(cursor)?;
        return Ok(Filter::Matches { operand: left, pattern });
    }
    let Some(operator) = operator(cursor) else {
        return match left {
            Operand::Path { .. } => Ok(Filter::Exists(left)),
            Operand::Literal(_) => Err(cursor.error_since(start, "A value alone is not a condition")),
        };
    };
    cursor.skip_blanks();
    let right = operand(cursor, place)?;
    Ok(Filter::Compare { left, operator, right })
}

fn operator(cursor: &mut Cursor) -> Option<Operator> {
    if let Some((symbol, operator)) = Operator::SYMBOLS
        .into_iter()
        .find(|(symbol, _)| cursor.rest().starts_with(symbol))
    {
        cursor.eat(symbol);
        return Some(operator);
    }
    let mut ahead = cursor.clone();
    let word = ahead.eat_while(|c| c.is_ascii_alphabetic());
    let operator = Operator::WORDS
        .into_iter()
        .find(|(name, _)| word.eq_ignore_ascii_case(name))?;
    *cursor = ahead;
    Some(operator.1)
}

/// Reads a pattern between slashes, with the flags of `java.util.regex` after it.
fn pattern(cursor: &mut Cursor) -> Result<Regex, SyntaxError> {
    let start = cursor.at();
    if !cursor.eat("/") {
        return Err(cursor.unexpected("A pattern between slashes is expected"));
    }
    let mut pattern = String::new();
    loop {
        match cursor.next() {
            Some('/') => break,
            Some('\\') => match cursor.next() {
                Some('/') => pattern.push('/'),
                Some(escaped) => pattern.extend(['\\', escaped]),
                None => return Err(cursor.error_since(start, "The pattern does not end")),
            },
            Some(next) => pattern.push(next),
            None => return Err(cursor.error_since(start, "The pattern does not end")),
        }
    }
    let flags = cursor.eat_while(|c| c.is_ascii_alphabetic());
    compile(&pattern, flags).map_err(|message| cursor.error_since(start, message))
}

/// Compiles for an engine that takes linear time, so look-around and back references are refused.
fn compile(pattern: &str, flags: &str) -> Result<Regex, String> {
    let mut builder = RegexBuilder::new(&format!(r"\A(?:{pattern})\z"));
    builder.size_limit(PATTERN_BYTES);
    for flag in flags.chars() {
        match flag {
            'i' => builder.case_insensitive(true),
            'm' => builder.multi_line(true),
            's' => builder.dot_matches_new_line(true),
            'x' => builder.ignore_whitespace(true),
            // Line terminators and Unicode classes: what this engine does anyway, or close to it.
            'd' | 'u' | 'U' => &mut builder,
            _ => return Err(format!("\"{flag}\" is not a flag of a pattern")),
        };
    }
    builder
        .build()
        .map_err(|error| format!("The pattern cannot be used: {error}"))
}
