//! What TestState refuses before it runs anything.

use asl_core::{Integration, IntegrationPattern, MockedRegion};
use asl_json::{Object, Value};
use asl_model::MachineType;

use super::request::{FieldValidationMode, TestStateRequest};
use super::{TestStateError, result_schema};

/// A state that may be tested.
pub(super) struct Subject {
    /// The name it runs under.
    pub(super) name: String,
    pub(super) state: Object,
    pub(super) state_type: String,
    /// The query language of its state machine, where that says one.
    pub(super) query_language: Option<Value>,
    pub(super) integration: Option<Integration>,
}

fn refuse<T>(message: &str) -> Result<T, TestStateError> {
    Err(TestStateError {
        code: Some("ValidationException"),
        message: message.to_owned(),
    })
}

fn invalid<T>(message: String) -> Result<T, TestStateError> {
    Err(TestStateError {
        code: Some("InvalidDefinition"),
        message,
    })
}

/// Finds the state in a definition that is valid.
pub(super) fn subject(request: &TestStateRequest) -> Result<Subject, TestStateError> {
    let text = &request.definition;
    let diagnostics = match &request.state_name {
        // The client library refuses this before the service hears of it; there is no code.
        Some(name) if name.is_empty() => {
            let message =
                "Parameter validation failed:\nInvalid length for parameter stateName, value: 0, valid min length: 1";
            return Err(TestStateError {
                code: None,
                message: message.to_owned(),
            });
        }
        Some(_) => asl_model::validate_text(text, MachineType::Standard),
        None => asl_model::validate_state_text(text, MachineType::Standard),
    };
    if let Some(message) = asl_model::create_error_message(&diagnostics) {
        return invalid(message);
    }
    let definition = asl_json::parse_value(text).ok();
    let Some(definition) = definition.as_ref().and_then(Value::as_object) else {
        return invalid("Invalid State Machine Definition".to_owned());
    };
    let (name, state, query_language) = match &request.state_name {
        None => ("StateName", Some(definition.clone()), None),
        Some(name) => (
            name.as_str(),
            state_in(definition, name),
            definition.get("QueryLanguage").cloned(),
        ),
    };
    let Some(state) = state else {
        return refuse("State not found in definition");
    };
    let text = |member: &str| state.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(Subject {
        name: name.to_owned(),
        state_type: text("Type"),
        integration: integration(&text("Resource")),
        query_language,
        state,
    })
}

/// Returns the state of that name, wherever it is nested. The parser bounds how deep definitions nest.
fn state_in(body: &Object, name: &str) -> Option<Object> {
    let states = body.get("States").and_then(Value::as_object)?;
    if let Some(state) = states.get(name).and_then(Value::as_object) {
        return Some(state.clone());
    }
    states.values().filter_map(Value::as_object).find_map(|state| {
        let processor = ["ItemProcessor", "Iterator"]
            .into_iter()
            .filter_map(|field| state.get(field));
        let branches = state.get("Branches").and_then(Value::as_array);
        let branches = branches.into_iter().flat_map(|branches| branches.iter());
        processor
            .chain(branches)
            .filter_map(Value::as_object)
            .find_map(|body| state_in(body, name))
    })
}

fn integration(resource: &str) -> Option<Integration> {
    let resource = asl_model::Resource::from_text(resource);
    let integration = resource.integration()?;
    Some(Integration::Service {
        resource_type: integration.service.clone(),
        action: integration.action.clone(),
        pattern: match integration.pattern {
            asl_model::IntegrationPattern::RequestResponse => IntegrationPattern::RequestResponse,
            asl_model::IntegrationPattern::Sync => IntegrationPattern::Sync,
            asl_model::IntegrationPattern::Sync2 => IntegrationPattern::Sync2,
            asl_model::IntegrationPattern::WaitForTaskToken => IntegrationPattern::WaitForTaskToken,
        },
    })
}

/// Checks what is asked of the state.
pub(super) fn arguments(request: &TestStateRequest, subject: &Subject) -> Result<(), TestStateError> {
    let state_type = subject.state_type.as_str();
    let has_region = matches!(state_type, "Map" | "Parallel");
    let Some(mock) = &request.mock else {
        return match state_type {
            _ if request.map_iteration_failure_count.is_some() => {
                refuse("TestState does not support MapIterationFailureCount when a mock is not specified.")
            }
            _ if has_region => invalid(
                "TestState API does not support Map or Parallel states. Supported state types include: \
                 [Task, Wait, Pass, Succeed, Fail, Choice]"
                    .to_owned(),
            ),
            "Task" if request.role_arn.is_none() => refuse("RoleArn must be specified when testing a Task state"),
            _ => Ok(()),
        };
    };
    if mock.result.is_some() == mock.error_output.is_some() {
        return refuse("A test mock should have only one of the following fields: [result, errorOutput].");
    }
    if request.reveal_secrets {
        return refuse("TestState does not support RevealSecrets when a mock is specified.");
    }
    if !has_region && state_type != "Task" {
        return refuse(&format!(
            "State type '{state_type}' is not supported when a mock is specified"
        ));
    }
    Ok(())
}

/// Returns the context object that stands in for the state's own.
pub(super) fn context(request: &TestStateRequest, subject: &Subject) -> Result<Option<Value>, TestStateError> {
    let Some(text) = &request.context else {
        return Ok(None);
    };
    let wrong = |what: &str| refuse(&format!("Invalid Context object provided: {what}"));
    let Ok(Value::Object(context)) = asl_json::parse_value(text) else {
        return wrong("must be a JSON object");
    };
    for (name, value) in context.iter() {
        let allowed: &[&str] = match &**name {
            "Map" => return wrong("'Map' field is not supported when mocking a Context object"),
            "Execution" => &[
                "Id",
                "Input",
                "Name",
                "RoleArn",
                "StartTime",
                "RedriveCount",
                "RedriveTime",
            ],
            "State" => &["EnteredTime", "Name", "RetryCount"],
            "StateMachine" => &["Id", "Name"],
            "Task" => &["Token"],
            _ => return wrong(&format!("Field '{name}' is not allowed")),
        };
        let Some(members) = value.as_object() else {
            return wrong(&format!("{name} must be an object"));
        };
        for (member, value) in members.iter() {
            if !allowed.contains(&&**member) {
                return wrong(&format!("Field '{member}' is not allowed"));
            }
            let (fits, kind) = match &**member {
                "Input" => (true, ""),
                "RedriveCount" | "RetryCount" => (value.as_number().is_some(), "number"),
                _ => (value.as_str().is_some(), "string"),
            };
            if !fits {
                return wrong(&format!("{name}.{member} must be a {kind}"));
            }
        }
    }
    if context.contains_key("Task") && !subject.waits() {
        return wrong(
            "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' \
             service integration pattern",
        );
    }
    Ok(Some(Value::Object(context)))
}

impl Subject {
    fn waits(&self) -> bool {
        let pattern = match &self.integration {
            Some(Integration::Service { pattern, .. }) => *pattern,
            _ => IntegrationPattern::RequestResponse,
        };
        self.state_type == "Task" && pattern != IntegrationPattern::RequestResponse
    }
}

/// Returns how the mocked state ends, where it is mocked.
pub(super) fn mocked_end(
    request: &TestStateRequest,
    subject: &Subject,
) -> Result<Option<MockedRegion>, TestStateError> {
    let Some(mock) = &request.mock else {
        return Ok(None);
    };
    if let Some(error) = &mock.error_output {
        return Ok(Some(MockedRegion::Failure {
            error: error.error.clone(),
            cause: error.cause.clone(),
        }));
    }
    let Ok(result) = asl_json::parse_value(mock.result.as_deref().unwrap_or_default()) else {
        return refuse("Mocked result must be valid JSON");
    };
    let failed = request.map_iteration_failure_count.unwrap_or(0);
    check_region_result(subject, &result, failed)?;
    let complaint = subject
        .integration
        .as_ref()
        .filter(|_| subject.state_type == "Task")
        .and_then(|integration| match mock.field_validation_mode {
            FieldValidationMode::None => None,
            mode => result_schema::complaint(integration, &result, mode == FieldValidationMode::Strict),
        });
    match complaint {
        Some(complaint) => refuse(&format!("Mock result schema validation error: {complaint}")),
        None => Ok(Some(MockedRegion::Result { result, failed })),
    }
}

fn check_region_result(subject: &Subject, result: &Value, failed: u32) -> Result<(), TestStateError> {
    let items = result.as_array().map(|items| items.len());
    match subject.state_type.as_str() {
        "Map" if subject.state.contains_key("ResultWriter") => match result {
            Value::Object(_) => Ok(()),
            _ => refuse("Mocked result must be a JSON object."),
        },
        "Map" | "Parallel" if items.is_none() => refuse("Mocked result must be an array."),
        "Map" if items.is_some_and(|items| items < failed as usize) => {
            refuse("Map iteration failure count must be less than or equal to the number of Map iterations")
        }
        "Parallel"
            if items
                != subject
                    .state
                    .get("Branches")
                    .and_then(Value::as_array)
                    .map(|list| list.len()) =>
        {
            refuse("Mocked result must contain the same number of items as number of Parallel branches.")
        }
        _ => Ok(()),
    }
}
