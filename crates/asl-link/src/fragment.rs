//! The fragment of an address: packing and unpacking.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use sha2::{Digest, Sha256};

use crate::document::{Document, VERSION};
use crate::error::LinkError;
use crate::limits::{MAX_DOCUMENT_BYTES, MAX_LINK_CHARACTERS};

/// The checksum of a link. A table to compute it faster would weigh more than the links.
const CHECKSUM: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);
/// Effort of the compressor, of 10: the last step costs time and wins next to nothing.
const EFFORT: u8 = 9;

/// How the payload holds the JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Codec {
    /// Raw DEFLATE.
    #[default]
    Deflate,
    /// As it is: easy to write for other programs.
    Json,
}

/// Returns the fragment, without `#`, that holds a document.
///
/// # Errors
///
/// Where it would be longer than a link may be.
pub fn write_link(document: &Document, codec: Codec) -> Result<String, LinkError> {
    let json = document.to_value().to_string();
    if json.len() > MAX_DOCUMENT_BYTES {
        return Err(LinkError::TooMuchInside);
    }
    let (letter, payload) = match codec {
        Codec::Deflate => ('d', URL_SAFE_NO_PAD.encode(compress_to_vec(json.as_bytes(), EFFORT))),
        Codec::Json => ('j', URL_SAFE_NO_PAD.encode(&json)),
    };
    let link = format!("v{VERSION}.{letter}.{payload}.{}", checksum(&payload));
    if link.len() > MAX_LINK_CHARACTERS {
        return Err(LinkError::TooLong(link.len()));
    }
    Ok(link)
}

/// Returns the document in a fragment, or `None` where the fragment is none of ours. Forgives what chat programs and
/// sentences around a link add to it, and one needless round of percent-encoding.
pub fn read_link(fragment: &str) -> Option<Result<Document, LinkError>> {
    let fragment = trimmed(fragment);
    let version = version(fragment)?;
    let first = read(fragment, version);
    if first.is_err() && fragment.contains('%') && fragment.len() <= MAX_LINK_CHARACTERS {
        let decoded = percent_decoded(fragment);
        let second = read(trimmed(&decoded), version);
        return Some(second.or(first));
    }
    Some(first)
}

/// Returns the SHA-256 of a document's content in hexadecimal digits: who has allowed one document to run its
/// JavaScript has not allowed another one that merely looks alike.
pub fn digest(document: &Document) -> String {
    let content = Document {
        view: crate::View::default(),
        ..document.clone()
    };
    let hash = Sha256::digest(content.to_value().to_string().as_bytes());
    let hexadecimal = |digit: u8| char::from_digit(u32::from(digit), 16).unwrap_or_default();
    hash.iter()
        .flat_map(|byte| [hexadecimal(byte >> 4), hexadecimal(byte & 15)])
        .collect()
}

fn checksum(payload: &str) -> String {
    format!("{:08x}", CHECKSUM.checksum(payload.as_bytes()))
}

fn trimmed(fragment: &str) -> &str {
    let around = |character: char| character.is_whitespace() || ">)].,;\"'".contains(character);
    fragment.trim_matches(around).trim_start_matches('#')
}

/// Returns the number behind the `v` of a link.
fn version(fragment: &str) -> Option<u64> {
    let rest = fragment.strip_prefix('v')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_link = rest[digits..].is_empty() || rest[digits..].starts_with(['.', '%']);
    rest[..digits].parse().ok().filter(|_| is_link)
}

fn read(fragment: &str, version: u64) -> Result<Document, LinkError> {
    if version > VERSION {
        return Err(LinkError::Newer(version));
    }
    if fragment.len() > MAX_LINK_CHARACTERS {
        return Err(LinkError::TooLong(fragment.len()));
    }
    let mut parts = fragment.split('.').skip(1);
    let (codec, payload, expected) = (parts.next(), parts.next(), parts.next());
    let (Some(codec), Some(payload), Some(expected)) = (codec, payload, expected) else {
        return Err(LinkError::Incomplete);
    };
    if expected.len() < 8 {
        return Err(LinkError::Incomplete);
    }
    if version == 0 || parts.next().is_some() || checksum(payload) != expected {
        return Err(LinkError::Changed);
    }
    let packed = URL_SAFE_NO_PAD.decode(payload).map_err(|_| LinkError::Unreadable)?;
    let json = match codec {
        "d" => inflated(&packed)?,
        "j" => packed,
        _ => return Err(LinkError::Unreadable),
    };
    if json.len() > MAX_DOCUMENT_BYTES {
        return Err(LinkError::TooMuchInside);
    }
    let json = String::from_utf8(json).map_err(|_| LinkError::Unreadable)?;
    Document::from_json(&json)
}

/// Unpacks no more than a document may hold, whatever the packed bytes promise.
fn inflated(packed: &[u8]) -> Result<Vec<u8>, LinkError> {
    decompress_to_vec_with_limit(packed, MAX_DOCUMENT_BYTES).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::TooMuchInside,
        _ => LinkError::Unreadable,
    })
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let hex = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = hex.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let encoded = byte.filter(|_| first == b'%');
        bytes.push(encoded.unwrap_or(first));
        rest = if encoded.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        Document {
            title: "Größe".into(),
            asl: "{\n  \"StartAt\": \"A\"\n}".into(),
            ..Document::default()
        }
    }

    fn link_of(codec: char, packed: &[u8]) -> String {
        let payload = URL_SAFE_NO_PAD.encode(packed);
        format!("v1.{codec}.{payload}.{}", checksum(&payload))
    }

    fn error_of(link: &str) -> LinkError {
        read_link(link).unwrap().unwrap_err()
    }

    #[test]
    fn a_link_leads_back_to_its_document_and_holds_only_harmless_characters() {
        for codec in [Codec::Deflate, Codec::Json] {
            let link = write_link(&document(), codec).unwrap();
            assert!(
                link.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
            );
            assert!(link.ends_with(|last: char| last.is_ascii_hexdigit()));
            assert_eq!(read_link(&link), Some(Ok(document())));
        }
    }

    #[test]
    fn what_surrounds_a_link_in_a_sentence_is_forgiven() {
        let link = write_link(&document(), Codec::Deflate).unwrap();
        for around in [format!("#{link}"), format!(" {link}).\n"), format!("{link}>,;\"'")] {
            assert_eq!(read_link(&around), Some(Ok(document())), "{around}");
        }
    }

    #[test]
    fn one_needless_round_of_percent_encoding_is_forgiven() {
        let link = write_link(&document(), Codec::Deflate).unwrap();
        assert_eq!(read_link(&link.replace('.', "%2E")), Some(Ok(document())));
        assert_eq!(read_link(&format!("{link}%20")), Some(Ok(document())));
        assert_eq!(error_of("v1%2Ed%2Eabc"), LinkError::Incomplete);
        assert_eq!(error_of("v1.d.%.%zz"), LinkError::Incomplete);
    }

    #[test]
    fn every_cut_is_told_as_an_incomplete_link() {
        let link = write_link(&document(), Codec::Deflate).unwrap();
        for length in 2..link.len() {
            let error = error_of(&link[..length]);
            assert_eq!(error, LinkError::Incomplete, "{}", &link[..length]);
        }
    }

    #[test]
    fn kinds_of_damage_are_told_apart() {
        let link = write_link(&document(), Codec::Deflate).unwrap();
        let changed = link.replacen("v1.d.", "v1.d.x", 1);
        for (link, error) in [
            (changed.as_str(), LinkError::Changed),
            (&format!("{link}.more"), LinkError::Changed),
            ("v0.d.abc.00000000", LinkError::Changed),
            ("v2.d.abc.00000000", LinkError::Newer(2)),
            ("v99", LinkError::Newer(99)),
            (&link_of('z', b"{}"), LinkError::Unreadable),
            (&link_of('d', b"no deflate"), LinkError::Unreadable),
            (&link_of('j', b"\xff"), LinkError::Unreadable),
        ] {
            assert_eq!(error_of(link), error, "{link}");
        }
        assert!(matches!(error_of(&link_of('j', b"{}")), LinkError::NoDocument(_)));
    }

    #[test]
    fn other_fragments_are_none_of_ours() {
        for fragment in [
            "",
            "#section",
            "v",
            "version.1",
            "vx.d",
            "v1a.d",
            "example/saga",
            "lesson/1.2",
        ] {
            assert_eq!(read_link(fragment), None, "{fragment}");
        }
    }

    #[test]
    fn a_link_may_be_as_long_as_the_limit_and_no_longer() {
        let longest = format!("v1.d.{}", "A".repeat(MAX_LINK_CHARACTERS - 5));
        assert_eq!(error_of(&longest), LinkError::Incomplete);
        assert_eq!(
            error_of(&format!("{longest}A")),
            LinkError::TooLong(MAX_LINK_CHARACTERS + 1)
        );
    }

    #[test]
    fn what_is_unpacked_may_be_as_large_as_the_limit_and_no_larger() {
        let padded = |length: usize| {
            let json = r#"{"v":1}"#.to_owned() + &" ".repeat(length - 7);
            link_of('d', &compress_to_vec(json.as_bytes(), EFFORT))
        };
        assert_eq!(read_link(&padded(MAX_DOCUMENT_BYTES)), Some(Ok(Document::default())));
        assert_eq!(error_of(&padded(MAX_DOCUMENT_BYTES + 1)), LinkError::TooMuchInside);
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let zeros = compress_to_vec(&vec![0; 64 * 1024 * 1024], EFFORT);
        assert!(zeros.len() < MAX_LINK_CHARACTERS / 2);
        assert_eq!(error_of(&link_of('d', &zeros)), LinkError::TooMuchInside);
    }

    #[test]
    fn what_a_link_cannot_hold_is_refused_when_it_is_written() {
        let noise: String = (0_u32..200_000)
            .map(|at| char::from(33 + (at.wrapping_mul(2_654_435_761) >> 25) as u8 % 90))
            .collect();
        let large = Document {
            asl: noise.repeat(2),
            ..Document::default()
        };
        assert!(matches!(
            write_link(&large, Codec::Json),
            Err(LinkError::TooLong(characters)) if characters > MAX_LINK_CHARACTERS
        ));
    }

    #[test]
    fn a_digest_depends_on_the_content_and_not_on_the_view() {
        let mut looked_at = document();
        looked_at.view.event = Some(3);
        assert_eq!(digest(&document()), digest(&looked_at));
        let other = Document {
            input: "{}".into(),
            ..document()
        };
        assert_ne!(digest(&document()), digest(&other));
        assert_eq!(digest(&other).len(), 64);
    }
}
