//! What holds for every execution, over random well-formed machines.

use std::fmt::Write;
use std::sync::Arc;

use asl_core::{
    Command, Details, EventType, Execution, ExecutionOptions, ExecutionStatus, Input, Output, StateMachine, TaskToken,
    history_from_json, history_to_json,
};
use asl_json::Value;
use proptest::prelude::*;

/// One state of a chain; what follows it is the next one.
#[derive(Clone, Debug)]
enum Shape {
    Pass,
    Assign,
    Wait(u8),
    Task {
        retries: u8,
        catches: bool,
    },
    Choice,
    Parallel {
        branches: Vec<Vec<Shape>>,
        catches: bool,
    },
    Map {
        body: Vec<Shape>,
        concurrency: u8,
        retries: u8,
    },
    Fail,
}

fn shape() -> impl Strategy<Value = Shape> {
    let leaf = prop_oneof![
        4 => Just(Shape::Pass),
        2 => Just(Shape::Assign),
        2 => (0u8..5).prop_map(Shape::Wait),
        4 => (0u8..3, any::<bool>()).prop_map(|(retries, catches)| Shape::Task { retries, catches }),
        2 => Just(Shape::Choice),
        1 => Just(Shape::Fail),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let chain = prop::collection::vec(inner, 1..4);
        prop_oneof![
            (prop::collection::vec(chain.clone(), 1..4), any::<bool>())
                .prop_map(|(branches, catches)| Shape::Parallel { branches, catches }),
            (chain, 0u8..3, 0u8..2).prop_map(|(body, concurrency, retries)| Shape::Map {
                body,
                concurrency,
                retries
            }),
        ]
    })
}

/// Writes a chain as `StartAt` and `States`, followed by a last state that catchers lead to.
fn body(prefix: &str, shapes: &[Shape]) -> String {
    let mut states = String::new();
    for (index, shape) in shapes.iter().enumerate() {
        let next = match index + 1 {
            last if last == shapes.len() => format!("{prefix}Z"),
            next => format!("{prefix}{next}"),
        };
        let fields = fields(&format!("{prefix}{index}_"), shape, &next, prefix);
        write!(states, r#""{prefix}{index}": {{{fields}}}, "#).expect("writing to a string does not fail");
    }
    format!(r#""StartAt": "{prefix}0", "States": {{{states}"{prefix}Z": {{"Type": "Pass", "End": true}}}}"#)
}

fn fields(inner: &str, shape: &Shape, next: &str, prefix: &str) -> String {
    let catch = |catches: bool| {
        let catch = format!(r#", "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "{prefix}Z"}}]"#);
        if catches { catch } else { String::new() }
    };
    let retry = |retries: u8| match retries {
        0 => String::new(),
        _ => format!(
            r#", "Retry": [{{"ErrorEquals": ["States.ALL"], "MaxAttempts": {retries}, "JitterStrategy": "FULL"}}]"#
        ),
    };
    match shape {
        Shape::Pass => format!(r#""Type": "Pass", "Result": [1, 2], "Next": "{next}""#),
        Shape::Assign => format!(r#""Type": "Pass", "Assign": {{"v{inner}.$": "States.UUID()"}}, "Next": "{next}""#),
        Shape::Wait(seconds) => format!(r#""Type": "Wait", "Seconds": {seconds}, "Next": "{next}""#),
        Shape::Choice => format!(
            r#""Type": "Choice", "Choices": [{{"Variable": "$", "IsNull": true, "Next": "{prefix}Z"}}], "Default": "{next}""#
        ),
        Shape::Fail => r#""Type": "Fail", "Error": "E""#.to_owned(),
        Shape::Task { retries, catches } => format!(
            r#""Type": "Task", "Resource": "arn:aws:states:::sns:publish", "TimeoutSeconds": 7, "Next": "{next}"{}{}"#,
            retry(*retries),
            catch(*catches)
        ),
        Shape::Parallel { branches, catches } => {
            let body =
                |(index, branch): (usize, &Vec<Shape>)| format!("{{{}}}", body(&format!("{inner}b{index}_"), branch));
            let branches: Vec<String> = branches.iter().enumerate().map(body).collect();
            let branches = branches.join(", ");
            format!(
                r#""Type": "Parallel", "Next": "{next}", "Branches": [{branches}]{}"#,
                catch(*catches)
            )
        }
        Shape::Map {
            body: states,
            concurrency,
            retries,
        } => format!(
            r#""Type": "Map", "InputPath": "$$.Execution.Input", "MaxConcurrency": {concurrency}, "Next": "{next}",
                "ItemProcessor": {{{}}}{}"#,
            body(inner, states),
            retry(*retries)
        ),
    }
}

fn machine(shapes: &[Shape]) -> Arc<StateMachine> {
    let text = format!("{{{}}}", body("s", shapes));
    let definition = asl_model::parse(&text).definition.expect("the text is an object");
    StateMachine::compile(&definition).expect("the machine is well-formed")
}

fn start(machine: &Arc<StateMachine>, seed: u64) -> Execution {
    let options = ExecutionOptions {
        seed,
        ..ExecutionOptions::default()
    };
    let input = Value::from(vec![Value::from(1), Value::Null, Value::from("x")]);
    Execution::start(Arc::clone(machine), input, options)
}

/// Drives an execution to its end; tasks succeed, fail or hang as `fates` say in turn. Returns the inputs it was given.
fn drive(execution: &mut Execution, fates: &[u8]) -> Vec<Input> {
    let mut given = Vec::new();
    let mut open: Vec<TaskToken> = Vec::new();
    loop {
        match execution.poll() {
            Output::Event(_) => {}
            Output::Command(Command::ScheduleTask(request)) => open.push(request.token),
            Output::Command(Command::CancelTask(token)) => open.retain(|other| *other != token),
            Output::Finished(_) => return given,
            Output::Waiting { until } => {
                let input = next_input(&mut open, until, fates.get(given.len() % fates.len().max(1)).copied());
                execution.handle(input.clone()).expect("the input fits");
                given.push(input);
            }
        }
    }
}

fn next_input(open: &mut Vec<TaskToken>, until: Option<asl_core::Timestamp>, fate: Option<u8>) -> Input {
    match (fate.unwrap_or(0) % 4, open.pop(), until) {
        (3, _, Some(until)) | (_, None, Some(until)) => Input::AdvanceTo(until),
        (2, Some(token), _) => Input::TaskFailure {
            token,
            error: Some("Oops".into()),
            cause: None,
        },
        (_, Some(token), _) => Input::TaskSuccess {
            token,
            output: Value::from(1),
        },
        (_, None, None) => panic!("an execution that waits for nothing never ends"),
    }
}

/// Counts how many states are entered and not left.
fn open_states(execution: &Execution) -> i64 {
    let change = |event: &asl_core::HistoryEvent| {
        let name = event.event_type.as_str();
        match &event.details {
            Details::StateEntered { .. } => 1,
            Details::StateExited { .. } => -1,
            _ if name.ends_with("StateAborted") => -1,
            _ => 0,
        }
    };
    execution.history().iter().map(change).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn histories_are_well_formed_and_reproducible(
        shapes in prop::collection::vec(shape(), 1..5),
        fates in prop::collection::vec(any::<u8>(), 0..8),
        seed in any::<u64>(),
    ) {
        let machine = machine(&shapes);
        let mut execution = start(&machine, seed);
        let inputs = drive(&mut execution, &fates);
        let history = execution.history();

        for (index, event) in history.iter().enumerate() {
            prop_assert_eq!(event.id.0 as usize, index + 1);
            prop_assert!(event.previous_event_id < event.id);
        }
        let last = history.last().expect("an execution starts").event_type;
        prop_assert_eq!(last == EventType::ExecutionSucceeded, execution.status() == ExecutionStatus::Succeeded);
        if execution.status() == ExecutionStatus::Succeeded && !history.iter().any(|event| event.event_type.as_str().ends_with("Failed")) {
            prop_assert_eq!(open_states(&execution), 0);
        }

        let mut same = start(&machine, seed);
        drive(&mut same, &fates);
        let text = history_to_json(history).to_string();
        prop_assert_eq!(&text, &history_to_json(same.history()).to_string());

        let mut replayed = start(&machine, seed);
        let mut inputs = inputs.into_iter();
        loop {
            match replayed.poll() {
                Output::Finished(_) => break,
                Output::Waiting { .. } => {
                    replayed.handle(inputs.next().expect("no input is missing")).expect("the input fits");
                }
                Output::Event(_) | Output::Command(_) => {}
            }
        }
        prop_assert_eq!(replayed.history(), history);

        let read = history_from_json(&asl_json::parse_value(&text).expect("JSON is written"));
        prop_assert_eq!(read.expect("a history is read back"), history);
    }
}
