//! The clipboard.

use wasm_bindgen_futures::JsFuture;

/// Copies text; returns whether it worked (browsers refuse outside secure pages and without a gesture).
pub(crate) async fn copy(text: &str) -> bool {
    let promise = gloo::utils::window().navigator().clipboard().write_text(text);
    JsFuture::from(promise).await.is_ok()
}
