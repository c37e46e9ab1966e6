//! Why an error was retried, caught or passed on: each retrier and catcher in order, and the arithmetic of the delay.

use std::sync::Arc;

use asl_core::{EventId, Failure, RetryDecision};
use asl_drawing::Status;
use asl_model::{JitterStrategy, Retrier};

use crate::text::{counted, seconds};
use crate::topology::StateEntry;

/// One error of a visit in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureText {
    /// The newest event of the state when the error occurred.
    pub event: EventId,
    /// Which attempt failed, from 1.
    pub attempt: u32,
    /// Name of the error, or empty text.
    pub error: String,
    /// Its cause, or empty text.
    pub cause: String,
    /// Retriers, then catchers, in the order of the definition.
    pub clauses: Vec<ClauseText>,
    /// How the state stands then: retrying, caught or failed.
    pub status: Status,
    /// What came of it: `Retried after 4 s`.
    pub outcome: String,
    /// How the delay came about: `2 s × 2 = 4 s`; empty without a retry.
    pub arithmetic: String,
}

/// What a retrier or catcher made of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseText {
    /// A catcher, or else a retrier.
    pub is_catcher: bool,
    /// Its place in the array, from 1.
    pub number: u32,
    /// The names that it matches, and where a catcher leads: `Card.Declined, States.Timeout`.
    pub names: String,
    /// What it made of the error.
    pub verdict: ClauseVerdict,
    /// Why, in a few words.
    pub why: String,
}

/// What a retrier or catcher made of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseVerdict {
    /// It matched, and decided.
    Matched,
    /// It matched, and had no retries left.
    Spent,
    /// It did not match.
    NoMatch,
    /// It was not looked at.
    NotReached,
}

/// Returns the errors of a visit to a state in words.
pub fn explain_failures(state: &StateEntry, failures: &[Failure]) -> Vec<FailureText> {
    let mut used = vec![0_u32; state.retry.len()];
    let mut texts = Vec::with_capacity(failures.len());
    for (attempt, failure) in (1..).zip(failures) {
        let mut clauses = retriers(state, failure, &used);
        let is_retried = failure.retry.is_some();
        clauses.extend(catchers(state, failure, is_retried));
        if let Some(decision) = failure.retry
            && let Some(count) = used.get_mut(decision.retrier as usize)
        {
            *count = decision.attempt;
        }
        texts.push(FailureText {
            event: failure.event,
            attempt,
            error: text(failure.error.as_ref()),
            cause: text(failure.cause.as_ref()),
            clauses,
            status: status(failure),
            outcome: outcome(state, failure),
            arithmetic: arithmetic(state, failure.retry),
        });
    }
    texts
}

fn text(name: Option<&Arc<str>>) -> String {
    name.map_or(String::new(), ToString::to_string)
}

fn status(failure: &Failure) -> Status {
    match (failure.retry, failure.catch_index) {
        (Some(_), _) => Status::Retrying,
        (None, Some(_)) => Status::Caught,
        (None, None) => Status::Failed,
    }
}

fn outcome(state: &StateEntry, failure: &Failure) -> String {
    if let Some(decision) = failure.retry {
        return format!("Retried after {}", seconds(milliseconds(decision.delay_seconds)));
    }
    let catcher = failure
        .catch_index
        .and_then(|index| Some((index + 1, state.catch.get(index as usize)?)));
    match catcher {
        Some((number, catcher)) => format!("Caught by catcher {number}, to {}", catcher.next),
        None if failure.is_terminal() => "Ends the execution: nothing retries or catches States.Runtime".to_owned(),
        None => "Nothing takes it: the state fails".to_owned(),
    }
}

fn retriers(state: &StateEntry, failure: &Failure, used: &[u32]) -> Vec<ClauseText> {
    let mut is_decided = failure.is_terminal();
    let clause = |(position, retrier): (usize, &Retrier)| {
        let names = retrier.error_equals.join(", ");
        let (verdict, why) = if is_decided {
            (ClauseVerdict::NotReached, not_reached(failure))
        } else if failure.is_matched_by(&retrier.error_equals) {
            is_decided = true;
            let spent = failure.retry.is_none();
            let reason = matching(failure, &retrier.error_equals);
            match (spent, retrier.max_attempts) {
                (true, 0) => (
                    ClauseVerdict::Spent,
                    format!("{reason}, but MaxAttempts is 0: never retried"),
                ),
                (true, most) => {
                    let most = counted(usize::try_from(most).unwrap_or(usize::MAX), "retry");
                    (ClauseVerdict::Spent, format!("{reason}, but its {most} are used up"))
                }
                (false, most) => {
                    let number = used.get(position).map_or(1, |count| count + 1);
                    (ClauseVerdict::Matched, format!("{reason}: retry {number} of {most}"))
                }
            }
        } else {
            (ClauseVerdict::NoMatch, not_matching(failure, &retrier.error_equals))
        };
        ClauseText {
            is_catcher: false,
            number: number(position),
            names,
            verdict,
            why,
        }
    };
    state.retry.iter().enumerate().map(clause).collect()
}

fn catchers(state: &StateEntry, failure: &Failure, is_retried: bool) -> Vec<ClauseText> {
    let mut is_decided = is_retried || failure.is_terminal();
    let clause = |(position, catcher): (usize, &asl_model::Catcher)| {
        let (verdict, why) = if is_decided {
            let why = if is_retried {
                "Not looked at: a retrier took the error".to_owned()
            } else {
                not_reached(failure)
            };
            (ClauseVerdict::NotReached, why)
        } else if failure.is_matched_by(&catcher.error_equals) {
            is_decided = true;
            (ClauseVerdict::Matched, matching(failure, &catcher.error_equals))
        } else {
            (ClauseVerdict::NoMatch, not_matching(failure, &catcher.error_equals))
        };
        ClauseText {
            is_catcher: true,
            number: number(position),
            names: format!("{} \u{2192} {}", catcher.error_equals.join(", "), catcher.next),
            verdict,
            why,
        }
    };
    state.catch.iter().enumerate().map(clause).collect()
}

fn number(position: usize) -> u32 {
    u32::try_from(position + 1).unwrap_or(u32::MAX)
}

fn not_reached(failure: &Failure) -> String {
    if failure.is_terminal() {
        "States.Runtime is never retried or caught".to_owned()
    } else {
        "Not looked at: one before it matched".to_owned()
    }
}

/// Says by which name it matched.
fn matching(failure: &Failure, names: &[Arc<str>]) -> String {
    let error = failure.error.as_deref().unwrap_or("an error without a name");
    let by = names
        .iter()
        .find(|name| failure.is_matched_by(std::slice::from_ref(*name)));
    match by.map(|name| &**name) {
        Some("States.ALL") if error != "States.ALL" => "States.ALL stands for every error".to_owned(),
        Some("States.TaskFailed") if error != "States.TaskFailed" => {
            "States.TaskFailed stands for every error but States.Timeout".to_owned()
        }
        Some("States.HeartbeatTimeout") if error != "States.HeartbeatTimeout" => "A heartbeat was missed".to_owned(),
        _ => format!("{error} is in the list"),
    }
}

fn not_matching(failure: &Failure, names: &[Arc<str>]) -> String {
    let error = failure.error.as_deref().unwrap_or("An error without a name");
    let has = |wanted: &str| names.iter().any(|name| &**name == wanted);
    if has("States.ALL") {
        return format!("States.ALL does not stand for {error}");
    }
    if has("States.TaskFailed") {
        return format!("States.TaskFailed does not stand for {error}");
    }
    format!("{error} is not in the list")
}

#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
fn milliseconds(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}

/// Returns `2 s × 2 = 4 s`, with the cap and the jitter where there are some.
fn arithmetic(state: &StateEntry, decision: Option<RetryDecision>) -> String {
    let Some(decision) = decision else {
        return String::new();
    };
    let Some(retrier) = state.retry.get(decision.retrier as usize) else {
        return String::new();
    };
    let (interval, rate) = (retrier.interval_seconds, retrier.backoff_rate);
    let exponent = decision.attempt.saturating_sub(1);
    #[expect(clippy::cast_precision_loss, reason = "seconds of this magnitude are not measured")]
    let uncapped = interval as f64 * rate.powi(i32::try_from(exponent).unwrap_or(i32::MAX));
    let product = seconds(milliseconds(uncapped));
    let mut text = match exponent {
        0 => product,
        1 => format!("{interval} s \u{d7} {rate} = {product}"),
        _ => format!("{interval} s \u{d7} {rate}^{exponent} = {product}"),
    };
    if uncapped > decision.backoff_seconds {
        let cap = seconds(milliseconds(decision.backoff_seconds));
        text.push_str(", at most ");
        text.push_str(&cap);
        text.push_str(" by MaxDelaySeconds");
    }
    if retrier.jitter_strategy == JitterStrategy::Full {
        text.push_str(", jitter ");
        text.push_str(&seconds(milliseconds(decision.delay_seconds)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Topology;

    fn state(fields: &str) -> StateEntry {
        let text = format!(
            r#"{{"StartAt": "T", "States": {{"T": {{"Type": "Task", "Resource": "r", {fields}, "Next": "P"}}, "P": {{"Type": "Succeed"}}}}}}"#
        );
        let definition = asl_model::parse(&text).definition.unwrap();
        Topology::new(&definition).state(0).unwrap().clone()
    }

    fn failure(error: &str, retry: Option<(u32, f64, f64)>, catch_index: Option<u32>) -> Failure {
        Failure {
            error: Some(error.into()),
            retry: retry.map(|(attempt, backoff_seconds, delay_seconds)| RetryDecision {
                retrier: 0,
                attempt,
                backoff_seconds,
                delay_seconds,
            }),
            catch_index,
            ..Failure::default()
        }
    }

    #[test]
    fn delays_show_their_arithmetic() {
        let fields = r#""Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 2, "BackoffRate": 2, "MaxDelaySeconds": 5,
            "JitterStrategy": "FULL"}]"#;
        let failures = [
            failure("Busy", Some((1, 2.0, 1.5)), None),
            failure("Busy", Some((2, 4.0, 2.7)), None),
            failure("Busy", Some((3, 5.0, 0.25)), None),
        ];
        let texts = explain_failures(&state(fields), &failures);
        let shown: Vec<&str> = texts.iter().map(|text| &*text.arithmetic).collect();
        assert_eq!(
            shown,
            [
                "2 s, jitter 1.5 s",
                "2 s \u{d7} 2 = 4 s, jitter 2.7 s",
                "2 s \u{d7} 2^2 = 8 s, at most 5 s by MaxDelaySeconds, jitter 0.25 s",
            ]
        );
        assert_eq!(texts[1].outcome, "Retried after 2.7 s");
        assert_eq!(texts[1].clauses[0].why, "Busy is in the list: retry 2 of 3");
    }

    #[test]
    fn each_clause_says_why_it_did_or_did_not_take_the_error() {
        let fields = r#""Retry": [{"ErrorEquals": ["Slow"]}, {"ErrorEquals": ["States.ALL"], "MaxAttempts": 0}],
            "Catch": [{"ErrorEquals": ["States.TaskFailed"], "Next": "P"}, {"ErrorEquals": ["States.ALL"], "Next": "P"}]"#;
        let texts = explain_failures(&state(fields), &[failure("States.Timeout", None, Some(1))]);
        let clauses: Vec<_> = texts[0]
            .clauses
            .iter()
            .map(|clause| (clause.verdict, &*clause.why))
            .collect();
        assert_eq!(
            clauses,
            [
                (ClauseVerdict::NoMatch, "States.Timeout is not in the list"),
                (
                    ClauseVerdict::Spent,
                    "States.ALL stands for every error, but MaxAttempts is 0: never retried"
                ),
                (
                    ClauseVerdict::NoMatch,
                    "States.TaskFailed does not stand for States.Timeout"
                ),
                (ClauseVerdict::Matched, "States.ALL stands for every error"),
            ]
        );
        assert_eq!(
            (texts[0].status, &*texts[0].outcome),
            (Status::Caught, "Caught by catcher 2, to P")
        );
    }

    #[test]
    fn nothing_takes_a_runtime_error() {
        let fields =
            r#""Retry": [{"ErrorEquals": ["States.ALL"]}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "P"}]"#;
        let texts = explain_failures(&state(fields), &[failure("States.Runtime", None, None)]);
        assert!(
            texts[0]
                .clauses
                .iter()
                .all(|clause| clause.verdict == ClauseVerdict::NotReached)
        );
        assert!(texts[0].outcome.starts_with("Ends the execution"));
    }
}
