//! The eight types of state. Each has the same two functions: `enter` begins an attempt, `resume` goes on after a wait.

pub(crate) mod choice;
mod fail;
pub(crate) mod map;
mod parallel;
mod pass;
mod succeed;
pub(crate) mod task;
mod wait;

use crate::error::Fault;
use crate::frame::{FrameId, Phase};
use crate::history::EventType;
use crate::interpreter::Ctx;
use crate::machine::{State, StateKind};

/// Begins the first attempt at the state that a frame has just entered.
pub(crate) fn enter(ctx: &mut Ctx, frame: FrameId, state: &State) -> Result<(), Fault> {
    match &state.kind {
        StateKind::Task(task) => task::enter(ctx, frame, state, task),
        StateKind::Choice(choice) => choice::enter(ctx, frame, state, choice),
        StateKind::Wait(wait) => wait::enter(ctx, frame, state, wait),
        StateKind::Pass { result } => pass::enter(ctx, frame, state, result.as_ref()),
        StateKind::Succeed => succeed::enter(ctx, frame, state),
        StateKind::Fail { error, cause } => fail::enter(ctx, frame, error.as_ref(), cause.as_ref()),
        StateKind::Parallel { branches } => parallel::enter(ctx, frame, state, branches),
        StateKind::Map(map) => map::enter(ctx, frame, state, map),
    }
}

/// Goes on with the state that a frame is in. Choice, Pass, Succeed and Fail never wait.
pub(crate) fn resume(ctx: &mut Ctx, frame: FrameId, state: &State, phase: Phase) -> Result<(), Fault> {
    match (&state.kind, phase) {
        (_, Phase::Attempt) => enter(ctx, frame, state),
        (StateKind::Task(task), phase) => task::resume(ctx, frame, state, task, phase),
        (StateKind::Wait(_), _) => wait::resume(ctx, frame, state),
        (StateKind::Parallel { .. }, _) => parallel::resume(ctx, frame, state),
        (StateKind::Map(map), _) => map::resume(ctx, frame, state, map),
        (StateKind::Choice(_) | StateKind::Pass { .. } | StateKind::Succeed | StateKind::Fail { .. }, _) => Ok(()),
    }
}

impl StateKind {
    /// Returns the type of the event on entering such a state.
    pub(crate) fn entered(&self) -> EventType {
        match self {
            StateKind::Task(_) => EventType::TaskStateEntered,
            StateKind::Choice(_) => EventType::ChoiceStateEntered,
            StateKind::Wait(_) => EventType::WaitStateEntered,
            StateKind::Pass { .. } => EventType::PassStateEntered,
            StateKind::Succeed => EventType::SucceedStateEntered,
            StateKind::Fail { .. } => EventType::FailStateEntered,
            StateKind::Parallel { .. } => EventType::ParallelStateEntered,
            StateKind::Map(_) => EventType::MapStateEntered,
        }
    }

    /// Returns the type of the event on leaving such a state. A Fail state is never left.
    pub(crate) fn exited(&self) -> EventType {
        match self {
            StateKind::Task(_) => EventType::TaskStateExited,
            StateKind::Choice(_) => EventType::ChoiceStateExited,
            StateKind::Wait(_) => EventType::WaitStateExited,
            StateKind::Pass { .. } => EventType::PassStateExited,
            StateKind::Succeed => EventType::SucceedStateExited,
            StateKind::Parallel { .. } => EventType::ParallelStateExited,
            StateKind::Map(_) => EventType::MapStateExited,
            StateKind::Fail { .. } => unreachable!("a Fail state is never left"),
        }
    }
}
