//! How a run stands right after one event: a pure fold over the history up to there.

use std::collections::BTreeMap;
use std::sync::Arc;

use asl_core::{EventId, Timestamp};
use asl_json::Value;

use crate::diagram::EdgeKey;

/// How a run stands right after an event. States and edges that are not named have not been touched.
///
/// Cloning one is cheap enough to keep checkpoints: its size is that of the states entered so far, and values are shared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunView {
    /// Id of the event; 0 before the first.
    pub event: EventId,
    /// Its instant.
    pub timestamp: Timestamp,
    /// Number of events so far that entered a state.
    pub transitions: u32,
    /// States that were entered, by name.
    pub states: BTreeMap<Arc<str>, StateRun>,
    /// How often each edge was taken.
    pub edges: BTreeMap<EdgeKey, u32>,
    /// Variables by the number of their scope ; 0 is the whole execution. Only scopes
    /// that are still open are here.
    pub variables: BTreeMap<u32, BTreeMap<Arc<str>, Value>>,
    /// How the execution as a whole stands.
    pub execution: Status,
}

/// How a state stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StateRun {
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
    pub entered: EventId,
    /// Id of the newest event that belongs to it.
    pub newest: EventId,
    /// Error name of the newest failure, where the newest visit had one.
    pub error: Option<Arc<str>>,
    /// Iterations of the newest visit of a Map state.
    pub iterations: Option<IterationCounts>,
}

/// Counts of a Map state's iterations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct IterationCounts {
    pub total: u32,
    pub running: u32,
    pub succeeded: u32,
    pub failed: u32,
    pub aborted: u32,
}

/// Statuses that look different on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl Status {
    /// Every status.
    pub const ALL: [Status; 8] = [
        Status::NotRun,
        Status::Running,
        Status::Waiting,
        Status::Retrying,
        Status::Succeeded,
        Status::Failed,
        Status::Caught,
        Status::Aborted,
    ];

    /// Returns the word that stands beside the glyph, such as `not run`.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::NotRun => "not run",
            Status::Running => "running",
            Status::Waiting => "waiting",
            Status::Retrying => "retrying",
            Status::Succeeded => "succeeded",
            Status::Failed => "failed",
            Status::Caught => "caught",
            Status::Aborted => "aborted",
        }
    }

    /// Returns the word with hyphens, for a class name.
    pub fn class_name(self) -> &'static str {
        match self {
            Status::NotRun => "not-run",
            status => status.as_str(),
        }
    }

    /// Returns true while more is to come.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Running | Status::Waiting | Status::Retrying)
    }
}
