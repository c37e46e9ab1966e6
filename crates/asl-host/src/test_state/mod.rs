//! TestState with the answers of this crate, for tasks that the request itself does not mock.

use asl_core::{TaskAnswer, TaskRequest, TestProgress, TestedState, Timestamp};
use asl_json::Value;

use crate::answer::{Answer, Answers, Delivery, FunctionCall, FunctionError, Report};
use crate::machines::Machines;
use crate::{nested, response};

pub use asl_core::{
    FieldValidationMode, InspectionLevel, MockErrorOutput, MockInput, TestStateError, TestStateRequest,
};

/// Returns what `TestState` answers. `answers` decides how a task ends that is not mocked; one that never ends, or asks for
/// a function to be run, runs out of time. A host that runs functions goes through [`TestedState`] itself.
///
/// # Errors
///
/// Refuses what the service refuses.
pub fn test_state(request: &TestStateRequest, mut answers: Box<dyn Answers>) -> Result<Value, TestStateError> {
    let mut test = TestedState::start(request)?;
    loop {
        let task = match test.progress() {
            TestProgress::Waiting(task) => task,
            TestProgress::Done(response) => return Ok(response),
        };
        let answer = task_end(task, answers.as_mut(), request.now);
        test.answer(answer.unwrap_or_else(|_| out_of_time(task, request.now)));
    }
}

/// Returns how a tested task ends, or the function that decides it.
///
/// # Errors
///
/// Where the host has to run a function first; [`function_end`] takes what came of it.
pub fn task_end(task: &TaskRequest, answers: &mut dyn Answers, now: Timestamp) -> Result<TaskAnswer, FunctionCall> {
    let deliveries = match answers.answer(task, now) {
        Answer::Deliver(deliveries) | Answer::Assume(deliveries) => deliveries,
        Answer::StartExecution => nested::unknown(task, &Machines::default()),
        Answer::Call(call) => return Err(call),
    };
    Ok(end(task, deliveries).unwrap_or(TaskAnswer::TimedOut))
}

/// Returns how a tested task ends whose function returned or threw.
pub fn function_end(task: &TaskRequest, outcome: Result<Value, FunctionError>) -> TaskAnswer {
    task_answer(response::function_end(task, outcome)).unwrap_or(TaskAnswer::TimedOut)
}

/// Returns how a tested task ends whose function was given up.
pub fn out_of_time(task: &TaskRequest, now: Timestamp) -> TaskAnswer {
    task_answer(response::out_of_time(task, now)).unwrap_or(TaskAnswer::TimedOut)
}

/// Returns how the reports on a task end it, within its time.
fn end(task: &TaskRequest, deliveries: Vec<Delivery>) -> Option<TaskAnswer> {
    let limit_ms = task
        .timeout_seconds
        .map_or(i64::MAX, |seconds| seconds.saturating_mul(1000));
    let mut in_time = deliveries
        .into_iter()
        .take_while(|delivery| delivery.after_ms < limit_ms);
    in_time.find_map(|delivery| task_answer(delivery.report))
}

fn task_answer(report: Report) -> Option<TaskAnswer> {
    match report {
        Report::Success(result) => Some(TaskAnswer::Success(result)),
        Report::Failure { error, cause } => Some(TaskAnswer::Failure { error, cause }),
        Report::TimedOut => Some(TaskAnswer::TimedOut),
        Report::ActivityStarted { .. } | Report::Submitted(_) | Report::Heartbeat => None,
    }
}

#[cfg(test)]
mod tests;
