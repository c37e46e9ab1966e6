//! Pass: passes its input on, changed or not.

use asl_json::Value;
use asl_model::QueryLanguage;

use crate::dataflow;
use crate::error::Fault;
use crate::frame::FrameId;
use crate::interpreter::Ctx;
use crate::machine::State;

/// Computes the output and leaves. `Result` is a literal and wins over `Parameters`.
pub(crate) fn enter(ctx: &mut Ctx, frame: FrameId, state: &State, result: Option<&Value>) -> Result<(), Fault> {
    if state.query_language == QueryLanguage::Jsonata {
        let exit = dataflow::exit_with_input(ctx, frame, state)?;
        return ctx.leave(frame, state, exit);
    }
    let effective = dataflow::effective_input(ctx, frame, state)?;
    let made = dataflow::arguments(ctx, frame, state, effective)?;
    let exit = dataflow::exit_with_result(ctx, frame, state, result.cloned().unwrap_or(made))?;
    ctx.leave(frame, state, exit)
}
