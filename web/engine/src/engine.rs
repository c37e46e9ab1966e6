//! The engine as a whole: requests in, slices of work, replies out. It reads no clock; every call says what time it is.

use std::collections::VecDeque;

use asl_protocol::{EngineReply, EngineRequest, LayoutOptions};

use crate::analysis::{AnalyzedText, analyze};

/// A clock: microseconds since some instant that never changes.
pub type Clock<'a> = &'a dyn Fn() -> u64;

/// What the page talks to.
#[derive(Debug, Default)]
pub struct Engine {
    /// The newest text that nobody analyzed yet.
    unread: Option<(u32, String, LayoutOptions)>,
    text: Option<AnalyzedText>,
    replies: VecDeque<EngineReply>,
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
    pub fn receive(&mut self, request: EngineRequest, _clock: Clock<'_>) {
        match request {
            EngineRequest::Analyze { revision, text, layout } => self.unread = Some((revision, text, layout)),
            _ => {}
        }
    }

    /// Works for a few milliseconds at most, as far as one evaluation of an expression or one analysis allows.
    pub fn work(&mut self, clock: Clock<'_>) {
        if let Some((revision, text, layout)) = self.unread.take() {
            let start = clock();
            let (mut analysis, analyzed) = analyze(revision, &text, &layout);
            analysis.took_us = u32::try_from(clock().saturating_sub(start)).unwrap_or(u32::MAX);
            self.text = Some(analyzed);
            self.replies.push_back(EngineReply::Analyzed(analysis));
        }
    }

    /// Returns in how many microseconds there is work: 0 for at once, nothing for when something arrives.
    pub fn due_in(&self, _clock: Clock<'_>) -> Option<u64> {
        self.unread.is_some().then_some(0)
    }

    /// Takes in a message of the mock sandbox with that number.
    pub fn receive_from_sandbox(&mut self, _sandbox: u32, _message: &str, _clock: Clock<'_>) {}

    /// Returns the next message to the mock sandbox.
    pub fn take_sandbox_message(&mut self) -> Option<String> {
        None
    }

    /// Returns the next reply.
    pub fn take_reply(&mut self) -> Option<EngineReply> {
        self.replies.pop_front()
    }
}
