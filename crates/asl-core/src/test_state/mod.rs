//! TestState: one state by itself, run once with mocked or real answers, as the API of that name does (revision of
//! November 2025).
//!
//! Nothing here interprets a state anew: the state becomes a machine of its own, and the interpreter's steps, its Retry and
//! Catch and its traces give the answer. Only a mocked Map or Parallel takes a shortcut: what it would run inside is
//! replaced by the mock.

mod context;
mod inspect;
mod mock;
mod refusal;
mod region;
mod request;
mod run;
mod shape;
mod subject;
#[cfg(test)]
mod tests;

pub use refusal::TestStateRefusal;
pub use request::{InspectionLevel, TestStateRequest};
pub use run::{StateTest, TaskAnswer};
