//! Files that the page hands to the reader.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long a download may take to begin before its address is given up.
const KEPT_FOR_MS: u32 = 10_000;

/// Id of the element that lets the reader pick a file.
pub(crate) const PICKER: &str = "file-picker";

/// Lets the reader pick a file.
pub(crate) fn pick() {
    let picker = gloo::utils::document().get_element_by_id(PICKER);
    if let Some(picker) = picker.and_then(|picker| picker.dyn_into::<web_sys::HtmlElement>().ok()) {
        picker.click();
    }
}

/// Returns text as the content of a file.
pub(crate) fn blob(text: &str, media_type: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&JsValue::from_str(text));
    Blob::new_with_str_sequence_and_options(&parts, &options).ok()
}

/// Lets the browser save a file; returns whether it was asked to.
pub(crate) fn download(content: &Blob, name: &str) -> bool {
    let Ok(url) = Url::create_object_url_with_blob(content) else {
        return false;
    };
    let link = gloo::utils::document().create_element("a").ok();
    let link = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = &link {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    gloo::timers::callback::Timeout::new(KEPT_FOR_MS, move || drop(Url::revoke_object_url(&url))).forget();
    link.is_some()
}
