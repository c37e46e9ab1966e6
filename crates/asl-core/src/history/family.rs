//! Which shape of details belongs to which type of event.

use super::event::EventType;

/// A shape of details, shared by the types whose details look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    ExecutionStarted,
    ExecutionSucceeded,
    ExecutionRedriven,
    Failed,
    StateEntered,
    StateExited,
    TaskScheduled,
    TaskStarted,
    TaskOutput,
    TaskFailed,
    LambdaFunctionScheduled,
    Output,
    ActivityScheduled,
    ActivityStarted,
    MapStateStarted,
    MapIteration,
    MapRunStarted,
    MapRunRedriven,
    EvaluationFailed,
}

/// Returns the shape of an event's details, or `None` for the types that have none.
pub(super) fn family(event_type: EventType) -> Option<Family> {
    use EventType as E;
    Some(match event_type {
        E::ExecutionStarted => Family::ExecutionStarted,
        E::ExecutionSucceeded => Family::ExecutionSucceeded,
        E::ExecutionRedriven => Family::ExecutionRedriven,
        E::ExecutionFailed
        | E::ExecutionAborted
        | E::ExecutionTimedOut
        | E::ActivityFailed
        | E::ActivityTimedOut
        | E::ActivityScheduleFailed
        | E::LambdaFunctionFailed
        | E::LambdaFunctionTimedOut
        | E::LambdaFunctionScheduleFailed
        | E::LambdaFunctionStartFailed
        | E::MapRunFailed => Family::Failed,
        E::TaskScheduled => Family::TaskScheduled,
        E::TaskStarted => Family::TaskStarted,
        E::TaskSubmitted | E::TaskSucceeded => Family::TaskOutput,
        E::TaskFailed | E::TaskTimedOut | E::TaskStartFailed | E::TaskSubmitFailed => Family::TaskFailed,
        E::LambdaFunctionScheduled => Family::LambdaFunctionScheduled,
        E::LambdaFunctionSucceeded | E::ActivitySucceeded => Family::Output,
        E::ActivityScheduled => Family::ActivityScheduled,
        E::ActivityStarted => Family::ActivityStarted,
        E::MapStateStarted => Family::MapStateStarted,
        E::MapIterationStarted | E::MapIterationSucceeded | E::MapIterationFailed | E::MapIterationAborted => {
            Family::MapIteration
        }
        E::MapRunStarted => Family::MapRunStarted,
        E::MapRunRedriven => Family::MapRunRedriven,
        E::EvaluationFailed => Family::EvaluationFailed,
        E::ChoiceStateEntered
        | E::FailStateEntered
        | E::MapStateEntered
        | E::ParallelStateEntered
        | E::PassStateEntered
        | E::SucceedStateEntered
        | E::TaskStateEntered
        | E::WaitStateEntered => Family::StateEntered,
        E::ChoiceStateExited
        | E::MapStateExited
        | E::ParallelStateExited
        | E::PassStateExited
        | E::SucceedStateExited
        | E::TaskStateExited
        | E::WaitStateExited => Family::StateExited,
        E::LambdaFunctionStarted
        | E::MapRunAborted
        | E::MapRunSucceeded
        | E::MapStateAborted
        | E::MapStateFailed
        | E::MapStateSucceeded
        | E::ParallelStateAborted
        | E::ParallelStateFailed
        | E::ParallelStateStarted
        | E::ParallelStateSucceeded
        | E::TaskStateAborted
        | E::WaitStateAborted => return None,
    })
}
