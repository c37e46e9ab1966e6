//! Deadlines in virtual time, soonest first; of equal instants the one set first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::frame::FrameId;
use crate::record::RunId;
use crate::timestamp::Timestamp;

/// All deadlines. One that no longer matters stays until it comes up, and is then ignored.
#[derive(Debug, Default)]
pub(crate) struct Timers {
    heap: BinaryHeap<Reverse<(Timestamp, u64, Deadline)>>,
    set: u64,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Deadline {
    /// A frame ends its waiting, if it is still in that epoch.
    Wake { frame: FrameId, epoch: u32 },
    /// A task runs out of time, if its frame is still in that epoch.
    TaskTimeout { frame: FrameId, epoch: u32 },
    /// A task missed its heartbeat, if its frame is still in that epoch and has had that many heartbeats.
    Heartbeat { frame: FrameId, epoch: u32, beats: u32 },
    /// An execution runs out of time, if it was redriven that often.
    Execution { run: RunId, redrive_count: u32 },
}

impl Timers {
    pub(crate) fn set(&mut self, due: Timestamp, deadline: Deadline) {
        self.set += 1;
        self.heap.push(Reverse((due, self.set, deadline)));
    }

    /// Returns the next deadline that `matters`, dropping those before it that do not.
    pub(crate) fn next(&mut self, matters: impl Fn(Deadline) -> bool) -> Option<Timestamp> {
        while let Some(Reverse((due, _, deadline))) = self.heap.peek() {
            if matters(*deadline) {
                return Some(*due);
            }
            self.heap.pop();
        }
        None
    }

    /// Takes the next deadline out where it is due at `now`.
    pub(crate) fn pop_due(&mut self, now: Timestamp) -> Option<Deadline> {
        let Reverse((due, _, _)) = self.heap.peek()?;
        if *due > now {
            return None;
        }
        self.heap.pop().map(|Reverse((_, _, deadline))| deadline)
    }
}
