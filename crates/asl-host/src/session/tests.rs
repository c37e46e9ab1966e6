use std::sync::Arc;

use asl_core::{Details, ExecutionOptions, ExecutionStatus, ExecutionType, Input, StateMachine, TaskToken};
use asl_json::Value;

use super::{RunId, Session, SessionInput, SessionOutput};
use crate::{
    Answers, DriveEnd, FunctionError, Machines, Mock, MockBehavior, MockFile, MockMatch, Mocks, RegisteredMachine,
    describe_execution, drive,
};

fn compile(text: &str) -> Arc<StateMachine> {
    StateMachine::compile(&asl_model::parse(text).definition.unwrap()).unwrap()
}

fn start(definition: &str, answers: impl Answers + 'static) -> Session {
    let options = ExecutionOptions::default();
    Session::start(compile(definition), Value::empty_object(), options, Box::new(answers))
}

/// Mocks the state `T` with responses in the words of a mock file.
fn responses(text: &str) -> Mocks {
    let responses = MockFile::read_responses(&asl_json::parse_value(text).unwrap(), "").unwrap();
    mocks(MockBehavior::Responses(responses))
}

fn mocks(behavior: MockBehavior) -> Mocks {
    Mocks {
        mocks: vec![Mock {
            matches: MockMatch::State("T".into()),
            behavior,
        }],
    }
}

fn task(resource: &str, more: &str) -> String {
    format!(
        r#"{{"StartAt": "T", "States": {{"T": {{"Type": "Task", "Resource": "{resource}", {more} "Next": "S"}},
            "C": {{"Type": "Succeed"}}, "S": {{"Type": "Succeed"}}}}}}"#
    )
}

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";

/// Drives to the end and returns the status with the output, or with the error.
fn end(session: &mut Session) -> String {
    let mut call = |_: &super::Question, _| unreachable!("no function is mocked here");
    let driven = drive(session, 100_000, &mut call, &mut |_| {});
    let described = describe_execution(session.root());
    let text = |name: &str| {
        described
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    match driven {
        DriveEnd::Finished(_) => format!("{} {}{}", text("status"), text("output"), text("error")),
        other => format!("{other:?}"),
    }
}

/// Polls until the session has to wait, and returns everything but events.
fn settle(session: &mut Session) -> Vec<SessionOutput> {
    let mut seen = Vec::new();
    loop {
        match session.poll() {
            SessionOutput::Event { .. } => {}
            last @ (SessionOutput::Waiting { .. } | SessionOutput::Asking | SessionOutput::Finished(_)) => {
                seen.push(last);
                return seen;
            }
            other => seen.push(other),
        }
    }
}

fn token(session: &Session) -> TaskToken {
    let parameters = session
        .root()
        .execution
        .history()
        .iter()
        .find_map(|event| match &event.details {
            Details::TaskScheduled { parameters, .. } => parameters.get("token").cloned(),
            _ => None,
        });
    TaskToken(parameters.unwrap().as_str().unwrap().into())
}

#[test]
fn an_unmocked_task_returns_its_input_and_the_caller_is_told() {
    let mut session = start(&task(FUNCTION, ""), Mocks::default());
    let seen = settle(&mut session);
    assert!(matches!(&seen[0], SessionOutput::Assumed { task, .. } if &*task.state == "T"));
    assert_eq!(seen[1], SessionOutput::Finished(ExecutionStatus::Succeeded));
    let invoke = task(
        "arn:aws:states:::lambda:invoke",
        r#""Parameters": {"FunctionName": "f", "Payload": {"a": 1}}, "OutputPath": "$.Payload","#,
    );
    assert_eq!(end(&mut start(&invoke, Mocks::default())), r#"SUCCEEDED {"a":1}"#);
}

#[test]
fn responses_go_by_invocation_and_a_missing_one_fails_the_execution() {
    let retried = task(FUNCTION, r#""Retry": [{"ErrorEquals": ["Busy"]}],"#);
    let twice = responses(r#"{"0-1": {"Throw": {"Error": "Busy"}}, "2": {"Return": [7]}}"#);
    assert_eq!(end(&mut start(&retried, twice)), "SUCCEEDED [7]");
    let once = responses(r#"{"0": {"Throw": {"Error": "Busy"}}}"#);
    assert_eq!(end(&mut start(&retried, once)), "FAILED States.Runtime");
}

#[test]
fn a_delayed_response_comes_at_its_virtual_time() {
    let delayed = || responses(r#"{"0": {"Return": 1, "DelaySeconds": 90}}"#);
    let mut session = start(&task(FUNCTION, ""), delayed());
    assert_eq!(end(&mut session), "SUCCEEDED 1");
    assert_eq!(session.now().0, 90_000);
    let impatient = task(FUNCTION, r#""TimeoutSeconds": 60,"#);
    assert_eq!(end(&mut start(&impatient, delayed())), "FAILED States.Timeout");
    let own = responses(r#"{"0": {"TimeOut": true}}"#);
    assert_eq!(end(&mut start(&task(FUNCTION, ""), own)), "FAILED States.Timeout");
}

#[test]
fn time_stands_still_while_a_function_runs() {
    let javascript = mocks(MockBehavior::JavaScript("() => 1".into()));
    let mut session = start(&task(FUNCTION, ""), javascript);
    let seen = settle(&mut session);
    let SessionOutput::Ask(question) = &seen[0] else {
        panic!("{seen:?}")
    };
    assert_eq!(question.call.event, Value::empty_object());
    assert_eq!(seen[1], SessionOutput::Asking);
    let error = FunctionError {
        name: "Oops".into(),
        message: "no".into(),
        trace: Vec::new(),
    };
    let answer = SessionInput::Answer {
        question: question.id,
        outcome: Err(error),
        after_ms: 5,
    };
    session.handle(answer.clone()).unwrap();
    assert!(session.handle(answer).is_err(), "a question is answered once");
    assert_eq!(end(&mut session), "FAILED Oops");
    assert_eq!(session.now().0, 5);
}

#[test]
fn a_task_token_waits_for_whoever_returns_it() {
    let resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
    let waiting = task(resource, r#""Parameters": {"token.$": "$$.Task.Token"},"#);
    let mut session = start(&waiting, responses(r#"{"0": {"WaitForToken": true}}"#));
    assert_eq!(settle(&mut session), [SessionOutput::Waiting { until: None }]);
    let success = Input::TaskSuccess {
        token: token(&session),
        output: "done".into(),
    };
    session.handle(SessionInput::ToRun(RunId::ROOT, success)).unwrap();
    assert_eq!(end(&mut session), r#"SUCCEEDED "done""#);
}

const CHILD: &str = "arn:aws:states:us-east-1:123456789012:stateMachine:child";

fn with_child(session: Session, child: &str) -> Session {
    let mut machines = Machines::default();
    let machine = RegisteredMachine {
        machine: compile(child),
        execution_type: ExecutionType::Standard,
        role_arn: "arn:aws:iam::123456789012:role/child".into(),
    };
    machines.register(CHILD, machine);
    session.with_machines(machines)
}

fn starting(pattern: &str, more: &str) -> Session {
    let parameters = format!(r#""Parameters": {{"StateMachineArn": "{CHILD}", "Input": {{"n": 1}}}}, {more}"#);
    start(
        &task(&format!("arn:aws:states:::states:startExecution{pattern}"), &parameters),
        Mocks::default(),
    )
}

const PASS: &str = r#"{"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}"#;
const WAIT: &str = r#"{"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 100, "End": true}}}"#;

#[test]
fn a_nested_execution_gives_its_description() {
    let selected = r#""ResultSelector": {"o.$": "$.Output"},"#;
    assert_eq!(
        end(&mut with_child(starting(".sync", selected), PASS)),
        r#"SUCCEEDED {"o":"{\"n\":1}"}"#
    );
    assert_eq!(
        end(&mut with_child(starting(".sync:2", selected), PASS)),
        r#"SUCCEEDED {"o":{"n":1}}"#
    );
    let asynchronous = end(&mut with_child(starting("", ""), WAIT));
    assert!(
        asynchronous.contains("arn:aws:states:us-east-1:123456789012:execution:child:"),
        "{asynchronous}"
    );
}

#[test]
fn a_nested_execution_is_stopped_with_the_task_that_waits_for_it() {
    let mut session = with_child(starting(".sync", r#""TimeoutSeconds": 10,"#), WAIT);
    assert_eq!(end(&mut session), "FAILED States.Timeout");
    assert_eq!(session.now().0, 10_000);
    settle(&mut session);
    assert_eq!(
        session.run(RunId(1)).unwrap().execution.status(),
        ExecutionStatus::Aborted
    );
}

#[test]
fn an_unknown_state_machine_is_refused_where_others_are_known() {
    let other = CHILD.replace("child", "other");
    let parameters = format!(r#""Parameters": {{"StateMachineArn": "{other}"}},"#);
    let definition = task("arn:aws:states:::states:startExecution", &parameters);
    let session = start(&definition, Mocks::default());
    assert_eq!(
        end(&mut with_child(session, PASS)),
        "FAILED StepFunctions.StateMachineDoesNotExistException"
    );
}
