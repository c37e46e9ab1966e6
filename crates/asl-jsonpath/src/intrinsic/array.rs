//! `States.Array…`: functions on arrays.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use asl_json::{Array, Value};

use super::Failure;
use super::math::integer;

/// How many items `States.ArrayRange` makes at most. Source: Step Functions Developer Guide, "States.ArrayRange".
const MAX_RANGE: i64 = 1_000;

fn array(values: &[Value], position: usize) -> Result<&Array, Failure> {
    let value = &values[position];
    value.as_array().ok_or_else(|| {
        let type_name = value.type_name();
        Failure::new(format!(
            "Argument {} must be an array, but is of type {type_name}",
            position + 1
        ))
    })
}

pub(super) fn length(values: &[Value]) -> Result<Value, Failure> {
    Ok(count(array(values, 0)?.len()))
}

fn count(length: usize) -> Value {
    Value::from(i64::try_from(length).unwrap_or(i64::MAX))
}

pub(super) fn contains(values: &[Value]) -> Result<Value, Failure> {
    Ok(array(values, 0)?.contains(&values[1]).into())
}

pub(super) fn item(values: &[Value]) -> Result<Value, Failure> {
    let items = array(values, 0)?;
    let index = values[1]
        .as_i64()
        .ok_or_else(|| Failure::new("Argument 2 must be an integer"))?;
    let item = usize::try_from(index).ok().and_then(|index| items.get(index));
    item.cloned().ok_or_else(|| {
        let length = items.len();
        Failure::new(format!(
            "Index {index} is out of bounds for an array of length {length}"
        ))
    })
}

pub(super) fn partition(values: &[Value]) -> Result<Value, Failure> {
    let items = array(values, 0)?;
    let size = usize::try_from(integer(values, 1)?).unwrap_or(0);
    if size == 0 {
        return Err(Failure::new("The size of a chunk must be a positive integer"));
    }
    Ok(Value::array(
        items.chunks(size).map(|chunk| Value::array(chunk.iter().cloned())),
    ))
}

pub(super) fn range(values: &[Value]) -> Result<Value, Failure> {
    let (first, last, step) = (integer(values, 0)?, integer(values, 1)?, integer(values, 2)?);
    if step == 0 {
        return Err(Failure::new("The step of a range must not be zero"));
    }
    let is_empty = (step > 0 && first > last) || (step < 0 && first < last);
    if is_empty {
        return Ok(Vec::new().into());
    }
    let count = 1 + i128::from(first.abs_diff(last)) / i128::from(step.unsigned_abs());
    if count > i128::from(MAX_RANGE) {
        return Err(Failure::new(format!(
            "A range must not have more than {MAX_RANGE} items"
        )));
    }
    let items = std::iter::successors(Some(first), |item| item.checked_add(step));
    Ok(items
        .take(usize::try_from(count).unwrap_or(0))
        .map(Value::from)
        .collect::<Vec<_>>()
        .into())
}

pub(super) fn unique(values: &[Value]) -> Result<Value, Failure> {
    let items = array(values, 0)?;
    let mut by_hash: BTreeMap<u64, Vec<&Value>> = BTreeMap::new();
    let mut firsts = Vec::new();
    for item in items.iter() {
        // With a fixed key, so that every run does the same work.
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(item);
        let alike = by_hash.entry(hash).or_default();
        if !alike.contains(&item) {
            alike.push(item);
            firsts.push(item.clone());
        }
    }
    Ok(firsts.into())
}
