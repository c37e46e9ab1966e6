//! The context object: `$$` and `$states.context`. Built when an expression looks at it.

use std::sync::Arc;

use asl_json::{Object, Value};

use crate::contract::{ExecutionType, Integration, IntegrationPattern};
use crate::frame::{FrameId, Item};
use crate::interpreter::Ctx;
use crate::machine::{State, StateKind};
use crate::record::ExecutionRecord;

/// Returns the context object of a frame. `item` stands in for the frame's own item while a Map selects items.
pub(crate) fn context_object(ctx: &Ctx, frame: FrameId, item: Option<&Item>) -> Value {
    let mut context = match &ctx.given_context {
        Some(given) => given.clone(),
        None => own(ctx, frame),
    };
    if let Some(item) = item.or_else(|| current_item(ctx, frame)) {
        context.insert("Map", Value::object([("Item", map_item(item))]));
    }
    Value::Object(context)
}

/// Returns what an execution itself tells.
pub(crate) fn own(ctx: &Ctx, frame: FrameId) -> Object {
    let record = ctx.record(frame);
    let state = ctx.machine.state(ctx.frames[frame].state);
    let mut context = Object::new();
    context.insert("Execution", execution(ctx, record));
    context.insert("StateMachine", state_machine(record));
    context.insert("State", current_state(ctx, frame, state));
    if let Some(token) = task_token(ctx, frame, state) {
        context.insert("Task", Value::object([("Token", Value::from(token))]));
    }
    context
}

fn execution(ctx: &Ctx, record: &ExecutionRecord) -> Value {
    let build = || {
        let mut execution = Object::new();
        execution.insert("Id", Arc::clone(&record.arn).into());
        execution.insert("Input", record.input.clone());
        execution.insert("StartTime", record.start_time.to_string().into());
        execution.insert("Name", Arc::clone(&record.name).into());
        execution.insert("RoleArn", role(&ctx.options.role_arn));
        let counts_redrives = ctx.options.behavior.context_has_redrive_count;
        if record.execution_type == ExecutionType::Standard && counts_redrives {
            execution.insert("RedriveCount", Value::from(i64::from(record.redrive_count)));
        }
        if let Some(time) = record.redrive_time {
            execution.insert("RedriveTime", time.to_string().into());
        }
        Value::Object(execution)
    };
    record.context.get_or_init(build).clone()
}

/// Returns the role; a tested state may have none, which is `null`.
fn role(arn: &Arc<str>) -> Value {
    if arn.is_empty() {
        Value::Null
    } else {
        Arc::clone(arn).into()
    }
}

fn state_machine(record: &ExecutionRecord) -> Value {
    let name = record.state_machine_arn.rsplit(':').next().unwrap_or_default();
    Value::object([
        ("Id", Value::from(Arc::clone(&record.state_machine_arn))),
        ("Name", Value::from(name)),
    ])
}

fn current_state(ctx: &Ctx, frame: FrameId, state: &State) -> Value {
    let frame = &ctx.frames[frame];
    let mut current = Object::new();
    current.insert("Name", Arc::clone(&state.name).into());
    current.insert("EnteredTime", frame.entered_time.to_string().into());
    if matches!(
        state.kind,
        StateKind::Task(_) | StateKind::Parallel { .. } | StateKind::Map(_)
    ) {
        current.insert("RetryCount", Value::from(i64::from(frame.retry_count)));
    }
    Value::Object(current)
}

/// Returns the token where the state's integration gives one to its parameters.
fn task_token(ctx: &Ctx, frame: FrameId, state: &State) -> Option<Arc<str>> {
    let StateKind::Task(task) = &state.kind else {
        return None;
    };
    let Integration::Service { pattern, .. } = &task.integration else {
        return None;
    };
    if *pattern == IntegrationPattern::RequestResponse {
        return None;
    }
    ctx.frames[frame].task_token.as_ref().map(|token| Arc::clone(&token.0))
}

/// Returns the item of the innermost iteration around a frame.
pub(crate) fn current_item(ctx: &Ctx, frame: FrameId) -> Option<&Item> {
    let mut frame = &ctx.frames[frame];
    loop {
        if let Some(item) = &frame.item {
            return Some(item);
        }
        frame = ctx.outer(frame)?;
    }
}

pub(crate) fn map_item(item: &Item) -> Value {
    let mut object = Object::new();
    object.insert("Index", Value::from(i64::from(item.index)));
    object.insert("Value", item.value.clone());
    if let Some(key) = &item.key {
        object.insert("Key", Arc::clone(key).into());
    }
    if let Some(source) = &item.source {
        object.insert("Source", Arc::clone(source).into());
    }
    Value::Object(object)
}
