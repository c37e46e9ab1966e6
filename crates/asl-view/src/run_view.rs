//! How a run stands right after one event: a pure fold over the history up to there.

use std::collections::BTreeMap;
use std::sync::Arc;

use asl_core::{Details, EventId, EventType, HistoryEvent, Timestamp};
use asl_drawing::Status;
use asl_json::Value;

use crate::NodeKind;
use crate::diagram::EdgeKey;
use crate::timeline::{Place, Role, Timeline, role};
use crate::topology::{Outcome, Topology};

/// How a run stands right after an event. States and edges that are not named have not been touched.
///
/// Cloning one is cheap enough to keep checkpoints: its size is that of the states entered so far, and values are shared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunView {
    /// Id of the event; 0 before the first.
    pub event: EventId,
    /// Its instant.
    pub timestamp: Timestamp,
    /// Number of events so far that entered a state.
    pub transitions: u32,
    /// States that were entered, by name.
    pub states: BTreeMap<Arc<str>, StateRun>,
    /// How often each edge was taken.
    pub edges: BTreeMap<EdgeKey, u32>,
    /// Variables by the number of their scope (see [`Timeline::scope`]); 0 is the whole execution. Only scopes
    /// that are still open are here.
    pub variables: BTreeMap<u32, BTreeMap<Arc<str>, Value>>,
    /// How the execution as a whole stands.
    pub execution: Status,
}

/// How a state stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StateRun {
    /// The status of its newest visit, or where it runs in several iterations, of the visit whose event was last.
    pub status: Status,
    /// How often it was entered.
    pub visits: u32,
    /// Visits that have not ended.
    pub open_visits: u32,
    /// Attempts of the newest visit, 1 for the first; 0 where nothing was attempted.
    pub attempt: u32,
    /// Retries over all visits.
    pub retries: u32,
    /// Id of the event that entered it last.
    pub entered: EventId,
    /// Id of the newest event that belongs to it.
    pub newest: EventId,
    /// Error name of the newest failure, where the newest visit had one.
    pub error: Option<Arc<str>>,
    /// Iterations of the newest visit of a Map state.
    pub iterations: Option<IterationCounts>,
}

/// Counts of a Map state's iterations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct IterationCounts {
    pub total: u32,
    pub running: u32,
    pub succeeded: u32,
    pub failed: u32,
    pub aborted: u32,
    /// The first of those that failed, from 0.
    pub first_failed: Option<u32>,
}

impl StateRun {
    /// Nothing goes on any longer; what was at work is given up.
    fn abort(&mut self) {
        self.open_visits = 0;
        if self.status.is_open() {
            self.status = Status::Aborted;
        }
    }
}

impl RunView {
    /// Returns how a run stands right after an event, folding the history from its beginning. To look at several events, keep
    /// a [`Timeline`].
    pub fn at(topology: &Arc<Topology>, history: &[HistoryEvent], event: EventId) -> RunView {
        let mut timeline = Timeline::new(topology.clone());
        let last = (event.0 as usize).min(history.len());
        timeline.advance(&history[..last]);
        timeline.view().clone()
    }

    /// Takes in the next event, which the timeline has read before.
    pub(crate) fn apply(&mut self, timeline: &Timeline, event: &HistoryEvent) {
        self.event = event.id;
        self.timestamp = event.timestamp;
        let Some(place) = timeline.place(event.id) else {
            return;
        };
        if role(event.event_type) == Role::Execution {
            self.apply_execution(timeline, event);
            return;
        }
        let Some(state) = place.state.and_then(|state| timeline.topology().state(state)) else {
            return;
        };
        let name = &state.name;
        self.states.entry(name.clone()).or_default().newest = event.id;
        match role(event.event_type) {
            Role::Enter => self.enter(timeline, event, place),
            Role::Exit => self.exit(timeline, event, place),
            Role::Attempt => self.attempt(event, place, name),
            Role::Failure => self.fail(place, name),
            Role::Close => self.close(timeline, event, place),
            Role::Iteration => self.iterate(timeline, event, place, name),
            Role::Detail | Role::Execution => self.detail(event, name, state.waits_for_token),
        }
    }

    fn enter(&mut self, timeline: &Timeline, event: &HistoryEvent, place: &Place) {
        let Some(entry) = place.state.and_then(|state| timeline.topology().state(state)) else {
            return;
        };
        let previous = timeline.place(event.previous_event_id);
        // A state that a redrive enters again has no other way there, and its visit was never over.
        let is_again = previous.is_some_and(|previous| previous.event_type == EventType::ExecutionRedriven);
        let run = self.states.entry(entry.name.clone()).or_default();
        run.status = match entry.kind {
            NodeKind::Wait => Status::Waiting,
            NodeKind::Fail => Status::Failed,
            _ => Status::Running,
        };
        run.visits += u32::from(!is_again);
        run.open_visits += u32::from(entry.kind != NodeKind::Fail && !is_again);
        run.attempt = 0;
        run.entered = event.id;
        run.error.clone_from(&place.error);
        run.iterations = None;
        self.transitions += 1;
        if is_again {
            return;
        }
        let left = previous.filter(|previous| role(previous.event_type) == Role::Exit);
        let from = left.and_then(|previous| timeline.topology().state(previous.state?));
        self.take(EdgeKey {
            from: from.map(|state| state.name.clone()),
            to: Some(entry.name.clone()),
            is_catch: left.is_some_and(|previous| previous.is_caught),
        });
    }

    fn take(&mut self, key: EdgeKey) {
        *self.edges.entry(key).or_default() += 1;
    }

    fn exit(&mut self, timeline: &Timeline, event: &HistoryEvent, place: &Place) {
        let Some(entry) = place.state.and_then(|state| timeline.topology().state(state)) else {
            return;
        };
        let run = self.states.entry(entry.name.clone()).or_default();
        run.status = if place.is_caught {
            Status::Caught
        } else {
            Status::Succeeded
        };
        run.open_visits = run.open_visits.saturating_sub(1);
        if entry.ends && !place.is_caught {
            self.take(EdgeKey {
                from: Some(entry.name.clone()),
                to: None,
                is_catch: false,
            });
        }
        if let Details::StateExited { assigned_variables, .. } = &event.details
            && !assigned_variables.is_empty()
        {
            let variables = self.variables.entry(place.scope).or_default();
            variables.extend(assigned_variables.iter().cloned());
        }
    }

    fn attempt(&mut self, event: &HistoryEvent, place: &Place, name: &Arc<str>) {
        let run = self.states.entry(name.clone()).or_default();
        run.attempt = place.attempt;
        run.retries += u32::from(place.attempt > 1);
        run.error = None;
        run.status = match event.event_type {
            EventType::ActivityScheduled => Status::Waiting,
            _ => Status::Running,
        };
        if let Details::MapStateStarted { length } = event.details {
            run.iterations = Some(IterationCounts {
                total: length,
                ..IterationCounts::default()
            });
        }
    }

    fn fail(&mut self, place: &Place, name: &Arc<str>) {
        let run = self.states.entry(name.clone()).or_default();
        run.error.clone_from(&place.error);
        run.status = match place.outcome {
            Outcome::Retry { .. } => Status::Retrying,
            Outcome::Caught(_) => Status::Caught,
            Outcome::None | Outcome::Uncaught => Status::Failed,
        };
    }

    fn detail(&mut self, event: &HistoryEvent, name: &Arc<str>, waits_for_token: bool) {
        let run = self.states.entry(name.clone()).or_default();
        match event.event_type {
            EventType::TaskSubmitted if waits_for_token => run.status = Status::Waiting,
            EventType::ActivityStarted => run.status = Status::Running,
            EventType::TaskStateAborted | EventType::WaitStateAborted if run.status.is_open() => {
                run.status = Status::Aborted;
                run.open_visits = run.open_visits.saturating_sub(1);
            }
            _ => {}
        }
    }

    /// A container ends: what is still open inside is given up, and the variables of its scopes are gone.
    fn close(&mut self, timeline: &Timeline, event: &HistoryEvent, place: &Place) {
        let (Some(container), topology) = (place.state, timeline.topology()) else {
            return;
        };
        let Some(entry) = topology.state(container) else { return };
        let has_failed = matches!(
            event.event_type,
            EventType::MapStateFailed | EventType::ParallelStateFailed
        );
        if has_failed {
            self.fail(place, &entry.name);
            self.blame(timeline, event.previous_event_id, Some(container));
        } else if matches!(
            event.event_type,
            EventType::MapStateAborted | EventType::ParallelStateAborted
        ) {
            let run = self.states.entry(entry.name.clone()).or_default();
            run.status = Status::Aborted;
            run.open_visits = run.open_visits.saturating_sub(1);
        }
        let has_succeeded = matches!(
            event.event_type,
            EventType::MapStateSucceeded | EventType::ParallelStateSucceeded
        );
        if !has_succeeded {
            self.abort_inside(topology, container);
        }
        let ends_here = |scope: u32| {
            let opened = timeline.opened_by(scope, container);
            let parent = opened.and_then(|opened| timeline.scope(opened)?.parent);
            parent.is_some_and(|parent| parent == place.scope)
        };
        self.variables.retain(|scope, _| !ends_here(*scope));
    }

    fn abort_inside(&mut self, topology: &Topology, container: u32) {
        for (name, run) in &mut self.states {
            let state = topology.find(name);
            if state.is_some_and(|state| topology.is_inside(state, container)) {
                run.abort();
            }
        }
    }

    /// The state of the last event before a failure failed, where nothing said so.
    fn blame(&mut self, timeline: &Timeline, event: EventId, container: Option<u32>) {
        let Some(previous) = timeline.place(event) else { return };
        let Some(state) = previous.state.filter(|state| Some(*state) != container) else {
            return;
        };
        let Some(entry) = timeline.topology().state(state) else {
            return;
        };
        if let Some(run) = self.states.get_mut(&entry.name)
            && run.status.is_open()
            && role(previous.event_type) != Role::Iteration
        {
            run.status = Status::Failed;
            run.open_visits = run.open_visits.saturating_sub(1);
        }
    }

    fn iterate(&mut self, timeline: &Timeline, event: &HistoryEvent, place: &Place, name: &Arc<str>) {
        let run = self.states.entry(name.clone()).or_default();
        let counts = run.iterations.get_or_insert_default();
        let ended = match event.event_type {
            EventType::MapIterationSucceeded => &mut counts.succeeded,
            EventType::MapIterationFailed => &mut counts.failed,
            EventType::MapIterationAborted => &mut counts.aborted,
            _ => {
                counts.running += 1;
                return;
            }
        };
        *ended += 1;
        counts.running = counts.running.saturating_sub(1);
        if event.event_type == EventType::MapIterationFailed {
            if let Details::MapIteration { index, .. } = event.details {
                let first = counts.first_failed.unwrap_or(index);
                counts.first_failed = Some(first.min(index));
            }
            self.blame(timeline, event.previous_event_id, place.state);
        }
        self.variables
            .retain(|scope, _| !timeline.is_within(*scope, place.scope));
    }

    fn resume(&mut self, timeline: &Timeline, event: EventId) {
        for entry in timeline.resumed_by(event) {
            let run = self.states.entry(entry.name.clone()).or_default();
            run.open_visits += 1;
            run.error = None;
            run.status = match entry.kind {
                NodeKind::Wait => Status::Waiting,
                _ => Status::Running,
            };
        }
    }

    fn apply_execution(&mut self, timeline: &Timeline, event: &HistoryEvent) {
        self.execution = match event.event_type {
            EventType::ExecutionSucceeded => Status::Succeeded,
            EventType::ExecutionFailed | EventType::ExecutionTimedOut => Status::Failed,
            EventType::ExecutionAborted => Status::Aborted,
            _ => Status::Running,
        };
        if event.event_type == EventType::ExecutionRedriven {
            self.resume(timeline, event.id);
        }
        if self.execution == Status::Running || self.execution == Status::Succeeded {
            return;
        }
        if event.event_type == EventType::ExecutionFailed {
            self.blame(timeline, event.previous_event_id, None);
        }
        self.states.values_mut().for_each(StateRun::abort);
    }
}

#[cfg(test)]
mod tests;
