//! A place in an expression text, from which the parsers read forward.

use crate::error::SyntaxError;

/// Reads a text character by character and knows the byte position for errors.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(crate) fn new(text: &'t str) -> Cursor<'t> {
        Cursor { text, at: 0 }
    }

    /// Returns the byte position of the next character.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Returns the text read since `start`.
    pub(crate) fn since(&self, start: usize) -> &'t str {
        &self.text[start..self.at]
    }

    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    pub(crate) fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Reads the token where it comes next.
    pub(crate) fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// Reads as long as characters satisfy the condition, and returns what was read.
    pub(crate) fn eat_while(&mut self, belongs: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    pub(crate) fn skip_blanks(&mut self) {
        self.eat_while(char::is_whitespace);
    }

    /// Reads the token, which must come next, after blanks.
    pub(crate) fn expect(&mut self, token: &str) -> Result<(), SyntaxError> {
        self.skip_blanks();
        if self.eat(token) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("\"{token}\" is expected")))
        }
    }

    /// Returns an error at the next character.
    pub(crate) fn unexpected(&self, wanted: &str) -> SyntaxError {
        let length = self.peek().map_or(0, char::len_utf8);
        let message = match self.peek() {
            Some(next) => format!("{wanted}, but \"{next}\" follows"),
            None => format!("{wanted}, but the expression ends"),
        };
        SyntaxError {
            message,
            span: self.at..self.at + length,
        }
    }

    /// Returns an error about everything read since `start`.
    pub(crate) fn error_since(&self, start: usize, message: impl Into<String>) -> SyntaxError {
        SyntaxError {
            message: message.into(),
            span: start..self.at,
        }
    }
}
