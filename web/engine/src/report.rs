//! What is said of a run as a whole: how it ended, and its line in the list of recordings.

use std::sync::{Arc, PoisonError};

use asl_core::ExecutionRecord;
use asl_host::{describe_execution, start_sync_execution};
use asl_json::Value;
use asl_protocol as page;
use asl_protocol::{MockUse, RecordingSummary, RunEnd};

use crate::recordings::{error_and_cause, short, shorten};
use crate::run::Run;
use crate::text::saturate;

/// Returns how a run ended.
pub(crate) fn end(run: &Run) -> RunEnd {
    let describe = describe(run);
    let text = |name: &str| describe.get(name).and_then(Value::as_str).map(str::to_owned);
    let uses = run.uses.lock().unwrap_or_else(PoisonError::into_inner);
    let mock_use = |((state, mock), times): (&(Arc<str>, Option<u32>), &u32)| MockUse {
        state: state.to_string(),
        mock: *mock,
        times: *times,
    };
    RunEnd {
        status: run.status().as_str().to_owned(),
        output: text("output").map(|output| with_line_breaks(&output)),
        error: text("error"),
        cause: text("cause"),
        is_redrivable: run
            .execution()
            .is_some_and(|execution| execution.record().is_redrivable()),
        describe_execution: describe.to_pretty_string("  "),
        mock_uses: uses.iter().map(mock_use).collect(),
    }
}

fn describe(run: &Run) -> Value {
    match (run.session(), run.execution_type) {
        (Some(session), page::ExecutionType::Standard) => describe_execution(session.root()),
        (Some(session), page::ExecutionType::Express) => start_sync_execution(session.root()),
        (None, _) => describe_record(run.record()),
    }
}

/// Returns the members of `DescribeExecution` that a record knows.
fn describe_record(record: &ExecutionRecord) -> Value {
    let text = |text: &Arc<str>| (!text.is_empty()).then(|| Value::from(text.clone()));
    let members = [
        ("executionArn", text(&record.arn)),
        ("stateMachineArn", text(&record.state_machine_arn)),
        ("name", text(&record.name)),
        ("status", Some(record.status.as_str().into())),
        ("startDate", Some(record.start_time.to_string().into())),
        ("stopDate", record.stop_time.map(|time| time.to_string().into())),
        ("input", Some(record.input.to_string().into())),
        ("output", record.output.as_ref().map(|output| output.to_string().into())),
        ("mapRunArn", record.map_run_arn.as_ref().and_then(text)),
        ("error", record.error.as_ref().and_then(text)),
        ("cause", record.cause.as_ref().and_then(text)),
    ];
    Value::object(members.into_iter().filter_map(|(name, value)| Some((name, value?))))
}

/// Returns a run's line in the list of recordings.
pub(crate) fn summary(run: &Run) -> RecordingSummary {
    let record = run.record();
    let history = run.history();
    let start = history.first().map_or(record.start_time, |event| event.timestamp);
    let outcome = match &record.output {
        Some(output) if run.has_ended() => short(output),
        _ => shorten(error_and_cause(record, ": ")),
    };
    RecordingSummary {
        run: run.number,
        name: run.name.clone(),
        origin: run.origin.clone(),
        status: run.status().as_str().to_owned(),
        start_ms: start.0,
        duration_ms: history.last().map_or(0, |event| event.timestamp.0 - start.0),
        events: saturate(history.len()),
        input: short(&record.input),
        outcome,
    }
}

/// Returns JSON text for people to read.
fn with_line_breaks(text: &str) -> String {
    asl_json::parse_value(text).map_or_else(|_| text.to_owned(), |value| value.to_pretty_string("  "))
}
