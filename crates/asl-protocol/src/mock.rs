//! Mocked tasks: what answers a Task state in place of AWS.

use serde::{Deserialize, Serialize};

/// One mock: whose tasks it answers, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mock {
    /// Whose tasks.
    pub matches: MockMatch,
    /// How.
    pub behavior: MockBehavior,
}

/// Which tasks a mock answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MockMatch {
    /// Those of the Task state with this name.
    State(String),
    /// Those whose resource, or whose Lambda function's name or ARN, fits this pattern; `*` stands for any text.
    Resource(String),
}

/// How a mock answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum MockBehavior {
    /// One step per invocation of the state, in order; the last one repeats. No step at all echoes the input.
    Steps(Vec<MockStep>),
    /// A JavaScript function `(event, context) => result`: a module with a default export or an export named
    /// `handler`, or a bare function expression. Runs in the sandbox only.
    JavaScript(String),
}

/// One answer and when it comes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MockStep {
    /// What is answered.
    pub answer: MockAnswer,
    /// Virtual milliseconds between the invocation and the answer.
    pub delay_ms: u64,
}

/// What a mock answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MockAnswer {
    /// The task succeeds with this result, JSON text.
    Return(String),
    /// The task fails.
    Fail {
        /// Name of the error.
        error: String,
        /// Cause, which may be empty.
        cause: String,
    },
    /// The function runs out of its own time.
    TimeOut,
    /// Time stands still until the reader answers by the task token, as a person would.
    WaitForToken,
    /// Nothing ever comes: the state's own `TimeoutSeconds` or `HeartbeatSeconds` decides.
    NoAnswer,
}
