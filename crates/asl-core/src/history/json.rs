//! Events as `GetExecutionHistory` prints them: payloads as JSON text, one details member named after the event's family.

use std::sync::Arc;

use asl_json::{Object, Value};

use super::{Details, EventType, HistoryEvent};

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
        if self.details != Details::None {
            event.insert(self.event_type.details_member(), self.details.to_value());
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
        let family = family.unwrap_or(name);
        let (first, rest) = family.split_at(1);
        format!("{}{rest}EventDetails", first.to_ascii_lowercase())
    }
}

impl Details {
    /// Returns the details object, with the API's member names.
    fn to_value(&self) -> Value {
        let mut members = Members(Object::new());
        match self {
            Details::None => {}
            Details::ExecutionStarted { input, role_arn } => {
                members.payload("input", input);
                members.text("roleArn", role_arn);
            }
            Details::ExecutionSucceeded { output } | Details::Output { output } => members.payload("output", output),
            Details::ExecutionRedriven { redrive_count } => members.count("redriveCount", *redrive_count),
            Details::Failed { error, cause } => members.error(error.as_ref(), cause.as_ref()),
            Details::StateEntered { name, input } => {
                members.text("name", name);
                members.payload("input", input);
            }
            Details::StateExited {
                name,
                output,
                assigned_variables,
            } => {
                members.text("name", name);
                members.payload("output", output);
                members.assigned_variables(assigned_variables);
            }
            Details::MapStateStarted { length } => members.count("length", *length),
            Details::MapIteration { name, index } => {
                members.text("name", name);
                members.count("index", *index);
            }
            Details::MapRunStarted { map_run_arn } => members.text("mapRunArn", map_run_arn),
            Details::MapRunRedriven {
                map_run_arn,
                redrive_count,
            } => {
                members.text("mapRunArn", map_run_arn);
                members.count("redriveCount", *redrive_count);
            }
            Details::EvaluationFailed {
                state,
                error,
                cause,
                location,
            } => {
                members.error(Some(error), Some(cause));
                if let Some(location) = location {
                    members.text("location", location);
                }
                members.text("state", state);
            }
            _ => self.write_task(&mut members),
        }
        Value::Object(members.0)
    }

    /// Writes what belongs to tasks, whatever calls them.
    fn write_task(&self, members: &mut Members) {
        match self {
            Details::TaskScheduled {
                resource_type,
                resource,
                region,
                parameters,
                timeout_in_seconds,
                heartbeat_in_seconds,
                task_credentials,
            } => {
                members.resource(resource_type, resource);
                members.text("region", region);
                members.0.insert("parameters", parameters.to_string().into());
                members.seconds("timeoutInSeconds", *timeout_in_seconds);
                members.seconds("heartbeatInSeconds", *heartbeat_in_seconds);
                members.credentials(task_credentials.as_ref());
            }
            Details::TaskStarted {
                resource_type,
                resource,
            } => members.resource(resource_type, resource),
            Details::TaskOutput {
                resource_type,
                resource,
                output,
            } => {
                members.resource(resource_type, resource);
                members.payload("output", output);
            }
            Details::TaskFailed {
                resource_type,
                resource,
                error,
                cause,
            } => {
                members.resource(resource_type, resource);
                members.error(error.as_ref(), cause.as_ref());
            }
            Details::LambdaFunctionScheduled {
                resource,
                input,
                timeout_in_seconds,
                task_credentials,
            } => {
                members.text("resource", resource);
                members.payload("input", input);
                members.seconds("timeoutInSeconds", *timeout_in_seconds);
                members.credentials(task_credentials.as_ref());
            }
            Details::ActivityScheduled {
                resource,
                input,
                timeout_in_seconds,
                heartbeat_in_seconds,
            } => {
                members.text("resource", resource);
                members.payload("input", input);
                members.seconds("timeoutInSeconds", *timeout_in_seconds);
                members.seconds("heartbeatInSeconds", *heartbeat_in_seconds);
            }
            Details::ActivityStarted {
                worker_name: Some(worker_name),
            } => members.text("workerName", worker_name),
            _ => {}
        }
    }
}

/// A details object under construction.
struct Members(Object);

impl Members {
    fn text(&mut self, name: &str, text: &Arc<str>) {
        self.0.insert(name, text.clone().into());
    }

    fn count(&mut self, name: &str, count: u32) {
        self.0.insert(name, i64::from(count).into());
    }

    fn seconds(&mut self, name: &str, seconds: Option<i64>) {
        if let Some(seconds) = seconds {
            self.0.insert(name, seconds.into());
        }
    }

    /// Writes a payload as JSON text, and beside it that nothing of it was cut off.
    fn payload(&mut self, name: &str, payload: &Value) {
        self.0.insert(name, payload.to_string().into());
        self.not_truncated(&format!("{name}Details"));
    }

    fn not_truncated(&mut self, name: &str) {
        self.0.insert(name, Value::object([("truncated", Value::Bool(false))]));
    }

    fn error(&mut self, error: Option<&Arc<str>>, cause: Option<&Arc<str>>) {
        for (name, text) in [("error", error), ("cause", cause)] {
            if let Some(text) = text {
                self.text(name, text);
            }
        }
    }

    fn resource(&mut self, resource_type: &Arc<str>, resource: &Arc<str>) {
        self.text("resourceType", resource_type);
        self.text("resource", resource);
    }

    fn credentials(&mut self, role_arn: Option<&Arc<str>>) {
        if let Some(role_arn) = role_arn {
            let credentials = Value::object([("roleArn", Value::from(role_arn.clone()))]);
            self.0.insert("taskCredentials", credentials);
        }
    }

    fn assigned_variables(&mut self, variables: &[(Arc<str>, Value)]) {
        if variables.is_empty() {
            return;
        }
        let texts = variables
            .iter()
            .map(|(name, value)| (name.clone(), Value::from(value.to_string())));
        self.0.insert("assignedVariables", Value::object(texts));
        self.not_truncated("assignedVariablesDetails");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EventId, Timestamp};

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
    fn an_event_without_details_has_no_member_and_an_empty_object_stays() {
        check(EventType::LambdaFunctionStarted, Details::None, "");
        check(
            EventType::ActivityStarted,
            Details::ActivityStarted { worker_name: None },
            r#","activityStartedEventDetails":{}"#,
        );
    }
}
