//! GitHub gists, as `web/js/src/host.d.ts` describes their fetching.

use js_sys::{Error, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = aslPlayground, js_name = fetchGist)]
    fn fetch_gist(path: &str) -> Promise;
}

/// Returns the file of a gist that holds a state machine.
///
/// # Errors
/// Says why there is none, in a sentence.
pub(crate) async fn fetch(path: &str) -> Result<File, String> {
    let found = JsFuture::from(fetch_gist(path)).await;
    found.map(JsValue::unchecked_into).map_err(|error| {
        let reason = error.dyn_ref::<Error>().map(Error::message);
        reason.map(String::from).unwrap_or_default()
    })
}
