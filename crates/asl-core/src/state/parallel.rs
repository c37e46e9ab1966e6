//! Parallel: runs branches at the same time.

use crate::dataflow;
use crate::error::Fault;
use crate::frame::{FrameId, Phase};
use crate::history::{Details, EventType};
use crate::interpreter::Ctx;
use crate::machine::{BodyId, State};
use crate::region::{self, Region, Start};

/// Starts every branch with the same input.
pub(crate) fn enter(ctx: &mut Ctx, frame: FrameId, state: &State, branches: &[BodyId]) -> Result<(), Fault> {
    let effective = dataflow::effective_input(ctx, frame, state)?;
    let input = dataflow::arguments(ctx, frame, state, effective)?;
    let previous = ctx.log(frame, EventType::ParallelStateStarted, Details::None);
    ctx.frames[frame].region = Some(Box::new(Region::of(branches.len())));
    if branches.is_empty() {
        ctx.queue(frame, Phase::Joined);
        return Ok(());
    }
    ctx.set_phase(frame, Phase::Joining);
    for (index, body) in branches.iter().enumerate() {
        let start = Start {
            body: *body,
            input: input.clone(),
            item: None,
            previous,
        };
        region::start_child(ctx, frame, index, start);
    }
    Ok(())
}

/// Leaves with the outputs of the branches, in the order of the definition.
pub(crate) fn resume(ctx: &mut Ctx, frame: FrameId, state: &State) -> Result<(), Fault> {
    region::join(ctx, frame, state, EventType::ParallelStateSucceeded)
}
