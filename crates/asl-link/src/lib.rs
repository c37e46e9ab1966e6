//! Links and playground files: the document that they carry, and how the fragment of an address holds it.
//!
//! A link is `v1.<codec>.<payload>.<checksum>`: the payload is base64url without padding of the document's JSON, raw
//! DEFLATE before that where the codec is `d`, as it is where the codec is `j`; the checksum is the CRC-32 of the
//! payload's characters in eight lower-case hexadecimal digits. Only `A-Z a-z 0-9 - _ .` occur, and the last character
//! is a digit or letter, so that no program that finds links in text cuts one short.
//!
//! Links of every released version open for ever: `tests/links` holds some of each, and [`migrate`]
//! carries old documents forward. Read [`Document`] first, then [`read_link`].
//!
//! ```
//! use asl_link::{Codec, Document, read_link, write_link};
//! let document = Document { title: "Orders".into(), asl: "{ }".into(), ..Document::default() };
//! let link = write_link(&document, Codec::Deflate).unwrap();
//! assert_eq!(read_link(&link).unwrap().unwrap(), document);
//! ```

mod document;
mod error;
mod fragment;
pub mod limits;
pub mod migrate;
mod read;
mod redact;
mod shorten;
mod write;

pub use document::{
    Clock, Document, Failure, MachineType, Mock, MockBehavior, MockTarget, Step, StepAnswer, VERSION, View,
};
pub use error::LinkError;
pub use fragment::{Codec, digest, read_link, write_link};
pub use redact::{STAND_IN_ACCOUNT, has_account_ids, redacted};
pub use shorten::shortened;
