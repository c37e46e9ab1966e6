//! The interpreter's working state, and the steps that frames take through it.
//!
//! The rule of its game: a frame takes one step at a time and then waits its turn, so no step calls into another frame's
//! step and the call stack never grows with the definition.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use asl_json::{Object, Value};

use crate::context_object;
use crate::contract::{Command, ExecutionOptions, ExecutionStatus, ExecutionType, TaskToken};
use crate::dataflow::Exit;
use crate::dice;
use crate::error::{Fault, RUNTIME, StateError};
use crate::frame::{Frame, FrameId, Frames, Phase};
use crate::history::{Details, EventId, EventType, HistoryEvent};
use crate::machine::{State, StateId, StateMachine, Transition};
use crate::map_run::MapRun;
use crate::object_store::ObjectStore;
use crate::record::{ExecutionRecord, RunId};
use crate::timer::{Deadline, Timers};
use crate::timestamp::Timestamp;
use crate::trace::StateTrace;
use crate::{map_run, recover, region, state};

/// Everything an execution knows.
#[derive(Debug)]
pub(crate) struct Ctx {
    pub(crate) machine: Arc<StateMachine>,
    pub(crate) options: ExecutionOptions,
    pub(crate) now: Timestamp,
    pub(crate) records: Vec<ExecutionRecord>,
    pub(crate) map_runs: Vec<MapRun>,
    pub(crate) objects: ObjectStore,
    pub(crate) frames: Frames,
    pub(crate) timers: Timers,
    pub(crate) tokens: BTreeMap<Arc<str>, FrameId>,
    /// Commands, each with how many events of the started execution come before it.
    pub(crate) commands: VecDeque<(usize, Command)>,
    /// Per state: how many tasks it has scheduled.
    pub(crate) invocations: Vec<u32>,
    /// Per execution: its top frame, and its place in the Map that started it.
    pub(crate) tops: Vec<Top>,
    /// Stands in for the context object, while a single state is tested.
    pub(crate) given_context: Option<Object>,
    /// Whether causes say in which state and after which event an error occurred; not while a single state is tested.
    pub(crate) blames_states: bool,
    /// Frames that can take a step, with the epoch in which they were queued.
    ready: VecDeque<(FrameId, u32)>,
    /// Executions that have ended and are not cleaned up yet.
    ended: Vec<RunId>,
}

/// Where an execution hangs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Top {
    pub(crate) frame: FrameId,
    /// The Map's frame and the index of the child execution, for a child of a Map Run.
    pub(crate) parent: Option<(FrameId, u32)>,
}

impl Ctx {
    pub(crate) fn new(machine: Arc<StateMachine>, options: ExecutionOptions) -> Ctx {
        let invocations = vec![0; machine.states.len()];
        Ctx {
            now: options.start_time,
            objects: options.objects.clone(),
            machine,
            options,
            records: Vec::new(),
            map_runs: Vec::new(),
            frames: Frames::default(),
            timers: Timers::default(),
            tokens: BTreeMap::new(),
            commands: VecDeque::new(),
            invocations,
            tops: Vec::new(),
            given_context: None,
            blames_states: true,
            ready: VecDeque::new(),
            ended: Vec::new(),
        }
    }

    pub(crate) fn record(&self, frame: FrameId) -> &ExecutionRecord {
        &self.records[self.frames[frame].run.0 as usize]
    }

    /// Returns the frame around a frame of the same execution.
    pub(crate) fn outer(&self, frame: &Frame) -> Option<&Frame> {
        let (parent, _) = frame.parent?;
        let parent = &self.frames[parent];
        (parent.run == frame.run).then_some(parent)
    }

    /// Returns the value of a variable that a frame can see: its own, else that of the scopes around it.
    pub(crate) fn variable(&self, frame: FrameId, name: &str) -> Option<Value> {
        let mut frame = &self.frames[frame];
        loop {
            if let Some(value) = frame.variables.get(name) {
                return Some(value.clone());
            }
            frame = self.outer(frame)?;
        }
    }

    /// Returns the next random bits of a frame.
    pub(crate) fn draw(&self, frame: FrameId) -> u64 {
        let frame = &self.frames[frame];
        let draws = frame.draws.get();
        frame.draws.set(draws + 1);
        dice::draw(self.options.seed, frame.serial, draws)
    }

    /// Returns a fresh UUID of a frame's dice.
    pub(crate) fn uuid(&self, frame: FrameId) -> String {
        dice::uuid(self.draw(frame), self.draw(frame))
    }

    /// Changes what a frame does next. What was queued or due for it before is void.
    pub(crate) fn set_phase(&mut self, frame: FrameId, phase: Phase) {
        let frame = &mut self.frames[frame];
        frame.epoch += 1;
        frame.phase = phase;
    }

    /// Changes what a frame does next and gives it a turn.
    pub(crate) fn queue(&mut self, frame: FrameId, phase: Phase) {
        self.set_phase(frame, phase);
        self.ready.push_back((frame, self.frames[frame].epoch));
    }

    /// Changes what a frame waits for, until `due`.
    pub(crate) fn wait_until(&mut self, frame: FrameId, phase: Phase, due: Timestamp) {
        self.set_phase(frame, phase);
        let epoch = self.frames[frame].epoch;
        self.timers.set(due, Deadline::Wake { frame, epoch });
    }

    /// Asks the host for something, after the events so far.
    pub(crate) fn command(&mut self, command: Command) {
        let events = self.records[0].history.len();
        self.commands.push_back((events, command));
    }

    /// Appends an event to a frame's chain.
    pub(crate) fn log(&mut self, frame: FrameId, event_type: EventType, details: Details) -> EventId {
        let Frame { run, previous, .. } = self.frames[frame];
        let id = self.log_aside(run, previous, event_type, details);
        self.frames[frame].previous = id;
        id
    }

    /// Appends an event that points back to `previous`, beside all chains. After the end of the execution, and where the
    /// history is full, nothing is appended.
    pub(crate) fn log_aside(
        &mut self,
        run: RunId,
        previous: EventId,
        event_type: EventType,
        details: Details,
    ) -> EventId {
        let record = &mut self.records[run.0 as usize];
        if !record.is_running() {
            return record.last_event();
        }
        let is_last = |limit| record.history.len() + 1 >= limit as usize && !ends_execution(event_type);
        let quota = match record.execution_type {
            ExecutionType::Standard => self.options.limits.history_events,
            // The service keeps no history of it; the events go to a log without end.
            ExecutionType::Express => None,
        };
        if quota.is_some_and(is_last) {
            return self.overflow(run);
        }
        let id = EventId(record.last_event().0 + 1);
        record.history.push(HistoryEvent {
            id,
            previous_event_id: previous,
            timestamp: self.now,
            event_type,
            details,
        });
        id
    }

    /// Ends an execution whose history is full: its last event says so.
    fn overflow(&mut self, run: RunId) -> EventId {
        let limit = self.options.limits.history_events.unwrap_or_default();
        let error = StateError {
            error: Some(RUNTIME.into()),
            cause: Some(format!("The execution reached the maximum number of history events ({limit}).").into()),
            ..StateError::default()
        };
        let last = self.records[run.0 as usize].last_event();
        self.fail_run(run, last, error);
        self.records[run.0 as usize].last_event()
    }

    /// Notes a stage of the data flow in the trace of the state a frame is in.
    pub(crate) fn trace(&mut self, frame: FrameId, note: impl FnOnce(&mut StateTrace)) {
        if !self.options.trace {
            return;
        }
        let Frame { run, entered, .. } = self.frames[frame];
        let traces = &mut self.records[run.0 as usize].traces;
        if let Ok(at) = traces.binary_search_by_key(&entered, |trace| trace.entered) {
            note(&mut traces[at]);
        }
    }

    /// Returns the error that a fault is in the state that a frame is in.
    pub(crate) fn blame(&self, frame: FrameId, fault: Fault) -> StateError {
        if !self.blames_states {
            return fault.without_state();
        }
        let frame = &self.frames[frame];
        fault.in_state(&self.machine.state(frame.state).name, frame.entered)
    }

    /// Fails where a payload is beyond its quotas.
    pub(crate) fn check_size(&self, name: &str, payload: &Value) -> Result<(), Fault> {
        let limits = &self.options.limits;
        let too_long = limits.payload_bytes.is_some_and(|limit| payload.text_bytes() > limit);
        if too_long || payload.depth() > limits.payload_depth {
            return Err(Fault::data_limit(name));
        }
        Ok(())
    }

    /// Lets one frame take one step. Returns false where every frame waits.
    pub(crate) fn step(&mut self) -> bool {
        self.clean_up();
        while let Some((frame, epoch)) = self.ready.pop_front() {
            if self.frames[frame].epoch != epoch {
                continue;
            }
            self.advance(frame);
            self.clean_up();
            return true;
        }
        false
    }

    fn advance(&mut self, frame: FrameId) {
        let machine = Arc::clone(&self.machine);
        match std::mem::take(&mut self.frames[frame].phase) {
            Phase::Enter { state, input } => self.enter(frame, &machine, state, input),
            Phase::Failed(error) => recover::fail(self, frame, error),
            phase => {
                let state = machine.state(self.frames[frame].state);
                let outcome = state::resume(self, frame, state, phase);
                self.settle(frame, outcome);
            }
        }
    }

    fn enter(&mut self, frame: FrameId, machine: &StateMachine, id: StateId, input: Value) {
        let state = machine.state(id);
        self.begin(frame, state, id, input);
        let outcome = state::enter(self, frame, state);
        self.settle(frame, outcome);
    }

    /// Lets a frame be in a state, and tells so. What the state does is yet to come.
    pub(crate) fn begin(&mut self, frame: FrameId, state: &State, id: StateId, input: Value) {
        let now = self.now;
        let entering = &mut self.frames[frame];
        entering.state = id;
        entering.input = input.clone();
        entering.entered_time = now;
        entering.before_entered = entering.previous;
        entering.retry_count = 0;
        entering.retrier_counts.clear();
        let details = Details::StateEntered {
            name: Arc::clone(&state.name),
            input,
        };
        let entered = self.log(frame, state.kind.entered(), details);
        self.frames[frame].entered = entered;
        if self.options.trace {
            let map_item = context_object::current_item(self, frame).map(context_object::map_item);
            let frame = &self.frames[frame];
            self.records[frame.run.0 as usize].traces.push(StateTrace {
                entered,
                input: frame.input.clone(),
                map_item,
                ..StateTrace::default()
            });
        }
    }

    /// Goes on with what a state's step came to: it fails, or has arranged for its next step itself.
    pub(crate) fn settle(&mut self, frame: FrameId, outcome: Result<(), Fault>) {
        if let Err(fault) = outcome {
            let error = self.blame(frame, fault);
            recover::fail(self, frame, error);
        }
    }

    /// Leaves the state a frame is in: its Exited event, its variables, and on to the next state.
    pub(crate) fn leave(&mut self, frame: FrameId, state: &State, exit: Exit) -> Result<(), Fault> {
        let previous = self.frames[frame].previous;
        self.leave_after(frame, state, exit, previous)
    }

    /// As [`Ctx::leave`], with the Exited event pointing back to `previous`.
    pub(crate) fn leave_after(
        &mut self,
        frame: FrameId,
        state: &State,
        exit: Exit,
        previous: EventId,
    ) -> Result<(), Fault> {
        self.check_size(&state.name, &exit.output)?;
        if let Some(assigned) = &exit.assigned {
            self.check_size(&state.name, assigned)?;
        }
        let assigned_variables: Vec<(Arc<str>, Value)> = match &exit.assigned {
            Some(Value::Object(variables)) => variables
                .iter()
                .map(|(name, value)| (Arc::clone(name), value.clone()))
                .collect(),
            _ => Vec::new(),
        };
        for (name, value) in &assigned_variables {
            self.frames[frame].variables.insert(Arc::clone(name), value.clone());
        }
        if self.frames[frame].region.is_some() {
            region::discard_inside(self, frame);
        }
        self.trace_exit(frame, &exit.output);
        self.frames[frame].previous = previous;
        let details = Details::StateExited {
            name: Arc::clone(&state.name),
            output: exit.output.clone(),
            assigned_variables,
        };
        self.log(frame, state.kind.exited(), details);
        match exit.to {
            Transition::Next(state) => self.queue(
                frame,
                Phase::Enter {
                    state,
                    input: exit.output,
                },
            ),
            Transition::End => self.finish(frame, exit.output),
        }
        Ok(())
    }

    fn trace_exit(&mut self, frame: FrameId, output: &Value) {
        if self.options.trace {
            let visible = self.visible_variables(frame);
            self.trace(frame, |trace| {
                trace.output = Some(output.clone());
                trace.variables = visible;
            });
        }
    }

    /// Returns every variable that a frame can see, outer ones first; `None` where there is none.
    fn visible_variables(&self, frame: FrameId) -> Option<Value> {
        let mut scopes = vec![&self.frames[frame]];
        while let Some(outer) = scopes.last().and_then(|frame| self.outer(frame)) {
            scopes.push(outer);
        }
        scopes.retain(|frame| !frame.variables.is_empty());
        if let [only] = scopes[..] {
            return Some(Value::Object(only.variables.clone()));
        }
        let all = scopes.iter().rev().flat_map(|frame| frame.variables.iter());
        let all: asl_json::Object = all.map(|(name, value)| (Arc::clone(name), value.clone())).collect();
        (!all.is_empty()).then_some(Value::Object(all))
    }

    /// Ends a frame that has run its states to their end.
    pub(crate) fn finish(&mut self, frame: FrameId, output: Value) {
        let Frame {
            run, parent, previous, ..
        } = self.frames[frame];
        match parent {
            Some((parent, index)) if self.frames[parent].run == run => {
                region::child_succeeded(self, parent, index, output);
            }
            _ => self.succeed_run(run, previous, output),
        }
    }

    fn succeed_run(&mut self, run: RunId, previous: EventId, output: Value) {
        let details = Details::ExecutionSucceeded { output: output.clone() };
        self.log_aside(run, previous, EventType::ExecutionSucceeded, details);
        let record = &mut self.records[run.0 as usize];
        if record.is_running() {
            record.output = Some(output);
            self.end_run(run, ExecutionStatus::Succeeded);
        }
    }

    /// Ends an execution by an error.
    pub(crate) fn fail_run(&mut self, run: RunId, previous: EventId, error: StateError) {
        self.stop_run(run, ExecutionStatus::Failed, previous, error);
    }

    /// Ends an execution before it is done. Its last event points back to `previous`.
    pub(crate) fn stop_run(
        &mut self,
        run: RunId,
        status: ExecutionStatus,
        previous: EventId,
        StateError { error, cause, .. }: StateError,
    ) {
        if !self.records[run.0 as usize].is_running() {
            return;
        }
        let event_type = match status {
            ExecutionStatus::TimedOut => EventType::ExecutionTimedOut,
            ExecutionStatus::Aborted => EventType::ExecutionAborted,
            ExecutionStatus::Running | ExecutionStatus::Succeeded | ExecutionStatus::Failed => {
                EventType::ExecutionFailed
            }
        };
        let details = Details::Failed {
            error: error.clone(),
            cause: cause.clone(),
        };
        self.log_aside(run, previous, event_type, details);
        let record = &mut self.records[run.0 as usize];
        if status != ExecutionStatus::TimedOut {
            record.error = error;
            record.cause = cause;
        }
        self.end_run(run, status);
    }

    fn end_run(&mut self, run: RunId, status: ExecutionStatus) {
        let record = &mut self.records[run.0 as usize];
        record.status = status;
        record.stop_time = Some(self.now);
        self.ended.push(run);
    }

    /// Frees what ended executions held, and tells their Map.
    pub(crate) fn clean_up(&mut self) {
        while let Some(run) = self.ended.pop() {
            let Top { frame, parent } = self.tops[run.0 as usize];
            if run == RunId(0) && self.records[0].is_redrivable() {
                region::park(self, frame);
            } else {
                region::discard(self, frame);
            }
            if let Some((parent, index)) = parent {
                map_run::child_ended(self, parent, index, run);
            }
        }
    }

    /// Forgets a task that a frame has scheduled; the host is told where it has started it.
    pub(crate) fn cancel_task(&mut self, frame: FrameId) {
        let running = matches!(self.frames[frame].phase, Phase::Running(_));
        let Some(TaskToken(token)) = self.frames[frame].task_token.take() else {
            return;
        };
        self.tokens.remove(&token);
        if running {
            self.command(Command::CancelTask(TaskToken(token)));
        }
    }

    /// Returns true where a deadline still means something.
    pub(crate) fn matters(&self, deadline: Deadline) -> bool {
        match deadline {
            Deadline::Wake { frame, epoch } | Deadline::TaskTimeout { frame, epoch } => {
                self.frames[frame].epoch == epoch
            }
            Deadline::Heartbeat { frame, epoch, beats } => {
                let frame = &self.frames[frame];
                let same = |phase: &Phase| matches!(phase, Phase::Running(running) if running.beats == beats);
                frame.epoch == epoch && same(&frame.phase)
            }
            Deadline::Execution { run, redrive_count } => {
                let record = &self.records[run.0 as usize];
                record.is_running() && record.redrive_count == redrive_count
            }
        }
    }

    /// Does what is due.
    pub(crate) fn fire(&mut self, deadline: Deadline) {
        if !self.matters(deadline) {
            return;
        }
        match deadline {
            Deadline::Wake { frame, .. } => {
                let phase = match self.frames[frame].phase {
                    Phase::Backoff => Phase::Attempt,
                    _ => Phase::Answered(Value::Null),
                };
                self.queue(frame, phase);
            }
            Deadline::TaskTimeout { frame, .. } => state::task::time_out(self, frame, false),
            Deadline::Heartbeat { frame, .. } => state::task::time_out(self, frame, true),
            Deadline::Execution { run, .. } => {
                let timeout = StateError::timeout(false);
                self.stop_run(run, ExecutionStatus::TimedOut, EventId(0), timeout);
            }
        }
    }
}

fn ends_execution(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::ExecutionSucceeded
            | EventType::ExecutionFailed
            | EventType::ExecutionTimedOut
            | EventType::ExecutionAborted
    )
}
