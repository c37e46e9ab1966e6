//! The way of payloads into the engine and out of it again.
//!
//! Arrays and objects enter as members of one table and are read a level at a time, when the evaluation reaches them.
//! One that comes out unchanged is the very value that went in: nothing of it is copied either way.

use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use asl_json::{Number, Object, Value};
use jlens_core::input::{Sink, Source, Sources};
use jlens_core::output::{Builder, Member};
use rustc_hash::FxHashSet;
use serde_json::Value as Json;

use crate::scope::Scope;

/// The member that stands for what the expression may look at: one field per name.
const ROOT: u32 = 0;
/// The member that stands for `$states`, whose fields are asked of the scope one by one.
const STATES: u32 = 1;
/// The members before the first array or object of a payload.
const RESERVED: usize = 2;

/// The name of the field of the root under which `$states` is found.
pub(crate) const STATES_NAME: &str = "states";

/// Where the root of an evaluation comes from.
pub(crate) enum Origin<'a> {
    /// `$states` and variables.
    Scope(&'a dyn Scope),
    /// One document, or nothing.
    Document(Option<&'a Value>),
}

/// The arrays and objects that one evaluation has reached.
pub(crate) struct Payloads<'a> {
    origin: Origin<'a>,
    composites: RefCell<Vec<Value>>,
    /// This table itself, which every array and object handed to the engine holds.
    this: Weak<Payloads<'a>>,
}

impl<'a> Payloads<'a> {
    /// Returns the table of an evaluation that has not reached anything yet.
    pub(crate) fn new(origin: Origin<'a>) -> Rc<Payloads<'a>> {
        Rc::new_cyclic(|this| Payloads {
            origin,
            composites: RefCell::default(),
            this: this.clone(),
        })
    }

    fn write(&self, value: &Value, sink: &mut Sink<'_, 'a>) {
        match value {
            Value::Null => sink.null(),
            Value::Bool(value) => sink.bool(*value),
            Value::Number(number) => sink.number(number.as_f64()),
            Value::String(text) => sink.string(text),
            Value::Array(_) => {
                if let Some((this, index)) = self.hold(value) {
                    sink.array_of(&this, index);
                }
            }
            Value::Object(_) => {
                if let Some((this, index)) = self.hold(value) {
                    sink.object_of(&this, index);
                }
            }
        }
    }

    fn hold(&self, value: &Value) -> Option<(Rc<Payloads<'a>>, u32)> {
        let mut composites = self.composites.borrow_mut();
        let index = u32::try_from(composites.len() + RESERVED).ok()?;
        composites.push(value.clone());
        Some((self.this.upgrade()?, index))
    }

    fn composite(&self, index: u32) -> Option<Value> {
        let index = usize::try_from(index).ok()?.checked_sub(RESERVED)?;
        self.composites.borrow().get(index).cloned()
    }

    fn write_object(&self, object: &Object, sink: &mut Sink<'_, 'a>) {
        sink.reserve(object.len());
        for (name, value) in object.iter() {
            sink.key(name);
            self.write(value, sink);
        }
    }

    /// Returns the whole root, copied, with these variables and `$states`.
    pub(crate) fn copied(&self, variables: &[Arc<str>]) -> Json {
        match &self.origin {
            Origin::Document(document) => document.map_or(Json::Null, to_engine),
            Origin::Scope(scope) => {
                let found = variables
                    .iter()
                    .filter_map(|name| Some((name.to_string(), to_engine(&scope.variable(name)?))));
                let states = (STATES_NAME.to_owned(), to_engine(&scope.states()));
                found.chain([states]).collect()
            }
        }
    }

    /// Returns a field of the reserved members.
    fn scope_field(&self, index: u32, name: &str) -> Option<Value> {
        match (&self.origin, index) {
            (Origin::Scope(scope), ROOT) => scope.variable(name),
            (Origin::Scope(scope), STATES) => scope.states_member(name),
            _ => None,
        }
    }
}

impl<'a> Source<'a> for Payloads<'a> {
    fn read(&self, sink: &mut Sink<'_, 'a>) -> Result<(), String> {
        match (&self.origin, self.this.upgrade()) {
            (Origin::Scope(_), Some(this)) => sink.object_of(&this, ROOT),
            (Origin::Document(Some(document)), _) => self.write(document, sink),
            _ => {}
        }
        Ok(())
    }
}

impl<'a> Sources<'a> for Payloads<'a> {
    fn read(&self, index: u32, sink: &mut Sink<'_, 'a>) -> Result<(), String> {
        match (self.composite(index), &self.origin) {
            (Some(Value::Array(items)), _) => {
                sink.reserve(items.len());
                items.iter().for_each(|item| self.write(item, sink));
            }
            (Some(Value::Object(object)), _) => self.write_object(&object, sink),
            (None, Origin::Scope(scope)) if index == STATES => {
                if let Value::Object(states) = scope.states() {
                    self.write_object(&states, sink);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read_field(&self, index: u32, key: &str, sink: &mut Sink<'_, 'a>) -> Result<bool, String> {
        match self.composite(index) {
            Some(Value::Object(object)) => {
                if let Some(value) = object.get(key) {
                    self.write(value, sink);
                }
            }
            Some(_) => return Ok(false),
            None if index == ROOT && key == STATES_NAME => {
                if let Some(this) = self.this.upgrade() {
                    sink.object_of(&this, STATES);
                }
            }
            None => {
                if let Some(value) = self.scope_field(index, key) {
                    self.write(&value, sink);
                }
            }
        }
        Ok(true)
    }

    fn length(&self, index: u32) -> Option<usize> {
        Some(self.composite(index)?.as_array()?.len())
    }

    fn read_item(&self, index: u32, item: usize, sink: &mut Sink<'_, 'a>) -> Result<bool, String> {
        let Some(Value::Array(items)) = self.composite(index) else {
            return Ok(false);
        };
        if let Some(value) = items.get(item) {
            self.write(value, sink);
        }
        Ok(true)
    }
}

/// Writes a result as a [`Value`].
pub(crate) struct ValueBuilder<'p, 'a> {
    payloads: &'p Rc<Payloads<'a>>,
    /// Names of members, each allocated once however many objects have it.
    names: FxHashSet<Arc<str>>,
    /// Whether a `null` was written that the engine may have put in the place of something else.
    pub(crate) wrote_null: bool,
}

impl<'p, 'a> ValueBuilder<'p, 'a> {
    /// Returns a builder of one result of an evaluation that read `payloads`.
    pub(crate) fn new(payloads: &'p Rc<Payloads<'a>>) -> ValueBuilder<'p, 'a> {
        ValueBuilder {
            payloads,
            names: FxHashSet::default(),
            wrote_null: false,
        }
    }

    fn name(&mut self, key: &str) -> Arc<str> {
        if let Some(name) = self.names.get(key) {
            return name.clone();
        }
        let name: Arc<str> = key.into();
        self.names.insert(name.clone());
        name
    }
}

impl Builder for ValueBuilder<'_, '_> {
    type Value = Value;
    type Array = Vec<Value>;
    type Object = Vec<(Arc<str>, Value)>;

    fn null(&mut self) -> Value {
        self.wrote_null = true;
        Value::Null
    }

    fn bool(&mut self, value: bool) -> Value {
        Value::Bool(value)
    }

    fn number(&mut self, value: f64) -> Value {
        number(value)
    }

    fn string(&mut self, value: &str) -> Value {
        value.into()
    }

    fn array(&mut self, len: usize) -> Vec<Value> {
        Vec::with_capacity(len)
    }

    fn push(&mut self, array: &mut Vec<Value>, item: Value) {
        array.push(item);
    }

    fn end_array(&mut self, array: Vec<Value>) -> Value {
        array.into()
    }

    fn object(&mut self, len: usize) -> Vec<(Arc<str>, Value)> {
        Vec::with_capacity(len)
    }

    fn insert(&mut self, object: &mut Vec<(Arc<str>, Value)>, key: &str, value: Value) {
        let name = self.name(key);
        object.push((name, value));
    }

    fn end_object(&mut self, object: Vec<(Arc<str>, Value)>) -> Value {
        Value::object(object)
    }

    fn input(&mut self, member: Member) -> Option<Value> {
        if !member.of(self.payloads) {
            return None;
        }
        match (member.index(), &self.payloads.origin) {
            (STATES, Origin::Scope(scope)) => Some(scope.states()),
            (index, _) => self.payloads.composite(index),
        }
    }
}

/// Returns a value looked up in a payload as it comes out of an expression: numbers as AWS writes them.
pub(crate) fn looked_up(value: Value) -> Value {
    match &value {
        Value::Number(found) if !found.is_integer() || found.as_i64().is_none() => number(found.as_f64()),
        _ => value,
    }
}

/// Returns a number of the engine as AWS writes it: a whole one without a fraction, as an integer where a double tells
/// neighboring integers apart or the 64 bits of an integer hold it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "only whole numbers within the range are converted"
)]
pub(crate) fn number(value: f64) -> Value {
    const RANGE: f64 = i64::MAX as f64;
    if value.fract() == 0.0 && value.abs() < RANGE {
        return Value::from(value as i64);
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// Returns a copy of a value as the engine takes those it does not read by and by.
pub(crate) fn to_engine(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => number.as_i64().map_or_else(|| number.as_f64().into(), Into::into),
        Value::String(text) => (**text).into(),
        Value::Array(items) => items.iter().map(to_engine).collect(),
        Value::Object(object) => {
            let member = |(name, value): (&Arc<str>, &Value)| (name.to_string(), to_engine(value));
            object.iter().map(member).collect()
        }
    }
}
