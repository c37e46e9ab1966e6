//! `$range(start, end, step)`.

use jlens_core::Error;
use serde_json::Value as Json;

use super::{Arguments, Maybe};

/// More numbers than this are never built: the limit on the size of an array is far below.
const MOST_NUMBERS: i128 = 10_000_000;

/// Returns the numbers from `start` to `end`, both included where the steps meet it. A single number stands for itself,
/// as a sequence does; no step, a step of zero and one that leads away from `end` give undefined.
pub(super) fn range(call: &Arguments<'_>) -> Result<Maybe, Error> {
    let (start, end) = (call.integer(0)?, call.integer(1)?);
    if call.at(2).is_none() {
        return Ok(None);
    }
    let step = call.integer(2)?;
    let distance = i128::from(end) - i128::from(start);
    let last = match i128::from(step) {
        0 => return Ok(None),
        step => distance / step,
    };
    if distance != 0 && (distance > 0) != (step > 0) {
        return Ok(None);
    }
    if last >= MOST_NUMBERS {
        return Err(Error::new("U1001").with("message", "The range is too long"));
    }
    if last == 0 {
        return Ok(Some(start.into()));
    }
    // Every number lies between `start` and `end`, so it is within an `i64`.
    let number = |index| i64::try_from(i128::from(start) + index * i128::from(step)).unwrap_or(end);
    Ok(Some((0..=last).map(|index| Json::from(number(index))).collect()))
}
