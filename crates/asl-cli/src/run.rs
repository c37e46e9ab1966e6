//! `asl run`: drives an execution on virtual time and prints how it went.

use std::path::Path;
use std::process::ExitCode;

use asl_core::{EventId, ExecutionOptions, ExecutionStatus, HistoryEvent, Limits, StateTrace, Timestamp};
use asl_host::{DriveEnd, Mocks, Question, Run, Session, SessionInput, SessionOutput, describe_execution, drive};
use asl_json::Value;

use crate::arguments::RunOptions;
use crate::javascript::{self, CallError, CallOptions};
use crate::usage_error::UsageError;
use crate::{definition, mocks};

/// Polls after which an execution counts as endless: far beyond any that ends.
const MOST_POLLS: u64 = 1_000_000_000;

/// Runs a definition and prints the answer.
pub(crate) fn run(options: &RunOptions) -> Result<ExitCode, UsageError> {
    let machine = definition::compile(&options.definition, options.execution_type)?;
    let input = input(options.input.as_deref())?;
    let mocks = match &options.mocks {
        Some(path) => mocks::read(path, options.test_case.as_deref())?,
        None if options.test_case.is_some() => return Err(UsageError("--test-case wants --mocks FILE.".to_owned())),
        None => Mocks::default(),
    };
    let mut session = Session::start(machine, input, execution_options(options), Box::new(mocks));
    let mut call = |question: &Question, now| answer(question, now, options.seed);
    let end = drive(&mut session, MOST_POLLS, &mut call, &mut note);
    let run = session.root();
    crate::print(&report(run, options).to_pretty_string("    "));
    match end {
        DriveEnd::Finished(ExecutionStatus::Succeeded) => return Ok(ExitCode::SUCCESS),
        DriveEnd::Finished(_) => {}
        DriveEnd::Stuck => eprintln!("The execution waits for a task token that nobody will return."),
        DriveEnd::OutOfPolls => eprintln!("The execution does not come to an end."),
    }
    Ok(ExitCode::from(1))
}

/// Returns the input: JSON where the text is JSON, else what the file of that name holds.
fn input(given: Option<&str>) -> Result<Value, UsageError> {
    let Some(given) = given else {
        return Ok(Value::empty_object());
    };
    if let Ok(value) = asl_json::parse_value(given) {
        return Ok(value);
    }
    let path = Path::new(given);
    if !path.is_file() {
        return Err(UsageError(match asl_model::parse_input(given) {
            Err(error) => format!("{error}\nThere is no file of that name either: {given}"),
            Ok(_) => format!("There is no file {given}"),
        }));
    }
    let text = std::fs::read_to_string(path).map_err(|error| UsageError::file(path, &error))?;
    asl_model::parse_input(&text).map_err(|error| UsageError::file(path, &error))
}

fn execution_options(options: &RunOptions) -> ExecutionOptions {
    let limits = if options.limits {
        Limits::default()
    } else {
        Limits {
            history_events: None,
            payload_bytes: None,
            ..Limits::default()
        }
    };
    ExecutionOptions {
        execution_type: options.execution_type,
        start_time: options.now,
        seed: options.seed,
        limits,
        trace: options.trace,
        ..ExecutionOptions::default()
    }
}

fn answer(question: &Question, now: Timestamp, seed: u64) -> SessionInput {
    let call = &question.call;
    let options = CallOptions {
        now,
        // Every call gets dice of its own, the same ones in every run.
        seed: seed.wrapping_add(question.id.0),
        ..CallOptions::default()
    };
    let (outcome, after_ms) = match javascript::call(&call.source, &call.event, &call.context, &options) {
        Ok(returned) => (Ok(returned.value), returned.after_ms),
        Err(CallError::Threw(error)) => (Err(error), 0),
        Err(CallError::OutOfTime) => return SessionInput::OutOfTime(question.id),
    };
    SessionInput::Answer {
        question: question.id,
        outcome,
        after_ms,
    }
}

fn note(output: &SessionOutput) {
    if let SessionOutput::Assumed { task, .. } = output {
        eprintln!(
            "Nobody mocks the task of state \"{}\": it returned its input.",
            task.state
        );
    }
}

fn report(run: &Run, options: &RunOptions) -> Value {
    let mut members = Vec::new();
    if options.history {
        let events = run.execution.history().iter().map(HistoryEvent::to_value);
        members.push(("events", Value::array(events)));
    }
    if options.trace {
        let visits = run.execution.history().iter().filter_map(|event| visit(run, event.id));
        members.push(("stateVisits", Value::array(visits)));
    }
    if members.is_empty() {
        return describe_execution(run);
    }
    Value::object(members)
}

/// Returns the data-flow stages of the visit that began with an event, named as the TestState API names them.
fn visit(run: &Run, entered: EventId) -> Option<Value> {
    let trace: &StateTrace = run.execution.trace(entered)?;
    let mut members = vec![
        ("id", Value::from(i64::from(entered.0))),
        ("input", trace.input.clone()),
    ];
    let stages = [
        ("afterInputPath", &trace.after_input_path),
        ("afterParameters", &trace.after_parameters),
        ("afterArguments", &trace.after_arguments),
        ("afterItemsPath", &trace.after_items_path),
        ("afterItemSelector", &trace.after_item_selector),
        ("afterItemBatcher", &trace.after_item_batcher),
        ("result", &trace.result),
        ("afterResultSelector", &trace.after_result_selector),
        ("afterResultPath", &trace.after_result_path),
        ("output", &trace.output),
        ("variables", &trace.variables),
    ];
    members.extend(
        stages
            .into_iter()
            .filter_map(|(name, stage)| Some((name, stage.clone()?))),
    );
    if let Some(details) = &trace.error_details {
        let text = |text: &Option<std::sync::Arc<str>>| text.clone().map(Value::from);
        let index = |index: Option<u32>| index.map(|index| Value::from(i64::from(index)));
        let details = [
            ("error", text(&details.error)),
            ("cause", text(&details.cause)),
            ("catchIndex", index(details.catch_index)),
            ("retryIndex", index(details.retry_index)),
        ];
        let given = details.into_iter().filter_map(|(name, value)| Some((name, value?)));
        members.push(("errorDetails", Value::object(given)));
    }
    Some(Value::object(members))
}
