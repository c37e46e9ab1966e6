//! Strict JSON text to [`Value`]: the fast path for payloads.
//!
//! The recursion is bounded by [`MAX_DEPTH`], so hostile nesting is an error and never a stack overflow.

use std::fmt;

use crate::number::Number;
use crate::value::Value;

/// How deeply arrays and objects may nest.
pub(crate) const MAX_DEPTH: usize = 512;

/// Why a text is not JSON, and where: `offset` is a byte position in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong, as a sentence without its final period.
    pub message: String,
    /// Byte position of the first character that does not fit.
    pub offset: usize,
}

impl fmt::Display for ParseError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at byte {}", self.message, self.offset)
    }
}

impl std::error::Error for ParseError {}

/// Parses one JSON text (RFC 8259). Of duplicate members the last one counts, as in Jackson.
///
/// # Errors
/// Names the first character that does not fit.
pub fn parse_value(text: &str) -> Result<Value, ParseError> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    parser.skip_whitespace();
    let value = parser.value()?;
    parser.skip_whitespace();
    if parser.at < text.len() {
        return Err(parser.error("Text follows after the end of the JSON value"));
    }
    Ok(value)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn error(&self, message: impl Into<String>) -> ParseError {
        ParseError {
            message: message.into(),
            offset: self.at,
        }
    }

    fn skip_whitespace(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Consumes the byte where it comes next, after white space.
    fn eat(&mut self, byte: u8) -> bool {
        self.skip_whitespace();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self) -> Result<Value, ParseError> {
        match self.peek() {
            Some(b'{') => self.nested(Parser::object),
            Some(b'[') => self.nested(Parser::array),
            Some(b'"') => Ok(Value::from(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => self.word(),
            None => Err(self.error("The text ends where a value is expected")),
        }
    }

    fn nested(&mut self, parse: fn(&mut Self) -> Result<Value, ParseError>) -> Result<Value, ParseError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(format!("Arrays and objects nest deeper than {MAX_DEPTH} levels")));
        }
        self.depth += 1;
        self.at += 1;
        let value = parse(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Value, ParseError> {
        let mut members = Vec::new();
        if self.eat(b'}') {
            return Ok(Value::empty_object());
        }
        loop {
            self.skip_whitespace();
            if self.peek() != Some(b'"') {
                return Err(self.error("A member name in double quotes is expected"));
            }
            let name = self.string()?;
            if !self.eat(b':') {
                return Err(self.error("A colon is expected after a member name"));
            }
            self.skip_whitespace();
            members.push((name, self.value()?));
            if self.eat(b'}') {
                return Ok(Value::object(members));
            }
            if !self.eat(b',') {
                return Err(self.error("A comma or } is expected in an object"));
            }
        }
    }

    fn array(&mut self) -> Result<Value, ParseError> {
        let mut items = Vec::new();
        if self.eat(b']') {
            return Ok(Value::from(items));
        }
        loop {
            self.skip_whitespace();
            items.push(self.value()?);
            if self.eat(b']') {
                return Ok(Value::from(items));
            }
            if !self.eat(b',') {
                return Err(self.error("A comma or ] is expected in an array"));
            }
        }
    }

    fn number(&mut self) -> Result<Value, ParseError> {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let number = Number::from_text(&rest[..end]).ok_or_else(|| self.error("This is not a JSON number"))?;
        self.at += end;
        Ok(Value::Number(number))
    }

    fn word(&mut self) -> Result<Value, ParseError> {
        for (word, value) in [
            ("null", Value::Null),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
        ] {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.error("A JSON value is expected"))
    }

    fn string(&mut self) -> Result<String, ParseError> {
        self.at += 1;
        let mut decoded = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest
                .find(|c: char| c == '"' || c == '\\' || c < ' ')
                .unwrap_or(rest.len());
            decoded.push_str(&rest[..plain]);
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(decoded);
                }
                Some(b'\\') => decoded.push(self.escape()?),
                Some(_) => return Err(self.error("A control character in a string must be escaped")),
                None => return Err(self.error("The text ends inside a string")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, ParseError> {
        let start = self.at;
        self.at += 2;
        Ok(match self.text.as_bytes().get(start + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            _ => {
                return Err(ParseError {
                    message: "This escape is not JSON".into(),
                    offset: start,
                });
            }
        })
    }

    /// A lone surrogate becomes U+FFFD: the text of a Rust string cannot hold it.
    fn unicode_escape(&mut self, start: usize) -> Result<char, ParseError> {
        let first = self.four_hex_digits(start)?;
        if (0xD800..0xDC00).contains(&first) && self.text[self.at..].starts_with("\\u") {
            let low_start = self.at;
            self.at += 2;
            let second = self.four_hex_digits(low_start)?;
            if (0xDC00..0xE000).contains(&second) {
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = low_start;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn four_hex_digits(&mut self, start: usize) -> Result<u32, ParseError> {
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += 4;
        code.ok_or(ParseError {
            message: "\\u needs four hexadecimal digits".into(),
            offset: start,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_back() {
        for text in [
            r#"{"a":[1,-2.5,null],"b":{"c":"x\ny"},"é":true}"#,
            "[]",
            "{}",
            "\"\u{1F600}\"",
            "0",
        ] {
            assert_eq!(parse_value(text).unwrap().to_string(), text);
        }
        assert_eq!(
            parse_value(r#" "\ud83d\ude00\u0041" "#).unwrap().as_str(),
            Some("\u{1F600}A")
        );
    }

    #[test]
    fn names_the_place_of_an_error() {
        for (text, offset) in [
            ("", 0),
            ("[1,]", 3),
            ("{\"a\" 1}", 5),
            ("[1] x", 4),
            ("\"a", 2),
            ("nul", 0),
            ("\"\\q\"", 1),
        ] {
            assert_eq!(parse_value(text).unwrap_err().offset, offset, "{text}");
        }
    }

    #[test]
    fn hostile_nesting_is_an_error() {
        assert!(parse_value(&"[".repeat(200_000)).is_err());
    }
}
