//! The way from an embedded page to the whole playground.

use crate::interop::location;
use crate::state::encode_fragment;

use super::Commands;

impl Commands {
    /// Returns the address of the playground with the document that is on the screen.
    pub(crate) fn playground_address(&self) -> String {
        // A document too large for a link is opened from a file; the playground itself still opens.
        let fragment = encode_fragment(&self.state().snapshot()).unwrap_or_default();
        [&location::playground(), "#", &fragment].concat()
    }
}
