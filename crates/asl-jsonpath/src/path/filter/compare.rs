//! Comparisons between two values, one of which may be missing.

use std::cmp::Ordering;

use asl_json::{Number, Value};

/// What a filter may put between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    SameTypeEqual,
    NotSameTypeEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
    SubsetOf,
    AnyOf,
    NoneOf,
    All,
    Contains,
    Size,
    Empty,
}

impl Operator {
    /// The operators written as symbols; a longer symbol stands before its beginnings.
    pub(super) const SYMBOLS: [(&'static str, Operator); 8] = [
        ("===", Operator::SameTypeEqual),
        ("!==", Operator::NotSameTypeEqual),
        ("==", Operator::Equal),
        ("!=", Operator::NotEqual),
        ("<=", Operator::LessOrEqual),
        (">=", Operator::GreaterOrEqual),
        ("<", Operator::Less),
        (">", Operator::Greater),
    ];

    /// The operators written as words, in any case.
    pub(super) const WORDS: [(&'static str, Operator); 9] = [
        ("in", Operator::In),
        ("nin", Operator::NotIn),
        ("subsetof", Operator::SubsetOf),
        ("anyof", Operator::AnyOf),
        ("noneof", Operator::NoneOf),
        ("all", Operator::All),
        ("contains", Operator::Contains),
        ("size", Operator::Size),
        ("empty", Operator::Empty),
    ];

    /// Returns how much work the comparison is, in values looked at.
    pub(super) fn steps(self, left: Option<&Value>, right: Option<&Value>) -> u64 {
        let size = |value: Option<&Value>| match value {
            Some(Value::Array(items)) => items.len() as u64,
            Some(Value::Object(object)) => object.len() as u64,
            _ => 0,
        };
        match self {
            Operator::SubsetOf | Operator::AnyOf | Operator::NoneOf | Operator::All => {
                1 + size(left).saturating_mul(size(right))
            }
            _ => 1 + size(left).saturating_add(size(right)),
        }
    }

    /// Returns true where the comparison holds.
    pub(super) fn holds(self, left: Option<&Value>, right: Option<&Value>) -> bool {
        match self {
            Operator::NotEqual => return !Operator::Equal.holds(left, right),
            Operator::NotSameTypeEqual => return !Operator::SameTypeEqual.holds(left, right),
            Operator::NotIn => return !Operator::In.holds(left, right),
            Operator::NoneOf => return !Operator::AnyOf.holds(left, right),
            _ => {}
        }
        let (Some(left), Some(right)) = (left, right) else {
            return false;
        };
        self.holds_between(left, right)
    }

    fn holds_between(self, left: &Value, right: &Value) -> bool {
        match self {
            Operator::Equal => equal(left, right),
            Operator::SameTypeEqual => left.type_name() == right.type_name() && equal(left, right),
            Operator::Less => order(left, right).is_some_and(Ordering::is_lt),
            Operator::LessOrEqual => order(left, right).is_some_and(Ordering::is_le),
            Operator::Greater => order(left, right).is_some_and(Ordering::is_gt),
            Operator::GreaterOrEqual => order(left, right).is_some_and(Ordering::is_ge),
            Operator::In => contains(right, left),
            Operator::Contains => match (left, right) {
                (Value::String(text), Value::String(part)) => text.contains(&**part),
                _ => contains(left, right),
            },
            Operator::SubsetOf => items(left).is_some_and(|left| left.iter().all(|item| contains(right, item))),
            Operator::AnyOf => items(left).is_some_and(|left| left.iter().any(|item| contains(right, item))),
            Operator::All => items(right).is_some_and(|right| right.iter().all(|item| contains(left, item))),
            Operator::Size => size(left).is_some() && size(left) == right.as_i64(),
            Operator::Empty => size(left).is_some_and(|size| Some(size == 0) == right.as_bool()),
            Operator::NotEqual | Operator::NotSameTypeEqual | Operator::NotIn | Operator::NoneOf => {
                unreachable!("the negations are resolved before")
            }
        }
    }
}

/// A number equals a text that writes the same number, as in Jayway.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(number), Value::String(text)) | (Value::String(text), Value::Number(number)) => {
            Number::from_text(text).is_some_and(|other| other == *number)
        }
        _ => left == right,
    }
}

fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => match (left.as_i64(), right.as_i64()) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => left.as_f64().partial_cmp(&right.as_f64()),
        },
        (Value::String(left), Value::String(right)) => Some(left.encode_utf16().cmp(right.encode_utf16())),
        _ => None,
    }
}

fn items(value: &Value) -> Option<&[Value]> {
    value.as_array().map(|items| &**items)
}

fn contains(list: &Value, wanted: &Value) -> bool {
    items(list).is_some_and(|items| items.iter().any(|item| equal(wanted, item)))
}

fn size(value: &Value) -> Option<i64> {
    let size = match value {
        Value::String(text) => text.encode_utf16().count(),
        Value::Array(items) => items.len(),
        Value::Object(object) => object.len(),
        _ => return None,
    };
    i64::try_from(size).ok()
}
