//! Messages as bytes: `postcard`, a compact binary form that both wasm modules read without any JavaScript object.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes that are no message of the expected type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(postcard::Error);

impl fmt::Display for DecodeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the message does not decode: {}", self.0)
    }
}

impl std::error::Error for DecodeError {}

/// Returns the bytes of a message.
///
/// # Panics
///
/// Never for the messages of this crate: they have no length that is unknown beforehand, the one thing refused here.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_allocvec(message).expect("every sequence of a message knows its length")
}

/// Returns the message that the bytes hold.
///
/// # Errors
///
/// Where the bytes end early, name an unknown variant, hold text that is not UTF-8, or go on after the message.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        Ok(_) => Err(DecodeError(postcard::Error::DeserializeBadEncoding)),
        Err(error) => Err(DecodeError(error)),
    }
}
