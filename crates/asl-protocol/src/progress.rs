//! What a run has recorded since the last message.

use serde::{Deserialize, Serialize};

use crate::callback::WaitingTask;
use crate::run_view::{RunView, Status};

/// Events after which a run pauses by itself: a loop without end would else fill the browser's memory.
pub const LONGEST_STRETCH: usize = 500_000;

/// What was recorded since the last message. At most one in 16 ms, and one more when the run ends or pauses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunProgress {
    /// The run.
    pub run: u32,
    /// What the engine is doing now.
    pub phase: RunPhase,
    /// New rows of the log; their ids go on where the last message ended.
    pub rows: Vec<LogRow>,
    /// New lines that mocks wrote to their console.
    pub console: Vec<ConsoleLine>,
    /// Virtual time, in milliseconds since the Unix epoch.
    pub now_ms: i64,
    /// Wall time since the start, in microseconds.
    pub took_us: u64,
    /// How the run stands at its newest event.
    pub view: RunView,
    /// Tasks that wait for a callback.
    pub waiting: Vec<WaitingTask>,
    /// Present once, when the run has ended.
    pub end: Option<RunEnd>,
}

/// What the engine is doing with a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RunPhase {
    /// Recording.
    #[default]
    Recording,
    /// Paused by the reader.
    Paused,
    /// Letting time pass until this instant (milliseconds since the Unix epoch), at a pace that is not virtual.
    Sleeping {
        /// The next deadline.
        until_ms: i64,
    },
    /// Waiting for a mock in JavaScript to answer for this state.
    AwaitingMock {
        /// Name of the state.
        state: String,
    },
    /// Virtual time stands still until somebody answers a task that waits for a callback, or lets time pass.
    AwaitingCallback {
        /// The next deadline, in milliseconds since the Unix epoch.
        until_ms: Option<i64>,
    },
    /// Nothing is due and nothing will answer: a task has no answer and no timeout. Only `Stop` helps.
    Stuck,
    /// Over; see [`RunProgress::end`].
    Ended,
}

/// How a run ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunEnd {
    /// The API's word: `SUCCEEDED`, `FAILED`, `TIMED_OUT` or `ABORTED`.
    pub status: String,
    /// The output, JSON text, of a run that succeeded.
    pub output: Option<String>,
    /// Error name of a run that did not.
    pub error: Option<String>,
    /// Its cause.
    pub cause: Option<String>,
    /// What `DescribeExecution` returns, JSON text with line breaks.
    pub describe_execution: String,
    /// Whether `Redrive` can go on with it.
    pub is_redrivable: bool,
    /// What each mock did.
    pub mock_uses: Vec<MockUse>,
}

/// How often a Task state was answered, and by what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MockUse {
    /// Name of the state.
    pub state: String,
    /// Position of the mock in the request; none where no mock matched and the input was echoed.
    pub mock: Option<u32>,
    /// How often.
    pub times: u32,
}

/// One line of the execution log: one event, or a summary of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogRow {
    /// Id of the event, from 1 without gaps.
    pub id: u32,
    /// Id of the event before it in its own chain; 0 where there is none.
    pub previous_id: u32,
    /// Its instant, in milliseconds since the Unix epoch.
    pub timestamp_ms: i64,
    /// Milliseconds of virtual time since the first event.
    pub elapsed_ms: i64,
    /// The API's name, such as `TaskStateEntered`.
    pub event_type: String,
    /// Plain words for it, such as `Task state entered`.
    pub label: String,
    /// How the state stands with it; gives the glyph.
    pub status: Status,
    /// Name of the state it belongs to, or empty text.
    pub state: String,
    /// Levels of Map and Parallel states around it.
    pub depth: u32,
    /// Iteration of the innermost Map state, from 0.
    pub iteration: Option<u32>,
    /// Branch of the innermost Parallel state, from 0.
    pub branch: Option<u32>,
    /// What happened, in one line.
    pub what: String,
}

/// A line that a mock wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleLine {
    /// Id of the event that scheduled the task whose mock wrote it; of the newest one for lines of other executions, and 0
    /// where there is none.
    pub event: u32,
    /// Name of the state.
    pub state: String,
    /// `log`, `info`, `warn`, `error` or `debug`; `mock` for what the engine itself has to say about a mock.
    pub level: String,
    /// The text.
    pub text: String,
}
