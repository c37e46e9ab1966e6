//! One run: a session that is recorded in slices, and what of it the page has not heard yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use asl_core::{
    Details, EventId, Execution, ExecutionRecord, ExecutionStatus, HistoryEvent, Input, StateTrace, TaskRequest,
};
use asl_host::{FunctionError, Question, QuestionId, RunId, Session, SessionInput, SessionOutput};
use asl_model::Definition;
use asl_protocol as page;
use asl_protocol::{ConsoleLine, LONGEST_STRETCH, RecordingOrigin, RunPhase, RunProgress};
use asl_view::{Coverage, RuleTaken, RunView, Timeline, Topology, log_row};

use crate::bench::Caller;
use crate::callbacks::{self, Callbacks};
use crate::diagram;
use crate::engine::Clock;
use crate::mocks::{CountedMocks, MockUses, UnreadableMock};
use crate::pacing::Pacing;
use crate::sandbox::{Call, CallArguments, Ended, Outcome, Sandbox, Thrown};
use crate::source::Source;
use crate::start::{OtherMachine, Started};
use crate::stops::{Breakpoints, StepOver};

/// Polls between two looks at the clock: together they take well under a millisecond.
const POLLS_PER_LOOK: u32 = 32;
/// Microseconds between two messages about a run that goes on: a frame of the screen.
const BATCH_US: u64 = 16_000;
/// Most rows of one message, so that the page can take it in within a frame.
const BATCH_ROWS: usize = 2000;
/// Events that a run may be ahead of what the page was told.
const MOST_AHEAD: usize = 2 * BATCH_ROWS;
/// Most console lines that one run keeps.
const CONSOLE_LINES: usize = 5000;

/// A run.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and all combinations occur"
)]
pub(crate) struct Run {
    pub(crate) number: u32,
    /// The page's revision of the definition.
    pub(crate) revision: u32,
    pub(crate) name: String,
    pub(crate) origin: RecordingOrigin,
    pub(crate) definition: Definition,
    /// The text of the definition.
    pub(crate) text: Arc<str>,
    /// Other state machines that its tasks may start.
    machines: Vec<OtherMachine>,
    /// States of the history that the definition does not have.
    pub(crate) unknown_states: Vec<String>,
    source: Source,
    seed: u64,
    pub(crate) execution_type: page::ExecutionType,
    pacing: Pacing,
    mode: Mode,
    breakpoints: Breakpoints,
    stop_due: bool,
    phase: RunPhase,
    /// Wall time at which the run goes on by itself.
    wake_us: Option<u64>,
    callbacks: Callbacks,
    /// Whether time may pass once, though somebody could still call back.
    may_pass: bool,
    /// Events that have been counted in the coverage, and how often each of its items was taken in them.
    covered: (usize, Vec<u32>),
    pub(crate) uses: MockUses,
    /// Mocks that have been asked, by question: the state, and the event that its lines belong to.
    asked: BTreeMap<QuestionId, (Arc<str>, u32)>,
    /// The newest event that scheduled a task.
    scheduled: u32,
    console: Vec<ConsoleLine>,
    console_sent: usize,
    rows_sent: usize,
    timeline: Timeline,
    phase_sent: Option<RunPhase>,
    started_us: u64,
    ended_us: Option<u64>,
    sent_us: Option<u64>,
    /// Whether the page has not taken in the newest message yet.
    is_untaken: bool,
    /// Whether the run waits until the page knows more.
    is_held: bool,
    /// Length of the history at which the run pauses by itself.
    pause_at: usize,
}

/// What a recording is made of that the engine did not make itself.
pub(crate) struct Recorded {
    pub(crate) number: u32,
    pub(crate) revision: u32,
    pub(crate) name: String,
    pub(crate) origin: RecordingOrigin,
    pub(crate) definition: Definition,
    pub(crate) text: Arc<str>,
    pub(crate) record: ExecutionRecord,
    pub(crate) unknown_states: Vec<String>,
}

/// Whether the run goes on by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Going,
    Paused,
    /// Until the next event.
    Stepping,
    /// Until the state at hand has ended.
    SteppingOver(StepOver),
}

impl Run {
    pub(crate) fn new(request: &page::RunRequest, started: Started, now_us: u64) -> Run {
        let source = Source::Session(Box::new(started.session));
        let mut run = Run::of(
            request.run,
            source,
            started.definition,
            request.text.as_str().into(),
            now_us,
        );
        run.revision = request.revision;
        run.name = started.name;
        run.seed = request.options.seed;
        run.execution_type = request.options.execution_type;
        run.pacing = Pacing::new(request.options.pace);
        run.machines = started.machines;
        run.uses = started.uses;
        run.callbacks = started.callbacks;
        if request.options.paused {
            run.mode = Mode::Paused;
        }
        run
    }

    /// Returns a recording that is over.
    pub(crate) fn recorded(recorded: Recorded) -> Run {
        let source = Source::Record(Box::new(recorded.record));
        let mut run = Run::of(recorded.number, source, recorded.definition, recorded.text, 0);
        run.revision = recorded.revision;
        run.name = recorded.name;
        run.origin = recorded.origin;
        run.unknown_states = recorded.unknown_states;
        run.phase = RunPhase::Ended;
        run.wake_us = None;
        run.ended_us = Some(0);
        run
    }

    fn of(number: u32, source: Source, definition: Definition, text: Arc<str>, now_us: u64) -> Run {
        Run {
            number,
            revision: 0,
            name: String::new(),
            origin: RecordingOrigin::Run,
            timeline: Timeline::new(Arc::new(Topology::new(&definition))),
            definition,
            text,
            machines: Vec::new(),
            unknown_states: Vec::new(),
            source,
            seed: 0,
            execution_type: page::ExecutionType::Standard,
            pacing: Pacing::new(page::Pace::Virtual),
            mode: Mode::Going,
            breakpoints: Breakpoints::default(),
            stop_due: false,
            phase: RunPhase::Recording,
            wake_us: Some(now_us),
            uses: MockUses::default(),
            callbacks: Callbacks::default(),
            may_pass: false,
            covered: (0, Vec::new()),
            asked: BTreeMap::new(),
            scheduled: 0,
            console: Vec::new(),
            console_sent: 0,
            rows_sent: 0,
            phase_sent: None,
            started_us: now_us,
            ended_us: None,
            sent_us: None,
            is_untaken: false,
            is_held: false,
            pause_at: LONGEST_STRETCH,
        }
    }

    /// Returns the executions, where they can go on.
    pub(crate) fn session(&self) -> Option<&Session> {
        self.source.session()
    }

    /// Returns the execution, where it can go on.
    pub(crate) fn execution(&self) -> Option<&Execution> {
        self.source.execution()
    }

    pub(crate) fn record(&self) -> &ExecutionRecord {
        self.source.record()
    }

    pub(crate) fn status(&self) -> ExecutionStatus {
        self.source.status()
    }

    pub(crate) fn history(&self) -> &[HistoryEvent] {
        self.source.history()
    }

    /// Returns the data-flow stages of the visit that began with that event.
    pub(crate) fn trace(&self, entered: EventId) -> Option<&StateTrace> {
        self.source.trace(entered)
    }

    /// Returns the definition that an execution ran which this one started, with its text.
    pub(crate) fn definition_of(&self, record: &ExecutionRecord) -> (&Definition, &Arc<str>) {
        // A child of a Map Run has the label of its Map state behind the ARN.
        let is_of = |arn: &str| {
            let rest = record.state_machine_arn.strip_prefix(arn);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let machine = self.machines.iter().find(|machine| is_of(&machine.arn));
        machine.map_or((&self.definition, &self.text), |machine| {
            (&machine.definition, &machine.text)
        })
    }

    pub(crate) fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    pub(crate) fn console(&self) -> &[ConsoleLine] {
        &self.console
    }

    /// Returns a timeline that has read all events.
    pub(crate) fn timeline_to_end(&self) -> Timeline {
        let mut timeline = self.timeline.clone();
        timeline.advance(&self.history()[timeline.view().event.0 as usize..]);
        timeline
    }

    pub(crate) fn step(&mut self, now_us: u64) {
        self.set_mode(Mode::Stepping, now_us);
    }

    pub(crate) fn step_over(&mut self, now_us: u64) {
        self.read_on();
        let newest = self.history().last().map_or(EventId(0), |event| event.id);
        self.set_mode(Mode::SteppingOver(StepOver::from(&self.timeline, newest)), now_us);
    }

    pub(crate) fn set_breakpoints(&mut self, breakpoints: Breakpoints) {
        self.breakpoints = breakpoints;
    }

    /// Goes on with an execution that ended badly; one that cannot be redriven stays as it is.
    pub(crate) fn redrive(&mut self, mocks: &[page::Mock], now_us: u64) {
        let mocks = match CountedMocks::new(mocks, self.uses.clone(), self.callbacks.clone()) {
            Ok(mocks) => mocks,
            Err(UnreadableMock(why)) => return self.write_line(&"".into(), self.newest_event(), "mock", why),
        };
        let Source::Session(session) = &mut self.source else {
            return;
        };
        if self.phase == RunPhase::Ended && session.redrive(Box::new(mocks)).is_ok() {
            self.stop_due = false;
            self.phase = RunPhase::Recording;
            self.ended_us = None;
            self.set_mode(Mode::Going, now_us);
        }
    }

    pub(crate) fn pause(&mut self, now_us: u64) {
        self.set_mode(Mode::Paused, now_us);
    }

    pub(crate) fn resume(&mut self, now_us: u64) {
        self.set_mode(Mode::Going, now_us);
    }

    pub(crate) fn stop(&mut self, now_us: u64) {
        self.stop_due = true;
        self.wake_us = Some(now_us);
    }

    /// Takes note that the page is ready for the next message.
    pub(crate) fn taken_in(&mut self, now_us: u64) {
        self.is_untaken = false;
        if std::mem::take(&mut self.is_held) {
            self.wake_us = Some(now_us);
        }
    }

    fn set_mode(&mut self, mode: Mode, now_us: u64) {
        self.mode = mode;
        self.pacing.rest();
        self.wake_us = Some(now_us);
    }

    /// Tells everything again from the first event.
    pub(crate) fn tell_again(&mut self) {
        self.rows_sent = 0;
        self.console_sent = 0;
        self.phase_sent = None;
        self.sent_us = None;
        // What a page says about a recording that it has put away is not heard.
        self.is_untaken = false;
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.phase == RunPhase::Ended
    }

    /// Returns the wall time at which [`Run::work`] is due.
    pub(crate) fn due_us(&self) -> Option<u64> {
        self.wake_us
    }

    /// Records until there is nothing to do right now, or until `end_us`.
    pub(crate) fn work(&mut self, sandbox: &mut Sandbox<Caller>, clock: Clock<'_>, end_us: u64) {
        self.wake_us = None;
        self.stop_if_asked();
        let mut polls = 0;
        while self.wake_us.is_none() && !self.has_ended() && !self.rests() {
            polls += 1;
            if polls % POLLS_PER_LOOK == 0 && clock() >= end_us {
                self.phase = RunPhase::Recording;
                self.wake_us = Some(end_us);
            } else if self.is_ahead() {
                self.phase = RunPhase::Recording;
                self.is_held = true;
                break;
            } else if !self.poll(sandbox, clock) {
                break;
            }
            self.pause_after_stretch();
        }
        if self.mode == Mode::Paused && !self.has_ended() {
            self.phase = RunPhase::Paused;
        }
        if self.has_ended() && self.ended_us.is_none() {
            self.ended_us = Some(clock());
        }
    }

    /// A paused run rests, but for what follows a request to stop.
    fn rests(&self) -> bool {
        self.mode == Mode::Paused && self.status() == ExecutionStatus::Running && !self.stop_due
    }

    /// A run that the page cannot follow waits, but for what follows a request to stop.
    fn is_ahead(&self) -> bool {
        self.history().len() >= self.rows_sent + MOST_AHEAD && self.status() == ExecutionStatus::Running
    }

    fn pause_after_stretch(&mut self) {
        let events = self.history().len();
        if events >= self.pause_at && self.status() == ExecutionStatus::Running {
            self.pause_at = events + LONGEST_STRETCH;
            self.mode = Mode::Paused;
        }
    }

    fn stop_if_asked(&mut self) {
        if self.stop_due && self.status() == ExecutionStatus::Running {
            // Only an execution that has just ended by itself refuses, and that is as good.
            let stop = Input::StopExecution {
                error: None,
                cause: None,
            };
            self.hand_in(SessionInput::ToRun(RunId::ROOT, stop));
        }
    }

    /// Hands an input to the executions; returns whether they took it.
    fn hand_in(&mut self, input: SessionInput) -> bool {
        match &mut self.source {
            Source::Session(session) => session.handle(input).is_ok(),
            Source::Record(_) => false,
        }
    }

    /// Takes one output; returns false where there is nothing to do before something arrives.
    fn poll(&mut self, sandbox: &mut Sandbox<Caller>, clock: Clock<'_>) -> bool {
        let Source::Session(session) = &mut self.source else {
            return false;
        };
        match session.poll() {
            SessionOutput::Event { run, event } => {
                if run == RunId::ROOT {
                    self.recorded_event(event);
                }
                return true;
            }
            SessionOutput::ExecutionStarted(_) => return true,
            SessionOutput::Assumed { task, .. } => {
                let text = format!("No mock answers \"{}\": the task returns its own input.", task.state);
                self.write_line(&task.state, self.event_of(&task), "mock", text);
                return true;
            }
            SessionOutput::Ask(question) => {
                self.ask(sandbox, question, clock());
                return true;
            }
            SessionOutput::Asking => {
                let first = self.asked.values().next();
                let state = first.map(|(state, _)| state.to_string()).unwrap_or_default();
                self.phase = RunPhase::AwaitingMock { state };
            }
            SessionOutput::Waiting { until: Some(until) } => return self.let_time_pass(until, clock()),
            SessionOutput::Waiting { until: None } if self.awaits_callback() => {
                self.phase = RunPhase::AwaitingCallback { until_ms: None };
            }
            SessionOutput::Waiting { until: None } => self.phase = RunPhase::Stuck,
            SessionOutput::Finished(_) => {
                self.phase = RunPhase::Ended;
                sandbox.reset();
            }
        }
        false
    }

    /// Returns whether the run pauses after an event of its own.
    fn ends_at(&mut self, event: EventId) -> bool {
        let is_step = match self.mode {
            Mode::Paused => return false,
            Mode::Going => false,
            Mode::Stepping => true,
            Mode::SteppingOver(step) => {
                self.read_on();
                step.ends_at(&self.timeline, self.history(), event)
            }
        };
        is_step || self.breakpoints.stop_at(self.history(), event)
    }

    /// Returns whether time stands still until somebody calls back.
    fn awaits_callback(&self) -> bool {
        self.source
            .session()
            .is_some_and(|session| self.callbacks.hold(session))
    }

    /// Goes on to the next deadline, or says when to come back. A step never waits.
    fn let_time_pass(&mut self, until: asl_core::Timestamp, now_us: u64) -> bool {
        let may_pass = std::mem::take(&mut self.may_pass);
        if self.pacing.is_virtual() && !may_pass && self.awaits_callback() {
            self.phase = RunPhase::AwaitingCallback {
                until_ms: Some(until.0),
            };
            return false;
        }
        let due_us = self.pacing.due_us(until, self.source.now(), now_us);
        if due_us > now_us && matches!(self.mode, Mode::Going | Mode::SteppingOver(_)) {
            self.phase = RunPhase::Sleeping { until_ms: until.0 };
            self.wake_us = Some(due_us);
            return false;
        }
        self.phase = RunPhase::Recording;
        self.hand_in(SessionInput::AdvanceTo(until))
    }

    fn ask(&mut self, sandbox: &mut Sandbox<Caller>, question: Question, now_us: u64) {
        self.pacing.rest();
        let event = self.event_of(&question.task);
        self.asked.insert(question.id, (question.task.state.clone(), event));
        let call = call_of(Caller::Run(question.id), question, self.source.now().0, self.seed);
        sandbox.call(call, now_us);
    }

    /// Takes in how a call of a mock ended.
    pub(crate) fn answer(&mut self, mut ended: Ended<QuestionId>, now_us: u64) {
        let event = self.asked.remove(&ended.id).map_or(0, |(_, event)| event);
        for (level, text) in std::mem::take(&mut ended.console) {
            self.write_line(&ended.state, event, &level, text);
        }
        if ended.outcome == Outcome::OutOfTime {
            let text = format!(
                "The mock for \"{}\", or one that ran before it, used more than 1 s.",
                ended.state
            );
            self.write_line(&ended.state, event, "mock", text);
        }
        // A question that was withdrawn with its task has nobody to answer to.
        self.hand_in(outcome_input(ended));
        self.phase = RunPhase::Recording;
        self.wake_us = Some(now_us);
    }

    /// Does what the reader wants about tasks that wait; returns why it cannot be done.
    pub(crate) fn call_back(&mut self, request: &page::CallbackRequest, now_us: u64) -> Option<String> {
        let done = match request {
            page::CallbackRequest::Answer { token, answer } => match &mut self.source {
                Source::Session(session) => callbacks::answer(session, token, answer),
                Source::Record(_) => Err("This execution is a recording: nothing of it waits.".into()),
            },
            page::CallbackRequest::LetTimePass => {
                self.may_pass = true;
                Ok(())
            }
        };
        self.pacing.rest();
        if self.mode != Mode::Paused {
            self.phase = RunPhase::Recording;
        }
        self.wake_us = Some(now_us);
        done.err()
    }

    /// Adds what the run has taken to what earlier ones have, once; what a redriven one takes comes on top of it. The
    /// children of a run are counted with it.
    pub(crate) fn cover(&mut self, coverage: &mut Coverage) -> bool {
        self.read_on();
        let (counted, ref before) = self.covered;
        let count = self.history().len();
        if counted == count || matches!(self.origin, RecordingOrigin::Child { .. }) {
            return false;
        }
        coverage.runs += u32::from(counted == 0);
        let mut own = Coverage::new(&self.definition);
        let rule_of = |record: &ExecutionRecord, entered| {
            let rule = record.trace(entered).map(|trace| trace.rule);
            rule.map_or(RuleTaken::Unknown, |rule| {
                rule.map_or(RuleTaken::Default, RuleTaken::Rule)
            })
        };
        let root = self.record();
        own.add(&self.timeline, self.history(), |entered| rule_of(root, entered));
        let child_of = |number| self.execution()?.child(asl_core::RunId(number));
        for child in (1..).map_while(child_of) {
            let mut timeline = Timeline::new(Arc::new(Topology::new(&self.definition)));
            timeline.advance(child.history());
            own.add(&timeline, child.history(), |entered| rule_of(child, entered));
        }
        coverage.add_growth(&own, before);
        self.covered = (count, own.times());
        true
    }

    /// Takes note of an event of the execution itself.
    fn recorded_event(&mut self, event: EventId) {
        let details = (event.0 as usize).checked_sub(1).and_then(|at| self.history().get(at));
        let details = details.map(|event| &event.details);
        if let Some(
            Details::TaskScheduled { .. } | Details::LambdaFunctionScheduled { .. } | Details::ActivityScheduled { .. },
        ) = details
        {
            self.scheduled = event.0;
        }
        if self.ends_at(event) {
            self.mode = Mode::Paused;
        }
    }

    fn newest_event(&self) -> u32 {
        self.history().last().map_or(0, |event| event.id.0)
    }

    /// Returns the event that a task is known by, right after it was scheduled.
    fn event_of(&self, task: &TaskRequest) -> u32 {
        if task.execution_arn == self.record().arn {
            self.scheduled
        } else {
            self.newest_event()
        }
    }

    fn write_line(&mut self, state: &Arc<str>, event: u32, level: &str, text: String) {
        if self.console.len() < CONSOLE_LINES {
            let (state, level) = (state.to_string(), level.to_owned());
            self.console.push(ConsoleLine {
                event,
                state,
                level,
                text,
            });
        }
    }

    /// Returns the wall time at which a message is due; none where the page knows everything.
    pub(crate) fn message_due_us(&self) -> Option<u64> {
        let is_news = self.rows_sent < self.rows_to_send()
            || self.console_sent < self.console.len()
            || self.phase_sent.as_ref() != Some(&self.phase);
        let is_last = self.history().len() <= self.rows_sent + BATCH_ROWS;
        let may_wait = !is_last || !matches!(self.phase, RunPhase::Ended | RunPhase::Paused);
        (is_news && !self.is_untaken).then(|| self.sent_us.filter(|_| may_wait).map_or(0, |sent| sent + BATCH_US))
    }

    /// Returns what the page has not heard yet, if it is time to tell.
    pub(crate) fn take_message(&mut self, now_us: u64) -> Option<RunProgress> {
        if self.message_due_us()? > now_us {
            return None;
        }
        self.read_on();
        let (first, last) = (self.rows_sent, self.rows_to_send());
        let history = self.history();
        let is_all = last == history.len();
        let phase = if is_all {
            self.phase.clone()
        } else {
            RunPhase::Recording
        };
        let event = history[..last].last().map_or(EventId(0), |event| event.id);
        let message = RunProgress {
            run: self.number,
            rows: history[first..last].iter().map(|event| self.row(event)).collect(),
            console: self.console[self.console_sent..].to_vec(),
            now_ms: self.source.now().0,
            took_us: self.ended_us.unwrap_or(now_us).saturating_sub(self.started_us),
            view: diagram::run_view(&self.timeline.at(history, event)),
            waiting: self
                .source
                .session()
                .map_or_else(Vec::new, |session| self.callbacks.waiting(session)),
            end: (is_all && self.has_ended()).then(|| crate::report::end(self)),
            phase: phase.clone(),
        };
        self.rows_sent = last;
        self.console_sent = self.console.len();
        self.phase_sent = Some(phase);
        self.sent_us = Some(now_us);
        self.is_untaken = true;
        Some(message)
    }

    /// Returns how many rows the page will have. While more are coming the last one is held back: some rows say more once
    /// the event after theirs is known.
    fn rows_to_send(&self) -> usize {
        let known = self.history().len();
        let complete = if self.phase == RunPhase::Recording {
            known.saturating_sub(1)
        } else {
            known
        };
        complete.clamp(self.rows_sent, self.rows_sent + BATCH_ROWS)
    }

    /// Returns how the run stood right after an event, or after the newest where there is no such event.
    pub(crate) fn view_at(&mut self, event: u32, iteration: Option<&page::IterationChoice>) -> page::RunView {
        diagram::run_view(&self.folded_to(event, iteration))
    }

    /// Returns the same as a view that can be drawn.
    pub(crate) fn folded_to(&mut self, event: u32, iteration: Option<&page::IterationChoice>) -> RunView {
        self.read_on();
        let history = self.source.history();
        let newest = crate::text::saturate(history.len());
        let event = EventId(event.min(newest));
        match iteration {
            Some(choice) => self
                .timeline
                .at_iteration(history, event, &choice.map, choice.iteration),
            None => self.timeline.at(history, event),
        }
    }

    /// Reads the events that were recorded since the last time.
    pub(crate) fn read_on(&mut self) {
        let read = self.timeline.view().event.0 as usize;
        self.timeline.advance(&self.source.history()[read..]);
    }

    fn row(&self, event: &HistoryEvent) -> page::LogRow {
        self.row_of(&self.timeline, event)
    }

    /// Returns the row of an event that this timeline of the run has read.
    pub(crate) fn row_of(&self, timeline: &Timeline, event: &HistoryEvent) -> page::LogRow {
        let row = log_row(timeline, self.history(), event);
        page::LogRow {
            id: row.id.0,
            previous_id: row.previous_id.0,
            timestamp_ms: row.timestamp.0,
            elapsed_ms: row.elapsed_ms,
            event_type: row.event_type.as_str().to_owned(),
            label: row.label,
            status: diagram::status(row.status),
            state: row.state.as_deref().unwrap_or_default().to_owned(),
            depth: row.depth,
            iteration: row.iteration,
            branch: row.branch,
            what: row.what,
        }
    }
}

/// Returns the call of a mock that answers a question.
pub(crate) fn call_of(id: Caller, question: Question, now_ms: i64, seed: u64) -> Call<Caller> {
    Call {
        id,
        state: question.task.state,
        source: question.call.source,
        arguments: CallArguments {
            event: question.call.event,
            context: question.call.context,
            now_ms,
            seed: dice(seed, question.id),
        },
    }
}

/// Returns what the end of a mock's call means for the session that asked.
pub(crate) fn outcome_input(ended: Ended<QuestionId>) -> SessionInput {
    let outcome = match ended.outcome {
        Outcome::Returned(value) => Ok(value),
        Outcome::Threw(error) => Err(function_error(error)),
        Outcome::OutOfTime => return SessionInput::OutOfTime(ended.id),
    };
    SessionInput::Answer {
        question: ended.id,
        outcome,
        after_ms: ended.elapsed_ms,
    }
}

/// Returns the error as Lambda's Node.js runtime reports it: the trace begins with the error itself.
pub(crate) fn function_error(Thrown { name, message, places }: Thrown) -> FunctionError {
    let first = format!("{name}: {message}");
    let trace = std::iter::once(first)
        .chain(places.iter().map(|place| format!("    at {place}")))
        .collect();
    FunctionError { name, message, trace }
}

/// Returns a seed of its own for each call, the same in every run with the same seed.
fn dice(seed: u64, question: QuestionId) -> u32 {
    let mixed = (seed ^ question.0.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    u32::try_from(mixed >> 32).unwrap_or_default()
}
