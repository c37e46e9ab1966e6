//! A definition and an input, separated by a zero byte: whatever they are, nothing panics and the execution ends.
#![no_main]

use asl_core::{ExecutionOptions, Limits, StateMachine};
use asl_host::{Mocks, Question, Session, SessionInput, drive};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (definition, input) = text.split_once('\0').unwrap_or((text, "{}"));
    let Some(definition) = asl_model::parse(definition).definition else {
        return;
    };
    let (Ok(machine), Ok(input)) = (StateMachine::compile(&definition), asl_model::parse_input(input)) else {
        return;
    };
    let limits = Limits { history_events: Some(300), query_steps: 20_000, ..Limits::default() };
    let options = ExecutionOptions { limits, ..ExecutionOptions::default() };
    let mut session = Session::start(machine, input, options, Box::new(Mocks::default()));
    let mut echo = |question: &Question, _| SessionInput::Answer {
        question: question.id,
        outcome: Ok(question.task.input.clone()),
        after_ms: 0,
    };
    drive(&mut session, 20_000, &mut echo, &mut |_| {});
    let history = session.root().execution.history();
    for (index, event) in history.iter().enumerate() {
        assert_eq!(event.id.0 as usize, index + 1);
        assert!(event.previous_event_id < event.id);
    }
});
