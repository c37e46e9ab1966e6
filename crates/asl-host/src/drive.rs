//! The drive loop on virtual time: it waits for nothing and jumps from deadline to deadline.

use asl_core::{ExecutionStatus, Timestamp};

use crate::session::{Question, Session, SessionInput, SessionOutput};

/// Why the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriveEnd {
    /// The execution has ended.
    Finished(ExecutionStatus),
    /// The execution waits for something that nobody will ever send.
    Stuck,
    /// The bound on polls was reached.
    OutOfPolls,
}

/// Drives a session to its end. `call` runs a function that it asks for at an instant of virtual time, and returns the
/// answer to that question; `seen` hears of everything that happens.
pub fn drive(
    session: &mut Session,
    most_polls: u64,
    call: &mut dyn FnMut(&Question, Timestamp) -> SessionInput,
    seen: &mut dyn FnMut(&SessionOutput),
) -> DriveEnd {
    for _ in 0..most_polls {
        let output = session.poll();
        seen(&output);
        let input = match output {
            SessionOutput::Finished(status) => return DriveEnd::Finished(status),
            SessionOutput::Ask(question) => call(&question, session.now()),
            SessionOutput::Waiting { until: Some(until) } => SessionInput::AdvanceTo(until),
            // Every question is answered in the same breath, so `Asking` never comes up here.
            SessionOutput::Waiting { until: None } | SessionOutput::Asking => return DriveEnd::Stuck,
            SessionOutput::Event { .. } | SessionOutput::ExecutionStarted(_) | SessionOutput::Assumed { .. } => {
                continue;
            }
        };
        if session.handle(input).is_err() {
            return DriveEnd::Stuck;
        }
    }
    DriveEnd::OutOfPolls
}
