//! The mock: which states take one, and what it may say.

use asl_json::Value;
use asl_model::{IntegrationPattern, MapState, ResourceKind, State, StateKind, TaskState};

use super::error::TestStateError;
use super::request::{MockInput, TestStateRequest};
use super::shape;
use crate::error::StateError;

/// What happens instead of what the state would do.
#[derive(Clone, Debug)]
pub(super) enum Mock {
    Result(Value),
    Error(StateError),
}

/// Returns the mock of a request, once it is clear that the state can be tested with it, or without.
pub(super) fn of(request: &TestStateRequest, state: &State) -> Result<Option<Mock>, TestStateError> {
    let Some(mock) = &request.mock else {
        needs_none(request, state)?;
        return Ok(None);
    };
    if !matches!(
        state.kind,
        StateKind::Task(_) | StateKind::Map(_) | StateKind::Parallel(_)
    ) {
        let kind = state.kind.type_name();
        return Err(TestStateError::validation(format!(
            "State type '{kind}' is not supported when a mock is specified"
        )));
    }
    if let Some(error) = &mock.error_output {
        return Ok(Some(Mock::Error(StateError {
            error: error.error.clone(),
            cause: error.cause.clone(),
            ..StateError::default()
        })));
    }
    let text = mock.result.as_deref().unwrap_or_default();
    let result =
        asl_json::parse_value(text).map_err(|_| TestStateError::validation("Mocked result must be valid JSON"))?;
    check_result(request, mock, state, &result)?;
    Ok(Some(Mock::Result(result)))
}

fn needs_none(request: &TestStateRequest, state: &State) -> Result<(), TestStateError> {
    let StateKind::Task(task) = &state.kind else {
        return match state.kind {
            StateKind::Map(_) | StateKind::Parallel(_) => Err(TestStateError::definition(
                "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, \
                 Pass, Succeed, Fail, Choice]",
            )),
            _ => Ok(()),
        };
    };
    if matches!(task.resource.kind, ResourceKind::Activity { .. }) || waits(task) {
        return Err(TestStateError::definition(
            "TestState API does not support Activity tasks or the '.sync' and '.waitForTaskToken' service integration \
             patterns when a mock is not specified",
        ));
    }
    if request.role_arn.is_none() {
        return Err(TestStateError::validation(
            "RoleArn must be specified when testing a Task state",
        ));
    }
    Ok(())
}

/// Returns whether a task goes on after its first answer.
pub(super) fn waits(task: &TaskState) -> bool {
    let pattern = task.resource.integration().map(|integration| integration.pattern);
    pattern.is_some_and(|pattern| pattern != IntegrationPattern::RequestResponse)
}

fn check_result(
    request: &TestStateRequest,
    mock: &MockInput,
    state: &State,
    result: &Value,
) -> Result<(), TestStateError> {
    match &state.kind {
        StateKind::Task(task) => match answering_operation(task) {
            Some(operation) => shape::check(&operation, result, mock.field_validation_mode),
            None => Ok(()),
        },
        StateKind::Map(map) => check_map_result(request, map, result),
        StateKind::Parallel(parallel) => match result {
            Value::Array(results) if results.len() == parallel.branches.len() => Ok(()),
            Value::Array(_) => Err(TestStateError::validation(
                "Mocked result must contain the same number of items as number of Parallel branches.",
            )),
            _ => Err(not_an_array()),
        },
        _ => Ok(()),
    }
}

/// Returns the operation whose response a task's result is: of a job, the one that tells how it goes. A result that comes
/// by a task token is whatever the sender likes.
fn answering_operation(task: &TaskState) -> Option<String> {
    let integration = task.resource.integration()?;
    let (service, action) = (&integration.service, &integration.action);
    match integration.pattern {
        IntegrationPattern::RequestResponse => Some(format!("{service}:{action}")),
        IntegrationPattern::Sync | IntegrationPattern::Sync2 => Some(format!("{service}:{action}.sync")),
        IntegrationPattern::WaitForTaskToken => None,
    }
}

fn check_map_result(request: &TestStateRequest, map: &MapState, result: &Value) -> Result<(), TestStateError> {
    let writes = map
        .result_writer
        .as_ref()
        .is_some_and(|writer| writer.resource.is_some());
    let iterations = match result {
        Value::Object(_) if writes => return Ok(()),
        _ if writes => return Err(TestStateError::validation("Mocked result must be a JSON object.")),
        Value::Array(results) => results.len(),
        _ => return Err(not_an_array()),
    };
    let failures = request.map_iteration_failure_count.unwrap_or(0);
    if failures as usize > iterations {
        return Err(TestStateError::validation(
            "Map iteration failure count must be less than or equal to the number of Map iterations",
        ));
    }
    Ok(())
}

fn not_an_array() -> TestStateError {
    TestStateError::validation("Mocked result must be an array.")
}
