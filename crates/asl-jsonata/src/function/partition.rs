//! `$partition(array, size)`.

use jlens_core::Error;
use serde_json::Value as Json;

use super::{Arguments, Maybe, refusal};

/// Returns the array in chunks of `size` items, the last one holding what is left. Without a size there is one chunk;
/// an empty or missing array, and a size of zero, give undefined.
pub(super) fn partition(call: &Arguments<'_>) -> Result<Maybe, Error> {
    let items = match call.at(0) {
        None => return Ok(None),
        Some(Json::Array(items)) => items,
        // AWS names no type of items here: "must be an array of undefined".
        Some(_) => return Err(Error::new("T0412").with("index", 1).with("token", "partition")),
    };
    if items.is_empty() {
        return Ok(None);
    }
    if call.at(1).is_none() {
        return Ok(Some(vec![Json::Array(items.clone())].into()));
    }
    let size = call.integer(1)?;
    if size < 0 {
        return Err(refusal("Second argument must be zero or greater"));
    }
    if size == 0 {
        return Ok(None);
    }
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let chunks = items.chunks(size).map(|chunk| Json::Array(chunk.to_vec()));
    Ok(Some(chunks.collect()))
}
