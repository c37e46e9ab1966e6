//! Places in a text and in a tree.

use std::fmt;
use std::sync::Arc;

/// A half-open range of byte offsets in a text: `start..end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just past the last byte.
    pub end: usize,
}

impl Span {
    /// Returns the span `start..end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// Returns true where the offset lies inside or just at the end, as an editor's caret does.
    pub fn touches(self, offset: usize) -> bool {
        self.start <= offset && offset <= self.end
    }
}

/// One step down a tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into the member of that name.
    Member(Arc<str>),
    /// Into the item of that zero-based index.
    Item(usize),
}

/// Writes the step as a token of a JSON pointer (RFC 6901), with its leading slash.
impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Member(name) => {
                out.write_str("/")?;
                name.split_inclusive(['~', '/'])
                    .try_for_each(|piece| match piece.as_bytes() {
                        [.., b'~'] => write!(out, "{piece}0"),
                        [.., b'/'] => write!(out, "{}~1", &piece[..piece.len() - 1]),
                        _ => out.write_str(piece),
                    })
            }
            Step::Item(index) => write!(out, "/{index}"),
        }
    }
}
