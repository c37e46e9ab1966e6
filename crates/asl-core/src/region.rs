//! Branches and iterations: what a Parallel or an inline Map has running, how it ends, how it is cut short.

use std::sync::Arc;

use asl_json::Value;

use crate::error::{Fault, StateError};
use crate::frame::{Frame, FrameId, Item, Phase};
use crate::history::{Details, EventId, EventType};
use crate::interpreter::Ctx;
use crate::machine::{BodyId, State, StateKind};
use crate::query::Scope;
use crate::{dataflow, map_run};

/// What a Parallel or a Map has running.
#[derive(Debug, Default)]
pub(crate) struct Region {
    /// By index: the frame of a branch or iteration while it runs.
    pub(crate) children: Vec<Option<FrameId>>,
    /// By index: the outputs so far.
    pub(crate) outputs: Vec<Option<Value>>,
    /// The items of a Map not started yet begin here.
    pub(crate) next: usize,
    pub(crate) done: usize,
    pub(crate) items: Vec<Item>,
    /// The Map's effective input, for its `ItemSelector`.
    pub(crate) effective: Value,
    /// Index of the Map Run, for a distributed Map.
    pub(crate) map_run: Option<usize>,
    /// Whether it was cut short. The frames inside stay until it is known that nobody redrives the execution.
    pub(crate) is_parked: bool,
}

impl Region {
    /// Returns a region for that many branches or iterations.
    pub(crate) fn of(size: usize) -> Region {
        Region {
            children: vec![None; size],
            outputs: vec![None; size],
            ..Region::default()
        }
    }

    /// Returns the outputs in order, as one array.
    pub(crate) fn result(&mut self) -> Value {
        Value::array(std::mem::take(&mut self.outputs).into_iter().flatten())
    }
}

/// What a new branch or iteration begins with.
pub(crate) struct Start {
    pub(crate) body: BodyId,
    pub(crate) input: Value,
    pub(crate) item: Option<Item>,
    /// The event that its first Entered event points back to.
    pub(crate) previous: EventId,
}

/// Starts a branch or iteration in the execution of its parent.
pub(crate) fn start_child(ctx: &mut Ctx, parent: FrameId, index: usize, start: Start) {
    let run = ctx.frames[parent].run;
    let state = ctx.machine.body(start.body).start_at;
    let place = u32::try_from(index).unwrap_or(u32::MAX);
    let child = ctx.frames.add(run, Some((parent, place)), state, Value::Null);
    let frame = &mut ctx.frames[child];
    frame.previous = start.previous;
    frame.item = start.item.map(Box::new);
    ctx.queue(
        child,
        Phase::Enter {
            state,
            input: start.input,
        },
    );
    region(ctx, parent).children[index] = Some(child);
}

/// Returns the region of a Parallel or Map that runs.
pub(crate) fn region(ctx: &mut Ctx, frame: FrameId) -> &mut Region {
    ctx.frames[frame]
        .region
        .as_mut()
        .expect("a running Parallel or Map has a region")
}

/// Starts the next iteration of an inline Map; `previous` is what its `MapIterationStarted` points back to.
pub(crate) fn start_iteration(ctx: &mut Ctx, parent: FrameId, state: &State, previous: EventId) -> Result<(), Fault> {
    let StateKind::Map(map) = &state.kind else {
        return Ok(());
    };
    let region = region(ctx, parent);
    let index = region.next;
    let Some(item) = region.items.get(index).cloned() else {
        return Ok(());
    };
    region.next += 1;
    let input = match &map.item_selector {
        None => item.value.clone(),
        Some(selector) => {
            let effective = region.effective.clone();
            Scope::new(ctx, parent, &effective).with_item(&item).payload(selector)?
        }
    };
    if index == 0 {
        ctx.trace(parent, |trace| trace.after_item_selector = Some(input.clone()));
    }
    let details = Details::MapIteration {
        name: Arc::clone(&state.name),
        index: item.index,
    };
    let run = ctx.frames[parent].run;
    let started = ctx.log_aside(run, previous, EventType::MapIterationStarted, details);
    let start = Start {
        body: map.body,
        input,
        item: Some(item),
        previous: started,
    };
    start_child(ctx, parent, index, start);
    Ok(())
}

/// Notes the output of a branch or iteration; the last one lets its parent go on.
pub(crate) fn child_succeeded(ctx: &mut Ctx, parent: FrameId, index: u32, output: Value) {
    let machine = Arc::clone(&ctx.machine);
    let state = machine.state(ctx.frames[parent].state);
    let at = index as usize;
    let Some(child) = region(ctx, parent).children[at].take() else {
        return;
    };
    let Frame { run, previous, .. } = ctx.frames[child];
    ctx.frames.remove(child);
    let is_map = matches!(state.kind, StateKind::Map(_));
    let mut last = previous;
    if is_map {
        let details = Details::MapIteration {
            name: Arc::clone(&state.name),
            index,
        };
        last = ctx.log_aside(run, previous, EventType::MapIterationSucceeded, details);
    }
    ctx.frames[parent].previous = last;
    let region = region(ctx, parent);
    region.outputs[at] = Some(output);
    region.done += 1;
    if region.done == region.outputs.len() {
        return ctx.queue(parent, Phase::Joined);
    }
    if is_map && let Err(fault) = start_iteration(ctx, parent, state, previous) {
        let error = ctx.blame(parent, fault);
        let event = ctx.frames[parent].previous;
        abort_children(ctx, parent, None, event);
        ctx.queue(parent, Phase::Failed(error));
    }
}

/// Passes an error that a frame's state could not deal with on to what is around the frame.
pub(crate) fn pass_on(ctx: &mut Ctx, frame: FrameId, state: &State, error: StateError) {
    let Frame {
        run, parent, previous, ..
    } = ctx.frames[frame];
    let error = StateError {
        evaluation: None,
        ..error
    };
    match parent {
        Some((parent, index)) if ctx.frames[parent].run == run => {
            let _ = state;
            abort_children(ctx, parent, Some(index), previous);
            ctx.frames[parent].previous = previous;
            ctx.queue(parent, Phase::Failed(error));
        }
        _ => ctx.fail_run(run, previous, error),
    }
}

/// Cuts all branches or iterations short, in their order. Each event points back to `event`; the one at `failed` is the
/// reason for it all.
pub(crate) fn abort_children(ctx: &mut Ctx, parent: FrameId, failed: Option<u32>, event: EventId) {
    let Some(region) = ctx.frames[parent].region.as_mut() else {
        return;
    };
    region.is_parked = true;
    let children = region.children.clone();
    if let Some(map_run) = region.map_run {
        map_run::abort(ctx, parent, map_run, event);
    }
    let machine = Arc::clone(&ctx.machine);
    let state = machine.state(ctx.frames[parent].state);
    for (index, child) in children.into_iter().enumerate() {
        let Some(child) = child else { continue };
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        if matches!(state.kind, StateKind::Map(_)) {
            let event_type = match failed {
                Some(failed) if failed == index => EventType::MapIterationFailed,
                _ => EventType::MapIterationAborted,
            };
            let details = Details::MapIteration {
                name: Arc::clone(&state.name),
                index,
            };
            let run = ctx.frames[parent].run;
            ctx.log_aside(run, event, event_type, details);
        }
        abort_frame(ctx, child, failed == Some(index), event);
    }
}

/// Cuts one frame short, with everything that still runs inside it.
fn abort_frame(ctx: &mut Ctx, frame: FrameId, has_failed: bool, event: EventId) {
    let mut stack = vec![(frame, has_failed)];
    while let Some((frame, has_failed)) = stack.pop() {
        log_aborted(ctx, frame, has_failed, event);
        if let Some(region) = ctx.frames[frame].region.as_mut().filter(|region| !region.is_parked) {
            region.is_parked = true;
            stack.extend(region.children.iter().rev().flatten().map(|child| (*child, false)));
            if let Some(map_run) = region.map_run {
                map_run::abort(ctx, frame, map_run, event);
            }
        }
        park_frame(ctx, frame);
    }
}

/// Stops a frame where it stands. One that has not entered its next state yet keeps it.
fn park_frame(ctx: &mut Ctx, frame: FrameId) {
    ctx.cancel_task(frame);
    let phase = match std::mem::take(&mut ctx.frames[frame].phase) {
        entering @ Phase::Enter { .. } => entering,
        _ => Phase::Idle,
    };
    ctx.set_phase(frame, phase);
}

fn log_aborted(ctx: &mut Ctx, frame: FrameId, has_failed: bool, event: EventId) {
    if matches!(ctx.frames[frame].phase, Phase::Enter { .. }) {
        return;
    }
    let machine = Arc::clone(&ctx.machine);
    let Frame { run, state, .. } = ctx.frames[frame];
    let event_type = match machine.state(state).kind {
        StateKind::Task(_) => EventType::TaskStateAborted,
        StateKind::Wait(_) => EventType::WaitStateAborted,
        StateKind::Parallel { .. } if !has_failed => EventType::ParallelStateAborted,
        StateKind::Map(_) if !has_failed => EventType::MapStateAborted,
        _ => return,
    };
    ctx.log_aside(run, event, event_type, Details::None);
}

/// Frees a frame and everything inside it, without a word in the history: its execution has ended.
pub(crate) fn discard(ctx: &mut Ctx, frame: FrameId) {
    discard_inside(ctx, frame);
    ctx.frames.remove(frame);
}

/// Stops a frame and everything inside it where they stand, without a word in the history: the execution has ended, and
/// may be redriven.
pub(crate) fn park(ctx: &mut Ctx, top: FrameId) {
    let mut stack = vec![top];
    while let Some(frame) = stack.pop() {
        if let Some(region) = ctx.frames[frame].region.as_mut() {
            region.is_parked = true;
            stack.extend(region.children.iter().flatten());
            if let Some(map_run) = region.map_run {
                map_run::stop_children(ctx, map_run);
            }
        }
        park_frame(ctx, frame);
    }
}

/// Lets everything go on that was stopped inside a frame: unfinished branches and iterations, each at the state it stood
/// in. A distributed Map begins again. `event` is what comes before.
pub(crate) fn redrive(ctx: &mut Ctx, top: FrameId, event: EventId) {
    let mut stack = vec![top];
    while let Some(frame) = stack.pop() {
        let redriven = &mut ctx.frames[frame];
        redriven.previous = event;
        redriven.retrier_counts.clear();
        redriven.retry_count = 0;
        match (std::mem::take(&mut redriven.phase), redriven.region.as_mut()) {
            (entering @ Phase::Enter { .. }, _) => ctx.queue(frame, entering),
            (_, Some(region)) if region.map_run.is_none() => {
                region.is_parked = false;
                stack.extend(region.children.iter().rev().flatten());
                let is_done = region.done == region.outputs.len();
                if is_done {
                    ctx.queue(frame, Phase::Joined);
                } else {
                    ctx.set_phase(frame, Phase::Joining);
                }
            }
            _ => ctx.queue(frame, Phase::Attempt),
        }
    }
}

/// Frees everything inside a frame, which itself stays where it is.
pub(crate) fn discard_inside(ctx: &mut Ctx, top: FrameId) {
    let mut stack = vec![top];
    while let Some(frame) = stack.pop() {
        ctx.cancel_task(frame);
        if let Some(region) = ctx.frames[frame].region.take() {
            if let Some(map_run) = region.map_run {
                map_run::stop_children(ctx, map_run);
            }
            stack.extend(region.children.into_iter().flatten());
        }
        if frame != top {
            ctx.frames.remove(frame);
        }
    }
}

/// Leaves a Parallel or inline Map all of whose branches or iterations have succeeded.
pub(crate) fn join(ctx: &mut Ctx, frame: FrameId, state: &State, succeeded: EventType) -> Result<(), Fault> {
    let Frame { run, previous, .. } = ctx.frames[frame];
    let result = region(ctx, frame).result();
    ctx.frames[frame].region = None;
    ctx.check_size(&state.name, &result)?;
    ctx.log_aside(run, previous, succeeded, Details::None);
    let exit = dataflow::exit_with_result(ctx, frame, state, result)?;
    ctx.leave(frame, state, exit)
}
