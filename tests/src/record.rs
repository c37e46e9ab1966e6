//! Writes cases: the expectations anew, or with one thing changed.

use asl_json::Value;

use crate::case::Case;
use crate::execution;

/// Returns the text of the case's file with what the interpreter now does as its expectation.
///
/// # Errors
///
/// Where the case cannot be run.
pub fn record(case: &Case) -> Result<String, String> {
    let finished = execution::run(case)?;
    let (error, cause) = finished.failure();
    let members = [
        ("status", Some(finished.status().as_str().into())),
        ("output", finished.output()),
        ("error", error),
        ("cause", cause.map(decoded)),
        (
            "events",
            Some(Value::array(finished.events().into_iter().map(recorded_event))),
        ),
    ];
    let expect = Value::object(members.into_iter().filter_map(|(name, value)| Some((name, value?))));
    let mut file = case.file.clone();
    if let Value::Object(members) = &mut file {
        members.insert("expect", expect);
    }
    Ok(file.to_pretty_string("  ") + "\n")
}

fn recorded_event(mut event: Value) -> Value {
    let Value::Object(members) = &mut event else {
        return event;
    };
    members.remove("timestamp");
    let details: Vec<_> = members
        .iter()
        .filter(|(name, _)| name.ends_with("EventDetails"))
        .collect();
    let details = details
        .first()
        .map(|(name, details)| ((*name).clone(), (*details).clone()));
    if let Some((name, Value::Object(details))) = details {
        let decoded = details
            .iter()
            .map(|(name, value)| (name.clone(), decoded(value.clone())));
        members.insert(name, Value::object(decoded));
    }
    event
}

/// Returns the value of text that writes a JSON object; anything else as it is.
fn decoded(value: Value) -> Value {
    match value
        .as_str()
        .filter(|text| text.starts_with('{'))
        .map(asl_json::parse_value)
    {
        Some(Ok(decoded)) => decoded,
        _ => value,
    }
}

/// Returns the case once per event of its history, each time with that event's type or parent changed.
pub fn with_changed_events(case: &Case) -> Vec<Case> {
    let events = case
        .expect
        .get("events")
        .and_then(Value::as_array)
        .map_or(0, |events| events.len());
    let changes = (0..events).flat_map(|index| {
        [("type", Value::from("PassStateChanged")), ("id", (-1).into())].map(|change| (index, change))
    });
    changes
        .filter_map(|(index, (name, value))| changed(case, index, name, value))
        .collect()
}

fn changed(case: &Case, index: usize, name: &str, value: Value) -> Option<Case> {
    let mut file = case.file.clone();
    let Value::Object(members) = &mut file else { return None };
    let Value::Object(expect) = members.get_mut("expect")? else {
        return None;
    };
    let Value::Array(events) = expect.get_mut("events")? else {
        return None;
    };
    let Value::Object(event) = events.make_mut().get_mut(index)? else {
        return None;
    };
    event.insert(name, value);
    Case::read(&file.to_string()).ok()
}
