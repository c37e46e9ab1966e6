//! A mocked Map or Parallel: everything but its iterations and branches, whose outputs the mock gives.

use std::sync::Arc;

use asl_json::Value;

use super::mock::Mock;
use super::request::TestStateRequest;
use crate::error::Fault;
use crate::frame::{FrameId, Item};
use crate::interpreter::Ctx;
use crate::machine::{Map, State};
use crate::map_run::{self, ChildInput, Settings};
use crate::query::Scope;
use crate::state::map as map_fields;
use crate::{dataflow, item_reader, recover};

/// Goes through a Parallel.
pub(super) fn parallel(ctx: &mut Ctx, frame: FrameId, state: &State, mock: &Mock) -> Result<(), Fault> {
    let effective = dataflow::effective_input(ctx, frame, state)?;
    dataflow::arguments(ctx, frame, state, effective)?;
    end(ctx, frame, state, mock)
}

/// Goes through a Map.
pub(super) fn map(
    ctx: &mut Ctx,
    frame: FrameId,
    state: &State,
    map: &Map,
    (mock, request): (&Mock, &TestStateRequest),
) -> Result<(), Fault> {
    let effective = dataflow::effective_input(ctx, frame, state)?;
    let mut items = items(ctx, frame, state, map, (&effective, request))?;
    map_fields::max_concurrency(ctx, frame, map, &effective)?;
    ctx.trace(frame, |trace| {
        trace.max_concurrency.get_or_insert(0);
    });
    let settings = map_run::settings(ctx, frame, map, &effective)?;
    if map.item_reader.is_some() {
        items.truncate(item_reader::limit(settings.max_items)?);
    }
    let inputs = select(ctx, frame, map, &effective, items)?;
    batch(ctx, frame, map, &effective, (inputs, &settings))?;
    if let Mock::Result(result) = mock {
        let failures = request.map_iteration_failure_count.unwrap_or(0);
        let iterations = result.as_array().map_or(0, |results| results.len());
        if exceeds(&settings, failures, iterations) {
            return Err(map_run::intolerable());
        }
    }
    end(ctx, frame, state, mock)
}

/// Returns the items that the state's data give, or the data that its reader is said to have read.
fn items(
    ctx: &mut Ctx,
    frame: FrameId,
    state: &State,
    map: &Map,
    (effective, request): (&Value, &TestStateRequest),
) -> Result<Vec<Item>, Fault> {
    match (&map.item_reader, &request.map_item_reader_data) {
        (None, _) => map_fields::items(ctx, frame, state, map, effective),
        (Some(_), None) => Ok(Vec::new()),
        (Some(reader), Some(data)) => {
            let items = item_reader::items_of_text(ctx, reader, data)?;
            if reader.items_pointer.is_some() {
                let selected = Value::array(items.iter().map(|item| item.value.clone()));
                ctx.trace(frame, |trace| trace.after_items_pointer = Some(selected));
            }
            Ok(items)
        }
    }
}

/// Returns the input of every iteration.
fn select(
    ctx: &mut Ctx,
    frame: FrameId,
    map: &Map,
    effective: &Value,
    items: Vec<Item>,
) -> Result<Vec<ChildInput>, Fault> {
    let from_state: Arc<str> = "STATE_DATA".into();
    let mut inputs = Vec::with_capacity(items.len());
    for mut item in items {
        if map.distributed.is_some() {
            item.source.get_or_insert_with(|| Arc::clone(&from_state));
        }
        let input = match &map.item_selector {
            Some(selector) => Scope::new(ctx, frame, effective).with_item(&item).payload(selector)?,
            None => item.value.clone(),
        };
        inputs.push(ChildInput { input, item, items: 1 });
    }
    if map.item_selector.is_some() {
        let selected = all(&inputs);
        ctx.trace(frame, |trace| trace.after_item_selector = Some(selected));
    }
    Ok(inputs)
}

fn batch(
    ctx: &mut Ctx,
    frame: FrameId,
    map: &Map,
    effective: &Value,
    (inputs, settings): (Vec<ChildInput>, &Settings),
) -> Result<(), Fault> {
    if let Some(batcher) = &map.item_batcher {
        let batches = all(&map_run::batched(ctx, frame, batcher, effective, inputs, settings)?);
        ctx.trace(frame, |trace| trace.after_item_batcher = Some(batches));
    }
    Ok(())
}

fn all(inputs: &[ChildInput]) -> Value {
    Value::array(inputs.iter().map(|input| input.input.clone()))
}

/// Returns whether more iterations failed than the Map tolerates. One that declares no tolerance takes any number of
/// failures here, unlike in an execution. Source: recordings.
fn exceeds(settings: &Settings, failures: u32, iterations: usize) -> bool {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a share of iterations needs no such precision"
    )]
    let percentage = f64::from(failures) * 100.0 / iterations.max(1) as f64;
    let too_many = |most| i64::from(failures) > most;
    settings.tolerated_failure_count.is_some_and(too_many)
        || settings
            .tolerated_failure_percentage
            .is_some_and(|most| percentage > most)
}

fn end(ctx: &mut Ctx, frame: FrameId, state: &State, mock: &Mock) -> Result<(), Fault> {
    match mock {
        Mock::Error(error) => {
            recover::fail(ctx, frame, error.clone());
            Ok(())
        }
        Mock::Result(result) => {
            ctx.check_size(&state.name, result)?;
            let exit = dataflow::exit_with_result(ctx, frame, state, result.clone())?;
            ctx.leave(frame, state, exit)
        }
    }
}
