//! Runs the tested state: through the interpreter's own steps, until it is left, or waits to be retried.

use std::sync::Arc;

use asl_json::{Object, Value};

use super::error::TestStateError;
use super::mock::{self, Mock};
use super::request::{InspectionLevel, TestStateRequest};
use super::subject::Subject;
use super::{context, inspect, region};
use crate::contract::{Command, ExecutionOptions, ExecutionStatus, ExecutionType, TaskRequest};
use crate::dice;
use crate::error::StateError;
use crate::frame::{FrameId, Phase};
use crate::history::EventId;
use crate::interpreter::Ctx;
use crate::machine::{BodyId, State, StateId, StateKind};
use crate::map_run;
use crate::record::{ExecutionRecord, RunId};
use crate::state::{self, task};
use crate::trace::StateTrace;

/// How long a state may take. Source: API reference, "TestState".
const MOST_MS: i64 = 5 * 60 * 1000;

/// How a real task ended.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskAnswer {
    /// With a result.
    Success(Value),
    /// With an error.
    #[expect(missing_docs, reason = "the API's words say it")]
    Failure {
        error: Option<Arc<str>>,
        cause: Option<Arc<str>>,
    },
    /// Out of time.
    TimedOut,
}

/// Where a test stands.
#[derive(Clone, Debug, PartialEq)]
pub enum TestProgress<'a> {
    /// A task waits for [`TestedState::answer`].
    Waiting(&'a TaskRequest),
    /// The state is through; this is the answer of the API, as it names things.
    Done(Value),
}

/// The test of one state.
#[derive(Debug)]
pub struct TestedState {
    pub(super) ctx: Ctx,
    pub(super) frame: FrameId,
    pub(super) tested: StateId,
    pub(super) level: InspectionLevel,
    /// The variables that the request gives.
    pub(super) variables: Object,
}

/// How the state ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ending {
    pub(super) status: &'static str,
    pub(super) output: Option<Value>,
    pub(super) error: Option<Arc<str>>,
    pub(super) cause: Option<Arc<str>>,
    pub(super) next_state: Option<Arc<str>>,
}

impl TestedState {
    /// Begins the test; a mocked state is through at once.
    ///
    /// # Errors
    /// Says what the API says where it does not test at all.
    pub fn start(request: &TestStateRequest) -> Result<TestedState, TestStateError> {
        request.check()?;
        let subject = Subject::of(request)?;
        let mock = mock::of(request, subject.state())?;
        let context = request.context.as_deref();
        let context = context.map(|text| context::read(text, subject.state())).transpose()?;
        let input = asl_model::parse_input(request.input.as_deref().unwrap_or("{}"))
            .map_err(|error| TestStateError::input(error.message))?;
        let mut test = TestedState {
            level: request.inspection_level,
            variables: variables(request)?,
            ..TestedState::new(&subject, input, options(request))
        };
        test.ctx.given_context = context;
        test.enter(mock.as_ref(), request);
        Ok(test)
    }

    fn new(subject: &Subject, input: Value, options: ExecutionOptions) -> TestedState {
        let mut ctx = Ctx::new(Arc::clone(&subject.machine), options);
        ctx.blames_states = false;
        ctx.records.push(ExecutionRecord::new(
            Arc::clone(&ctx.options.execution_arn),
            Arc::clone(&ctx.options.name),
            Arc::clone(&ctx.options.state_machine_arn),
            ctx.options.execution_type,
            input.clone(),
            ctx.now,
        ));
        let frame = map_run::start_record(&mut ctx, RunId(0), None, BodyId(0), input);
        let tested = ctx.machine.body(BodyId(0)).start_at;
        TestedState {
            ctx,
            frame,
            tested,
            level: InspectionLevel::default(),
            variables: Object::new(),
        }
    }

    fn enter(&mut self, mock: Option<&Mock>, request: &TestStateRequest) {
        let machine = Arc::clone(&self.ctx.machine);
        let state = machine.state(self.tested);
        let (ctx, frame) = (&mut self.ctx, self.frame);
        ctx.set_phase(frame, Phase::Idle);
        ctx.frames[frame].variables = self.variables.clone();
        let input = ctx.records[0].input.clone();
        ctx.begin(frame, state, self.tested, input);
        ctx.frames[frame].retrier_counts = vec![request.retrier_retry_count; state.retry.len()];
        let outcome = match (&state.kind, mock) {
            (StateKind::Parallel { .. }, Some(mock)) => region::parallel(ctx, frame, state, mock),
            (StateKind::Map(map), Some(mock)) => region::map(ctx, frame, state, map, (mock, request)),
            _ => state::enter(ctx, frame, state),
        };
        ctx.settle(frame, outcome);
        self.go_on();
        match mock {
            Some(Mock::Result(result)) => self.answer(TaskAnswer::Success(result.clone())),
            Some(Mock::Error(StateError { error, cause, .. })) => self.answer(TaskAnswer::Failure {
                error: error.clone(),
                cause: cause.clone(),
            }),
            None => {}
        }
    }

    /// Takes steps until the state is left, is to be retried, or waits for an answer.
    fn go_on(&mut self) {
        loop {
            match self.ctx.frames[self.frame].phase {
                _ if !self.ctx.records[0].is_running() => return,
                Phase::Enter { .. } | Phase::Backoff | Phase::Running(_) => return,
                Phase::Waiting => self.let_time_pass(),
                _ => {}
            }
            if !self.ctx.step() {
                return;
            }
        }
    }

    /// Lets the time of a Wait pass, as far as a test goes.
    fn let_time_pass(&mut self) {
        let end = self.ctx.options.start_time + MOST_MS;
        match self.ctx.timers.next(|_| true) {
            Some(due) if due <= end => {
                self.ctx.now = due;
                while let Some(deadline) = self.ctx.timers.pop_due(due) {
                    self.ctx.fire(deadline);
                }
            }
            _ => {
                self.ctx.now = end;
                let previous = self.ctx.frames[self.frame].previous;
                self.ctx.fail_run(RunId(0), previous, StateError::timeout(false));
            }
        }
    }

    /// Returns where the test stands.
    pub fn progress(&self) -> TestProgress<'_> {
        match self.task() {
            Some(task) => TestProgress::Waiting(task),
            None => TestProgress::Done(inspect::response(self, &self.ending())),
        }
    }

    fn task(&self) -> Option<&TaskRequest> {
        if !matches!(self.ctx.frames[self.frame].phase, Phase::Running(_)) {
            return None;
        }
        self.ctx.commands.iter().rev().find_map(|(_, command)| match command {
            Command::ScheduleTask(request) => Some(request),
            Command::CancelTask(_) => None,
        })
    }

    /// Tells how the task ended. Does nothing where none waits.
    pub fn answer(&mut self, answer: TaskAnswer) {
        if self.task().is_none() {
            return;
        }
        match answer {
            TaskAnswer::Success(output) => task::succeed(&mut self.ctx, self.frame, output),
            TaskAnswer::Failure { error, cause } => {
                let error = StateError {
                    error,
                    cause,
                    ..StateError::default()
                };
                task::fail(&mut self.ctx, self.frame, error);
            }
            TaskAnswer::TimedOut => task::time_out(&mut self.ctx, self.frame, false),
        }
        self.go_on();
    }

    pub(super) fn state(&self) -> &State {
        self.ctx.machine.state(self.tested)
    }

    /// Returns the stages of the data flow.
    pub(super) fn trace(&self) -> Option<&StateTrace> {
        let first = self.ctx.records[0].traces.first();
        first.filter(|trace| trace.entered > EventId(0))
    }

    fn ending(&self) -> Ending {
        let record = &self.ctx.records[0];
        let ending = |status| Ending {
            status,
            output: None,
            error: None,
            cause: None,
            next_state: None,
        };
        match (record.status, &self.ctx.frames[self.frame].phase) {
            (ExecutionStatus::Succeeded, _) => Ending {
                output: record.output.clone(),
                ..ending("SUCCEEDED")
            },
            (ExecutionStatus::Running, Phase::Enter { state, input }) => {
                let left = Ending {
                    output: Some(input.clone()),
                    next_state: Some(Arc::clone(&self.ctx.machine.state(*state).name)),
                    ..ending("SUCCEEDED")
                };
                self.despite_error(left, "CAUGHT_ERROR")
            }
            (ExecutionStatus::Running, _) => self.despite_error(ending("RETRIABLE"), "RETRIABLE"),
            _ => Ending {
                error: record.error.clone(),
                cause: record.cause.clone(),
                ..ending("FAILED")
            },
        }
    }

    /// Returns the ending with the error that the state dealt with, where there was one.
    fn despite_error(&self, ending: Ending, status: &'static str) -> Ending {
        match self.trace().and_then(|trace| trace.error_details.as_ref()) {
            Some(details) => Ending {
                status,
                error: details.error.clone(),
                cause: details.cause.clone(),
                ..ending
            },
            None => ending,
        }
    }
}

/// Where made-up ARNs are where the request does not say.
const SOMEWHERE: &str = "us-east-1:123456789012";

/// Returns the options of an execution that looks as those of TestState do: express, its name a UUID as is that of its
/// state machine.
fn options(request: &TestStateRequest) -> ExecutionOptions {
    let place = Some(&*request.place)
        .filter(|place| !place.is_empty())
        .unwrap_or(SOMEWHERE);
    let draw = |number| dice::draw(request.seed, u64::MAX, number);
    let machine = dice::uuid(draw(0), draw(1));
    let name = dice::uuid(draw(2), draw(3));
    ExecutionOptions {
        state_machine_arn: format!("arn:aws:states:{place}:stateMachine:{machine}").into(),
        execution_arn: format!("arn:aws:states:{place}:express:{machine}:{name}").into(),
        name: name.into(),
        role_arn: request.role_arn.clone().unwrap_or_default(),
        execution_type: ExecutionType::Express,
        start_time: request.now,
        seed: request.seed,
        ..ExecutionOptions::default()
    }
}

fn variables(request: &TestStateRequest) -> Result<Object, TestStateError> {
    let Some(text) = &request.variables else {
        return Ok(Object::new());
    };
    match asl_json::parse_value(text) {
        Ok(Value::Object(variables)) => Ok(variables),
        _ => Err(TestStateError::validation("Variables must be a JSON object")),
    }
}
