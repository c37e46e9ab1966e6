//! What AWS's JSON parser, Jackson, says about a text that is not JSON. Its words leak through the API.

use std::fmt::Write;

/// What Jackson calls the things that can be values.
const VALUES: &str = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
/// How much of the text Jackson quotes.
const QUOTED_CHARACTERS: usize = 500;

/// The first complaint about a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JacksonError {
    /// The sentence.
    pub(crate) message: String,
    /// Byte offset just past the character or word complained about.
    pub(crate) offset: usize,
}

impl JacksonError {
    /// Returns the place as Jackson writes it: `[Source: (String)"…"; line: 1, column: 4]`.
    pub(crate) fn source(&self, text: &str) -> String {
        source(text, self.offset)
    }
}

/// Returns the first thing that is wrong with a text, or `None` where it begins with a JSON value. Jackson does not
/// look at what follows the value. A blank text is `None` too: it has no value, which callers report in their own way.
pub(crate) fn complaint(text: &str) -> Option<JacksonError> {
    let mut scanner = Scanner { text, at: 0 };
    scanner.document().err()
}

fn source(text: &str, offset: usize) -> String {
    let mut quoted: String = text.chars().take(QUOTED_CHARACTERS).collect();
    quoted.push('"');
    let count = text.chars().count();
    if count > QUOTED_CHARACTERS {
        let _ = write!(quoted, "[truncated {} chars]", count - QUOTED_CHARACTERS);
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    let column = before[line_start..].chars().map(char::len_utf16).sum::<usize>() + 1;
    format!("[Source: (String)\"{quoted}; line: {line}, column: {column}]")
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

/// An open array or object: its kind and where it began.
#[derive(Clone, Copy)]
struct Open {
    is_object: bool,
    start: usize,
}

impl Scanner<'_> {
    fn document(&mut self) -> Result<(), JacksonError> {
        let mut open: Vec<Open> = Vec::new();
        self.skip_space();
        if self.peek().is_none() {
            return Ok(());
        }
        loop {
            self.value(&mut open)?;
            loop {
                let Some(innermost) = open.last().copied() else {
                    return Ok(());
                };
                if self.ends(innermost)? {
                    open.pop();
                } else {
                    break;
                }
            }
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\n', '\r', '\t']).len();
    }

    fn error<T>(&self, message: String) -> Result<T, JacksonError> {
        Err(JacksonError {
            message,
            offset: self.at,
        })
    }

    /// Complains about the character here.
    fn unexpected<T>(&mut self, character: char, expected: &str) -> Result<T, JacksonError> {
        let shown = match u32::from(character) {
            code @ 0..32 => format!("(CTRL-CHAR, code {code})"),
            code => format!("'{character}' (code {code})"),
        };
        self.at += character.len_utf8();
        self.error(format!("Unexpected character ({shown}): {expected}"))
    }

    fn cut_off<T>(&mut self, open: Open) -> Result<T, JacksonError> {
        let kind = if open.is_object { "Object" } else { "Array" };
        let began = source(self.text, open.start);
        self.at = self.text.len();
        self.error(format!(
            "Unexpected end-of-input: expected close marker for {kind} (start marker at {began})"
        ))
    }

    /// Reads a value, and of an array or object only its beginning up to its first value; opens what it enters.
    fn value(&mut self, open: &mut Vec<Open>) -> Result<(), JacksonError> {
        loop {
            self.skip_space();
            let start = self.at;
            let Some(character) = self.peek() else {
                return match open.last() {
                    Some(innermost) => self.cut_off(*innermost),
                    None => self.error("Unexpected end-of-input".to_owned()),
                };
            };
            let is_object = character == '{';
            match character {
                '{' | '[' => {
                    self.at += 1;
                    let entered = Open { is_object, start };
                    self.skip_space();
                    if self.peek() == Some(if is_object { '}' } else { ']' }) {
                        self.at += 1;
                        return Ok(());
                    }
                    open.push(entered);
                    if is_object {
                        self.name(entered)?;
                    }
                }
                '"' => return self.string(),
                '-' | '0'..='9' => return self.number(),
                _ if character.is_alphabetic() || character == '_' || character == '$' => return self.word(),
                _ => return self.unexpected(character, &format!("expected a valid value {VALUES}")),
            }
        }
    }

    fn name(&mut self, open: Open) -> Result<(), JacksonError> {
        self.skip_space();
        match self.peek() {
            Some('"') => self.string()?,
            Some(character) => return self.unexpected(character, "was expecting double-quote to start field name"),
            None => return self.cut_off(open),
        }
        self.skip_space();
        match self.peek() {
            Some(':') => self.at += 1,
            Some(character) => {
                return self.unexpected(character, "was expecting a colon to separate field name and value");
            }
            None => return self.cut_off(open),
        }
        Ok(())
    }

    /// Returns true where the innermost array or object is over, and moves on to its next value otherwise.
    fn ends(&mut self, open: Open) -> Result<bool, JacksonError> {
        self.skip_space();
        let (kind, close) = if open.is_object {
            ("Object", '}')
        } else {
            ("Array", ']')
        };
        match self.peek() {
            Some(',') => {
                self.at += 1;
                if open.is_object {
                    self.name(open)?;
                }
                Ok(false)
            }
            Some(character) if character == close => {
                self.at += 1;
                Ok(true)
            }
            Some(character @ ('}' | ']')) => {
                let began = source(self.text, open.start);
                self.at += 1;
                self.error(format!(
                    "Unexpected close marker '{character}': expected '{close}' (for {kind} starting at {began})"
                ))
            }
            Some(character) => self.unexpected(character, &format!("was expecting comma to separate {kind} entries")),
            None => self.cut_off(open),
        }
    }

    fn string(&mut self) -> Result<(), JacksonError> {
        self.at += 1;
        while let Some(character) = self.peek() {
            self.at += character.len_utf8();
            match character {
                '"' => return Ok(()),
                '\\' => self.escape()?,
                control if control < ' ' => {
                    let code = u32::from(control);
                    return self.error(format!(
                        "Illegal unquoted character ((CTRL-CHAR, code {code})): has to be escaped using backslash to be \
                         included in string value"
                    ));
                }
                _ => {}
            }
        }
        self.error("Unexpected end-of-input: was expecting closing quote for a string value".to_owned())
    }

    fn escape(&mut self) -> Result<(), JacksonError> {
        let Some(character) = self.peek() else {
            return self.error("Unexpected end-of-input in character escape sequence".to_owned());
        };
        self.at += character.len_utf8();
        if character == 'u' {
            for _ in 0..4 {
                match self.peek() {
                    Some(digit) if digit.is_ascii_hexdigit() => self.at += 1,
                    Some(other) => return self.unexpected(other, "expected a hex-digit for character escape sequence"),
                    None => return self.error("Unexpected end-of-input in character escape sequence".to_owned()),
                }
            }
        } else if !"\"\\/bfnrt".contains(character) {
            let code = u32::from(character);
            return self.error(format!("Unrecognized character escape '{character}' (code {code})"));
        }
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let rest = &self.text[self.at..];
        let count = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        self.at += count;
        count
    }

    fn number(&mut self) -> Result<(), JacksonError> {
        if self.peek() == Some('-') {
            self.at += 1;
            if let Some(character) = self.peek().filter(|c| !c.is_ascii_digit()) {
                return self.unexpected(
                    character,
                    "expected digit (0-9) to follow minus sign, for valid numeric value",
                );
            }
        }
        let start = self.at;
        if self.digits() > 1 && self.text[start..].starts_with('0') {
            self.at = start + 2;
            return self.error("Invalid numeric value: Leading zeroes not allowed".to_owned());
        }
        if self.peek() == Some('.') {
            self.at += 1;
            if self.digits() == 0 {
                return self.missing_digit("Decimal point not followed by a digit");
            }
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some('+' | '-')));
            if self.digits() == 0 {
                return self.missing_digit("Exponent indicator not followed by a digit");
            }
        }
        Ok(())
    }

    fn missing_digit(&mut self, expected: &str) -> Result<(), JacksonError> {
        match self.peek() {
            Some(character) => self.unexpected(character, expected),
            None => self.error("Unexpected end-of-input in a Number value".to_owned()),
        }
    }

    fn word(&mut self) -> Result<(), JacksonError> {
        let rest = &self.text[self.at..];
        let length = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
            .unwrap_or(rest.len());
        let word = &rest[..length];
        self.at += length;
        if matches!(word, "null" | "true" | "false") {
            return Ok(());
        }
        self.error(format!("Unrecognized token '{word}': was expecting {VALUES}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, message: &str, column: usize) {
        let found = complaint(text).unwrap();
        assert_eq!(found.message, message);
        let place = format!("[Source: (String)\"{text}\"; line: 1, column: {column}]");
        assert_eq!(found.source(text), place);
    }

    #[test]
    fn speaks_as_jackson_does() {
        check(
            "not json",
            "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
            4,
        );
        check(
            "{'a'",
            "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
            3,
        );
        check(
            "[1 2]",
            "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries",
            5,
        );
        check(
            "{\"a\" 1}",
            "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
            7,
        );
        check("[01]", "Invalid numeric value: Leading zeroes not allowed", 4);
        check(
            "\"a",
            "Unexpected end-of-input: was expecting closing quote for a string value",
            3,
        );
        check(
            "[1}",
            "Unexpected close marker '}': expected ']' (for Array starting at [Source: (String)\"[1}\"; line: 1, column: 1])",
            4,
        );
        check(
            "{\"a\": 1",
            "Unexpected end-of-input: expected close marker for Object \
             (start marker at [Source: (String)\"{\"a\": 1\"; line: 1, column: 1])",
            8,
        );
    }

    #[test]
    fn has_nothing_to_say_about_json() {
        for text in [
            "{}",
            "[[], {\"a\": [1, -2.5e+3, \"\\u00e9\\n\"]}]",
            " null ",
            "true",
            "",
            "{} trailing",
        ] {
            assert_eq!(complaint(text), None, "{text}");
        }
    }
}
