//! Changes of the text.

use asl_json::Span;

/// Replaces a part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes, in bytes; empty to insert.
    pub span: Span,
    /// What comes instead.
    pub insert: String,
}

impl Edit {
    /// Returns the edit that puts this text in place of the span.
    pub fn new(span: Span, insert: impl Into<String>) -> Edit {
        Edit {
            span,
            insert: insert.into(),
        }
    }

    /// Returns the text with all edits made. They must be in the order of the text and must not overlap.
    pub fn apply(text: &str, edits: &[Edit]) -> String {
        let mut changed = text.to_owned();
        for edit in edits.iter().rev() {
            changed.replace_range(edit.span.start..edit.span.end, &edit.insert);
        }
        changed
    }
}
