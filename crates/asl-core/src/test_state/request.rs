//! What TestState is asked, and the checks that need nothing but that.

use std::sync::Arc;

use asl_json::Value;

use super::error::TestStateError;
use crate::timestamp::Timestamp;

/// The arguments of `TestState`; texts are JSON as the API takes them. `errorCausedByState` has no effect and is left out.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are the API's")]
pub struct TestStateRequest {
    /// A state, or a whole state machine where `state_name` is given.
    pub definition: String,
    pub state_name: Option<String>,
    pub role_arn: Option<Arc<str>>,
    pub input: Option<String>,
    pub inspection_level: InspectionLevel,
    pub reveal_secrets: bool,
    pub variables: Option<String>,
    pub mock: Option<MockInput>,
    pub context: Option<String>,
    pub retrier_retry_count: u32,
    pub map_iteration_failure_count: Option<u32>,
    pub map_item_reader_data: Option<String>,
    /// Region and account that made-up ARNs name, as `us-east-1:123456789012`.
    pub place: String,
    /// Virtual time.
    pub now: Timestamp,
    /// Seed of all dice.
    pub seed: u64,
}

/// How much of the data flow is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InspectionLevel {
    /// Status, output or error, next state.
    #[default]
    Info,
    /// Besides, the stages of the data flow.
    Debug,
    /// As [`InspectionLevel::Debug`]; the API tells here what an HTTP Task sent and received, too.
    Trace,
}

/// The mocked end of a Task, Map or Parallel.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are the API's")]
pub struct MockInput {
    pub result: Option<String>,
    pub error_output: Option<MockErrorOutput>,
    pub field_validation_mode: FieldValidationMode,
}

/// A mocked failure.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are the API's")]
pub struct MockErrorOutput {
    pub error: Option<Arc<str>>,
    pub cause: Option<Arc<str>>,
}

/// How strictly a mocked result is held against what the service would answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldValidationMode {
    /// Members that are there, and those that must be.
    #[default]
    Strict,
    /// Members that are there.
    Present,
    /// Not at all.
    None,
}

impl TestStateRequest {
    /// Reads the arguments as the API names them: `{ "definition": string, "mock": { "result": string }, ... }`. Place,
    /// time and seed are for the host to add.
    ///
    /// # Errors
    /// Names the first argument of the wrong type or range.
    pub fn from_value(value: &Value) -> Result<TestStateRequest, TestStateError> {
        let top = Parameters { value, path: "" };
        let missing = || TestStateError::parameter("Missing required parameter in input: \"definition\"");
        let empty = Value::Null;
        let configuration = top.group("stateConfiguration")?.unwrap_or(Parameters {
            value: &empty,
            path: "",
        });
        Ok(TestStateRequest {
            definition: top.text("definition")?.ok_or_else(missing)?.to_owned(),
            state_name: top.text("stateName")?.map(str::to_owned),
            role_arn: top.text("roleArn")?.map(Arc::from),
            input: top.text("input")?.map(str::to_owned),
            inspection_level: inspection_level(top)?,
            reveal_secrets: top.flag("revealSecrets")?,
            variables: top.text("variables")?.map(str::to_owned),
            mock: top.group("mock")?.map(mock).transpose()?,
            context: top.text("context")?.map(str::to_owned),
            retrier_retry_count: configuration.count("retrierRetryCount")?.unwrap_or(0),
            map_iteration_failure_count: configuration.count("mapIterationFailureCount")?,
            map_item_reader_data: configuration.text("mapItemReaderData")?.map(str::to_owned),
            ..TestStateRequest::default()
        })
    }

    /// Refuses arguments that are no good by themselves or do not go together. Source: recordings.
    pub(super) fn check(&self) -> Result<(), TestStateError> {
        if self.state_name.as_deref() == Some("") {
            // The client library refuses this before the service hears of it.
            return Err(TestStateError::parameter(
                "Invalid length for parameter stateName, value: 0, valid min length: 1",
            ));
        }
        let refuse = |message: &str| Err(TestStateError::validation(message));
        match &self.mock {
            None if self.map_iteration_failure_count.is_some() => {
                refuse("TestState does not support MapIterationFailureCount when a mock is not specified.")
            }
            Some(_) if self.reveal_secrets => {
                refuse("TestState does not support RevealSecrets when a mock is specified.")
            }
            Some(mock) if mock.result.is_some() == mock.error_output.is_some() => {
                refuse("A test mock should have only one of the following fields: [result, errorOutput].")
            }
            _ => Ok(()),
        }
    }
}

fn inspection_level(top: Parameters<'_>) -> Result<InspectionLevel, TestStateError> {
    let levels = [
        ("INFO", InspectionLevel::Info),
        ("DEBUG", InspectionLevel::Debug),
        ("TRACE", InspectionLevel::Trace),
    ];
    Ok(top.one_of("inspectionLevel", &levels)?.unwrap_or_default())
}

fn mock(group: Parameters<'_>) -> Result<MockInput, TestStateError> {
    let modes = [
        ("STRICT", FieldValidationMode::Strict),
        ("PRESENT", FieldValidationMode::Present),
        ("NONE", FieldValidationMode::None),
    ];
    let error_output = |group: Parameters<'_>| {
        Ok(MockErrorOutput {
            error: group.text("error")?.map(Arc::from),
            cause: group.text("cause")?.map(Arc::from),
        })
    };
    Ok(MockInput {
        result: group.text("result")?.map(str::to_owned),
        error_output: group.group("errorOutput")?.map(error_output).transpose()?,
        field_validation_mode: group.one_of("fieldValidationMode", &modes)?.unwrap_or_default(),
    })
}

/// A structure of parameters, and where it is in the request.
#[derive(Clone, Copy)]
struct Parameters<'a> {
    value: &'a Value,
    path: &'static str,
}

impl<'a> Parameters<'a> {
    fn get(&self, name: &str) -> Option<&'a Value> {
        self.value.get(name).filter(|value| !value.is_null())
    }

    fn named(&self, name: &str) -> String {
        match self.path {
            "" => name.to_owned(),
            path => format!("{path}.{name}"),
        }
    }

    fn wrong_type(&self, name: &str, value: &Value, expected: &str) -> TestStateError {
        let (name, found) = (self.named(name), value.type_name());
        TestStateError::parameter(format!(
            "Invalid type for parameter {name}, value: {value}, type: {found}, valid types: {expected}"
        ))
    }

    /// Returns a structure within.
    fn group(&self, name: &'static str) -> Result<Option<Parameters<'a>>, TestStateError> {
        match self.get(name) {
            None => Ok(None),
            Some(value @ Value::Object(_)) => Ok(Some(Parameters { value, path: name })),
            Some(value) => Err(self.wrong_type(name, value, "object")),
        }
    }

    fn text(&self, name: &str) -> Result<Option<&'a str>, TestStateError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(value) => Err(self.wrong_type(name, value, "string")),
        }
    }

    fn count(&self, name: &str) -> Result<Option<u32>, TestStateError> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        match value.as_i64() {
            None => Err(self.wrong_type(name, value, "integer")),
            Some(count) if count < 0 => Err(TestStateError::parameter(format!(
                "Invalid range for parameter {}, value: {count}, valid min value: 0",
                self.named(name)
            ))),
            Some(count) => Ok(Some(u32::try_from(count).unwrap_or(u32::MAX))),
        }
    }

    fn flag(&self, name: &str) -> Result<bool, TestStateError> {
        match self.get(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(value) => Err(self.wrong_type(name, value, "boolean")),
        }
    }

    fn one_of<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, TestStateError> {
        let Some(word) = self.text(name)? else {
            return Ok(None);
        };
        if let Some((_, meaning)) = words.iter().find(|(known, _)| *known == word) {
            return Ok(Some(*meaning));
        }
        let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
        Err(TestStateError::validation(format!(
            "1 validation error detected: Value '{word}' at '{}' failed to satisfy constraint: Member must satisfy enum \
             value set: [{}]",
            self.named(name),
            known.join(", ")
        )))
    }
}
