//! The attempts of one visit to a state: what each was called with and how it ended.

use std::sync::Arc;

use asl_core::{Details, EventId, EventType, HistoryEvent};
use asl_drawing::Status;
use asl_json::Value;

use super::visits::Visit;
use crate::timeline::{Role, Timeline, role};

/// One attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Its number, from 1.
    pub number: u32,
    /// The event that began it.
    pub first: EventId,
    /// The newest event that belongs to it.
    pub last: EventId,
    /// How it stands.
    pub status: Status,
    /// What the task was called with.
    pub input: Option<Value>,
    /// What it returned, and the event that says so.
    pub result: Option<(Value, EventId)>,
    /// Name of its error.
    pub error: Option<Arc<str>>,
    /// Virtual milliseconds from its first event to its last.
    pub elapsed_ms: i64,
}

/// Returns the attempts of a visit in their order.
pub fn attempts(timeline: &Timeline, history: &[HistoryEvent], visit: &Visit) -> Vec<Attempt> {
    let state = timeline.place(visit.entered).and_then(|place| place.state);
    let from = (visit.entered.0 as usize).min(history.len());
    let to = (visit.newest.0 as usize).min(history.len()).max(from);
    let mut attempts: Vec<Attempt> = Vec::new();
    let mut begun = 0;
    for event in &history[from..to] {
        let place = timeline.place(event.id);
        let Some(place) = place.filter(|place| place.state == state && place.scope == visit.scope) else {
            continue;
        };
        let role = role(place.event_type);
        if role == Role::Attempt {
            begun = event.timestamp.0;
            attempts.push(Attempt {
                number: place.attempt,
                first: event.id,
                last: event.id,
                status: Status::Running,
                input: called_with(&event.details).cloned(),
                result: None,
                error: None,
                elapsed_ms: 0,
            });
            continue;
        }
        let Some(attempt) = attempts.last_mut().filter(|_| role != Role::Exit) else {
            continue;
        };
        attempt.last = event.id;
        attempt.elapsed_ms = event.timestamp.0 - begun;
        if role == Role::Failure {
            attempt.status = Status::Failed;
            attempt.error.clone_from(&place.error);
        } else if let Some(result) = result(event) {
            attempt.status = Status::Succeeded;
            attempt.result = Some((result, event.id));
        }
    }
    attempts
}

fn called_with(details: &Details) -> Option<&Value> {
    match details {
        Details::TaskScheduled { parameters, .. } => Some(parameters),
        Details::LambdaFunctionScheduled { input, .. } | Details::ActivityScheduled { input, .. } => Some(input),
        _ => None,
    }
}

fn result(event: &HistoryEvent) -> Option<Value> {
    match &event.details {
        Details::TaskOutput { output, .. } if event.event_type == EventType::TaskSucceeded => Some(output.clone()),
        Details::Output { output } => Some(output.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::visits;
    use crate::testing::record;

    #[test]
    fn every_attempt_has_its_call_and_its_end() {
        let recorded = record(
            r#"{"StartAt": "T", "States": {"T": {"Type": "Task", "End": true, "Parameters": {"n": 1},
                "Resource": "arn:aws:lambda:us-east-1:123456789012:function:F",
                "Retry": [{"ErrorEquals": ["Busy"]}]}}}"#,
            "{}",
            |task| {
                if task.retry_count == 0 {
                    Err("Busy")
                } else {
                    Ok(Value::from(7))
                }
            },
        );
        let timeline = recorded.timeline();
        let visit = &visits(&timeline, &recorded.history, "T")[0];
        let found = attempts(&timeline, &recorded.history, visit);
        let ends: Vec<_> = found.iter().map(|attempt| (attempt.number, attempt.status)).collect();
        assert_eq!(ends, [(1, Status::Failed), (2, Status::Succeeded)]);
        assert_eq!(found[0].error, Some("Busy".into()));
        assert_eq!(found[1].result.as_ref().unwrap().0, Value::from(7));
        assert_eq!(found[0].input.as_ref().unwrap().to_string(), r#"{"n":1}"#);
    }
}
