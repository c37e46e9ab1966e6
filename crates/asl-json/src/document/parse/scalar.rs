//! Strings, numbers and words.

use std::borrow::Cow;

use super::Parser;
use crate::document::Content;
use crate::number::Number;
use crate::span::Span;

/// Strings up to this length are looked up among those before: types, names of states and short paths come again.
const MOST_SHARED: usize = 32;

/// Which bytes may mean something in a string: quotes, backslashes and control characters.
static IS_SPECIAL: [bool; 256] = {
    let mut is_special = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        is_special[byte] = byte < 0x20 || matches!(byte, 0x22 | 0x27 | 0x5c);
        byte += 1;
    }
    is_special
};

/// What authors write where JSON has another word.
const FOREIGN_WORDS: [(&str, &str); 8] = [
    ("True", "true"),
    ("TRUE", "true"),
    ("False", "false"),
    ("FALSE", "false"),
    ("None", "null"),
    ("NULL", "null"),
    ("nil", "null"),
    ("undefined", "null"),
];

impl<'a> Parser<'a> {
    /// Reads a string, number or word. Always moves on.
    pub(super) fn scalar(&mut self, parent: Option<usize>) -> usize {
        if matches!(self.peek(), Some(b'"' | b'\'')) {
            let (text, span) = self.string();
            let text = if text.len() <= MOST_SHARED {
                self.shared(&text)
            } else {
                text.into()
            };
            return self.push(parent, span, Content::String(text));
        }
        let start = self.at;
        self.at += self.word_length().max(self.character_length());
        let span = Span::new(start, self.at);
        let word = &self.text[start..self.at];
        let content = match word {
            "null" => Content::Null,
            "true" => Content::Bool(true),
            "false" => Content::Bool(false),
            _ => match Number::from_text(word) {
                Some(number) => Content::Number(number),
                None => self.unreadable_word(span),
            },
        };
        self.push(parent, span, content)
    }

    fn unreadable_word(&mut self, span: Span) -> Content {
        let text = self.text;
        let word = &text[span.start..span.end];
        if let Some((_, json)) = FOREIGN_WORDS.iter().find(|(foreign, _)| *foreign == word) {
            self.error_with_fix(
                format!("JSON writes {word} as {json}"),
                span,
                &format!("Change to {json}"),
                json,
            );
        } else if word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
            match mended_number(word) {
                Some(mended) => {
                    let title = format!("Change to {mended}");
                    self.error_with_fix("This is not how JSON writes numbers", span, &title, &mended);
                }
                None => self.error("This is not how JSON writes numbers", span),
            }
        } else if word.starts_with(char::is_alphanumeric) {
            let quoted = format!("\"{word}\"");
            self.error_with_fix("Text needs double quotes", span, "Put it in double quotes", &quoted);
        } else {
            self.error("A JSON value is expected here", span);
        }
        Content::Unreadable
    }

    /// Reads a string in double quotes, or after reporting it one in single quotes. An unclosed one ends with its line.
    pub(super) fn string(&mut self) -> (Cow<'a, str>, Span) {
        let start = self.at;
        let quote = self.peek().unwrap_or(b'"');
        self.at += 1;
        // Copied once there is something to decode.
        let mut decoded = Cow::Borrowed(self.plain(quote));
        self.at += decoded.len();
        loop {
            match self.peek() {
                Some(byte) if byte == quote => {
                    self.at += 1;
                    break;
                }
                Some(b'\\') => self.escape(decoded.to_mut()),
                Some(b'\n' | b'\r') | None => {
                    self.unclosed_string(start, quote);
                    break;
                }
                Some(control) => self.control_character(control, decoded.to_mut()),
            }
            let plain = self.plain(quote);
            self.at += plain.len();
            decoded += plain;
        }
        let span = Span::new(start, self.at);
        if quote == b'\'' {
            let written = crate::value::Value::from(&*decoded).to_string();
            self.error_with_fix("JSON strings need double quotes", span, "Use double quotes", &written);
        }
        (decoded, span)
    }

    /// Returns what of the string comes before its end, an escape or a control character.
    fn plain(&self, quote: u8) -> &'a str {
        let rest = &self.text.as_bytes()[self.at..];
        let ends = |byte: &u8| IS_SPECIAL[usize::from(*byte)] && (*byte == quote || !matches!(*byte, b'"' | b'\''));
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        &self.text[self.at..self.at + length]
    }

    fn unclosed_string(&mut self, start: usize, quote: u8) {
        let end = Span::new(self.at, self.at);
        let quote = char::from(quote).to_string();
        let span = Span::new(start, self.at);
        self.error_with_edit("The string is never closed", span, "Close the string", end, &quote);
    }

    fn control_character(&mut self, control: u8, decoded: &mut String) {
        let span = Span::new(self.at, self.at + 1);
        let escaped = match control {
            b'\t' => "\\t".to_owned(),
            _ => format!("\\u{control:04x}"),
        };
        self.error_with_fix(
            "A control character in a string must be escaped",
            span,
            "Escape it",
            &escaped,
        );
        decoded.push(char::from(control));
        self.at += 1;
    }

    fn escape(&mut self, decoded: &mut String) {
        let start = self.at;
        let character = match self.text.as_bytes().get(start + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(decoded),
            _ => {
                self.at += 1;
                let span = Span::new(start, self.at + self.character_length());
                let backslash = Span::new(start, start + 1);
                let title = "Write the backslash twice";
                self.error_with_edit("JSON does not know this escape", span, title, backslash, "\\\\");
                decoded.push('\\');
                return;
            }
        };
        decoded.push(character);
        self.at += 2;
    }

    /// A lone surrogate becomes U+FFFD: the text of a Rust string cannot hold it.
    fn unicode_escape(&mut self, decoded: &mut String) {
        let Some(first) = self.four_hex_digits(self.at + 2) else {
            let span = Span::new(self.at, self.at + 2);
            self.error("\\u needs four hexadecimal digits", span);
            decoded.push_str("\\u");
            self.at += 2;
            return;
        };
        self.at += 6;
        let mut code = first;
        if (0xD800..0xDC00).contains(&first) && self.rest().starts_with("\\u") {
            let second = self
                .four_hex_digits(self.at + 2)
                .filter(|second| (0xDC00..0xE000).contains(second));
            if let Some(second) = second {
                code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                self.at += 6;
            }
        }
        decoded.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    }

    fn four_hex_digits(&self, start: usize) -> Option<u32> {
        let digits = self.text.get(start..start + 4)?;
        let all_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        all_hex.then(|| u32::from_str_radix(digits, 16).ok())?
    }
}

/// Returns how JSON writes a number such as `+1`, `.5`, `1.` or `007`.
fn mended_number(word: &str) -> Option<String> {
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    let sign = if word.starts_with('-') { "-" } else { "" };
    let digits = unsigned.trim_start_matches('0').trim_end_matches('.');
    let zero = if digits.starts_with(|c: char| c.is_ascii_digit()) {
        ""
    } else {
        "0"
    };
    let mended = format!("{sign}{zero}{digits}");
    Number::from_text(&mended).map(|_| mended)
}
