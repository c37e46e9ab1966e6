//! Which events of a history a reader wants to see.
//!
//! It looks at the events themselves and writes no text, so that 25,000 of them are filtered between two key presses.

use asl_core::{Details, EventId, HistoryEvent};
use asl_json::Value;

use crate::NodeKind;
use crate::timeline::{Place, Role, Timeline, role};
use crate::topology::Outcome;

/// Kinds of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogKind {
    /// Every event.
    #[default]
    All,
    /// States that begin and end.
    States,
    /// What happens to tasks between those.
    Tasks,
    /// What fails, runs out of time or is aborted.
    Errors,
    /// Attempts that fail and are tried again, and the attempts after the first.
    Retries,
    /// Choice states.
    Choices,
    /// Map states, their iterations and Map Runs.
    Map,
}

/// A kind, and words that all have to fit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogFilter {
    kind: LogKind,
    words: Vec<Word>,
}

/// One word of a filter.
#[derive(Clone, Debug, PartialEq)]
enum Word {
    /// `state:`, part of the state's name.
    State(String),
    /// `type:`, part of the event's type.
    Type(String),
    /// `error:`, part of the error's name.
    Error(String),
    /// `iter:`, an iteration of a Map state around the event, from 0.
    Iteration(u32),
    /// `after:`, milliseconds since the first event.
    After(i64),
    /// Part of anything that the event carries.
    Text(String),
}

impl LogFilter {
    /// Returns the filter that the words describe: `state:`, `type:`, `error:`, `iter:`, `after:` (seconds), or text. A
    /// value with spaces stands in double quotes. A number that is none makes the word plain text.
    pub fn new(kind: LogKind, text: &str) -> LogFilter {
        LogFilter {
            kind,
            words: words(text).into_iter().map(Word::new).collect(),
        }
    }

    /// Returns the ids of the events that pass, ascending. The timeline has read the history.
    pub fn matches<'a>(
        &'a self,
        timeline: &'a Timeline,
        history: &'a [HistoryEvent],
    ) -> impl Iterator<Item = EventId> + 'a {
        let passes = |event: &&HistoryEvent| {
            let place = timeline.place(event.id);
            place.is_some_and(|place| {
                is_of_kind(self.kind, timeline, place)
                    && self.words.iter().all(|word| word.fits(timeline, event, place))
            })
        };
        history.iter().filter(passes).map(|event| event.id)
    }

    /// Returns whether a line of text passes: what is no event has nothing but its text and the name of its state.
    pub fn fits_line(&self, state: &str, text: &str) -> bool {
        self.words.iter().all(|word| match word {
            Word::State(part) => contains(state, part),
            Word::Text(part) => contains(text, part) || contains(state, part),
            Word::Type(_) | Word::Error(_) | Word::Iteration(_) | Word::After(_) => false,
        })
    }
}

/// Returns the words of a text, without the double quotes around values.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut is_quoted) = (String::new(), false);
    for character in text.chars() {
        match character {
            '"' => is_quoted = !is_quoted,
            character if character.is_whitespace() && !is_quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            character => word.push(character),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

impl Word {
    fn new(word: String) -> Word {
        let split = word.split_once(':').map(|(name, value)| (name, value.to_owned()));
        match split {
            Some(("state", value)) => Word::State(value),
            Some(("type", value)) => Word::Type(value),
            Some(("error", value)) => Word::Error(value),
            Some(("iter", value)) => value.parse().map_or(Word::Text(word), Word::Iteration),
            Some(("after", value)) => milliseconds(&value).map_or(Word::Text(word), Word::After),
            _ => Word::Text(word),
        }
    }

    fn fits(&self, timeline: &Timeline, event: &HistoryEvent, place: &Place) -> bool {
        match self {
            Word::State(part) => state_name(timeline, place).is_some_and(|name| contains(name, part)),
            Word::Type(part) => contains(event.event_type.as_str(), part),
            Word::Error(part) => place.error.as_deref().is_some_and(|error| contains(error, part)),
            Word::Iteration(number) => is_in_iteration(timeline, place, *number),
            Word::After(milliseconds) => event.timestamp.0 - timeline.start().0 >= *milliseconds,
            Word::Text(part) => {
                contains(event.event_type.as_str(), part)
                    || state_name(timeline, place).is_some_and(|name| contains(name, part))
                    || place.error.as_deref().is_some_and(|error| contains(error, part))
                    || details_contain(&event.details, part)
            }
        }
    }
}

/// Returns seconds, such as `2.5`, in milliseconds.
fn milliseconds(seconds: &str) -> Option<i64> {
    let seconds: f64 = seconds.parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "the conversion saturates")]
    let milliseconds = (seconds * 1000.0) as i64;
    Some(milliseconds)
}

fn state_name<'a>(timeline: &'a Timeline, place: &Place) -> Option<&'a str> {
    timeline.topology().state(place.state?).map(|state| &*state.name)
}

fn is_of_kind(kind: LogKind, timeline: &Timeline, place: &Place) -> bool {
    let name = place.event_type.as_str();
    let role = role(place.event_type);
    match kind {
        LogKind::All => true,
        LogKind::States => matches!(role, Role::Enter | Role::Exit),
        LogKind::Tasks => {
            !matches!(role, Role::Enter | Role::Exit)
                && ["Task", "LambdaFunction", "Activity"]
                    .iter()
                    .any(|start| name.starts_with(start))
        }
        LogKind::Errors => {
            name == "FailStateEntered" || ["Failed", "TimedOut", "Aborted"].iter().any(|end| name.ends_with(end))
        }
        LogKind::Retries => {
            matches!(place.outcome, Outcome::Retry { .. }) || role == Role::Attempt && place.attempt > 1
        }
        LogKind::Choices => {
            let state = place.state.and_then(|state| timeline.topology().state(state));
            state.is_some_and(|state| state.kind == NodeKind::Choice)
        }
        LogKind::Map => name.starts_with("Map"),
    }
}

fn is_in_iteration(timeline: &Timeline, place: &Place, number: u32) -> bool {
    let mut at = Some(place.scope);
    while let Some(scope) = at.and_then(|number| timeline.scope(number)) {
        if scope.iteration == Some(number) {
            return true;
        }
        at = scope.parent;
    }
    false
}

/// Returns whether any text that an event carries has this part.
fn details_contain(details: &Details, part: &str) -> bool {
    let text = |text: &str| contains(text, part);
    let optional = |text: &Option<std::sync::Arc<str>>| text.as_deref().is_some_and(|text| contains(text, part));
    match details {
        Details::None
        | Details::ExecutionRedriven { .. }
        | Details::MapStateStarted { .. }
        | Details::MapIteration { .. } => false,
        Details::ExecutionStarted { input: value, .. }
        | Details::ExecutionSucceeded { output: value }
        | Details::Output { output: value }
        | Details::StateEntered { input: value, .. } => value_contains(value, part),
        Details::StateExited {
            output,
            assigned_variables,
            ..
        } => {
            value_contains(output, part)
                || assigned_variables
                    .iter()
                    .any(|(name, value)| text(name) || value_contains(value, part))
        }
        Details::Failed { error, cause } => optional(error) || optional(cause),
        Details::TaskScheduled {
            resource_type,
            resource,
            parameters,
            ..
        } => text(resource_type) || text(resource) || value_contains(parameters, part),
        Details::TaskStarted {
            resource_type,
            resource,
        } => text(resource_type) || text(resource),
        Details::TaskOutput { resource, output, .. } => text(resource) || value_contains(output, part),
        Details::TaskFailed {
            resource, error, cause, ..
        } => text(resource) || optional(error) || optional(cause),
        Details::LambdaFunctionScheduled { resource, input, .. }
        | Details::ActivityScheduled { resource, input, .. } => text(resource) || value_contains(input, part),
        Details::ActivityStarted { worker_name } => optional(worker_name),
        Details::MapRunStarted { map_run_arn } | Details::MapRunRedriven { map_run_arn, .. } => text(map_run_arn),
        Details::EvaluationFailed {
            error, cause, location, ..
        } => text(error) || text(cause) || optional(location),
    }
}

/// Returns whether a name or a plain value inside has this part.
fn value_contains(value: &Value, part: &str) -> bool {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        let found = match value {
            Value::Null => contains("null", part),
            Value::Bool(value) => contains(if *value { "true" } else { "false" }, part),
            Value::Number(number) => may_be_in_number(part) && contains(&number.to_string(), part),
            Value::String(text) => contains(text, part),
            Value::Array(items) => {
                waiting.extend(items.iter());
                false
            }
            Value::Object(members) => {
                waiting.extend(members.iter().map(|(_, value)| value));
                members.keys().any(|name| contains(name, part))
            }
        };
        if found {
            return true;
        }
    }
    false
}

/// Writing a number out takes longer than anything else here.
fn may_be_in_number(part: &str) -> bool {
    part.bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
}

/// Returns whether a text has this part; the case of ASCII letters does not count.
fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let Some(first) = part.first() else { return true };
    let Some(last_start) = text.len().checked_sub(part.len()) else {
        return false;
    };
    (0..=last_start)
        .any(|at| text[at].eq_ignore_ascii_case(first) && text[at..at + part.len()].eq_ignore_ascii_case(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Recorded, record};

    const MACHINE: &str = r#"{"StartAt": "Charge card", "States": {
        "Charge card": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Each",
            "Retry": [{"ErrorEquals": ["Card.Busy"], "MaxAttempts": 2, "IntervalSeconds": 2}]},
        "Each": {"Type": "Map", "ItemsPath": "$.items", "Next": "Big?", "ItemProcessor": {"StartAt": "Item", "States": {
            "Item": {"Type": "Pass", "End": true}}}},
        "Big?": {"Type": "Choice", "Choices": [{"Variable": "$[0]", "NumericGreaterThan": 5, "Next": "Done"}],
            "Default": "Lost"},
        "Done": {"Type": "Succeed"},
        "Lost": {"Type": "Fail", "Error": "Lost"}}}"#;

    fn recorded() -> Recorded {
        record(MACHINE, r#"{"customer": "Ada Lovelace"}"#, |task| {
            if task.retry_count == 0 {
                Err("Card.Busy")
            } else {
                Ok(asl_json::parse_value(r#"{"items": [7, 8]}"#).unwrap())
            }
        })
    }

    fn check(kind: LogKind, text: &str, expected: &[&str]) {
        let recorded = recorded();
        let timeline = recorded.timeline();
        let filter = LogFilter::new(kind, text);
        let found: Vec<&str> = filter
            .matches(&timeline, &recorded.history)
            .map(|id| recorded.history[id.0 as usize - 1].event_type.as_str())
            .collect();
        assert_eq!(found, expected, "{kind:?} {text}");
    }

    #[test]
    fn kinds_pick_their_events() {
        check(LogKind::Retries, "", &["TaskFailed", "TaskScheduled"]);
        check(LogKind::Errors, "", &["TaskFailed"]);
        check(LogKind::Choices, "", &["ChoiceStateEntered", "ChoiceStateExited"]);
        check(
            LogKind::Tasks,
            "",
            &[
                "TaskScheduled",
                "TaskStarted",
                "TaskFailed",
                "TaskScheduled",
                "TaskStarted",
                "TaskSucceeded",
            ],
        );
        check(
            LogKind::Map,
            "type:iteration iter:0",
            &["MapIterationStarted", "MapIterationSucceeded"],
        );
    }

    #[test]
    fn words_look_at_what_they_name_and_text_at_everything() {
        check(
            LogKind::States,
            "state:\"charge card\"",
            &["TaskStateEntered", "TaskStateExited"],
        );
        check(LogKind::All, "error:busy", &["TaskFailed"]);
        check(
            LogKind::All,
            "iter:1",
            &[
                "MapIterationStarted",
                "PassStateEntered",
                "PassStateExited",
                "MapIterationSucceeded",
            ],
        );
        check(
            LogKind::All,
            "LOVELACE",
            &["ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskScheduled"],
        );
        check(LogKind::All, "type:Started after:2 iter:0", &["MapIterationStarted"]);
        check(LogKind::Tasks, "type:scheduled after:1.5", &["TaskScheduled"]);
        check(LogKind::All, "iter:none", &[]);
        check(LogKind::All, "nothing like this", &[]);
    }

    #[test]
    fn lines_have_a_state_and_a_text() {
        let filter = |text| LogFilter::new(LogKind::All, text);
        assert!(filter("state:charge hello").fits_line("Charge card", "Hello, world"));
        assert!(!filter("type:Task").fits_line("Charge card", "Task"));
    }
}
