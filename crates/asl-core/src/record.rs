//! What is known of one execution: the started one, or a child execution of a Map Run.

use std::sync::Arc;

use asl_json::Value;

use crate::contract::{ExecutionStatus, ExecutionType};
use crate::history::{Details, EventId, EventType, HistoryEvent};
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

    /// Returns the record of an execution of which nothing but its history is known: it has no name and no traces.
    pub fn from_history(history: Vec<HistoryEvent>) -> ExecutionRecord {
        let (first, last) = (history.first(), history.last());
        let input = match first.map(|event| &event.details) {
            Some(Details::ExecutionStarted { input, .. }) => input.clone(),
            _ => Value::Null,
        };
        let start_time = first.map(|event| event.timestamp).unwrap_or_default();
        let none: Arc<str> = "".into();
        let execution_type = ExecutionType::Standard;
        let mut record = ExecutionRecord::new(none.clone(), none.clone(), none, execution_type, input, start_time);
        if let Some(last) = last {
            record.end_with(last);
        }
        record.history = history;
        record
    }

    /// Takes note of the last event of a history that is complete.
    fn end_with(&mut self, last: &HistoryEvent) {
        self.status = match last.event_type {
            EventType::ExecutionSucceeded => ExecutionStatus::Succeeded,
            EventType::ExecutionFailed => ExecutionStatus::Failed,
            EventType::ExecutionTimedOut => ExecutionStatus::TimedOut,
            EventType::ExecutionAborted => ExecutionStatus::Aborted,
            _ => return,
        };
        self.stop_time = Some(last.timestamp);
        match &last.details {
            Details::ExecutionSucceeded { output } => self.output = Some(output.clone()),
            Details::Failed { error, cause } => {
                self.error.clone_from(error);
                self.cause.clone_from(cause);
            }
            _ => {}
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

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: u32, event_type: EventType, details: Details) -> HistoryEvent {
        HistoryEvent {
            id: EventId(id),
            previous_event_id: EventId(id - 1),
            timestamp: Timestamp(i64::from(id) * 1000),
            event_type,
            details,
        }
    }

    #[test]
    fn a_history_tells_input_status_and_outcome() {
        let started = Details::ExecutionStarted {
            input: Value::from(7),
            role_arn: "role".into(),
        };
        let failed = Details::Failed {
            error: Some("Lost".into()),
            cause: None,
        };
        let mut history = vec![event(1, EventType::ExecutionStarted, started)];
        let running = ExecutionRecord::from_history(history.clone());
        assert_eq!((running.status, running.stop_time), (ExecutionStatus::Running, None));
        history.push(event(2, EventType::ExecutionFailed, failed));
        let record = ExecutionRecord::from_history(history);
        assert_eq!(
            (record.input.clone(), record.status),
            (Value::from(7), ExecutionStatus::Failed)
        );
        assert_eq!(
            (record.error.as_deref(), record.stop_time),
            (Some("Lost"), Some(Timestamp(2000)))
        );
    }
}
