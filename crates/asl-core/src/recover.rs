//! What becomes of an error: retried, caught, or passed on to whatever is around.

use std::sync::Arc;

use asl_json::Value;
use asl_model::{JitterStrategy, QueryLanguage, Retrier};

use crate::behavior::{Behavior, EvaluationFailedPrevious};
use crate::dataflow::{self, Exit};
use crate::dice;
use crate::error::{DATA_LIMIT_EXCEEDED, Evaluation, Fault, HEARTBEAT_TIMEOUT, StateError, TIMEOUT};
use crate::frame::{Frame, FrameId, Phase};
use crate::history::{Details, EventId, EventType};
use crate::interpreter::Ctx;
use crate::machine::{Catcher, State, StateKind, Transition};
use crate::query::Scope;
use crate::region;
use crate::trace::{ErrorDetails, Failure, RetryDecision, StateTrace};

/// Deals with an error of the state that a frame is in.
pub(crate) fn fail(ctx: &mut Ctx, frame: FrameId, error: StateError) {
    let machine = Arc::clone(&ctx.machine);
    let state = machine.state(ctx.frames[frame].state);
    ctx.trace(frame, |trace| {
        trace.error_details = Some(ErrorDetails {
            error: error.error.clone(),
            cause: error.cause.clone(),
            ..ErrorDetails::default()
        });
    });
    let before = evaluation_failed_previous(ctx, frame);
    log_evaluation_failed(ctx, frame, state, &error, before);
    let failure = Failure::new(&error, ctx.frames[frame].previous, ctx.now);
    ctx.trace(frame, |trace| trace.failures.push(failure));
    if error.is_runtime() {
        let Frame { run, previous, .. } = ctx.frames[frame];
        return ctx.fail_run(run, previous, error);
    }
    if retry(ctx, frame, state, &error) {
        return;
    }
    let chain = ctx.frames[frame].previous;
    log_state_failed(ctx, frame, state);
    let behavior = ctx.options.behavior.clone();
    let caught = state
        .catch
        .iter()
        .enumerate()
        .find(|(_, catcher)| matches(&behavior, &catcher.error_equals, &error));
    match caught {
        Some((index, catcher)) => catch(ctx, frame, state, (index, catcher), &error, chain),
        None => region::pass_on(ctx, frame, state, error),
    }
}

/// Returns what the `EvaluationFailed` of a state points back to.
fn evaluation_failed_previous(ctx: &Ctx, frame: FrameId) -> EventId {
    let frame = &ctx.frames[frame];
    let early = ctx.options.behavior.evaluation_failed_previous == EvaluationFailedPrevious::BeforeEntered;
    if early && frame.previous == frame.entered {
        return frame.before_entered;
    }
    frame.previous
}

fn log_evaluation_failed(ctx: &mut Ctx, frame: FrameId, state: &State, error: &StateError, previous: EventId) {
    let Some(Evaluation { location }) = error.evaluation.clone() else {
        return;
    };
    let details = Details::EvaluationFailed {
        state: Arc::clone(&state.name),
        error: error.error.clone().unwrap_or_default(),
        cause: error.cause.clone().unwrap_or_default(),
        location,
    };
    ctx.frames[frame].previous = previous;
    ctx.log(frame, EventType::EvaluationFailed, details);
}

fn log_state_failed(ctx: &mut Ctx, frame: FrameId, state: &State) {
    let event_type = match state.kind {
        StateKind::Parallel { .. } => EventType::ParallelStateFailed,
        StateKind::Map(_) => EventType::MapStateFailed,
        _ => return,
    };
    ctx.log(frame, event_type, Details::None);
}

/// Arranges another attempt where a retrier matches and is not spent.
fn retry(ctx: &mut Ctx, frame: FrameId, state: &State, error: &StateError) -> bool {
    let behavior = &ctx.options.behavior;
    let Some(index) = state
        .retry
        .iter()
        .position(|retrier| matches(behavior, &retrier.error_equals, error))
    else {
        return false;
    };
    let retrier = &state.retry[index];
    let counts = &mut ctx.frames[frame].retrier_counts;
    counts.resize(state.retry.len(), 0);
    if u64::from(counts[index]) >= retrier.max_attempts {
        return false;
    }
    counts[index] += 1;
    let attempt = counts[index];
    ctx.frames[frame].retry_count += 1;
    let backoff_seconds = backoff_seconds(retrier, attempt);
    let delay = match retrier.jitter_strategy {
        JitterStrategy::None => backoff_seconds,
        JitterStrategy::Full => backoff_seconds * dice::fraction(ctx.draw(frame)),
    };
    let decision = RetryDecision {
        retrier: u32::try_from(index).unwrap_or(u32::MAX),
        attempt,
        backoff_seconds,
        delay_seconds: delay,
    };
    ctx.trace(frame, |trace| note_retry(trace, decision));
    let due = ctx.now + milliseconds(delay);
    ctx.wait_until(frame, Phase::Backoff, due);
    true
}

fn note_retry(trace: &mut StateTrace, decision: RetryDecision) {
    let details = trace.error_details.get_or_insert_default();
    details.retry_index = Some(decision.retrier);
    details.retry_backoff_interval_seconds = Some(decision.delay_seconds);
    if let Some(failure) = trace.failures.last_mut() {
        failure.retry = Some(decision);
    }
}

/// Returns the delay before the `attempt`-th retry of this retrier, counted from 1, capped by `MaxDelaySeconds`. Jitter
/// comes after. Source: ASL specification, "Retrying after error".
fn backoff_seconds(retrier: &Retrier, attempt: u32) -> f64 {
    let exponent = i32::try_from(attempt.saturating_sub(1)).unwrap_or(i32::MAX);
    #[expect(clippy::cast_precision_loss, reason = "seconds of this magnitude are not measured")]
    let (interval, cap) = (
        retrier.interval_seconds as f64,
        retrier
            .max_delay_seconds
            .map_or(f64::INFINITY, |seconds| seconds as f64),
    );
    (interval * retrier.backoff_rate.powi(exponent)).min(cap)
}

#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
fn milliseconds(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}

/// Returns true where one of the names matches the error.
pub(crate) fn matches(behavior: &Behavior, names: &[Arc<str>], error: &StateError) -> bool {
    let name = error.error.as_deref();
    names.iter().any(|wanted| match &**wanted {
        "States.ALL" => name != Some(DATA_LIMIT_EXCEEDED) || behavior.states_all_matches_data_limit,
        "States.TaskFailed" => name != Some(TIMEOUT),
        HEARTBEAT_TIMEOUT => error.missed_heartbeat || name == Some(HEARTBEAT_TIMEOUT),
        wanted => name == Some(wanted),
    })
}

/// Returns the Error Output: `{ "Error": string, "Cause": string }`. An error without a cause, such as a time-out, has the
/// empty string there; where there is not even a name, both are `null`. Source: recordings.
pub(crate) fn error_output(error: &StateError) -> Value {
    let cause = match (&error.error, &error.cause) {
        (_, Some(cause)) => Value::from(Arc::clone(cause)),
        (Some(_), None) => Value::from(""),
        (None, None) => Value::Null,
    };
    let name = error.error.clone().map_or(Value::Null, Value::from);
    Value::object([("Error", name), ("Cause", cause)])
}

fn catch(
    ctx: &mut Ctx,
    frame: FrameId,
    state: &State,
    (index, catcher): (usize, &Catcher),
    error: &StateError,
    chain: EventId,
) {
    ctx.trace(frame, |trace| {
        let details = trace.error_details.get_or_insert_default();
        details.catch_index = u32::try_from(index).ok();
        if let Some(failure) = trace.failures.last_mut() {
            failure.catch_index = u32::try_from(index).ok();
        }
    });
    let output = error_output(error);
    let left = exit_by_catcher(ctx, frame, state, catcher, &output).and_then(|exit| ctx.leave(frame, state, exit));
    if let Err(fault) = left {
        let error = ctx.blame(frame, fault);
        ctx.frames[frame].previous = chain;
        log_evaluation_failed(ctx, frame, state, &error, chain);
        if error.is_runtime() {
            let Frame { run, previous, .. } = ctx.frames[frame];
            return ctx.fail_run(run, previous, error);
        }
        log_state_failed(ctx, frame, state);
        region::pass_on(ctx, frame, state, error);
    }
}

fn exit_by_catcher(
    ctx: &Ctx,
    frame: FrameId,
    state: &State,
    catcher: &Catcher,
    error_output: &Value,
) -> Result<Exit, Fault> {
    let to = Transition::Next(catcher.next);
    let scope = Scope::new(ctx, frame, error_output).with_error_output(error_output);
    let made = (catcher.output.as_ref(), catcher.assign.as_ref());
    let default = match state.query_language {
        QueryLanguage::JsonPath => dataflow::apply_result_path(ctx, frame, &catcher.result_path, error_output.clone())?,
        QueryLanguage::Jsonata => error_output.clone(),
    };
    dataflow::exit_by(&scope, made, default, to)
}
