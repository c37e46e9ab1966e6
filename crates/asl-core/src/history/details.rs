//! The details of each event family. Field names are the API's in snake case.
//!
//! Payloads are values here, shared with the execution; the API's JSON text is made where the history is written out.

use std::sync::Arc;

use asl_json::Value;

/// What an event carries besides its envelope. Source: Step Functions API, `HistoryEvent`.
///
/// Families that share a shape share a variant: [`Details::StateEntered`] belongs to every `…StateEntered`, and
/// [`Details::Failed`] to every event that carries nothing but an optional error and cause.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are the API's")]
pub enum Details {
    /// The event has no details object.
    #[default]
    None,
    ExecutionStarted {
        input: Value,
        role_arn: Arc<str>,
    },
    ExecutionSucceeded {
        output: Value,
    },
    ExecutionRedriven {
        redrive_count: u32,
    },
    /// `error` and `cause` of `Execution…`, `LambdaFunction…`, `Activity…` and `MapRun…` failures and time-outs.
    Failed {
        error: Option<Arc<str>>,
        cause: Option<Arc<str>>,
    },
    StateEntered {
        name: Arc<str>,
        input: Value,
    },
    /// `assigned_variables` holds the new value of each variable that the state assigned, in order of assignment.
    StateExited {
        name: Arc<str>,
        output: Value,
        assigned_variables: Vec<(Arc<str>, Value)>,
    },
    TaskScheduled {
        resource_type: Arc<str>,
        resource: Arc<str>,
        region: Arc<str>,
        parameters: Value,
        timeout_in_seconds: Option<i64>,
        heartbeat_in_seconds: Option<i64>,
        task_credentials: Option<Arc<str>>,
    },
    TaskStarted {
        resource_type: Arc<str>,
        resource: Arc<str>,
    },
    /// `TaskSubmitted` and `TaskSucceeded`.
    TaskOutput {
        resource_type: Arc<str>,
        resource: Arc<str>,
        output: Value,
    },
    /// `TaskFailed`, `TaskTimedOut`, `TaskStartFailed` and `TaskSubmitFailed`.
    TaskFailed {
        resource_type: Arc<str>,
        resource: Arc<str>,
        error: Option<Arc<str>>,
        cause: Option<Arc<str>>,
    },
    LambdaFunctionScheduled {
        resource: Arc<str>,
        input: Value,
        timeout_in_seconds: Option<i64>,
        task_credentials: Option<Arc<str>>,
    },
    /// `LambdaFunctionSucceeded` and `ActivitySucceeded`.
    Output {
        output: Value,
    },
    ActivityScheduled {
        resource: Arc<str>,
        input: Value,
        timeout_in_seconds: Option<i64>,
        heartbeat_in_seconds: Option<i64>,
    },
    ActivityStarted {
        worker_name: Option<Arc<str>>,
    },
    MapStateStarted {
        length: u32,
    },
    /// `MapIteration…`: the Map state's name and the zero-based index.
    MapIteration {
        name: Arc<str>,
        index: u32,
    },
    MapRunStarted {
        map_run_arn: Arc<str>,
    },
    MapRunRedriven {
        map_run_arn: Arc<str>,
        redrive_count: u32,
    },
    EvaluationFailed {
        state: Arc<str>,
        error: Arc<str>,
        cause: Arc<str>,
        location: Option<Arc<str>>,
    },
}
