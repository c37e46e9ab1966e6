//! Where a run pauses by itself: at breakpoints, and once a state that is stepped over has ended.

use std::sync::Arc;

use asl_core::{Details, EventId, HistoryEvent};
use asl_view::Timeline;

/// Names of the states that a run pauses at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Breakpoints(Arc<[String]>);

impl Breakpoints {
    pub(crate) fn new(states: Vec<String>) -> Breakpoints {
        Breakpoints(states.into())
    }

    /// Returns whether the event enters one of them.
    pub(crate) fn stop_at(&self, history: &[HistoryEvent], event: EventId) -> bool {
        match details(history, event) {
            Some(Details::StateEntered { name, .. }) => self.0.iter().any(|state| **state == **name),
            _ => false,
        }
    }
}

/// A step over a state: it ends when the state at hand has ended, or where that one has ended already, the next of its
/// scope or of a scope around it. What runs inside of the state, and in branches beside it, is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StepOver {
    /// Number of the scope that the step began in.
    scope: u32,
}

impl StepOver {
    /// Begins a step at an event that the timeline has read; at the beginning where there is no such event.
    pub(crate) fn from(timeline: &Timeline, event: EventId) -> StepOver {
        StepOver {
            scope: timeline.place(event).map_or(0, |place| place.scope),
        }
    }

    /// Returns whether the step ends with an event.
    pub(crate) fn ends_at(self, timeline: &Timeline, history: &[HistoryEvent], event: EventId) -> bool {
        let is_exit = matches!(details(history, event), Some(Details::StateExited { .. }));
        let place = timeline.place(event).filter(|_| is_exit);
        place.is_some_and(|place| timeline.is_within(self.scope, place.scope))
    }
}

fn details(history: &[HistoryEvent], event: EventId) -> Option<&Details> {
    Some(&history.get((event.0 as usize).checked_sub(1)?)?.details)
}
