//! What `DescribeExecution`, `StartSyncExecution`, `ListMapRuns` and `DescribeMapRun` answer.

use std::sync::Arc;

use asl_core::{ExecutionStatus, MapRun, MapRunCounts, Timestamp};
use asl_json::Value;

use crate::session::Run;

/// Returns what `DescribeExecution` prints. Input and output are JSON text, dates RFC 3339.
pub fn describe_execution(run: &Run) -> Value {
    let mut members = common(run);
    let status = run.execution.status();
    let record = run.execution.record();
    members.push(("redriveCount", Some(Value::from(i64::from(record.redrive_count)))));
    members.push(("redriveDate", record.redrive_time.map(date)));
    members.push(("redriveStatus", Some(redrive_status(status).into())));
    let reason = match status {
        ExecutionStatus::Succeeded | ExecutionStatus::Running => {
            Some(Value::from(format!("Execution is {status} and cannot be redriven")))
        }
        _ => None,
    };
    members.push(("redriveStatusReason", reason));
    object(members)
}

/// Returns what `StartSyncExecution` prints. Input and output are JSON text, dates RFC 3339.
pub fn start_sync_execution(run: &Run) -> Value {
    let mut members = common(run);
    let elapsed = run.stop_time.map_or(0, |stop| stop.0 - run.options.start_time.0);
    // Billed in steps of 100 ms, at least one, and of 64 MB. Source: Step Functions API, `BillingDetails`.
    let billed = ((elapsed.max(1) + 99) / 100) * 100;
    let billing = Value::object([
        ("billedDurationInMilliseconds", Value::from(billed)),
        ("billedMemoryUsedInMB", Value::from(64)),
    ]);
    members.push(("billingDetails", Some(billing)));
    object(members)
}

/// Returns what `ListMapRuns` prints.
pub fn list_map_runs(run: &Run) -> Value {
    let map_runs = run.execution.map_runs().iter();
    let listed = map_runs.map(|map_run| {
        let execution = run.execution.child(map_run.parent);
        let machine = format!("{}/{}", run.options.state_machine_arn, map_run_label(map_run));
        object(vec![
            (
                "executionArn",
                execution.map(|execution| Value::from(execution.arn.clone())),
            ),
            ("mapRunArn", Some(Value::from(map_run.arn.clone()))),
            ("startDate", Some(date(map_run.start_time))),
            ("stateMachineArn", Some(machine.into())),
            ("stopDate", map_run.stop_time.map(date)),
        ])
    });
    Value::object([("mapRuns", Value::array(listed))])
}

/// Returns the label in `arn:...:mapRun:MACHINE/LABEL:UUID`.
fn map_run_label(map_run: &MapRun) -> &str {
    let label = map_run
        .arn
        .rsplit_once('/')
        .and_then(|(_, rest)| rest.split(':').next());
    label.unwrap_or_default()
}

/// Returns what `DescribeMapRun` prints.
pub fn describe_map_run(run: &Run, map_run: &MapRun) -> Value {
    let execution = run.execution.child(map_run.parent);
    let percentage = asl_json::Number::from_f64(map_run.tolerated_failure_percentage);
    object(vec![
        ("mapRunArn", Some(Value::from(map_run.arn.clone()))),
        (
            "executionArn",
            execution.map(|execution| Value::from(execution.arn.clone())),
        ),
        ("status", Some(map_run.status.as_str().into())),
        ("startDate", Some(date(map_run.start_time))),
        ("stopDate", map_run.stop_time.map(date)),
        ("maxConcurrency", Some(Value::from(map_run.max_concurrency))),
        ("toleratedFailurePercentage", percentage.map(Value::from)),
        (
            "toleratedFailureCount",
            Some(Value::from(map_run.tolerated_failure_count)),
        ),
        ("itemCounts", Some(counts(&map_run.item_counts))),
        ("executionCounts", Some(counts(&map_run.execution_counts))),
    ])
}

fn counts(counts: &MapRunCounts) -> Value {
    let members = [
        ("pending", counts.pending),
        ("running", counts.running),
        ("succeeded", counts.succeeded),
        ("failed", counts.failed),
        ("timedOut", counts.timed_out),
        ("aborted", counts.aborted),
        ("total", counts.total),
        ("resultsWritten", counts.results_written),
    ];
    Value::object(members.map(|(name, count)| (name, Value::from(i64::from(count)))))
}

fn common(run: &Run) -> Vec<(&'static str, Option<Value>)> {
    let end = run.end();
    let text = |text: &Arc<str>| Value::from(text.clone());
    let included = || Value::object([("included", Value::Bool(true))]);
    vec![
        ("executionArn", Some(text(&run.options.execution_arn))),
        ("stateMachineArn", Some(text(&run.options.state_machine_arn))),
        ("name", Some(text(&run.options.name))),
        ("status", Some(end.status.as_str().into())),
        ("startDate", Some(date(run.options.start_time))),
        ("stopDate", run.stop_time.map(date)),
        ("input", Some(run.input.to_string().into())),
        ("inputDetails", Some(included())),
        ("output", end.output.as_ref().map(|output| output.to_string().into())),
        ("outputDetails", end.output.as_ref().map(|_| included())),
        ("error", end.error.as_ref().map(text)),
        ("cause", end.cause.as_ref().map(text)),
    ]
}

fn date(instant: Timestamp) -> Value {
    Value::from(instant.to_string())
}

fn redrive_status(status: ExecutionStatus) -> &'static str {
    match status {
        ExecutionStatus::Succeeded | ExecutionStatus::Running => "NOT_REDRIVABLE",
        ExecutionStatus::Failed | ExecutionStatus::TimedOut | ExecutionStatus::Aborted => "REDRIVABLE",
    }
}

fn object(members: Vec<(&'static str, Option<Value>)>) -> Value {
    Value::object(members.into_iter().filter_map(|(name, value)| Some((name, value?))))
}
