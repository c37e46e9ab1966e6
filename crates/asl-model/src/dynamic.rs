//! Fields whose value may be written down or worked out at run time.

use std::sync::Arc;

/// A field such as `TimeoutSeconds`, which a definition may write as a value, in JSONata as an expression, and in
/// JSONPath by its twin `TimeoutSecondsPath`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dynamic<T> {
    /// The value itself.
    Value(T),
    /// A JSONata string with its marks: `{% $x %}`. Only in JSONata states.
    Expression(Arc<str>),
    /// The text of the twin field that ends in `Path`. Only in JSONPath states. `ErrorPath` and `CausePath` may hold
    /// an intrinsic function instead of a path.
    Path(Arc<str>),
}

/// A path field for which being absent and being `null` differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PathField {
    /// The field is not there: its default, `$`, counts.
    #[default]
    Absent,
    /// `null`: an empty object for `InputPath` and `OutputPath`, nothing written for `ResultPath`.
    Null,
    /// The text of the path.
    Path(Arc<str>),
}

impl PathField {
    /// Returns the text of the path, where there is one.
    pub fn path(&self) -> Option<&Arc<str>> {
        if let PathField::Path(text) = self {
            Some(text)
        } else {
            None
        }
    }
}
