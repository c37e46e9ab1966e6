//! Succeed: ends the execution, branch or iteration well.

use crate::dataflow;
use crate::error::Fault;
use crate::frame::FrameId;
use crate::interpreter::Ctx;
use crate::machine::State;

/// Computes the output and leaves; what follows is the end of the frame.
pub(crate) fn enter(ctx: &mut Ctx, frame: FrameId, state: &State) -> Result<(), Fault> {
    let exit = dataflow::exit_with_input(ctx, frame, state)?;
    ctx.leave(frame, state, exit)
}
