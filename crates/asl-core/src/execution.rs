//! One execution: poll it for what it does, hand it what happened.
//!
//! The rule of the game is *drain, then change*: after [`Execution::start`] and after every [`Execution::handle`], call
//! [`Execution::poll`] until it answers [`Output::Waiting`] or [`Output::Finished`]. Only `StopExecution` is always taken.

use std::cell::OnceCell;
use std::sync::Arc;

use asl_json::{Object, Value};

use crate::contract::{ExecutionOptions, ExecutionStatus, ExecutionType, HandleError, Input, Output, TaskToken};
use crate::error::StateError;
use crate::frame::FrameId;
use crate::history::{Details, EventId, EventType, HistoryEvent};
use crate::interpreter::Ctx;
use crate::machine::{BodyId, StateMachine};
use crate::map_run::{self, MapRun};
use crate::moment::Moment;
use crate::object_store::ObjectStore;
use crate::record::{ExecutionRecord, RunId};
use crate::region;
use crate::state::task;
use crate::timer::Deadline;
use crate::timestamp::Timestamp;
use crate::trace::StateTrace;

/// A running or finished execution of a state machine, with the child executions of its Map Runs.
#[derive(Debug)]
pub struct Execution {
    ctx: Ctx,
    /// How many events of the history have been told.
    delivered: usize,
    /// Whether there is nothing to say before an input arrives.
    drained: bool,
    /// How far virtual time may advance.
    until: Timestamp,
}

impl Execution {
    /// Starts an execution. Nothing happens before the first [`Execution::poll`].
    pub fn start(machine: Arc<StateMachine>, input: Value, options: ExecutionOptions) -> Execution {
        let mut ctx = Ctx::new(machine, options);
        let record = ExecutionRecord::new(
            Arc::clone(&ctx.options.execution_arn),
            Arc::clone(&ctx.options.name),
            Arc::clone(&ctx.options.state_machine_arn),
            ctx.options.execution_type,
            input.clone(),
            ctx.now,
        );
        ctx.records.push(record);
        map_run::start_record(&mut ctx, RunId(0), None, BodyId(0), input);
        let mut execution = Execution {
            until: ctx.now,
            ctx,
            delivered: 0,
            drained: false,
        };
        execution.set_timeout();
        execution
    }

    /// Sets the instant at which the execution runs out of time, counted from now.
    fn set_timeout(&mut self) {
        let ctx = &mut self.ctx;
        let own = ctx.machine.timeout_seconds;
        let most = match ctx.options.execution_type {
            ExecutionType::Express => ctx.options.limits.express_seconds,
            ExecutionType::Standard => None,
        };
        let Some(seconds) = own.into_iter().chain(most).min() else {
            return;
        };
        let due = ctx.now + seconds.saturating_mul(1000);
        let redrive_count = ctx.records[0].redrive_count;
        let run = RunId(0);
        ctx.timers.set(due, Deadline::Execution { run, redrive_count });
    }

    /// Goes on with an execution that ended badly, at the states it stood in: a failed Task is tried again, a Parallel or
    /// inline Map runs its unfinished branches or iterations. A distributed Map begins again. Retries and the execution's
    /// timeout count from the start.
    ///
    /// # Errors
    /// Refuses an execution that is not [redrivable](ExecutionRecord::is_redrivable), and a time that has passed.
    pub fn redrive(&mut self, time: Timestamp) -> Result<(), HandleError> {
        if !self.drained {
            return Err(HandleError::NotDrained);
        }
        if !self.ctx.records[0].is_redrivable() {
            return Err(HandleError::NotRedrivable);
        }
        if time < self.ctx.now {
            return Err(HandleError::TimeWentBackwards { now: self.ctx.now });
        }
        self.ctx.now = time;
        self.until = time;
        let record = &mut self.ctx.records[0];
        record.status = ExecutionStatus::Running;
        record.stop_time = None;
        record.error = None;
        record.cause = None;
        record.redrive_count += 1;
        record.redrive_time = Some(time);
        record.context = OnceCell::new();
        let redrive_count = record.redrive_count;
        let previous = record.last_event();
        let details = Details::ExecutionRedriven { redrive_count };
        let event = self
            .ctx
            .log_aside(RunId(0), previous, EventType::ExecutionRedriven, details);
        let top = self.ctx.tops[0].frame;
        region::redrive(&mut self.ctx, top, event);
        self.set_timeout();
        self.drained = false;
        Ok(())
    }

    /// Tells the next thing that happened. At most one thing per call.
    pub fn poll(&mut self) -> Output {
        loop {
            if let Some(output) = self.next_told() {
                return output;
            }
            if !self.ctx.records[0].is_running() {
                self.ctx.clean_up();
                if self.ctx.commands.is_empty() {
                    self.drained = true;
                    return Output::Finished(self.ctx.records[0].status);
                }
            } else if !self.ctx.step() && !self.let_time_pass() {
                self.drained = true;
                return Output::Waiting {
                    until: self.next_deadline(),
                };
            }
        }
    }

    fn next_told(&mut self) -> Option<Output> {
        if let Some((events, _)) = self.ctx.commands.front()
            && *events <= self.delivered
        {
            return self
                .ctx
                .commands
                .pop_front()
                .map(|(_, command)| Output::Command(command));
        }
        let event = self.ctx.records[0].history.get(self.delivered)?;
        self.delivered += 1;
        Some(Output::Event(event.id))
    }

    /// Lets virtual time go on to the next deadline within reach and does everything that is due then. Returns false
    /// where none is.
    fn let_time_pass(&mut self) -> bool {
        match self.next_deadline() {
            Some(due) if due <= self.until => self.ctx.now = self.ctx.now.max(due),
            _ => {
                self.ctx.now = self.until;
                return false;
            }
        }
        while let Some(deadline) = self.ctx.timers.pop_due(self.ctx.now) {
            self.ctx.fire(deadline);
        }
        true
    }

    fn next_deadline(&mut self) -> Option<Timestamp> {
        let mut timers = std::mem::take(&mut self.ctx.timers);
        let next = timers.next(|deadline| self.ctx.matters(deadline));
        self.ctx.timers = timers;
        next
    }

    /// Tells the execution what happened outside.
    ///
    /// `StopExecution` is taken at any time, so that an execution which never comes to rest can be stopped too.
    ///
    /// # Errors
    /// Refuses an input that does not fit; the execution stays as it was.
    pub fn handle(&mut self, input: Input) -> Result<(), HandleError> {
        let is_stop = matches!(input, Input::StopExecution { .. });
        if !self.drained && !is_stop {
            return Err(HandleError::NotDrained);
        }
        if !self.ctx.records[0].is_running() {
            return Err(HandleError::AlreadyFinished);
        }
        self.apply(input)?;
        self.drained = false;
        Ok(())
    }

    fn apply(&mut self, input: Input) -> Result<(), HandleError> {
        match input {
            Input::AdvanceTo(time) if time < self.ctx.now => {
                return Err(HandleError::TimeWentBackwards { now: self.ctx.now });
            }
            Input::AdvanceTo(time) => self.until = time,
            Input::StopExecution { error, cause } => {
                let error = StateError {
                    error,
                    cause,
                    ..StateError::default()
                };
                self.ctx.stop_run(RunId(0), ExecutionStatus::Aborted, EventId(0), error);
            }
            Input::ActivityStarted { token, worker_name } => {
                let frame = self.frame_of(&token)?;
                task::activity_started(&mut self.ctx, frame, worker_name);
            }
            Input::TaskSubmitted { token, output } => {
                let frame = self.frame_of(&token)?;
                task::submitted(&mut self.ctx, frame, output);
            }
            Input::TaskSuccess { token, output } => {
                let frame = self.frame_of(&token)?;
                task::succeed(&mut self.ctx, frame, output);
            }
            Input::TaskFailure { token, error, cause } => {
                let frame = self.frame_of(&token)?;
                let error = StateError {
                    error,
                    cause,
                    ..StateError::default()
                };
                task::fail(&mut self.ctx, frame, error);
            }
            Input::TaskTimedOut { token } => {
                let frame = self.frame_of(&token)?;
                task::time_out(&mut self.ctx, frame, false);
            }
            Input::TaskHeartbeat { token } => {
                let frame = self.frame_of(&token)?;
                task::heartbeat(&mut self.ctx, frame);
            }
        }
        Ok(())
    }

    fn frame_of(&self, token: &TaskToken) -> Result<FrameId, HandleError> {
        self.ctx
            .tokens
            .get(&token.0)
            .copied()
            .ok_or(HandleError::UnknownTaskToken)
    }

    /// Returns the execution's virtual time.
    pub fn now(&self) -> Timestamp {
        self.ctx.now
    }

    /// Returns where the execution stands, as far as [`Execution::poll`] has told.
    pub fn status(&self) -> ExecutionStatus {
        let record = &self.ctx.records[0];
        if self.delivered < record.history.len() {
            return ExecutionStatus::Running;
        }
        record.status
    }

    /// Returns the events that [`Execution::poll`] has told.
    pub fn history(&self) -> &[HistoryEvent] {
        &self.ctx.records[0].history[..self.delivered]
    }

    /// Returns the data-flow stages of the visit to a state that began with that Entered event.
    pub fn trace(&self, entered: EventId) -> Option<&StateTrace> {
        self.ctx.records[0].trace(entered)
    }

    /// Returns whether a task with this token waits for its answer.
    pub fn waits_for(&self, token: &TaskToken) -> bool {
        self.ctx.tokens.contains_key(&token.0)
    }

    /// Returns the visit to a state that began with that Entered event, to look at it once more; `variables` are those that
    /// the state saw. `None` where there is no trace of it.
    pub fn moment(&self, entered: EventId, variables: Object) -> Option<Moment> {
        Moment::new(&self.ctx, entered, variables)
    }

    /// Returns the record of the execution itself: its identity and its outcome.
    pub fn record(&self) -> &ExecutionRecord {
        &self.ctx.records[0]
    }

    /// Returns the Map Runs so far, in the order of their start.
    pub fn map_runs(&self) -> &[MapRun] {
        &self.ctx.map_runs
    }

    /// Returns the record of a child execution; number 0 is the execution itself.
    pub fn child(&self, run: RunId) -> Option<&ExecutionRecord> {
        self.ctx.records.get(run.0 as usize)
    }

    /// Returns the buckets as they are now.
    pub fn objects(&self) -> &ObjectStore {
        &self.ctx.objects
    }

    /// Returns the state machine that is executed.
    pub fn state_machine(&self) -> &Arc<StateMachine> {
        &self.ctx.machine
    }
}

#[cfg(test)]
mod tests;
