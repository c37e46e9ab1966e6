//! The files Worker: reads and writes links and files, and writes what brings a state machine to AWS.
//!
//! Most visits never need it, so it is a program of its own, fetched with the first question. What it reads comes from
//! anyone: it works in a Worker, within limits, and keeps nothing. Read [`answer`] first.

mod answer;
mod convert;
mod rating;
#[cfg(target_arch = "wasm32")]
pub mod worker;

pub use answer::answer;
