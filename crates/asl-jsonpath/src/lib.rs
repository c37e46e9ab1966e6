//! JSONPath as Step Functions speaks it: paths, reference paths, payload templates and intrinsic functions.
//!
//! It knows nothing about states and time. Everything is parsed once and evaluated often, against a [`Scope`].
//! Read [`Path`], [`Template`] and [`Intrinsic`] first.

mod cursor;
mod error;
mod intrinsic;
mod path;
mod reference_path;
mod scope;
#[cfg(test)]
mod scope_for_tests;
mod template;

pub use error::{PathError, SyntaxError, VariableReference};
pub use intrinsic::{Intrinsic, IntrinsicError, IntrinsicErrorKind};
pub use path::{Path, Root};
pub use reference_path::{ReferencePath, ReferencePathConflict};
pub use scope::{OutOfFuel, Scope};
pub use template::{Template, TemplateError, TemplateErrorKind, TemplateField, TemplateSyntaxError};
