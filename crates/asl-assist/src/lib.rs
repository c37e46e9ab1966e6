//! Editing help for definitions: completion, hover, names, fixes, format, outline.
//!
//! Everything is a pure function of the text, which may be half written: [`asl_json::Document`] recovers from whatever
//! is wrong with it. Places are byte offsets, ranges are byte ranges; callers convert with [`asl_json::LineIndex`].
//! What is legal where comes from `asl_model::schema`; the words come from the tables in `catalog`. Nothing here
//! validates or executes. Read [`complete`], [`hover()`] and [`symbol_at`] first.
//!
//! ```
//! let text = r#"{"StartAt": "", "States": {"Pack": {"Type": "Succeed"}}}"#;
//! let document = asl_json::Document::parse(text);
//! let offset = text.find("\"\"").unwrap() + 1;
//! let found = asl_assist::complete(&document, offset, &asl_assist::Sample::default());
//! assert_eq!(found.items[0].label, "Pack");
//! ```

mod caret;
mod catalog;
mod completion;
mod edit;
mod format;
mod graph;
mod hover;
mod literal;
mod outline;
mod place;
mod query;
mod quick_fix;
mod sample;
mod snippet;
mod symbol;
mod walk;

pub use catalog::Documentation;
pub use completion::{Completion, CompletionKind, Completions, complete};
pub use edit::Edit;
pub use format::{format, format_edits};
pub use hover::{Hover, hover};
pub use outline::{Fold, OutlineEntry, OutlineKind, folds, outline};
pub use quick_fix::{QuickFix, quick_fixes};
pub use sample::{Sample, StateSample};
pub use snippet::Insert;
pub use symbol::{RenameError, Symbol, SymbolKind, rename, symbol_at};
