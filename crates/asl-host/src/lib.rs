//! What every host of the interpreter shares: who answers tasks, nested executions, and the drive loop on virtual time.
//!
//! It does no I/O, reads no clock and runs no JavaScript: where a mock is written in JavaScript, the host that embeds
//! this crate is asked. Read [`Session`] first, then [`Mocks`], then [`drive()`].

mod answer;
mod describe;
mod drive;
mod log_record;
mod machines;
mod mock;
mod mock_file;
mod nested;
mod response;
mod session;
mod test_state;
mod timeline;

pub use answer::{Answer, Answers, Delivery, FunctionCall, FunctionError, Report};
pub use describe::{describe_execution, describe_map_run, list_map_runs, start_sync_execution};
pub use drive::{DriveEnd, drive};
pub use log_record::{LogLevel, log_records};
pub use machines::{Machines, RegisteredMachine};
pub use mock::{Mock, MockAnswer, MockBehavior, MockMatch, MockResponse, Mocks};
pub use mock_file::{MockFile, MockFileError};
pub use response::{function_name, function_payload, function_result};
pub use session::{Question, QuestionId, Run, RunId, Session, SessionError, SessionInput, SessionOutput};
pub use test_state::{
    FieldValidationMode, InspectionLevel, MockErrorOutput, MockInput, TestStateError, TestStateRequest, function_end,
    out_of_time, task_end, test_state,
};
