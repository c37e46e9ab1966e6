//! How large a link, a file and what they hold may be. The command `asl` and the page hold the same limits.

/// Longest fragment that is read or written, in characters.
pub const MAX_LINK_CHARACTERS: usize = 131_072;
/// Largest document that a link unpacks to, in bytes.
pub const MAX_DOCUMENT_BYTES: usize = 2 * 1024 * 1024;
/// Largest definition, in bytes: the service's own limit. A larger one is shown, not edited.
pub const MAX_DEFINITION_BYTES: usize = 1024 * 1024;
/// Largest execution input, in bytes: the service's own limit. A larger one is shown, not edited.
pub const MAX_INPUT_BYTES: usize = 256 * 1024;
/// Most mocks.
pub const MAX_MOCKS: usize = 64;
/// Longest JavaScript of one mock, in bytes.
pub const MAX_JAVASCRIPT_BYTES: usize = 64 * 1024;
/// How deeply the document may nest.
pub const MAX_DEPTH: usize = 128;
