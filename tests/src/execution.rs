//! Runs the execution of a case under its environment, on virtual time.

use std::cell::RefCell;
use std::rc::Rc;

use asl_core::{
    Behavior, Details, ExecutionOptions, ExecutionStatus, ExecutionType, ObjectStore, StateMachine, Timestamp,
};
use asl_host::{DriveEnd, Machines, Question, RegisteredMachine, RunId, Session, SessionInput, SessionOutput, drive};
use asl_json::Value;

use crate::answers::{CaseAnswers, Remarks, activities};
use crate::case::Case;

/// Polls after which a case counts as endless; a history of 25,000 events takes about three times as many.
const MOST_POLLS: u64 = 1_000_000;

/// 2025-01-01, for cases that know no clock.
const NO_CLOCK: Timestamp = Timestamp(1_735_689_600_000);

/// An execution that has run as far as it goes.
#[derive(Debug)]
pub struct Finished {
    /// Executions, clock and timeline at the end.
    pub session: Session,
    /// Why it went no further.
    pub end: DriveEnd,
    /// Tasks that were not answered as the case foresees.
    pub remarks: Vec<String>,
}

impl Finished {
    /// Returns the history as `GetExecutionHistory` prints it.
    pub fn events(&self) -> Vec<Value> {
        self.session
            .root()
            .execution
            .history()
            .iter()
            .map(asl_core::HistoryEvent::to_value)
            .collect()
    }

    /// Returns the status.
    pub fn status(&self) -> ExecutionStatus {
        self.session.root().execution.status()
    }

    /// Returns the output, where the execution succeeded.
    pub fn output(&self) -> Option<Value> {
        match &self.session.root().execution.history().last()?.details {
            Details::ExecutionSucceeded { output } => Some(output.clone()),
            _ => None,
        }
    }

    /// Returns error and cause, where the execution ended with them.
    pub fn failure(&self) -> (Option<Value>, Option<Value>) {
        match self
            .session
            .root()
            .execution
            .history()
            .last()
            .map(|event| &event.details)
        {
            Some(Details::Failed { error, cause }) => (error.clone().map(Value::from), cause.clone().map(Value::from)),
            _ => (None, None),
        }
    }
}

/// Compiles the definition.
///
/// # Errors
///
/// Gives the diagnostics as lines.
pub fn compile(text: &str) -> Result<std::sync::Arc<StateMachine>, String> {
    let lines = |diagnostics: &[asl_model::Diagnostic]| {
        let lines: Vec<String> = diagnostics
            .iter()
            .map(|d| format!("{}: {}", d.code, d.message))
            .collect();
        format!("the definition does not compile: {}", lines.join("; "))
    };
    let parsed = asl_model::parse(text);
    match parsed.definition {
        Some(definition) => StateMachine::compile(&definition).map_err(|diagnostics| lines(&diagnostics)),
        None => Err(lines(&parsed.diagnostics)),
    }
}

/// Runs the case to its end, or as far as it goes.
///
/// # Errors
///
/// Where it cannot even start.
pub fn run(case: &Case) -> Result<Finished, String> {
    let machine = compile(&case.definition_text)?;
    let input = asl_json::parse_value(&case.input_text).map_err(|error| format!("the input is not JSON: {error}"))?;
    let options = options(case);
    let remarks: Remarks = Rc::new(RefCell::new(Vec::new()));
    let answers = CaseAnswers::new(case, options.start_time, Rc::clone(&remarks))?;
    let session = Session::start(machine, input, options, Box::new(answers));
    let mut session = session.with_machines(machines(case)?);
    let end = if stops_execution(case) {
        stop(&mut session)
    } else {
        drive_on(&mut session)
    };
    let remarks = remarks.take();
    Ok(Finished { session, end, remarks })
}

fn drive_on(session: &mut Session) -> DriveEnd {
    // The answers of a case never ask for a function: they run it themselves.
    let mut call = |question: &Question, _| SessionInput::OutOfTime(question.id);
    drive(session, MOST_POLLS, &mut call, &mut |_| {})
}

/// Drives to the first instant at which the execution waits, and stops it there.
fn stop(session: &mut Session) -> DriveEnd {
    for _ in 0..MOST_POLLS {
        match session.poll() {
            SessionOutput::Waiting { .. } => break,
            SessionOutput::Finished(status) => return DriveEnd::Finished(status),
            _ => {}
        }
    }
    let stop = asl_core::Input::StopExecution {
        error: None,
        cause: None,
    };
    match session.handle(SessionInput::ToRun(RunId::ROOT, stop)) {
        Ok(()) => drive_on(session),
        Err(_) => DriveEnd::Stuck,
    }
}

fn stops_execution(case: &Case) -> bool {
    let calls = case.list("driver").iter();
    calls
        .filter_map(|call| call.get("call")?.as_str())
        .any(|call| call == "stop_execution")
}

/// Returns the instant at which a case starts: the one it names, else the one at which it was recorded.
pub fn start_time(case: &Case) -> Timestamp {
    let named = case.environment("now").and_then(Timestamp::parse);
    named.or(case.recorded()).unwrap_or(NO_CLOCK)
}

fn options(case: &Case) -> ExecutionOptions {
    let defaults = ExecutionOptions::default();
    let text = |name: &str, default: std::sync::Arc<str>| case.environment(name).map_or(default, Into::into);
    let recorded = case.recorded();
    let now = start_time(case);
    ExecutionOptions {
        state_machine_arn: text("stateMachineArn", defaults.state_machine_arn),
        execution_arn: text("executionArn", defaults.execution_arn),
        name: text("executionName", defaults.name),
        role_arn: text("roleArn", defaults.role_arn),
        execution_type: case.execution_type,
        start_time: now,
        behavior: recorded.map_or_else(Behavior::default, Behavior::as_of),
        objects: objects(case, now),
        activities: Some(activities(case).into()),
        ..ExecutionOptions::default()
    }
}

fn objects(case: &Case, now: Timestamp) -> ObjectStore {
    let mut store = ObjectStore::default();
    for resource in case.list("resources") {
        let text = |name: &str| resource.get(name).and_then(Value::as_str).unwrap_or_default();
        match text("kind") {
            "s3-bucket" => store.create_bucket(text("name")),
            "s3-object" => store.put(text("bucket"), text("key"), text("body").as_bytes(), now),
            _ => {}
        }
    }
    store
}

fn machines(case: &Case) -> Result<Machines, String> {
    let mut machines = Machines::default();
    for resource in case.list("resources") {
        let text = |name: &str| resource.get(name).and_then(Value::as_str).unwrap_or_default();
        if text("kind") != "state-machine" {
            continue;
        }
        let definition = resource.get("definition").map(Value::to_string).unwrap_or_default();
        let execution_type = if text("type") == "EXPRESS" {
            ExecutionType::Express
        } else {
            ExecutionType::Standard
        };
        let machine = compile(&definition)?;
        machines.register(
            text("arn"),
            RegisteredMachine {
                machine,
                execution_type,
                role_arn: text("roleArn").into(),
            },
        );
    }
    Ok(machines)
}
