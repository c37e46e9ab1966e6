//! `$hash(data, algorithm)`.

use jlens_core::Error;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::{Arguments, Maybe, refusal};

/// Returns the digest of a string's UTF-8 bytes in lower-case hexadecimal digits; undefined without an algorithm.
pub(super) fn hash(call: &Arguments<'_>) -> Result<Maybe, Error> {
    let data = call.text(0)?.as_bytes();
    if call.at(1).is_none() {
        return Ok(None);
    }
    let digits = match call.text(1)? {
        "MD5" => hexadecimal(&Md5::digest(data)),
        "SHA-1" => hexadecimal(&Sha1::digest(data)),
        "SHA-256" => hexadecimal(&Sha256::digest(data)),
        "SHA-384" => hexadecimal(&Sha384::digest(data)),
        "SHA-512" => hexadecimal(&Sha512::digest(data)),
        other => {
            return Err(refusal(format!(
                "Hash algorithm '{other}' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"
            )));
        }
    };
    Ok(Some(digits.into()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
