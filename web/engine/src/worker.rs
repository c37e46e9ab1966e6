//! What `worker.js` calls. Bytes and strings cross, never objects.

#![expect(clippy::unnecessary_wraps, reason = "the macro's code may fail where this does not")]

use std::collections::VecDeque;

use asl_protocol::{EngineRequest, decode, encode};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::{Serve, serve};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;

    /// Defined by `worker.js`: a trap itself says nothing about its cause.
    #[wasm_bindgen(js_name = onEnginePanic)]
    fn on_engine_panic(message: &str);
}

/// Microseconds since the Worker began.
fn clock() -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a time since the start, above zero"
    )]
    let now = (performance_now() * 1000.0) as u64;
    now
}

/// The engine for `worker.js`.
#[wasm_bindgen]
pub struct Engine {
    inner: crate::Engine,
    has_jsonata: bool,
    /// A request that needs JSONata, and all that came after it.
    held: VecDeque<EngineRequest>,
}

#[wasm_bindgen]
impl Engine {
    /// Starts an engine.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "JavaScript knows constructors only")]
    pub fn new() -> Engine {
        std::panic::set_hook(Box::new(|panic| on_engine_panic(&panic.to_string())));
        Engine {
            inner: crate::Engine::new(),
            has_jsonata: false,
            held: VecDeque::new(),
        }
    }

    /// Takes in the bytes of a request.
    ///
    /// # Errors
    ///
    /// Where the bytes are no request.
    pub fn receive(&mut self, message: &[u8]) -> Result<(), JsValue> {
        let request: EngineRequest = decode(message).map_err(|error| JsValue::from(error.to_string()))?;
        if self.held.is_empty() && (self.has_jsonata || !speaks_jsonata(message)) {
            self.inner.receive(request, &clock);
        } else {
            self.held.push_back(request);
        }
        Ok(())
    }

    /// Returns whether requests wait for JSONata.
    pub fn lacks_jsonata(&self) -> bool {
        !self.held.is_empty()
    }

    /// Takes in JSONata. Without it, because it could not be fetched, its expressions are refused with the reason.
    #[expect(clippy::needless_pass_by_value, reason = "JavaScript hands over what it is given")]
    pub fn jsonata_arrived(&mut self, jsonata: Option<Jsonata>) {
        if let Some(Jsonata(engine)) = jsonata {
            asl_jsonata::arrived(engine);
            self.has_jsonata = true;
        }
        for request in std::mem::take(&mut self.held) {
            self.inner.receive(request, &clock);
        }
    }

    /// Returns whether requests wait for the tools.
    pub fn lacks_tools(&self) -> bool {
        self.inner.lacks_tools()
    }

    /// Takes in the tools; none where they could not be fetched.
    #[expect(clippy::needless_pass_by_value, reason = "JavaScript hands over what it is given")]
    pub fn tools_arrived(&mut self, tools: Option<Tools>) {
        match tools {
            Some(Tools(serve)) => self.inner.tools_arrived(serve, &clock),
            None => self.inner.tools_failed(),
        }
    }

    /// Takes in a message of a mock sandbox.
    pub fn receive_from_sandbox(&mut self, sandbox: u32, message: &str) {
        self.inner.receive_from_sandbox(sandbox, message, &clock);
    }

    /// Works for a few milliseconds.
    pub fn work(&mut self) {
        self.inner.work(&clock);
    }

    /// Returns in how many milliseconds there is work: 0 for at once, -1 for when something arrives.
    pub fn due_in(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a sleep need not be exact")]
        let milliseconds = |due: u64| due as f64 / 1000.0;
        self.inner.due_in(&clock).map_or(-1.0, milliseconds)
    }

    /// Returns the bytes of the next reply.
    pub fn take_reply(&mut self) -> Option<Uint8Array> {
        self.inner.take_reply().map(|reply| Uint8Array::from(&*encode(&reply)))
    }

    /// Returns the next message to the mock sandbox.
    pub fn take_sandbox_message(&mut self) -> Option<String> {
        self.inner.take_sandbox_message()
    }
}

/// Returns whether a message holds a text that may be in JSONata: the name of the language, or an expression.
fn speaks_jsonata(message: &[u8]) -> bool {
    let holds = |word: &[u8]| message.windows(word.len()).any(|window| window == word);
    holds(b"{%") || holds(b"JSONata")
}

/// JSONata, on its way to the engine.
#[wasm_bindgen]
pub struct Jsonata(asl_jsonata::Engine);

/// Fetches JSONata, unless it is there.
///
/// # Errors
///
/// Where it cannot be fetched.
#[wasm_bindgen]
pub async fn fetch_jsonata() -> Result<Jsonata, JsValue> {
    let jsonata = load_jsonata().await;
    jsonata.map(Jsonata).map_err(|error| JsValue::from(error.to_string()))
}

#[wasm_split(jsonata, fallible)]
fn load_jsonata() -> Result<asl_jsonata::Engine, SplitLoaderError> {
    Ok(asl_jsonata::Engine::linked())
}

/// The tools, on their way to the engine.
#[wasm_bindgen]
pub struct Tools(Serve);

/// Fetches the tools, unless they are there.
///
/// # Errors
///
/// Where they cannot be fetched.
#[wasm_bindgen]
pub async fn fetch_tools() -> Result<Tools, JsValue> {
    let tools = load_tools().await;
    tools.map(Tools).map_err(|error| JsValue::from(error.to_string()))
}

#[wasm_split(tools, fallible)]
fn load_tools() -> Result<Serve, SplitLoaderError> {
    Ok(serve)
}
