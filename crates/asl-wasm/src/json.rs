//! Payloads across the border: as JSON text, which keeps every member (`__proto__` too) a plain member.

use std::sync::Arc;

use asl_json::Value;
use js_sys::JSON;
use wasm_bindgen::JsValue;

use crate::error::invalid_argument;

/// Returns a value as JavaScript has it.
pub(crate) fn to_js(value: &Value) -> JsValue {
    JSON::parse(&value.to_string()).expect("a value prints as JSON")
}

/// Returns a value of JavaScript as `JSON.stringify` sees it; `what` names it where it has no JSON.
///
/// # Errors
/// A function, a symbol, a circle, or `undefined` has no JSON.
pub(crate) fn from_js(value: &JsValue, what: &str) -> Result<Value, JsValue> {
    let text = JSON::stringify(value).ok().and_then(|text| text.as_string());
    text.and_then(|text| asl_json::parse_value(&text).ok())
        .ok_or_else(|| invalid_argument(&format!("{what} cannot be written as JSON")))
}

/// Returns a text that many may share.
pub(crate) fn shared(text: Option<String>) -> Option<Arc<str>> {
    text.map(Arc::from)
}
