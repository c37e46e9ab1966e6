//! The interpreter: state machines, executions and their histories.
//!
//! It does no I/O, reads no clock and holds no JavaScript type: commands come out, inputs go in, and the history is the
//! only record of what happened. The same definition, input, answers and seed give the same history, byte for byte.
//!
//! Read [`Execution`] first, then [`HistoryEvent`], then [`Command`].

#![cfg_attr(
    test,
    expect(
        clippy::needless_raw_string_hashes,
        reason = "expect-test writes its blocks with them"
    )
)]

mod behavior;
mod compile;
mod context_object;
mod contract;
mod dataflow;
mod dice;
mod error;
mod execution;
mod frame;
mod history;
mod interpreter;
mod item_reader;
mod limits;
mod machine;
mod map_run;
mod moment;
mod object_store;
mod query;
mod record;
mod recover;
mod region;
mod result_writer;
mod state;
mod test_state;
#[cfg(test)]
mod testing;
mod timer;
mod timestamp;
mod trace;

pub use behavior::{Behavior, EvaluationFailedPrevious, MapRunExitPrevious};
pub use contract::{
    Command, ExecutionOptions, ExecutionStatus, ExecutionType, HandleError, Input, Integration, IntegrationPattern,
    Output, TaskRequest, TaskToken,
};
pub use execution::Execution;
pub use history::{
    Details, EventId, EventType, HistoryEvent, HistoryJsonError, history_as_cli_prints, history_from_json,
    history_to_json,
};
pub use limits::Limits;
pub use machine::StateMachine;
pub use map_run::{MapRun, MapRunCounts};
pub use moment::{ConditionOutcome, EvaluationError, Moment, Verdict};
pub use object_store::{ObjectStore, StoredObject};
pub use record::{ExecutionRecord, RunId};
pub use test_state::{
    FieldValidationMode, InspectionLevel, MockErrorOutput, MockInput, TaskAnswer, TestProgress, TestStateError,
    TestStateRequest, TestedState,
};
pub use timestamp::Timestamp;
pub use trace::{ErrorDetails, Failure, RetryDecision, StateTrace};
