//! Mocked tasks: who answers which task, and with what.

use std::sync::Arc;

use asl_core::{Integration, TaskRequest, Timestamp};
use asl_json::Value;

use crate::answer::{Answer, Answers, Delivery, FunctionCall, Report};
use crate::response::{self, function_name, function_payload};

/// The mocks of a playground. The first that matches a task answers it; a task that none matches returns its own input,
/// and the caller is told so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mocks {
    /// In order of precedence.
    pub mocks: Vec<Mock>,
}

/// One mock: whose tasks it answers, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Mock {
    /// Whose tasks.
    pub matches: MockMatch,
    /// How.
    pub behavior: MockBehavior,
}

/// Which tasks a mock answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MockMatch {
    /// Those of the Task state with this name.
    State(Arc<str>),
    /// Those whose resource, or whose Lambda function's name or ARN, fits this pattern; `*` stands for any text.
    Resource(Arc<str>),
}

/// How a mock answers.
#[derive(Clone, Debug, PartialEq)]
pub enum MockBehavior {
    /// By the response for the number of the invocation. Where there is none the execution fails, as in Step Functions
    /// Local; where there are no responses at all, the task returns its own input.
    Responses(Vec<MockResponse>),
    /// By a JavaScript function, which the host runs.
    JavaScript(Arc<str>),
}

/// The answer to some invocations of a state.
#[derive(Clone, Debug, PartialEq)]
pub struct MockResponse {
    /// Number of the first invocation, from 0 over retries, loops and iterations.
    pub first: u32,
    /// Number of the last invocation; `None` for all that follow.
    pub last: Option<u32>,
    /// What is answered.
    pub answer: MockAnswer,
    /// Virtual milliseconds between the invocation and the answer.
    pub delay_ms: i64,
}

/// What a mock answers.
#[derive(Clone, Debug, PartialEq)]
pub enum MockAnswer {
    /// The task succeeds with this result: for `lambda:invoke` the whole response.
    Return(Value),
    /// The task fails.
    Throw {
        /// Name of the error.
        error: Arc<str>,
        /// Its cause.
        cause: Option<Arc<str>>,
    },
    /// The task runs out of its own time.
    TimeOut,
    /// Nothing comes before somebody answers by the token: the state's `TimeoutSeconds` or `HeartbeatSeconds` decides.
    WaitForToken,
}

impl MockMatch {
    fn matches(&self, task: &TaskRequest) -> bool {
        match self {
            MockMatch::State(name) => *name == task.state,
            MockMatch::Resource(pattern) => {
                let called = task.input.get("FunctionName").and_then(Value::as_str);
                let name = function_name(task);
                let texts = [
                    Some(&*task.resource),
                    called.filter(|_| name.is_some()),
                    name.as_deref(),
                ];
                texts.into_iter().flatten().any(|text| fits(pattern, text))
            }
        }
    }
}

/// Returns true where the text fits the pattern, in which `*` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return text.ends_with(part);
        }
        match text.find(part) {
            Some(at) => text = &text[at + part.len()..],
            None => return false,
        }
    }
    true
}

impl Answers for Mocks {
    fn answer(&mut self, task: &TaskRequest, _now: Timestamp) -> Answer {
        let mock = self.mocks.iter().find(|mock| mock.matches.matches(task));
        match mock.map(|mock| &mock.behavior) {
            None if starts_execution(task) => Answer::StartExecution,
            None => Answer::Assume(deliveries(task, 0, Some(response::echo(task)))),
            Some(MockBehavior::Responses(responses)) if responses.is_empty() => {
                Answer::Deliver(deliveries(task, 0, Some(response::echo(task))))
            }
            Some(MockBehavior::Responses(responses)) => Answer::Deliver(respond(task, responses)),
            Some(MockBehavior::JavaScript(source)) => Answer::Call(FunctionCall {
                source: source.clone(),
                event: call_event(task),
                context: response::function_context(task),
            }),
        }
    }
}

fn starts_execution(task: &TaskRequest) -> bool {
    matches!(
        &task.integration,
        Integration::Service { resource_type, action, .. }
            if &**resource_type == "states" && &**action == "startExecution"
    )
}

fn call_event(task: &TaskRequest) -> Value {
    if function_name(task).is_some() {
        function_payload(task)
    } else {
        task.input.clone()
    }
}

fn respond(task: &TaskRequest, responses: &[MockResponse]) -> Vec<Delivery> {
    let invocation = task.invocation;
    let response = responses
        .iter()
        .find(|response| response.first <= invocation && response.last.is_none_or(|last| invocation <= last));
    let Some(response) = response else {
        let cause = format!(
            "No mocked response is defined for invocation {invocation} of the state '{}'.",
            task.state
        );
        let missing = Report::Failure {
            error: Some("States.Runtime".into()),
            cause: Some(cause.into()),
        };
        return deliveries(task, 0, Some(missing));
    };
    let end = match &response.answer {
        MockAnswer::Return(result) => Some(Report::Success(result.clone())),
        MockAnswer::Throw { error, cause } => Some(Report::Failure {
            error: Some(error.clone()),
            cause: cause.clone(),
        }),
        MockAnswer::TimeOut => Some(Report::TimedOut),
        MockAnswer::WaitForToken => None,
    };
    deliveries(task, response.delay_ms, end)
}

/// Returns what a task reports on its way and, `delay_ms` after its start, at its end.
fn deliveries(task: &TaskRequest, delay_ms: i64, end: Option<Report>) -> Vec<Delivery> {
    let mut deliveries = response::preliminaries(task);
    deliveries.extend(end.map(|report| Delivery {
        after_ms: delay_ms,
        report,
    }));
    deliveries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text, expected) in [
            ("pack", "pack", true),
            ("pack", "packer", false),
            ("*", "", true),
            (
                "arn:*:sendMessage*",
                "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                true,
            ),
            ("*:invoke", "arn:aws:states:::lambda:invoke", true),
            ("*:invoke", "arn:aws:states:::lambda:invoke.waitForTaskToken", false),
            ("a*a", "a", false),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }
}
