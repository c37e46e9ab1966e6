//! `states:startExecution`: executions that executions start.

use std::sync::Arc;

use asl_core::{ExecutionOptions, ExecutionStatus, ExecutionType, Integration, IntegrationPattern, TaskRequest};
use asl_core::{TaskToken, Timestamp};
use asl_json::Value;

use crate::answer::{Delivery, Report};
use crate::machines::{Machines, RegisteredMachine};
use crate::response;
use crate::session::{Run, RunId};

/// The task that waits for a nested execution to end.
#[derive(Clone, Debug)]
pub(crate) struct StartedBy {
    pub(crate) run: RunId,
    pub(crate) token: TaskToken,
    pattern: IntegrationPattern,
}

/// What came of an attempt to start a nested execution.
pub(crate) enum Start {
    /// No state machine of that ARN is registered.
    Unknown,
    /// The service refuses to start it.
    Refused(Report),
    /// It runs.
    Started(Box<Run>),
}

/// Starts the execution that a task asks for. `count` is the number of executions so far.
pub(crate) fn start(
    task: &TaskRequest,
    machines: &Machines,
    parent: &Run,
    parent_id: RunId,
    count: usize,
    now: Timestamp,
) -> Start {
    let arn = task
        .input
        .get("StateMachineArn")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let Some(registered) = machines.by_arn(arn) else {
        return Start::Unknown;
    };
    let Some(input) = nested_input(task) else {
        let cause = service_cause("Invalid State Machine Execution Input", "InvalidExecutionInput", task);
        return Start::Refused(failure("StepFunctions.InvalidExecutionInputException", cause));
    };
    let pattern = pattern(task);
    let started_by = matches!(pattern, IntegrationPattern::Sync | IntegrationPattern::Sync2).then(|| StartedBy {
        run: parent_id,
        token: task.token.clone(),
        pattern,
    });
    let options = nested_options(task, arn, registered, parent, count, now);
    Start::Started(Box::new(Run::start(
        registered.machine.clone(),
        input,
        options,
        started_by,
    )))
}

fn pattern(task: &TaskRequest) -> IntegrationPattern {
    match &task.integration {
        Integration::Service { pattern, .. } => *pattern,
        Integration::LambdaFunction | Integration::Activity => IntegrationPattern::RequestResponse,
    }
}

/// Returns the input of the nested execution; text is read as JSON. `None` where it is none.
fn nested_input(task: &TaskRequest) -> Option<Value> {
    match task.input.get("Input") {
        None | Some(Value::Null) => Some(Value::empty_object()),
        Some(Value::String(text)) => asl_json::parse_value(text).ok(),
        Some(input) => Some(input.clone()),
    }
}

fn nested_options(
    task: &TaskRequest,
    arn: &str,
    registered: &RegisteredMachine,
    parent: &Run,
    count: usize,
    now: Timestamp,
) -> ExecutionOptions {
    let given = task.input.get("Name").and_then(Value::as_str);
    let name: Arc<str> = given.map_or_else(|| default_name(parent, count).into(), Into::into);
    let execution_arn = match registered.execution_type {
        ExecutionType::Standard => format!("{}:{name}", arn.replacen(":stateMachine:", ":execution:", 1)),
        ExecutionType::Express => {
            let arn = arn.replacen(":stateMachine:", ":express:", 1);
            format!("{arn}:{name}:{}", default_name(parent, count))
        }
    };
    ExecutionOptions {
        state_machine_arn: arn.into(),
        execution_arn: execution_arn.into(),
        name,
        role_arn: registered.role_arn.clone(),
        execution_type: registered.execution_type,
        start_time: now,
        seed: parent.options.seed.wrapping_add(count as u64),
        ..parent.options.clone()
    }
}

/// Returns a name in the form of a UUID, the same for the same seed.
fn default_name(parent: &Run, count: usize) -> String {
    let seed = parent.options.seed;
    format!(
        "{:08x}-{:04x}-4000-8000-{count:012x}",
        (seed >> 16) & 0xffff_ffff,
        seed & 0xffff
    )
}

/// Returns the answer where the state machine is not known: AWS's refusal, or an assumption where the playground knows
/// no state machines at all.
pub(crate) fn unknown(task: &TaskRequest, machines: &Machines) -> Vec<Delivery> {
    if machines.is_empty() {
        let mut deliveries = response::preliminaries(task);
        deliveries.push(Delivery::now(response::echo(task)));
        return deliveries;
    }
    let arn = task
        .input
        .get("StateMachineArn")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let cause = service_cause(
        &format!("State Machine Does Not Exist: '{arn}'"),
        "StateMachineDoesNotExist",
        task,
    );
    vec![Delivery::now(failure(
        "StepFunctions.StateMachineDoesNotExistException",
        cause,
    ))]
}

fn failure(error: &str, cause: String) -> Report {
    Report::Failure {
        error: Some(error.into()),
        cause: Some(cause.into()),
    }
}

fn service_cause(message: &str, code: &str, task: &TaskRequest) -> String {
    let token = &task.token.0;
    format!(
        "{message} (Service: AWSStepFunctions; Status Code: 400; Error Code: {code}; Request ID: {token}; Proxy: null)"
    )
}

/// Returns what the starting task hears at once: its result, or that the job was submitted.
pub(crate) fn first_answer(task: &TaskRequest, nested: &Run) -> Delivery {
    let arn = nested.options.execution_arn.clone();
    let mut answer = vec![("ExecutionArn", Value::from(arn))];
    answer.extend(response::sdk_metadata(task, "application/x-amz-json-1.0", 161));
    answer.push(("StartDate", Value::from(nested.options.start_time.0)));
    let answer = Value::object(answer);
    Delivery::now(match pattern(task) {
        IntegrationPattern::RequestResponse => Report::Success(answer),
        _ => Report::Submitted(answer),
    })
}

/// Returns how the waiting task ends when the nested execution has ended.
pub(crate) fn end(run: &Run, started_by: &StartedBy) -> Report {
    let parsed = started_by.pattern == IntegrationPattern::Sync2;
    let description = description(run, parsed && run.execution.status() == ExecutionStatus::Succeeded);
    if run.execution.status() == ExecutionStatus::Succeeded {
        return Report::Success(description);
    }
    failure("States.TaskFailed", description.to_string())
}

/// Returns the members of `DescribeExecution` in the spelling of the integration. `parsed` gives input and output as JSON
/// rather than as JSON text.
fn description(run: &Run, parsed: bool) -> Value {
    let end = run.end();
    let payload = |value: &Value| {
        if parsed {
            value.clone()
        } else {
            Value::from(value.to_string())
        }
    };
    let included = || Value::object([("Included", Value::Bool(true))]);
    let text = |text: &Arc<str>| Value::from(text.clone());
    let redrivable = end.status != ExecutionStatus::Succeeded;
    let members = [
        ("Cause", end.cause.as_ref().map(text)),
        ("Error", end.error.as_ref().map(text)),
        ("ExecutionArn", Some(text(&run.options.execution_arn))),
        ("Input", Some(payload(&run.input))),
        ("InputDetails", Some(included())),
        ("Name", Some(text(&run.options.name))),
        ("Output", end.output.as_ref().map(payload)),
        ("OutputDetails", end.output.as_ref().map(|_| included())),
        ("RedriveCount", Some(Value::from(0))),
        (
            "RedriveStatus",
            Some(if redrivable { "REDRIVABLE" } else { "NOT_REDRIVABLE" }.into()),
        ),
        (
            "RedriveStatusReason",
            (!redrivable).then(|| "Execution is SUCCEEDED and cannot be redriven".into()),
        ),
        ("StartDate", Some(Value::from(run.options.start_time.0))),
        ("StateMachineArn", Some(text(&run.options.state_machine_arn))),
        ("Status", Some(end.status.as_str().into())),
        ("StopDate", run.stop_time.map(|stop| Value::from(stop.0))),
    ];
    Value::object(members.into_iter().filter_map(|(name, value)| Some((name, value?))))
}

/// Returns the cause with which a nested execution is stopped when the task that waits for it is cut off.
pub(crate) fn abort_cause(parent: &Run) -> Arc<str> {
    let arn = &parent.options.execution_arn;
    format!("The Task state in AWS Step Functions execution [{arn}] which was managing this resource was aborted")
        .into()
}
