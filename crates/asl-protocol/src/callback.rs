//! Tasks that wait for somebody to call back: by a task token, or as the worker of an activity.

use serde::{Deserialize, Serialize};

/// A task that waits for its answer from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingTask {
    /// The task token.
    pub token: String,
    /// Name of the state.
    pub state: String,
    /// The resource as written.
    pub resource: String,
    /// Whether it is an activity, or else a `.waitForTaskToken` call.
    pub is_activity: bool,
    /// What it was called with, JSON text with line breaks.
    pub input: String,
    /// Iteration of the innermost Map state, from 0.
    pub iteration: Option<u32>,
    /// When it began, in milliseconds since the Unix epoch.
    pub since_ms: i64,
    /// `TimeoutSeconds` in force.
    pub timeout_seconds: Option<i64>,
    /// `HeartbeatSeconds` in force.
    pub heartbeat_seconds: Option<i64>,
}

/// What the page does about tasks that wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallbackRequest {
    /// Answers a task; the run goes on, or `CallbackRefused` says why not.
    Answer {
        /// The task token.
        token: String,
        /// With what.
        answer: TaskAnswer,
    },
    /// Lets virtual time go on to the next deadline, as nobody answers.
    LetTimePass,
}

/// The three calls of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskAnswer {
    /// `SendTaskSuccess` with this output, JSON text.
    Success(String),
    /// `SendTaskFailure`.
    Failure {
        /// Name of the error.
        error: String,
        /// Its cause.
        cause: String,
    },
    /// `SendTaskHeartbeat`.
    Heartbeat,
}
