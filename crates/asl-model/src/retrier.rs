//! Retriers: the objects in `Retry`.

use std::sync::Arc;

/// One object of a `Retry` array, with the defaults of the specification filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Retrier {
    /// Error names and wildcards, in order.
    pub error_equals: Vec<Arc<str>>,
    /// Seconds before the first retry; 1 by default.
    pub interval_seconds: u64,
    /// How many retries, not counting the first try; 3 by default, 0 means never.
    pub max_attempts: u64,
    /// What the delay is multiplied with from one retry to the next; 2 by default.
    pub backoff_rate: f64,
    /// What the delay never exceeds.
    pub max_delay_seconds: Option<u64>,
    /// How chance changes the delay; none by default.
    pub jitter_strategy: JitterStrategy,
    /// `Comment`
    pub comment: Option<Arc<str>>,
}

/// How chance changes the delay of a retry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JitterStrategy {
    /// The delay as computed.
    #[default]
    None,
    /// Any delay between zero and the computed one.
    Full,
}
