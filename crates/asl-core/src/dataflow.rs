//! What happens to a state's data between its Entered and its Exited event.

use asl_json::Value;
use asl_model::QueryLanguage;

use crate::error::Fault;
use crate::frame::FrameId;
use crate::interpreter::Ctx;
use crate::machine::{PathField, Payload, ResultPath, State, Transition};
use crate::query::Scope;

/// How a state is left.
#[derive(Debug)]
pub(crate) struct Exit {
    pub(crate) output: Value,
    /// What `Assign` made: an object of variables.
    pub(crate) assigned: Option<Value>,
    pub(crate) to: Transition,
}

/// Returns what `InputPath` selects of the raw input; in JSONata the raw input itself.
pub(crate) fn effective_input(ctx: &mut Ctx, frame: FrameId, state: &State) -> Result<Value, Fault> {
    let raw = &ctx.frames[frame].input;
    if state.query_language == QueryLanguage::Jsonata {
        return Ok(raw.clone());
    }
    let effective = Scope::new(ctx, frame, raw).path_field(&state.flow.input_path)?;
    ctx.trace(frame, |trace| trace.after_input_path = Some(effective.clone()));
    Ok(effective)
}

/// Returns what `Parameters` or `Arguments` make of the effective input.
pub(crate) fn arguments(ctx: &mut Ctx, frame: FrameId, state: &State, effective: Value) -> Result<Value, Fault> {
    let made = match &state.flow.arguments {
        Some(payload) => Scope::new(ctx, frame, &effective).payload(payload)?,
        None => effective,
    };
    ctx.trace(frame, |trace| {
        let stage = match state.query_language {
            QueryLanguage::JsonPath => &mut trace.after_parameters,
            QueryLanguage::Jsonata => &mut trace.after_arguments,
        };
        *stage = Some(made.clone());
    });
    Ok(made)
}

/// Returns the exit of a Task, Parallel or Map with that result, or of a Pass with what it made.
pub(crate) fn exit_with_result(ctx: &mut Ctx, frame: FrameId, state: &State, result: Value) -> Result<Exit, Fault> {
    ctx.trace(frame, |trace| trace.result = Some(result.clone()));
    match state.query_language {
        QueryLanguage::JsonPath => exit_json_path(ctx, frame, state, result),
        QueryLanguage::Jsonata => exit_jsonata(ctx, frame, state, Some(&result)),
    }
}

/// Returns the exit of a state that makes no result of its own: its effective input goes on.
pub(crate) fn exit_with_input(ctx: &mut Ctx, frame: FrameId, state: &State) -> Result<Exit, Fault> {
    if state.query_language == QueryLanguage::Jsonata {
        return exit_jsonata(ctx, frame, state, None);
    }
    let effective = effective_input(ctx, frame, state)?;
    let scope = Scope::new(ctx, frame, &effective);
    Ok(Exit {
        assigned: state
            .flow
            .assign
            .as_ref()
            .map(|assign| scope.payload(assign))
            .transpose()?,
        output: output(ctx, frame, state, effective)?,
        to: state.transition,
    })
}

/// Returns what `OutputPath` selects; mostly that is all of it, and it is handed on.
fn output(ctx: &Ctx, frame: FrameId, state: &State, whole: Value) -> Result<Value, Fault> {
    match &state.flow.output_path {
        PathField::Root => Ok(whole),
        field => Scope::new(ctx, frame, &whole).path_field(field),
    }
}

fn exit_json_path(ctx: &mut Ctx, frame: FrameId, state: &State, result: Value) -> Result<Exit, Fault> {
    let flow = &state.flow;
    let on_result = Scope::new(ctx, frame, &result);
    let assigned = flow
        .assign
        .as_ref()
        .map(|assign| on_result.payload(assign))
        .transpose()?;
    let selected = match &flow.result_selector {
        Some(selector) => on_result.payload(selector)?,
        None => result,
    };
    ctx.trace(frame, |trace| trace.after_result_selector = Some(selected.clone()));
    let merged = apply_result_path(ctx, frame, &flow.result_path, selected)?;
    ctx.trace(frame, |trace| trace.after_result_path = Some(merged.clone()));
    Ok(Exit {
        assigned,
        output: output(ctx, frame, state, merged)?,
        to: state.transition,
    })
}

fn exit_jsonata(ctx: &mut Ctx, frame: FrameId, state: &State, result: Option<&Value>) -> Result<Exit, Fault> {
    let raw = ctx.frames[frame].input.clone();
    let scope = Scope::new(ctx, frame, &raw).with_result(result);
    Ok(Exit {
        output: match &state.flow.output {
            Some(output) => scope.payload(output)?,
            None => result.unwrap_or(&raw).clone(),
        },
        assigned: state
            .flow
            .assign
            .as_ref()
            .map(|assign| scope.payload(assign))
            .transpose()?,
        to: state.transition,
    })
}

/// Returns the raw input with `value` where the result path says.
pub(crate) fn apply_result_path(ctx: &Ctx, frame: FrameId, path: &ResultPath, value: Value) -> Result<Value, Fault> {
    match path {
        ResultPath::Root => Ok(value),
        ResultPath::Null => Ok(ctx.frames[frame].input.clone()),
        ResultPath::Path(path) => path
            .set(&ctx.frames[frame].input, value)
            .map_err(|conflict| Fault::conflict(ctx.options.behavior.result_path_error, &conflict)),
    }
}

/// Returns the exit by a Choice rule or a catcher: what its own `Output` and `Assign` make.
pub(crate) fn exit_by(
    scope: &Scope<'_>,
    (output, assign): (Option<&Payload>, Option<&Payload>),
    default: Value,
    to: Transition,
) -> Result<Exit, Fault> {
    Ok(Exit {
        output: match output {
            Some(output) => scope.payload(output)?,
            None => default,
        },
        assigned: assign.map(|assign| scope.payload(assign)).transpose()?,
        to,
    })
}
