//! JSON for the interpreter: values that are cheap to share, and JSON text with spans.
//!
//! It knows nothing about the Amazon States Language. Read [`Value`] first: cloning one costs a reference count, so a
//! payload can travel through thousands of states without being copied.
//!
//! ```
//! use asl_json::Value;
//! let value = asl_json::parse_value(r#"{"a": [1, 2]}"#).unwrap();
//! assert_eq!(value.get("a").unwrap().to_string(), "[1,2]");
//! ```

mod document;
mod line_index;
mod members;
mod number;
mod parse;
mod pretty;
mod span;
mod value;
mod write;

pub use document::{Document, DuplicateName, Fix, Member, Node, NodeKind, SyntaxError};
pub use line_index::{LineIndex, Position};
pub use number::Number;
pub use parse::{ParseError, parse_value};
pub use span::{Span, Step};
pub use value::{Array, Object, Value};
