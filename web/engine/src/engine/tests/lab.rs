//! What is tried beside the run, and what the reader answers in place of others.

use asl_protocol::{
    BenchReply, BenchRequest, CallbackRequest, EvaluateRequest, LineSign, MockTest, MockTestResult, StageReach,
    StateTest, StateTestMock, StateVisit, Status, TaskAnswer,
};

use super::*;

const RETRY: &str = r#"{"StartAt": "T", "States": {
    "T": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:F", "ResultPath": "$.r", "Next": "D",
        "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 2}],
        "Catch": [{"ErrorEquals": ["Card"], "ResultPath": "$.error", "Next": "D"}]},
    "D": {"Type": "Pass", "Assign": {"seen.$": "$.total"}, "End": true}}}"#;
const APPROVAL: &str = r#"{"StartAt": "Ask", "States": {"Ask": {"Type": "Task", "End": true, "TimeoutSeconds": 60,
    "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    "Parameters": {"QueueUrl": "q", "MessageBody": {"token.$": "$$.Task.Token"}}}}}"#;

fn fail(error: &str) -> MockStep {
    let answer = MockAnswer::Fail {
        error: error.into(),
        cause: "because".into(),
    };
    MockStep { answer, delay_ms: 0 }
}

fn give(result: &str) -> MockStep {
    MockStep {
        answer: MockAnswer::Return(result.into()),
        delay_ms: 0,
    }
}

fn mock(steps: Vec<MockStep>) -> Mock {
    Mock {
        matches: MockMatch::Resource("F".into()),
        behavior: MockBehavior::Steps(steps),
    }
}

fn run(text: &str, steps: Vec<MockStep>) -> Bench {
    let mut bench = Bench::new();
    bench.run(text, |request| request.mocks = vec![mock(steps)]);
    bench.work_until(|bench| bench.end().is_some());
    bench
}

fn visit(bench: &mut Bench, event: u32) -> StateVisit {
    visit_at(bench, event, u32::MAX)
}

fn visit_at(bench: &mut Bench, event: u32, cursor: u32) -> StateVisit {
    bench.send(EngineRequest::DescribeStateVisit { run: 1, event, cursor });
    match bench.replies.pop() {
        Some(EngineReply::StateVisitDescribed(visit)) => visit,
        other => panic!("{other:?}"),
    }
}

fn last_reply(bench: &mut Bench) -> BenchReply {
    match bench.replies.pop() {
        Some(EngineReply::Bench(reply)) => reply,
        other => panic!("{other:?}"),
    }
}

fn reach(visit: &StateVisit, name: &str) -> StageReach {
    visit.stages.iter().find(|stage| stage.name == name).unwrap().reach
}

#[test]
fn variables_are_told_as_they_stood_at_an_event() {
    let mut bench = Bench::new();
    bench.run(
        r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "B"},
            "B": {"Type": "Pass", "Assign": {"x": 2, "y": "two"}, "End": true}}}"#,
        |_| {},
    );
    bench.work_until(|bench| bench.end().is_some());
    for (event, lines) in [
        (2, vec![]),
        (3, vec!["x = 1"]),
        (4, vec!["x = 1"]),
        (5, vec!["x = 2", "y = \"two\""]),
    ] {
        bench.send(EngineRequest::DescribeVariables { run: 1, event });
        let told = bench.replies.pop();
        assert!(
            matches!(&told, Some(EngineReply::VariablesDescribed(told)) if told.event == event && told.lines == lines),
            "{told:?}"
        );
    }
}

#[test]
fn a_visit_is_seen_from_the_attempt_that_an_event_belongs_to() {
    let mut bench = run(RETRY, vec![fail("Busy"), give("7")]);
    let last = visit(&mut bench, 2);
    assert_eq!((last.attempt, last.attempts.len()), (2, 2));
    assert_eq!(reach(&last, "result"), StageReach::Reached);
    let merged = last
        .stages
        .iter()
        .find(|stage| stage.name == "afterResultPath")
        .unwrap();
    assert_eq!(merged.compared_with, "input");
    assert!(
        merged
            .lines
            .iter()
            .any(|line| line.sign == LineSign::Added && line.text.contains("\"r\": 7"))
    );

    let first = visit(&mut bench, last.attempts[0].event);
    assert_eq!((first.attempt, reach(&first, "result")), (1, StageReach::Failed));
    assert_eq!(reach(&first, "afterResultPath"), StageReach::Skipped);
    assert!(first.stages.iter().any(|stage| stage.note == "Busy: because"));
    assert_eq!(first.failures[0].outcome, "Retried after 2 s");
}

#[test]
fn what_a_redriven_run_takes_is_covered_once() {
    let mut bench = run(RETRY, vec![fail("Broken")]);
    let covered = |bench: &Bench| {
        let mut replies = bench.replies.iter().rev();
        let found = replies.find_map(|reply| match reply {
            EngineReply::Bench(BenchReply::Covered(coverage)) => Some(coverage.clone()),
            _ => None,
        });
        let coverage = found.unwrap();
        let items = coverage.items.iter().filter(|item| item.times > 0);
        (
            coverage.runs,
            items.map(|item| (item.label.clone(), item.times)).collect::<Vec<_>>(),
        )
    };
    let (runs, before) = covered(&bench);
    assert_eq!((runs, before.len()), (1, 2), "{before:?}");
    let mocks = vec![mock(vec![give("7")])];
    bench.replies.clear();
    bench.send(EngineRequest::Redrive { run: 1, mocks });
    bench.work_until(|bench| bench.end().is_some());
    let (runs, after) = covered(&bench);
    assert_eq!(runs, 1);
    assert!(
        after.contains(&("T \u{2192} D".into(), 1)) && after.contains(&("D".into(), 1)),
        "{after:?}"
    );
    assert!(after.contains(&("Start \u{2192} T".into(), 1)), "{after:?}");
}

#[test]
fn a_visit_shows_nothing_that_comes_after_the_cursor() {
    use StageReach::{Failed, NotReached, Reached, Skipped, Unset};

    let mut bench = run(RETRY, vec![fail("Busy"), give("7")]);
    let types = bench.event_types();
    let all: Vec<&str> = types.iter().map(|event_type| &**event_type).collect();
    assert_eq!(
        all[1..9],
        [
            "TaskStateEntered",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionFailed",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionSucceeded",
            "TaskStateExited",
        ]
    );
    let stages = |visit: &StateVisit| -> Vec<StageReach> {
        let names = ["input", "afterParameters", "result", "afterResultPath", "output"];
        let reached = |name: &&str| {
            visit
                .stages
                .iter()
                .find(|stage| stage.name == *name)
                .map(|stage| stage.reach)
        };
        names.iter().filter_map(reached).collect()
    };
    let expected = [
        (2, 0, vec![Reached, NotReached, NotReached, NotReached]),
        (3, 0, vec![Reached, Unset, NotReached, NotReached, NotReached]),
        (4, 0, vec![Reached, Unset, NotReached, NotReached, NotReached]),
        (5, 1, vec![Reached, Unset, Failed, Skipped, Skipped]),
        (7, 1, vec![Reached, Unset, NotReached, NotReached, NotReached]),
        (8, 1, vec![Reached, Unset, Reached, NotReached, NotReached]),
        (9, 1, vec![Reached, Unset, Reached, Reached, Reached]),
    ];
    for (cursor, failures, reached) in expected {
        let seen = visit_at(&mut bench, cursor, cursor);
        assert_eq!((seen.failures.len(), stages(&seen)), (failures, reached), "{cursor}");
        assert!(seen.stages.iter().all(|stage| stage.since <= cursor), "{cursor}");
        assert_eq!(seen.attempts.len(), 2, "those that come can be picked");
    }
    let early = visit_at(&mut bench, 4, 4);
    let statuses: Vec<Status> = early.attempts.iter().map(|attempt| attempt.status).collect();
    assert_eq!(statuses, [Status::Running, Status::NotRun]);
    assert_eq!((early.exited, early.attempts[0].error.as_str()), (None, ""));

    let assigned = |cursor| visit_at(&mut bench, 10, cursor).variables.len();
    assert_eq!([10, 11].map(assigned), [0, 1]);
}

#[test]
fn an_error_that_no_event_tells_of_is_known_with_the_next_one() {
    let text = r#"{"StartAt": "C", "States": {"C": {"Type": "Choice", "Default": "P",
        "Choices": [{"Variable": "$.total", "NumericGreaterThan": 5, "Next": "P"}]},
        "P": {"Type": "Pass", "Parameters": {"gone.$": "$.gone"}, "End": true}}}"#;
    let mut bench = run(text, Vec::new());
    assert_eq!(bench.event_types().len(), 5);
    let before = visit_at(&mut bench, 4, 4);
    assert_eq!(
        (before.failures.len(), reach(&before, "output")),
        (0, StageReach::NotReached)
    );
    let after = visit_at(&mut bench, 4, 5);
    assert_eq!(
        (after.failures.len(), reach(&after, "afterParameters")),
        (1, StageReach::Failed)
    );
    let rules = |cursor| visit_at(&mut bench, 2, cursor).rules.len();
    assert_eq!([2, 3].map(rules), [0, 2]);
}

#[test]
fn a_caught_error_shows_the_chain_of_its_catcher() {
    let mut bench = run(RETRY, vec![fail("Card")]);
    let caught = visit(&mut bench, 2);
    let names: Vec<_> = caught.stages.iter().map(|stage| (&*stage.name, stage.reach)).collect();
    assert_eq!(
        names,
        [
            ("input", StageReach::Reached),
            ("afterInputPath", StageReach::Unset),
            ("afterParameters", StageReach::Unset),
            ("result", StageReach::Failed),
            ("afterResultPath", StageReach::Skipped),
            ("errorOutput", StageReach::Reached),
            ("output", StageReach::Reached),
        ]
    );
    let output = caught.stages.last().unwrap();
    assert_eq!(
        (&*output.field, &*output.expression),
        ("Catch[0].ResultPath", "$.error")
    );
    assert_eq!(caught.failures[0].status, Status::Caught);
}

#[test]
fn variables_say_who_set_them_and_expressions_see_them() {
    let mut bench = run(RETRY, vec![give("7")]);
    let newest = u32::try_from(bench.event_types().len()).unwrap();
    let entered = visit(&mut bench, newest).entered;
    let after = visit(&mut bench, entered);
    assert_eq!(
        (&*after.variables[0].name, after.variables[0].is_assigned),
        ("seen", true)
    );
    let mut ask = |text: &str| {
        bench.send(EngineRequest::Bench(BenchRequest::Evaluate(EvaluateRequest {
            id: 4,
            run: 1,
            entered,
            cursor: u32::MAX,
            text: text.into(),
            ..EvaluateRequest::default()
        })));
        match last_reply(&mut bench) {
            BenchReply::Evaluated(evaluated) if evaluated.id == 4 => evaluated.value,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(ask("States.MathAdd($.r, 1)"), Ok("8".into()));
    assert!(ask("$.gone").unwrap_err().starts_with("States.Runtime"));
}

#[test]
fn time_stands_still_until_somebody_calls_back() {
    let mut bench = Bench::new();
    bench.run(APPROVAL, |_| {});
    bench.work_until(|bench| bench.phase() == Some(&RunPhase::AwaitingCallback { until_ms: Some(60_000) }));
    let waiting = bench.progress().last().unwrap().waiting.clone();
    assert_eq!((&*waiting[0].state, waiting[0].is_activity), ("Ask", false));
    let call_back = |bench: &mut Bench, answer| {
        let token = waiting[0].token.clone();
        let request = CallbackRequest::Answer { token, answer };
        bench.send(EngineRequest::Callback { run: 1, request });
    };
    call_back(&mut bench, TaskAnswer::Success("{oops".into()));
    assert!(
        matches!(bench.replies.last(), Some(EngineReply::CallbackRefused { problem, .. }) if problem.contains("not JSON"))
    );
    call_back(&mut bench, TaskAnswer::Success("\"yes\"".into()));
    bench.work_until(|bench| bench.end().is_some());
    assert_eq!(bench.end().unwrap().output.as_deref(), Some("\"yes\""));
    assert!(bench.progress().last().unwrap().waiting.is_empty());
}

#[test]
fn time_may_pass_though_nobody_called_back() {
    let mut bench = Bench::new();
    bench.run(APPROVAL, |_| {});
    bench.work_until(|bench| matches!(bench.phase(), Some(RunPhase::AwaitingCallback { .. })));
    let request = CallbackRequest::LetTimePass;
    bench.send(EngineRequest::Callback { run: 1, request });
    bench.work_until(|bench| bench.end().is_some());
    assert_eq!(bench.end().unwrap().error.as_deref(), Some("States.Timeout"));
}

fn mock_test(behavior: MockBehavior, invocation: u32) -> EngineRequest {
    EngineRequest::Bench(BenchRequest::TestMock(MockTest {
        id: 9,
        mock: Mock {
            matches: MockMatch::State("Charge".into()),
            behavior,
        },
        state: "Charge".into(),
        resource: "arn:aws:lambda:us-east-1:123456789012:function:Charge".into(),
        function: String::new(),
        invocation,
        event: "{\"n\": 1}".into(),
    }))
}

fn tested(bench: &mut Bench) -> MockTestResult {
    match last_reply(bench) {
        BenchReply::MockTested(result) => result,
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_mock_answers_one_call_without_a_run() {
    let mut bench = Bench::new();
    let slow = MockStep {
        delay_ms: 1500,
        ..give("{\"ok\":true}")
    };
    let steps = || MockBehavior::Steps(vec![fail("Busy"), slow.clone()]);
    bench.send(mock_test(steps(), 0));
    let first = tested(&mut bench);
    assert_eq!(
        (first.error.as_deref(), first.cause.as_deref()),
        (Some("Busy"), Some("because"))
    );
    bench.send(mock_test(steps(), 5));
    let later = tested(&mut bench);
    assert_eq!(
        (later.result.as_deref(), later.elapsed_ms),
        (Some("{\n  \"ok\": true\n}"), 1500)
    );
    let never = MockStep {
        answer: MockAnswer::NoAnswer,
        delay_ms: 0,
    };
    bench.send(mock_test(MockBehavior::Steps(vec![never]), 0));
    assert!(tested(&mut bench).problem.unwrap().starts_with("No answer"));
}

#[test]
fn a_snippet_is_tested_in_the_sandbox() {
    let mut bench = Bench::new();
    bench.send(mock_test(MockBehavior::JavaScript("() => 1".into()), 0));
    assert!(matches!(
        bench.replies.last(),
        Some(EngineReply::SandboxNeeded { sandbox: 1 })
    ));
    bench.answer_from_sandbox(1, "");
    bench
        .engine
        .receive_from_sandbox(1, r#"{"t":"ready","v":1,"kept":""}"#, &Bench::clock(&bench.now_us));
    bench.collect();
    bench.answer_from_sandbox(1, "");
    bench.answer_from_sandbox(1, r#"{"t":"ok","n":{n},"elapsed":5,"logs":[["log","hi"]],"out":"1"}"#);
    let result = bench.replies.iter().find_map(|reply| match reply {
        EngineReply::Bench(BenchReply::MockTested(result)) => Some(result),
        _ => None,
    });
    let result = result.expect("an answer");
    assert_eq!((result.result.as_deref(), &*result.console[0].text), (Some("1"), "hi"));
    assert!(matches!(
        bench.replies.last(),
        Some(EngineReply::SandboxDone { sandbox: 1 } | EngineReply::Bench(_))
    ));
}

#[test]
fn a_run_ends_a_test_that_waits_for_its_snippet() {
    let mut bench = Bench::new();
    bench.send(mock_test(MockBehavior::JavaScript("() => 1".into()), 0));
    bench.run(WAIT, |_| {});
    bench.work_until(|bench| bench.end().is_some());
    let problem = bench.replies.iter().find_map(|reply| match reply {
        EngineReply::Bench(BenchReply::MockTested(result)) => result.problem.clone(),
        _ => None,
    });
    assert!(problem.unwrap().starts_with("A run began"));
}

#[test]
fn one_state_is_tested_alone() {
    let test = |mock, level: &str| {
        let mut bench = Bench::new();
        bench.send(EngineRequest::Bench(BenchRequest::TestState(StateTest {
            id: 3,
            definition: RETRY.into(),
            state: "T".into(),
            input: "{\"total\": 3}".into(),
            level: level.into(),
            mock,
            ..StateTest::default()
        })));
        match last_reply(&mut bench) {
            BenchReply::StateTested(result) => result,
            other => panic!("{other:?}"),
        }
    };
    let good = test(StateTestMock::Result("{\"n\": 1}".into()), "DEBUG");
    assert_eq!((&*good.status, good.next_state.as_deref()), ("SUCCEEDED", Some("D")));
    let names: Vec<_> = good.stages.iter().map(|stage| &*stage.name).collect();
    assert!(
        names.starts_with(&["input", "afterInputPath"]) && names.contains(&"afterResultPath"),
        "{names:?}"
    );
    let error = |name: &str| StateTestMock::Error {
        error: name.into(),
        cause: String::new(),
    };
    assert_eq!(test(error("Busy"), "INFO").status, "RETRIABLE");
    assert_eq!(test(error("Card"), "INFO").status, "CAUGHT_ERROR");
    assert_eq!(test(error("Other"), "INFO").status, "FAILED");
    assert_eq!(
        test(StateTestMock::None, "INFO").status,
        "SUCCEEDED",
        "unmocked tasks echo"
    );
    assert!(test(StateTestMock::Result("{".into()), "INFO").problem.is_some());
}

#[test]
fn runs_of_the_same_states_add_up_in_the_coverage() {
    let mut bench = run(RETRY, vec![give("7")]);
    let covered = |bench: &Bench| {
        let replies = bench.replies.iter().rev();
        let mut coverages = replies.filter_map(|reply| match reply {
            EngineReply::Bench(BenchReply::Covered(coverage)) => Some(coverage.clone()),
            _ => None,
        });
        coverages.next().unwrap()
    };
    let taken = |coverage: &asl_protocol::Coverage| coverage.items.iter().filter(|item| item.times > 0).count();
    let first = covered(&bench);
    assert_eq!(first.runs, 1);
    bench.run(RETRY, |request| {
        request.run = 2;
        request.mocks = vec![mock(vec![fail("Card")])];
    });
    bench.work_until(|bench| covered(bench).runs == 2);
    assert!(taken(&covered(&bench)) > taken(&first));
    bench.send(EngineRequest::Bench(BenchRequest::ResetCoverage));
    assert_eq!(taken(&covered(&bench)), 0);
}
