//! What an execution may use up. The numbers are the quotas of the service.

/// Quotas of one execution. `Default` gives the service's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Events of a history, the last one included; a STANDARD execution fails on reaching it, an EXPRESS one never does.
    /// `None` lifts the quota.
    pub history_events: Option<u32>,
    /// UTF-8 bytes of any input, output or result. `None` lifts the quota.
    pub payload_bytes: Option<usize>,
    /// Arrays and objects inside each other of any input, output or result. A loop could else nest them without end.
    pub payload_depth: usize,
    /// Seconds that an EXPRESS execution may take. `None` lifts the quota.
    pub express_seconds: Option<i64>,
    /// Steps that one evaluation of a query expression may take.
    pub query_steps: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            history_events: Some(25_000),
            payload_bytes: Some(262_144),
            payload_depth: 1000,
            express_seconds: Some(300),
            query_steps: 10_000_000,
        }
    }
}
