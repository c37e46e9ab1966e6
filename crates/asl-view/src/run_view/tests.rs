use std::path::Path;

use super::*;
use crate::testing::{record, record_with_redrives};

const SAGA: &str = r#"{"StartAt": "Charge", "States": {
    "Charge": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Sure?",
        "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 2, "IntervalSeconds": 2}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Refund"}]},
    "Sure?": {"Type": "Choice", "Choices": [{"Variable": "$.again", "IsPresent": true, "Next": "Charge"}], "Default": "Done"},
    "Refund": {"Type": "Pass", "Next": "Lost"},
    "Lost": {"Type": "Fail", "Error": "Lost"},
    "Done": {"Type": "Succeed"}}}"#;

fn key(from: &str, to: &str, is_catch: bool) -> EdgeKey {
    EdgeKey {
        from: Some(from.into()).filter(|_| !from.is_empty()),
        to: Some(to.into()).filter(|_| !to.is_empty()),
        is_catch,
    }
}

fn statuses_along(recorded: &crate::testing::Recorded, state: &str) -> Vec<Status> {
    let timeline = recorded.timeline();
    let mut seen = Vec::new();
    for event in &recorded.history {
        let view = timeline.at(&recorded.history, event.id);
        let status = view.states.get(state).map_or(Status::NotRun, |run| run.status);
        if seen.last() != Some(&status) {
            seen.push(status);
        }
    }
    seen
}

#[test]
fn a_retried_task_runs_retries_and_succeeds() {
    let recorded = record(SAGA, "{}", |task| {
        if task.retry_count < 2 {
            Err("Busy")
        } else {
            Ok(Value::Null)
        }
    });
    assert_eq!(
        statuses_along(&recorded, "Charge"),
        [
            Status::NotRun,
            Status::Running,
            Status::Retrying,
            Status::Running,
            Status::Retrying,
            Status::Running,
            Status::Succeeded
        ]
    );
    let timeline = recorded.timeline();
    let run = &timeline.view().states["Charge"];
    assert_eq!((run.attempt, run.retries, run.visits, run.open_visits), (3, 2, 1, 0));
}

#[test]
fn a_caught_error_takes_the_edge_of_the_catcher() {
    let recorded = record(SAGA, "{}", |_| Err("Broken"));
    let timeline = recorded.timeline();
    let view = timeline.view();
    assert_eq!(view.states["Charge"].status, Status::Caught);
    assert_eq!(view.states["Charge"].error.as_deref(), Some("Broken"));
    assert_eq!(view.states["Lost"].status, Status::Failed);
    assert_eq!(view.execution, Status::Failed);
    let taken: Vec<&EdgeKey> = view.edges.keys().collect();
    assert_eq!(
        taken,
        [
            &key("", "Charge", false),
            &key("Charge", "Refund", true),
            &key("Refund", "Lost", false)
        ]
    );
}

#[test]
fn edges_are_those_of_the_diagram_and_are_counted() {
    let recorded = record(SAGA, r#"{"again": 1}"#, |task| {
        let again = Value::object([("again", Value::from(1))]);
        Ok(if task.invocation < 2 {
            again
        } else {
            Value::empty_object()
        })
    });
    let timeline = recorded.timeline();
    let definition = asl_model::parse(SAGA).definition.unwrap();
    let diagram = crate::Diagram::lay_out(&definition, &crate::LayoutOptions::default());
    for taken in timeline.view().edges.keys() {
        assert!(diagram.edges.iter().any(|edge| edge.key == *taken), "{taken:?}");
    }
    assert_eq!(timeline.view().edges[&key("Sure?", "Charge", false)], 2);
    assert_eq!(timeline.view().edges[&key("Done", "", false)], 1);
    assert_eq!(timeline.view().states["Charge"].visits, 3);
}

#[test]
fn a_failing_branch_aborts_the_others() {
    let text = r#"{"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
        {"StartAt": "Slow", "States": {"Slow": {"Type": "Wait", "Seconds": 60, "End": true}}},
        {"StartAt": "Bad", "States": {"Bad": {"Type": "Fail", "Error": "Bad"}}}]}}}"#;
    let recorded = record(text, "{}", |_| Ok(Value::Null));
    let timeline = recorded.timeline();
    let view = timeline.view();
    assert_eq!(view.states["Slow"].status, Status::Aborted);
    assert_eq!(view.states["Bad"].status, Status::Failed);
    assert_eq!(view.states["P"].status, Status::Failed);
}

const MAP: &str = r#"{"StartAt": "Each", "QueryLanguage": "JSONata", "States": {
    "Each": {"Type": "Map", "Items": "{% $states.input %}", "Assign": {"done": true}, "Next": "Last", "ItemProcessor": {
        "StartAt": "One", "States": {"One": {"Type": "Pass", "Assign": {"item": "{% $states.input %}"}, "End": true}}}},
    "Last": {"Type": "Pass", "End": true}}}"#;

#[test]
fn iterations_are_counted_and_their_variables_go_with_them() {
    let recorded = record(MAP, "[1, 2, 3]", |_| Ok(Value::Null));
    let timeline = recorded.timeline();
    let counts = timeline.view().states["Each"].iterations.unwrap();
    assert_eq!((counts.total, counts.succeeded, counts.running), (3, 3, 0));
    let inside = recorded
        .history
        .iter()
        .find(|event| matches!(&event.details, Details::StateExited { name, .. } if &**name == "One"));
    let view = timeline.at(&recorded.history, inside.unwrap().id);
    let scopes: Vec<&u32> = view.variables.keys().collect();
    assert_eq!(scopes.len(), 1);
    assert_eq!(timeline.scope(*scopes[0]).unwrap().iteration, Some(0));
    let names: Vec<&str> = timeline.view().variables[&0].keys().map(|name| &**name).collect();
    assert_eq!((timeline.view().variables.len(), names), (1, vec!["done"]));
}

#[test]
fn the_first_iteration_that_failed_is_known() {
    let text = r#"{"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "One",
        "States": {"One": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true}}}}}}"#;
    let recorded = record(text, "[1, 2, 3]", |task| match task.item_index {
        Some(1) => Err("E"),
        _ => Ok(Value::Null),
    });
    let timeline = recorded.timeline();
    let counts = timeline.view().states["Each"].iterations.unwrap();
    assert_eq!((counts.failed, counts.first_failed), (1, Some(1)));
}

#[test]
fn a_picked_iteration_shows_its_own_states() {
    let text = r#"{"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true,
        "ItemProcessor": {"StartAt": "One", "States": {"One": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Two"}], "End": true}, "Two": {"Type": "Pass", "End": true}}}}}}"#;
    let recorded = record(text, "[1, 2]", |task| {
        if task.item_index == Some(0) {
            Err("E")
        } else {
            Ok(Value::Null)
        }
    });
    let timeline = recorded.timeline();
    let last = recorded.history.last().unwrap().id;
    let view = |iteration| timeline.at_iteration(&recorded.history, last, "Each", iteration);
    assert_eq!(view(0).states["One"].status, Status::Caught);
    assert_eq!(view(1).states["One"].status, Status::Succeeded);
    assert!(!view(1).states.contains_key("Two"));
    assert_eq!(view(1).states["Each"].iterations.unwrap().total, 2);
}

#[test]
fn seeking_gives_what_folding_gives() {
    let recorded = record(MAP, &format!("[{}1]", "1, ".repeat(300)), |_| Ok(Value::Null));
    let timeline = recorded.timeline();
    for id in [0, 1, 2, 255, 256, 257, 600, 100_000] {
        let folded = RunView::at(&recorded.topology, &recorded.history, EventId(id));
        assert_eq!(timeline.at(&recorded.history, EventId(id)), folded, "{id}");
    }
}

/// In every recorded history no state is left at work once the execution has ended, and every row can be written.
#[test]
fn recorded_histories_end_with_nothing_open() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance/localstack/cases");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("SKIPPED: the recorded cases are not on this machine");
        return;
    };
    let mut seen = 0;
    for entry in entries.flatten() {
        let Ok(text) = std::fs::read_to_string(entry.path()) else {
            continue;
        };
        let case = asl_json::parse_value(&text).expect("cases are JSON");
        let Some((definition, history)) = recording(&case) else {
            continue;
        };
        seen += 1;
        let mut timeline = Timeline::new(Arc::new(Topology::new(&definition)));
        timeline.advance(&history);
        let name = entry.path().display().to_string();
        for event in &history {
            let row = crate::log_row(&timeline, &history, event);
            let is_of_execution = event.event_type.as_str().starts_with("Execution");
            assert_eq!(row.state.is_none(), is_of_execution, "{name} {row:?}");
        }
        let view = timeline.view();
        if view.execution.is_open() {
            continue;
        }
        for (state, run) in &view.states {
            assert!(!run.status.is_open() && run.open_visits == 0, "{name} {state} {run:?}");
        }
        assert!(
            view.variables.keys().all(|scope| *scope == 0) || view.execution != Status::Succeeded,
            "{name}"
        );
    }
    assert!(seen > 300, "only {seen} histories were found");
}

fn recording(case: &Value) -> Option<(asl_model::Definition, Vec<HistoryEvent>)> {
    let events = case.get("expect")?.get("events")?;
    let definition = asl_model::parse(&case.get("definition")?.to_string()).definition?;
    let is_numbered = events
        .as_array()?
        .iter()
        .all(|event| event.get("id").is_some_and(|id| !id.is_null()));
    let dated: Vec<Value> = events
        .as_array()?
        .iter()
        .map(|event| {
            let mut event = event.as_object().cloned().unwrap_or_default();
            event.insert("timestamp", Value::from(0));
            Value::Object(event)
        })
        .collect();
    is_numbered.then(|| {
        asl_core::history_from_json(&Value::from(dated))
            .ok()
            .map(|history| (definition, history))
    })?
}

#[test]
fn a_redrive_goes_on_with_the_states_that_had_not_ended() {
    let failed = std::cell::Cell::new(0);
    let recorded = record_with_redrives(
        r#"{"StartAt": "P", "States": {"P": {"Type": "Parallel", "Next": "Z", "Branches": [
            {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "T"},
                "T": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:F", "End": true,
                    "Catch": [{"ErrorEquals": ["Other"], "Next": "A"}]}}},
            {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 9, "End": true}}}]},
            "Z": {"Type": "Pass", "End": true}}}"#,
        "{}",
        1,
        |_| match failed.replace(1) {
            0 => Err("Oops"),
            _ => Ok(Value::from(7)),
        },
    );
    let timeline = recorded.timeline();
    let redriven = recorded
        .history
        .iter()
        .find(|event| event.event_type == EventType::ExecutionRedriven)
        .unwrap();
    let statuses = |event| {
        let view = timeline.at(&recorded.history, event);
        let state = |name: &str| view.states.get(name).map(|run| (run.status, run.open_visits));
        ["P", "A", "T", "W", "Z"].map(state)
    };
    let (running, done) = (Some((Status::Running, 1)), Some((Status::Succeeded, 0)));
    let waiting = Some((Status::Waiting, 1));
    assert_eq!(statuses(redriven.id), [running, done, running, waiting, None]);
    let newest = recorded.history.last().unwrap().id;
    assert_eq!(statuses(newest), [done; 5]);
    // Each event after the redrive belongs to its state again.
    let after = recorded.history.iter().filter(|event| event.id > redriven.id);
    let states: Vec<_> = after
        .filter_map(|event| timeline.state_of(event.id))
        .map(|state| &*state.name)
        .collect();
    assert_eq!(states, ["T", "T", "T", "T", "W", "P", "P", "Z", "Z"]);
    let edges = &timeline.view().edges;
    assert!(
        edges.iter().all(|(edge, times)| *times == 1 && !edge.is_catch),
        "{edges:?}"
    );
}
