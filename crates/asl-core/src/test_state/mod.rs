//! TestState: one state by itself, run once with mocked or real answers, as the API of that name does (revision of
//! November 2025).
//!
//! Nothing here interprets a state anew: the state becomes a machine of its own, and the interpreter's steps, its Retry and
//! Catch and its traces give the answer. Only a mocked Map or Parallel takes a shortcut: what it would run inside is
//! replaced by the mock.

mod context;
mod error;
mod inspect;
mod mock;
mod region;
mod request;
mod run;
mod shape;
mod subject;
#[cfg(test)]
mod tests;

pub use error::TestStateError;
pub use request::{FieldValidationMode, InspectionLevel, MockErrorOutput, MockInput, TestStateRequest};
pub use run::{TaskAnswer, TestProgress, TestedState};
