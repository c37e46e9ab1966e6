//! What the document says about being embedded in another page.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Attribute of the document's root in `embed.html`.
const EMBEDDED: &str = "data-embed";
/// Attribute of the document's root where nothing can be edited.
const READ_ONLY: &str = "data-readonly";

fn root() -> Option<Element> {
    gloo::utils::document().document_element()
}

/// Returns whether this is the embedded page.
pub(crate) fn is_embedded() -> bool {
    root().is_some_and(|root| root.has_attribute(EMBEDDED))
}

/// Returns whether the wheel belongs to this page: always, but for an embedded page that the reader has not clicked.
pub(crate) fn has_wheel() -> bool {
    !is_embedded() || gloo::utils::document().has_focus().unwrap_or(true)
}

/// Lets every editor made from now on refuse edits.
pub(crate) fn set_read_only(is_read_only: bool) {
    if let Some(root) = root().filter(|_| is_read_only) {
        // The name is a valid one.
        let _ = root.set_attribute(READ_ONLY, "");
    }
}

/// Returns whether editors refuse edits.
pub(crate) fn is_read_only() -> bool {
    root().is_some_and(|root| root.has_attribute(READ_ONLY))
}

/// Makes all text larger or smaller.
pub(crate) fn set_scale(percent: u32) {
    if let Some(root) = root().and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        // The value is a valid one.
        let _ = root
            .style()
            .set_property("font-size", &[&percent.to_string(), "%"].concat());
    }
}
