//! The history: what `GetExecutionHistory` returns, event for event.

mod details;
mod event;
mod family;
mod json;

pub use details::Details;
pub use event::{EventId, EventType, HistoryEvent};
pub use json::{HistoryJsonError, history_as_cli_prints, history_from_json, history_to_json};
