//! How a run stands right after one event: a fold over the history up to there.

use serde::{Deserialize, Serialize};

use crate::diagram::EdgeKey;

/// How a run stands right after an event. States and edges that are not named have not been touched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunView {
    /// Id of the event; 0 before the first.
    pub event: u32,
    /// Its instant, in milliseconds since the Unix epoch.
    pub timestamp_ms: i64,
    /// How the execution as a whole stands.
    pub execution: Status,
    /// Number of events so far that entered a state.
    pub transitions: u32,
    /// States that were entered.
    pub nodes: Vec<NodeStatus>,
    /// Edges that were taken.
    pub edges: Vec<EdgeStatus>,
}

/// How a state stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeStatus {
    /// Name of the state.
    pub state: String,
    /// The status of its newest visit, or where it runs in several iterations, of the visit whose event was last.
    pub status: Status,
    /// How often it was entered.
    pub visits: u32,
    /// Visits that have not ended.
    pub open_visits: u32,
    /// Attempts of the newest visit, 1 for the first; 0 where nothing was attempted.
    pub attempt: u32,
    /// Retries over all visits.
    pub retries: u32,
    /// Id of the event that entered it last.
    pub entered: u32,
    /// Id of the newest event that belongs to it.
    pub newest: u32,
    /// Error name of the newest failure, where the newest visit had one.
    pub error: Option<String>,
    /// Iterations of the newest visit of a Map state.
    pub iterations: Option<IterationCounts>,
}

/// Counts of a Map state's iterations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct IterationCounts {
    pub total: u32,
    pub running: u32,
    pub succeeded: u32,
    pub failed: u32,
    pub aborted: u32,
    /// The first of those that failed, from 0.
    pub first_failed: Option<u32>,
}

/// How often an edge was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EdgeStatus {
    /// The edge.
    pub edge: EdgeKey,
    /// How often.
    pub taken: u32,
}

/// Statuses that look different on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Nothing happened yet.
    #[default]
    NotRun,
    /// At work.
    Running,
    /// In a Wait state, or until somebody returns a task token.
    Waiting,
    /// An attempt failed and another one is due.
    Retrying,
    /// Done.
    Succeeded,
    /// An error went past every retrier and catcher.
    Failed,
    /// An error was caught.
    Caught,
    /// Given up because something else failed or the run was stopped.
    Aborted,
}
