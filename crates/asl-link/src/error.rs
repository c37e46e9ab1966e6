//! Why a link or a playground file does not open.

use std::fmt;

use crate::document::VERSION;
use crate::limits::{MAX_DOCUMENT_BYTES, MAX_LINK_CHARACTERS};

/// Why a link or a playground file does not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// The end is missing.
    Incomplete,
    /// All parts are there, but a character in between was changed or lost.
    Changed,
    /// It is longer than a link may be: so many characters.
    TooLong(usize),
    /// It unpacks to more than a document may hold.
    TooMuchInside,
    /// A newer version of the playground made it: the version of its format.
    Newer(u64),
    /// It is whole, but what it holds is no packed document.
    Unreadable,
    /// What it holds is no document of the playground: what is wrong, and where.
    NoDocument(String),
    /// A mock breaks a rule: its name, and the rule.
    Mock(String, String),
}

impl LinkError {
    /// Returns a few words for a heading.
    pub fn title(&self) -> &'static str {
        match self {
            LinkError::Incomplete => "This link is incomplete",
            LinkError::Changed => "This link was damaged on its way",
            LinkError::TooLong(_) | LinkError::TooMuchInside => "This link is too large",
            LinkError::Newer(_) => "This link is newer than this page",
            LinkError::Unreadable | LinkError::NoDocument(_) | LinkError::Mock(..) => {
                "This link does not hold a state machine"
            }
        }
    }
}

impl fmt::Display for LinkError {
    /// Writes what happened and the way out, in sentences.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::Incomplete => out.write_str(
                "Its end is missing: chat and mail programs cut long links. Ask for the link again, or for the \
                 document as a file.",
            ),
            LinkError::Changed => out.write_str(
                "Characters in its middle were changed or lost, so its checksum does not match. Ask for the link \
                 again, or for the document as a file.",
            ),
            LinkError::TooLong(characters) => write!(
                out,
                "It has {characters} characters, and a link may have {MAX_LINK_CHARACTERS}. Ask for the document as a \
                 file."
            ),
            LinkError::TooMuchInside => write!(
                out,
                "It unpacks to more than {} MiB, the most that a document may hold, so unpacking was stopped.",
                MAX_DOCUMENT_BYTES / (1024 * 1024)
            ),
            LinkError::Newer(found) => write!(
                out,
                "It was made with a newer version of the playground (format {found}; this page reads up to format \
                 {VERSION}). Reload the page to update it."
            ),
            LinkError::Unreadable => out.write_str(
                "Its checksum is right, so it arrived as it was sent, but what is inside is not packed as a \
                 playground's document is. Another program may have made it.",
            ),
            LinkError::NoDocument(problem) => write!(out, "{problem}"),
            LinkError::Mock(name, rule) => write!(out, "The mock {name} cannot be read: {rule}"),
        }
    }
}

impl std::error::Error for LinkError {}
