//! The paths in an object of a definition.

use asl_json::Value;
use asl_jsonpath::{Intrinsic, Path, ReferencePath, SyntaxError, VariableReference};

use super::{Kind, Part};
use crate::choice_rule::Operator;

/// A string in an object of a definition that must be a path.
#[derive(Clone, Debug)]
pub(crate) struct PartPath<'a> {
    /// The member that it is.
    pub(crate) name: &'a str,
    /// The string.
    pub(crate) text: &'a str,
    /// The variables it refers to, or why it is refused.
    pub(crate) parsed: Result<Vec<VariableReference>, PathRefusal>,
}

/// Why a string is no path of the kind that its place takes.
#[derive(Clone, Debug)]
pub(crate) struct PathRefusal {
    /// What it must be, with its article.
    pub(crate) wanted: &'static str,
    /// What the parser says.
    pub(crate) error: SyntaxError,
}

impl<'a> PartPath<'a> {
    /// Returns the paths in the fields of an object and, of a Choice rule, among its operands.
    pub(super) fn all_in(part: &Part<'a>) -> Vec<PartPath<'a>> {
        let fields = part.present().filter(|(field, _)| field.kind.is_path());
        let fields = fields.map(|(field, value)| (field.name, field.kind, value));
        let operands = part.comparisons().filter(|(_, operator, _)| takes_path(*operator));
        let operands = operands.map(|(name, _, value)| (&**name, Kind::Path(false), value));
        let found = fields.chain(operands);
        found
            .filter_map(|(name, kind, value)| PartPath::new(name, kind, value))
            .collect()
    }

    fn new(name: &'a str, kind: Kind, value: &'a Value) -> Option<PartPath<'a>> {
        let text = value.as_str()?;
        Some(PartPath {
            name,
            text,
            parsed: parse(kind, text),
        })
    }
}

fn takes_path(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::Compare {
            operand_is_path: true,
            ..
        }
    )
}

fn parse(kind: Kind, text: &str) -> Result<Vec<VariableReference>, PathRefusal> {
    let (variables, wanted) = match kind {
        Kind::ReferencePath(_) => (
            // It has none: it begins with the input.
            ReferencePath::parse(text).map(|_| Vec::new()),
            "a valid reference path",
        ),
        Kind::PathOrIntrinsic if !text.starts_with('$') => (
            Intrinsic::parse(text).map(|call| call.variables().to_vec()),
            "a valid JSONPath or a valid intrinsic function call",
        ),
        _ => (
            Path::parse(text).map(|path| path.variables().to_vec()),
            "a valid JSONPath",
        ),
    };
    variables.map_err(|error| PathRefusal { wanted, error })
}
