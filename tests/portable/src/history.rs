//! One execution from texts to text, the same on every target.

use asl_core::{ExecutionOptions, StateMachine, Timestamp, history_to_json};
use asl_host::{MockFile, Mocks, Question, Session, SessionInput, drive};
use asl_json::Value;

/// Polls after which an execution counts as endless.
const MOST_POLLS: u64 = 1_000_000;

/// Runs a definition with a seed and a clock of its own and returns the history as `GetExecutionHistory` has it, one
/// event a line. `mocks` is a Step Functions Local mock file with one test case, `Run`.
///
/// # Errors
///
/// Says which of the texts does not read.
pub fn text(definition: &str, input: &str, mocks: Option<&str>) -> Result<String, String> {
    let parsed = asl_model::parse(definition).definition.ok_or("no definition")?;
    let machine = StateMachine::compile(&parsed).map_err(|diagnostics| format!("{diagnostics:?}"))?;
    let input = asl_model::parse_input(input).map_err(|error| error.to_string())?;
    let mocks = match mocks {
        Some(text) => MockFile::parse(text)
            .and_then(|file| file.mocks(None, "Run"))
            .map_err(|error| error.to_string())?,
        None => Mocks::default(),
    };
    let options = ExecutionOptions {
        seed: 42,
        start_time: Timestamp(1_767_225_600_000),
        ..ExecutionOptions::default()
    };
    let mut session = Session::start(machine, input, options, Box::new(mocks));
    drive(&mut session, MOST_POLLS, &mut |question, _| echo(question), &mut |_| {});
    let history = history_to_json(session.root().execution.history());
    let events = history
        .get("events")
        .and_then(Value::as_array)
        .ok_or("a history has events")?;
    let lines: Vec<String> = events.iter().map(Value::to_string).collect();
    Ok(lines.join("\n") + "\n")
}

/// Answers a function with its own event.
fn echo(question: &Question) -> SessionInput {
    SessionInput::Answer {
        question: question.id,
        outcome: Ok(question.task.input.clone()),
        after_ms: 0,
    }
}
