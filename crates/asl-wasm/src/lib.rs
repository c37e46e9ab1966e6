//! Amazon States Language for JavaScript hosts: the interpreter's own types, method for method.
//!
//! It holds no logic: [`Definition`] and [`Execution`] call `asl-model`, `asl-view` and `asl-core`, and `dto.rs` says how
//! each value crosses. The types for TypeScript are written by hand in `types.ts`. JavaScript holds the objects; there is
//! no registry of them here.

mod definition;
mod dto;
mod error;
mod execution;
mod json;

pub use definition::{Definition, layout, parse, validate};
pub use execution::Execution;

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.ts");

#[wasm_bindgen]
extern "C" {
    /// A value whose type is one of `types.ts`.
    #[wasm_bindgen(typescript_type = "Json")]
    pub type Json;
    /// Diagnostics in the order of the text.
    #[wasm_bindgen(typescript_type = "Diagnostic[]")]
    pub type Diagnostics;
    /// A picture, or none.
    #[wasm_bindgen(typescript_type = "Diagram | undefined")]
    pub type MaybeDiagram;
    /// How to lay out.
    #[wasm_bindgen(typescript_type = "LayoutOptions | undefined")]
    pub type MaybeLayoutOptions;
    /// How an execution starts.
    #[wasm_bindgen(typescript_type = "ExecutionOptions | undefined")]
    pub type MaybeExecutionOptions;
    /// What `poll` found.
    #[wasm_bindgen(typescript_type = "Output")]
    pub type Output;
    /// What `handle` takes.
    #[wasm_bindgen(typescript_type = "Input")]
    pub type Input;
    /// Events of a history.
    #[wasm_bindgen(typescript_type = "HistoryEvent[]")]
    pub type History;
    /// The data-flow stages of a visit to a state.
    #[wasm_bindgen(typescript_type = "StateTrace | undefined")]
    pub type MaybeStateTrace;
    /// The word of the API for how an execution stands.
    #[wasm_bindgen(typescript_type = "ExecutionStatus")]
    pub type Status;
    /// STANDARD or EXPRESS.
    #[wasm_bindgen(typescript_type = "ExecutionType | undefined")]
    pub type MaybeExecutionType;
}
