//! The history: what `GetExecutionHistory` returns, event for event.

mod details;
mod event;
mod json;

pub use details::Details;
pub use event::{EventId, EventType, HistoryEvent};
