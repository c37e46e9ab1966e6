//! Task: calls something. The host does it; the events around it are made here.

use std::sync::Arc;

use asl_json::Value;
use asl_jsonpath::Path;

use crate::context_object;
use crate::contract::{Command, Integration, IntegrationPattern, TaskRequest, TaskToken};
use crate::dataflow;
use crate::error::{Fault, StateError};
use crate::frame::{Frame, FrameId, Pending, Phase, Running};
use crate::history::{Details, EventType};
use crate::interpreter::Ctx;
use crate::machine::{Scalar, State, StateKind, Task};
use crate::query::{Scope, integer_of};
use crate::timer::Deadline;

/// Computes what to send and schedules the task. It starts when the frame's next turn comes, after whatever other frames
/// have to do at once.
pub(crate) fn enter(ctx: &mut Ctx, frame: FrameId, state: &State, task: &Task) -> Result<(), Fault> {
    let token: Arc<str> = ctx.uuid(frame).into();
    ctx.frames[frame].task_token = Some(TaskToken(Arc::clone(&token)));
    let effective = dataflow::effective_input(ctx, frame, state)?;
    let timeout_seconds = seconds(ctx, frame, task.timeout_seconds.as_ref(), &effective)?;
    let heartbeat_seconds = seconds(ctx, frame, task.heartbeat_seconds.as_ref(), &effective)?;
    let role_arn = role(ctx, frame, task, &effective)?;
    let input = dataflow::arguments(ctx, frame, state, effective)?;
    refuse(ctx, task, &input)?;
    ctx.tokens.insert(token, frame);
    let pending = Pending {
        input,
        timeout_seconds,
        heartbeat_seconds,
        role_arn,
    };
    log_scheduled(ctx, frame, task, &pending);
    if task.integration == Integration::Activity {
        return resume(ctx, frame, state, task, Phase::Start(Box::new(pending)));
    }
    ctx.queue(frame, Phase::Start(Box::new(pending)));
    Ok(())
}

/// Starts the task, or goes on with its result.
pub(crate) fn resume(ctx: &mut Ctx, frame: FrameId, state: &State, task: &Task, phase: Phase) -> Result<(), Fault> {
    match phase {
        Phase::Start(pending) => {
            start(ctx, frame, state, task, &pending);
            Ok(())
        }
        Phase::Answered(result) => {
            let exit = dataflow::exit_with_result(ctx, frame, state, result)?;
            ctx.leave(frame, state, exit)
        }
        _ => Ok(()),
    }
}

fn seconds(ctx: &Ctx, frame: FrameId, scalar: Option<&Scalar<i64>>, effective: &Value) -> Result<Option<i64>, Fault> {
    let refer = |path: &Path, value: Value| {
        integer_of(&value).filter(|seconds| *seconds > 0).ok_or_else(|| {
            let path = path.text();
            Fault::runtime(format!(
                "The path {path} refers to value {value} which is not a positive integer"
            ))
        })
    };
    let scope = Scope::new(ctx, frame, effective);
    scalar.map(|scalar| scope.integer(scalar, refer)).transpose()
}

fn role(ctx: &Ctx, frame: FrameId, task: &Task, effective: &Value) -> Result<Option<Arc<str>>, Fault> {
    let Some(credentials) = &task.credentials else {
        return Ok(None);
    };
    let made = Scope::new(ctx, frame, effective).payload(credentials)?;
    Ok(made.get("RoleArn").and_then(Value::as_str).map(Arc::from))
}

/// Fails where the service would not take the task at all.
fn refuse(ctx: &Ctx, task: &Task, input: &Value) -> Result<(), Fault> {
    match &task.integration {
        Integration::Activity => {
            let known = ctx.options.activities.as_ref();
            if known.is_some_and(|known| !known.contains(&task.resource)) {
                return Err(Fault::runtime(format!(
                    "The activity {} does not exist.",
                    task.resource
                )));
            }
            Ok(())
        }
        Integration::Service { resource_type, .. } if &**resource_type == "apigateway" => {
            let scalar = |value: &Value| !matches!(value, Value::Array(_));
            for name in ["Headers", "QueryParameters"] {
                let field = input.get(name).and_then(Value::as_object);
                if field.is_some_and(|field| field.values().any(scalar)) {
                    return Err(Fault::runtime(format!(
                        "The Parameters '{input}' could not be used to start the Task: [The value of the field \
                         '{name}' has an invalid format]"
                    )));
                }
            }
            Ok(())
        }
        Integration::Service { .. } | Integration::LambdaFunction => Ok(()),
    }
}

fn log_scheduled(ctx: &mut Ctx, frame: FrameId, task: &Task, pending: &Pending) {
    let Pending {
        input,
        timeout_seconds,
        heartbeat_seconds,
        role_arn,
    } = pending.clone();
    let resource = Arc::clone(&task.event_resource);
    let (event_type, details) = match &task.integration {
        Integration::LambdaFunction => (
            EventType::LambdaFunctionScheduled,
            Details::LambdaFunctionScheduled {
                resource,
                input,
                timeout_in_seconds: timeout_seconds,
                task_credentials: role_arn,
            },
        ),
        Integration::Activity => (
            EventType::ActivityScheduled,
            Details::ActivityScheduled {
                resource,
                input,
                timeout_in_seconds: timeout_seconds,
                heartbeat_in_seconds: heartbeat_seconds,
            },
        ),
        Integration::Service { resource_type, .. } => (
            EventType::TaskScheduled,
            Details::TaskScheduled {
                resource_type: Arc::clone(resource_type),
                resource,
                region: region(&ctx.options.state_machine_arn),
                parameters: input,
                timeout_in_seconds: timeout_seconds,
                heartbeat_in_seconds: heartbeat_seconds,
                task_credentials: role_arn,
            },
        ),
    };
    ctx.log(frame, event_type, details);
}

/// Returns the region that an ARN names.
fn region(arn: &str) -> Arc<str> {
    arn.split(':').nth(3).unwrap_or_default().into()
}

fn start(ctx: &mut Ctx, frame: FrameId, state: &State, task: &Task, pending: &Pending) {
    let started = task.integration != Integration::Activity;
    log_started(ctx, frame, task);
    let request = request(ctx, frame, state, task, pending);
    ctx.command(Command::ScheduleTask(request));
    ctx.set_phase(
        frame,
        Phase::Running(Box::new(Running {
            started,
            submitted: false,
            beats: 0,
            timeout_seconds: pending.timeout_seconds,
            heartbeat_seconds: pending.heartbeat_seconds,
        })),
    );
    if started {
        set_deadlines(ctx, frame);
    }
}

fn log_started(ctx: &mut Ctx, frame: FrameId, task: &Task) {
    match &task.integration {
        Integration::LambdaFunction => {
            ctx.log(frame, EventType::LambdaFunctionStarted, Details::None);
        }
        Integration::Activity => {}
        Integration::Service { resource_type, .. } => {
            let details = Details::TaskStarted {
                resource_type: Arc::clone(resource_type),
                resource: Arc::clone(&task.event_resource),
            };
            ctx.log(frame, EventType::TaskStarted, details);
        }
    }
}

fn request(ctx: &mut Ctx, frame: FrameId, state: &State, task: &Task, pending: &Pending) -> TaskRequest {
    let at = ctx.frames[frame].state.0 as usize;
    let invocation = ctx.invocations[at];
    ctx.invocations[at] += 1;
    let token = ctx.frames[frame].task_token.clone();
    TaskRequest {
        token: token.expect("a scheduled task has a token"),
        state: Arc::clone(&state.name),
        resource: Arc::clone(&task.resource),
        input: pending.input.clone(),
        retry_count: ctx.frames[frame].retry_count,
        invocation,
        integration: task.integration.clone(),
        timeout_seconds: pending.timeout_seconds,
        heartbeat_seconds: pending.heartbeat_seconds,
        role_arn: pending.role_arn.clone(),
        execution_arn: Arc::clone(&ctx.record(frame).arn),
        item_index: context_object::current_item(ctx, frame).map(|item| item.index),
    }
}

/// Sets what a task that has just started is to be done by.
fn set_deadlines(ctx: &mut Ctx, frame: FrameId) {
    let Frame { epoch, ref phase, .. } = ctx.frames[frame];
    let Phase::Running(running) = phase else { return };
    let (timeout, heartbeat, beats) = (running.timeout_seconds, running.heartbeat_seconds, running.beats);
    if let Some(seconds) = timeout {
        let due = ctx.now + seconds.saturating_mul(1000);
        ctx.timers.set(due, Deadline::TaskTimeout { frame, epoch });
    }
    if let Some(seconds) = heartbeat {
        let due = ctx.now + seconds.saturating_mul(1000);
        ctx.timers.set(due, Deadline::Heartbeat { frame, epoch, beats });
    }
}

/// Notes that a worker took up an activity.
pub(crate) fn activity_started(ctx: &mut Ctx, frame: FrameId, worker_name: Option<Arc<str>>) {
    let Phase::Running(running) = &mut ctx.frames[frame].phase else {
        return;
    };
    if running.started {
        return;
    }
    running.started = true;
    ctx.log(
        frame,
        EventType::ActivityStarted,
        Details::ActivityStarted { worker_name },
    );
    set_deadlines(ctx, frame);
}

/// Notes the first answer of an integration that goes on.
pub(crate) fn submitted(ctx: &mut Ctx, frame: FrameId, output: Value) {
    let machine = Arc::clone(&ctx.machine);
    let Some(task) = task_of(&machine, ctx, frame) else {
        return;
    };
    let Integration::Service {
        resource_type, pattern, ..
    } = &task.integration
    else {
        return;
    };
    let Phase::Running(running) = &mut ctx.frames[frame].phase else {
        return;
    };
    if *pattern == IntegrationPattern::RequestResponse || running.submitted {
        return;
    }
    running.submitted = true;
    let details = Details::TaskOutput {
        resource_type: Arc::clone(resource_type),
        resource: Arc::clone(&task.event_resource),
        output,
    };
    ctx.log(frame, EventType::TaskSubmitted, details);
}

/// Restarts the heartbeat clock of a task.
pub(crate) fn heartbeat(ctx: &mut Ctx, frame: FrameId) {
    let now = ctx.now;
    let epoch = ctx.frames[frame].epoch;
    let Phase::Running(running) = &mut ctx.frames[frame].phase else {
        return;
    };
    running.beats += 1;
    let beats = running.beats;
    if let Some(seconds) = running.heartbeat_seconds {
        let due = now + seconds.saturating_mul(1000);
        ctx.timers.set(due, Deadline::Heartbeat { frame, epoch, beats });
    }
}

/// Notes the result of a task, or its failure where the result is too large.
pub(crate) fn succeed(ctx: &mut Ctx, frame: FrameId, output: Value) {
    let machine = Arc::clone(&ctx.machine);
    let Some(task) = task_of(&machine, ctx, frame) else {
        return;
    };
    let name = match &task.integration {
        Integration::Service { resource_type, .. } => resource_type,
        Integration::LambdaFunction | Integration::Activity => &task.resource,
    };
    if let Err(fault) = ctx.check_size(name, &output) {
        let error = ctx.blame(frame, fault);
        return fail(ctx, frame, error);
    }
    let (event_type, details) = match &task.integration {
        Integration::LambdaFunction => (
            EventType::LambdaFunctionSucceeded,
            Details::Output { output: output.clone() },
        ),
        Integration::Activity => (EventType::ActivitySucceeded, Details::Output { output: output.clone() }),
        Integration::Service { resource_type, .. } => (
            EventType::TaskSucceeded,
            Details::TaskOutput {
                resource_type: Arc::clone(resource_type),
                resource: Arc::clone(&task.event_resource),
                output: output.clone(),
            },
        ),
    };
    ctx.log(frame, event_type, details);
    close(ctx, frame);
    ctx.queue(frame, Phase::Answered(output));
}

/// Notes the failure of a task.
pub(crate) fn fail(ctx: &mut Ctx, frame: FrameId, error: StateError) {
    end_badly(
        ctx,
        frame,
        error,
        (
            EventType::LambdaFunctionFailed,
            EventType::ActivityFailed,
            EventType::TaskFailed,
        ),
    );
}

/// Notes that a task ran out of time, or missed its heartbeat.
pub(crate) fn time_out(ctx: &mut Ctx, frame: FrameId, missed_heartbeat: bool) {
    if let Some(token) = ctx.frames[frame].task_token.clone() {
        ctx.command(Command::CancelTask(token));
    }
    end_badly(
        ctx,
        frame,
        StateError::timeout(missed_heartbeat),
        (
            EventType::LambdaFunctionTimedOut,
            EventType::ActivityTimedOut,
            EventType::TaskTimedOut,
        ),
    );
}

/// Logs the event of the integration's family (function, activity, service) and lets the state fail.
fn end_badly(
    ctx: &mut Ctx,
    frame: FrameId,
    failure: StateError,
    (function, activity, service): (EventType, EventType, EventType),
) {
    let machine = Arc::clone(&ctx.machine);
    let Some(task) = task_of(&machine, ctx, frame) else {
        return;
    };
    let StateError { error, cause, .. } = failure.clone();
    let (event_type, details) = match &task.integration {
        Integration::LambdaFunction => (function, Details::Failed { error, cause }),
        Integration::Activity => (activity, Details::Failed { error, cause }),
        Integration::Service { resource_type, .. } => (
            service,
            Details::TaskFailed {
                resource_type: Arc::clone(resource_type),
                resource: Arc::clone(&task.event_resource),
                error,
                cause,
            },
        ),
    };
    ctx.log(frame, event_type, details);
    close(ctx, frame);
    ctx.queue(frame, Phase::Failed(failure));
}

/// Forgets the token: no further answer is taken.
fn close(ctx: &mut Ctx, frame: FrameId) {
    if let Some(TaskToken(token)) = ctx.frames[frame].task_token.take() {
        ctx.tokens.remove(&token);
    }
}

fn task_of<'a>(machine: &'a crate::machine::StateMachine, ctx: &Ctx, frame: FrameId) -> Option<&'a Task> {
    match &machine.state(ctx.frames[frame].state).kind {
        StateKind::Task(task) => Some(task),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{Answer, Run};

    #[test]
    fn a_function_by_its_arn_has_events_of_its_own() {
        let run = Run::states(
            r#"{"T": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
                "ResultSelector": {"r.$": "$.x"}, "ResultPath": "$.out", "End": true}}"#,
        );
        let run = run.input(r#"{"in":1}"#).task("T", &[Answer::Succeeds(r#"{"x":[1]}"#)]);
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 TaskStateEntered T {"in":1}
            3<-2 LambdaFunctionScheduled {"in":1}
            4<-3 LambdaFunctionStarted
            5<-4 LambdaFunctionSucceeded {"x":[1]}
            6<-5 TaskStateExited T {"in":1,"out":{"r":[1]}}
            7<-6 ExecutionSucceeded {"in":1,"out":{"r":[1]}}
        "#]]
        .assert_eq(&run.history());
    }

    #[test]
    fn a_job_is_submitted_before_it_succeeds() {
        let run = Run::states(
            r#"{"T": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "End": true}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 TaskStateEntered T {}
            3<-2 TaskScheduled {}
            4<-3 TaskStarted
            5<-4 TaskSubmitted {}
            6<-5 TaskSucceeded {}
            7<-6 TaskStateExited T {}
            8<-7 ExecutionSucceeded {}
        "#]]
        .assert_eq(&run.history());
    }

    #[test]
    fn an_activity_starts_when_a_worker_takes_it_up() {
        let run = Run::states(
            r#"{"T": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:123456789012:activity:a", "End": true}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 TaskStateEntered T {}
            3<-2 ActivityScheduled {}
            4<-3 ActivityStarted
            5<-4 ActivitySucceeded {}
            6<-5 TaskStateExited T {}
            7<-6 ExecutionSucceeded {}
        "#]]
        .assert_eq(&run.history());
    }

    const RETRIED: &str = r#"{"T": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true,
        "Retry": [{"ErrorEquals": ["A", "B"], "MaxAttempts": 2, "IntervalSeconds": 1, "BackoffRate": 2},
                  {"ErrorEquals": ["C"], "IntervalSeconds": 5}],
        "Catch": [{"ErrorEquals": ["States.TaskFailed"], "ResultPath": "$.e", "Next": "Z"}]},
        "Z": {"Type": "Pass", "End": true}}"#;

    #[test]
    fn each_retrier_counts_for_itself_and_a_spent_one_leads_to_the_catchers() {
        let fails = ["A", "B", "C", "B"].map(|error| Answer::Fails(error, "why"));
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 TaskStateEntered T {}
            3<-2 TaskScheduled {}
            4<-3 TaskStarted
            5<-4 TaskFailed A: why
            +1s
            6<-5 TaskScheduled {}
            7<-6 TaskStarted
            8<-7 TaskFailed B: why
            +2s
            9<-8 TaskScheduled {}
            10<-9 TaskStarted
            11<-10 TaskFailed C: why
            +5s
            12<-11 TaskScheduled {}
            13<-12 TaskStarted
            14<-13 TaskFailed B: why
            15<-14 TaskStateExited T {"e":{"Error":"B","Cause":"why"}}
            16<-15 PassStateEntered Z {"e":{"Error":"B","Cause":"why"}}
            17<-16 PassStateExited Z {"e":{"Error":"B","Cause":"why"}}
            18<-17 ExecutionSucceeded {"e":{"Error":"B","Cause":"why"}}
        "#]]
        .assert_eq(&Run::states(RETRIED).task("T", &fails).history());
    }

    #[test]
    fn a_timeout_is_no_failure_of_the_task() {
        let run = Run::states(
            r#"{"T": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "TimeoutSeconds": 3, "End": true,
                "Catch": [{"ErrorEquals": ["States.TaskFailed"], "Next": "T"}, {"ErrorEquals": ["States.Timeout"], "Next": "Z"}]},
                "Z": {"Type": "Pass", "End": true}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 TaskStateEntered T {}
            3<-2 TaskScheduled {}
            4<-3 TaskStarted
            +3s
            5<-4 TaskTimedOut States.Timeout
            6<-5 TaskStateExited T {"Error":"States.Timeout","Cause":""}
            7<-6 PassStateEntered Z {"Error":"States.Timeout","Cause":""}
            8<-7 PassStateExited Z {"Error":"States.Timeout","Cause":""}
            9<-8 ExecutionSucceeded {"Error":"States.Timeout","Cause":""}
        "#]]
        .assert_eq(&run.task("T", &[Answer::Hangs]).history());
    }

    #[test]
    fn a_missed_heartbeat_is_a_timeout_that_its_own_name_matches() {
        let run = Run::states(
            r#"{"T": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "HeartbeatSeconds": 2,
                "Parameters": {"has.$": "States.ArrayLength(States.Array($$.Task.Token))"}, "End": true,
                "Catch": [{"ErrorEquals": ["States.HeartbeatTimeout"], "Next": "Z"}]},
                "Z": {"Type": "Pass", "End": true}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 TaskStateEntered T {}
            3<-2 TaskScheduled {"has":1}
            4<-3 TaskStarted
            5<-4 TaskSubmitted {}
            +2s
            6<-5 TaskTimedOut States.Timeout
            7<-6 TaskStateExited T {"Error":"States.Timeout","Cause":""}
            8<-7 PassStateEntered Z {"Error":"States.Timeout","Cause":""}
            9<-8 PassStateExited Z {"Error":"States.Timeout","Cause":""}
            10<-9 ExecutionSucceeded {"Error":"States.Timeout","Cause":""}
        "#]]
        .assert_eq(&run.task("T", &[Answer::Hangs]).history());
    }

    #[test]
    fn an_output_path_to_nothing_cannot_be_caught() {
        let run = Run::states(
            r#"{"T": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "OutputPath": "$.no", "End": true,
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "T"}]}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 TaskStateEntered T {}
            3<-2 TaskScheduled {}
            4<-3 TaskStarted
            5<-4 TaskSucceeded {}
            6<-5 ExecutionFailed States.Runtime: An error occurred while executing the state 'T' (entered at the event id #2). Invalid path '$.no' : No results for path: $['no']
        "#]].assert_eq(&run.history());
    }
}
