//! Runs one case, whatever its kind, and says how it went.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::case::{Case, Kind};
use crate::{compare, definition, execution, test_state};

/// How a case went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything that the case expects holds.
    Passed,
    /// Something does not; the text says what.
    Failed(String),
    /// It was not attempted; the text says why.
    Skipped(&'static str),
}

/// Runs a case. A panic is a failure like any other.
pub fn run(case: &Case) -> Outcome {
    let attempt = catch_unwind(AssertUnwindSafe(|| attempt(case)));
    attempt.unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let message = message.or_else(|| panic.downcast_ref::<String>().cloned());
        Outcome::Failed(format!("panic: {}", message.unwrap_or_default()))
    })
}

fn attempt(case: &Case) -> Outcome {
    let result = match case.kind {
        Kind::Execution => execution::run(case).and_then(|finished| compare::compare(case, &finished)),
        Kind::CreateError => definition::create_error(case),
        Kind::StartError => definition::start_error(case),
        Kind::Validate => definition::validate(case),
        Kind::VariableReferences => definition::variable_references(case),
        Kind::TestState => test_state::test_state(case),
    };
    match result {
        Ok(()) => Outcome::Passed,
        Err(message) => Outcome::Failed(message),
    }
}
