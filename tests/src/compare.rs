//! Holds what happened against everything that a case expects.

use asl_host::{LogLevel, describe_execution, describe_map_run, list_map_runs, log_records, start_sync_execution};
use asl_json::Value;

use crate::case::Case;
use crate::execution::Finished;
use crate::history::{Order, lines, match_history};
use crate::matcher::match_value;
use crate::placeholders::Bindings;

/// Members of DescribeExecution and StartSyncExecution that come from circumstances a case does not give: tracing, versions
/// and aliases, and how long functions took in real time.
const CIRCUMSTANCES: [&str; 4] = [
    "traceHeader",
    "stateMachineAliasArn",
    "stateMachineVersionArn",
    "billingDetails",
];

/// Compares an execution with its case.
///
/// # Errors
///
/// Says what differs, with both histories where they do.
pub fn compare(case: &Case, finished: &Finished) -> Result<(), String> {
    let mut bindings = Bindings::default();
    let events = finished.events();
    compare_all(case, finished, &events, &mut bindings).map_err(|mut message| {
        for remark in &finished.remarks {
            message.push_str("\n  ");
            message.push_str(remark);
        }
        if let Some(expected) = case.expect.get("events").and_then(Value::as_array) {
            message.push_str(&side_by_side(expected, &events));
        } else {
            message.push_str("\n  actual history:\n    ");
            message.push_str(&lines(&events).join("\n    "));
        }
        message
    })
}

fn compare_all(case: &Case, finished: &Finished, events: &[Value], bindings: &mut Bindings) -> Result<(), String> {
    compare_history(case, events, bindings)?;
    compare_end(case, finished, bindings)?;
    let root = finished.session.root();
    if let Some(expected) = case.expect.get("describeExecution") {
        compare_members(case, "describeExecution", expected, &describe_execution(root), bindings)?;
    }
    if let Some(expected) = case.expect.get("startSyncExecution") {
        compare_members(
            case,
            "startSyncExecution",
            expected,
            &start_sync_execution(root),
            bindings,
        )?;
    }
    compare_map_runs(case, finished, bindings)?;
    compare_logs(case, finished, events, bindings)
}

fn compare_map_runs(case: &Case, finished: &Finished, bindings: &mut Bindings) -> Result<(), String> {
    let root = finished.session.root();
    if let Some(expected) = case.expect.get("listMapRuns") {
        compare_members(case, "listMapRuns", expected, &list_map_runs(root), bindings)?;
    }
    match (case.expect.get("describeMapRun"), root.execution.map_runs().first()) {
        (Some(expected), Some(map_run)) => compare_members(
            case,
            "describeMapRun",
            expected,
            &describe_map_run(root, map_run),
            bindings,
        ),
        (Some(_), None) => Err("describeMapRun: there was no Map Run".to_owned()),
        (None, _) => Ok(()),
    }
}

fn compare_history(case: &Case, events: &[Value], bindings: &mut Bindings) -> Result<(), String> {
    let Some(expected) = case.expect.get("events").and_then(Value::as_array) else {
        return Ok(());
    };
    let order = match case.expect.get("status").and_then(Value::as_str) {
        Some("RUNNING") => Order::Prefix,
        _ if case.unordered => Order::Unordered,
        _ => Order::AsRecorded,
    };
    match_history(expected, events, order, &case.placeholders, bindings)
}

fn compare_end(case: &Case, finished: &Finished, bindings: &mut Bindings) -> Result<(), String> {
    let status = finished.status();
    match case.expect.get("status").and_then(Value::as_str) {
        // The recording stopped while the execution ran; what came later is not known.
        Some("RUNNING") => return Ok(()),
        Some(expected) if expected != status.as_str() => {
            return Err(format!("status: expected {expected}, actual {status}"));
        }
        _ => {}
    }
    let (error, cause) = finished.failure();
    for (name, actual) in [("output", finished.output()), ("error", error), ("cause", cause)] {
        let Some(expected) = case.expect.get(name) else {
            continue;
        };
        match actual {
            Some(actual) => matches(case, name, expected, &actual, bindings)?,
            None => return Err(format!("{name}: expected {expected}, actual none")),
        }
    }
    Ok(())
}

fn matches(case: &Case, what: &str, expected: &Value, actual: &Value, bindings: &mut Bindings) -> Result<(), String> {
    match_value(expected, actual, &case.placeholders, bindings).map_err(|mismatch| {
        let dot = if mismatch.path.is_empty() { "" } else { "." };
        format!(
            "{what}{dot}{}\n    expected {}\n    actual   {}",
            mismatch.path, mismatch.expected, mismatch.actual
        )
    })
}

/// Compares the members that were recorded: the service has added others since.
fn compare_members(
    case: &Case,
    what: &str,
    expected: &Value,
    actual: &Value,
    bindings: &mut Bindings,
) -> Result<(), String> {
    for (name, expected) in expected.as_object().into_iter().flat_map(asl_json::Object::iter) {
        if CIRCUMSTANCES.contains(&&**name) {
            continue;
        }
        let what = format!("{what}.{name}");
        match actual.get(name) {
            Some(actual) => matches(case, &what, expected, actual, bindings)?,
            None => return Err(format!("{what}: expected {expected}, actual none")),
        }
    }
    Ok(())
}

fn compare_logs(case: &Case, finished: &Finished, events: &[Value], bindings: &mut Bindings) -> Result<(), String> {
    let logging = case.file.get("logging");
    let level = logging.and_then(|logging| logging.get("level")).and_then(Value::as_str);
    let level = level.and_then(LogLevel::from_name).unwrap_or(LogLevel::Off);
    let data = logging
        .and_then(|logging| logging.get("includeExecutionData"))
        .and_then(Value::as_bool);
    let arn = &finished.session.root().options.execution_arn;
    let records = log_records(events, arn, level, data.unwrap_or(false));
    let records: Vec<Value> = records.into_iter().map(without_timestamp).collect();
    if let Some(expected) = case.expect.get("logEvents") {
        matches(case, "logEvents", expected, &Value::from(records.clone()), bindings)?;
    }
    match (case.expect.get("endEvent"), records.last()) {
        (Some(expected), Some(actual)) => matches(case, "endEvent", expected, actual, bindings),
        (Some(_), None) => Err("endEvent: nothing was logged".to_owned()),
        (None, _) => Ok(()),
    }
}

fn without_timestamp(mut record: Value) -> Value {
    if let Value::Object(members) = &mut record {
        members.remove("event_timestamp");
    }
    record
}

/// Writes two histories as one list: a line that both have once, others with `-` for expected and `+` for actual.
fn side_by_side(expected: &[Value], actual: &[Value]) -> String {
    let (expected, actual) = (lines(expected), lines(actual));
    let mut text = String::from("\n  history (- expected, + actual):");
    for index in 0..expected.len().max(actual.len()) {
        let pair = (expected.get(index), actual.get(index));
        match pair {
            (Some(wanted), Some(found)) if wanted == found => text.extend(["\n      ", wanted]),
            _ => {
                text.extend(pair.0.into_iter().flat_map(|line| ["\n    - ", line]));
                text.extend(pair.1.into_iter().flat_map(|line| ["\n    + ", line]));
            }
        }
    }
    text
}
