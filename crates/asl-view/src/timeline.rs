//! Reads a history once, event by event, and finds for each event the state, the iteration and the attempt it belongs to.
//!
//! It keeps a [`RunView`] of the newest event and checkpoints, so that any other event can be looked at without folding the
//! whole history again. It never changes what it has said about an event.

use std::collections::BTreeMap;
use std::sync::Arc;

use asl_core::{Details, EventId, EventType, HistoryEvent, Timestamp};

use crate::NodeKind;
use crate::run_view::RunView;
use crate::topology::{Outcome, StateEntry, Topology};

/// Least number of events between two checkpoints.
const CHECKPOINT_EVENTS: usize = 256;

/// A history as far as it has been read.
#[derive(Clone, Debug)]
pub struct Timeline {
    topology: Arc<Topology>,
    places: Vec<Place>,
    scopes: Vec<Scope>,
    /// Open visits by scope and state.
    visits: BTreeMap<(u32, u32), Visit>,
    /// Visits that the newest redrive goes on with, by scope and state, as long as no event of theirs has followed.
    resumed: Vec<(u32, u32)>,
    /// Numbers of the states that each redrive goes on with.
    redrives: BTreeMap<EventId, Vec<u32>>,
    view: RunView,
    checkpoints: Vec<RunView>,
    start: Timestamp,
}

/// Where an event belongs.
#[derive(Clone, Debug)]
pub struct Place {
    /// Type of the event.
    pub event_type: EventType,
    /// Number of the state in the [`Topology`]; none for events of the execution as a whole.
    pub state: Option<u32>,
    /// Number of the scope that the state runs in; for events of an iteration, that iteration's.
    pub scope: u32,
    /// Attempt of the visit, from 1; 0 before the first.
    pub attempt: u32,
    /// Error name, where the event tells of one.
    pub error: Option<Arc<str>>,
    /// Whether the event ends a visit whose error was caught.
    pub is_caught: bool,
    pub(crate) outcome: Outcome,
}

/// A part of the run with variables of its own: the whole execution, a branch or an iteration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The scope around it; none for the whole execution.
    pub parent: Option<u32>,
    /// Number of the Map or Parallel state that opened it.
    pub container: Option<u32>,
    /// Branch of that Parallel state, from 0.
    pub branch: Option<u32>,
    /// Iteration of that Map state, from 0.
    pub iteration: Option<u32>,
}

/// One visit to a state, while it goes on.
#[derive(Clone, Debug, Default)]
struct Visit {
    attempt: u32,
    used: Vec<u32>,
    has_failed: bool,
}

/// What an event means for the visit it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The state begins.
    Enter,
    /// The state ends and hands on its output.
    Exit,
    /// An attempt begins.
    Attempt,
    /// An attempt fails.
    Failure,
    /// A container ends in this or another way.
    Close,
    /// An iteration begins or ends.
    Iteration,
    /// Anything else about a state.
    Detail,
    /// About the execution as a whole.
    Execution,
}

impl Timeline {
    /// Returns a timeline without events.
    pub fn new(topology: Arc<Topology>) -> Timeline {
        Timeline {
            topology,
            places: Vec::new(),
            scopes: vec![Scope {
                parent: None,
                container: None,
                branch: None,
                iteration: None,
            }],
            visits: BTreeMap::new(),
            resumed: Vec::new(),
            redrives: BTreeMap::new(),
            view: RunView::default(),
            checkpoints: Vec::new(),
            start: Timestamp::default(),
        }
    }

    /// Reads on: `events` are those after the ones read before, in order.
    pub fn advance(&mut self, events: &[HistoryEvent]) {
        for event in events {
            if self.places.is_empty() {
                self.start = event.timestamp;
            }
            let place = self.place_of(event);
            self.places.push(place);
            let mut view = std::mem::take(&mut self.view);
            view.apply(self, event);
            if self
                .places
                .len()
                .is_multiple_of(CHECKPOINT_EVENTS.max(view.states.len() / 4))
            {
                self.checkpoints.push(view.clone());
            }
            self.view = view;
        }
    }

    /// Returns how the run stands after the newest event.
    pub fn view(&self) -> &RunView {
        &self.view
    }

    /// Returns how the run stood right after an event; `history` holds all events read so far. Folds at most the events
    /// since the checkpoint before.
    pub fn at(&self, history: &[HistoryEvent], event: EventId) -> RunView {
        let last = (event.0 as usize).min(self.places.len()).min(history.len());
        let before = self.checkpoints.partition_point(|view| view.event.0 as usize <= last);
        let mut view = before
            .checked_sub(1)
            .map_or_else(RunView::default, |at| self.checkpoints[at].clone());
        for event in &history[view.event.0 as usize..last] {
            view.apply(self, event);
        }
        view
    }

    /// Returns how the run stood right after an event, with the states inside a Map state as that iteration left them.
    pub fn at_iteration(&self, history: &[HistoryEvent], event: EventId, map: &str, iteration: u32) -> RunView {
        let Some(map) = self.topology.find(map) else {
            return self.at(history, event);
        };
        let last = (event.0 as usize).min(self.places.len()).min(history.len());
        let mut view = RunView::default();
        for (event, place) in history[..last].iter().zip(&self.places) {
            let is_of_map = place.state == Some(map);
            if is_of_map
                || self
                    .iteration_in(place.scope, map)
                    .is_none_or(|number| number == iteration)
            {
                view.apply(self, event);
            }
        }
        view
    }

    /// Returns where an event belongs.
    pub fn place(&self, event: EventId) -> Option<&Place> {
        self.places.get((event.0 as usize).checked_sub(1)?)
    }

    /// Returns the scope of that number.
    pub fn scope(&self, number: u32) -> Option<&Scope> {
        self.scopes.get(number as usize)
    }

    /// Returns the state an event belongs to.
    pub fn state_of(&self, event: EventId) -> Option<&StateEntry> {
        self.topology.state(self.place(event)?.state?)
    }

    /// Returns the states that an `ExecutionRedriven` goes on with, each as often as it has open visits.
    pub(crate) fn resumed_by(&self, event: EventId) -> impl Iterator<Item = &StateEntry> {
        let states = self.redrives.get(&event).into_iter().flatten();
        states.filter_map(|state| self.topology.state(*state))
    }

    /// Returns the instant of the first event.
    pub fn start(&self) -> Timestamp {
        self.start
    }

    /// Returns the states that events are read against.
    pub fn topology(&self) -> &Topology {
        &self.topology
    }

    /// Returns whether the scope is `inner` or around it.
    pub fn is_within(&self, inner: u32, outer: u32) -> bool {
        let mut at = Some(inner);
        while let Some(number) = at {
            if number == outer {
                return true;
            }
            at = self.scope(number).and_then(|scope| scope.parent);
        }
        false
    }

    /// Returns the nearest scope from `scope` outward that the container opened.
    pub(crate) fn opened_by(&self, scope: u32, container: u32) -> Option<u32> {
        let mut at = Some(scope);
        while let Some(number) = at {
            let scope = self.scope(number)?;
            if scope.container == Some(container) {
                return Some(number);
            }
            at = scope.parent;
        }
        None
    }

    fn iteration_in(&self, scope: u32, map: u32) -> Option<u32> {
        self.scope(self.opened_by(scope, map)?)?.iteration
    }

    fn place_of(&mut self, event: &HistoryEvent) -> Place {
        let role = role(event.event_type);
        let (state, scope) = self.state_and_scope(event, role);
        let mut place = Place {
            event_type: event.event_type,
            state,
            scope,
            attempt: 0,
            error: error_of(&event.details),
            is_caught: false,
            outcome: Outcome::None,
        };
        if place.error.is_none() && tells_of_inner_error(event.event_type) {
            place.error = self
                .place(event.previous_event_id)
                .and_then(|previous| previous.error.clone());
        }
        self.follow_visit(&mut place, role);
        place
    }

    fn state_and_scope(&mut self, event: &HistoryEvent, role: Role) -> (Option<u32>, u32) {
        let previous = self
            .place(event.previous_event_id)
            .map(|place| (place.event_type, place.state, place.scope));
        let (previous_type, previous_state, mut previous_scope) =
            previous.unwrap_or((EventType::ExecutionStarted, None, 0));
        if role == Role::Execution {
            if event.event_type == EventType::ExecutionRedriven {
                self.resume(event.id);
            }
            return (None, 0);
        }
        if previous_type == EventType::ExecutionRedriven
            && let Some(at) = self.resumed_visit(event)
        {
            if role != Role::Iteration {
                let (scope, state) = self.resumed.remove(at);
                return (Some(state), scope);
            }
            previous_scope = self.resumed[at].0;
        }
        if let Some(name) = name_of(&event.details) {
            let Some(state) = self.topology.find(name) else {
                return (None, previous_scope);
            };
            let scope = self.scope_for(state, previous_scope);
            if let (EventType::MapIterationStarted, Details::MapIteration { index, .. }) =
                (event.event_type, &event.details)
            {
                return (Some(state), self.open_scope(scope, state, None, Some(*index)));
            }
            if let (Role::Iteration, Details::MapIteration { index, .. }) = (role, &event.details) {
                let iteration = self.opened_by(previous_scope, state);
                let iteration = iteration.filter(|number| self.scopes[*number as usize].iteration == Some(*index));
                return (
                    Some(state),
                    iteration
                        .or_else(|| self.find_iteration(scope, state, *index))
                        .unwrap_or(scope),
                );
            }
            return (Some(state), scope);
        }
        if role == Role::Close && !belongs_to_container(previous_type) {
            return self.closing(event.event_type, previous_state, previous_scope);
        }
        (previous_state, previous_scope)
    }

    /// Takes note of a redrive: what has not ended goes on as if it had not failed.
    fn resume(&mut self, event: EventId) {
        let open = self.visits.keys().copied();
        self.resumed = open.filter(|(scope, _)| self.is_open(*scope)).collect();
        for key in &self.resumed {
            if let Some(visit) = self.visits.get_mut(key) {
                visit.has_failed = false;
                visit.used.clear();
            }
        }
        let states = self.resumed.iter().map(|(_, state)| *state).collect();
        self.redrives.insert(event, states);
    }

    /// Returns whether everything around a scope still goes on, and no other attempt has taken its place.
    fn is_open(&self, scope: u32) -> bool {
        let mut at = scope;
        while let Some(Scope {
            parent: Some(parent),
            container: Some(container),
            ..
        }) = self.scope(at)
        {
            let newest = self.scopes.iter().rposition(|other| *other == self.scopes[at as usize]);
            if newest != Some(at as usize) || !self.visits.contains_key(&(*parent, *container)) {
                return false;
            }
            at = *parent;
        }
        true
    }

    /// Returns which of the visits that a redrive goes on with an event belongs to: its history does not say.
    fn resumed_visit(&self, event: &HistoryEvent) -> Option<usize> {
        let type_name = event.event_type.as_str();
        let kind = if type_name.starts_with("Map") {
            NodeKind::Map
        } else if type_name.starts_with("Parallel") {
            NodeKind::Parallel
        } else {
            NodeKind::Task
        };
        let name = name_of(&event.details);
        let fits = |entry: &StateEntry| name.map_or(entry.kind == kind, |name| &*entry.name == name);
        let mut visits = self.resumed.iter();
        visits.position(|(_, state)| self.topology.state(*state).is_some_and(fits))
    }

    /// Returns the scope that a state runs in, opened where this is the first event of a branch.
    fn scope_for(&mut self, state: u32, previous_scope: u32) -> u32 {
        let Some(entry) = self.topology.state(state) else {
            return 0;
        };
        let Some(container) = entry.container else { return 0 };
        let branch = entry.branch;
        match self.opened_by(previous_scope, container) {
            Some(scope) if self.scopes[scope as usize].branch == branch => scope,
            Some(scope) => {
                let parent = self.scopes[scope as usize].parent.unwrap_or(0);
                self.open_scope(parent, container, branch, None)
            }
            None => self.open_scope(previous_scope, container, branch, None),
        }
    }

    fn open_scope(&mut self, parent: u32, container: u32, branch: Option<u32>, iteration: Option<u32>) -> u32 {
        self.scopes.push(Scope {
            parent: Some(parent),
            container: Some(container),
            branch,
            iteration,
        });
        u32::try_from(self.scopes.len() - 1).unwrap_or(u32::MAX)
    }

    fn find_iteration(&self, parent: u32, container: u32, index: u32) -> Option<u32> {
        let wanted = Scope {
            parent: Some(parent),
            container: Some(container),
            branch: None,
            iteration: Some(index),
        };
        let at = self.scopes.iter().rposition(|scope| *scope == wanted)?;
        u32::try_from(at).ok()
    }

    /// Returns the container that ends after an event inside it, and the scope that the container runs in.
    fn closing(&self, event_type: EventType, state: Option<u32>, scope: u32) -> (Option<u32>, u32) {
        let is_map = event_type.as_str().starts_with("Map");
        let mut at = Some(scope);
        while let Some(number) = at {
            let Some(scope) = self.scope(number) else { break };
            let entry = scope.container.and_then(|container| self.topology.state(container));
            if entry.is_some_and(|entry| (entry.kind == NodeKind::Map) == is_map) {
                return (scope.container, scope.parent.unwrap_or(0));
            }
            at = scope.parent;
        }
        (state, scope)
    }

    fn follow_visit(&mut self, place: &mut Place, role: Role) {
        let Some(state) = place.state else { return };
        if role == Role::Iteration {
            return;
        }
        let topology = self.topology.clone();
        let Some(entry) = topology.state(state) else { return };
        if role == Role::Enter {
            self.visits.insert((place.scope, state), Visit::default());
            if entry.kind == NodeKind::Fail {
                place.error.clone_from(&entry.error);
            }
            return;
        }
        let visit = self.visits.entry((place.scope, state)).or_default();
        let is_container_failure = matches!(
            place.event_type,
            EventType::MapStateFailed | EventType::ParallelStateFailed
        );
        if role == Role::Attempt {
            visit.attempt += 1;
            visit.has_failed = false;
        } else if role == Role::Failure || is_container_failure {
            visit.has_failed = true;
            place.outcome = entry.outcome(place.error.as_deref().unwrap_or("States.TaskFailed"), &mut visit.used);
        }
        place.attempt = visit.attempt;
        if role == Role::Exit {
            place.is_caught = visit.has_failed;
            self.visits.remove(&(place.scope, state));
        }
    }
}

/// Returns what the type means for a visit.
pub(crate) fn role(event_type: EventType) -> Role {
    let name = event_type.as_str();
    match event_type {
        EventType::MapStateStarted
        | EventType::ParallelStateStarted
        | EventType::TaskScheduled
        | EventType::LambdaFunctionScheduled
        | EventType::ActivityScheduled => Role::Attempt,
        EventType::MapRunFailed => Role::Detail,
        EventType::MapStateSucceeded
        | EventType::MapStateFailed
        | EventType::MapStateAborted
        | EventType::ParallelStateSucceeded
        | EventType::ParallelStateFailed
        | EventType::ParallelStateAborted => Role::Close,
        _ if name.starts_with("Execution") => Role::Execution,
        _ if name.starts_with("MapIteration") => Role::Iteration,
        _ if name.ends_with("StateEntered") => Role::Enter,
        _ if name.ends_with("StateExited") => Role::Exit,
        _ if name.ends_with("Failed") || name.ends_with("TimedOut") => Role::Failure,
        _ => Role::Detail,
    }
}

/// Returns true for events of a container itself, not of what is inside.
fn belongs_to_container(event_type: EventType) -> bool {
    use EventType as T;
    matches!(
        event_type,
        T::MapStateEntered
            | T::MapStateStarted
            | T::MapRunStarted
            | T::MapRunSucceeded
            | T::MapRunFailed
            | T::MapRunAborted
            | T::MapRunRedriven
            | T::MapStateFailed
            | T::ParallelStateEntered
            | T::ParallelStateStarted
            | T::ParallelStateFailed
    )
}

fn tells_of_inner_error(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::MapStateFailed | EventType::ParallelStateFailed | EventType::MapIterationFailed
    )
}

fn name_of(details: &Details) -> Option<&str> {
    match details {
        Details::StateEntered { name, .. } | Details::StateExited { name, .. } | Details::MapIteration { name, .. } => {
            Some(name)
        }
        Details::EvaluationFailed { state, .. } => Some(state),
        _ => None,
    }
}

fn error_of(details: &Details) -> Option<Arc<str>> {
    match details {
        Details::Failed { error, .. } | Details::TaskFailed { error, .. } => error.clone(),
        Details::EvaluationFailed { error, .. } => Some(error.clone()),
        _ => None,
    }
}
