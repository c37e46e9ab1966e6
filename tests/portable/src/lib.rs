//! What both the native and the WebAssembly tests need: the JSONata suite, known failures, and histories as text.

pub mod history;
pub mod jsonata;
pub mod known;
