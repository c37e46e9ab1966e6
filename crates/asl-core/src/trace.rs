//! The data-flow stages of one visit to a state, named as the TestState API names them.

use std::sync::Arc;

use asl_json::Value;

use crate::history::EventId;

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
