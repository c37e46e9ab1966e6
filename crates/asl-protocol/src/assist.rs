//! Questions of the editor about its text.
//!
//! The page understands neither: it carries a question to the engine and the answer back to the editor, so answers
//! travel as JSON text. Their shapes are in `web/js/src/host.d.ts`. Offsets count UTF-16 units from 0.

use serde::{Deserialize, Serialize};

/// What the editor asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AssistQuestion {
    /// What may be written at this offset.
    Complete(u32),
    /// What stands at this offset.
    Hover(u32),
    /// Which state or variable is named at this offset, where it is defined, and where it is used.
    Symbol(u32),
    /// The edits that give what is named at this offset another name everywhere.
    Rename(u32, String),
    /// The edits that bring the text into its canonical form.
    Format,
    /// The text of every state, for folding.
    Folds,
    /// The states as a list.
    Outline,
}
