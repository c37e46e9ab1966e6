//! The interpreter: state machines, executions and their histories.
//!
//! It does no I/O, reads no clock and holds no JavaScript type: commands come out, inputs go in, and the history is the
//! only record of what happened. The same definition, input, answers and seed give the same history, byte for byte.
//!
//! Read [`Execution`] first, then [`HistoryEvent`], then [`Command`].

mod execution;
mod history;
mod limits;
mod timestamp;

pub use execution::{
    Command, Execution, ExecutionOptions, ExecutionStatus, ExecutionType, HandleError, Input, Output, TaskRequest,
    TaskToken,
};
pub use history::{Details, EventId, EventType, HistoryEvent};
pub use limits::Limits;
pub use timestamp::Timestamp;
