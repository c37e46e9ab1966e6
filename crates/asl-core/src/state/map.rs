//! Map: runs the same states for each of many items.

use std::sync::Arc;

use asl_json::Value;
use asl_jsonpath::{Path, PathError};
use asl_model::QueryLanguage;

use crate::dataflow;
use crate::error::Fault;
use crate::frame::{FrameId, Item, Phase};
use crate::history::{Details, EventType};
use crate::interpreter::Ctx;
use crate::machine::{Map, Scalar, State};
use crate::map_run;
use crate::query::{Scope, integer_of, unexpected};
use crate::region::{self, Region};

/// How many iterations of an inline Map run at the same time at most. Source: Developer Guide, "Map state".
const INLINE_CEILING: usize = 40;

/// Finds the items and starts the first iterations, as many as may run at the same time.
pub(crate) fn enter(ctx: &mut Ctx, frame: FrameId, state: &State, map: &Map) -> Result<(), Fault> {
    let effective = dataflow::effective_input(ctx, frame, state)?;
    let concurrency = max_concurrency(ctx, frame, map, &effective)?;
    if map.distributed.is_some() {
        return map_run::enter(ctx, frame, state, map, effective, concurrency);
    }
    let items = items(ctx, frame, state, map, &effective)?;
    let size = items.len();
    let length = u32::try_from(size).unwrap_or(u32::MAX);
    let previous = ctx.log(frame, EventType::MapStateStarted, Details::MapStateStarted { length });
    ctx.frames[frame].region = Some(Box::new(Region {
        items,
        effective,
        ..Region::of(size)
    }));
    if size == 0 {
        ctx.queue(frame, Phase::Joined);
        return Ok(());
    }
    ctx.set_phase(frame, Phase::Joining);
    for _ in 0..size.min(concurrency.unwrap_or(INLINE_CEILING).min(INLINE_CEILING)) {
        if let Err(fault) = region::start_iteration(ctx, frame, state, previous) {
            region::abort_children(ctx, frame, None, previous);
            return Err(fault);
        }
    }
    Ok(())
}

/// Leaves with the outputs of the iterations, in the order of the items.
pub(crate) fn resume(ctx: &mut Ctx, frame: FrameId, state: &State, map: &Map) -> Result<(), Fault> {
    if map.distributed.is_some() {
        return map_run::join(ctx, frame, state, map);
    }
    region::join(ctx, frame, state, EventType::MapStateSucceeded)
}

/// Returns how many iterations may run at the same time; `None` where only the service's ceiling counts.
fn max_concurrency(ctx: &mut Ctx, frame: FrameId, map: &Map, effective: &Value) -> Result<Option<usize>, Fault> {
    let Some(scalar) = &map.max_concurrency else {
        return Ok(None);
    };
    let value =
        Scope::new(ctx, frame, effective).integer(scalar, |path, value| whole("MaxConcurrencyPath", path, &value))?;
    if value < 0 {
        return Err(Fault::runtime("MaxConcurrency cannot be negative."));
    }
    ctx.trace(frame, |trace| trace.max_concurrency = Some(value));
    Ok((value > 0).then(|| usize::try_from(value).unwrap_or(usize::MAX)))
}

/// Returns the whole number at a path; a string that writes one counts.
pub(crate) fn whole(field: &str, path: &Path, value: &Value) -> Result<i64, Fault> {
    let written = value.as_str().and_then(|text| text.parse().ok());
    integer_of(value)
        .or(written)
        .ok_or_else(|| invalid(field, "integer", path, value))
}

/// Returns the number at a path; a string that writes one counts.
pub(crate) fn float(field: &str, path: &Path, value: &Value) -> Result<f64, Fault> {
    let number = value.as_number().map(asl_json::Number::as_f64);
    let written = value.as_str().and_then(|text| text.parse().ok());
    number.or(written).ok_or_else(|| invalid(field, "float", path, value))
}

fn invalid(field: &str, kind: &str, path: &Path, value: &Value) -> Fault {
    let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let path = path.text();
    Fault::runtime(format!(
        "The {field} field refers to value \"{shown}\" which is not a valid {kind}: {path}"
    ))
}

/// Returns the value of a field that tolerates failures, where the state has it.
pub(crate) fn scalar_of(
    ctx: &Ctx,
    frame: FrameId,
    field: &str,
    scalar: Option<&Scalar<i64>>,
    effective: &Value,
) -> Result<Option<i64>, Fault> {
    let scope = Scope::new(ctx, frame, effective);
    scalar
        .map(|scalar| scope.integer(scalar, |path, value| whole(field, path, &value)))
        .transpose()
}

/// Returns the items that the state's own data give.
pub(crate) fn items(
    ctx: &mut Ctx,
    frame: FrameId,
    state: &State,
    map: &Map,
    effective: &Value,
) -> Result<Vec<Item>, Fault> {
    let source = match state.query_language {
        QueryLanguage::JsonPath => at_items_path(ctx, frame, map, effective)?,
        QueryLanguage::Jsonata => computed(ctx, frame, map, effective)?,
    };
    Ok(items_of(&source, None))
}

fn at_items_path(ctx: &mut Ctx, frame: FrameId, map: &Map, effective: &Value) -> Result<Value, Fault> {
    let value = match &map.items_path {
        None => effective.clone(),
        Some(path) => Scope::new(ctx, frame, effective)
            .look_up(path)
            .map_err(|error| missing_items(path, &error, effective))?,
    };
    ctx.trace(frame, |trace| trace.after_items_path = Some(value.clone()));
    if is_iterable(ctx, &value) {
        return Ok(value);
    }
    let text = map.items_path.as_ref().map_or("$", |path| path.text());
    Err(Fault::runtime(format!(
        "Reference path \"{text}\" must point to array."
    )))
}

/// Returns the fault of an items path that finds nothing: the last step cannot be applied.
fn missing_items(path: &Path, error: &PathError, effective: &Value) -> Fault {
    let (PathError::NoResults(normalized) | PathError::MissingProperty(normalized)) = error else {
        return Fault::path(path, error);
    };
    let step = normalized.rsplit('[').next().unwrap_or_default();
    let step = step.trim_end_matches(']').trim_matches('\'');
    Fault::Interpreter {
        error: "States.ReferencePathConflict",
        message: format!("Unable to apply step \"{step}\" to input {effective}"),
    }
}

fn computed(ctx: &Ctx, frame: FrameId, map: &Map, effective: &Value) -> Result<Value, Fault> {
    let Some(template) = &map.items else {
        if is_iterable(ctx, effective) {
            return Ok(effective.clone());
        }
        return Err(Fault::query(
            format!("Map state input must be an array but was: {effective}"),
            None,
        ));
    };
    let value = template.evaluate(&Scope::new(ctx, frame, effective))?;
    if is_iterable(ctx, &value) {
        return Ok(value);
    }
    Err(unexpected(template, "array", value))
}

fn is_iterable(ctx: &Ctx, value: &Value) -> bool {
    match value {
        Value::Array(_) => true,
        Value::Object(_) => ctx.options.behavior.items_may_be_object,
        _ => false,
    }
}

/// Returns the items of an array, or of an object by its keys.
pub(crate) fn items_of(source: &Value, origin: Option<&Arc<str>>) -> Vec<Item> {
    let item = |index: usize, key: Option<&Arc<str>>, value: &Value| Item {
        index: u32::try_from(index).unwrap_or(u32::MAX),
        value: value.clone(),
        key: key.cloned(),
        source: origin.cloned(),
    };
    match source {
        Value::Array(array) => array
            .iter()
            .enumerate()
            .map(|(index, value)| item(index, None, value))
            .collect(),
        Value::Object(object) => object
            .iter()
            .enumerate()
            .map(|(index, (key, value))| item(index, Some(key), value))
            .collect(),
        _ => Vec::new(),
    }
}
