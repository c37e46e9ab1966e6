//! The native host: it runs state machines from files, with mocks written in JavaScript, and waits for nothing.
//!
//! The binary `asl` is a thin shell around this. Read [`javascript::call`] for how a mock runs.

pub mod javascript;
