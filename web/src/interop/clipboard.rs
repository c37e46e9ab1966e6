//! The clipboard.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

#[wasm_bindgen]
extern "C" {
    type ClipboardItem;
    #[wasm_bindgen(constructor, catch)]
    fn new(contents: &Object) -> Result<ClipboardItem, JsValue>;

    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = write, catch)]
    fn write(items: &Array) -> Result<Promise, JsValue>;
}

/// Copies text; returns whether it worked (browsers refuse outside secure pages and without a gesture).
pub(crate) async fn copy(text: &str) -> bool {
    let promise = gloo::utils::window().navigator().clipboard().write_text(text);
    JsFuture::from(promise).await.is_ok()
}

/// Copies a picture; returns whether it worked.
pub(crate) async fn copy_image(png: &Blob) -> bool {
    let contents = Object::new();
    let item = Reflect::set(&contents, &png.type_().into(), png).and_then(|_| ClipboardItem::new(&contents));
    match item.and_then(|item| write(&Array::of1(&item))) {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    }
}
