//! One event of a history: its envelope and its type.

use std::fmt;

use super::details::Details;
use crate::timestamp::Timestamp;

/// Number of an event in its history, from 1 without gaps. `previousEventId` may be 0, which names no event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

/// One event, as `GetExecutionHistory` has it. Source: Step Functions API, `HistoryEvent`.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEvent {
    /// Position in the history, from 1.
    pub id: EventId,
    /// The event before this one in its own chain; 0 where there is none.
    pub previous_event_id: EventId,
    /// Virtual time at which it happened.
    pub timestamp: Timestamp,
    /// What happened.
    pub event_type: EventType,
    /// What belongs to it.
    pub details: Details,
}

macro_rules! event_types {
    ($($name:ident,)*) => {
        /// The 62 event types, named as the API names them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the API's names say it")]
        pub enum EventType { $($name,)* }

        impl EventType {
            /// Every type, in alphabetical order.
            pub const ALL: &'static [EventType] = &[$(EventType::$name,)*];

            /// Returns the API's name.
            pub fn as_str(self) -> &'static str {
                match self { $(EventType::$name => stringify!($name),)* }
            }
        }
    };
}

event_types! {
    ActivityFailed,
    ActivityScheduled,
    ActivityScheduleFailed,
    ActivityStarted,
    ActivitySucceeded,
    ActivityTimedOut,
    ChoiceStateEntered,
    ChoiceStateExited,
    EvaluationFailed,
    ExecutionAborted,
    ExecutionFailed,
    ExecutionRedriven,
    ExecutionStarted,
    ExecutionSucceeded,
    ExecutionTimedOut,
    FailStateEntered,
    LambdaFunctionFailed,
    LambdaFunctionScheduled,
    LambdaFunctionScheduleFailed,
    LambdaFunctionStarted,
    LambdaFunctionStartFailed,
    LambdaFunctionSucceeded,
    LambdaFunctionTimedOut,
    MapIterationAborted,
    MapIterationFailed,
    MapIterationStarted,
    MapIterationSucceeded,
    MapRunAborted,
    MapRunFailed,
    MapRunRedriven,
    MapRunStarted,
    MapRunSucceeded,
    MapStateAborted,
    MapStateEntered,
    MapStateExited,
    MapStateFailed,
    MapStateStarted,
    MapStateSucceeded,
    ParallelStateAborted,
    ParallelStateEntered,
    ParallelStateExited,
    ParallelStateFailed,
    ParallelStateStarted,
    ParallelStateSucceeded,
    PassStateEntered,
    PassStateExited,
    SucceedStateEntered,
    SucceedStateExited,
    TaskFailed,
    TaskScheduled,
    TaskStarted,
    TaskStartFailed,
    TaskStateAborted,
    TaskStateEntered,
    TaskStateExited,
    TaskSubmitFailed,
    TaskSubmitted,
    TaskSucceeded,
    TaskTimedOut,
    WaitStateAborted,
    WaitStateEntered,
    WaitStateExited,
}

impl EventType {
    /// Returns the type of that API name.
    pub fn from_name(name: &str) -> Option<EventType> {
        EventType::ALL
            .iter()
            .copied()
            .find(|event_type| event_type.as_str() == name)
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
