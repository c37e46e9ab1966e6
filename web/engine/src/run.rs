//! One run: a session that is recorded in slices, and what of it the page has not heard yet.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use asl_core::{EventId, Execution, ExecutionStatus, HistoryEvent, Input};
use asl_host::{
    FunctionError, Question, QuestionId, RunId, Session, SessionInput, SessionOutput, describe_execution,
    start_sync_execution,
};
use asl_json::Value;
use asl_model::Definition;
use asl_protocol as page;
use asl_protocol::{ConsoleLine, LONGEST_STRETCH, MockUse, RunEnd, RunPhase, RunProgress};
use asl_view::{RunView, Timeline, Topology, log_row};

use crate::diagram;
use crate::engine::Clock;
use crate::mocks::MockUses;
use crate::pacing::Pacing;
use crate::sandbox::{Call, CallArguments, Ended, Outcome, Sandbox, Thrown};
use crate::start::Started;

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
pub(crate) struct Run {
    pub(crate) number: u32,
    pub(crate) definition: Definition,
    session: Session,
    seed: u64,
    execution_type: page::ExecutionType,
    pacing: Pacing,
    mode: Mode,
    stop_due: bool,
    phase: RunPhase,
    /// Wall time at which the run goes on by itself.
    wake_us: Option<u64>,
    uses: MockUses,
    /// States whose mocks have been asked, by question.
    asked: BTreeMap<QuestionId, Arc<str>>,
    console: Vec<ConsoleLine>,
    console_sent: usize,
    rows_sent: usize,
    timeline: Timeline,
    phase_sent: Option<RunPhase>,
    started_us: u64,
    sent_us: Option<u64>,
    /// Whether the page has not taken in the newest message yet.
    is_untaken: bool,
    /// Whether the run waits until the page knows more.
    is_held: bool,
    /// Length of the history at which the run pauses by itself.
    pause_at: usize,
}

/// Whether the run goes on by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Going,
    Paused,
    /// Until the next event.
    Stepping,
}

impl Run {
    pub(crate) fn new(request: &page::RunRequest, started: Started, now_us: u64) -> Run {
        let timeline = Timeline::new(Arc::new(Topology::new(&started.definition)));
        Run {
            number: request.run,
            definition: started.definition,
            session: started.session,
            seed: request.options.seed,
            execution_type: request.options.execution_type,
            pacing: Pacing::new(request.options.pace),
            mode: if request.options.paused {
                Mode::Paused
            } else {
                Mode::Going
            },
            stop_due: false,
            phase: RunPhase::Recording,
            wake_us: Some(now_us),
            uses: started.uses,
            asked: BTreeMap::new(),
            console: Vec::new(),
            console_sent: 0,
            rows_sent: 0,
            timeline,
            phase_sent: None,
            started_us: now_us,
            sent_us: None,
            is_untaken: false,
            is_held: false,
            pause_at: LONGEST_STRETCH,
        }
    }

    pub(crate) fn execution(&self) -> &Execution {
        &self.session.root().execution
    }

    pub(crate) fn history(&self) -> &[HistoryEvent] {
        self.execution().history()
    }

    pub(crate) fn step(&mut self, now_us: u64) {
        self.set_mode(Mode::Stepping, now_us);
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

    fn has_ended(&self) -> bool {
        self.phase == RunPhase::Ended
    }

    /// Returns the wall time at which [`Run::work`] is due.
    pub(crate) fn due_us(&self) -> Option<u64> {
        self.wake_us
    }

    /// Records until there is nothing to do right now, or until `end_us`.
    pub(crate) fn work(&mut self, sandbox: &mut Sandbox<QuestionId>, clock: Clock<'_>, end_us: u64) {
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
    }

    /// A paused run rests, but for what follows a request to stop.
    fn rests(&self) -> bool {
        self.mode == Mode::Paused && self.execution().status() == ExecutionStatus::Running && !self.stop_due
    }

    /// A run that the page cannot follow waits, but for what follows a request to stop.
    fn is_ahead(&self) -> bool {
        self.history().len() >= self.rows_sent + MOST_AHEAD && self.execution().status() == ExecutionStatus::Running
    }

    fn pause_after_stretch(&mut self) {
        let events = self.history().len();
        if events >= self.pause_at && self.execution().status() == ExecutionStatus::Running {
            self.pause_at = events + LONGEST_STRETCH;
            self.mode = Mode::Paused;
        }
    }

    fn stop_if_asked(&mut self) {
        if self.stop_due && self.execution().status() == ExecutionStatus::Running {
            // Only an execution that has just ended by itself refuses, and that is as good.
            let stop = Input::StopExecution {
                error: None,
                cause: None,
            };
            let _ = self.session.handle(SessionInput::ToRun(RunId::ROOT, stop));
        }
    }

    /// Takes one output; returns false where there is nothing to do before something arrives.
    fn poll(&mut self, sandbox: &mut Sandbox<QuestionId>, clock: Clock<'_>) -> bool {
        match self.session.poll() {
            SessionOutput::Event { run, .. } => {
                if run == RunId::ROOT && self.mode == Mode::Stepping {
                    self.mode = Mode::Paused;
                }
                return true;
            }
            SessionOutput::ExecutionStarted(_) => return true,
            SessionOutput::Assumed { task, .. } => {
                let text = format!("No mock answers \"{}\": the task returns its own input.", task.state);
                self.write_line(&task.state, "mock", text);
                return true;
            }
            SessionOutput::Ask(question) => {
                self.ask(sandbox, question, clock());
                return true;
            }
            SessionOutput::Asking => {
                let state = self.asked.values().next().map(ToString::to_string).unwrap_or_default();
                self.phase = RunPhase::AwaitingMock { state };
            }
            SessionOutput::Waiting { until: Some(until) } => return self.let_time_pass(until, clock()),
            SessionOutput::Waiting { until: None } => self.phase = RunPhase::Stuck,
            SessionOutput::Finished(_) => {
                self.phase = RunPhase::Ended;
                sandbox.reset();
            }
        }
        false
    }

    /// Goes on to the next deadline, or says when to come back. A step never waits.
    fn let_time_pass(&mut self, until: asl_core::Timestamp, now_us: u64) -> bool {
        let due_us = self.pacing.due_us(until, self.session.now(), now_us);
        if due_us > now_us && self.mode == Mode::Going {
            self.phase = RunPhase::Sleeping { until_ms: until.0 };
            self.wake_us = Some(due_us);
            return false;
        }
        self.phase = RunPhase::Recording;
        self.session.handle(SessionInput::AdvanceTo(until)).is_ok()
    }

    fn ask(&mut self, sandbox: &mut Sandbox<QuestionId>, question: Question, now_us: u64) {
        self.pacing.rest();
        self.asked.insert(question.id, question.task.state.clone());
        let arguments = CallArguments {
            event: question.call.event,
            context: question.call.context,
            now_ms: self.session.now().0,
            seed: dice(self.seed, question.id),
        };
        let call = Call {
            id: question.id,
            state: question.task.state,
            source: question.call.source,
            arguments,
        };
        sandbox.call(call, now_us);
    }

    /// Takes in how a call of a mock ended.
    pub(crate) fn answer(&mut self, ended: Ended<QuestionId>, now_us: u64) {
        self.asked.remove(&ended.id);
        for (level, text) in ended.console {
            self.write_line(&ended.state, &level, text);
        }
        let answer = |outcome| SessionInput::Answer {
            question: ended.id,
            outcome,
            after_ms: ended.elapsed_ms,
        };
        let input = match ended.outcome {
            Outcome::Returned(value) => answer(Ok(value)),
            Outcome::Threw(error) => answer(Err(function_error(error))),
            Outcome::OutOfTime => {
                let text = format!(
                    "The mock for \"{}\", or one that ran before it, used more than 1 s.",
                    ended.state
                );
                self.write_line(&ended.state, "mock", text);
                SessionInput::OutOfTime(ended.id)
            }
        };
        // A question that was withdrawn with its task has nobody to answer to.
        let _ = self.session.handle(input);
        self.phase = RunPhase::Recording;
        self.wake_us = Some(now_us);
    }

    fn write_line(&mut self, state: &Arc<str>, level: &str, text: String) {
        if self.console.len() < CONSOLE_LINES {
            let after_event = self.history().last().map_or(0, |event| event.id.0);
            let (state, level) = (state.to_string(), level.to_owned());
            self.console.push(ConsoleLine {
                after_event,
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
            now_ms: self.session.now().0,
            took_us: now_us.saturating_sub(self.started_us),
            view: diagram::run_view(&self.timeline.at(history, event)),
            end: (is_all && self.has_ended()).then(|| self.end()),
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
        let history = self.execution().history();
        let newest = crate::text::saturate(history.len());
        let event = EventId(event.min(newest));
        match iteration {
            Some(choice) => self
                .timeline
                .at_iteration(history, event, &choice.map, choice.iteration),
            None => self.timeline.at(history, event),
        }
    }

    fn read_on(&mut self) {
        let read = self.timeline.view().event.0 as usize;
        self.timeline.advance(&self.session.root().execution.history()[read..]);
    }

    fn row(&self, event: &HistoryEvent) -> page::LogRow {
        let row = log_row(&self.timeline, self.history(), event);
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

    fn end(&self) -> RunEnd {
        let root = self.session.root();
        let describe = match self.execution_type {
            page::ExecutionType::Standard => describe_execution(root),
            page::ExecutionType::Express => start_sync_execution(root),
        };
        let text = |name: &str| describe.get(name).and_then(Value::as_str).map(str::to_owned);
        let uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        let mock_use = |((state, mock), times): (&(Arc<str>, Option<u32>), &u32)| MockUse {
            state: state.to_string(),
            mock: *mock,
            times: *times,
        };
        RunEnd {
            status: root.execution.status().as_str().to_owned(),
            output: text("output").map(|output| with_line_breaks(&output)),
            error: text("error"),
            cause: text("cause"),
            describe_execution: describe.to_pretty_string("  "),
            mock_uses: uses.iter().map(mock_use).collect(),
        }
    }
}

/// Returns JSON text for people to read.
fn with_line_breaks(text: &str) -> String {
    asl_json::parse_value(text).map_or_else(|_| text.to_owned(), |value| value.to_pretty_string("  "))
}

/// Returns the error as Lambda's Node.js runtime reports it: the trace begins with the error itself.
fn function_error(Thrown { name, message, places }: Thrown) -> FunctionError {
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
