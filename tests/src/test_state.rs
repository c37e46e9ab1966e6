//! Cases about the TestState API.

use std::cell::RefCell;
use std::rc::Rc;

use asl_host::{FieldValidationMode, InspectionLevel, MockErrorOutput, MockInput, TestStateRequest};
use asl_json::Value;

use crate::answers::{CaseAnswers, Remarks};
use crate::case::Case;
use crate::execution::start_time;
use crate::matcher::match_value;
use crate::placeholders::Bindings;

/// Compares the answer of TestState, or its refusal.
///
/// # Errors
///
/// Says what differs.
pub fn test_state(case: &Case) -> Result<(), String> {
    let remarks: Remarks = Rc::new(RefCell::new(Vec::new()));
    let answers = CaseAnswers::new(case, start_time(case), Rc::clone(&remarks))?;
    let answer = asl_host::test_state(&request(case), Box::new(answers));
    let (name, actual) = match answer {
        Ok(answer) => ("testState", answer),
        Err(error) => {
            let code = error.code.map_or(Value::Null, Value::from);
            (
                "testStateError",
                Value::object([("code", code), ("message", error.message.as_str().into())]),
            )
        }
    };
    let Some(expected) = case.expect.get(name) else {
        return Err(format!("expected {}, actual {name} {actual}", case.expect));
    };
    match_value(expected, &actual, &case.placeholders, &mut Bindings::default()).map_err(|mismatch| {
        let remarks = remarks.borrow().join("\n  ");
        format!(
            "{name}: {}\n    expected {}\n    actual   {}\n  {actual}\n  {remarks}",
            mismatch.path, mismatch.expected, mismatch.actual
        )
    })
}

fn request(case: &Case) -> TestStateRequest {
    let given = case.file.get("request").cloned().unwrap_or_default();
    let text = |name: &str| given.get(name).and_then(Value::as_str).map(str::to_owned);
    let configuration = given.get("stateConfiguration").cloned().unwrap_or_default();
    let count = |name: &str| {
        configuration
            .get(name)
            .and_then(Value::as_i64)
            .and_then(|count| u32::try_from(count).ok())
    };
    let place = |name| case.environment(name).unwrap_or_default();
    TestStateRequest {
        definition: case.definition_text.clone(),
        state_name: text("stateName"),
        role_arn: text("roleArn").map(Into::into),
        input: given.get("input").map(Value::to_string),
        inspection_level: match text("inspectionLevel").as_deref() {
            Some("DEBUG") => InspectionLevel::Debug,
            Some("TRACE") => InspectionLevel::Trace,
            _ => InspectionLevel::Info,
        },
        reveal_secrets: given.get("revealSecrets").and_then(Value::as_bool) == Some(true),
        mock: given.get("mock").map(mock),
        context: given.get("context").map(Value::to_string),
        retrier_retry_count: count("retrierRetryCount").unwrap_or(0),
        map_iteration_failure_count: count("mapIterationFailureCount"),
        map_item_reader_data: configuration
            .get("mapItemReaderData")
            .and_then(Value::as_str)
            .map(str::to_owned),
        variables: given.get("variables").map(Value::to_string),
        place: format!("{}:{}", place("region"), place("account")),
        now: start_time(case),
        seed: 0,
    }
}

fn mock(mock: &Value) -> MockInput {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    MockInput {
        result: text(mock, "result"),
        error_output: mock.get("errorOutput").map(|error| MockErrorOutput {
            error: text(error, "error").map(Into::into),
            cause: text(error, "cause").map(Into::into),
        }),
        field_validation_mode: match text(mock, "fieldValidationMode").as_deref() {
            Some("PRESENT") => FieldValidationMode::Present,
            Some("NONE") => FieldValidationMode::None,
            _ => FieldValidationMode::Strict,
        },
    }
}
