//! The engine Worker: the only owner of executions.
//!
//! It parses, checks and lays out definitions, records runs in slices so that it always listens, keeps the pace of virtual
//! time, and talks to the sandbox in which mocks written in JavaScript run. Everything but the last thin layer compiles
//! and is tested natively: read [`Engine`] first, then `run`, then `sandbox`.

mod analysis;
mod assist;
mod bench;
mod callbacks;
mod children;
mod diagram;
mod engine;
mod inspect;
mod kept;
mod mocks;
mod pacing;
mod recordings;
mod report;
mod run;
mod sandbox;
mod source;
mod start;
mod stops;
mod text;
mod tools;
mod visit;
#[cfg(target_arch = "wasm32")]
pub mod worker;

pub use engine::{Clock, Engine};
pub use tools::{Serve, serve};
