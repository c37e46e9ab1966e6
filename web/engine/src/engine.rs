//! The engine as a whole: requests in, slices of work, replies out. It reads no clock; every call says what time it is.

use std::collections::VecDeque;

use asl_protocol::{
    Analysis, EngineReply, EngineRequest, IterationChoice, LayoutOptions, RecordingOpened, RecordingOrigin, RunRequest,
};

use crate::analysis::{AnalyzeRequest, AnalyzedText, analyze};
use crate::assist::EditedText;
use crate::bench::{Bench, Caller};
use crate::inspect;
use crate::kept::KeptRuns;
use crate::report;
use crate::run::Run;
use crate::sandbox::{Errand, Sandbox};
use crate::start::start;
use crate::stops::Breakpoints;
use crate::tools::{Serve, is_for_tools};

/// A clock: microseconds since some instant that never changes.
pub type Clock<'a> = &'a dyn Fn() -> u64;

/// Microseconds of work after which messages are looked at.
const SLICE_US: u64 = 8000;

/// What the page talks to.
#[derive(Default)]
pub struct Engine {
    /// The newest text that nobody analyzed yet.
    pub(crate) unread: Option<AnalyzeRequest>,
    pub(crate) text: Option<AnalyzedText>,
    /// The text that the editor asked about last.
    pub(crate) edited: Option<EditedText>,
    pub(crate) run: Option<Run>,
    kept: KeptRuns,
    /// The newest look at the run that was not answered yet.
    look: Option<(u32, Option<IterationChoice>)>,
    pub(crate) sandbox: Sandbox<Caller>,
    pub(crate) bench: Bench,
    /// What every run pauses at.
    breakpoints: Breakpoints,
    pub(crate) replies: VecDeque<EngineReply>,
    sandbox_messages: VecDeque<String>,
    tools: Option<Serve>,
    /// Requests for tools that have not arrived yet.
    waiting: Vec<EngineRequest>,
}

impl Engine {
    /// Returns an engine that says it is ready.
    pub fn new() -> Engine {
        Engine {
            replies: VecDeque::from([EngineReply::Ready]),
            ..Engine::default()
        }
    }

    /// Takes in a request. What takes long is left to [`Engine::work`].
    pub fn receive(&mut self, request: EngineRequest, clock: Clock<'_>) {
        match request {
            EngineRequest::Analyze {
                revision,
                text,
                execution_type,
                layout,
                machines,
            } => {
                self.unread = Some(AnalyzeRequest {
                    revision,
                    text,
                    execution_type,
                    layout,
                    machines,
                });
            }
            request if is_for_tools(&request) => match self.tools {
                Some(serve) => serve(self, request, clock),
                None => self.waiting.push(request),
            },
            EngineRequest::StartRun(request) => self.start_run(&request, clock()),
            EngineRequest::SetBreakpoints { states } => {
                self.breakpoints = Breakpoints::new(states);
                if let Some(run) = &mut self.run {
                    run.set_breakpoints(self.breakpoints.clone());
                }
            }
            EngineRequest::Reset => {
                self.keep_run();
                self.list();
            }
            EngineRequest::OpenRecording { run, layout } => self.open_kept(run, &layout),
            EngineRequest::ForgetRecording { run } => {
                self.kept.take(run);
                self.list();
            }
            EngineRequest::SandboxUnavailable { sandbox, reason } => {
                self.sandbox.fail(sandbox, reason, clock());
                self.settle(clock());
            }
            request => self.control_run(&request, clock()),
        }
    }

    /// Returns whether requests wait for the tools.
    pub fn lacks_tools(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Takes in the tools, and answers the requests that waited for them.
    pub fn tools_arrived(&mut self, serve: Serve, clock: Clock<'_>) {
        self.tools = Some(serve);
        for request in std::mem::take(&mut self.waiting) {
            serve(self, request, clock);
        }
    }

    /// Gives up the requests that wait for the tools, because these cannot be fetched now.
    pub fn tools_failed(&mut self) {
        self.waiting.clear();
        self.replies.push_back(EngineReply::ToolsFailed);
    }

    /// Takes in a message of the mock sandbox with that number.
    pub fn receive_from_sandbox(&mut self, sandbox: u32, message: &str, clock: Clock<'_>) {
        self.sandbox.receive(sandbox, message, clock());
        self.settle(clock());
    }

    /// Works for a few milliseconds at most, as far as one evaluation of an expression or one analysis allows.
    pub fn work(&mut self, clock: Clock<'_>) {
        let start = clock();
        self.analyze(clock);
        self.sandbox.watch(start);
        self.settle(start);
        if let Some(run) = &mut self.run {
            if run.due_us().is_some_and(|due| due <= start) {
                run.work(&mut self.sandbox, clock, start + SLICE_US);
            }
            if let Some((event, iteration)) = self.look.take() {
                let view = run.view_at(event, iteration.as_ref());
                self.replies.push_back(EngineReply::Viewed { run: run.number, view });
            }
        }
        self.settle(clock());
        self.tell(clock());
    }

    /// Returns in how many microseconds there is work: 0 for at once, nothing for when something arrives.
    pub fn due_in(&self, clock: Clock<'_>) -> Option<u64> {
        if self.unread.is_some() || self.look.is_some() {
            return Some(0);
        }
        let run = self.run.as_ref();
        let dues = [
            run.and_then(Run::due_us),
            run.and_then(Run::message_due_us),
            self.sandbox.deadline_us(),
        ];
        let now = clock();
        dues.into_iter().flatten().map(|due| due.saturating_sub(now)).min()
    }

    /// Returns the next reply.
    pub fn take_reply(&mut self) -> Option<EngineReply> {
        self.replies.pop_front()
    }

    /// Returns the next message to the mock sandbox.
    pub fn take_sandbox_message(&mut self) -> Option<String> {
        self.sandbox_messages.pop_front()
    }

    /// Reads the newest text, where that was not done yet.
    pub(crate) fn analyze(&mut self, clock: Clock<'_>) {
        let Some(request) = self.unread.take() else { return };
        let start = clock();
        let (mut analysis, analyzed) = analyze(&request);
        analysis.took_us = u32::try_from(clock().saturating_sub(start)).unwrap_or(u32::MAX);
        if let Some(definition) = &analyzed.definition {
            self.bench.definition_changed(definition);
        }
        self.text = Some(analyzed);
        self.replies.push_back(EngineReply::Analyzed(analysis));
    }

    fn start_run(&mut self, request: &RunRequest, now_us: u64) {
        self.keep_run();
        match start(request) {
            Ok(started) => {
                self.replies.push_back(EngineReply::RunStarted {
                    run: request.run,
                    revision: request.revision,
                    name: started.name.clone(),
                });
                self.bench.run_started(&started.definition);
                let mut run = Run::new(request, started, now_us);
                run.set_breakpoints(self.breakpoints.clone());
                self.run = Some(run);
                self.list();
            }
            Err(refusal) => self.replies.push_back(EngineReply::RunRefused {
                run: request.run,
                message: refusal.message,
                diagnostics: refusal.diagnostics,
            }),
        }
    }

    /// Returns the recording of that number.
    pub(crate) fn recording(&self, number: u32) -> Option<&Run> {
        let current = self.run.as_ref().filter(|run| run.number == number);
        current.or_else(|| self.kept.find(number))
    }

    /// Returns the run whose session holds the executions that a recording started: itself, or where it is one of those
    /// that another one started, that one.
    pub(crate) fn family_of<'a>(&'a self, run: &'a Run) -> &'a Run {
        let mut family = run;
        // A child is opened after its parent and has the greater number, so that this ends.
        while let RecordingOrigin::Child { parent, .. } = family.origin
            && let Some(found) = self.recording(parent)
        {
            family = found;
        }
        family
    }

    /// Says which recordings there are.
    fn list(&mut self) {
        let mut list: Vec<_> = self.kept.iter().chain(&self.run).map(report::summary).collect();
        list.sort_by_key(|recording| recording.run);
        self.replies.push_back(EngineReply::RecordingsListed(list));
    }

    /// Brings a recording back that is kept. A run that goes on stays where it is.
    fn open_kept(&mut self, number: u32, layout: &LayoutOptions) {
        if self.run.as_ref().is_some_and(|run| run.number == number) {
            if let Some(run) = self.run.take() {
                self.open(run, Some(layout));
            }
        } else if self.run.as_ref().is_none_or(Run::has_ended)
            && let Some(run) = self.kept.take(number)
        {
            self.open(run, Some(layout));
        }
    }

    /// Puts a recording in the place of the current run, which is kept.
    pub(crate) fn open(&mut self, mut run: Run, layout: Option<&LayoutOptions>) {
        self.keep_run();
        run.tell_again();
        self.replies.push_back(EngineReply::RecordingOpened(RecordingOpened {
            run: run.number,
            name: run.name.clone(),
            origin: run.origin.clone(),
            picture: layout.and_then(|layout| self.picture_of(&run, layout)),
            unknown_states: run.unknown_states.clone(),
        }));
        self.run = Some(run);
        self.list();
    }

    /// Returns the picture of a run's definition, where that is not the newest text.
    fn picture_of(&self, run: &Run, layout: &LayoutOptions) -> Option<Box<Analysis>> {
        let newest = self.text.as_ref().map(|text| text.places.text());
        if newest == Some(&*run.text) {
            return None;
        }
        let request = AnalyzeRequest {
            revision: run.revision,
            text: run.text.to_string(),
            execution_type: run.execution_type,
            layout: layout.clone(),
            machines: Vec::new(),
        };
        Some(Box::new(analyze(&request).0))
    }

    /// Keeps the recording of the current run, if it has ended.
    fn keep_run(&mut self) {
        if let Some(run) = self.run.take_if(|run| run.has_ended()) {
            self.kept.keep(run);
        }
        self.drop_run();
    }

    /// Forgets the run; nothing of it reaches the next one.
    fn drop_run(&mut self) {
        if let Some(run) = &mut self.run {
            self.bench.run_ended(run);
        }
        self.run = None;
        self.look = None;
        self.sandbox.reset();
        self.bench.give_up(&self.sandbox);
        self.run_errands();
    }

    /// Handles requests that concern the current run.
    fn control_run(&mut self, request: &EngineRequest, now_us: u64) {
        if let EngineRequest::DescribeEvent { run, event } = *request {
            let run = self.run.as_ref().filter(|current| current.number == run);
            let described = run.and_then(|run| inspect::event(self.family_of(run), run, event));
            self.replies.extend(described.map(EngineReply::EventDescribed));
            return;
        }
        let Some(run) = self.run.as_mut().filter(|run| Some(run.number) == run_of(request)) else {
            return;
        };
        match *request {
            EngineRequest::Step { .. } => run.step(now_us),
            EngineRequest::StepOver { .. } => run.step_over(now_us),
            EngineRequest::Redrive { ref mocks, .. } => run.redrive(mocks, now_us),
            EngineRequest::Pause { .. } => run.pause(now_us),
            EngineRequest::Continue { .. } => run.resume(now_us),
            EngineRequest::Stop { .. } => run.stop(now_us),
            EngineRequest::TookIn { .. } => run.taken_in(now_us),
            EngineRequest::LookAt {
                event, ref iteration, ..
            } => self.look = Some((event, iteration.clone())),
            EngineRequest::Callback { ref request, .. } => {
                let (run_number, refused) = (run.number, run.call_back(request, now_us));
                let reply = |problem| EngineReply::CallbackRefused {
                    run: run_number,
                    problem,
                };
                self.replies.extend(refused.map(reply));
            }
            _ => {}
        }
    }

    /// Hands ended calls of mocks to the run, and errands of the sandbox to the outside.
    pub(crate) fn settle(&mut self, now_us: u64) {
        while let Some(ended) = self.sandbox.take_ended() {
            match ended.id {
                Caller::Run(question) => {
                    if let Some(run) = &mut self.run {
                        run.answer(ended.with_id(question), now_us);
                    }
                }
                Caller::Bench(test) => self.bench.answer(ended.with_id(test), &mut self.sandbox, now_us),
            }
        }
        let is_at_work = self.run.as_ref().is_some_and(|run| !run.has_ended());
        if self.bench.is_done() && !is_at_work {
            self.sandbox.reset();
        }
        self.replies.extend(self.bench.take_replies());
        self.run_errands();
    }

    fn run_errands(&mut self) {
        while let Some(errand) = self.sandbox.take_errand() {
            match errand {
                Errand::Open(sandbox) => self.replies.push_back(EngineReply::SandboxNeeded { sandbox }),
                Errand::Close(sandbox) => self.replies.push_back(EngineReply::SandboxDone { sandbox }),
                Errand::Send(text) => self.sandbox_messages.push_back(text),
            }
        }
    }

    /// Tells the page what a run has recorded.
    fn tell(&mut self, now_us: u64) {
        let progress = self.run.as_mut().and_then(|run| run.take_message(now_us));
        if let Some(run) = self.run.as_mut().filter(|run| run.has_ended()) {
            self.bench.run_ended(run);
        }
        let has_ended = progress.as_ref().is_some_and(|progress| progress.end.is_some());
        self.replies.extend(progress.map(EngineReply::Advanced));
        if has_ended {
            self.list();
        }
        self.bench.give_up(&self.sandbox);
        self.replies.extend(self.bench.take_replies());
    }
}

/// Returns the run that a request names.
fn run_of(request: &EngineRequest) -> Option<u32> {
    match *request {
        EngineRequest::Step { run }
        | EngineRequest::StepOver { run }
        | EngineRequest::Redrive { run, .. }
        | EngineRequest::Pause { run }
        | EngineRequest::Continue { run }
        | EngineRequest::Stop { run }
        | EngineRequest::TookIn { run }
        | EngineRequest::LookAt { run, .. }
        | EngineRequest::Callback { run, .. } => Some(run),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
