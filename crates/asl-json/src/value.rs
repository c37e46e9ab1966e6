//! The value tree: composites are shared by reference count and remember how long their text is.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::members::Members;
use crate::number::Number;
use crate::write;

/// A JSON value. Cloning is cheap whatever its size.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(Arc<str>),
    /// An array.
    Array(Array),
    /// An object.
    Object(Object),
}

/// A shared array. Reads like a slice; [`Array::make_mut`] copies the outermost level first where it is shared.
#[derive(Clone, Debug, Default)]
pub struct Array(Arc<Node<Vec<Value>>>);

/// A shared object. Members keep the order in which they were first inserted; equality ignores order.
#[derive(Clone, Debug, Default)]
pub struct Object(Arc<Node<Members>>);

/// A composite with the length of its compact JSON text and its depth, counted once when first asked for.
#[derive(Debug, Default)]
struct Node<T> {
    content: T,
    /// Zero while unknown: no composite is written in zero bytes.
    text_bytes: AtomicUsize,
    /// Zero while unknown: a composite is at least one level deep.
    depth: AtomicUsize,
}

impl<T> Node<T> {
    fn text_bytes(&self, count: impl FnOnce(&T) -> usize) -> usize {
        remembered(&self.text_bytes, || count(&self.content))
    }

    fn depth(&self, count: impl FnOnce(&T) -> usize) -> usize {
        remembered(&self.depth, || count(&self.content))
    }

    fn content_mut(&mut self) -> &mut T {
        *self.text_bytes.get_mut() = 0;
        *self.depth.get_mut() = 0;
        &mut self.content
    }
}

/// Returns a number that is kept once it is known; zero means that it is not.
fn remembered(cell: &AtomicUsize, count: impl FnOnce() -> usize) -> usize {
    match cell.load(Ordering::Relaxed) {
        0 => {
            let counted = count();
            cell.store(counted, Ordering::Relaxed);
            counted
        }
        known => known,
    }
}

impl<T: Clone> Clone for Node<T> {
    fn clone(&self) -> Node<T> {
        Node {
            content: self.content.clone(),
            text_bytes: AtomicUsize::new(self.text_bytes.load(Ordering::Relaxed)),
            depth: AtomicUsize::new(self.depth.load(Ordering::Relaxed)),
        }
    }
}

impl<T> From<T> for Node<T> {
    fn from(content: T) -> Node<T> {
        Node {
            content,
            text_bytes: AtomicUsize::new(0),
            depth: AtomicUsize::new(0),
        }
    }
}

impl Array {
    /// Returns the items for changing; copies the outermost level first where the array is shared.
    pub fn make_mut(&mut self) -> &mut Vec<Value> {
        Arc::make_mut(&mut self.0).content_mut()
    }

    /// Returns true where both are the same allocation.
    pub fn ptr_eq(&self, other: &Array) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    fn text_bytes(&self) -> usize {
        self.0.text_bytes(|items| {
            let commas = items.len().saturating_sub(1);
            2 + commas + items.iter().map(Value::text_bytes).sum::<usize>()
        })
    }
}

impl Deref for Array {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.0.content
    }
}

impl PartialEq for Array {
    fn eq(&self, other: &Array) -> bool {
        self.ptr_eq(other) || self.0.content == other.0.content
    }
}

impl Hash for Array {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.content.hash(state);
    }
}

impl From<Vec<Value>> for Array {
    fn from(items: Vec<Value>) -> Array {
        Array(Arc::new(items.into()))
    }
}

impl FromIterator<Value> for Array {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Array {
        items.into_iter().collect::<Vec<_>>().into()
    }
}

impl Object {
    /// Returns the object of members of which no two have the same name.
    pub(crate) fn of_distinct(members: impl Iterator<Item = (Arc<str>, Value)>) -> Object {
        Object(Arc::new(Members::of_distinct(members).into()))
    }

    /// Returns an empty object.
    pub fn new() -> Object {
        Object::default()
    }

    /// Returns the member of that name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.content.get(name)
    }

    /// Returns true where a member has that name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.0.content.position(name).is_some()
    }

    /// Sets a member; an existing one keeps its place. Copies the outermost level first where the object is shared.
    pub fn insert(&mut self, name: impl Into<Arc<str>>, value: Value) {
        Arc::make_mut(&mut self.0).content_mut().insert(name.into(), value);
    }

    /// Removes a member and returns it; the order of the others stays.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        Arc::make_mut(&mut self.0).content_mut().remove(name)
    }

    /// Returns a member for changing; copies the outermost level first where the object is shared.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        let position = self.0.content.position(name)?;
        Some(Arc::make_mut(&mut self.0).content_mut().value_mut(position))
    }

    /// Returns the members in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Arc<str>, &Value)> + DoubleEndedIterator {
        self.0.content.as_slice().iter().map(|(name, value)| (name, value))
    }

    /// Returns the names in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Arc<str>> {
        self.0.content.as_slice().iter().map(|(name, _)| name)
    }

    /// Returns the values in the order of their names.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.0.content.as_slice().iter().map(|(_, value)| value)
    }

    /// Returns how many members there are.
    pub fn len(&self) -> usize {
        self.0.content.as_slice().len()
    }

    /// Returns true where there is no member.
    pub fn is_empty(&self) -> bool {
        self.0.content.as_slice().is_empty()
    }

    /// Returns true where both are the same allocation.
    pub fn ptr_eq(&self, other: &Object) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    fn text_bytes(&self) -> usize {
        self.0.text_bytes(|members| {
            let members = members.as_slice();
            let commas = members.len().saturating_sub(1);
            let member = |(name, value): &(Arc<str>, Value)| write::string_bytes(name) + 1 + value.text_bytes();
            2 + commas + members.iter().map(member).sum::<usize>()
        })
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Object) -> bool {
        self.ptr_eq(other) || self.0.content == other.0.content
    }
}

impl Hash for Object {
    /// Hashes without regard to order, as equality is.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        let member = |(name, value): (&Arc<str>, &Value)| {
            let mut one = rustc_hash::FxHasher::default();
            name.hash(&mut one);
            value.hash(&mut one);
            one.finish()
        };
        self.iter().map(member).fold(0u64, u64::wrapping_add).hash(state);
    }
}

impl<K: Into<Arc<str>>> FromIterator<(K, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(members: I) -> Object {
        let members: Members = members.into_iter().map(|(name, value)| (name.into(), value)).collect();
        Object(Arc::new(members.into()))
    }
}

impl Value {
    /// Returns an empty object.
    pub fn empty_object() -> Value {
        Value::Object(Object::new())
    }

    /// Returns the object of these members, in this order.
    pub fn object<K: Into<Arc<str>>>(members: impl IntoIterator<Item = (K, Value)>) -> Value {
        Value::Object(members.into_iter().collect())
    }

    /// Returns the array of these items.
    pub fn array(items: impl IntoIterator<Item = Value>) -> Value {
        Value::Array(items.into_iter().collect())
    }

    /// Returns the member of that name where this is an object that has one.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.get(name)
    }

    /// Returns the object, where this is one.
    pub fn as_object(&self) -> Option<&Object> {
        if let Value::Object(object) = self {
            Some(object)
        } else {
            None
        }
    }

    /// Returns the array, where this is one.
    pub fn as_array(&self) -> Option<&Array> {
        if let Value::Array(array) = self {
            Some(array)
        } else {
            None
        }
    }

    /// Returns the text, where this is a string.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// Returns the truth value, where this is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(value) = self {
            Some(*value)
        } else {
            None
        }
    }

    /// Returns the number, where this is one.
    pub fn as_number(&self) -> Option<&Number> {
        if let Value::Number(number) = self {
            Some(number)
        } else {
            None
        }
    }

    /// Returns the number as an `i64`, where this is an integer within range.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// Returns true for `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Returns the JSON word for the type: `null`, `boolean`, `number`, `string`, `array` or `object`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        }
    }

    /// Returns how many arrays and objects lie inside each other at most: 0 for a scalar, 1 for `[]`. Composites count
    /// once and remember.
    pub fn depth(&self) -> usize {
        let deepest = |depths: &mut dyn Iterator<Item = usize>| 1 + depths.max().unwrap_or(0);
        match self {
            Value::Array(array) => array.0.depth(|items| deepest(&mut items.iter().map(Value::depth))),
            Value::Object(object) => object
                .0
                .depth(|members| deepest(&mut members.as_slice().iter().map(|(_, value)| value.depth()))),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
        }
    }

    /// Returns how many UTF-8 bytes the compact JSON text takes. Composites count once and remember.
    pub fn text_bytes(&self) -> usize {
        match self {
            Value::Null => 4,
            Value::Bool(value) => 5 - usize::from(*value),
            Value::Number(number) => write::number_bytes(number),
            Value::String(text) => write::string_bytes(text),
            Value::Array(array) => array.text_bytes(),
            Value::Object(object) => object.text_bytes(),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Number(value.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::String(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::String(text.into())
    }
}

impl From<Arc<str>> for Value {
    fn from(text: Arc<str>) -> Value {
        Value::String(text)
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Value {
        Value::Array(items.into())
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Value {
        Value::Object(object)
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Value {
        Value::Number(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_forgets_what_was_counted() {
        let mut object = Object::new();
        object.insert("a", Value::from(1));
        let before = Value::Object(object.clone());
        assert_eq!((before.text_bytes(), before.depth()), (7, 1));
        object.insert("b", Value::array([Value::array([])]));
        let after = Value::Object(object);
        assert_eq!((after.text_bytes(), after.depth()), (16, 3));
        assert_eq!((before.text_bytes(), before.depth()), (7, 1));
    }
}
