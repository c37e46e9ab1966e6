//! Byte offsets to lines and columns, and back.

use std::sync::Arc;

/// A place as editors show it: both numbers start at 1, and columns count UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in UTF-16 code units, from 1.
    pub column: usize,
}

/// Knows where the lines of a text begin. A line ends with `\n`, `\r\n` or a lone `\r`.
#[derive(Clone, Debug)]
pub struct LineIndex {
    text: Arc<str>,
    starts: Vec<usize>,
}

impl LineIndex {
    /// Returns the index of a text. Walks it once.
    pub fn new(text: impl Into<Arc<str>>) -> LineIndex {
        let text = text.into();
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        let lone = text.match_indices('\r').map(|(at, _)| at + 1);
        let lines = starts.len();
        starts.extend(lone.filter(|at| bytes.get(*at) != Some(&b'\n')));
        if starts.len() > lines {
            starts.sort_unstable();
        }
        LineIndex { text, starts }
    }

    /// Returns how many lines there are; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// Returns the position of a byte offset. An offset past the end counts as the end, one inside a character as its
    /// first byte.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let units = self.text[start..offset].chars().map(char::len_utf16).sum::<usize>();
        Position {
            line,
            column: units + 1,
        }
    }

    /// Returns the byte offset of a position. A line past the end counts as the end of the text, a column past the end
    /// of its line as the end of that line.
    pub fn offset(&self, position: Position) -> usize {
        let Some(start) = self.starts.get(position.line.saturating_sub(1)).copied() else {
            return self.text.len();
        };
        let end = self
            .starts
            .get(position.line.max(1))
            .copied()
            .unwrap_or(self.text.len());
        let mut units = 1;
        for (at, character) in self.text[start..end].char_indices() {
            if units >= position.column || matches!(character, '\n' | '\r') {
                return start + at;
            }
            units += character.len_utf16();
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, offset: usize, line: usize, column: usize) {
        let index = LineIndex::new(text);
        let position = Position { line, column };
        assert_eq!(index.position(offset), position, "{text:?} {offset}");
        assert_eq!(index.offset(position), offset, "{text:?} {position:?}");
    }

    #[test]
    fn counts_from_one_in_utf16() {
        check("", 0, 1, 1);
        check("ab\ncd", 3, 2, 1);
        check("ab\r\ncd", 5, 2, 2);
        check("a\rb", 2, 2, 1);
        check("\u{1F600}é x", 7, 1, 5);
        check("x\n", 2, 2, 1);
    }

    #[test]
    fn places_outside_are_clamped() {
        let index = LineIndex::new("ab\ncd");
        assert_eq!(index.position(99), Position { line: 2, column: 3 });
        assert_eq!(index.offset(Position { line: 1, column: 99 }), 2);
        assert_eq!(index.offset(Position { line: 9, column: 1 }), 5);
        assert_eq!(index.offset(Position { line: 0, column: 0 }), 0);
        assert_eq!(LineIndex::new("é").position(1), Position { line: 1, column: 1 });
    }
}
