//! What a recording is made of: executions that can go on, or a history that came from elsewhere.

use asl_core::{EventId, Execution, ExecutionRecord, ExecutionStatus, HistoryEvent, StateTrace, Timestamp};
use asl_host::Session;

/// What a recording is made of.
#[derive(Debug)]
pub(crate) enum Source {
    /// Executions that can go on.
    Session(Box<Session>),
    /// A history that came from elsewhere: a file, or an execution that another one started.
    Record(Box<ExecutionRecord>),
}

impl Source {
    /// Returns the executions, where they can go on.
    pub(crate) fn session(&self) -> Option<&Session> {
        match self {
            Source::Session(session) => Some(session),
            Source::Record(_) => None,
        }
    }

    /// Returns the execution, where it can go on.
    pub(crate) fn execution(&self) -> Option<&Execution> {
        self.session().map(|session| &session.root().execution)
    }

    pub(crate) fn record(&self) -> &ExecutionRecord {
        match self {
            Source::Session(session) => session.root().execution.record(),
            Source::Record(record) => record,
        }
    }

    /// Returns the events so far.
    pub(crate) fn history(&self) -> &[HistoryEvent] {
        match self {
            Source::Session(session) => session.root().execution.history(),
            Source::Record(record) => record.history(),
        }
    }

    pub(crate) fn trace(&self, entered: EventId) -> Option<&StateTrace> {
        self.record().trace(entered)
    }

    pub(crate) fn status(&self) -> ExecutionStatus {
        match self {
            Source::Session(session) => session.root().execution.status(),
            Source::Record(record) => record.status,
        }
    }

    /// Returns virtual time.
    pub(crate) fn now(&self) -> Timestamp {
        match self {
            Source::Session(session) => session.now(),
            Source::Record(record) => record
                .history()
                .last()
                .map_or(record.start_time, |event| event.timestamp),
        }
    }
}
