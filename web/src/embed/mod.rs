//! The page inside another page, `embed.html`: fewer panes, one quiet bar, no storage and no address bar of its own.
//!
//! The same program as the full page. What tells it apart is an attribute of the document, so that nothing in an address
//! can turn the one into the other.

mod bar;
mod chunk;
mod frame;
mod height;
mod message;
mod options;

use crate::interop::embedding;

pub(crate) use chunk::use_embed;
pub(crate) use frame::EmbedFrameProps;
pub(crate) use options::EmbedOptions;

/// Returns what the address asks for, where this page is an embedded one, and makes the document look so.
pub(crate) fn options() -> Option<EmbedOptions> {
    if !embedding::is_embedded() {
        return None;
    }
    let options = EmbedOptions::parse(&gloo::utils::window().location().search().unwrap_or_default());
    embedding::set_read_only(options.is_read_only);
    if let Some(percent) = options.scale {
        embedding::set_scale(percent);
    }
    Some(options)
}
