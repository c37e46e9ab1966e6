//! Compares two histories, in order or, where the order is AWS's accident, by pairing.

use asl_json::Value;

use crate::matcher::{Mismatch, match_value};
use crate::placeholders::{Bindings, Placeholders};

/// How the events of a case are to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Event for event.
    AsRecorded,
    /// Event for event, and the recording stops before the end.
    Prefix,
    /// By pairing: branches may interleave differently each time.
    Unordered,
}

/// Compares histories in the form of `GetExecutionHistory`. Timestamps are not compared.
///
/// # Errors
///
/// Says what differs first.
pub fn match_history(
    expected: &[Value],
    actual: &[Value],
    order: Order,
    placeholders: &Placeholders,
    bindings: &mut Bindings,
) -> Result<(), String> {
    if order == Order::Unordered {
        return match_unordered(expected, actual, placeholders, bindings);
    }
    for (index, expected_event) in expected.iter().enumerate() {
        let Some(actual_event) = actual.get(index) else {
            return Err(format!(
                "event {}: missing, expected {}",
                index + 1,
                type_of(expected_event)
            ));
        };
        let actual_event = without_timestamp(actual_event);
        match_value(expected_event, &actual_event, placeholders, bindings)
            .map_err(|mismatch| event_mismatch(index, expected_event, &mismatch))?;
    }
    match actual.get(expected.len()) {
        Some(extra) if order == Order::AsRecorded => Err(format!(
            "event {}: not expected: {}",
            expected.len() + 1,
            type_of(extra)
        )),
        _ => Ok(()),
    }
}

fn event_mismatch(index: usize, expected: &Value, mismatch: &Mismatch) -> String {
    let Mismatch {
        path,
        expected: wanted,
        actual,
    } = mismatch;
    format!(
        "event {} ({}): {path}\n    expected {wanted}\n    actual   {actual}",
        index + 1,
        type_of(expected)
    )
}

fn match_unordered(
    expected: &[Value],
    actual: &[Value],
    placeholders: &Placeholders,
    bindings: &mut Bindings,
) -> Result<(), String> {
    let wanted = expected_length(expected);
    if actual.len() != wanted {
        return Err(format!("{wanted} events expected, {} found", actual.len()));
    }
    let mut pairing = Pairing {
        partner_of: vec![None; expected.len()],
        taken: vec![false; actual.len()],
    };
    for (index, event) in expected.iter().enumerate() {
        let parent_free = index + 1 == expected.len() || is_meeting_point(type_of(event));
        let parent = if parent_free {
            None
        } else {
            pairing.actual_parent(expected, event)
        };
        let candidates = (0..actual.len()).filter(|at| !pairing.taken[*at]);
        let found = candidates.into_iter().find(|at| {
            let found = &actual[*at];
            let same_parent = parent.is_none_or(|parent| number(found, "previousEventId") == Some(parent));
            same_parent && type_of(found) == type_of(event) && details_match(event, found, placeholders, bindings)
        });
        let Some(at) = found else {
            return Err(format!("event {}: no partner for {event}", index + 1));
        };
        pairing.taken[at] = true;
        pairing.partner_of[index] = Some(at);
    }
    Ok(())
}

/// Returns how many events the recorded execution had.
///
/// Where the recorder sorted the events inside a parallel state it also left out the one that follows them, so the list
/// is shorter than the history; the last event's id tells.
fn expected_length(expected: &[Value]) -> usize {
    let erased = expected.iter().any(|event| number(event, "id").is_none());
    let last = expected.iter().filter_map(|event| number(event, "id")).max();
    match last.and_then(|last| usize::try_from(last).ok()) {
        Some(last) if erased => last,
        _ => expected.len(),
    }
}

struct Pairing {
    partner_of: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairing {
    /// Returns the actual id that the partner of this expected event must name as its parent, where that is known.
    fn actual_parent(&self, expected: &[Value], event: &Value) -> Option<i64> {
        let parent = number(event, "previousEventId")?;
        if parent == 0 {
            return Some(0);
        }
        let index = expected.iter().position(|event| number(event, "id") == Some(parent))?;
        let partner = self.partner_of[index]?;
        i64::try_from(partner + 1).ok()
    }
}

/// Returns true for events where branches meet: their parent is whichever branch finished last.
fn is_meeting_point(event_type: &str) -> bool {
    let family = ["ParallelState", "MapState", "MapRun"];
    let end = ["Succeeded", "Failed", "Aborted", "Exited"];
    family
        .iter()
        .filter_map(|prefix| event_type.strip_prefix(prefix))
        .any(|rest| end.contains(&rest))
}

fn details_match(expected: &Value, actual: &Value, placeholders: &Placeholders, bindings: &mut Bindings) -> bool {
    let details = |event: &Value| {
        let mut event = without_timestamp(event);
        if let Value::Object(members) = &mut event {
            members.remove("id");
            members.remove("previousEventId");
        }
        event
    };
    match_value(&details(expected), &details(actual), placeholders, bindings).is_ok()
}

fn without_timestamp(event: &Value) -> Value {
    let mut event = event.clone();
    if let Value::Object(members) = &mut event {
        members.remove("timestamp");
    }
    event
}

fn number(event: &Value, member: &str) -> Option<i64> {
    event.get(member).and_then(Value::as_i64)
}

fn type_of(event: &Value) -> &str {
    event.get("type").and_then(Value::as_str).unwrap_or("?")
}

/// Writes a history as lines a person can compare, one event each.
pub fn lines(events: &[Value]) -> Vec<String> {
    events.iter().map(line).collect()
}

fn line(event: &Value) -> String {
    let id = number(event, "id").map_or_else(|| "?".to_owned(), |id| id.to_string());
    let parent = number(event, "previousEventId").map_or_else(|| "?".to_owned(), |id| id.to_string());
    let details = event.as_object().into_iter().flat_map(|members| {
        let extra = members.iter();
        extra.filter(|(name, _)| !matches!(&***name, "id" | "previousEventId" | "type" | "timestamp"))
    });
    let details: Vec<_> = details.map(|(_, value)| value.to_string()).collect();
    format!("{id:>3} <- {parent:<3} {} {}", type_of(event), details.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str) -> Vec<Value> {
        asl_json::parse_value(text).unwrap().as_array().unwrap().to_vec()
    }

    fn check(expected: &str, actual: &str, order: Order) -> Result<(), String> {
        let placeholders = Placeholders::default();
        match_history(
            &events(expected),
            &events(actual),
            order,
            &placeholders,
            &mut Bindings::default(),
        )
    }

    const TWO_BRANCHES: &str = r#"[
        {"id": 1, "previousEventId": 0, "type": "ParallelStateStarted"},
        {"id": 2, "previousEventId": 1, "type": "PassStateEntered", "d": {"name": "A"}},
        {"id": 3, "previousEventId": 1, "type": "PassStateEntered", "d": {"name": "B"}},
        {"id": 4, "previousEventId": 2, "type": "PassStateExited", "d": {"name": "A"}},
        {"id": 5, "previousEventId": 3, "type": "PassStateExited", "d": {"name": "B"}},
        {"id": 6, "previousEventId": 5, "type": "ParallelStateSucceeded"}]"#;

    const OTHER_ORDER: &str = r#"[
        {"id": 1, "previousEventId": 0, "type": "ParallelStateStarted", "timestamp": 5},
        {"id": 2, "previousEventId": 1, "type": "PassStateEntered", "d": {"name": "B"}},
        {"id": 3, "previousEventId": 2, "type": "PassStateExited", "d": {"name": "B"}},
        {"id": 4, "previousEventId": 1, "type": "PassStateEntered", "d": {"name": "A"}},
        {"id": 5, "previousEventId": 4, "type": "PassStateExited", "d": {"name": "A"}},
        {"id": 6, "previousEventId": 5, "type": "ParallelStateSucceeded"}]"#;

    #[test]
    fn order_counts_unless_the_case_says_otherwise() {
        assert_eq!(check(TWO_BRANCHES, TWO_BRANCHES, Order::AsRecorded), Ok(()));
        assert!(check(TWO_BRANCHES, OTHER_ORDER, Order::AsRecorded).is_err());
        assert_eq!(check(TWO_BRANCHES, OTHER_ORDER, Order::Unordered), Ok(()));
    }

    #[test]
    fn unordered_events_keep_their_parents() {
        let crossed = OTHER_ORDER.replace(r#""id": 5, "previousEventId": 4"#, r#""id": 5, "previousEventId": 2"#);
        assert!(check(TWO_BRANCHES, &crossed, Order::Unordered).is_err());
    }

    #[test]
    fn a_running_execution_is_compared_as_far_as_it_was_recorded() {
        let start = r#"[{"id": 1, "previousEventId": 0, "type": "ParallelStateStarted"}]"#;
        assert_eq!(check(start, TWO_BRANCHES, Order::Prefix), Ok(()));
        assert!(
            check(start, TWO_BRANCHES, Order::AsRecorded)
                .unwrap_err()
                .contains("not expected")
        );
        assert!(
            check(TWO_BRANCHES, start, Order::Prefix)
                .unwrap_err()
                .contains("missing")
        );
    }

    #[test]
    fn erased_ids_pair_by_type_and_details() {
        let erased = r#"[
            {"id": 1, "previousEventId": 0, "type": "ParallelStateStarted"},
            {"id": null, "previousEventId": null, "type": "PassStateEntered", "d": {"name": "A"}},
            {"id": null, "previousEventId": null, "type": "PassStateEntered", "d": {"name": "B"}},
            {"id": null, "previousEventId": null, "type": "PassStateExited", "d": {"name": "A"}},
            {"id": 6, "previousEventId": 5, "type": "ParallelStateSucceeded"}]"#;
        assert_eq!(check(erased, OTHER_ORDER, Order::Unordered), Ok(()));
    }

    #[test]
    fn a_difference_names_event_and_member() {
        let other = TWO_BRANCHES.replace(r#"{"name": "B"}}"#, r#"{"name": "C"}}"#);
        let message = check(TWO_BRANCHES, &other, Order::AsRecorded).unwrap_err();
        assert!(message.starts_with("event 3 (PassStateEntered): d.name"), "{message}");
    }
}
