//! What reading a history needs to know of the definition: which state is inside which, and how errors are met.

use std::collections::BTreeMap;
use std::sync::Arc;

use asl_model::{
    Body, Catcher, Definition, Dynamic, IntegrationPattern, JitterStrategy, ResourceKind, Retrier, State, StateKind,
    Transition,
};

use crate::diagram::NodeKind;
use crate::facts::MAX_NESTING;

/// The states of a machine by name, nested ones included. Events carry nothing but names, which are unique in a machine.
#[derive(Clone, Debug, Default)]
pub struct Topology {
    states: Vec<StateEntry>,
    by_name: BTreeMap<Arc<str>, u32>,
}

/// What reading a history needs to know of one state.
#[derive(Clone, Debug)]
pub struct StateEntry {
    /// Its name.
    pub name: Arc<str>,
    /// Its type.
    pub kind: NodeKind,
    /// Number of the Map or Parallel state it is directly inside of.
    pub container: Option<u32>,
    /// Branch of that Parallel state, from 0.
    pub branch: Option<u32>,
    /// Number of Map and Parallel states around it.
    pub depth: u32,
    /// Whether its end is the end of its part of the machine.
    pub ends: bool,
    /// Whether its task is done when somebody returns the task token.
    pub waits_for_token: bool,
    /// Error name that a Fail state writes down.
    pub error: Option<Arc<str>>,
    /// Retriers, in order.
    pub retry: Vec<Retrier>,
    /// Catchers, in order.
    pub catch: Vec<Catcher>,
    /// `MaxConcurrency` of a Map state, where that is a number above zero.
    pub max_concurrency: Option<i64>,
    /// Rules of a Choice state: target and condition.
    pub rules: Vec<(Arc<str>, String)>,
    /// `Default` of a Choice state.
    pub default: Option<Arc<str>>,
}

/// What becomes of an error, as far as the definition tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// There was no error.
    #[default]
    None,
    /// Another attempt is made.
    Retry {
        retrier: u32,
        /// Retries of this retrier before this one.
        before: u32,
        /// The delay in milliseconds, before chance shortens it.
        delay_ms: i64,
    },
    /// The catcher at this position takes it.
    Caught(u32),
    /// Nothing takes it.
    Uncaught,
}

impl Topology {
    /// Returns the topology of the definition.
    pub fn new(definition: &Definition) -> Topology {
        let mut topology = Topology::default();
        topology.add(&definition.body, None, None, 0);
        topology
    }

    /// Returns the number of the state of that name.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.by_name.get(name).copied()
    }

    /// Returns the state of that number.
    pub fn state(&self, number: u32) -> Option<&StateEntry> {
        self.states.get(number as usize)
    }

    /// Returns true where the state is somewhere inside the container.
    pub fn is_inside(&self, state: u32, container: u32) -> bool {
        let mut at = self.state(state).and_then(|entry| entry.container);
        while let Some(around) = at {
            if around == container {
                return true;
            }
            at = self.state(around).and_then(|entry| entry.container);
        }
        false
    }

    fn add(&mut self, body: &Body, container: Option<u32>, branch: Option<u32>, depth: u32) {
        if depth as usize > MAX_NESTING {
            return;
        }
        for state in body.states.values() {
            let Ok(number) = u32::try_from(self.states.len()) else {
                return;
            };
            self.by_name.entry(state.name.clone()).or_insert(number);
            self.states.push(entry(state, container, branch, depth));
            for (branch, inner) in (0..).zip(state.bodies()) {
                let branch = matches!(state.kind, StateKind::Parallel(_)).then_some(branch);
                self.add(inner, Some(number), branch, depth + 1);
            }
        }
    }
}

fn entry(state: &State, container: Option<u32>, branch: Option<u32>, depth: u32) -> StateEntry {
    let mut entry = StateEntry {
        name: state.name.clone(),
        kind: crate::facts::node_kind(state),
        container,
        branch,
        depth,
        ends: state.transition == Some(Transition::End) || matches!(state.kind, StateKind::Succeed(_)),
        waits_for_token: false,
        error: None,
        retry: state.retry.clone(),
        catch: state.catch.clone(),
        max_concurrency: None,
        rules: Vec::new(),
        default: None,
    };
    match &state.kind {
        StateKind::Task(task) => {
            if let ResourceKind::Integration(integration) = &task.resource.kind {
                entry.waits_for_token = integration.pattern == IntegrationPattern::WaitForTaskToken;
            }
        }
        StateKind::Fail(fail) => {
            if let Some(Dynamic::Value(error)) = &fail.error {
                entry.error = Some(error.clone());
            }
        }
        StateKind::Map(map) => {
            if let Some(Dynamic::Value(limit)) = map.max_concurrency {
                entry.max_concurrency = Some(limit).filter(|limit| *limit > 0);
            }
        }
        StateKind::Choice(choice) => {
            let rules = choice.choices.iter();
            entry.rules = rules
                .map(|rule| (rule.next.clone(), crate::rule_text::short_rule(&rule.condition)))
                .collect();
            entry.default.clone_from(&choice.default);
        }
        _ => {}
    }
    entry
}

impl StateEntry {
    /// Returns what becomes of an error; `used` counts the retries of each retrier in this visit and is brought up to date.
    pub(crate) fn outcome(&self, error: &str, used: &mut Vec<u32>) -> Outcome {
        used.resize(self.retry.len(), 0);
        let retrier = self
            .retry
            .iter()
            .position(|retrier| matches(&retrier.error_equals, error));
        if let Some(at) = retrier
            && u64::from(used[at]) < self.retry[at].max_attempts
        {
            let before = used[at];
            used[at] += 1;
            return Outcome::Retry {
                retrier: u32::try_from(at).unwrap_or(0),
                before,
                delay_ms: delay_ms(&self.retry[at], before),
            };
        }
        let catcher = self
            .catch
            .iter()
            .position(|catcher| matches(&catcher.error_equals, error));
        catcher.map_or(Outcome::Uncaught, |at| Outcome::Caught(u32::try_from(at).unwrap_or(0)))
    }

    /// Returns the retrier's delay in words: `4 s (2 x 2.0)`.
    pub(crate) fn delay_text(&self, retrier: u32, before: u32, delay_ms: i64) -> String {
        let Some(retrier) = self.retry.get(retrier as usize) else {
            return String::new();
        };
        let most = if retrier.jitter_strategy == JitterStrategy::Full {
            "at most "
        } else {
            ""
        };
        let seconds = crate::text::seconds(delay_ms);
        match before {
            0 => format!("{most}{seconds}"),
            1 => format!(
                "{most}{seconds} ({} x {:.1})",
                retrier.interval_seconds, retrier.backoff_rate
            ),
            _ => format!(
                "{most}{seconds} ({} x {:.1}^{before})",
                retrier.interval_seconds, retrier.backoff_rate
            ),
        }
    }
}

/// Returns true where one of the names or wildcards stands for the error.
fn matches(names: &[Arc<str>], error: &str) -> bool {
    names.iter().any(|name| match &**name {
        "States.ALL" => error != "States.Runtime" || names.iter().any(|name| &**name == error),
        "States.TaskFailed" => error != "States.Timeout" && error != "States.Runtime",
        name => name == error,
    })
}

fn delay_ms(retrier: &Retrier, before: u32) -> i64 {
    #[expect(clippy::cast_precision_loss, reason = "seconds are far below 2^52")]
    let first = retrier.interval_seconds as f64;
    let power = i32::try_from(before).unwrap_or(i32::MAX);
    let mut seconds = first * retrier.backoff_rate.powi(power);
    if let Some(limit) = retrier.max_delay_seconds {
        #[expect(clippy::cast_precision_loss, reason = "seconds are far below 2^52")]
        let limit = limit as f64;
        seconds = seconds.min(limit);
    }
    #[expect(clippy::cast_possible_truncation, reason = "the conversion saturates")]
    let milliseconds = (seconds * 1000.0).round() as i64;
    milliseconds
}
