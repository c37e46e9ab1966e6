//! Wait: delays.

use std::sync::Arc;

use crate::dynamic::Dynamic;

/// A Wait state.
#[derive(Clone, Debug, PartialEq)]
pub enum WaitState {
    /// `Seconds` or `SecondsPath`
    Seconds(Dynamic<i64>),
    /// `Timestamp` or `TimestampPath`: an RFC 3339 timestamp.
    Timestamp(Dynamic<Arc<str>>),
}
