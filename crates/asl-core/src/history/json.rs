//! Histories as `GetExecutionHistory` prints them, and back.
//!
//! Payloads are JSON text inside JSON there, and values here.

use std::fmt;
use std::sync::Arc;

use asl_json::{Object, Value};

use super::details::Details;
use super::event::{EventId, EventType, HistoryEvent};
use super::family::{Family, family};
use crate::timestamp::Timestamp;

/// Returns the response of `GetExecutionHistory`: `{ "events": [...] }`.
pub fn history_to_json(history: &[HistoryEvent]) -> Value {
    Value::object([("events", Value::array(history.iter().map(HistoryEvent::to_value)))])
}

/// Returns what `aws stepfunctions get-execution-history` prints: four spaces per level, instants in UTC as version 2 of
/// the command line writes them, a line break at the end.
pub fn history_as_cli_prints(history: &[HistoryEvent]) -> String {
    let event = |event: &HistoryEvent| {
        let mut value = event.to_value();
        if let Value::Object(members) = &mut value {
            members.insert("timestamp", cli_timestamp(event.timestamp).into());
        }
        value
    };
    let response = Value::object([("events", Value::array(history.iter().map(event)))]);
    response.to_pretty_string("    ") + "\n"
}

/// Returns an instant as Python's `isoformat` writes it, which the command line uses: microseconds unless there are none.
fn cli_timestamp(instant: Timestamp) -> String {
    let text = instant.to_string();
    let text = text.trim_end_matches('Z');
    match text.strip_suffix(".000") {
        Some(seconds) => format!("{seconds}+00:00"),
        None => format!("{text}000+00:00"),
    }
}

impl HistoryEvent {
    /// Returns the event as the API's JSON: `{"timestamp", "type", "id", "previousEventId", "...EventDetails"?}`.
    ///
    /// The timestamp is RFC 3339, inputs and outputs are JSON text, and the details member is left out where the event has
    /// no details. Source: Step Functions API, `HistoryEvent`.
    pub fn to_value(&self) -> Value {
        let mut event = Object::new();
        event.insert("timestamp", self.timestamp.to_string().into());
        event.insert("type", self.event_type.as_str().into());
        event.insert("id", i64::from(self.id.0).into());
        event.insert("previousEventId", i64::from(self.previous_event_id.0).into());
        if let Some(details) = details_to_json(&self.details) {
            event.insert(self.event_type.details_member(), details);
        }
        Value::Object(event)
    }
}

impl EventType {
    /// Returns the name of the member that carries the details, such as `stateEnteredEventDetails`.
    pub fn details_member(self) -> String {
        let name = self.as_str();
        let family = ["StateEntered", "StateExited"]
            .into_iter()
            .find(|family| name.ends_with(family));
        let (first, rest) = family.unwrap_or(name).split_at(1);
        format!("{}{rest}EventDetails", first.to_ascii_lowercase())
    }
}

/// Collects the members of a details object.
#[derive(Default)]
struct Members(Object);

impl Members {
    fn text(mut self, name: &str, text: &Arc<str>) -> Members {
        self.0.insert(name, Arc::clone(text).into());
        self
    }

    fn optional(self, name: &str, text: Option<&Arc<str>>) -> Members {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    fn number(mut self, name: &str, number: Option<i64>) -> Members {
        if let Some(number) = number {
            self.0.insert(name, Value::from(number));
        }
        self
    }

    /// Adds a payload as JSON text, followed by its `…Details`.
    fn payload(mut self, name: &str, payload: &Value) -> Members {
        self.0.insert(name, payload.to_string().into());
        self.not_truncated(format!("{name}Details"))
    }

    fn not_truncated(mut self, name: String) -> Members {
        self.0.insert(name, Value::object([("truncated", Value::Bool(false))]));
        self
    }

    fn credentials(mut self, role_arn: Option<&Arc<str>>) -> Members {
        if let Some(role_arn) = role_arn {
            let credentials = Value::object([("roleArn", Value::from(Arc::clone(role_arn)))]);
            self.0.insert("taskCredentials", credentials);
        }
        self
    }
}

fn details_to_json(details: &Details) -> Option<Value> {
    let new = Members::default;
    let resource = |resource_type, resource| new().text("resourceType", resource_type).text("resource", resource);
    let members = match details {
        Details::None => return None,
        Details::ExecutionStarted { input, role_arn } => new().payload("input", input).text("roleArn", role_arn),
        Details::ExecutionSucceeded { output } | Details::Output { output } => new().payload("output", output),
        Details::ExecutionRedriven { redrive_count } => new().number("redriveCount", Some(i64::from(*redrive_count))),
        Details::Failed { error, cause } => new()
            .optional("error", error.as_ref())
            .optional("cause", cause.as_ref()),
        Details::StateEntered { name, input } => new().text("name", name).payload("input", input),
        Details::StateExited {
            name,
            output,
            assigned_variables,
        } => assigned(new().text("name", name).payload("output", output), assigned_variables),
        Details::TaskScheduled {
            resource_type,
            resource: action,
            region,
            parameters,
            timeout_in_seconds,
            heartbeat_in_seconds,
            task_credentials,
        } => resource(resource_type, action)
            .text("region", region)
            .text("parameters", &parameters.to_string().into())
            .number("timeoutInSeconds", *timeout_in_seconds)
            .number("heartbeatInSeconds", *heartbeat_in_seconds)
            .credentials(task_credentials.as_ref()),
        Details::TaskStarted {
            resource_type,
            resource: action,
        } => resource(resource_type, action),
        Details::TaskOutput {
            resource_type,
            resource: action,
            output,
        } => resource(resource_type, action).payload("output", output),
        Details::TaskFailed {
            resource_type,
            resource: action,
            error,
            cause,
        } => resource(resource_type, action)
            .optional("error", error.as_ref())
            .optional("cause", cause.as_ref()),
        Details::LambdaFunctionScheduled {
            resource,
            input,
            timeout_in_seconds,
            task_credentials,
        } => new()
            .text("resource", resource)
            .payload("input", input)
            .number("timeoutInSeconds", *timeout_in_seconds)
            .credentials(task_credentials.as_ref()),
        Details::ActivityScheduled {
            resource,
            input,
            timeout_in_seconds,
            heartbeat_in_seconds,
        } => new()
            .text("resource", resource)
            .payload("input", input)
            .number("timeoutInSeconds", *timeout_in_seconds)
            .number("heartbeatInSeconds", *heartbeat_in_seconds),
        Details::ActivityStarted { worker_name } => new().optional("workerName", worker_name.as_ref()),
        Details::MapStateStarted { length } => new().number("length", Some(i64::from(*length))),
        Details::MapIteration { name, index } => new().text("name", name).number("index", Some(i64::from(*index))),
        Details::MapRunStarted { map_run_arn } => new().text("mapRunArn", map_run_arn),
        Details::MapRunRedriven {
            map_run_arn,
            redrive_count,
        } => new()
            .text("mapRunArn", map_run_arn)
            .number("redriveCount", Some(i64::from(*redrive_count))),
        Details::EvaluationFailed {
            state,
            error,
            cause,
            location,
        } => new()
            .text("state", state)
            .text("error", error)
            .text("cause", cause)
            .optional("location", location.as_ref()),
    };
    Some(Value::Object(members.0))
}

fn assigned(mut members: Members, variables: &[(Arc<str>, Value)]) -> Members {
    if variables.is_empty() {
        return members;
    }
    let texts = variables
        .iter()
        .map(|(name, value)| (Arc::clone(name), Value::from(value.to_string())));
    members.0.insert("assignedVariables", Value::object(texts));
    members.not_truncated("assignedVariablesDetails".to_owned())
}

/// Why JSON is not a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryJsonError {
    /// Zero-based position of the event, where it is about one.
    pub event: Option<usize>,
    /// What is wrong, as a sentence without its final period.
    pub message: String,
}

impl fmt::Display for HistoryJsonError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.event {
            Some(event) => write!(out, "Event {event} (counted from 0): {}", self.message),
            None => out.write_str(&self.message),
        }
    }
}

impl std::error::Error for HistoryJsonError {}

/// Returns the events of a `GetExecutionHistory` response, or of an array of events. Timestamps may be seconds since the
/// epoch, as on the wire, or RFC 3339 text, as command-line tools print them.
///
/// # Errors
/// Names the first event that is not one.
pub fn history_from_json(json: &Value) -> Result<Vec<HistoryEvent>, HistoryJsonError> {
    let events = json
        .get("events")
        .unwrap_or(json)
        .as_array()
        .ok_or_else(|| HistoryJsonError {
            event: None,
            message: "A history is an array of events, or an object whose \"events\" is one".into(),
        })?;
    let event = |(index, event)| {
        event_from_json(event).map_err(|message| HistoryJsonError {
            event: Some(index),
            message,
        })
    };
    events.iter().enumerate().map(event).collect()
}

fn event_from_json(json: &Value) -> Result<HistoryEvent, String> {
    let name = json.get("type").and_then(Value::as_str).ok_or("\"type\" is missing")?;
    let event_type = EventType::from_name(name).ok_or_else(|| format!("\"{name}\" is no type of event"))?;
    let id = |name: &str| {
        json.get(name)
            .and_then(Value::as_i64)
            .and_then(|id| u32::try_from(id).ok())
    };
    let details = json.get(&event_type.details_member());
    Ok(HistoryEvent {
        id: EventId(id("id").ok_or("\"id\" is missing")?),
        previous_event_id: EventId(id("previousEventId").unwrap_or(0)),
        timestamp: json.get("timestamp").and_then(timestamp_from_json).unwrap_or_default(),
        event_type,
        details: details_from_json(event_type, &Reader(details)),
    })
}

#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
fn timestamp_from_json(json: &Value) -> Option<Timestamp> {
    match json {
        Value::Number(seconds) => Some(Timestamp((seconds.as_f64() * 1000.0).round() as i64)),
        Value::String(text) => Timestamp::parse(text).or_else(|| Timestamp::parse(&with_colon(text))),
        _ => None,
    }
}

/// Returns a text whose offset is written `+0100` with the colon that RFC 3339 demands.
fn with_colon(text: &str) -> String {
    match text.len().checked_sub(2) {
        Some(at) if text.is_char_boundary(at) => format!("{}:{}", &text[..at], &text[at..]),
        _ => text.to_owned(),
    }
}

/// Reads members of a details object that may be missing.
struct Reader<'a>(Option<&'a Value>);

impl Reader<'_> {
    fn member(&self, name: &str) -> Option<&Value> {
        self.0?.get(name)
    }

    fn optional(&self, name: &str) -> Option<Arc<str>> {
        match self.member(name)? {
            Value::String(text) => Some(Arc::clone(text)),
            _ => None,
        }
    }

    fn text(&self, name: &str) -> Arc<str> {
        self.optional(name).unwrap_or_default()
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.member(name)?.as_i64()
    }

    fn count(&self, name: &str) -> u32 {
        self.number(name)
            .and_then(|number| u32::try_from(number).ok())
            .unwrap_or(0)
    }

    /// Reads a payload: JSON text, or text that is none, taken as a string. A missing one is `null`.
    fn payload(&self, name: &str) -> Value {
        self.member(name).map(payload).unwrap_or_default()
    }

    fn role(&self) -> Option<Arc<str>> {
        Reader(self.member("taskCredentials")).optional("roleArn")
    }

    fn assigned(&self) -> Vec<(Arc<str>, Value)> {
        let variables = self.member("assignedVariables").and_then(Value::as_object);
        let each = variables.into_iter().flat_map(Object::iter);
        each.map(|(name, text)| (Arc::clone(name), payload(text))).collect()
    }
}

fn payload(text: &Value) -> Value {
    match text {
        Value::String(text) => asl_json::parse_value(text).unwrap_or_else(|_| Value::String(Arc::clone(text))),
        value => value.clone(),
    }
}

fn details_from_json(event_type: EventType, json: &Reader<'_>) -> Details {
    let Some(family) = family(event_type) else {
        return Details::None;
    };
    match family {
        Family::ExecutionStarted => Details::ExecutionStarted {
            input: json.payload("input"),
            role_arn: json.text("roleArn"),
        },
        Family::ExecutionSucceeded => Details::ExecutionSucceeded {
            output: json.payload("output"),
        },
        Family::ExecutionRedriven => Details::ExecutionRedriven {
            redrive_count: json.count("redriveCount"),
        },
        Family::Failed => Details::Failed {
            error: json.optional("error"),
            cause: json.optional("cause"),
        },
        Family::StateEntered => Details::StateEntered {
            name: json.text("name"),
            input: json.payload("input"),
        },
        Family::StateExited => Details::StateExited {
            name: json.text("name"),
            output: json.payload("output"),
            assigned_variables: json.assigned(),
        },
        Family::TaskScheduled => Details::TaskScheduled {
            resource_type: json.text("resourceType"),
            resource: json.text("resource"),
            region: json.text("region"),
            parameters: json.payload("parameters"),
            timeout_in_seconds: json.number("timeoutInSeconds"),
            heartbeat_in_seconds: json.number("heartbeatInSeconds"),
            task_credentials: json.role(),
        },
        Family::TaskStarted => Details::TaskStarted {
            resource_type: json.text("resourceType"),
            resource: json.text("resource"),
        },
        Family::TaskOutput => Details::TaskOutput {
            resource_type: json.text("resourceType"),
            resource: json.text("resource"),
            output: json.payload("output"),
        },
        Family::TaskFailed => Details::TaskFailed {
            resource_type: json.text("resourceType"),
            resource: json.text("resource"),
            error: json.optional("error"),
            cause: json.optional("cause"),
        },
        Family::LambdaFunctionScheduled => Details::LambdaFunctionScheduled {
            resource: json.text("resource"),
            input: json.payload("input"),
            timeout_in_seconds: json.number("timeoutInSeconds"),
            task_credentials: json.role(),
        },
        Family::Output => Details::Output {
            output: json.payload("output"),
        },
        Family::ActivityScheduled => Details::ActivityScheduled {
            resource: json.text("resource"),
            input: json.payload("input"),
            timeout_in_seconds: json.number("timeoutInSeconds"),
            heartbeat_in_seconds: json.number("heartbeatInSeconds"),
        },
        Family::ActivityStarted => Details::ActivityStarted {
            worker_name: json.optional("workerName"),
        },
        Family::MapStateStarted => Details::MapStateStarted {
            length: json.count("length"),
        },
        Family::MapIteration => Details::MapIteration {
            name: json.text("name"),
            index: json.count("index"),
        },
        Family::MapRunStarted => Details::MapRunStarted {
            map_run_arn: json.text("mapRunArn"),
        },
        Family::MapRunRedriven => Details::MapRunRedriven {
            map_run_arn: json.text("mapRunArn"),
            redrive_count: json.count("redriveCount"),
        },
        Family::EvaluationFailed => Details::EvaluationFailed {
            state: json.text("state"),
            error: json.text("error"),
            cause: json.text("cause"),
            location: json.optional("location"),
        },
    }
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    fn check(event_type: EventType, details: Details, expected: &str) {
        let event = HistoryEvent {
            id: EventId(2),
            previous_event_id: EventId(1),
            timestamp: Timestamp(0),
            event_type,
            details,
        };
        let envelope = format!(
            r#"{{"timestamp":"1970-01-01T00:00:00.000Z","type":"{event_type}","id":2,"previousEventId":1{expected}}}"#
        );
        assert_eq!(event.to_value().to_string(), envelope);
    }

    #[test]
    fn payloads_are_text() {
        let details = Details::StateExited {
            name: "A".into(),
            output: Value::empty_object(),
            assigned_variables: vec![("x".into(), 1.into())],
        };
        check(
            EventType::PassStateExited,
            details,
            r#","stateExitedEventDetails":{"name":"A","output":"{}","outputDetails":{"truncated":false},"assignedVariables":{"x":"1"},"assignedVariablesDetails":{"truncated":false}}"#,
        );
    }

    #[test]
    fn the_command_line_prints_four_spaces_and_python_instants() {
        let event = |id: u32, milliseconds| HistoryEvent {
            id: EventId(id),
            previous_event_id: EventId(0),
            timestamp: Timestamp(milliseconds),
            event_type: EventType::ParallelStateStarted,
            details: Details::None,
        };
        let expected = r#"{
    "events": [
        {
            "timestamp": "1970-01-01T00:00:01+00:00",
            "type": "ParallelStateStarted",
            "id": 1,
            "previousEventId": 0
        },
        {
            "timestamp": "1970-01-01T00:00:01.500000+00:00",
            "type": "ParallelStateStarted",
            "id": 2,
            "previousEventId": 0
        }
    ]
}
"#;
        let history = [event(1, 1000), event(2, 1500)];
        let printed = history_as_cli_prints(&history);
        assert_eq!(printed, expected);
        let read = history_from_json(&asl_json::parse_value(&printed).unwrap()).unwrap();
        assert_eq!(read, history);
        assert_eq!(history_as_cli_prints(&[]), "{\n    \"events\": []\n}\n");
    }

    #[test]
    fn an_event_without_details_has_no_member_and_an_empty_object_stays() {
        check(EventType::LambdaFunctionStarted, Details::None, "");
        check(
            EventType::ActivityStarted,
            Details::ActivityStarted { worker_name: None },
            r#","activityStartedEventDetails":{}"#,
        );
    }
}
