//! Frames: where an execution stands. The top level, each branch and each iteration has one, in an arena.

use std::cell::Cell;
use std::sync::Arc;

use asl_json::{Object, Value};

use crate::contract::TaskToken;
use crate::error::StateError;
use crate::history::EventId;
use crate::machine::StateId;
use crate::record::RunId;
use crate::region::Region;
use crate::timestamp::Timestamp;

/// Index of a frame in the arena. An index is used again after its frame has ended; the epoch tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FrameId(pub(crate) u32);

/// One line of control: the state it is in and what it waits for.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The execution whose history it writes: the started one or a child of a Map Run.
    pub(crate) run: RunId,
    /// The Map or Parallel it belongs to, and its place there. `None` at the top level of an execution.
    pub(crate) parent: Option<(FrameId, u32)>,
    /// Number in order of creation: the stream of its dice.
    pub(crate) serial: u64,
    /// Counts changes of phase, so that deadlines and queue entries of earlier phases can be told.
    pub(crate) epoch: u32,
    pub(crate) phase: Phase,
    /// The state entered last.
    pub(crate) state: StateId,
    /// The raw input of that state.
    pub(crate) input: Value,
    /// The Entered event of that state.
    pub(crate) entered: EventId,
    pub(crate) entered_time: Timestamp,
    /// The event before that.
    pub(crate) before_entered: EventId,
    /// The last event of this frame's chain.
    pub(crate) previous: EventId,
    /// Variables of this scope; those of the scopes around it are the parents'.
    pub(crate) variables: Object,
    /// How often each retrier of the state was used in this visit; empty while none was.
    pub(crate) retrier_counts: Vec<u32>,
    pub(crate) retry_count: u32,
    /// Token of the task in preparation or in progress.
    pub(crate) task_token: Option<TaskToken>,
    /// The item of the iteration that this frame is.
    pub(crate) item: Option<Box<Item>>,
    /// What a Map or Parallel has running.
    pub(crate) region: Option<Box<Region>>,
    /// How many numbers its dice have given.
    pub(crate) draws: Cell<u64>,
}

/// What a frame does next, or waits for.
#[derive(Debug, Default)]
pub(crate) enum Phase {
    /// Not in use, or in the middle of a step.
    #[default]
    Idle,
    /// Enters a state.
    Enter { state: StateId, input: Value },
    /// Begins an attempt at the state it is in.
    Attempt,
    /// Starts the task that was scheduled.
    Start(Box<Pending>),
    /// Waits for the answer of a task.
    Running(Box<Running>),
    /// Goes on after the answer of a task.
    Answered(Value),
    /// Waits for virtual time to come, then leaves the Wait state.
    Waiting,
    /// Waits for virtual time to come, then begins another attempt.
    Backoff,
    /// Waits for its branches or iterations.
    Joining,
    /// All branches or iterations have succeeded.
    Joined,
    /// Its state has failed.
    Failed(StateError),
}

/// A task that was scheduled and not started yet.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    pub(crate) input: Value,
    pub(crate) timeout_seconds: Option<i64>,
    pub(crate) heartbeat_seconds: Option<i64>,
    pub(crate) role_arn: Option<Arc<str>>,
}

/// A task in progress.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    /// True once it has started: at once, or for an activity when a worker took it up.
    pub(crate) started: bool,
    pub(crate) submitted: bool,
    pub(crate) beats: u32,
    pub(crate) timeout_seconds: Option<i64>,
    pub(crate) heartbeat_seconds: Option<i64>,
}

/// What the context object says about an item.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) index: u32,
    pub(crate) value: Value,
    pub(crate) key: Option<Arc<str>>,
    pub(crate) source: Option<Arc<str>>,
}

/// The arena.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    slots: Vec<Frame>,
    free: Vec<FrameId>,
    made: u64,
}

impl Frames {
    /// Makes a frame that enters `state` with `input`.
    pub(crate) fn add(&mut self, run: RunId, parent: Option<(FrameId, u32)>, state: StateId, input: Value) -> FrameId {
        let frame = Frame {
            run,
            parent,
            serial: self.made,
            epoch: 0,
            phase: Phase::Enter { state, input },
            state,
            input: Value::Null,
            entered: EventId(0),
            entered_time: Timestamp(0),
            before_entered: EventId(0),
            previous: EventId(0),
            variables: Object::new(),
            retrier_counts: Vec::new(),
            retry_count: 0,
            task_token: None,
            item: None,
            region: None,
            draws: Cell::new(0),
        };
        self.made += 1;
        if let Some(id) = self.free.pop() {
            let epoch = self[id].epoch;
            self[id] = Frame { epoch, ..frame };
            return id;
        }
        let id = FrameId(u32::try_from(self.slots.len()).expect("memory ends before four billion frames"));
        self.slots.push(frame);
        id
    }

    /// Ends a frame. Whatever was planned for it is void.
    pub(crate) fn remove(&mut self, id: FrameId) {
        let frame = &mut self[id];
        frame.epoch += 1;
        frame.phase = Phase::Idle;
        frame.input = Value::Null;
        frame.variables = Object::new();
        frame.item = None;
        frame.region = None;
        frame.task_token = None;
        self.free.push(id);
    }
}

impl std::ops::Index<FrameId> for Frames {
    type Output = Frame;

    fn index(&self, id: FrameId) -> &Frame {
        &self.slots[id.0 as usize]
    }
}

impl std::ops::IndexMut<FrameId> for Frames {
    fn index_mut(&mut self, id: FrameId) -> &mut Frame {
        &mut self.slots[id.0 as usize]
    }
}
