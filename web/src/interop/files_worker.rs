//! The files Worker, as `web/js/src/host.d.ts` describes it.

use asl_protocol::{FileRefusal, FilesReply, FilesRequest, decode, encode};
use js_sys::{Error, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = aslPlayground, js_name = askFiles)]
    fn ask_files(request: &Uint8Array) -> Promise;
}

/// Asks, and waits for the answer. A Worker that cannot be had is an answer too.
pub(crate) async fn ask(request: &FilesRequest) -> FilesReply {
    let reply = JsFuture::from(ask_files(&Uint8Array::from(encode(request).as_slice()))).await;
    let bytes = match reply {
        Ok(bytes) => Uint8Array::from(bytes).to_vec(),
        Err(error) => {
            let reason = error.dyn_ref::<Error>().map(Error::message);
            return refused(&reason.map(String::from).unwrap_or_default());
        }
    };
    decode(&bytes).unwrap_or_else(|error| refused(&error.to_string()))
}

fn refused(reason: &str) -> FilesReply {
    FilesReply::Refused(FileRefusal {
        title: "The part of the page that reads links and files did not answer".to_owned(),
        text: ["Nothing is lost. ", reason].concat(),
        can_reload: true,
    })
}
