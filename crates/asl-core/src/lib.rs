//! The interpreter: state machines, executions and their histories.
//!
//! It does no I/O, reads no clock and holds no JavaScript type: commands come out, inputs go in, and the history is the
//! only record of what happened. The same definition, input, answers and seed give the same history, byte for byte.
//!
//! Read [`Execution`] first, then [`HistoryEvent`], then [`Command`].

mod behavior;
mod contract;
mod history;
mod limits;
mod object_store;
mod timestamp;
mod trace;

pub use behavior::{Behavior, EvaluationFailedPrevious, MapRunExitPrevious};
pub use contract::{
    Command, ExecutionOptions, ExecutionStatus, ExecutionType, HandleError, Input, Integration, IntegrationPattern,
    Output, TaskRequest, TaskToken,
};
pub use history::{Details, EventId, EventType, HistoryEvent};
pub use limits::Limits;
pub use object_store::{ObjectStore, StoredObject};
pub use timestamp::Timestamp;
pub use trace::{ErrorDetails, StateTrace};

/// A running or finished execution of a state machine.
#[derive(Debug)]
pub struct Execution {}
