//! TestState with the answers of this crate, for tasks that the request itself does not mock.

use asl_core::{TaskAnswer, TaskRequest, TestProgress, TestedState};
use asl_json::Value;

use crate::answer::{Answer, Answers, Delivery, Report};
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
        let answer = match answers.answer(task, request.now) {
            Answer::Deliver(deliveries) | Answer::Assume(deliveries) => end(task, deliveries),
            Answer::StartExecution => end(task, nested::unknown(task, &Machines::default())),
            Answer::Call(_) => task_answer(response::out_of_time(task, request.now)),
        };
        test.answer(answer.unwrap_or(TaskAnswer::TimedOut));
    }
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
