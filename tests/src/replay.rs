//! Task answers as they were recorded: the `replay` list of a case.

use asl_core::{Integration, TaskRequest, Timestamp};
use asl_host::{Delivery, Report};
use asl_json::Value;

use crate::case::Case;
use crate::matcher::match_value;
use crate::placeholders::{Bindings, Placeholders};

/// Recorded attempts, each to be used once.
#[derive(Debug)]
pub struct Replay {
    attempts: Vec<Attempt>,
    /// The instant that counts as the recording's event 0: the end of the attempt that ended with event 12 comes 12 ms
    /// later, so that attempts that run side by side end in the recorded order.
    origin: Timestamp,
}

#[derive(Debug)]
struct Attempt {
    entry: Value,
    /// Id of the event that scheduled it.
    scheduled: i64,
    /// Id of the event that ended it.
    ended: i64,
    worker_name: Option<String>,
    used: bool,
}

/// What the recording says about an attempt.
#[derive(Debug)]
pub struct Recorded {
    /// What the task reports.
    pub deliveries: Vec<Delivery>,
    /// False where no unused attempt of that state was sent what this one was sent.
    pub parameters_match: bool,
}

impl Replay {
    /// Reads the recorded attempts of a case, whose execution starts at `start`.
    pub fn new(case: &Case, start: Timestamp) -> Replay {
        let events = case
            .expect
            .get("events")
            .and_then(Value::as_array)
            .map_or(&[][..], |events| events);
        let attempts = case
            .list("replay")
            .iter()
            .map(|entry| Attempt::read(entry, events))
            .collect();
        Replay {
            attempts,
            origin: start,
        }
    }

    /// Returns true where nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.attempts.is_empty()
    }

    /// Takes the recorded attempt for a task, or `None` where no attempt of its state is left.
    pub fn take(&mut self, task: &TaskRequest, now: Timestamp, placeholders: &Placeholders) -> Option<Recorded> {
        let of_state = |attempt: &Attempt| {
            !attempt.used && attempt.entry.get("state").and_then(Value::as_str) == Some(&*task.state)
        };
        let matching = |attempt: &Attempt| of_state(attempt) && attempt.was_sent(&task.input, placeholders);
        let exact = self.attempts.iter().position(matching);
        let index = exact.or_else(|| self.attempts.iter().position(of_state))?;
        let attempt = &mut self.attempts[index];
        attempt.used = true;
        if self.origin + attempt.ended < now {
            self.origin = now + -attempt.scheduled;
        }
        let after_ms = (self.origin.0 + attempt.ended - now.0).max(0);
        Some(Recorded {
            deliveries: attempt.deliveries(task, after_ms),
            parameters_match: exact.is_some(),
        })
    }
}

impl Attempt {
    fn read(entry: &Value, events: &[Value]) -> Attempt {
        let number = |value: &Value, name: &str| value.get(name).and_then(Value::as_i64);
        let scheduled = number(entry, "scheduledEventId").unwrap_or(0);
        let mut ended = scheduled;
        let mut worker_name = None;
        for event in events {
            let event_type = event.get("type").and_then(Value::as_str).unwrap_or_default();
            let family = ["Task", "LambdaFunction", "Activity"];
            let of_attempt = family
                .iter()
                .filter_map(|family| event_type.strip_prefix(family))
                .any(|rest| matches!(rest, "Started" | "Submitted" | "Succeeded" | "Failed" | "TimedOut"));
            if of_attempt && scheduled > 0 && number(event, "previousEventId") == Some(ended) {
                ended = number(event, "id").unwrap_or(ended);
                let details = event.get("activityStartedEventDetails");
                let name = details
                    .and_then(|details| details.get("workerName"))
                    .and_then(Value::as_str);
                worker_name = name.map(str::to_owned).or(worker_name);
            }
        }
        Attempt {
            entry: entry.clone(),
            scheduled,
            ended,
            worker_name,
            used: false,
        }
    }

    fn was_sent(&self, input: &Value, placeholders: &Placeholders) -> bool {
        let sent = self.entry.get("parameters").or_else(|| self.entry.get("input"));
        sent.is_none_or(|sent| match_value(sent, input, placeholders, &mut Bindings::default()).is_ok())
    }

    fn deliveries(&self, task: &TaskRequest, after_ms: i64) -> Vec<Delivery> {
        let mut deliveries = Vec::new();
        if task.integration == Integration::Activity {
            let worker_name = self.worker_name.as_deref().map(Into::into);
            deliveries.push(Delivery::now(Report::ActivityStarted { worker_name }));
        }
        if let Some(submitted) = self.entry.get("submitted") {
            let output = submitted.get("output").map_or(Value::Null, decode);
            deliveries.push(Delivery::now(Report::Submitted(output)));
        }
        deliveries.extend(self.end(task).map(|report| Delivery { after_ms, report }));
        deliveries
    }

    fn end(&self, task: &TaskRequest) -> Option<Report> {
        let outcome = self.entry.get("outcome")?;
        if let Some(succeeded) = outcome.get("succeeded") {
            return Some(Report::Success(succeeded.get("output").map_or(Value::Null, decode)));
        }
        if let Some(failed) = outcome.get("failed") {
            let error = failed.get("error").and_then(Value::as_str).map(Into::into);
            let cause = failed
                .get("cause")
                .filter(|cause| !cause.is_null())
                .map(text_of)
                .map(Into::into);
            return Some(Report::Failure { error, cause });
        }
        // Where the state has a deadline, the execution itself must run into it.
        let watched = task.timeout_seconds.is_some() || task.heartbeat_seconds.is_some();
        (outcome.get("timedOut").is_some() && !watched).then_some(Report::TimedOut)
    }
}

/// Returns the value of recorded JSON text; text that is none stands for itself.
fn decode(recorded: &Value) -> Value {
    match recorded {
        Value::String(text) => asl_json::parse_value(text).unwrap_or_else(|_| recorded.clone()),
        _ => recorded.clone(),
    }
}

fn text_of(recorded: &Value) -> String {
    match recorded {
        Value::String(text) => text.to_string(),
        _ => recorded.to_string(),
    }
}
