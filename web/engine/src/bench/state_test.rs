//! One state alone: the API's TestState, with the playground's mocks where the test brings none of its own.

use std::sync::Arc;

use asl_core::{TestProgress, TestedState, Timestamp};
use asl_host::{InspectionLevel, MockErrorOutput, MockInput, TestStateRequest, function_end, out_of_time, task_end};
use asl_json::Value;
use asl_model::State;
use asl_protocol::{BenchReply, ConsoleLine, Stage, StageReach, StateTest, StateTestMock, StateTestResult};

use super::{Caller, Test, console};
use crate::callbacks::Callbacks;
use crate::mocks::{CountedMocks, MockUses, UnreadableMock};
use crate::run::function_error;
use crate::sandbox::{Call, CallArguments, Ended, Outcome, Sandbox};
use crate::visit::stages::{fields, valued, written};

/// Stands for the role that tests of tasks need.
const ROLE: &str = "arn:aws:iam::123456789012:role/StepFunctionsRole";

/// The test.
pub(super) struct StateBench {
    test: TestedState,
    answers: CountedMocks,
    /// The state as it is written.
    state: Option<State>,
    console: Vec<ConsoleLine>,
}

impl StateBench {
    /// Begins the test; says in the words of the service why there is none.
    pub(super) fn new(request: &StateTest) -> Result<StateBench, String> {
        let answers = CountedMocks::new(&request.mocks, MockUses::default(), Callbacks::default())
            .map_err(|UnreadableMock(why)| why)?;
        let test = TestedState::start(&api_request(request)).map_err(|error| error.to_string())?;
        let definition = asl_model::parse(&request.definition).definition;
        let state = definition.and_then(|definition| {
            let mut states = definition.states();
            states.find(|state| *state.name == *request.state).cloned()
        });
        Ok(StateBench {
            test,
            answers,
            state,
            console: Vec::new(),
        })
    }

    fn result(&mut self, id: u32, response: &Value) -> StateTestResult {
        let text = |name: &str| response.get(name).and_then(Value::as_str).map(str::to_owned);
        let output = response.get("output").and_then(inner);
        StateTestResult {
            id,
            status: text("status").unwrap_or_default(),
            next_state: text("nextState"),
            error: text("error"),
            cause: text("cause"),
            stages: self.stages(response.get("inspectionData"), output.as_ref()),
            output: output.map(|output| output.to_pretty_string("  ")),
            json: response.to_pretty_string("  "),
            console: std::mem::take(&mut self.console),
            problem: None,
        }
    }

    fn stages(&self, data: Option<&Value>, output: Option<&Value>) -> Vec<Stage> {
        let Some(data) = data else { return Vec::new() };
        let names = std::iter::once(("input", "")).chain(fields());
        let mut before: Option<(&str, Value)> = None;
        let mut stages = Vec::new();
        for (name, field) in names {
            let Some(value) = data.get(name).and_then(inner) else {
                continue;
            };
            stages.push(self.stage(name, field, &value, before.as_ref()));
            before = Some((name, value));
        }
        if let Some(output) = output {
            stages.push(self.stage("output", "", output, before.as_ref()));
        }
        if let Some(variables) = data.get("variables").and_then(inner) {
            stages.push(self.stage("variables", "Assign", &variables, None));
        }
        stages
    }

    fn stage(&self, name: &str, field: &str, value: &Value, before: Option<&(&str, Value)>) -> Stage {
        let expression = self.state.as_ref().and_then(|state| state.raw.get(field));
        let passes_all = expression.is_none() && !field.is_empty() && before.is_some_and(|(_, before)| before == value);
        Stage {
            name: name.to_owned(),
            field: field.to_owned(),
            expression: expression.map(written).unwrap_or_default(),
            reach: if passes_all {
                StageReach::Unset
            } else {
                StageReach::Reached
            },
            ..valued(value, 0, before.map(|(name, value)| (*name, value)))
        }
    }
}

impl Test for StateBench {
    fn go_on(&mut self, id: u32, sandbox: &mut Sandbox<Caller>, now_us: u64) -> Option<BenchReply> {
        loop {
            let task = match self.test.progress() {
                TestProgress::Waiting(task) => task.clone(),
                TestProgress::Done(response) => return Some(BenchReply::StateTested(self.result(id, &response))),
            };
            match task_end(&task, &mut self.answers, Timestamp(0)) {
                Ok(answer) => self.test.answer(answer),
                Err(function) => {
                    let call = Call {
                        id: Caller::Bench(id),
                        state: task.state,
                        source: function.source,
                        arguments: CallArguments {
                            event: function.event,
                            context: function.context,
                            now_ms: 0,
                            seed: id,
                        },
                    };
                    sandbox.call(call, now_us);
                    return None;
                }
            }
        }
    }

    fn answer(&mut self, ended: Ended<u32>) {
        self.console.extend(console(&ended.state, ended.console));
        let TestProgress::Waiting(task) = self.test.progress() else {
            return;
        };
        let answer = match ended.outcome {
            Outcome::Returned(value) => function_end(task, Ok(value)),
            Outcome::Threw(error) => function_end(task, Err(function_error(error))),
            Outcome::OutOfTime => out_of_time(task, Timestamp(0)),
        };
        self.test.answer(answer);
    }

    fn problem(&self, id: u32, text: String) -> BenchReply {
        problem(id, text)
    }
}

/// Returns the result of a test that came to nothing.
pub(super) fn problem(id: u32, problem: String) -> BenchReply {
    BenchReply::StateTested(StateTestResult {
        id,
        problem: Some(problem),
        ..StateTestResult::default()
    })
}

/// Returns the value that a member holds as JSON text.
fn inner(text: &Value) -> Option<Value> {
    asl_json::parse_value(text.as_str()?).ok()
}

fn api_request(request: &StateTest) -> TestStateRequest {
    let given = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
    TestStateRequest {
        definition: request.definition.clone(),
        state_name: Some(request.state.clone()),
        role_arn: Some(ROLE.into()),
        input: given(&request.input),
        inspection_level: match &*request.level {
            "TRACE" => InspectionLevel::Trace,
            "INFO" => InspectionLevel::Info,
            _ => InspectionLevel::Debug,
        },
        variables: given(&request.variables),
        mock: mock(&request.mock),
        context: given(&request.context),
        retrier_retry_count: request.retrier_retry_count,
        map_iteration_failure_count: request.map_iteration_failure_count,
        ..TestStateRequest::default()
    }
}

fn mock(mock: &StateTestMock) -> Option<MockInput> {
    let text = |text: &str| -> Option<Arc<str>> { (!text.is_empty()).then(|| text.into()) };
    match mock {
        StateTestMock::None => None,
        StateTestMock::Result(result) => Some(MockInput {
            result: Some(result.clone()),
            field_validation_mode: asl_host::FieldValidationMode::None,
            ..MockInput::default()
        }),
        StateTestMock::Error { error, cause } => Some(MockInput {
            error_output: Some(MockErrorOutput {
                error: text(error),
                cause: text(cause),
            }),
            ..MockInput::default()
        }),
    }
}
