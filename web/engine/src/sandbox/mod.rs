//! Mocks written in JavaScript: calls to them, one at a time, and the watchdog over every call.
//!
//! The sandbox is a frame that the page opens on demand; a port leads from there straight to the engine. A mock that
//! takes too long is stopped in the only way there is: the page removes the frame, and the next call gets a new one.

mod message;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use asl_json::Value;

pub(crate) use message::{CallArguments, Thrown};
use message::{Message, Misbehaved};

const MS: u64 = 1000;
/// Microseconds that a frame may take until its harness listens; the page itself gives up after 4 s of silence.
const OPENING_US: u64 = 5000 * MS;
/// Microseconds that the first module of a sandbox may take to load, and each later one.
const FIRST_LOAD_US: u64 = 1000 * MS;
const LOAD_US: u64 = 250 * MS;
/// Microseconds that one call may take.
const CALL_US: u64 = 1000 * MS;
/// Microseconds of all calls of one run together.
const RUN_US: u64 = 10_000 * MS;
/// Calls that one run may make in any second.
const CALLS_PER_SECOND: u32 = 2000;

/// A call that somebody waits for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call<Id> {
    /// Names the call in the answer.
    pub(crate) id: Id,
    /// Name of the state.
    pub(crate) state: Arc<str>,
    /// Text of the mock.
    pub(crate) source: Arc<str>,
    /// What it is called with.
    pub(crate) arguments: CallArguments,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ended<Id> {
    /// The call.
    pub(crate) id: Id,
    /// Name of the state.
    pub(crate) state: Arc<str>,
    /// Virtual milliseconds that the mock let pass.
    pub(crate) elapsed_ms: i64,
    /// What it wrote to its console: level and text.
    pub(crate) console: Vec<(String, String)>,
    /// How.
    pub(crate) outcome: Outcome,
}

impl<Id> Ended<Id> {
    /// Returns the same for somebody who names calls otherwise.
    pub(crate) fn with_id<Other>(self, id: Other) -> Ended<Other> {
        Ended {
            id,
            state: self.state,
            elapsed_ms: self.elapsed_ms,
            console: self.console,
            outcome: self.outcome,
        }
    }
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// The mock returned this.
    Returned(Value),
    /// The mock threw this, or there was no calling it.
    Threw(Thrown),
    /// The mock was stopped.
    OutOfTime,
}

/// What the outside is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Errand {
    /// Open sandbox number so-and-so.
    Open(u32),
    /// Remove it.
    Close(u32),
    /// Send this to the harness.
    Send(String),
}

/// The engine's side of the mock sandbox. `Id` names calls.
#[derive(Debug)]
pub(crate) struct Sandbox<Id> {
    number: u32,
    stage: Stage<Id>,
    /// Texts that were loaded into the present sandbox; the position is the mock's number there.
    sources: Vec<Arc<str>>,
    loaded: BTreeSet<usize>,
    waiting: VecDeque<Call<Id>>,
    ended: VecDeque<Ended<Id>>,
    errands: VecDeque<Errand>,
    calls: u32,
    spent_us: u64,
    second: (u64, u32),
    /// Why there is no sandbox on this page.
    unavailable: Option<String>,
}

#[derive(Debug)]
enum Stage<Id> {
    Closed,
    Opening { since_us: u64 },
    Idle,
    Loading { call: Call<Id>, mock: usize, since_us: u64 },
    Calling { call: Call<Id>, since_us: u64 },
}

impl<Id> Default for Sandbox<Id> {
    fn default() -> Sandbox<Id> {
        Sandbox {
            number: 0,
            stage: Stage::Closed,
            sources: Vec::new(),
            loaded: BTreeSet::new(),
            waiting: VecDeque::new(),
            ended: VecDeque::new(),
            errands: VecDeque::new(),
            calls: 0,
            spent_us: 0,
            second: (0, 0),
            unavailable: None,
        }
    }
}

impl<Id> Sandbox<Id> {
    /// Opens a sandbox before the first call needs it.
    pub(crate) fn open(&mut self, now_us: u64) {
        if matches!(self.stage, Stage::Closed) && self.unavailable.is_none() {
            self.number += 1;
            self.stage = Stage::Opening { since_us: now_us };
            self.errands.push_back(Errand::Open(self.number));
        }
    }

    /// Closes the sandbox and forgets all calls: nothing of one run reaches the next.
    pub(crate) fn reset(&mut self) {
        self.close();
        self.waiting.clear();
        self.ended.clear();
        self.spent_us = 0;
        self.second = (0, 0);
    }

    /// Returns whether nobody waits for a call.
    pub(crate) fn is_at_rest(&self) -> bool {
        self.waiting.is_empty() && self.ended.is_empty() && matches!(self.stage, Stage::Closed | Stage::Idle)
    }

    /// Calls a mock, when those asked for before are done.
    pub(crate) fn call(&mut self, call: Call<Id>, now_us: u64) {
        self.waiting.push_back(call);
        self.proceed(now_us);
    }

    /// Takes in a message of the sandbox with that number.
    pub(crate) fn receive(&mut self, number: u32, text: &str, now_us: u64) {
        if number != self.number || matches!(self.stage, Stage::Closed) {
            return;
        }
        let answer = message::read(text).and_then(|message| self.accept(message, now_us));
        if answer == Err(Misbehaved) {
            let error = thrown(
                "Mock.Misbehaved",
                "The mock runner sent something that it never sends by itself.",
            );
            self.stop(Outcome::Threw(error));
        }
        self.proceed(now_us);
    }

    /// The page cannot open a sandbox.
    pub(crate) fn fail(&mut self, number: u32, reason: String, now_us: u64) {
        if number == self.number {
            self.unavailable = Some(reason);
            self.close();
            self.proceed(now_us);
        }
    }

    /// Stops a call that takes too long.
    pub(crate) fn watch(&mut self, now_us: u64) {
        if self.deadline_us().is_none_or(|deadline| now_us < deadline) {
            return;
        }
        if let Stage::Opening { .. } = self.stage {
            self.unavailable = Some("The sandbox for JavaScript mocks did not start.".into());
            self.close();
        } else {
            self.spent_us += self.busy_since_us().map_or(0, |since| now_us.saturating_sub(since));
            self.stop(Outcome::OutOfTime);
        }
        self.proceed(now_us);
    }

    /// Returns when [`Sandbox::watch`] is due.
    pub(crate) fn deadline_us(&self) -> Option<u64> {
        match &self.stage {
            Stage::Closed | Stage::Idle => None,
            Stage::Opening { since_us } => Some(since_us + OPENING_US),
            Stage::Loading { since_us, .. } if self.loaded.is_empty() => Some(since_us + FIRST_LOAD_US),
            Stage::Loading { since_us, .. } => Some(since_us + LOAD_US),
            Stage::Calling { since_us, .. } => Some(since_us + CALL_US.min(RUN_US.saturating_sub(self.spent_us))),
        }
    }

    /// Returns the next call that has ended.
    pub(crate) fn take_ended(&mut self) -> Option<Ended<Id>> {
        self.ended.pop_front()
    }

    /// Returns the next thing that the outside is to do.
    pub(crate) fn take_errand(&mut self) -> Option<Errand> {
        self.errands.pop_front()
    }

    fn accept(&mut self, message: Message, now_us: u64) -> Result<(), Misbehaved> {
        match (message, std::mem::replace(&mut self.stage, Stage::Idle)) {
            (Message::Ready, Stage::Opening { .. }) => Ok(()),
            (
                Message::Loaded { mock },
                Stage::Loading {
                    call, mock: loading, ..
                },
            ) if mock == loading => {
                self.loaded.insert(mock);
                self.waiting.push_front(call);
                Ok(())
            }
            (
                Message::LoadFailed { mock, error },
                Stage::Loading {
                    call, mock: loading, ..
                },
            ) if mock == loading => {
                self.end(call, 0, Vec::new(), Outcome::Threw(error));
                Ok(())
            }
            (
                Message::Settled {
                    call: n,
                    elapsed_ms,
                    console,
                    outcome,
                },
                Stage::Calling { call, since_us },
            ) if n == self.calls => {
                self.spent_us += now_us.saturating_sub(since_us);
                self.end(
                    call,
                    elapsed_ms,
                    console,
                    outcome.map_or_else(Outcome::Threw, Outcome::Returned),
                );
                Ok(())
            }
            (_, stage) => {
                self.stage = stage;
                Err(Misbehaved)
            }
        }
    }

    /// Goes on with the next call, as far as that is possible now.
    fn proceed(&mut self, now_us: u64) {
        if let Some(reason) = self.unavailable.clone() {
            while let Some(call) = self.waiting.pop_front() {
                self.end(
                    call,
                    0,
                    Vec::new(),
                    Outcome::Threw(thrown("Mock.SandboxUnavailable", &reason)),
                );
            }
            return;
        }
        while matches!(self.stage, Stage::Idle | Stage::Closed) {
            let Some(call) = self.waiting.pop_front() else { return };
            if let Some(error) = self.refusal(now_us) {
                self.end(call, 0, Vec::new(), Outcome::Threw(error));
            } else if matches!(self.stage, Stage::Closed) {
                self.waiting.push_front(call);
                self.open(now_us);
            } else {
                self.load_or_call(call, now_us);
            }
        }
    }

    fn load_or_call(&mut self, call: Call<Id>, now_us: u64) {
        let known = self.sources.iter().position(|source| *source == call.source);
        let mock = known.unwrap_or_else(|| {
            self.sources.push(call.source.clone());
            self.sources.len() - 1
        });
        if self.loaded.contains(&mock) {
            self.calls += 1;
            self.second.1 += 1;
            self.errands
                .push_back(Errand::Send(message::call(self.calls, mock, &call.arguments)));
            self.stage = Stage::Calling { call, since_us: now_us };
        } else {
            self.errands
                .push_back(Errand::Send(message::load(mock, &call.state, &call.source)));
            self.stage = Stage::Loading {
                call,
                mock,
                since_us: now_us,
            };
        }
    }

    /// Returns why a run may make no further call.
    fn refusal(&mut self, now_us: u64) -> Option<Thrown> {
        let second = now_us / (1000 * MS);
        if self.second.0 != second {
            self.second = (second, 0);
        }
        if self.spent_us >= RUN_US {
            return Some(thrown(
                "Mock.OutOfTime",
                "The mocks of this run used more than 10 s together.",
            ));
        }
        let is_flood = self.second.1 >= CALLS_PER_SECOND;
        is_flood.then(|| {
            thrown(
                "Mock.TooManyCalls",
                "The run called mocks more than 2,000 times within a second.",
            )
        })
    }

    /// Ends the call that is going on, together with the sandbox: what runs there cannot be stopped otherwise.
    fn stop(&mut self, outcome: Outcome) {
        let stage = std::mem::replace(&mut self.stage, Stage::Idle);
        self.close();
        if let Stage::Loading { call, .. } | Stage::Calling { call, .. } = stage {
            self.end(call, 0, Vec::new(), outcome);
        }
    }

    fn close(&mut self) {
        if !matches!(self.stage, Stage::Closed) {
            self.errands.push_back(Errand::Close(self.number));
        }
        if let Stage::Loading { call, .. } | Stage::Calling { call, .. } =
            std::mem::replace(&mut self.stage, Stage::Closed)
        {
            self.waiting.push_front(call);
        }
        self.sources.clear();
        self.loaded.clear();
    }

    fn end(&mut self, call: Call<Id>, elapsed_ms: i64, console: Vec<(String, String)>, outcome: Outcome) {
        let Call { id, state, .. } = call;
        self.ended.push_back(Ended {
            id,
            state,
            elapsed_ms,
            console,
            outcome,
        });
    }

    fn busy_since_us(&self) -> Option<u64> {
        match &self.stage {
            Stage::Loading { since_us, .. } | Stage::Calling { since_us, .. } => Some(*since_us),
            _ => None,
        }
    }
}

fn thrown(name: &str, message: &str) -> Thrown {
    Thrown {
        name: name.into(),
        message: message.into(),
        places: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
