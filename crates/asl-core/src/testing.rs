//! For tests: runs a small definition with scripted tasks and shows its history as text.

use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::Arc;

use asl_json::Value;

use crate::{
    Command, Details, Execution, ExecutionOptions, HistoryEvent, Input, Integration, IntegrationPattern, Output,
    StateMachine, TaskRequest,
};

/// How a scripted task ends.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// With this JSON.
    Succeeds(&'static str),
    /// With this error and cause.
    Fails(&'static str, &'static str),
    /// Not at all.
    Hangs,
}

/// A run to be made: a definition, an input, and what the tasks of each state answer, one attempt after the other.
pub(crate) struct Run {
    definition: String,
    input: &'static str,
    answers: Vec<(&'static str, VecDeque<Answer>)>,
    pub(crate) options: ExecutionOptions,
}

impl Run {
    pub(crate) fn of(definition: &str) -> Run {
        Run {
            definition: definition.to_owned(),
            input: "{}",
            answers: Vec::new(),
            options: ExecutionOptions::default(),
        }
    }

    /// A run of a machine whose states are these; the first one starts.
    pub(crate) fn states(states: &str) -> Run {
        let parsed = asl_json::parse_value(states).unwrap();
        let first = parsed.as_object().unwrap().keys().next().unwrap().clone();
        Run::of(&format!(r#"{{"StartAt": "{first}", "States": {states}}}"#))
    }

    pub(crate) fn input(self, input: &'static str) -> Run {
        Run { input, ..self }
    }

    pub(crate) fn task(mut self, state: &'static str, answers: &[Answer]) -> Run {
        self.answers.push((state, answers.iter().cloned().collect()));
        self
    }

    /// Runs to the end, or until nothing but an answer that never comes is missing.
    pub(crate) fn execute(mut self) -> Execution {
        let mut execution = self.start();
        self.go_on(&mut execution);
        execution
    }

    pub(crate) fn start(&self) -> Execution {
        let machine = compile(&self.definition);
        let input = asl_json::parse_value(self.input).unwrap();
        Execution::start(machine, input, self.options.clone())
    }

    pub(crate) fn go_on(&mut self, execution: &mut Execution) {
        let mut inbox = VecDeque::new();
        loop {
            match execution.poll() {
                Output::Event(_) | Output::Command(Command::CancelTask(_)) => {}
                Output::Command(Command::ScheduleTask(request)) => inbox.extend(self.answer(&request)),
                Output::Finished(_) => return,
                Output::Waiting { until } => match (inbox.pop_front(), until) {
                    (Some(input), _) => match execution.handle(input) {
                        Ok(()) | Err(crate::HandleError::UnknownTaskToken) => {}
                        Err(error) => panic!("{error}"),
                    },
                    (None, Some(until)) => execution.handle(Input::AdvanceTo(until)).unwrap(),
                    (None, None) => return,
                },
            }
        }
    }

    fn answer(&mut self, request: &TaskRequest) -> Vec<Input> {
        let token = || request.token.clone();
        let mut inputs = Vec::new();
        match &request.integration {
            Integration::Activity => inputs.push(Input::ActivityStarted {
                token: token(),
                worker_name: None,
            }),
            Integration::Service { pattern, .. } if *pattern != IntegrationPattern::RequestResponse => {
                inputs.push(Input::TaskSubmitted {
                    token: token(),
                    output: Value::empty_object(),
                });
            }
            _ => {}
        }
        let script = self.answers.iter_mut().find(|(state, _)| *state == &*request.state);
        match script.and_then(|(_, answers)| answers.pop_front()) {
            None => inputs.push(Input::TaskSuccess {
                token: token(),
                output: request.input.clone(),
            }),
            Some(Answer::Succeeds(json)) => inputs.push(Input::TaskSuccess {
                token: token(),
                output: asl_json::parse_value(json).unwrap(),
            }),
            Some(Answer::Fails(error, cause)) => inputs.push(Input::TaskFailure {
                token: token(),
                error: Some(error.into()),
                cause: Some(cause.into()),
            }),
            Some(Answer::Hangs) => {}
        }
        inputs
    }

    /// Runs and shows the history, one event a line.
    pub(crate) fn history(self) -> String {
        show(self.execute().history())
    }
}

pub(crate) fn compile(definition: &str) -> Arc<StateMachine> {
    let parsed = asl_model::parse(definition);
    let definition = parsed.definition.unwrap_or_else(|| panic!("{:?}", parsed.diagnostics));
    StateMachine::compile(&definition).unwrap()
}

/// Shows events as `id<-previous Type details`, with the time in seconds where it has passed.
pub(crate) fn show(history: &[HistoryEvent]) -> String {
    let mut text = String::new();
    let mut last = 0;
    for event in history {
        let time = event.timestamp.0;
        if time != last {
            writeln!(text, "+{}s", (time - last) / 1000).unwrap();
            last = time;
        }
        let (id, previous) = (event.id.0, event.previous_event_id.0);
        let line = format!("{id}<-{previous} {} {}", event.event_type, details(&event.details));
        writeln!(text, "{}", line.trim_end()).unwrap();
    }
    text
}

fn details(details: &Details) -> String {
    let both = |error: &Option<Arc<str>>, cause: &Option<Arc<str>>| {
        let parts = [error.as_deref(), cause.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(": ")
    };
    match details {
        Details::StateEntered { name, input } => format!("{name} {input}"),
        Details::StateExited {
            name,
            output,
            assigned_variables,
        } => {
            let assigned: Vec<String> = assigned_variables
                .iter()
                .map(|(name, value)| format!(" ${name}={value}"))
                .collect();
            format!("{name} {output}{}", assigned.concat())
        }
        Details::ExecutionStarted { .. }
        | Details::None
        | Details::TaskStarted { .. }
        | Details::MapRunStarted { .. }
        | Details::ActivityStarted { .. } => String::new(),
        Details::ExecutionSucceeded { output } | Details::Output { output } | Details::TaskOutput { output, .. } => {
            output.to_string()
        }
        Details::Failed { error, cause } | Details::TaskFailed { error, cause, .. } => both(error, cause),
        Details::TaskScheduled { parameters, .. } => parameters.to_string(),
        Details::LambdaFunctionScheduled { input, .. } | Details::ActivityScheduled { input, .. } => input.to_string(),
        Details::MapStateStarted { length } => length.to_string(),
        Details::MapIteration { name, index } => format!("{name}[{index}]"),
        Details::EvaluationFailed { cause, location, .. } => {
            format!("{} {cause}", location.as_deref().unwrap_or("-"))
        }
        other => format!("{other:?}"),
    }
}
