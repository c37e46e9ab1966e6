//! Recordings: the runs that the engine keeps, and what can be asked about their histories as a whole.

use serde::{Deserialize, Serialize};

use crate::analysis::Analysis;
use crate::progress::LogRow;

/// A recording that the engine keeps. The list of them comes unasked whenever it changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingSummary {
    /// Number of the run.
    pub run: u32,
    /// Name of the execution.
    pub name: String,
    /// Where it came from.
    pub origin: RecordingOrigin,
    /// The API's word, such as `SUCCEEDED`.
    pub status: String,
    /// Virtual time at its start, in milliseconds since the Unix epoch.
    pub start_ms: i64,
    /// Virtual milliseconds from the first event to the last.
    pub duration_ms: i64,
    /// Number of events.
    pub events: u32,
    /// The input, JSON text on one line, shortened.
    pub input: String,
    /// The output, JSON text on one line, or the error; shortened. Empty while it runs.
    pub outcome: String,
}

/// Where a recording came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecordingOrigin {
    /// The page started it.
    #[default]
    Run,
    /// A file with a history.
    File,
    /// Another execution started it.
    Child {
        /// The recording of that one.
        parent: u32,
        /// The event it was opened from.
        event: u32,
    },
}

/// A recording takes the place of the one on the screen; its events follow in `Advanced`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecordingOpened {
    /// Number of the run.
    pub run: u32,
    /// Name of the execution.
    pub name: String,
    /// Where it came from.
    pub origin: RecordingOrigin,
    /// The definition that it ran, where that is not the newest text.
    pub picture: Option<Box<Analysis>>,
    /// States of the history that the definition does not have, of a history out of a file.
    pub unknown_states: Vec<String>,
}

/// An execution that another one started.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildExecution {
    /// Where the engine finds it.
    pub child: ChildId,
    /// Name of the execution.
    pub name: String,
    /// The API's word for its status.
    pub status: String,
    /// Its input, JSON text on one line, shortened.
    pub input: String,
}

/// Which of the executions that a run started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChildId {
    /// One that a task started, by its number in the session.
    Nested(u32),
    /// A child execution of a Map Run.
    MapRun {
        /// Number of the execution in the session.
        run: u32,
        /// Number of the child in that execution.
        child: u32,
    },
}

impl Default for ChildId {
    fn default() -> ChildId {
        ChildId::Nested(0)
    }
}

/// Which rows of a log to see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogFilter {
    /// Events of this kind.
    pub kind: LogKind,
    /// Words that all have to fit: `state:NAME`, `type:NAME`, `error:NAME`, `iter:NUMBER`, `after:SECONDS`, or text in what
    /// the event carries. A value with spaces stands in double quotes. Case does not count.
    pub text: String,
}

impl LogFilter {
    /// Returns whether every event passes.
    pub fn is_open(&self) -> bool {
        self.kind == LogKind::All && self.text.trim().is_empty()
    }
}

/// Kinds of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogKind {
    /// Every event.
    #[default]
    All,
    /// States that begin and end.
    States,
    /// What happens to tasks.
    Tasks,
    /// What fails, runs out of time or is aborted.
    Errors,
    /// Attempts that fail and are tried again, and the attempts after the first.
    Retries,
    /// Choice states.
    Choices,
    /// Map states, their iterations and Map Runs.
    Map,
    /// Lines that mocks wrote; no events.
    Console,
}

/// The rows that pass a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilteredLog {
    /// The run.
    pub run: u32,
    /// Echoes the request.
    pub filter: LogFilter,
    /// Ids of events, ascending; for [`LogKind::Console`] positions of lines, from 0.
    pub rows: Vec<u32>,
    /// How many events, or lines, there were to choose from.
    pub total: u32,
    /// How long it took, in microseconds.
    pub took_us: u32,
}

/// Two recordings side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The first.
    pub left: ComparedRun,
    /// The second.
    pub right: ComparedRun,
    /// The first event that differs, by its id; none where the histories say the same. Instants do not count.
    pub first_difference: Option<u32>,
    /// Events side by side, around the first difference.
    pub lines: Vec<ComparedLine>,
    /// Lines before those.
    pub lines_before: u32,
    /// Lines after those.
    pub lines_after: u32,
}

/// One side of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedRun {
    /// What the list says of it.
    pub summary: RecordingSummary,
    /// The input, JSON text with line breaks.
    pub input: String,
    /// The output, JSON text with line breaks, or error and cause.
    pub outcome: String,
}

/// Two events side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedLine {
    /// The event of the first recording.
    pub left: Option<LogRow>,
    /// The event of the second.
    pub right: Option<LogRow>,
    /// Whether they differ in more than their instants.
    pub differs: bool,
}
