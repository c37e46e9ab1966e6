//! Strings of JSON as text that remembers where each of its bytes stands.

use std::ops::Range;

use asl_json::Span;

/// A string of the document, decoded.
#[derive(Clone, Debug)]
pub(crate) struct Literal {
    /// The text without quotes and escapes.
    pub(crate) text: String,
    /// Where in the document the content begins and ends, without quotes.
    pub(crate) inner: Span,
    /// Decoded and written offsets, from the content's start, behind each escape.
    shifts: Vec<(usize, usize)>,
}

impl Literal {
    /// Reads the string that stands at this place, quotes included. One without a closing quote ends with the span.
    pub(crate) fn read(source: &str, span: Span) -> Literal {
        let written = &source[span.start..span.end];
        let is_quoted = written.starts_with(['"', '\'']);
        let start = span.start + usize::from(is_quoted);
        let end = if is_quoted && is_closed(written) {
            span.end - 1
        } else {
            span.end
        };
        let mut literal = Literal {
            text: String::new(),
            inner: Span::new(start, end),
            shifts: Vec::new(),
        };
        literal.decode(&source[start..end]);
        literal
    }

    fn decode(&mut self, written: &str) {
        let mut at = 0;
        while let Some(found) = written[at..].find('\\') {
            let escape = at + found;
            self.text.push_str(&written[at..escape]);
            let (character, length) = unescape(&written[escape..]);
            self.text.push(character);
            at = escape + length;
            self.shifts.push((self.text.len(), at));
        }
        self.text.push_str(&written[at..]);
    }

    /// Returns where these bytes of the text stand in the document.
    pub(crate) fn span(&self, bytes: Range<usize>) -> Span {
        Span::new(self.written(bytes.start), self.written(bytes.end))
    }

    fn written(&self, offset: usize) -> usize {
        let shift = self.shifts.iter().rev().find(|(decoded, _)| *decoded <= offset);
        let (decoded, written) = shift.copied().unwrap_or_default();
        self.inner.start + written + (offset - decoded)
    }

    /// Returns which byte of the text stands at this offset of the document.
    pub(crate) fn offset(&self, offset: usize) -> usize {
        let written = offset.clamp(self.inner.start, self.inner.end) - self.inner.start;
        let shift = self.shifts.iter().rev().find(|(_, behind)| *behind <= written);
        let (decoded, behind) = shift.copied().unwrap_or_default();
        self.text
            .floor_char_boundary((decoded + written - behind).min(self.text.len()))
    }
}

/// Returns true where a string that begins with a quote ends with one that no backslash hides.
pub(crate) fn is_closed(written: &str) -> bool {
    let mut quote = None;
    let mut escaped = false;
    for (at, character) in written.char_indices() {
        match quote {
            None => quote = Some(character),
            Some(_) if escaped => escaped = false,
            Some(_) if character == '\\' => escaped = true,
            Some(open) if character == open => return at + 1 == written.len(),
            Some(_) => {}
        }
    }
    false
}

/// Returns the character of an escape and how many bytes it takes. Halves of a surrogate pair stay apart and unread.
fn unescape(written: &str) -> (char, usize) {
    let mut characters = written.chars();
    characters.next();
    match characters.next() {
        Some('n') => ('\n', 2),
        Some('t') => ('\t', 2),
        Some('r') => ('\r', 2),
        Some('b') => ('\u{8}', 2),
        Some('f') => ('\u{c}', 2),
        Some('u') => {
            let code = written
                .get(2..6)
                .and_then(|digits| u32::from_str_radix(digits, 16).ok());
            match code {
                Some(code) => (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
                None => ('u', 2),
            }
        }
        Some(other) => (other, 1 + other.len_utf8()),
        None => ('\\', 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_places_behind_escapes() {
        let source = r#"["a\"b\u00e9c"]"#;
        let literal = Literal::read(source, Span::new(1, source.len() - 1));
        assert_eq!(literal.text, "a\"béc");
        let at = literal.text.find('c').unwrap();
        let span = literal.span(at..at + 1);
        assert_eq!(&source[span.start..span.end], "c");
        assert_eq!(literal.offset(span.start), at);
        assert_eq!(literal.offset(0), 0);
    }

    #[test]
    fn strings_may_be_unclosed() {
        let source = "\"ab";
        let literal = Literal::read(source, Span::new(0, 3));
        assert_eq!((literal.text.as_str(), literal.inner), ("ab", Span::new(1, 3)));
        let literal = Literal::read("\"a\\", Span::new(0, 3));
        assert_eq!(literal.text, "a\\");
    }
}
