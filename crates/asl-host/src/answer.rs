//! How a task's attempt ends, and who decides it.

use std::sync::Arc;

use asl_core::{TaskRequest, TaskToken, Timestamp};
use asl_json::Value;

/// Decides how the attempts of tasks end. [`Mocks`](crate::Mocks) is the one for playgrounds.
pub trait Answers {
    /// Returns the answer to one attempt, scheduled at `now`.
    fn answer(&mut self, task: &TaskRequest, now: Timestamp) -> Answer;
}

/// How one attempt of a task ends.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// As these deliveries say, each at its own time. An empty list never answers.
    Deliver(Vec<Delivery>),
    /// Nobody said how: as these deliveries say, and the caller is told.
    Assume(Vec<Delivery>),
    /// By a nested execution, where the state machine is known; otherwise as an assumption.
    StartExecution,
    /// By a function that the host runs.
    Call(FunctionCall),
}

/// Something that a task reports, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Virtual milliseconds after the task was scheduled.
    pub after_ms: i64,
    /// What is reported.
    pub report: Report,
}

/// Something that a task reports.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// A worker took up the activity task.
    ActivityStarted {
        /// The worker's name.
        worker_name: Option<Arc<str>>,
    },
    /// The first answer of a `.sync` or `.waitForTaskToken` integration.
    Submitted(Value),
    /// The task succeeded with this result.
    Success(Value),
    /// The task failed.
    Failure {
        /// Name of the error.
        error: Option<Arc<str>>,
        /// Its cause.
        cause: Option<Arc<str>>,
    },
    /// The task ran out of time by itself.
    TimedOut,
    /// The task is still alive.
    Heartbeat,
}

/// A JavaScript function to run, and what it is called with.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionCall {
    /// The snippet's text.
    pub source: Arc<str>,
    /// The first argument.
    pub event: Value,
    /// The second argument, with the members of Lambda's context object that a mock can know.
    pub context: Value,
}

/// What a JavaScript function threw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FunctionError {
    /// The thrown error's `name`; it becomes the name of the ASL error.
    pub name: String,
    /// Its `message`.
    pub message: String,
    /// Lines of its stack, outermost last.
    pub trace: Vec<String>,
}

impl Delivery {
    /// Returns a report that comes at once.
    pub fn now(report: Report) -> Delivery {
        Delivery { after_ms: 0, report }
    }
}

impl Report {
    /// Returns what to hand to the execution that waits for the token.
    pub(crate) fn into_input(self, token: TaskToken) -> asl_core::Input {
        use asl_core::Input;
        match self {
            Report::ActivityStarted { worker_name } => Input::ActivityStarted { token, worker_name },
            Report::Submitted(output) => Input::TaskSubmitted { token, output },
            Report::Success(output) => Input::TaskSuccess { token, output },
            Report::Failure { error, cause } => Input::TaskFailure { token, error, cause },
            Report::TimedOut => Input::TaskTimedOut { token },
            Report::Heartbeat => Input::TaskHeartbeat { token },
        }
    }
}

impl FunctionError {
    /// Returns the cause that Lambda reports for a Node.js function that threw this.
    pub fn cause(&self) -> Value {
        let trace = self.trace.iter().map(|line| Value::from(line.as_str()));
        Value::object([
            ("errorType", Value::from(self.name.as_str())),
            ("errorMessage", Value::from(self.message.as_str())),
            ("trace", Value::array(trace)),
        ])
    }
}
