//! The visits to a state: loops and iterations come back to it.

use std::collections::BTreeMap;

use asl_core::{EventId, HistoryEvent};
use asl_drawing::Status;

use crate::timeline::{Role, Timeline, role};

/// One visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Its `...StateEntered` event.
    pub entered: EventId,
    /// The newest event that belongs to it.
    pub newest: EventId,
    /// Number of its scope (see [`Timeline::scope`]).
    pub scope: u32,
    /// Which visit of that scope it is, from 1.
    pub number: u32,
    /// How it stands.
    pub status: Status,
}

/// Returns the visits to a state in the order of time.
pub fn visits(timeline: &Timeline, history: &[HistoryEvent], state: &str) -> Vec<Visit> {
    let Some(state) = timeline.topology().find(state) else {
        return Vec::new();
    };
    let mut visits: Vec<Visit> = Vec::new();
    // Per scope: the position of its newest visit, and how many there were.
    let mut newest: BTreeMap<u32, (usize, u32)> = BTreeMap::new();
    for event in history {
        let Some(place) = timeline.place(event.id).filter(|place| place.state == Some(state)) else {
            continue;
        };
        let role = role(place.event_type);
        if role == Role::Enter {
            let entry = newest.entry(place.scope).or_insert((0, 0));
            *entry = (visits.len(), entry.1 + 1);
            visits.push(Visit {
                entered: event.id,
                newest: event.id,
                scope: place.scope,
                number: entry.1,
                status: Status::Running,
            });
        } else if let Some(visit) = newest.get(&place.scope).and_then(|(at, _)| visits.get_mut(*at)) {
            visit.newest = event.id;
            visit.status = match role {
                Role::Exit if place.is_caught => Status::Caught,
                Role::Exit => Status::Succeeded,
                Role::Failure => Status::Failed,
                Role::Attempt => Status::Running,
                _ => visit.status,
            };
        }
    }
    visits
}

/// Returns a scope in words, such as `iteration 3 of Each` and `branch 2 of Both`, outer ones last; empty text for the
/// whole execution.
pub fn scope_text(timeline: &Timeline, scope: u32) -> String {
    let mut parts = Vec::new();
    let mut at = timeline.scope(scope);
    while let Some(scope) = at {
        let container = scope.container.and_then(|number| timeline.topology().state(number));
        let name = container.map_or("", |container| &*container.name);
        if let Some(iteration) = scope.iteration {
            parts.push(format!("iteration {iteration} of {name}"));
        } else if let Some(branch) = scope.branch {
            parts.push(format!("branch {} of {name}", branch + 1));
        }
        at = scope.parent.and_then(|parent| timeline.scope(parent));
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::record;

    #[test]
    fn loops_and_iterations_are_told_apart() {
        let recorded = record(
            r#"{"StartAt": "M", "States": {"M": {"Type": "Map", "ItemsPath": "$.list", "MaxConcurrency": 1, "End": true,
                "ItemProcessor": {"StartAt": "Again", "States": {
                    "Again": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, -1)"}, "Next": "Done?"},
                    "Done?": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 0, "Next": "Again"}],
                        "Default": "End"},
                    "End": {"Type": "Succeed"}}}}}}"#,
            r#"{"list": [{"n": 2}, {"n": 1}]}"#,
            |_| Err("none"),
        );
        let timeline = recorded.timeline();
        let found: Vec<_> = visits(&timeline, &recorded.history, "Again")
            .iter()
            .map(|visit| (scope_text(&timeline, visit.scope), visit.number, visit.status))
            .collect();
        assert_eq!(
            found,
            [
                ("iteration 0 of M".to_owned(), 1, Status::Succeeded),
                ("iteration 0 of M".to_owned(), 2, Status::Succeeded),
                ("iteration 1 of M".to_owned(), 1, Status::Succeeded),
            ]
        );
    }
}
