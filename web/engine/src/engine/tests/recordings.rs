//! Recordings: kept, listed, opened again, compared, filtered; histories out of files and executions that a run started.

use asl_protocol::{
    ChildId, Comparison, EventDetails, FilteredLog, HistoryFormat, LogFilter, LogKind, RecordingOpened,
    RecordingOrigin, RecordingSummary, StateMachineText,
};

use super::*;

const FLAKY: &str = r#"{
  "StartAt": "Charge",
  "States": {
    "Charge": {
      "Type": "Task",
      "Resource": "arn:aws:lambda:us-east-1:123456789012:function:Charge",
      "Retry": [{"ErrorEquals": ["Busy"]}],
      "End": true
    }
  }
}"#;
const DISTRIBUTED: &str = r#"{
  "StartAt": "Each",
  "States": {
    "Each": {
      "Type": "Map",
      "ItemProcessor": {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "Item",
        "States": {"Item": {"Type": "Pass", "End": true}}
      },
      "End": true
    }
  }
}"#;

fn steps(answers: Vec<MockAnswer>) -> Vec<Mock> {
    let step = |answer| MockStep { answer, delay_ms: 0 };
    vec![Mock {
        matches: MockMatch::State("Charge".into()),
        behavior: MockBehavior::Steps(answers.into_iter().map(step).collect()),
    }]
}

fn busy() -> MockAnswer {
    MockAnswer::Fail {
        error: "Busy".into(),
        cause: "try again".into(),
    }
}

/// Runs to the end as run number `run`.
fn run_to_end(bench: &mut Bench, run: u32, text: &str, change: impl FnOnce(&mut RunRequest)) {
    bench.replies.clear();
    bench.run(text, |request| {
        request.run = run;
        change(request);
    });
    bench.work_until(|bench| bench.end().is_some());
    bench.work_until(|_| false);
}

fn list(bench: &Bench) -> Vec<RecordingSummary> {
    let lists = bench.replies.iter().rev();
    let mut lists = lists.filter_map(|reply| match reply {
        EngineReply::RecordingsListed(list) => Some(list.clone()),
        _ => None,
    });
    lists.next().expect("a list was sent")
}

fn opened(bench: &Bench) -> RecordingOpened {
    let mut opened = bench.replies.iter().filter_map(|reply| match reply {
        EngineReply::RecordingOpened(opened) => Some(opened.clone()),
        _ => None,
    });
    opened.next_back().expect("a recording was opened")
}

fn refusal(bench: &Bench) -> String {
    let mut refusals = bench.replies.iter().filter_map(|reply| match reply {
        EngineReply::RunRefused { message, .. } => Some(message.clone()),
        _ => None,
    });
    refusals.next_back().expect("something was refused")
}

fn described(bench: &mut Bench, run: u32, event: u32) -> EventDetails {
    bench.send(EngineRequest::DescribeEvent { run, event });
    let mut described = bench.replies.iter().filter_map(|reply| match reply {
        EngineReply::EventDescribed(details) => Some(details.clone()),
        _ => None,
    });
    described.next_back().expect("the event is described")
}

fn history(bench: &mut Bench, run: u32) -> String {
    bench.send(EngineRequest::WriteHistory {
        run,
        format: HistoryFormat::Json,
    });
    let mut written = bench.replies.iter().filter_map(|reply| match reply {
        EngineReply::HistoryWritten { text, .. } => Some(text.clone()),
        _ => None,
    });
    written.next_back().expect("the history is written")
}

fn open_history(bench: &mut Bench, run: u32, text: &str, history: &str) {
    bench.replies.clear();
    bench.send(EngineRequest::OpenHistory {
        run,
        text: text.into(),
        name: "history.json".into(),
        history: history.into(),
    });
    bench.work_until(|_| false);
}

#[test]
fn runs_are_kept_and_come_back_with_everything_they_recorded() {
    let mut bench = Bench::new();
    run_to_end(&mut bench, 1, TASK, |request| {
        request.input = r#"{"n": 1}"#.into();
        request.mocks = steps(vec![busy()]);
    });
    let first: Vec<String> = bench.event_types().into_iter().map(str::to_owned).collect();
    run_to_end(&mut bench, 2, TASK, |_| {});
    let listed = list(&bench);
    let about: Vec<_> = listed.iter().map(|run| (run.run, &*run.status, &*run.input)).collect();
    assert_eq!(about, [(1, "FAILED", r#"{"n":1}"#), (2, "SUCCEEDED", r#"{"total":3}"#)]);
    assert_eq!(
        (&*listed[0].outcome, &*listed[1].outcome),
        ("Busy: try again", r#"{"total":3}"#)
    );

    bench.replies.clear();
    let layout = LayoutOptions::default();
    bench.send(EngineRequest::OpenRecording { run: 1, layout });
    bench.work_until(|_| false);
    assert_eq!((opened(&bench).run, opened(&bench).origin), (1, RecordingOrigin::Run));
    assert_eq!(bench.event_types(), first);
    assert_eq!(bench.end().map(|end| &*end.status), Some("FAILED"));
    assert_eq!(list(&bench).len(), 2);
    bench.send(EngineRequest::ForgetRecording { run: 2 });
    assert_eq!(list(&bench).iter().map(|run| run.run).collect::<Vec<_>>(), [1]);
}

#[test]
fn a_recording_of_another_text_brings_its_picture() {
    let mut bench = Bench::new();
    let analyze = |text: &str, revision| EngineRequest::Analyze {
        revision,
        text: text.into(),
        execution_type: ExecutionType::Standard,
        layout: LayoutOptions::default(),
        machines: Vec::new(),
    };
    bench.send(analyze(TASK, 1));
    run_to_end(&mut bench, 1, TASK, |_| {});
    let open = |bench: &mut Bench| {
        let layout = LayoutOptions::default();
        bench.send(EngineRequest::OpenRecording { run: 1, layout });
        opened(bench).picture
    };
    assert!(open(&mut bench).is_none(), "the picture is on the page already");
    bench.send(analyze(WAIT, 2));
    bench.work_until(|_| false);
    let picture = open(&mut bench).expect("another text is in the editor");
    let nodes = &picture.diagram.as_ref().unwrap().nodes;
    assert!(nodes.iter().any(|node| node.name == "Charge"));
}

#[test]
fn two_recordings_part_at_a_retry() {
    let mut bench = Bench::new();
    let done = || MockAnswer::Return("7".into());
    run_to_end(&mut bench, 1, FLAKY, |request| request.mocks = steps(vec![done()]));
    run_to_end(&mut bench, 2, FLAKY, |request| {
        request.mocks = steps(vec![busy(), done()]);
    });
    bench.send(EngineRequest::CompareRuns { left: 1, right: 2 });
    let Some(EngineReply::RunsCompared(comparison)) = bench.replies.last() else {
        panic!("no comparison: {:?}", bench.replies.last())
    };
    let Comparison { left, right, lines, .. } = comparison;
    assert_eq!((&*left.outcome, &*right.outcome), ("7", "7"));
    let first = lines.iter().position(|line| line.differs).unwrap();
    assert_eq!(comparison.first_difference, Some(5));
    assert!(lines[first].left.is_none());
    assert_eq!(
        lines[first].right.as_ref().map(|row| &*row.event_type),
        Some("LambdaFunctionFailed")
    );
    assert!(!lines.last().unwrap().differs);
}

#[test]
fn a_filter_of_25_000_events_answers_with_their_ids() {
    let mut bench = Bench::new();
    run_to_end(&mut bench, 1, LOOP, |request| request.input = r#"{"total": 1}"#.into());
    let filter = LogFilter {
        kind: LogKind::States,
        text: "state:B type:entered".into(),
    };
    bench.send(EngineRequest::FilterLog {
        run: 1,
        filter: filter.clone(),
    });
    let Some(EngineReply::LogFiltered(filtered)) = bench.replies.last() else {
        panic!("no answer")
    };
    let FilteredLog { rows, total, .. } = filtered;
    assert_eq!((filtered.filter.clone(), *total), (filter, 25_000));
    assert_eq!((rows[0], rows[1]), (4, 8));
    assert_eq!(rows.len(), 6249);
}

#[test]
fn a_history_that_was_saved_opens_again_and_says_the_same() {
    let mut bench = Bench::new();
    run_to_end(&mut bench, 1, FLAKY, |request| {
        request.mocks = steps(vec![busy(), MockAnswer::Return("7".into())]);
    });
    let saved = history(&mut bench, 1);
    let recorded: Vec<String> = bench.event_types().into_iter().map(str::to_owned).collect();
    open_history(&mut bench, 2, FLAKY, &saved);
    let about = opened(&bench);
    assert_eq!(
        (about.run, &*about.name, about.origin),
        (2, "history.json", RecordingOrigin::File)
    );
    assert!(about.unknown_states.is_empty());
    assert_eq!(bench.event_types(), recorded);
    let end = bench.end().unwrap();
    assert_eq!(
        (&*end.status, end.output.as_deref(), end.is_redrivable),
        ("SUCCEEDED", Some("7"), false)
    );
    assert_eq!(history(&mut bench, 2), saved);
    bench.send(EngineRequest::Stop { run: 2 });
    bench.work_until(|_| false);
    assert_eq!(history(&mut bench, 2), saved, "what is recorded cannot be stopped");
}

#[test]
fn events_in_reverse_order_and_of_states_that_are_gone_are_told() {
    let mut bench = Bench::new();
    run_to_end(&mut bench, 1, TASK, |_| {});
    let saved = history(&mut bench, 1);
    let json = asl_json::parse_value(&saved).unwrap();
    let events = json.get("events").and_then(asl_json::Value::as_array).unwrap();
    let reversed = asl_json::Value::array(events.iter().rev().cloned());
    open_history(&mut bench, 2, WAIT, &reversed.to_string());
    assert_eq!(opened(&bench).unknown_states, ["Charge"]);
    assert_eq!(bench.event_types().first(), Some(&"ExecutionStarted"));
}

#[test]
fn what_is_no_history_is_refused_with_the_way_out() {
    let mut bench = Bench::new();
    let event = |id: u32, previous: u32| {
        format!(r#"{{"timestamp": 0, "type": "ExecutionStarted", "id": {id}, "previousEventId": {previous}}}"#)
    };
    for (history, expected) in [
        ("{".to_owned(), "This is not JSON: line 1, column 2"),
        ("{}".to_owned(), "A history is an array of events"),
        (r#"{"events": []}"#.to_owned(), "This history has no events."),
        (
            r#"[{"id": 1, "type": "Nothing"}]"#.to_owned(),
            "\"Nothing\" is no type of event",
        ),
        (format!("[{}]", event(2, 0)), "Event 1 is missing."),
        (format!("[{}, {}]", event(1, 0), event(1, 0)), "Event 1 is there twice."),
        (format!("[{}]", event(1, 1)), "Event 1 cannot follow event 1"),
        (
            format!(r#"{{"events": [{}], "nextToken": "more"}}"#, event(1, 0)),
            "\"nextToken\"",
        ),
    ] {
        open_history(&mut bench, 2, TASK, &history);
        assert!(refusal(&bench).contains(expected), "{history}: {}", refusal(&bench));
    }
    open_history(&mut bench, 2, "{", &format!("[{}]", event(1, 0)));
    assert!(refusal(&bench).contains("definition on the page has no states"));
}

#[test]
fn child_executions_of_a_map_run_open_from_their_state() {
    let mut bench = Bench::new();
    run_to_end(&mut bench, 1, DISTRIBUTED, |request| {
        request.input = r#"["a", "b"]"#.into();
    });
    let described = described(&mut bench, 1, 2);
    let inputs: Vec<&str> = described.children.iter().map(|child| &*child.input).collect();
    assert_eq!((inputs, described.children_total), (vec![r#""a""#, r#""b""#], 2));
    let child = described.children[1].child;
    assert!(matches!(child, ChildId::MapRun { run: 0, .. }));
    bench.replies.clear();
    bench.send(EngineRequest::OpenChild {
        run: 2,
        parent: 1,
        event: 2,
        child,
        layout: LayoutOptions::default(),
    });
    bench.work_until(|_| false);
    assert_eq!(opened(&bench).origin, RecordingOrigin::Child { parent: 1, event: 2 });
    let types = [
        "ExecutionStarted",
        "PassStateEntered",
        "PassStateExited",
        "ExecutionSucceeded",
    ];
    assert_eq!(bench.event_types(), types);
    let view = &bench.progress().last().unwrap().view;
    assert_eq!(view.nodes.iter().map(|node| &*node.state).collect::<Vec<_>>(), ["Item"]);
    bench.send(EngineRequest::DescribeStateVisit {
        run: 2,
        event: 2,
        cursor: u32::MAX,
    });
    let Some(EngineReply::StateVisitDescribed(visit)) = bench.replies.last() else {
        panic!("no visit")
    };
    assert_eq!(visit.stages[0].value.as_deref(), Some(r#""b""#));
}

#[test]
fn a_nested_execution_opens_with_its_own_picture() {
    let mut bench = Bench::new();
    let machine = r#"{"StartAt": "Call", "States": {"Call": {
        "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "End": true,
        "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:Child", "Input": {"a": 1}}}}}"#;
    let child = StateMachineText {
        name: "Child".into(),
        text: r#"{"StartAt": "Inner", "States": {"Inner": {"Type": "Pass", "End": true}}}"#.into(),
    };
    run_to_end(&mut bench, 1, machine, |request| request.machines = vec![child.clone()]);
    assert_eq!(bench.end().map(|end| &*end.status), Some("SUCCEEDED"));
    let children = described(&mut bench, 1, 5).children;
    assert_eq!(
        (children.len(), &*children[0].input, &*children[0].status),
        (1, r#"{"a":1}"#, "SUCCEEDED")
    );
    bench.replies.clear();
    bench.send(EngineRequest::OpenChild {
        run: 2,
        parent: 1,
        event: 5,
        child: children[0].child,
        layout: LayoutOptions::default(),
    });
    bench.work_until(|_| false);
    let picture = opened(&bench).picture.expect("its definition is another one");
    assert!(picture.states.iter().any(|state| state.name == "Inner"));
    assert_eq!(bench.event_types()[1], "PassStateEntered");
    let broken = StateMachineText {
        name: "Child".into(),
        text: "{}".into(),
    };
    bench.run(machine, |request| request.machines = vec![broken]);
    assert!(refusal(&bench).starts_with("The state machine \"Child\", which tasks may start, has errors."));
}

#[test]
fn children_of_children_open_from_the_one_that_started_them() {
    let call = |name: &str| {
        format!(
            r#"{{"StartAt": "Call", "States": {{"Call": {{
                "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "End": true,
                "Parameters": {{"StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:{name}"}}}}}}}}"#
        )
    };
    let map = r#"{"StartAt": "Two", "States": {"Two": {"Type": "Pass", "Result": ["a", "b"], "Next": "Each"},
        "Each": {"Type": "Map", "End": true, "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}}}}}"#;
    let machines = [("Middle", call("Last")), ("Last", map.to_owned())].map(|(name, text)| StateMachineText {
        name: name.into(),
        text,
    });
    let mut bench = Bench::new();
    run_to_end(&mut bench, 1, &call("Middle"), |request| {
        request.machines = machines.to_vec();
    });
    let mut open = |run: u32, event: u32, at: usize| {
        let child = described(&mut bench, run, event).children[at].child;
        bench.replies.clear();
        bench.send(EngineRequest::OpenChild {
            run: run + 1,
            parent: run,
            event,
            child,
            layout: LayoutOptions::default(),
        });
        bench.work_until(|_| false);
        let picture = opened(&bench).picture.expect("its definition is another one");
        (bench.event_types().len(), picture.states[0].name.clone())
    };
    assert_eq!(open(1, 5, 0), (8, "Call".into()));
    let (events, first) = open(2, 5, 0);
    assert_eq!(first, "Two");
    assert!(events > 6, "{events}");
    assert_eq!(open(3, 4, 1).0, 4, "a child of a Map Run of the innermost");
}

#[test]
fn a_run_that_goes_on_keeps_its_place() {
    let mut bench = Bench::new();
    run_to_end(&mut bench, 1, TASK, |_| {});
    bench.run(WAIT, |request| {
        request.run = 2;
        request.options.pace = Pace::Real;
    });
    bench.slice();
    bench.replies.clear();
    let layout = LayoutOptions::default();
    bench.send(EngineRequest::OpenRecording { run: 1, layout });
    assert!(bench.replies.is_empty(), "{:?}", bench.replies);
    bench.send(EngineRequest::Reset);
    assert_eq!(
        list(&bench).iter().map(|run| run.run).collect::<Vec<_>>(),
        [1],
        "what did not end is gone"
    );
}
