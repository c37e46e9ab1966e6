//! The engine as a whole: requests in, slices of work, replies out. It reads no clock; every call says what time it is.

use std::collections::VecDeque;

use asl_host::QuestionId;
use asl_protocol::{EngineReply, EngineRequest, IterationChoice, RunRequest};

use crate::analysis::{AnalyzeRequest, AnalyzedText, analyze};
use crate::assist::EditedText;
use crate::inspect;
use crate::run::Run;
use crate::sandbox::{Errand, Sandbox};
use crate::start::start;
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
    /// The newest look at the run that was not answered yet.
    look: Option<(u32, Option<IterationChoice>)>,
    sandbox: Sandbox<QuestionId>,
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
            } => {
                self.unread = Some(AnalyzeRequest {
                    revision,
                    text,
                    execution_type,
                    layout,
                });
            }
            request if is_for_tools(&request) => match self.tools {
                Some(serve) => serve(self, request, clock),
                None => self.waiting.push(request),
            },
            EngineRequest::StartRun(request) => self.start_run(&request, clock()),
            EngineRequest::Reset => self.drop_run(),
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
        self.text = Some(analyzed);
        self.replies.push_back(EngineReply::Analyzed(analysis));
    }

    fn start_run(&mut self, request: &RunRequest, now_us: u64) {
        self.drop_run();
        match start(request) {
            Ok(started) => {
                self.replies.push_back(EngineReply::RunStarted {
                    run: request.run,
                    revision: request.revision,
                    name: started.name.clone(),
                });
                self.run = Some(Run::new(request, started, now_us));
            }
            Err(refusal) => self.replies.push_back(EngineReply::RunRefused {
                run: request.run,
                message: refusal.message,
                diagnostics: refusal.diagnostics,
            }),
        }
    }

    /// Forgets the run; nothing of it reaches the next one.
    fn drop_run(&mut self) {
        self.run = None;
        self.look = None;
        self.sandbox.reset();
        self.run_errands();
    }

    /// Handles requests that concern the current run.
    fn control_run(&mut self, request: &EngineRequest, now_us: u64) {
        let Some(run) = self.run.as_mut().filter(|run| Some(run.number) == run_of(request)) else {
            return;
        };
        let number = run.number;
        match *request {
            EngineRequest::Step { .. } => run.step(now_us),
            EngineRequest::Pause { .. } => run.pause(now_us),
            EngineRequest::Continue { .. } => run.resume(now_us),
            EngineRequest::Stop { .. } => run.stop(now_us),
            EngineRequest::TookIn { .. } => run.taken_in(now_us),
            EngineRequest::LookAt {
                event, ref iteration, ..
            } => self.look = Some((event, iteration.clone())),
            EngineRequest::DescribeEvent { event, .. } => {
                self.replies
                    .extend(inspect::event(run, event).map(EngineReply::EventDescribed));
            }
            EngineRequest::DescribeStateVisit { event, .. } => {
                self.replies
                    .extend(inspect::state_visit(run, event).map(EngineReply::StateVisitDescribed));
            }
            EngineRequest::WriteHistory { format, .. } => {
                let text = inspect::history(run, format);
                self.replies.push_back(EngineReply::HistoryWritten {
                    run: number,
                    format,
                    text,
                });
            }
            _ => {}
        }
    }

    /// Hands ended calls of mocks to the run, and errands of the sandbox to the outside.
    fn settle(&mut self, now_us: u64) {
        while let Some(ended) = self.sandbox.take_ended() {
            if let Some(run) = &mut self.run {
                run.answer(ended, now_us);
            }
        }
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
        self.replies.extend(progress.map(EngineReply::Advanced));
    }
}

/// Returns the run that a request names.
fn run_of(request: &EngineRequest) -> Option<u32> {
    match *request {
        EngineRequest::Step { run }
        | EngineRequest::Pause { run }
        | EngineRequest::Continue { run }
        | EngineRequest::Stop { run }
        | EngineRequest::TookIn { run }
        | EngineRequest::LookAt { run, .. }
        | EngineRequest::DescribeEvent { run, .. }
        | EngineRequest::DescribeStateVisit { run, .. }
        | EngineRequest::WriteHistory { run, .. } => Some(run),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
