//! The strings inside of a value.

use asl_json::{Step, Value};

/// A string inside of a value.
pub(crate) struct TextInside<'a> {
    /// The way to it from the value; empty where it is the value.
    pub(crate) way: Vec<Step>,
    /// The string.
    pub(crate) text: &'a str,
}

/// Returns the strings inside of a value that are wanted, in order; asks with the way to each.
pub(crate) fn texts_inside(value: &Value, is_wanted: impl Fn(&[Step], &str) -> bool) -> Vec<TextInside<'_>> {
    let mut walk = Walk {
        is_wanted,
        way: Vec::new(),
        found: Vec::new(),
    };
    walk.value(value);
    walk.found
}

struct Walk<'a, W> {
    is_wanted: W,
    /// The way to the value that is looked at.
    way: Vec<Step>,
    found: Vec<TextInside<'a>>,
}

impl<'a, W: Fn(&[Step], &str) -> bool> Walk<'a, W> {
    /// The JSON parser bounds how deep values nest.
    fn value(&mut self, value: &'a Value) {
        match value {
            Value::String(text) if (self.is_wanted)(&self.way, text) => self.found.push(TextInside {
                way: self.way.clone(),
                text,
            }),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.inside(Step::Item(index), item);
                }
            }
            Value::Object(object) => {
                for (name, member) in object.iter() {
                    self.inside(Step::Member(name.clone()), member);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn inside(&mut self, step: Step, value: &'a Value) {
        self.way.push(step);
        self.value(value);
        self.way.pop();
    }
}
