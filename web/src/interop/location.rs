//! The address bar.

use wasm_bindgen::JsValue;

/// Returns the fragment with its `#`, or empty text.
pub(crate) fn fragment() -> String {
    gloo::utils::window().location().hash().unwrap_or_default()
}

/// Returns the address of the page without any fragment.
pub(crate) fn address() -> String {
    let href = gloo::utils::window().location().href().unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Replaces the fragment without adding to the history and without opening it.
pub(crate) fn replace_fragment(fragment: &str) {
    let address = if fragment.is_empty() {
        address()
    } else {
        format!("{}#{fragment}", address())
    };
    if let Ok(history) = gloo::utils::window().history() {
        // Browsers refuse after many calls in a short time; the address is then merely out of date.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Loads the page anew.
pub(crate) fn reload() {
    // A page that cannot be loaded anew stays as it is.
    let _ = gloo::utils::window().location().reload();
}
