//! The data-flow stages of one visit to a state, named as the TestState API names them.

use std::sync::Arc;

use asl_json::Value;

use crate::behavior::Behavior;
use crate::error::StateError;
use crate::history::EventId;
use crate::recover;
use crate::timestamp::Timestamp;

/// What a state's payload looked like at each stage; `None` where the state had no such stage. Values are shared with the
/// execution, so a trace costs no copies.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are the TestState API's `inspectionData`")]
pub struct StateTrace {
    /// The state's Entered event.
    pub entered: EventId,
    pub input: Value,
    pub after_input_path: Option<Value>,
    pub after_parameters: Option<Value>,
    pub after_arguments: Option<Value>,
    pub after_items_path: Option<Value>,
    pub after_items_pointer: Option<Value>,
    pub after_item_selector: Option<Value>,
    pub after_item_batcher: Option<Value>,
    pub result: Option<Value>,
    pub after_result_selector: Option<Value>,
    pub after_result_path: Option<Value>,
    pub output: Option<Value>,
    /// Every variable visible to the state, as of its end.
    pub variables: Option<Value>,
    pub max_concurrency: Option<i64>,
    pub tolerated_failure_count: Option<i64>,
    pub tolerated_failure_percentage: Option<f64>,
    pub error_details: Option<ErrorDetails>,
    /// The item of the innermost Map iteration around the state, as `$$.Map.Item` shows it.
    pub map_item: Option<Value>,
    /// Position of the Choice rule that was taken; `None` for `Default`, and for other types.
    pub rule: Option<u32>,
    /// Every error of the visit, in the order of time.
    pub failures: Vec<Failure>,
}

/// One error of a visit, and what became of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Failure {
    /// The newest event of the state when the error occurred.
    pub event: EventId,
    /// When it occurred.
    pub time: Timestamp,
    /// Name of the error.
    pub error: Option<Arc<str>>,
    /// Its cause.
    pub cause: Option<Arc<str>>,
    /// Whether it is a missed heartbeat, which `States.HeartbeatTimeout` matches too.
    pub missed_heartbeat: bool,
    /// The retry that followed.
    pub retry: Option<RetryDecision>,
    /// Position of the catcher that caught it.
    pub catch_index: Option<u32>,
}

/// A retry that a retrier arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RetryDecision {
    /// Position of the retrier.
    pub retrier: u32,
    /// Number of the retry by this retrier in this visit, from 1.
    pub attempt: u32,
    /// Seconds as interval, rate and cap make them.
    pub backoff_seconds: f64,
    /// Seconds that are waited: less than that where jitter shortens them.
    pub delay_seconds: f64,
}

/// How an error of the state was treated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ErrorDetails {
    /// Name of the error.
    pub error: Option<Arc<str>>,
    /// Its cause.
    pub cause: Option<Arc<str>>,
    /// Index of the catcher that caught it.
    pub catch_index: Option<u32>,
    /// Index of the retrier that matched it.
    pub retry_index: Option<u32>,
    /// Delay before the next attempt.
    pub retry_backoff_interval_seconds: Option<f64>,
}

impl Failure {
    pub(crate) fn new(error: &StateError, event: EventId, time: Timestamp) -> Failure {
        Failure {
            event,
            time,
            error: error.error.clone(),
            cause: error.cause.clone(),
            missed_heartbeat: error.missed_heartbeat,
            ..Failure::default()
        }
    }

    /// Returns whether `ErrorEquals` with these names matches the error.
    pub fn is_matched_by(&self, names: &[Arc<str>]) -> bool {
        let error = StateError {
            error: self.error.clone(),
            missed_heartbeat: self.missed_heartbeat,
            ..StateError::default()
        };
        recover::matches(&Behavior::default(), names, &error)
    }

    /// Returns whether it is one of the exceptions that nothing retries or catches.
    pub fn is_terminal(&self) -> bool {
        self.error.as_deref() == Some(crate::error::RUNTIME)
    }
}
