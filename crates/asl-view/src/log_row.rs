//! The execution log: one line per event.

use std::sync::Arc;

use asl_core::{Details, EventId, EventType, HistoryEvent, Timestamp};
use asl_json::Value;

use crate::NodeKind;
use crate::text::{counted, seconds, shorten};
use crate::timeline::{Place, Role, Timeline, role};
use crate::topology::{Outcome, StateEntry};
use asl_drawing::Status;

const MAX_WHAT_CHARS: usize = 160;
const MAX_PREVIEW_CHARS: usize = 60;
/// How far back the row of an exit looks for the entry.
const MAX_STEPS_BACK: usize = 64;

/// One line of the execution log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogRow {
    /// Id of the event.
    pub id: EventId,
    /// Id of the event before it in its own chain; 0 where there is none.
    pub previous_id: EventId,
    /// Its instant.
    pub timestamp: Timestamp,
    /// Milliseconds since the first event.
    pub elapsed_ms: i64,
    /// The API's type.
    pub event_type: EventType,
    /// Plain words for the type, such as `Task state entered`.
    pub label: String,
    /// How the state stands with it.
    pub status: Status,
    /// Name of the state it belongs to.
    pub state: Option<Arc<str>>,
    /// Map and Parallel states around that state.
    pub depth: u32,
    /// Iteration of the innermost Map state, from 0.
    pub iteration: Option<u32>,
    /// Branch of the innermost Parallel state, from 0.
    pub branch: Option<u32>,
    /// What happened, in one line of at most 160 characters, such as `wait 4 s (2 x 2.0), attempt 3 next`.
    pub what: String,
}

/// Returns the row of an event that the timeline has read; `history` holds all events read so far.
///
/// A row may say more once the event after it has been read: an exit from a Choice state then names the rule.
pub fn log_row(timeline: &Timeline, history: &[HistoryEvent], event: &HistoryEvent) -> LogRow {
    let row = Row {
        timeline,
        history,
        event,
    };
    let place = timeline.place(event.id);
    let state = timeline.state_of(event.id);
    let (iteration, branch) = row.around(place);
    LogRow {
        id: event.id,
        previous_id: event.previous_event_id,
        timestamp: event.timestamp,
        elapsed_ms: event.timestamp.0 - timeline.start().0,
        event_type: event.event_type,
        label: plain_words(event.event_type.as_str()),
        status: place.map_or(Status::NotRun, |place| status(place, state)),
        state: state.map(|state| state.name.clone()),
        depth: state.map_or(0, |state| state.depth),
        iteration,
        branch,
        what: shorten(&row.what(place, state), MAX_WHAT_CHARS),
    }
}

/// Returns `Task state entered` for `TaskStateEntered`.
fn plain_words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
            words.push(character.to_ascii_lowercase());
        } else {
            words.push(character);
        }
    }
    words
}

fn status(place: &Place, state: Option<&StateEntry>) -> Status {
    let name = place.event_type.as_str();
    match (role(place.event_type), place.outcome) {
        (Role::Enter, _) => match state.map(|state| state.kind) {
            Some(NodeKind::Wait) => Status::Waiting,
            Some(NodeKind::Fail) => Status::Failed,
            _ => Status::Running,
        },
        (Role::Exit, _) if place.is_caught => Status::Caught,
        (_, Outcome::Retry { .. }) => Status::Retrying,
        (_, Outcome::Caught(_)) => Status::Caught,
        _ if name.ends_with("Aborted") => Status::Aborted,
        _ if name.ends_with("Failed") || name.ends_with("TimedOut") => Status::Failed,
        _ if name.ends_with("Succeeded") || name.ends_with("Exited") => Status::Succeeded,
        _ => Status::Running,
    }
}

struct Row<'a> {
    timeline: &'a Timeline,
    history: &'a [HistoryEvent],
    event: &'a HistoryEvent,
}

impl Row<'_> {
    /// Returns the innermost iteration and branch around the event.
    fn around(&self, place: Option<&Place>) -> (Option<u32>, Option<u32>) {
        let (mut iteration, mut branch) = (None, None);
        let mut at = place.map(|place| place.scope);
        while let Some(scope) = at.and_then(|number| self.timeline.scope(number)) {
            iteration = iteration.or(scope.iteration);
            branch = branch.or(scope.branch);
            at = scope.parent;
        }
        (iteration, branch)
    }

    fn what(&self, place: Option<&Place>, state: Option<&StateEntry>) -> String {
        let attempt = place.map_or(0, |place| place.attempt);
        match &self.event.details {
            Details::ExecutionStarted { input, .. } => format!("input {}", preview(input)),
            Details::ExecutionSucceeded { output } => format!("after {}, output {}", self.elapsed(), preview(output)),
            Details::StateEntered { input, .. } => preview(input),
            Details::StateExited {
                output,
                assigned_variables,
                ..
            } => self.exited(state, output, assigned_variables),
            Details::TaskScheduled {
                resource_type,
                resource,
                ..
            } => scheduled(attempt, state, &format!("{resource_type}:{resource}")),
            Details::LambdaFunctionScheduled { resource, .. } | Details::ActivityScheduled { resource, .. } => {
                scheduled(attempt, state, last_two_parts(resource))
            }
            Details::TaskStarted {
                resource_type,
                resource,
            } => format!("{resource_type}:{resource}"),
            Details::TaskOutput { output, .. } | Details::Output { output } => preview(output),
            Details::Failed { error, cause } | Details::TaskFailed { error, cause, .. } => {
                self.failed(place, state, error.as_deref(), cause.as_deref())
            }
            Details::EvaluationFailed { error, cause, .. } => self.failed(place, state, Some(error), Some(cause)),
            Details::ActivityStarted { worker_name } => worker_name
                .as_ref()
                .map_or_else(String::new, |name| format!("by {name}")),
            Details::MapStateStarted { length } => map_started(*length, state),
            Details::MapIteration { index, .. } => format!("item {}", u64::from(*index) + 1),
            Details::MapRunStarted { map_run_arn } | Details::MapRunRedriven { map_run_arn, .. } => {
                last_two_parts(map_run_arn).to_owned()
            }
            Details::ExecutionRedriven { redrive_count } => format!("redrive {redrive_count}"),
            Details::None if role(self.event.event_type) == Role::Close => self.failed(place, state, None, None),
            Details::None => String::new(),
        }
    }

    fn elapsed(&self) -> String {
        seconds(self.event.timestamp.0 - self.timeline.start().0)
    }

    /// Says what an exit changed; of a Choice state, why it goes where it goes; of a Wait state, how long it took.
    fn exited(&self, state: Option<&StateEntry>, output: &Value, assigned: &[(Arc<str>, Value)]) -> String {
        let entered = self.entered();
        let mut parts = Vec::new();
        match state.map(|state| state.kind) {
            Some(NodeKind::Choice) => parts.extend(state.and_then(|state| self.choice(state))),
            Some(NodeKind::Wait) => {
                parts.extend(
                    entered.map(|entered| format!("waited {}", seconds(self.event.timestamp.0 - entered.timestamp.0))),
                );
            }
            _ => {
                let input = entered.and_then(|entered| match &entered.details {
                    Details::StateEntered { input, .. } => Some(input),
                    _ => None,
                });
                parts.push(input.map_or_else(|| preview(output), |input| change(input, output)));
            }
        }
        if !assigned.is_empty() {
            let names: Vec<String> = assigned.iter().map(|(name, _)| format!("${name}")).collect();
            parts.push(format!("assigns {}", names.join(", ")));
        }
        parts.join("; ")
    }

    /// Returns the entry that belongs to this exit.
    fn entered(&self) -> Option<&HistoryEvent> {
        let state = self.timeline.place(self.event.id)?.state?;
        let mut at = self.event.previous_event_id;
        for _ in 0..MAX_STEPS_BACK {
            let place = self.timeline.place(at)?;
            let event = self.history.get((at.0 as usize).checked_sub(1)?)?;
            if place.state == Some(state) && role(place.event_type) == Role::Enter {
                return Some(event);
            }
            at = event.previous_event_id;
        }
        None
    }

    fn choice(&self, state: &StateEntry) -> Option<String> {
        let next = self.history.get(self.event.id.0 as usize)?;
        let Details::StateEntered { name, .. } = &next.details else {
            return None;
        };
        if next.previous_event_id != self.event.id {
            return None;
        }
        let mut rules = (1..).zip(&state.rules).filter(|(_, (target, _))| target == name);
        let is_default = state.default.as_ref() == Some(name);
        match (rules.next(), rules.next(), is_default) {
            (Some((number, (_, rule))), None, false) => Some(format!("rule {number}: {rule}, to {name}")),
            (None, _, true) => Some(format!("default, to {name}")),
            _ => Some(format!("to {name}")),
        }
    }

    fn failed(
        &self,
        place: Option<&Place>,
        state: Option<&StateEntry>,
        error: Option<&str>,
        cause: Option<&str>,
    ) -> String {
        let error = error.or_else(|| place.and_then(|place| place.error.as_deref()));
        let mut parts = Vec::new();
        match (error, cause) {
            (Some(error), Some(cause)) => parts.push(format!("{error}: {}", shorten(cause, MAX_PREVIEW_CHARS))),
            (Some(text), None) | (None, Some(text)) => parts.push(shorten(text, MAX_PREVIEW_CHARS)),
            (None, None) => {}
        }
        if role(self.event.event_type) == Role::Execution {
            parts.push(format!("after {}", self.elapsed()));
        }
        if let (Some(place), Some(state)) = (place, state) {
            parts.extend(consequence(place, state));
        }
        parts.join("; ")
    }
}

/// Says what becomes of an error: `wait 4 s (2 x 2.0), attempt 3 next` or `catcher 1 of 2 (Card.Declined), to Refund`.
fn consequence(place: &Place, state: &StateEntry) -> Option<String> {
    match place.outcome {
        Outcome::Retry {
            retrier,
            before,
            delay_ms,
        } => {
            let delay = state.delay_text(retrier, before, delay_ms);
            Some(format!("wait {delay}, attempt {} next", place.attempt + 1))
        }
        Outcome::Caught(at) => {
            let catcher = state.catch.get(at as usize)?;
            let names = catcher.error_equals.join(", ");
            Some(format!(
                "catcher {} of {} ({names}), to {}",
                at + 1,
                state.catch.len(),
                catcher.next
            ))
        }
        Outcome::None | Outcome::Uncaught => None,
    }
}

fn scheduled(attempt: u32, state: Option<&StateEntry>, resource: &str) -> String {
    let retries = state.and_then(|state| state.retry.iter().map(|retrier| retrier.max_attempts).max());
    match retries {
        Some(retries) if retries > 0 => {
            let most = retries.saturating_add(1).max(u64::from(attempt));
            format!("attempt {attempt} of {most}, {resource}")
        }
        _ => resource.to_owned(),
    }
}

fn map_started(length: u32, state: Option<&StateEntry>) -> String {
    let items = counted(length as usize, "item");
    match state.and_then(|state| state.max_concurrency) {
        Some(limit) => format!("{items}, at most {limit} at once"),
        None => items,
    }
}

fn last_two_parts(arn: &str) -> &str {
    let mut colons = arn.rmatch_indices(':').map(|(at, _)| at);
    colons.nth(1).map_or(arn, |at| &arn[at + 1..])
}

/// Returns `{orderId, total} 214 B` for an object, else the beginning of the text.
fn preview(value: &Value) -> String {
    let Some(object) = value.as_object().filter(|object| !object.is_empty()) else {
        return shorten(&value.to_string(), MAX_PREVIEW_CHARS);
    };
    let mut names = String::new();
    for (at, name) in object.keys().enumerate() {
        if names.len() + name.len() > MAX_PREVIEW_CHARS - 10 && at > 0 {
            names.push_str(", ...");
            break;
        }
        if at > 0 {
            names.push_str(", ");
        }
        names.push_str(&shorten(name, 24));
    }
    format!("{{{names}}} {} B", value.text_bytes())
}

/// Returns which members an output has gained (`+`), changed (`~`) and lost (`-`), as seen from the input.
fn change(input: &Value, output: &Value) -> String {
    let (Some(before), Some(after)) = (input.as_object(), output.as_object()) else {
        return if input == output {
            "unchanged".to_owned()
        } else {
            preview(output)
        };
    };
    let mut signs: Vec<String> = Vec::new();
    for (name, value) in after.iter() {
        match before.get(name) {
            None => signs.push(format!("+ $.{name}")),
            Some(old) if old != value => signs.push(format!("~ $.{name}")),
            Some(_) => {}
        }
    }
    signs.extend(
        before
            .keys()
            .filter(|name| !after.contains_key(name))
            .map(|name| format!("- $.{name}")),
    );
    if signs.is_empty() {
        "unchanged".to_owned()
    } else {
        shorten(&signs.join(" "), 100)
    }
}

#[cfg(test)]
#[expect(
    clippy::needless_raw_string_hashes,
    reason = "expect-test writes raw strings with hashes"
)]
mod tests;
