//! Map Runs: a distributed Map gives each item or batch to a child execution with a history of its own.

use std::sync::Arc;

use asl_json::{Object, Value};

use crate::behavior::MapRunExitPrevious;
use crate::contract::{ExecutionStatus, ExecutionType};
use crate::dataflow;
use crate::error::{Fault, StateError};
use crate::frame::{Frame, FrameId, Item, Phase};
use crate::history::{Details, EventId, EventType};
use crate::interpreter::{Ctx, Top};
use crate::item_reader;
use crate::machine::{ItemBatcher, Map, State, StateKind};
use crate::query::Scope;
use crate::record::{ExecutionRecord, RunId};
use crate::region::{Region, region};
use crate::result_writer;
use crate::state::map as map_fields;
use crate::timestamp::Timestamp;

/// How many child executions run at the same time at most. Source: Developer Guide, "Distributed Map".
const CEILING: usize = 10_000;

/// A Map Run, as `DescribeMapRun` tells it.
#[derive(Clone, Debug)]
pub struct MapRun {
    /// ARN of the Map Run.
    pub arn: Arc<str>,
    /// Name of the Map state.
    pub state: Arc<str>,
    /// The execution that the Map state is part of.
    pub parent: RunId,
    /// `RUNNING`, `SUCCEEDED`, `FAILED` or `ABORTED`.
    pub status: ExecutionStatus,
    /// When it started.
    pub start_time: Timestamp,
    /// When it ended.
    pub stop_time: Option<Timestamp>,
    /// `MaxConcurrency` in force; 0 for no limit but the service's.
    pub max_concurrency: i64,
    /// `ToleratedFailureCount` in force.
    pub tolerated_failure_count: i64,
    /// `ToleratedFailurePercentage` in force.
    pub tolerated_failure_percentage: f64,
    /// What became of the items.
    pub item_counts: MapRunCounts,
    /// What became of the child executions.
    pub execution_counts: MapRunCounts,
    /// The child executions, in the order of their items.
    pub children: Vec<RunId>,
    pub(crate) label: Arc<str>,
    pub(crate) uuid: Arc<str>,
    pub(crate) inputs: Vec<ChildInput>,
    /// The count and the percentage that the state declares.
    pub(crate) tolerance: (Option<i64>, Option<f64>),
}

/// `itemCounts` or `executionCounts` of a Map Run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the API's")]
pub struct MapRunCounts {
    pub pending: u32,
    pub running: u32,
    pub succeeded: u32,
    pub failed: u32,
    pub timed_out: u32,
    pub aborted: u32,
    pub total: u32,
    pub results_written: u32,
}

/// What a child execution is given.
#[derive(Clone, Debug)]
pub(crate) struct ChildInput {
    pub(crate) input: Value,
    pub(crate) item: Item,
    /// How many items are in it.
    pub(crate) items: u32,
}

impl MapRunCounts {
    fn of(total: u32) -> MapRunCounts {
        MapRunCounts {
            pending: total,
            total,
            ..MapRunCounts::default()
        }
    }

    fn start(&mut self, count: u32) {
        self.pending -= count;
        self.running += count;
    }

    fn end(&mut self, status: ExecutionStatus, count: u32) {
        self.running -= count;
        match status {
            ExecutionStatus::Succeeded => self.succeeded += count,
            ExecutionStatus::TimedOut => self.timed_out += count,
            ExecutionStatus::Aborted => self.aborted += count,
            ExecutionStatus::Failed | ExecutionStatus::Running => self.failed += count,
        }
    }
}

/// The fields of a distributed Map that are known before its Map Run starts.
pub(crate) struct Settings {
    pub(crate) tolerated_failure_count: Option<i64>,
    pub(crate) tolerated_failure_percentage: Option<f64>,
    pub(crate) max_items: Option<i64>,
    max_items_per_batch: Option<i64>,
    max_input_bytes_per_batch: Option<i64>,
    reader_arguments: Value,
}

/// Starts the Map Run of a distributed Map.
pub(crate) fn enter(
    ctx: &mut Ctx,
    frame: FrameId,
    state: &State,
    map: &Map,
    effective: &Value,
    concurrency: Option<usize>,
) -> Result<(), Fault> {
    let given = match &map.item_reader {
        Some(_) => None,
        None => Some(map_fields::items(ctx, frame, state, map, effective)?),
    };
    let length = given
        .as_ref()
        .map_or(0, |items| u32::try_from(items.len()).unwrap_or(u32::MAX));
    ctx.log(frame, EventType::MapStateStarted, Details::MapStateStarted { length });
    let settings = settings(ctx, frame, map, effective)?;
    let map_run = start_run(ctx, frame, state, map, &settings, concurrency);
    match child_inputs(ctx, frame, map, effective, given, &settings) {
        Ok(inputs) => begin(ctx, frame, map_run, inputs),
        Err(fault) => {
            let error = ctx.blame(frame, fault);
            end_badly(ctx, frame, map_run, error);
        }
    }
    Ok(())
}

pub(crate) fn settings(ctx: &mut Ctx, frame: FrameId, map: &Map, effective: &Value) -> Result<Settings, Fault> {
    let count = map.tolerated_failure_count.as_ref();
    let count = map_fields::scalar_of(ctx, frame, "ToleratedFailureCountPath", count, effective)?;
    if count.is_some_and(|count| count < 0) {
        return Err(Fault::runtime("ToleratedFailureCount cannot be negative."));
    }
    let percentage = {
        let scope = Scope::new(ctx, frame, effective);
        let field = "ToleratedFailurePercentagePath";
        let percentage = map.tolerated_failure_percentage.as_ref();
        percentage
            .map(|scalar| scope.number(scalar, |path, value| map_fields::float(field, path, &value)))
            .transpose()?
    };
    if percentage.is_some_and(|percentage| !(0.0..=100.0).contains(&percentage)) {
        return Err(Fault::runtime("ToleratedFailurePercentage must be between 0 and 100."));
    }
    ctx.trace(frame, |trace| {
        trace.tolerated_failure_count = count;
        trace.tolerated_failure_percentage = percentage;
    });
    let reader = map.item_reader.as_ref();
    let batcher = map.item_batcher.as_ref();
    let max_items = reader.and_then(|reader| reader.max_items.as_ref());
    let per_batch = batcher.and_then(|batcher| batcher.max_items_per_batch.as_ref());
    let bytes = batcher.and_then(|batcher| batcher.max_input_bytes_per_batch.as_ref());
    let arguments = reader.and_then(|reader| reader.arguments.as_ref());
    Ok(Settings {
        tolerated_failure_count: count,
        tolerated_failure_percentage: percentage,
        max_items: map_fields::scalar_of(ctx, frame, "MaxItemsPath", max_items, effective)?,
        max_items_per_batch: map_fields::scalar_of(ctx, frame, "MaxItemsPerBatchPath", per_batch, effective)?,
        max_input_bytes_per_batch: map_fields::scalar_of(ctx, frame, "MaxInputBytesPerBatchPath", bytes, effective)?,
        reader_arguments: match arguments {
            Some(arguments) => Scope::new(ctx, frame, effective).payload(arguments)?,
            None => Value::empty_object(),
        },
    })
}

fn start_run(
    ctx: &mut Ctx,
    frame: FrameId,
    state: &State,
    map: &Map,
    settings: &Settings,
    concurrency: Option<usize>,
) -> usize {
    let label = map.label.clone().unwrap_or_else(|| ctx.uuid(frame).into());
    let uuid: Arc<str> = ctx.uuid(frame).into();
    let machine_arn = &ctx.record(frame).state_machine_arn;
    let arn = machine_arn.replacen(":stateMachine:", ":mapRun:", 1);
    let arn: Arc<str> = format!("{arn}/{label}:{uuid}").into();
    let details = Details::MapRunStarted {
        map_run_arn: Arc::clone(&arn),
    };
    ctx.log(frame, EventType::MapRunStarted, details);
    let index = ctx.map_runs.len();
    ctx.map_runs.push(MapRun {
        arn,
        state: Arc::clone(&state.name),
        parent: ctx.frames[frame].run,
        status: ExecutionStatus::Running,
        start_time: ctx.now,
        stop_time: None,
        max_concurrency: concurrency.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(0),
        tolerated_failure_count: settings.tolerated_failure_count.unwrap_or(0),
        tolerated_failure_percentage: settings.tolerated_failure_percentage.unwrap_or(0.0),
        item_counts: MapRunCounts::default(),
        execution_counts: MapRunCounts::default(),
        children: Vec::new(),
        label,
        uuid,
        inputs: Vec::new(),
        tolerance: (settings.tolerated_failure_count, settings.tolerated_failure_percentage),
    });
    ctx.frames[frame].region = Some(Box::new(Region {
        map_run: Some(index),
        ..Region::default()
    }));
    ctx.set_phase(frame, Phase::Joining);
    index
}

/// Returns what the child executions are given: the items, selected and batched.
fn child_inputs(
    ctx: &mut Ctx,
    frame: FrameId,
    map: &Map,
    effective: &Value,
    given: Option<Vec<Item>>,
    settings: &Settings,
) -> Result<Vec<ChildInput>, Fault> {
    let from_state: Arc<str> = "STATE_DATA".into();
    let mut items = match (&map.item_reader, given) {
        (Some(reader), _) => {
            let limit = item_reader::limit(settings.max_items)?;
            item_reader::read(ctx, reader, &settings.reader_arguments, limit)?
        }
        (None, items) => items.unwrap_or_default(),
    };
    for item in &mut items {
        item.source.get_or_insert_with(|| Arc::clone(&from_state));
    }
    let mut inputs = Vec::with_capacity(items.len());
    for item in items {
        let input = match &map.item_selector {
            Some(selector) => Scope::new(ctx, frame, effective).with_item(&item).payload(selector)?,
            None => item.value.clone(),
        };
        inputs.push(ChildInput { input, item, items: 1 });
    }
    if let Some(first) = inputs.first().map(|first| first.input.clone()) {
        ctx.trace(frame, |trace| trace.after_item_selector = Some(first));
    }
    match &map.item_batcher {
        Some(batcher) => batched(ctx, frame, batcher, effective, inputs, settings),
        None => Ok(inputs),
    }
}

/// Groups inputs: a batch is closed when the next item would exceed one of its limits.
pub(crate) fn batched(
    ctx: &mut Ctx,
    frame: FrameId,
    batcher: &ItemBatcher,
    effective: &Value,
    inputs: Vec<ChildInput>,
    settings: &Settings,
) -> Result<Vec<ChildInput>, Fault> {
    let batch_input = match &batcher.batch_input {
        Some(template) => Some(Scope::new(ctx, frame, effective).payload(template)?),
        None => None,
    };
    let positive = |limit: Option<i64>| {
        limit
            .and_then(|limit| usize::try_from(limit).ok())
            .filter(|limit| *limit > 0)
    };
    let most_items = positive(settings.max_items_per_batch).unwrap_or(usize::MAX);
    let most_bytes = positive(settings.max_input_bytes_per_batch).unwrap_or(usize::MAX);
    let envelope_bytes = envelope(batch_input.as_ref(), Vec::new()).text_bytes();
    let mut batches: Vec<Vec<Value>> = Vec::new();
    let mut bytes = 0;
    for input in inputs {
        let size = input.input.text_bytes() + 1;
        match batches.last_mut() {
            Some(batch) if batch.len() < most_items && bytes + size <= most_bytes => {
                batch.push(input.input);
                bytes += size;
            }
            _ => {
                batches.push(vec![input.input]);
                bytes = envelope_bytes + size - 1;
            }
        }
    }
    let batch = |(index, items): (usize, Vec<Value>)| {
        let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
        let input = envelope(batch_input.as_ref(), items);
        ChildInput {
            item: Item {
                index: u32::try_from(index).unwrap_or(u32::MAX),
                value: input.clone(),
                key: None,
                source: None,
            },
            input,
            items: count,
        }
    };
    let batches: Vec<ChildInput> = batches.into_iter().enumerate().map(batch).collect();
    if let Some(first) = batches.first().map(|first| first.input.clone()) {
        ctx.trace(frame, |trace| trace.after_item_batcher = Some(first));
    }
    Ok(batches)
}

/// Returns `{ "BatchInput": any, "Items": array }`, the former where there is one.
fn envelope(batch_input: Option<&Value>, items: Vec<Value>) -> Value {
    let mut object = Object::new();
    if let Some(batch_input) = batch_input {
        object.insert("BatchInput", batch_input.clone());
    }
    object.insert("Items", Value::from(items));
    Value::Object(object)
}

/// Starts the first child executions.
fn begin(ctx: &mut Ctx, frame: FrameId, map_run: usize, inputs: Vec<ChildInput>) {
    let items = inputs.iter().map(|input| input.items).sum();
    let executions = u32::try_from(inputs.len()).unwrap_or(u32::MAX);
    let size = inputs.len();
    let run = &mut ctx.map_runs[map_run];
    run.item_counts = MapRunCounts::of(items);
    run.execution_counts = MapRunCounts::of(executions);
    run.inputs = inputs;
    let limit = usize::try_from(run.max_concurrency).ok().filter(|limit| *limit > 0);
    region(ctx, frame).outputs = vec![None; size];
    if size == 0 {
        return ctx.queue(frame, Phase::Joined);
    }
    for _ in 0..size.min(limit.unwrap_or(CEILING)).min(CEILING) {
        start_child(ctx, frame, map_run);
    }
}

/// Starts the next child execution, where there is one.
fn start_child(ctx: &mut Ctx, frame: FrameId, map_run: usize) {
    let machine = Arc::clone(&ctx.machine);
    let StateKind::Map(map) = &machine.state(ctx.frames[frame].state).kind else {
        return;
    };
    let region = region(ctx, frame);
    let index = region.next;
    region.next += 1;
    let run = &mut ctx.map_runs[map_run];
    let Some(ChildInput { input, item, items }) = run.inputs.get(index).cloned() else {
        return;
    };
    run.item_counts.start(items);
    run.execution_counts.start(1);
    let id = RunId(u32::try_from(ctx.records.len()).unwrap_or(u32::MAX));
    run.children.push(id);
    let execution_type = map.distributed.unwrap_or_default();
    let record = child_record(ctx, frame, map_run, execution_type, input.clone());
    let place = u32::try_from(index).unwrap_or(u32::MAX);
    ctx.records.push(record);
    let top = start_record(ctx, id, Some((frame, place)), map.body, input);
    ctx.frames[top].item = Some(Box::new(item));
}

fn child_record(
    ctx: &Ctx,
    frame: FrameId,
    map_run: usize,
    execution_type: ExecutionType,
    input: Value,
) -> ExecutionRecord {
    let run = &ctx.map_runs[map_run];
    let name: Arc<str> = ctx.uuid(frame).into();
    let machine_arn = &ctx.record(frame).state_machine_arn;
    let state_machine_arn: Arc<str> = format!("{machine_arn}/{}", run.label).into();
    let arn = match execution_type {
        ExecutionType::Standard => {
            let arn = state_machine_arn.replacen(":stateMachine:", ":execution:", 1);
            format!("{arn}:{name}")
        }
        ExecutionType::Express => {
            let arn = state_machine_arn.replacen(":stateMachine:", ":express:", 1);
            format!("{arn}:{name}:{}", ctx.uuid(frame))
        }
    };
    ExecutionRecord {
        map_run: Some(map_run),
        map_run_arn: Some(Arc::clone(&run.arn)),
        ..ExecutionRecord::new(arn.into(), name, state_machine_arn, execution_type, input, ctx.now)
    }
}

/// Logs the first event of the execution whose record was just added, and gives it its top frame.
pub(crate) fn start_record(
    ctx: &mut Ctx,
    run: RunId,
    parent: Option<(FrameId, u32)>,
    body: crate::machine::BodyId,
    input: Value,
) -> FrameId {
    let details = Details::ExecutionStarted {
        input: input.clone(),
        role_arn: Arc::clone(&ctx.options.role_arn),
    };
    ctx.log_aside(run, EventId(0), EventType::ExecutionStarted, details);
    let state = ctx.machine.body(body).start_at;
    let frame = ctx.frames.add(run, parent, state, Value::Null);
    ctx.tops.push(Top { frame, parent });
    ctx.queue(frame, Phase::Enter { state, input });
    frame
}

/// Notes how a child execution ended; the last one lets the Map go on.
pub(crate) fn child_ended(ctx: &mut Ctx, parent: FrameId, index: u32, run: RunId) {
    let record = &ctx.records[run.0 as usize];
    let (status, output) = (record.status, record.output.clone());
    let Some(map_run) = record.map_run else { return };
    let described = &mut ctx.map_runs[map_run];
    let items = described.inputs[index as usize].items;
    described.item_counts.end(status, items);
    described.execution_counts.end(status, 1);
    if described.status != ExecutionStatus::Running {
        return;
    }
    if is_intolerable(described) {
        let error = ctx.blame(parent, intolerable());
        return end_badly(ctx, parent, map_run, error);
    }
    let region = region(ctx, parent);
    region.outputs[index as usize] = output;
    region.done += 1;
    if region.done == region.outputs.len() {
        return ctx.queue(parent, Phase::Joined);
    }
    start_child(ctx, parent, map_run);
}

/// Returns the fault of a Map in which more has failed than it tolerates.
pub(crate) fn intolerable() -> Fault {
    Fault::Plain {
        error: "States.ExceedToleratedFailureThreshold",
        cause: "The specified tolerated failure threshold was exceeded".into(),
    }
}

/// Returns whether more has failed than the Map tolerates, by count or by percentage.
fn is_intolerable(run: &MapRun) -> bool {
    let counts = run.item_counts;
    let failed = counts.failed + counts.timed_out;
    if failed == 0 {
        return false;
    }
    let percentage = f64::from(failed) * 100.0 / f64::from(counts.total.max(1));
    match run.tolerance {
        (None, None) => true,
        (count, most) => {
            count.is_some_and(|count| i64::from(failed) > count) || most.is_some_and(|most| percentage > most)
        }
    }
}

/// Ends a Map Run by an error and lets its state fail.
fn end_badly(ctx: &mut Ctx, frame: FrameId, map_run: usize, error: StateError) {
    stop_children(ctx, map_run);
    ctx.map_runs[map_run].status = ExecutionStatus::Failed;
    ctx.frames[frame].region = None;
    if !error.is_runtime() && error.evaluation.is_none() {
        let details = Details::Failed {
            error: error.error.clone(),
            cause: error.cause.clone(),
        };
        ctx.log(frame, EventType::MapRunFailed, details);
    }
    ctx.queue(frame, Phase::Failed(error));
}

/// Ends a Map Run because its state is cut short.
pub(crate) fn abort(ctx: &mut Ctx, frame: FrameId, map_run: usize, event: EventId) {
    stop_children(ctx, map_run);
    let run = ctx.frames[frame].run;
    ctx.log_aside(run, event, EventType::MapRunAborted, Details::None);
}

/// Stops what child executions of a Map Run still run.
pub(crate) fn stop_children(ctx: &mut Ctx, map_run: usize) {
    let now = ctx.now;
    let run = &mut ctx.map_runs[map_run];
    if run.status != ExecutionStatus::Running {
        return;
    }
    run.status = ExecutionStatus::Aborted;
    run.stop_time = Some(now);
    for child in run.children.clone() {
        ctx.stop_run(child, ExecutionStatus::Aborted, EventId(0), StateError::default());
    }
}

/// Leaves a distributed Map all of whose child executions have ended well enough.
pub(crate) fn join(ctx: &mut Ctx, frame: FrameId, state: &State, map: &Map) -> Result<(), Fault> {
    let Some(map_run) = region(ctx, frame).map_run else {
        return Ok(());
    };
    let outputs = region(ctx, frame).result();
    ctx.frames[frame].region = None;
    let result = match &map.result_writer {
        Some(writer) => result_writer::write(ctx, frame, map_run, writer, outputs)?,
        None => outputs,
    };
    ctx.check_size(&state.name, &result)?;
    let now = ctx.now;
    let described = &mut ctx.map_runs[map_run];
    described.status = ExecutionStatus::Succeeded;
    described.stop_time = Some(now);
    described.inputs = Vec::new();
    let written = described.execution_counts.succeeded;
    described.execution_counts.results_written = written;
    described.item_counts.results_written = described.item_counts.succeeded;
    let Frame {
        run, previous: started, ..
    } = ctx.frames[frame];
    let ended = ctx.log_aside(run, started, EventType::MapRunSucceeded, Details::None);
    ctx.log_aside(run, ended, EventType::MapStateSucceeded, Details::None);
    let exit = dataflow::exit_with_result(ctx, frame, state, result)?;
    let previous = match ctx.options.behavior.map_run_exit_previous {
        MapRunExitPrevious::MapRunStarted => started,
        MapRunExitPrevious::MapRunSucceeded => ended,
    };
    ctx.leave_after(frame, state, exit, previous)
}
