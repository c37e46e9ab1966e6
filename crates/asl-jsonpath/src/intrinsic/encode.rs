//! `States.Base64Encode`, `States.Base64Decode` and `States.Hash`.

use std::fmt::Write;

use asl_json::Value;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::Failure;
use super::string::text;

/// Length of text these functions accept, in UTF-16 units. Source: Step Functions Developer Guide, "Intrinsic functions".
const MAX_LENGTH: usize = 10_000;

/// As lenient as `java.util.Base64`: the padding may be missing and its bits may be set.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

fn short_text(values: &[Value]) -> Result<&str, Failure> {
    let text = text(values, 0)?;
    if text.encode_utf16().count() > MAX_LENGTH {
        return Err(Failure::new(format!(
            "Argument 1 must not be longer than {MAX_LENGTH} characters"
        )));
    }
    Ok(text)
}

pub(super) fn to_base64(values: &[Value]) -> Result<Value, Failure> {
    Ok(BASE64.encode(short_text(values)?).into())
}

pub(super) fn from_base64(values: &[Value]) -> Result<Value, Failure> {
    let bytes = BASE64.decode(short_text(values)?);
    let bytes = bytes.map_err(|_| Failure::new("Argument 1 is not valid Base64"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned().into())
}

pub(super) fn hash(values: &[Value]) -> Result<Value, Failure> {
    let data = short_text(values)?;
    let digest = match text(values, 1)? {
        "MD5" => hexadecimal(&Md5::digest(data)),
        "SHA-1" => hexadecimal(&Sha1::digest(data)),
        "SHA-256" => hexadecimal(&Sha256::digest(data)),
        "SHA-384" => hexadecimal(&Sha384::digest(data)),
        "SHA-512" => hexadecimal(&Sha512::digest(data)),
        other => {
            let known = "MD5, SHA-1, SHA-256, SHA-384, SHA-512";
            return Err(Failure::new(format!(
                "The hash algorithm must be one of {known}, not {other}"
            )));
        }
    };
    Ok(digest.into())
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
    }
    text
}
