//! A session: one execution, the executions it starts, and everything that answers their tasks, on one virtual clock.
//!
//! The rule of the game is that of an execution: poll until it answers [`SessionOutput::Waiting`] or
//! [`SessionOutput::Finished`], then hand in what happened.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::sync::Arc;

use asl_core::{
    Command, EventId, Execution, ExecutionOptions, ExecutionStatus, HandleError, Input, Output, StateMachine,
    TaskRequest, TaskToken, Timestamp,
};
use asl_json::Value;

use crate::answer::{Answer, Answers, FunctionCall, FunctionError, Report};
use crate::machines::Machines;
use crate::nested::{self, StartedBy};
use crate::response;
use crate::timeline::Timeline;

/// Numbers the executions of a session in the order of their start. The first is the one the session was started for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub usize);

impl RunId {
    /// The execution that the session was started for.
    pub const ROOT: RunId = RunId(0);
}

/// Numbers the questions of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(pub u64);

/// One execution of a session.
#[derive(Debug)]
pub struct Run {
    /// The execution.
    pub execution: Execution,
    /// What it was started with.
    pub options: ExecutionOptions,
    /// Its input.
    pub input: Value,
    /// When it ended, once it has.
    pub stop_time: Option<Timestamp>,
    started_by: Option<StartedBy>,
    until: Option<Timestamp>,
}

/// A function that the host is to run. Time stands still until it is answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Names the question in the answer.
    pub id: QuestionId,
    /// The execution whose task it is.
    pub run: RunId,
    /// The attempt.
    pub task: TaskRequest,
    /// What to run.
    pub call: FunctionCall,
}

/// What a poll of the session found.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionOutput {
    /// An event was appended to a history.
    Event {
        /// Whose history.
        run: RunId,
        /// Which event.
        event: EventId,
    },
    /// A task started another execution.
    ExecutionStarted(RunId),
    /// Nobody said how this task ends; it returns its own input.
    Assumed {
        /// Whose task.
        run: RunId,
        /// The attempt.
        task: TaskRequest,
    },
    /// The host is to run a function.
    Ask(Question),
    /// Nothing goes on before a question is answered.
    Asking,
    /// Nothing happens before an input arrives, or before `until` where that is given.
    Waiting {
        /// The next instant at which something happens.
        until: Option<Timestamp>,
    },
    /// The first execution has ended.
    Finished(ExecutionStatus),
}

/// What happened outside.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionInput {
    /// Virtual time has come this far.
    AdvanceTo(Timestamp),
    /// A function returned or threw.
    Answer {
        /// The question.
        question: QuestionId,
        /// What it returned, or what it threw.
        outcome: Result<Value, FunctionError>,
        /// Virtual milliseconds that it let pass, from the moment it was called.
        after_ms: i64,
    },
    /// A function did not come to an end within its time, which counts as one second of virtual time.
    OutOfTime(QuestionId),
    /// Something that concerns one execution: an answer by task token, or `StopExecution`.
    ToRun(RunId, Input),
}

/// Why an input was refused. The session is as it was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionError {
    /// The execution refused it.
    Execution(HandleError),
    /// No open question has that number.
    UnknownQuestion,
    /// There is no such execution.
    UnknownRun,
}

impl fmt::Display for SessionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SessionError::Execution(error) => error.fmt(out),
            SessionError::UnknownQuestion => out.write_str("no open question has this number"),
            SessionError::UnknownRun => out.write_str("there is no such execution"),
        }
    }
}

impl std::error::Error for SessionError {}

/// Executions on one virtual clock, with everything that answers their tasks.
pub struct Session {
    runs: Vec<Run>,
    undrained: BTreeSet<RunId>,
    answers: Box<dyn Answers>,
    machines: Machines,
    timeline: Timeline,
    questions: BTreeMap<QuestionId, (RunId, TaskRequest)>,
    asked: u64,
    reports: VecDeque<SessionOutput>,
    now: Timestamp,
}

impl fmt::Debug for Session {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = out.debug_struct("Session");
        out.field("runs", &self.runs)
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}

impl Session {
    /// Starts an execution.
    pub fn start(
        machine: Arc<StateMachine>,
        input: Value,
        options: ExecutionOptions,
        answers: Box<dyn Answers>,
    ) -> Session {
        let now = options.start_time;
        let run = Run::start(machine, input, options, None);
        Session {
            runs: vec![run],
            undrained: BTreeSet::from([RunId::ROOT]),
            answers,
            machines: Machines::default(),
            timeline: Timeline::default(),
            questions: BTreeMap::new(),
            asked: 0,
            reports: VecDeque::new(),
            now,
        }
    }

    /// Adds the state machines that executions may start.
    #[must_use]
    pub fn with_machines(mut self, machines: Machines) -> Session {
        self.machines = machines;
        self
    }

    /// Returns what happens next.
    pub fn poll(&mut self) -> SessionOutput {
        loop {
            if let Some(output) = self.reports.pop_front() {
                return output;
            }
            if let Some(run) = self.undrained.first().copied() {
                self.poll_run(run);
                continue;
            }
            let status = self.root().execution.status();
            if status != ExecutionStatus::Running {
                return SessionOutput::Finished(status);
            }
            if !self.questions.is_empty() {
                return SessionOutput::Asking;
            }
            if !self.deliver_due() {
                return SessionOutput::Waiting {
                    until: self.next_instant(),
                };
            }
        }
    }

    /// Takes in what happened.
    ///
    /// # Errors
    ///
    /// Where the input comes too early, too late or for nobody; nothing has changed then.
    pub fn handle(&mut self, input: SessionInput) -> Result<(), SessionError> {
        match input {
            SessionInput::AdvanceTo(instant) => self.advance_to(instant),
            SessionInput::Answer {
                question,
                outcome,
                after_ms,
            } => self.answer_question(question, after_ms, |task| response::function_end(task, outcome)),
            SessionInput::OutOfTime(question) => {
                let end = self.now + response::FUNCTION_TIMEOUT_MS;
                self.answer_question(question, response::FUNCTION_TIMEOUT_MS, |task| {
                    response::out_of_time(task, end)
                })
            }
            SessionInput::ToRun(run, input) => {
                if run.0 >= self.runs.len() {
                    return Err(SessionError::UnknownRun);
                }
                self.hand_to(run, input).map_err(SessionError::Execution)
            }
        }
    }

    /// Goes on with the execution that the session was started for, after it ended badly. From now on `answers`
    /// answer its tasks.
    ///
    /// # Errors
    ///
    /// Where the execution cannot be redriven; nothing has changed then.
    pub fn redrive(&mut self, answers: Box<dyn Answers>) -> Result<(), SessionError> {
        let root = &mut self.runs[RunId::ROOT.0];
        root.execution.redrive(self.now).map_err(SessionError::Execution)?;
        root.stop_time = None;
        self.answers = answers;
        self.undrained.insert(RunId::ROOT);
        Ok(())
    }

    /// Returns virtual time.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Returns the execution that the session was started for.
    pub fn root(&self) -> &Run {
        &self.runs[0]
    }

    /// Returns an execution.
    pub fn run(&self, run: RunId) -> Option<&Run> {
        self.runs.get(run.0)
    }

    /// Returns all executions in the order of their start.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    fn poll_run(&mut self, id: RunId) {
        let run = &mut self.runs[id.0];
        match run.execution.poll() {
            Output::Event(event) => self.reports.push_back(SessionOutput::Event { run: id, event }),
            Output::Command(Command::ScheduleTask(task)) => self.schedule(id, task),
            Output::Command(Command::CancelTask(token)) => self.cancel(id, &token),
            Output::Waiting { until } => {
                run.until = until;
                self.undrained.remove(&id);
            }
            Output::Finished(_) => {
                run.until = None;
                run.stop_time = run.stop_time.or(Some(run.execution.now()));
                self.undrained.remove(&id);
                self.report_to_starter(id);
            }
        }
    }

    fn schedule(&mut self, run: RunId, task: TaskRequest) {
        match self.answers.answer(&task, self.now) {
            Answer::Deliver(deliveries) => self.timeline.add(self.now, run, &task.token, deliveries),
            Answer::Assume(deliveries) => {
                self.timeline.add(self.now, run, &task.token, deliveries);
                self.reports.push_back(SessionOutput::Assumed { run, task });
            }
            Answer::StartExecution => self.start_nested(run, task),
            Answer::Call(call) => {
                self.timeline
                    .add(self.now, run, &task.token, response::preliminaries(&task));
                let id = QuestionId(self.asked);
                self.asked += 1;
                self.questions.insert(id, (run, task.clone()));
                self.reports
                    .push_back(SessionOutput::Ask(Question { id, run, task, call }));
            }
        }
    }

    fn start_nested(&mut self, run: RunId, task: TaskRequest) {
        let count = self.runs.len();
        match nested::start(&task, &self.machines, &self.runs[run.0], run, count, self.now) {
            nested::Start::Unknown => {
                let deliveries = nested::unknown(&task, &self.machines);
                self.timeline.add(self.now, run, &task.token, deliveries);
                if self.machines.is_empty() {
                    self.reports.push_back(SessionOutput::Assumed { run, task });
                }
            }
            nested::Start::Refused(report) => {
                let delivery = crate::answer::Delivery::now(report);
                self.timeline.add(self.now, run, &task.token, vec![delivery]);
            }
            nested::Start::Started(nested) => {
                let id = RunId(count);
                let first = nested::first_answer(&task, &nested);
                self.timeline.add(self.now, run, &task.token, vec![first]);
                self.runs.push(*nested);
                self.undrained.insert(id);
                self.reports.push_back(SessionOutput::ExecutionStarted(id));
            }
        }
    }

    fn report_to_starter(&mut self, id: RunId) {
        let run = &mut self.runs[id.0];
        if let Some(started_by) = run.started_by.take() {
            let report = nested::end(run, &started_by);
            let delivery = crate::answer::Delivery::now(report);
            self.timeline
                .add(self.now, started_by.run, &started_by.token, vec![delivery]);
        }
    }

    fn cancel(&mut self, run: RunId, token: &TaskToken) {
        self.timeline.cancel(run, token);
        self.questions
            .retain(|_, (asker, task)| *asker != run || task.token != *token);
        let managed = self.runs.iter().position(|nested| {
            let by = nested.started_by.as_ref();
            by.is_some_and(|by| by.run == run && by.token == *token)
        });
        if let Some(index) = managed {
            let cause = nested::abort_cause(&self.runs[run.0]);
            self.runs[index].started_by = None;
            // An execution that has just ended by itself needs no stopping.
            let _ = self.hand_to(
                RunId(index),
                Input::StopExecution {
                    error: None,
                    cause: Some(cause),
                },
            );
        }
    }

    fn advance_to(&mut self, instant: Timestamp) -> Result<(), SessionError> {
        if !self.undrained.is_empty() {
            return Err(SessionError::Execution(HandleError::NotDrained));
        }
        if instant < self.now {
            return Err(SessionError::Execution(HandleError::TimeWentBackwards {
                now: self.now,
            }));
        }
        self.now = instant;
        for index in 0..self.runs.len() {
            if self.runs[index].execution.status() == ExecutionStatus::Running {
                self.hand_to(RunId(index), Input::AdvanceTo(instant))
                    .map_err(SessionError::Execution)?;
            }
        }
        Ok(())
    }

    fn answer_question(
        &mut self,
        question: QuestionId,
        after_ms: i64,
        end: impl FnOnce(&TaskRequest) -> Report,
    ) -> Result<(), SessionError> {
        let (run, task) = self.questions.remove(&question).ok_or(SessionError::UnknownQuestion)?;
        let report = end(&task);
        let delivery = crate::answer::Delivery { after_ms, report };
        self.timeline.add(self.now, run, &task.token, vec![delivery]);
        Ok(())
    }

    /// Hands over the first report that is due. A report for a task that is over finds nobody, and that is no error.
    fn deliver_due(&mut self) -> bool {
        let Some((run, token, report)) = self.timeline.take_due(self.now) else {
            return false;
        };
        let _ = self.hand_to(run, report.into_input(token));
        true
    }

    fn hand_to(&mut self, run: RunId, input: Input) -> Result<(), HandleError> {
        self.runs[run.0].execution.handle(input)?;
        self.undrained.insert(run);
        Ok(())
    }

    fn next_instant(&self) -> Option<Timestamp> {
        let deadlines = self.runs.iter().filter_map(|run| run.until);
        deadlines.chain(self.timeline.next()).min()
    }
}

impl Run {
    pub(crate) fn start(
        machine: Arc<StateMachine>,
        input: Value,
        options: ExecutionOptions,
        started_by: Option<StartedBy>,
    ) -> Run {
        Run {
            execution: Execution::start(machine, input.clone(), options.clone()),
            options,
            input,
            stop_time: None,
            started_by,
            until: None,
        }
    }

    /// Returns the status and, where the execution has ended with them, its output, error and cause.
    pub(crate) fn end(&self) -> End {
        use asl_core::Details;
        let status = self.execution.status();
        let mut end = End {
            status,
            output: None,
            error: None,
            cause: None,
        };
        match self.execution.history().last().map(|event| &event.details) {
            Some(Details::ExecutionSucceeded { output }) => end.output = Some(output.clone()),
            Some(Details::Failed { error, cause }) if status != ExecutionStatus::TimedOut => {
                end.error.clone_from(error);
                end.cause.clone_from(cause);
            }
            _ => {}
        }
        end
    }
}

/// How an execution ended.
pub(crate) struct End {
    pub(crate) status: ExecutionStatus,
    pub(crate) output: Option<Value>,
    pub(crate) error: Option<Arc<str>>,
    pub(crate) cause: Option<Arc<str>>,
}

#[cfg(test)]
mod tests;
