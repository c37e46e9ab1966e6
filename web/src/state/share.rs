//! Links that hold a whole document in their fragment.
//!
//! `#v1.j.<base64url of JSON>.<CRC-32 of those characters>`. Nothing is uploaded, and the link ends in a digit, so that
//! no mail program cuts it short. A link is opened, never run.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crc::{CRC_32_ISO_HDLC, Crc, NoTable};

use super::examples::{EXAMPLES, Example};
use super::snapshot::{Snapshot, VERSION};

/// Longest fragment that is read, in characters.
const LONGEST_FRAGMENT: usize = 131_072;
/// The checksum of a link. A table to compute it faster would weigh more than the links.
const CHECKSUM: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// Why a link does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkError {
    /// The end is missing or a character was lost.
    Incomplete,
    /// A newer version of the page made it.
    Newer,
    /// It is longer than a link may be.
    TooLarge,
    /// The checksum holds, the content does not.
    Corrupt,
    /// No example has that name.
    UnknownExample,
}

impl LinkError {
    /// Returns what the page says.
    pub(crate) fn message(self) -> &'static str {
        match self {
            LinkError::Incomplete => "This link is incomplete: its end is missing or was changed. Ask for it again.",
            LinkError::Newer => "This link was made with a newer version of the playground. Reload the page to update.",
            LinkError::TooLarge => "This link is too large to open.",
            LinkError::Corrupt => "This link does not hold a state machine.",
            LinkError::UnknownExample => "There is no example of that name.",
        }
    }
}

/// Returns the fragment, without `#`, that holds a snapshot.
pub(crate) fn encode_fragment(snapshot: &Snapshot) -> Result<String, LinkError> {
    let json = serde_json::to_string(snapshot).map_err(|_| LinkError::Corrupt)?;
    let payload = URL_SAFE_NO_PAD.encode(json);
    let fragment = format!("v1.j.{payload}.{:08x}", CHECKSUM.checksum(payload.as_bytes()));
    if fragment.len() > LONGEST_FRAGMENT {
        return Err(LinkError::TooLarge);
    }
    Ok(fragment)
}

/// Returns the snapshot in a fragment, or `None` where the fragment is none of ours.
pub(crate) fn decode_fragment(fragment: &str) -> Option<Result<Snapshot, LinkError>> {
    let fragment = fragment
        .trim_start_matches('#')
        .trim_matches(|character: char| character.is_whitespace() || ">)].,;\"'".contains(character));
    if let Some(slug) = fragment.strip_prefix("example/") {
        let example = EXAMPLES.iter().find(|example| example.slug == slug);
        return Some(example.map(Example::snapshot).ok_or(LinkError::UnknownExample));
    }
    let version = fragment.strip_prefix('v')?.split('.').next()?;
    let version: u32 = version.parse().ok()?;
    Some(decode_document(version, fragment))
}

fn decode_document(version: u32, fragment: &str) -> Result<Snapshot, LinkError> {
    if version > VERSION {
        return Err(LinkError::Newer);
    }
    if fragment.len() > LONGEST_FRAGMENT {
        return Err(LinkError::TooLarge);
    }
    let mut parts = fragment.split('.').skip(1);
    let (codec, payload, checksum) = (parts.next(), parts.next(), parts.next());
    if codec.is_some_and(|codec| codec != "j") {
        return Err(LinkError::Newer);
    }
    let (payload, checksum) = payload.zip(checksum).ok_or(LinkError::Incomplete)?;
    if format!("{:08x}", CHECKSUM.checksum(payload.as_bytes())) != checksum {
        return Err(LinkError::Incomplete);
    }
    let json = URL_SAFE_NO_PAD.decode(payload).map_err(|_| LinkError::Corrupt)?;
    let snapshot: Snapshot = serde_json::from_slice(&json).map_err(|_| LinkError::Corrupt)?;
    if snapshot.v > VERSION {
        return Err(LinkError::Newer);
    }
    Ok(snapshot)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot() -> Snapshot {
        Snapshot {
            v: 1,
            title: "Größe".into(),
            definition: "{\n  \"StartAt\": \"A\"\n}".into(),
            ..Snapshot::default()
        }
    }

    #[test]
    fn a_link_leads_back_to_its_document() {
        let fragment = encode_fragment(&snapshot()).unwrap();
        assert!(
            fragment
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        );
        assert_eq!(decode_fragment(&format!("#{fragment}")), Some(Ok(snapshot())));
        assert_eq!(decode_fragment(&format!(" {fragment}).")), Some(Ok(snapshot())));
    }

    #[test]
    fn every_published_version_opens() {
        let published = "v1.j.eyJ2IjoxLCJhc2wiOiJ7fSJ9.0b49a2fe";
        let opened = decode_fragment(published).unwrap().unwrap();
        assert_eq!(opened.definition, "{}");
    }

    #[test]
    fn damage_is_told_apart() {
        let fragment = encode_fragment(&snapshot()).unwrap();
        for (fragment, error) in [
            (fragment[..fragment.len() - 1].to_owned(), LinkError::Incomplete),
            ("v1.j.abc".into(), LinkError::Incomplete),
            ("v2.j.abc.00000000".into(), LinkError::Newer),
            ("v1.z.abc.00000000".into(), LinkError::Newer),
            (
                format!("v1.j.e30x.{:08x}", CHECKSUM.checksum(b"e30x")),
                LinkError::Corrupt,
            ),
            (format!("v1.j.{}", "a".repeat(LONGEST_FRAGMENT)), LinkError::TooLarge),
            ("example/none".into(), LinkError::UnknownExample),
        ] {
            assert_eq!(
                decode_fragment(&fragment),
                Some(Err(error)),
                "{}",
                &fragment[..20.min(fragment.len())]
            );
        }
        assert_eq!(decode_fragment("#section"), None);
        assert_eq!(decode_fragment(""), None);
    }
}
