//! Byte offsets of a text as editors in browsers count: in UTF-16 units.

use std::sync::Arc;

use asl_json::{LineIndex, Span};
use asl_protocol::TextRange;

/// Translates offsets of one text.
#[derive(Debug)]
pub(crate) struct TextPlaces {
    text: Arc<str>,
    lines: LineIndex,
    /// Start of each line in UTF-16 units; empty where all of the text is ASCII and nothing needs translating.
    starts: Vec<usize>,
}

impl TextPlaces {
    /// Walks the text once.
    pub(crate) fn new(text: Arc<str>) -> TextPlaces {
        let lines = LineIndex::new(text.clone());
        let starts = if text.is_ascii() {
            Vec::new()
        } else {
            line_starts(&text, &lines)
        };
        TextPlaces { text, lines, starts }
    }

    /// Returns the text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns a byte offset in UTF-16 units.
    pub(crate) fn unit(&self, offset: usize) -> u32 {
        let offset = offset.min(self.text.len());
        if self.starts.is_empty() {
            return saturate(offset);
        }
        let position = self.lines.position(offset);
        saturate(self.starts[position.line - 1] + position.column - 1)
    }

    /// Returns the byte offset of a number of UTF-16 units; past the end counts as the end.
    pub(crate) fn offset(&self, unit: u32) -> usize {
        let unit = unit as usize;
        if self.starts.is_empty() {
            return unit.min(self.text.len());
        }
        let line = self.starts.partition_point(|start| *start <= unit);
        let column = unit - self.starts[line - 1] + 1;
        self.lines.offset(asl_json::Position { line, column })
    }

    /// Returns a span with the line and column of its start.
    pub(crate) fn range(&self, span: Span) -> TextRange {
        let position = self.lines.position(span.start);
        TextRange {
            from: self.unit(span.start),
            to: self.unit(span.end),
            line: saturate(position.line),
            column: saturate(position.column),
        }
    }
}

fn line_starts(text: &str, lines: &LineIndex) -> Vec<usize> {
    let mut starts = Vec::with_capacity(lines.line_count());
    let (mut units, mut from) = (0, 0);
    for line in 1..=lines.line_count() {
        let start = lines.offset(asl_json::Position { line, column: 1 });
        units += text[from..start].chars().map(char::len_utf16).sum::<usize>();
        starts.push(units);
        from = start;
    }
    starts
}

/// Texts are far shorter than this; a number beyond it only ever marks the end.
pub(crate) fn saturate(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_utf16_units_both_ways() {
        let text = "{\n \"ä\u{1f980}\": 1}";
        let places = TextPlaces::new(text.into());
        let one = text.find('1').unwrap();
        assert_eq!(places.unit(one), 10);
        assert_eq!(places.offset(10), one);
        assert_eq!(
            places.range(Span::new(one, one + 1)),
            TextRange {
                from: 10,
                to: 11,
                line: 2,
                column: 9
            }
        );
    }

    #[test]
    fn ascii_needs_no_translation() {
        let places = TextPlaces::new("{\n  }".into());
        assert_eq!(
            (places.unit(4), places.offset(4), places.unit(99), places.offset(99)),
            (4, 4, 5, 5)
        );
        assert_eq!(places.range(Span::new(4, 5)).column, 3);
    }
}
