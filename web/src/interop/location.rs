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

/// Replaces the fragment without adding to the history and without opening it. An embedded page leaves its address alone.
pub(crate) fn replace_fragment(fragment: &str) {
    if super::embedding::is_embedded() {
        return;
    }
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

/// Returns the address of the whole playground, which lies beside the embedded page.
pub(crate) fn playground() -> String {
    let base = gloo::utils::document().base_uri().ok().flatten().unwrap_or_default();
    let folder = base.split(['?', '#']).next().unwrap_or_default();
    folder.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned() + "/"
}

/// Opens an address in a window of its own, which knows nothing of this one.
pub(crate) fn open(address: &str) {
    // A browser that allows no window shows its own sign of that.
    let _ = gloo::utils::window().open_with_url_and_target_and_features(address, "_blank", "noopener");
}

/// Loads the page anew.
pub(crate) fn reload() {
    // A page that cannot be loaded anew stays as it is.
    let _ = gloo::utils::window().location().reload();
}
