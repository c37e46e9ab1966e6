//! The request: its parameters, and the checks that need nothing but them.

use std::sync::Arc;

use asl_json::Value;

use super::refusal::TestStateRefusal;

/// How much the answer tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InspectionLevel {
    /// Status, output or error, next state.
    #[default]
    Info,
    /// Besides, the stages of the data flow.
    Debug,
    /// Besides, what an HTTP Task sent and received.
    Trace,
}

/// How closely a mocked result is held against what the service responds with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum FieldValidationMode {
    /// Required members are there, and those that are there fit.
    #[default]
    Strict,
    /// Members that are there fit.
    Present,
    /// Everything goes.
    None,
}

/// The parameters of a call of TestState.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TestStateRequest {
    /// A state, or a state machine where [`TestStateRequest::state_name`] is given.
    pub definition: Arc<str>,
    /// The state to test, wherever in the state machine it is.
    pub state_name: Option<Arc<str>>,
    /// ARN of the role to run under.
    pub role_arn: Option<Arc<str>>,
    /// JSON text; `{}` where it is missing.
    pub input: Option<Arc<str>>,
    /// JSON text: an object of variables.
    pub variables: Option<Arc<str>>,
    /// JSON text: the context object.
    pub context: Option<Arc<str>>,
    /// How much to tell.
    pub inspection_level: InspectionLevel,
    /// Whether to show secrets of an HTTP Task.
    pub reveal_secrets: bool,
    pub(super) mock: Option<MockInput>,
    pub(super) configuration: StateConfiguration,
}

/// `mock`
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct MockInput {
    /// JSON text.
    pub(super) result: Option<Arc<str>>,
    pub(super) error_output: Option<MockErrorOutput>,
    pub(super) field_validation_mode: FieldValidationMode,
}

/// `mock.errorOutput`
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct MockErrorOutput {
    pub(super) error: Option<Arc<str>>,
    pub(super) cause: Option<Arc<str>>,
}

/// `stateConfiguration`
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct StateConfiguration {
    pub(super) retrier_retry_count: Option<u32>,
    pub(super) error_caused_by_state: Option<Arc<str>>,
    pub(super) map_iteration_failure_count: Option<u32>,
    pub(super) map_item_reader_data: Option<Arc<str>>,
}

impl TestStateRequest {
    /// Reads the parameters as the API names them: `{ "definition": string, "mock": { "result": string }, ... }`.
    ///
    /// # Errors
    /// Names the first parameter of the wrong type or length.
    pub fn from_value(value: &Value) -> Result<TestStateRequest, TestStateRefusal> {
        let top = Parameters { value, path: "" };
        let definition = top.text("definition", Some(1))?;
        let mock = top.group("mock")?.map(mock).transpose()?;
        let configuration = top.group("stateConfiguration")?.map(configuration).transpose()?;
        Ok(TestStateRequest {
            definition: definition.ok_or_else(|| {
                TestStateRefusal::parameter("Missing required parameter in input: \"definition\"")
            })?,
            state_name: top.text("stateName", Some(1))?,
            role_arn: top.text("roleArn", Some(1))?,
            input: top.text("input", None)?,
            variables: top.text("variables", None)?,
            context: top.text("context", None)?,
            inspection_level: inspection_level(&top)?,
            reveal_secrets: top.flag("revealSecrets")?,
            mock,
            configuration: configuration.unwrap_or_default(),
        })
    }

    /// Refuses parameters that do not go together. Source: recordings.
    pub(super) fn check(&self) -> Result<(), TestStateRefusal> {
        let Some(mock) = &self.mock else {
            return self.check_without_mock();
        };
        if self.reveal_secrets {
            return Err(TestStateRefusal::validation(
                "TestState does not support RevealSecrets when a mock is specified.",
            ));
        }
        if mock.result.is_some() == mock.error_output.is_some() {
            return Err(TestStateRefusal::validation(
                "A test mock should have only one of the following fields: [result, errorOutput].",
            ));
        }
        Ok(())
    }

    fn check_without_mock(&self) -> Result<(), TestStateRefusal> {
        let StateConfiguration {
            retrier_retry_count,
            error_caused_by_state,
            map_iteration_failure_count,
            map_item_reader_data,
        } = &self.configuration;
        let given = [
            ("MapIterationFailureCount", map_iteration_failure_count.is_some()),
            ("RetrierRetryCount", retrier_retry_count.is_some()),
            ("ErrorCausedByState", error_caused_by_state.is_some()),
            ("MapItemReaderData", map_item_reader_data.is_some()),
        ];
        match given.iter().find(|(_, given)| *given) {
            Some((name, _)) => Err(TestStateRefusal::validation(format!(
                "TestState does not support {name} when a mock is not specified."
            ))),
            None => Ok(()),
        }
    }
}

fn inspection_level(top: &Parameters<'_>) -> Result<InspectionLevel, TestStateRefusal> {
    let levels = [
        ("INFO", InspectionLevel::Info),
        ("DEBUG", InspectionLevel::Debug),
        ("TRACE", InspectionLevel::Trace),
    ];
    Ok(top.one_of("inspectionLevel", &levels)?.unwrap_or_default())
}

fn mock(group: Parameters<'_>) -> Result<MockInput, TestStateRefusal> {
    let modes = [
        ("STRICT", FieldValidationMode::Strict),
        ("PRESENT", FieldValidationMode::Present),
        ("NONE", FieldValidationMode::None),
    ];
    let error_output = |group: Parameters<'_>| {
        Ok(MockErrorOutput {
            error: group.text("error", None)?,
            cause: group.text("cause", None)?,
        })
    };
    Ok(MockInput {
        result: group.text("result", None)?,
        error_output: group.group("errorOutput")?.map(error_output).transpose()?,
        field_validation_mode: group.one_of("fieldValidationMode", &modes)?.unwrap_or_default(),
    })
}

fn configuration(group: Parameters<'_>) -> Result<StateConfiguration, TestStateRefusal> {
    Ok(StateConfiguration {
        retrier_retry_count: group.count("retrierRetryCount")?,
        error_caused_by_state: group.text("errorCausedByState", Some(1))?,
        map_iteration_failure_count: group.count("mapIterationFailureCount")?,
        map_item_reader_data: group.text("mapItemReaderData", None)?,
    })
}

/// A structure of parameters, and where it is in the request.
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

    fn wrong_type(&self, name: &str, value: &Value, expected: &str) -> TestStateRefusal {
        let (name, found) = (self.named(name), value.type_name());
        TestStateRefusal::parameter(format!(
            "Invalid type for parameter {name}, value: {value}, type: {found}, valid types: {expected}"
        ))
    }

    /// Returns a structure within.
    fn group(&self, name: &'static str) -> Result<Option<Parameters<'a>>, TestStateRefusal> {
        match self.get(name) {
            None => Ok(None),
            Some(value @ Value::Object(_)) => Ok(Some(Parameters { value, path: name })),
            Some(value) => Err(self.wrong_type(name, value, "object")),
        }
    }

    fn text(&self, name: &str, shortest: Option<usize>) -> Result<Option<Arc<str>>, TestStateRefusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => match shortest {
                Some(shortest) if text.len() < shortest => {
                    let (name, length) = (self.named(name), text.len());
                    Err(TestStateRefusal::parameter(format!(
                        "Invalid length for parameter {name}, value: {length}, valid min length: {shortest}"
                    )))
                }
                _ => Ok(Some(Arc::clone(text))),
            },
            Some(value) => Err(self.wrong_type(name, value, "string")),
        }
    }

    fn count(&self, name: &str) -> Result<Option<u32>, TestStateRefusal> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        match value.as_i64() {
            None => Err(self.wrong_type(name, value, "integer")),
            Some(count) if count < 0 => Err(TestStateRefusal::parameter(format!(
                "Invalid range for parameter {}, value: {count}, valid min value: 0",
                self.named(name)
            ))),
            Some(count) => Ok(Some(u32::try_from(count).unwrap_or(u32::MAX))),
        }
    }

    fn flag(&self, name: &str) -> Result<bool, TestStateRefusal> {
        match self.get(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(value) => Err(self.wrong_type(name, value, "boolean")),
        }
    }

    fn one_of<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, TestStateRefusal> {
        let Some(word) = self.text(name, None)? else {
            return Ok(None);
        };
        if let Some((_, meaning)) = words.iter().find(|(known, _)| *known == &*word) {
            return Ok(Some(*meaning));
        }
        let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
        Err(TestStateRefusal::validation(format!(
            "1 validation error detected: Value '{word}' at '{}' failed to satisfy constraint: Member must satisfy enum \
             value set: [{}]",
            self.named(name),
            known.join(", ")
        )))
    }
}
