//! What an execution writes to CloudWatch Logs: one record per event, as far as the log level lets it through.

use asl_core::EventType;
use asl_json::{Object, Value};

/// Level of a state machine's logging configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    /// Nothing.
    Off,
    /// Failures of states and executions, and what leads to them.
    Error,
    /// The end of an execution that did not succeed.
    Fatal,
    /// Everything.
    All,
}

impl LogLevel {
    /// Returns the level of the API's name.
    pub fn from_name(name: &str) -> Option<LogLevel> {
        match name {
            "OFF" => Some(LogLevel::Off),
            "ERROR" => Some(LogLevel::Error),
            "FATAL" => Some(LogLevel::Fatal),
            "ALL" => Some(LogLevel::All),
            _ => None,
        }
    }

    /// Returns true where an event of that type is logged. Source: Step Functions developer guide, "Log levels".
    pub fn lets_through(self, event_type: EventType) -> bool {
        use EventType as E;
        let fatal = matches!(
            event_type,
            E::ExecutionAborted | E::ExecutionFailed | E::ExecutionTimedOut
        );
        match self {
            LogLevel::Off => false,
            LogLevel::Fatal => fatal,
            LogLevel::All => true,
            LogLevel::Error => {
                let name = event_type.as_str();
                let end = ["Failed", "TimedOut", "Aborted"];
                event_type == E::FailStateEntered || end.into_iter().any(|end| name.ends_with(end))
            }
        }
    }
}

/// Returns the records for events in the form of `GetExecutionHistory`.
///
/// Without execution data the payloads are left out: input, output, parameters and assigned variables.
pub fn log_records(events: &[Value], execution_arn: &str, level: LogLevel, execution_data: bool) -> Vec<Value> {
    let logged = events.iter().filter(|event| {
        let event_type = event.get("type").and_then(Value::as_str).and_then(EventType::from_name);
        event_type.is_some_and(|event_type| level.lets_through(event_type))
    });
    logged
        .map(|event| record(event, execution_arn, execution_data))
        .collect()
}

fn record(event: &Value, execution_arn: &str, execution_data: bool) -> Value {
    let id = |name| event.get(name).map_or_else(|| "0".to_owned(), Value::to_string);
    let mut members = vec![
        ("id", Value::from(id("id"))),
        ("type", event.get("type").cloned().unwrap_or_default()),
        ("details", Value::from(details(event, execution_data))),
        ("previous_event_id", Value::from(id("previousEventId"))),
    ];
    members.extend(
        event
            .get("timestamp")
            .map(|timestamp| ("event_timestamp", timestamp.to_string().into())),
    );
    members.push(("execution_arn", execution_arn.into()));
    members.push(("redrive_count", "0".into()));
    Value::object(members)
}

fn details(event: &Value, execution_data: bool) -> Object {
    let members = event.as_object().into_iter().flat_map(Object::iter);
    let details = members.into_iter().find(|(name, _)| name.ends_with("EventDetails"));
    let mut details = details
        .and_then(|(_, details)| details.as_object())
        .cloned()
        .unwrap_or_default();
    if !execution_data {
        let payloads = ["input", "output", "parameters", "assignedVariables"];
        for name in payloads
            .into_iter()
            .chain(["inputDetails", "outputDetails", "assignedVariablesDetails"])
        {
            details.remove(name);
        }
    }
    details
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(level: LogLevel, execution_data: bool) -> String {
        let events = r#"[
            {"id": 2, "previousEventId": 0, "type": "FailStateEntered",
             "stateEnteredEventDetails": {"name": "F", "input": "{}", "inputDetails": {"truncated": false}}},
            {"id": 3, "previousEventId": 2, "type": "ExecutionFailed", "executionFailedEventDetails": {"error": "E"}}]"#;
        let events = asl_json::parse_value(events).unwrap();
        Value::array(log_records(events.as_array().unwrap(), "arn", level, execution_data)).to_string()
    }

    #[test]
    fn the_level_decides_what_is_logged() {
        let last = r#"{"id":"3","type":"ExecutionFailed","details":{"error":"E"},"previous_event_id":"2","execution_arn":"arn","redrive_count":"0"}"#;
        let entered = r#"{"id":"2","type":"FailStateEntered","details":{"name":"F"},"previous_event_id":"0","execution_arn":"arn","redrive_count":"0"}"#;
        assert_eq!(records(LogLevel::Off, false), "[]");
        assert_eq!(records(LogLevel::Fatal, false), format!("[{last}]"));
        assert_eq!(records(LogLevel::Error, false), format!("[{entered},{last}]"));
        assert!(records(LogLevel::All, true).contains(r#""input":"{}""#));
    }
}
