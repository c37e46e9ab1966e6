//! TestState: runs one state and tells how its data flowed.

mod check;
mod inspect;
mod request;
mod result_schema;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use asl_core::{
    Details, EventId, EventType, ExecutionOptions, ExecutionType, MockedRegion, StateMachine, StateTest, StateTrace,
    TaskRequest, Timestamp,
};
use asl_json::{Object, Value};

use crate::answer::{Answer, Answers, Delivery, Report};
use crate::response;
use crate::session::{Session, SessionInput, SessionOutput};
use check::Subject;
pub use request::{FieldValidationMode, InspectionLevel, MockErrorOutput, MockInput, TestStateRequest};

/// The state's Entered event: nothing but `ExecutionStarted` comes before it.
const ENTERED: EventId = EventId(2);

/// Polls after which a state counts as endless.
const MOST_POLLS: u32 = 100_000;

/// Why TestState refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestStateError {
    /// Name of the API's exception; `None` where the client library refuses already.
    pub code: Option<&'static str>,
    /// Its message.
    pub message: String,
}

impl fmt::Display for TestStateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for TestStateError {}

/// Returns what `TestState` answers. `answers` decides how a task ends that is not mocked.
///
/// # Errors
///
/// Refuses what the service refuses.
pub fn test_state(request: &TestStateRequest, answers: Box<dyn Answers>) -> Result<Value, TestStateError> {
    let subject = check::subject(request)?;
    check::arguments(request, &subject)?;
    let context = check::context(request, &subject)?;
    let end = check::mocked_end(request, &subject)?;
    let input = match &request.input {
        None => Value::empty_object(),
        Some(text) => asl_model::parse_input(text).map_err(|error| TestStateError {
            code: Some("InvalidExecutionInput"),
            message: error.to_string(),
        })?,
    };
    let is_task = subject.state_type == "Task";
    let answers: Box<dyn Answers> = match &end {
        Some(end) if is_task => Box::new(MockedTask(end.clone())),
        _ => answers,
    };
    let test = StateTest {
        context,
        retrier_retry_count: request.retrier_retry_count,
        region: end.filter(|_| !is_task),
    };
    let machine = machine(&subject)?;
    let mut session = Session::start(machine, input, options(request, test), answers);
    let visit = visit(&mut session, &subject.name);
    Ok(answer(request, &subject, &session, &visit))
}

/// Answers the one task there is.
struct MockedTask(MockedRegion);

impl Answers for MockedTask {
    fn answer(&mut self, task: &TaskRequest, _now: Timestamp) -> Answer {
        let mut deliveries = response::preliminaries(task);
        deliveries.push(Delivery::now(match &self.0 {
            MockedRegion::Result { result, .. } => Report::Success(result.clone()),
            MockedRegion::Failure { error, cause } => Report::Failure {
                error: error.clone(),
                cause: cause.clone(),
            },
        }));
        Answer::Deliver(deliveries)
    }
}

/// Returns a state machine with this state first; where it may go, a state waits that does nothing.
fn machine(subject: &Subject) -> Result<Arc<StateMachine>, TestStateError> {
    let mut states = Object::new();
    for target in targets(&subject.state) {
        states.insert(target, Value::object([("Type", Value::from("Succeed"))]));
    }
    states.insert(subject.name.as_str(), Value::Object(subject.state.clone()));
    let mut definition = Object::new();
    if let Some(query_language) = &subject.query_language {
        definition.insert("QueryLanguage", query_language.clone());
    }
    definition.insert("StartAt", subject.name.as_str().into());
    definition.insert("States", Value::Object(states));
    let parsed = asl_model::parse(&Value::Object(definition).to_string());
    let compiled = match &parsed.definition {
        Some(definition) => StateMachine::compile(definition),
        None => Err(parsed.diagnostics),
    };
    compiled.map_err(|diagnostics| TestStateError {
        code: Some("InvalidDefinition"),
        message: asl_model::create_error_message(&diagnostics).unwrap_or_default(),
    })
}

fn targets(state: &Object) -> BTreeSet<Arc<str>> {
    let lists = ["Choices", "Catch"]
        .into_iter()
        .filter_map(|field| state.get(field)?.as_array());
    let of_lists = lists.flat_map(|list| list.iter()).filter_map(|rule| rule.get("Next"));
    let own = ["Next", "Default"].into_iter().filter_map(|field| state.get(field));
    own.chain(of_lists).filter_map(Value::as_str).map(Arc::from).collect()
}

fn options(request: &TestStateRequest, test: StateTest) -> ExecutionOptions {
    let defaults = ExecutionOptions::default();
    let place = if request.place.is_empty() {
        "us-east-1:123456789012"
    } else {
        &request.place
    };
    let machine = format!("{:08x}-0000-4000-8000-000000000001", request.seed & 0xffff_ffff);
    let name = format!("{:08x}-0000-4000-8000-000000000002", request.seed & 0xffff_ffff);
    ExecutionOptions {
        state_machine_arn: format!("arn:aws:states:{place}:stateMachine:{machine}").into(),
        execution_arn: format!("arn:aws:states:{place}:express:{machine}:{name}").into(),
        name: name.into(),
        role_arn: request.role_arn.clone().unwrap_or_default(),
        execution_type: ExecutionType::Express,
        start_time: request.now,
        seed: request.seed,
        test: Some(test),
        ..defaults
    }
}

/// How the visit to the state went.
#[derive(Debug, Default)]
struct Visit {
    output: Option<Value>,
    next_state: Option<Arc<str>>,
    error: Option<Arc<str>>,
    cause: Option<Arc<str>>,
}

/// Runs until the state has been left for good, or is to be tried again.
fn visit(session: &mut Session, name: &str) -> Visit {
    let mut visit = Visit::default();
    for _ in 0..MOST_POLLS {
        match session.poll() {
            SessionOutput::Event { event, .. } => {
                note(session, event, name, &mut visit);
                if visit.next_state.is_some() {
                    break;
                }
            }
            SessionOutput::Waiting { until: Some(until) } if !is_retried(session) => {
                if session.handle(SessionInput::AdvanceTo(until)).is_err() {
                    break;
                }
            }
            SessionOutput::Waiting { .. } | SessionOutput::Asking | SessionOutput::Finished(_) => break,
            SessionOutput::Ask(_) | SessionOutput::ExecutionStarted(_) | SessionOutput::Assumed { .. } => {}
        }
    }
    visit
}

fn note(session: &Session, event: EventId, name: &str, visit: &mut Visit) {
    let index = (event.0 as usize).saturating_sub(1);
    let Some(event) = session.root().execution.history().get(index) else {
        return;
    };
    match &event.details {
        Details::StateExited { name: left, output, .. } if **left == *name && visit.output.is_none() => {
            visit.output = Some(output.clone());
        }
        Details::StateEntered { name: entered, .. } if visit.output.is_some() => {
            visit.next_state = Some(Arc::clone(entered));
        }
        Details::Failed { error, cause } if event.event_type == EventType::ExecutionFailed => {
            visit.error.clone_from(error);
            visit.cause.clone_from(cause);
        }
        _ => {}
    }
}

fn trace(session: &Session) -> Option<&StateTrace> {
    session.root().execution.trace(ENTERED)
}

fn is_retried(session: &Session) -> bool {
    let details = trace(session).and_then(|trace| trace.error_details.as_ref());
    details.is_some_and(|details| details.retry_index.is_some())
}

fn answer(request: &TestStateRequest, subject: &Subject, session: &Session, visit: &Visit) -> Value {
    let details = trace(session).and_then(|trace| trace.error_details.as_ref());
    let caught = details.is_some_and(|details| details.catch_index.is_some());
    let status = match visit.output {
        _ if is_retried(session) && visit.output.is_none() && visit.error.is_none() => "RETRIABLE",
        Some(_) if caught => "CAUGHT_ERROR",
        Some(_) => "SUCCEEDED",
        None => "FAILED",
    };
    let (error, cause) = match (status, details) {
        ("RETRIABLE" | "CAUGHT_ERROR", Some(details)) => (details.error.clone(), details.cause.clone()),
        ("SUCCEEDED", _) => (None, None),
        _ => (visit.error.clone(), visit.cause.clone()),
    };
    let cause = cause.map(|cause| without_prefix(&cause, &subject.name));
    let inspection = match request.inspection_level {
        InspectionLevel::Info => None,
        InspectionLevel::Debug | InspectionLevel::Trace => {
            trace(session).map(|trace| inspect::inspection_data(subject, trace))
        }
    };
    let members = [
        ("output", visit.output.as_ref().map(|output| output.to_string().into())),
        ("error", error.map(Value::from)),
        ("cause", cause.map(Value::from)),
        ("inspectionData", inspection),
        ("nextState", visit.next_state.clone().map(Value::from)),
        ("status", Some(status.into())),
    ];
    Value::object(members.into_iter().filter_map(|(name, value)| Some((name, value?))))
}

/// Returns a cause as TestState writes it: without saying which state failed.
fn without_prefix(cause: &str, name: &str) -> String {
    let entered = ENTERED.0;
    let prefix = format!("An error occurred while executing the state '{name}' (entered at the event id #{entered}). ");
    cause.strip_prefix(&prefix).unwrap_or(cause).to_owned()
}

#[cfg(test)]
mod tests;
