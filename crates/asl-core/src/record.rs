//! What is known of one execution: the started one, or a child execution of a Map Run.

use std::sync::Arc;

use asl_json::Value;

use crate::contract::{ExecutionStatus, ExecutionType};
use crate::history::{EventId, HistoryEvent};
use crate::timestamp::Timestamp;
use crate::trace::StateTrace;

/// A longer history cannot be redriven. Source: Developer Guide, "Redriving executions".
const MOST_EVENTS_TO_REDRIVE: usize = 24_999;

/// Number of an execution within a run: 0 for the started one, then its child executions in order of their start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub u32);

/// An execution's identity, history and outcome: what `DescribeExecution` and `GetExecutionHistory` tell.
#[derive(Clone, Debug)]
pub struct ExecutionRecord {
    /// ARN of the execution.
    pub arn: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// ARN of its state machine; a child's ends in the Map's label.
    pub state_machine_arn: Arc<str>,
    /// STANDARD or EXPRESS.
    pub execution_type: ExecutionType,
    /// Its input.
    pub input: Value,
    /// When it started.
    pub start_time: Timestamp,
    /// When it ended.
    pub stop_time: Option<Timestamp>,
    /// Where it stands.
    pub status: ExecutionStatus,
    /// Its output, once it has succeeded.
    pub output: Option<Value>,
    /// The error it ended with, where one was given.
    pub error: Option<Arc<str>>,
    /// The cause it ended with, where one was given.
    pub cause: Option<Arc<str>>,
    /// How often it was redriven.
    pub redrive_count: u32,
    /// When it was last redriven.
    pub redrive_time: Option<Timestamp>,
    /// The Map Run it is a child of.
    pub map_run_arn: Option<Arc<str>>,
    /// Index of that Map Run.
    pub(crate) map_run: Option<usize>,
    pub(crate) history: Vec<HistoryEvent>,
    pub(crate) traces: Vec<StateTrace>,
    /// `$$.Execution`, made when first looked at.
    pub(crate) context: std::cell::OnceCell<Value>,
}

impl ExecutionRecord {
    /// Returns the record of an execution that is about to start.
    pub(crate) fn new(
        arn: Arc<str>,
        name: Arc<str>,
        state_machine_arn: Arc<str>,
        execution_type: ExecutionType,
        input: Value,
        start_time: Timestamp,
    ) -> ExecutionRecord {
        ExecutionRecord {
            arn,
            name,
            state_machine_arn,
            execution_type,
            input,
            start_time,
            stop_time: None,
            status: ExecutionStatus::Running,
            output: None,
            error: None,
            cause: None,
            redrive_count: 0,
            redrive_time: None,
            map_run_arn: None,
            map_run: None,
            history: Vec::new(),
            traces: Vec::new(),
            context: std::cell::OnceCell::new(),
        }
    }

    /// Returns the history so far.
    pub fn history(&self) -> &[HistoryEvent] {
        &self.history
    }

    /// Returns the trace of the visit to a state that began with that Entered event.
    pub fn trace(&self, entered: EventId) -> Option<&StateTrace> {
        let at = self.traces.binary_search_by_key(&entered, |trace| trace.entered).ok()?;
        self.traces.get(at)
    }

    /// Returns whether the execution can be redriven: a STANDARD one that ended, and not well, with room in its history.
    /// Source: Step Functions API, RedriveExecution.
    pub fn is_redrivable(&self) -> bool {
        let ended_badly = !matches!(self.status, ExecutionStatus::Running | ExecutionStatus::Succeeded);
        ended_badly && self.execution_type == ExecutionType::Standard && self.history.len() < MOST_EVENTS_TO_REDRIVE
    }

    pub(crate) fn is_running(&self) -> bool {
        self.status == ExecutionStatus::Running
    }

    pub(crate) fn last_event(&self) -> EventId {
        self.history.last().map_or(EventId(0), |event| event.id)
    }
}
