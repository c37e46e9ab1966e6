//! Runs recorded behavior of AWS Step Functions against the interpreter.
//!
//! A case is a file: definition, input, what tasks do, and what AWS answered. [`case::load`] reads a folder of them,
//! [`run::run`] runs one, [`table::Report`] says how it went. The binary `conformance` does all three.

pub mod answers;
pub mod case;
pub mod compare;
pub mod definition;
pub mod execution;
pub mod handlers;
pub mod history;
pub mod matcher;
pub mod placeholders;
pub mod record;
pub mod replay;
pub mod run;
pub mod table;
pub mod test_state;

pub use asl_portable_tests::{jsonata, known};
