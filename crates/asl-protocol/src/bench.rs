//! What is tried beside the run: expressions, one mock, one state; coverage.
//!
//! Answers echo the number of their request, so that the page can drop stale ones.

use serde::{Deserialize, Serialize};

use crate::diagram::EdgeKey;
use crate::inspection::Stage;
use crate::mock::Mock;
use crate::progress::ConsoleLine;

/// Something to try.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum BenchRequest {
    /// Evaluates an expression at a point of the run; answered by `Evaluated`.
    Evaluate(EvaluateRequest),
    /// Lets one mock answer one call, without a run; answered by `MockTested`.
    TestMock(MockTest),
    /// Runs one state alone, as the API's TestState does; answered by `StateTested`.
    TestState(StateTest),
    /// Forgets what earlier runs have taken; answered by `Covered`.
    ResetCoverage,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum BenchReply {
    /// The value of an expression.
    Evaluated(Evaluated),
    /// What a mock answered.
    MockTested(MockTestResult),
    /// What came of a state.
    StateTested(StateTestResult),
    /// What the runs so far have taken; sent after each of them too.
    Covered(Coverage),
}

/// An expression and where it is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvaluateRequest {
    /// Counts the questions.
    pub id: u32,
    /// The current run.
    pub run: u32,
    /// Id of the `...StateEntered` event of the visit.
    pub entered: u32,
    /// Id of the newest event that is known of.
    pub cursor: u32,
    /// JSONata, or else JSONPath with intrinsic functions and payload templates.
    pub is_jsonata: bool,
    /// Name of the stage that `$` stands for in JSONPath; the effective input where it is empty.
    pub root: String,
    /// The expression.
    pub text: String,
}

/// The value of an expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluated {
    /// Echoes the request.
    pub id: u32,
    /// The value, JSON text with line breaks, or why there is none.
    pub value: Result<String, String>,
}

/// A mock and the call that it is to answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MockTest {
    /// Counts the tests.
    pub id: u32,
    /// The mock.
    pub mock: Mock,
    /// Name of a state that it answers for.
    pub state: String,
    /// The resource as written there.
    pub resource: String,
    /// The Lambda function, where there is one.
    pub function: String,
    /// Number of the invocation, from 0.
    pub invocation: u32,
    /// What it is called with, JSON text.
    pub event: String,
}

/// What a mock answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MockTestResult {
    /// Echoes the request.
    pub id: u32,
    /// The task's result, JSON text with line breaks.
    pub result: Option<String>,
    /// Name of the error.
    pub error: Option<String>,
    /// Its cause.
    pub cause: Option<String>,
    /// Virtual milliseconds until the answer.
    pub elapsed_ms: i64,
    /// What it wrote to its console.
    pub console: Vec<ConsoleLine>,
    /// Why there was no test, or that no answer ever comes.
    pub problem: Option<String>,
}

/// What TestState is asked. Texts are JSON; empty text leaves an argument out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StateTest {
    /// Counts the tests.
    pub id: u32,
    /// The whole definition.
    pub definition: String,
    /// Name of the state.
    pub state: String,
    /// `input`
    pub input: String,
    /// `inspectionLevel`: `INFO`, `DEBUG` or `TRACE`.
    pub level: String,
    /// `variables`
    pub variables: String,
    /// `context`
    pub context: String,
    /// `mock`
    pub mock: StateTestMock,
    /// `stateConfiguration.retrierRetryCount`
    pub retrier_retry_count: u32,
    /// `stateConfiguration.mapIterationFailureCount`
    pub map_iteration_failure_count: Option<u32>,
    /// The mocks of the playground, for a task that the test itself does not mock.
    pub mocks: Vec<Mock>,
}

/// The argument `mock`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum StateTestMock {
    /// None is given: the playground's mocks answer.
    #[default]
    None,
    /// `result`, JSON text.
    Result(String),
    /// `errorOutput`
    Error {
        /// Name of the error.
        error: String,
        /// Its cause.
        cause: String,
    },
}

/// What TestState answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateTestResult {
    /// Echoes the request.
    pub id: u32,
    /// `SUCCEEDED`, `FAILED`, `RETRIABLE` or `CAUGHT_ERROR`; empty where there was no test.
    pub status: String,
    /// `nextState`
    pub next_state: Option<String>,
    /// `output`, JSON text with line breaks.
    pub output: Option<String>,
    /// Name of the error.
    pub error: Option<String>,
    /// Its cause.
    pub cause: Option<String>,
    /// `inspectionData`, in the order of the data's way.
    pub stages: Vec<Stage>,
    /// The whole answer as the API gives it, JSON text with line breaks.
    pub json: String,
    /// What a mock wrote to its console.
    pub console: Vec<ConsoleLine>,
    /// Why there was no test, in the words of the service.
    pub problem: Option<String>,
}

/// What runs have taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// How many runs.
    pub runs: u32,
    /// Everything that can be taken, in the order of the definition.
    pub items: Vec<CoverageItem>,
}

/// Something that a run may take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageItem {
    /// What it is.
    pub kind: CoverageKind,
    /// Name of the state it belongs to; empty for the start.
    pub state: String,
    /// A line for the reader.
    pub label: String,
    /// The edge, of a transition.
    pub edge: Option<EdgeKey>,
    /// How often it was taken.
    pub times: u32,
}

/// Kinds of what a run may take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum CoverageKind {
    #[default]
    State,
    Transition,
    Catcher,
    Rule,
}
