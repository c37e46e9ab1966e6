//! One call of one mock, without the reader's state machine: a machine of a single Task state makes it.

use asl_core::{Details, ExecutionStatus};
use asl_host::{QuestionId, Session, SessionInput, SessionOutput};
use asl_json::Value;
use asl_protocol::{self as page, BenchReply, ConsoleLine, MockTest, MockTestResult};

use super::{Caller, Test, console};
use crate::run::{call_of, outcome_input};
use crate::sandbox::{Ended, Sandbox};
use crate::start::start;

/// Polls after which a test that comes to no end is given up.
const MOST_POLLS: u32 = 1000;

/// The test.
pub(super) struct MockBench {
    session: Session,
    question: Option<QuestionId>,
    console: Vec<ConsoleLine>,
    start_ms: i64,
}

impl MockBench {
    /// Prepares the call; says why there cannot be one.
    pub(super) fn new(request: &MockTest) -> Result<MockBench, String> {
        let event = if request.event.trim().is_empty() {
            "{}"
        } else {
            &request.event
        };
        asl_json::parse_value(event).map_err(|error| format!("The event is not JSON: {}", error.message))?;
        let own = machine(&request.state, &request.resource, &request.function);
        // A resource that is an expression or half written is no hindrance to a mock: a function stands in for it.
        let other = machine(&request.state, &function_arn(&request.state), "");
        let started = start(&run_request(request, own, event))
            .or_else(|_| start(&run_request(request, other, event)))
            .map_err(|refusal| refusal.message)?;
        let start_ms = started.session.now().0;
        Ok(MockBench {
            session: started.session,
            question: None,
            console: Vec::new(),
            start_ms,
        })
    }

    fn result(&mut self, id: u32, status: ExecutionStatus) -> MockTestResult {
        let mut result = MockTestResult {
            id,
            elapsed_ms: self.session.now().0 - self.start_ms,
            console: std::mem::take(&mut self.console),
            ..MockTestResult::default()
        };
        let last = self.session.root().execution.history().last();
        match last.map(|event| &event.details) {
            Some(Details::ExecutionSucceeded { output }) => result.result = Some(output.to_pretty_string("  ")),
            Some(Details::Failed { error, cause }) => {
                result.error = Some(error.as_deref().unwrap_or(status.as_str()).to_owned());
                result.cause = cause.as_deref().map(readable);
            }
            _ => result.error = Some(status.as_str().to_owned()),
        }
        result
    }
}

impl Test for MockBench {
    fn go_on(&mut self, id: u32, sandbox: &mut Sandbox<Caller>, now_us: u64) -> Option<BenchReply> {
        for _ in 0..MOST_POLLS {
            match self.session.poll() {
                SessionOutput::Event { .. } | SessionOutput::ExecutionStarted(_) | SessionOutput::Assumed { .. } => {}
                SessionOutput::Ask(question) => {
                    self.question = Some(question.id);
                    let now_ms = self.session.now().0;
                    sandbox.call(call_of(Caller::Bench(id), question, now_ms, u64::from(id)), now_us);
                }
                SessionOutput::Asking => return None,
                SessionOutput::Waiting { until: Some(until) } => {
                    if self.session.handle(SessionInput::AdvanceTo(until)).is_err() {
                        break;
                    }
                }
                SessionOutput::Waiting { until: None } => break,
                SessionOutput::Finished(status) => return Some(BenchReply::MockTested(self.result(id, status))),
            }
        }
        Some(BenchReply::MockTested(MockTestResult {
            id,
            console: std::mem::take(&mut self.console),
            problem: Some("No answer ever comes: in a run, the task would wait.".to_owned()),
            ..MockTestResult::default()
        }))
    }

    fn answer(&mut self, ended: Ended<u32>) {
        let Some(question) = self.question.take() else { return };
        let ended = ended.with_id(question);
        self.console.extend(console(&ended.state, ended.console.clone()));
        // A question that was withdrawn with its task has nobody to answer to.
        let _ = self.session.handle(outcome_input(ended));
    }

    fn problem(&self, id: u32, text: String) -> BenchReply {
        problem(id, text)
    }
}

/// Returns the result of a test that came to nothing.
pub(super) fn problem(id: u32, problem: String) -> BenchReply {
    BenchReply::MockTested(MockTestResult {
        id,
        problem: Some(problem),
        ..MockTestResult::default()
    })
}

/// Returns a cause that is JSON with line breaks.
fn readable(cause: &str) -> String {
    match asl_json::parse_value(cause) {
        Ok(value @ Value::Object(_)) => value.to_pretty_string("  "),
        _ => cause.to_owned(),
    }
}

fn function_arn(name: &str) -> String {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("arn:aws:lambda:us-east-1:123456789012:function:F{plain}")
}

/// Returns a machine of one Task state with that resource, whose input reaches the function as its event.
fn machine(state: &str, resource: &str, function: &str) -> String {
    let mut task = vec![
        ("Type", Value::from("Task")),
        ("Resource", Value::from(resource)),
        ("End", Value::Bool(true)),
    ];
    if resource.contains(":states:::lambda:invoke") {
        let token = resource.ends_with(".waitForTaskToken");
        let payload = if token {
            (
                "Payload",
                Value::object([("event.$", "$"), ("token.$", "$$.Task.Token")].map(text)),
            )
        } else {
            ("Payload.$", Value::from("$"))
        };
        task.push((
            "Parameters",
            Value::object([("FunctionName", Value::from(function)), payload]),
        ));
    }
    let states = Value::object([(state, Value::object(task))]);
    Value::object([("StartAt", Value::from(state)), ("States", states)]).to_string()
}

fn text<'a>((name, text): (&'a str, &'a str)) -> (&'a str, Value) {
    (name, Value::from(text))
}

/// Returns a run in which the mock answers every task the way it answers that invocation.
fn run_request(request: &MockTest, text: String, event: &str) -> page::RunRequest {
    let mut mock = request.mock.clone();
    mock.matches = page::MockMatch::Resource("*".to_owned());
    if let page::MockBehavior::Steps(steps) = &mut mock.behavior {
        let at = (request.invocation as usize).min(steps.len().saturating_sub(1));
        *steps = steps.get(at).cloned().into_iter().collect();
    }
    page::RunRequest {
        run: 0,
        revision: 0,
        text,
        input: event.to_owned(),
        machines: Vec::new(),
        mocks: vec![mock],
        options: page::RunOptions {
            name: String::new(),
            execution_type: page::ExecutionType::Standard,
            seed: 1,
            start_time_ms: 0,
            pace: page::Pace::Virtual,
            paused: false,
        },
    }
}
