//! Real histories for the tests: runs a definition whose tasks are answered by a closure.

use std::collections::VecDeque;
use std::sync::Arc;

use asl_core::{
    Command, Execution, ExecutionOptions, ExecutionStatus, HistoryEvent, Input, Output, StateMachine, TaskRequest,
};
use asl_json::Value;

use crate::{Timeline, Topology};

/// A finished run.
pub(crate) struct Recorded {
    pub(crate) topology: Arc<Topology>,
    pub(crate) history: Vec<HistoryEvent>,
}

impl Recorded {
    pub(crate) fn timeline(&self) -> Timeline {
        let mut timeline = Timeline::new(self.topology.clone());
        timeline.advance(&self.history);
        timeline
    }
}

/// Runs the definition; `answer` gives a task's output or its error.
pub(crate) fn record(
    definition: &str,
    input: &str,
    answer: impl Fn(&TaskRequest) -> Result<Value, &'static str>,
) -> Recorded {
    record_with_redrives(definition, input, 0, answer)
}

/// Runs the definition, and redrives it up to that many times where it fails.
pub(crate) fn record_with_redrives(
    definition: &str,
    input: &str,
    mut redrives: u32,
    answer: impl Fn(&TaskRequest) -> Result<Value, &'static str>,
) -> Recorded {
    let definition = asl_model::parse(definition).definition.unwrap();
    let machine = StateMachine::compile(&definition).expect("the definition is valid");
    let input = asl_json::parse_value(input).unwrap();
    let mut execution = Execution::start(machine, input, ExecutionOptions::default());
    let mut answers = VecDeque::new();
    loop {
        match execution.poll() {
            Output::Event(_) | Output::Command(Command::CancelTask(_)) => {}
            Output::Command(Command::ScheduleTask(request)) => {
                let token = request.token.clone();
                let input = match answer(&request) {
                    Ok(output) => Input::TaskSuccess { token, output },
                    Err(error) => Input::TaskFailure {
                        token,
                        error: Some(error.into()),
                        cause: Some("because".into()),
                    },
                };
                answers.push_back(input);
            }
            Output::Waiting { .. } if !answers.is_empty() => {
                // A task that was given up meanwhile does not take its answer.
                let _ = execution.handle(answers.pop_front().unwrap());
            }
            Output::Waiting { until: Some(instant) } => execution.handle(Input::AdvanceTo(instant)).unwrap(),
            Output::Waiting { until: None } => panic!("nothing is due"),
            Output::Finished(ExecutionStatus::Failed) if redrives > 0 => {
                redrives -= 1;
                let now = execution.now();
                execution.redrive(now).expect("it has failed");
            }
            Output::Finished(_) => break,
        }
    }
    Recorded {
        topology: Arc::new(Topology::new(&definition)),
        history: execution.history().to_vec(),
    }
}
