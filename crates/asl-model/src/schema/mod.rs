//! Which fields the objects of a definition may have, as tables, and where those objects are.

mod expression;
mod parts;
mod path;
mod shape;
mod tables;
mod text;

pub(crate) use expression::PartExpression;
pub(crate) use parts::{Part, PartKind, PartMember, part_of_body, parts_of_state};
pub(crate) use path::PartPath;
pub use shape::Shape;
pub(crate) use text::{TextInside, texts_inside};

use crate::definition::QueryLanguage;

/// A field that an object may have.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// The only query language that has it; `None` where both do.
    pub language: Option<QueryLanguage>,
    /// What its value must be.
    pub kind: Kind,
    /// True where the object makes no sense without it.
    pub is_required: bool,
}

/// What the value of a field must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Anything, never evaluated.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Bool,
    /// An object, never evaluated as a whole.
    Object,
    /// An array of objects; `true` where it must not be empty.
    Objects(bool),
    /// A non-empty array of strings.
    Texts,
    /// An integer in these bounds, written down.
    Integer(i64, i64),
    /// A number in these bounds, written down.
    Number(f64, f64),
    /// One of these words.
    Word(&'static [&'static str]),
    /// An integer in these bounds, or in JSONata an expression.
    DynamicInteger(i64, i64),
    /// A number in these bounds, or in JSONata an expression.
    DynamicNumber(f64, f64),
    /// A string, or in JSONata an expression.
    DynamicText,
    /// An RFC 3339 timestamp, or in JSONata an expression.
    DynamicTimestamp,
    /// An array, or in JSONata an expression; objects can be iterated over as well.
    DynamicItems,
    /// A boolean or a JSONata expression.
    Condition,
    /// A path, or `null` where `true`.
    Path(bool),
    /// A reference path, or `null` where `true`.
    ReferencePath(bool),
    /// A path or an intrinsic function that returns a string.
    PathOrIntrinsic,
    /// An object with computed parts: a payload template in JSONPath, a template in JSONata.
    Template,
    /// Any JSON with computed parts.
    AnyTemplate,
}

impl Kind {
    /// Returns true where JSONata strings in the value are evaluated.
    pub fn is_evaluated(self) -> bool {
        matches!(
            self,
            Kind::DynamicInteger(..)
                | Kind::DynamicNumber(..)
                | Kind::DynamicText
                | Kind::DynamicTimestamp
                | Kind::DynamicItems
                | Kind::Condition
                | Kind::Template
                | Kind::AnyTemplate
        )
    }

    /// Returns true where the value is, in JSONPath, a payload template.
    pub fn is_template(self) -> bool {
        matches!(self, Kind::Template | Kind::AnyTemplate)
    }

    /// Returns true where the value is a path of some kind.
    pub fn is_path(self) -> bool {
        matches!(self, Kind::Path(_) | Kind::ReferencePath(_) | Kind::PathOrIntrinsic)
    }
}
