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
        E::ExecutionFailed => Family::Failed,
        E::ExecutionAborted => Family::Failed,
        E::ExecutionTimedOut => Family::Failed,
        E::ActivityFailed => Family::Failed,
        E::ActivityTimedOut => Family::Failed,
        E::ActivityScheduleFailed => Family::Failed,
        E::LambdaFunctionFailed => Family::Failed,
        E::LambdaFunctionTimedOut => Family::Failed,
        E::LambdaFunctionScheduleFailed => Family::Failed,
        E::LambdaFunctionStartFailed => Family::Failed,
        E::MapRunFailed => Family::Failed,
        E::TaskScheduled => Family::TaskScheduled,
        E::TaskStarted => Family::TaskStarted,
        E::TaskSubmitted => Family::TaskOutput,
        E::TaskSucceeded => Family::TaskOutput,
        E::TaskFailed => Family::TaskFailed,
        E::TaskTimedOut => Family::TaskFailed,
        E::TaskStartFailed => Family::TaskFailed,
        E::TaskSubmitFailed => Family::TaskFailed,
        E::LambdaFunctionScheduled => Family::LambdaFunctionScheduled,
        E::LambdaFunctionSucceeded => Family::Output,
        E::ActivitySucceeded => Family::Output,
        E::ActivityScheduled => Family::ActivityScheduled,
        E::ActivityStarted => Family::ActivityStarted,
        E::MapStateStarted => Family::MapStateStarted,
        E::MapIterationStarted => Family::MapIteration,
        E::MapIterationSucceeded => Family::MapIteration,
        E::MapIterationFailed => Family::MapIteration,
        E::MapIterationAborted => Family::MapIteration,
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
