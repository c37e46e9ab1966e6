//! The engine Worker, as `web/js/src/host.d.ts` describes it.

use asl_protocol::{EngineReply, EngineRequest, decode, encode};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = aslPlayground, js_name = startEngine)]
    fn start_engine(on_reply: &JsValue, on_failure: &JsValue) -> EngineHandle;

    type EngineHandle;
    #[wasm_bindgen(method)]
    fn send(this: &EngineHandle, request: &Uint8Array);
    #[wasm_bindgen(method, js_name = openSandbox)]
    fn open_sandbox(this: &EngineHandle, sandbox: u32, on_unsupported: &JsValue);
    #[wasm_bindgen(method, js_name = closeSandbox)]
    fn close_sandbox(this: &EngineHandle, sandbox: u32);
    #[wasm_bindgen(method)]
    fn terminate(this: &EngineHandle);
}

/// A running engine Worker. It is ended when this is dropped.
pub(crate) struct EngineWorker {
    handle: EngineHandle,
    _on_reply: Closure<dyn Fn(Uint8Array)>,
    _on_failure: Closure<dyn Fn(String)>,
}

impl EngineWorker {
    /// Starts the Worker.
    pub(crate) fn start(
        on_reply: impl Fn(EngineReply) + 'static,
        on_failure: impl Fn(String) + 'static,
    ) -> EngineWorker {
        let on_reply = Closure::<dyn Fn(Uint8Array)>::new(move |bytes: Uint8Array| match decode(&bytes.to_vec()) {
            Ok(reply) => on_reply(reply),
            Err(error) => gloo::console::error!(error.to_string()),
        });
        let on_failure = Closure::<dyn Fn(String)>::new(on_failure);
        EngineWorker {
            handle: start_engine(on_reply.as_ref(), on_failure.as_ref()),
            _on_reply: on_reply,
            _on_failure: on_failure,
        }
    }

    /// Sends a request; it waits where the engine is not there yet.
    pub(crate) fn send(&self, request: &EngineRequest) {
        self.handle.send(&Uint8Array::from(encode(request).as_slice()));
    }

    /// Opens the sandbox for snippets; `on_unsupported` gets a sentence where the browser has none.
    pub(crate) fn open_sandbox(&self, sandbox: u32, on_unsupported: impl FnOnce(String) + 'static) {
        let on_unsupported = Closure::once_into_js(on_unsupported);
        self.handle.open_sandbox(sandbox, &on_unsupported);
    }

    /// Removes the sandbox and everything that still runs inside.
    pub(crate) fn close_sandbox(&self, sandbox: u32) {
        self.handle.close_sandbox(sandbox);
    }
}

impl Drop for EngineWorker {
    fn drop(&mut self) {
        self.handle.terminate();
    }
}
