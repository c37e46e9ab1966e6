//! Literals in filters and function arguments: JSON whose strings may stand in either kind of quotes, and words in none.

use asl_json::{Number, Value};

use crate::cursor::Cursor;
use crate::error::SyntaxError;

/// How deeply arrays and objects may nest in a literal.
const MAX_DEPTH: usize = 32;

/// Reads the literal that comes next.
pub(super) fn literal(cursor: &mut Cursor) -> Result<Value, SyntaxError> {
    value(cursor, 0)
}

fn value(cursor: &mut Cursor, depth: usize) -> Result<Value, SyntaxError> {
    if depth > MAX_DEPTH {
        return Err(cursor.unexpected(&format!("A literal nests deeper than {MAX_DEPTH} levels")));
    }
    match cursor.peek() {
        Some(quote @ ('\'' | '"')) => Ok(string(cursor, quote)?.into()),
        Some('[') => array(cursor, depth),
        Some('{') => object(cursor, depth),
        Some('-' | '0'..='9') => number(cursor),
        _ => word(cursor),
    }
}

/// Reads a word without quotes. One that JSON does not have is a string: `[?(@.status == FAILED)]` stands in many definitions
/// that are deployed.
fn word(cursor: &mut Cursor) -> Result<Value, SyntaxError> {
    let starts = cursor.peek().is_some_and(|first| first.is_alphabetic() || first == '_');
    if !starts {
        return Err(cursor.unexpected("A value is expected"));
    }
    let word = cursor.eat_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'));
    Ok(match word {
        "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => word.into(),
    })
}

fn number(cursor: &mut Cursor) -> Result<Value, SyntaxError> {
    let start = cursor.at();
    let text = cursor.eat_while(|c| matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
    match Number::from_text(text) {
        Some(number) => Ok(number.into()),
        None => Err(cursor.error_since(start, format!("\"{text}\" is not a number"))),
    }
}

fn string(cursor: &mut Cursor, quote: char) -> Result<String, SyntaxError> {
    let start = cursor.at();
    cursor.next();
    let mut text = String::new();
    while let Some(next) = cursor.next() {
        match next {
            '\\' => text.push(escaped(cursor)?),
            _ if next == quote => return Ok(text),
            _ => text.push(next),
        }
    }
    Err(cursor.error_since(start, "The string does not end"))
}

fn escaped(cursor: &mut Cursor) -> Result<char, SyntaxError> {
    let start = cursor.at();
    match cursor.next() {
        Some('n') => Ok('\n'),
        Some('r') => Ok('\r'),
        Some('t') => Ok('\t'),
        Some('b') => Ok('\u{8}'),
        Some('f') => Ok('\u{c}'),
        Some('u') => {
            let digits: String = (0..4).filter_map(|_| cursor.next()).collect();
            let code = u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 4);
            code.and_then(char::from_u32)
                .ok_or_else(|| cursor.error_since(start, "Four hexadecimal digits are expected after \"\\u\""))
        }
        Some(other) => Ok(other),
        None => Err(cursor.unexpected("A character is expected after the backslash")),
    }
}

fn array(cursor: &mut Cursor, depth: usize) -> Result<Value, SyntaxError> {
    cursor.next();
    cursor.skip_blanks();
    let mut items = Vec::new();
    if cursor.eat("]") {
        return Ok(items.into());
    }
    loop {
        cursor.skip_blanks();
        items.push(value(cursor, depth + 1)?);
        cursor.skip_blanks();
        if cursor.eat("]") {
            return Ok(items.into());
        }
        cursor.expect(",")?;
    }
}

fn object(cursor: &mut Cursor, depth: usize) -> Result<Value, SyntaxError> {
    cursor.next();
    cursor.skip_blanks();
    let mut members = Vec::new();
    if cursor.eat("}") {
        return Ok(Value::empty_object());
    }
    loop {
        cursor.skip_blanks();
        let Some(quote @ ('\'' | '"')) = cursor.peek() else {
            return Err(cursor.unexpected("A name in quotes is expected"));
        };
        let name = string(cursor, quote)?;
        cursor.expect(":")?;
        cursor.skip_blanks();
        members.push((name, value(cursor, depth + 1)?));
        cursor.skip_blanks();
        if cursor.eat("}") {
            return Ok(Value::object(members));
        }
        cursor.expect(",")?;
    }
}
