//! The executions that a state of a run has started.

use asl_core::{Details, EventId, HistoryEvent};
use asl_json::Value;
use asl_model::StateKind;
use asl_protocol::{ChildExecution, ChildId};

use crate::inspect::entered_event;
use crate::recordings::{child_record, short};
use crate::run::Run;
use crate::text::saturate;

/// Children that are listed of one state.
const MOST_CHILDREN: usize = 200;

/// Returns the first executions that the state of an event has started in this visit, and how many there are. `family` is
/// the run that holds them: the one that started the first of them all.
pub(crate) fn children(family: &Run, run: &Run, event: EventId) -> (Vec<ChildExecution>, u32) {
    let ids = child_ids(family, run, event).unwrap_or_default();
    let listed = ids.iter().take(MOST_CHILDREN);
    let listed = listed.filter_map(|child| {
        let record = child_record(family, *child)?;
        Some(ChildExecution {
            child: *child,
            name: record.name.to_string(),
            status: record.status.as_str().to_owned(),
            input: short(&record.input),
        })
    });
    (listed.collect(), saturate(ids.len()))
}

fn child_ids(family: &Run, run: &Run, event: EventId) -> Option<Vec<ChildId>> {
    let history = run.history();
    let entered = entered_event(history, event)?;
    if !may_start_executions(run, entered) {
        return None;
    }
    let later = history.get(entered.id.0 as usize..)?;
    let name = state_name(entered)?;
    // The events of a visit end with its exit; those of other visits in between belong to other entries.
    let of_visit = later
        .iter()
        .take_while(|event| !matches!(&event.details, Details::StateExited { name: other, .. } if other == name));
    for event in of_visit {
        let found = match &event.details {
            Details::TaskOutput { output, .. } => nested(family, output),
            Details::MapRunStarted { map_run_arn } => of_map_run(family, map_run_arn),
            _ => None,
        };
        if let Some(found) = found
            && entered_event(history, event.id).map(|entry| entry.id) == Some(entered.id)
        {
            return Some(found);
        }
    }
    None
}

fn state_name(entered: &HistoryEvent) -> Option<&std::sync::Arc<str>> {
    match &entered.details {
        Details::StateEntered { name, .. } => Some(name),
        _ => None,
    }
}

/// Most states start nothing, which is worth knowing before their events are searched.
fn may_start_executions(run: &Run, entered: &HistoryEvent) -> bool {
    let Some(name) = state_name(entered) else { return false };
    let state = run.definition.states().find(|state| state.name == *name);
    state.is_some_and(|state| match &state.kind {
        StateKind::Task(task) => task.resource.text.contains(":states:startExecution"),
        StateKind::Map(_) => true,
        _ => false,
    })
}

fn nested(family: &Run, output: &Value) -> Option<Vec<ChildId>> {
    let arn = output.get("ExecutionArn")?.as_str()?;
    let runs = family.session()?.runs();
    let at = runs.iter().position(|nested| &*nested.options.execution_arn == arn)?;
    Some(vec![ChildId::Nested(saturate(at))])
}

fn of_map_run(family: &Run, arn: &str) -> Option<Vec<ChildId>> {
    let runs = family.session()?.runs().iter().enumerate();
    let found = |(at, run): (usize, &asl_host::Run)| {
        let map_run = run.execution.map_runs().iter().find(|map_run| &*map_run.arn == arn)?;
        let id = |child: &asl_core::RunId| ChildId::MapRun {
            run: saturate(at),
            child: child.0,
        };
        Some(map_run.children.iter().map(id).collect())
    };
    runs.into_iter().find_map(found)
}
