//! The table of intrinsic functions.

use std::fmt;
use std::ops::RangeInclusive;

use asl_json::Value;

use super::{Failure, array, encode, json, math, string};
use crate::scope::Scope;

/// One intrinsic function.
pub(super) struct Function {
    pub(super) name: &'static str,
    /// How many arguments it takes.
    pub(super) arity: RangeInclusive<usize>,
    /// `ErrorPath` and `CausePath` accept it.
    pub(super) returns_string: bool,
    /// Is called with as many values as `arity` allows.
    pub(super) apply: fn(&[Value], &dyn Scope) -> Result<Value, Failure>,
}

impl fmt::Debug for Function {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name)
    }
}

/// As many arguments as one likes.
const ANY: usize = usize::MAX;

const fn text(
    name: &'static str,
    arity: RangeInclusive<usize>,
    apply: fn(&[Value], &dyn Scope) -> Result<Value, Failure>,
) -> Function {
    Function {
        name,
        arity,
        returns_string: true,
        apply,
    }
}

const fn value(
    name: &'static str,
    arity: RangeInclusive<usize>,
    apply: fn(&[Value], &dyn Scope) -> Result<Value, Failure>,
) -> Function {
    Function {
        name,
        arity,
        returns_string: false,
        apply,
    }
}

static FUNCTIONS: [Function; 18] = [
    value("States.Array", 0..=ANY, |values, _| {
        Ok(Value::array(values.iter().cloned()))
    }),
    value("States.ArrayContains", 2..=2, |values, _| array::contains(values)),
    text("States.ArrayGetItem", 2..=2, |values, _| array::item(values)),
    value("States.ArrayLength", 1..=1, |values, _| array::length(values)),
    value("States.ArrayPartition", 2..=2, |values, _| array::partition(values)),
    value("States.ArrayRange", 3..=3, |values, _| array::range(values)),
    value("States.ArrayUnique", 1..=1, |values, _| array::unique(values)),
    text("States.Base64Decode", 1..=1, |values, _| encode::from_base64(values)),
    text("States.Base64Encode", 1..=1, |values, _| encode::to_base64(values)),
    text("States.Format", 1..=ANY, |values, _| string::format(values)),
    text("States.Hash", 2..=2, |values, _| encode::hash(values)),
    value("States.JsonMerge", 3..=3, |values, _| json::merge(values)),
    text("States.JsonToString", 1..=1, |values, _| json::to_string(values)),
    value("States.MathAdd", 2..=2, |values, _| math::add(values)),
    value("States.MathRandom", 2..=3, math::random),
    value("States.StringSplit", 2..=2, |values, _| string::split(values)),
    value("States.StringToJson", 1..=1, |values, _| json::from_string(values)),
    text("States.UUID", 0..=0, |_, scope| Ok(string::uuid(scope))),
];

impl Function {
    /// Returns the function of that name, which is case-sensitive.
    pub(super) fn named(name: &str) -> Option<&'static Function> {
        FUNCTIONS.iter().find(|function| function.name == name)
    }

    /// Returns the arity in words.
    pub(super) fn arity_text(&self) -> String {
        match (*self.arity.start(), *self.arity.end()) {
            (0, 0) => "no arguments".into(),
            (1, 1) => "1 argument".into(),
            (least, ANY) => format!("at least {least} arguments"),
            (least, most) if least == most => format!("{least} arguments"),
            (least, most) => format!("{least} to {most} arguments"),
        }
    }
}
