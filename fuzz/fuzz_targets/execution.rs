//! A definition and an input, separated by a zero byte: whatever they are, nothing panics and the execution ends.
#![no_main]

use asl_core::{ExecutionOptions, Limits, StateMachine};
use asl_host::{Mocks, Session, drive};
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
    drive(&mut session, 20_000, &mut |question| Ok(question.task.input.clone()), &mut |_| {});
    let history = session.root().execution.history();
    for (index, event) in history.iter().enumerate() {
        assert_eq!(event.id.0 as usize, index + 1);
        assert!(event.previous_event_id < event.id);
    }
});
