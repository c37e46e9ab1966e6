//! What `files-worker.js` calls. Bytes cross, never objects.

use asl_protocol::{FilesRequest, decode, encode};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Answers the bytes of a question with the bytes of a reply.
///
/// # Errors
///
/// Where the bytes are no question.
#[wasm_bindgen]
pub fn answer(message: &[u8]) -> Result<Uint8Array, JsValue> {
    let request: FilesRequest = decode(message).map_err(|error| JsValue::from(error.to_string()))?;
    Ok(Uint8Array::from(&*encode(&crate::answer(request))))
}
