use std::cell::Cell;

use asl_protocol::{
    AssistQuestion, ConsoleLine, DiagramFormat, Direction, EngineReply, EngineRequest, ExecutionType, LONGEST_STRETCH,
    LayoutOptions, Mock, MockAnswer, MockBehavior, MockMatch, MockStep, Pace, RunEnd, RunMoment, RunOptions, RunPhase,
    RunProgress, RunRequest, StateMachineText,
};

use super::*;

mod control;
mod lab;
mod recordings;

const TASK: &str = r#"{
  "StartAt": "Charge",
  "States": {
    "Charge": {
      "Type": "Task",
      "Resource": "arn:aws:lambda:us-east-1:123456789012:function:Charge",
      "End": true
    }
  }
}"#;
const WAIT: &str = r#"{"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 60, "End": true}}}"#;
const LOOP: &str = r#"{
  "StartAt": "A",
  "States": {
    "A": {"Type": "Pass", "Next": "B"},
    "B": {"Type": "Choice", "Choices": [{"Variable": "$.total", "NumericEquals": 0, "Next": "C"}], "Default": "A"},
    "C": {"Type": "Succeed"}
  }
}"#;

/// An engine with a clock that each look moves on by 100 microseconds.
struct Bench {
    engine: Engine,
    now_us: Cell<u64>,
    replies: Vec<EngineReply>,
    to_sandbox: Vec<String>,
}

impl Bench {
    fn new() -> Bench {
        let mut engine = Engine::new();
        engine.tools_arrived(crate::serve, &|| 0);
        Bench {
            engine,
            now_us: Cell::new(0),
            replies: Vec::new(),
            to_sandbox: Vec::new(),
        }
    }

    fn clock(now_us: &Cell<u64>) -> impl Fn() -> u64 {
        || {
            now_us.set(now_us.get() + 100);
            now_us.get()
        }
    }

    fn send(&mut self, request: EngineRequest) {
        self.engine.receive(request, &Bench::clock(&self.now_us));
        self.collect();
    }

    /// Takes what the engine has to say, as a page that keeps up does.
    fn collect(&mut self) {
        while let Some(reply) = self.engine.take_reply() {
            if let EngineReply::Advanced(RunProgress { run, .. }) = reply {
                let request = EngineRequest::TookIn { run };
                self.engine.receive(request, &Bench::clock(&self.now_us));
            }
            self.replies.push(reply);
        }
        self.to_sandbox
            .extend(std::iter::from_fn(|| self.engine.take_sandbox_message()));
    }

    /// Works one slice; returns false where nothing is due.
    fn slice(&mut self) -> bool {
        let Some(due) = self.engine.due_in(&Bench::clock(&self.now_us)) else {
            return false;
        };
        self.now_us.set(self.now_us.get() + due);
        self.engine.work(&Bench::clock(&self.now_us));
        self.collect();
        true
    }

    fn work_until(&mut self, is_done: impl Fn(&Bench) -> bool) {
        for _ in 0..100_000 {
            if is_done(self) || !self.slice() {
                return;
            }
        }
        panic!("no end: {:?}", self.replies.last());
    }

    fn run(&mut self, text: &str, change: impl FnOnce(&mut RunRequest)) {
        let mut request = request(text);
        change(&mut request);
        self.send(EngineRequest::StartRun(request));
    }

    fn progress(&self) -> impl DoubleEndedIterator<Item = &RunProgress> {
        self.replies.iter().filter_map(|reply| match reply {
            EngineReply::Advanced(progress) => Some(progress),
            _ => None,
        })
    }

    fn event_types(&self) -> Vec<&str> {
        self.progress()
            .flat_map(|progress| &progress.rows)
            .map(|row| &*row.event_type)
            .collect()
    }

    fn end(&self) -> Option<&RunEnd> {
        self.progress().find_map(|progress| progress.end.as_ref())
    }

    fn console(&self) -> Vec<&ConsoleLine> {
        self.progress().flat_map(|progress| &progress.console).collect()
    }

    fn phase(&self) -> Option<&RunPhase> {
        self.progress().last().map(|progress| &progress.phase)
    }

    /// Answers as the harness would: ready, loaded, then this for every call.
    fn answer_from_sandbox(&mut self, sandbox: u32, answer: &str) {
        for text in std::mem::take(&mut self.to_sandbox) {
            let message = asl_json::parse_value(&text).unwrap();
            let number = |name: &str| message.get(name).and_then(asl_json::Value::as_i64).unwrap();
            let reply = match message.get("t").and_then(asl_json::Value::as_str) {
                Some("load") => format!(r#"{{"t":"loaded","id":{}}}"#, number("id")),
                _ => answer.replace("{n}", &number("n").to_string()),
            };
            self.engine
                .receive_from_sandbox(sandbox, &reply, &Bench::clock(&self.now_us));
        }
        self.collect();
    }
}

fn request(text: &str) -> RunRequest {
    RunRequest {
        run: 1,
        revision: 1,
        text: text.into(),
        input: r#"{"total": 3}"#.into(),
        mocks: Vec::new(),
        machines: Vec::new(),
        options: RunOptions {
            name: "test".into(),
            execution_type: ExecutionType::Standard,
            seed: 1,
            start_time_ms: 0,
            pace: Pace::Virtual,
            paused: false,
        },
    }
}

fn javascript(source: &str) -> Mock {
    let matches = MockMatch::State("Charge".into());
    Mock {
        matches,
        behavior: MockBehavior::JavaScript(source.into()),
    }
}

#[test]
fn a_request_for_tools_waits_until_they_arrive() {
    let mut engine = Engine::new();
    let clock = || 0;
    let question = EngineRequest::Assist {
        id: 1,
        revision: 1,
        question: AssistQuestion::Complete(0),
    };
    engine.receive(question, &clock);
    assert!(engine.lacks_tools());
    engine.tools_arrived(crate::serve, &clock);
    assert!(!engine.lacks_tools());
    let replies: Vec<EngineReply> = std::iter::from_fn(|| engine.take_reply()).collect();
    assert!(
        matches!(&replies[..], [EngineReply::Ready, EngineReply::Assisted { .. }]),
        "{replies:?}"
    );
}

#[test]
fn the_newest_text_is_analyzed() {
    let mut bench = Bench::new();
    for (revision, text) in [(1, "{"), (2, TASK)] {
        let layout = LayoutOptions::default();
        let execution_type = ExecutionType::Standard;
        bench.send(EngineRequest::Analyze {
            revision,
            text: text.into(),
            execution_type,
            layout,
            machines: vec![StateMachineText {
                name: "Child".into(),
                text: TASK.replace("Charge", "Ship"),
            }],
        });
    }
    bench.work_until(|_| false);
    let [EngineReply::Ready, EngineReply::Analyzed(analysis)] = &bench.replies[..] else {
        panic!("{:?}", bench.replies)
    };
    assert_eq!(
        (analysis.revision, analysis.is_json, analysis.is_runnable),
        (2, true, true)
    );
    let functions: Vec<_> = analysis.tasks.iter().map(|task| task.function.as_deref()).collect();
    assert_eq!(functions, [Some("Charge"), Some("Ship")]);
    assert_eq!(
        (&*analysis.states[0].name, analysis.states[0].range.line),
        ("Charge", 4)
    );
    assert!(
        analysis
            .diagram
            .as_ref()
            .unwrap()
            .nodes
            .iter()
            .any(|node| node.name == "Charge")
    );
}

#[test]
fn broken_text_is_located() {
    let mut bench = Bench::new();
    let text = "{\n  \"StartAt\": \"\u{1f980}\",\n  \"States\": }";
    let (layout, execution_type) = (LayoutOptions::default(), ExecutionType::Standard);
    bench.send(EngineRequest::Analyze {
        revision: 1,
        text: text.into(),
        execution_type,
        layout,
        machines: Vec::new(),
    });
    bench.work_until(|_| false);
    let Some(EngineReply::Analyzed(analysis)) = bench.replies.last() else {
        panic!("no analysis")
    };
    assert!(!analysis.is_json && !analysis.is_runnable);
    let range = analysis.diagnostics[0].range;
    assert_eq!((range.line, range.column, range.from), (3, 3, 23));
}

#[test]
fn a_task_without_a_mock_returns_its_input_and_says_so() {
    let mut bench = Bench::new();
    bench.run(TASK, |_| {});
    bench.work_until(|bench| bench.end().is_some());
    let end = bench.end().unwrap();
    assert_eq!(
        (&*end.status, end.output.as_deref()),
        ("SUCCEEDED", Some("{\n  \"total\": 3\n}"))
    );
    assert_eq!(
        (&*end.mock_uses[0].state, end.mock_uses[0].mock, end.mock_uses[0].times),
        ("Charge", None, 1)
    );
    assert_eq!(
        bench.console()[0].text,
        "No mock answers \"Charge\": the task returns its own input."
    );
    assert_eq!(bench.event_types().len(), 7);
    assert!(end.describe_execution.contains("\n  \"status\": \"SUCCEEDED\""));
}

#[test]
fn data_mocks_answer_one_step_per_invocation() {
    let mut bench = Bench::new();
    let text = TASK.replace("\"End\"", "\"Retry\": [{\"ErrorEquals\": [\"States.ALL\"]}], \"End\"");
    bench.run(&text, |request| {
        let fail = MockAnswer::Fail {
            error: "Busy".into(),
            cause: String::new(),
        };
        let answers = [fail, MockAnswer::Return("[1]".into())];
        let steps = answers.map(|answer| MockStep { answer, delay_ms: 100 }).to_vec();
        let matches = MockMatch::Resource("*:function:Charge".into());
        request.mocks = vec![Mock {
            matches,
            behavior: MockBehavior::Steps(steps),
        }];
    });
    bench.work_until(|bench| bench.end().is_some());
    let end = bench.end().unwrap();
    assert_eq!(end.output.as_deref(), Some("[\n  1\n]"));
    assert_eq!((end.mock_uses[0].mock, end.mock_uses[0].times), (Some(0), 2));
    assert_eq!(bench.progress().last().unwrap().now_ms, 1200);
}

#[test]
fn javascript_answers_in_virtual_time() {
    let mut bench = Bench::new();
    bench.run(TASK, |request| request.mocks = vec![javascript("e => e")]);
    bench.work_until(|bench| bench.replies.contains(&EngineReply::SandboxNeeded { sandbox: 1 }));
    bench
        .engine
        .receive_from_sandbox(1, r#"{"t":"ready","v":1,"kept":""}"#, &|| 0);
    bench.collect();
    let answer = r#"{"t":"ok","n":{n},"elapsed":30000,"logs":[["log","hello"]],"out":"{\"id\":7}"}"#;
    bench.answer_from_sandbox(1, answer);
    bench.answer_from_sandbox(1, answer);
    bench.work_until(|bench| bench.end().is_some());
    assert_eq!(bench.end().unwrap().output.as_deref(), Some("{\n  \"id\": 7\n}"));
    assert_eq!(bench.progress().last().unwrap().now_ms, 30_000);
    assert_eq!(
        (&*bench.console()[0].text, &*bench.console()[0].state),
        ("hello", "Charge")
    );
    let event = bench.console()[0].event as usize;
    assert_eq!(bench.event_types()[event - 1], "LambdaFunctionScheduled");
    assert_eq!(
        bench
            .replies
            .iter()
            .filter(|reply| matches!(reply, EngineReply::SandboxDone { .. }))
            .count(),
        1
    );
}

#[test]
fn a_mock_that_throws_fails_the_task_as_lambda_does() {
    let mut bench = Bench::new();
    bench.run(TASK, |request| {
        request.mocks = vec![javascript("() => { throw new OutOfStock('no widgets') }")];
    });
    bench.work_until(|bench| !bench.progress().collect::<Vec<_>>().is_empty());
    bench
        .engine
        .receive_from_sandbox(1, r#"{"t":"ready","v":1,"kept":""}"#, &|| 0);
    bench.collect();
    let answer = r#"{"t":"err","n":{n},"elapsed":0,"logs":[],"name":"OutOfStock","message":"no widgets","line":0,
        "stack":"OutOfStock: no widgets\n    at mocks/Charge.js:3:9"}"#;
    bench.answer_from_sandbox(1, answer);
    bench.answer_from_sandbox(1, answer);
    bench.work_until(|bench| bench.end().is_some());
    let end = bench.end().unwrap();
    assert_eq!((&*end.status, end.error.as_deref()), ("FAILED", Some("OutOfStock")));
    let cause = asl_json::parse_value(end.cause.as_deref().unwrap()).unwrap();
    assert_eq!(cause.get("errorMessage").unwrap().as_str(), Some("no widgets"));
    assert_eq!(
        cause.get("trace").unwrap().to_string(),
        r#"["OutOfStock: no widgets","    at mocks/Charge.js:3:9"]"#
    );
}

#[test]
fn a_mock_without_end_times_out_like_a_function() {
    let mut bench = Bench::new();
    bench.run(TASK, |request| request.mocks = vec![javascript("() => { for (;;); }")]);
    bench.work_until(|bench| bench.replies.contains(&EngineReply::SandboxNeeded { sandbox: 1 }));
    bench
        .engine
        .receive_from_sandbox(1, r#"{"t":"ready","v":1,"kept":""}"#, &|| 0);
    bench.collect();
    bench.answer_from_sandbox(1, "");
    bench.work_until(|bench| bench.end().is_some());
    let end = bench.end().unwrap();
    assert_eq!((&*end.status, end.error.as_deref()), ("FAILED", Some("Lambda.Unknown")));
    assert!(
        end.cause
            .as_deref()
            .unwrap()
            .contains("Task timed out after 1.00 seconds")
    );
    assert!(bench.replies.contains(&EngineReply::SandboxDone { sandbox: 1 }));
}

#[test]
fn waits_cost_nothing_unless_the_pace_is_real() {
    let mut bench = Bench::new();
    bench.run(WAIT, |_| {});
    bench.work_until(|bench| bench.end().is_some());
    assert!(bench.now_us.get() < 1_000_000);
    assert_eq!(bench.progress().last().unwrap().now_ms, 60_000);

    let mut bench = Bench::new();
    bench.run(WAIT, |request| request.options.pace = Pace::Real);
    bench.work_until(|bench| bench.end().is_some());
    assert!(
        bench
            .progress()
            .any(|progress| progress.phase == RunPhase::Sleeping { until_ms: 60_000 })
    );
    assert!(bench.now_us.get() >= 60_000_000);
}

#[test]
fn a_step_records_one_event_and_pauses() {
    let mut bench = Bench::new();
    bench.run(TASK, |request| request.options.paused = true);
    bench.work_until(|_| false);
    assert_eq!((bench.event_types().len(), bench.phase()), (0, Some(&RunPhase::Paused)));
    for events in 1..=7 {
        bench.send(EngineRequest::Step { run: 1 });
        bench.work_until(|_| false);
        assert_eq!(bench.event_types().len(), events);
    }
    bench.send(EngineRequest::Continue { run: 1 });
    bench.work_until(|_| false);
    assert!(bench.end().is_some());
}

#[test]
fn stop_ends_a_wait_and_a_loop_at_once() {
    for text in [WAIT, LOOP] {
        let mut bench = Bench::new();
        bench.run(text, |request| request.options.pace = Pace::Real);
        bench.slice();
        bench.send(EngineRequest::Stop { run: 1 });
        let before = bench.now_us.get();
        bench.work_until(|bench| bench.end().is_some());
        assert_eq!(bench.end().unwrap().status, "ABORTED");
        assert!(bench.now_us.get() - before < 200_000);
        assert_eq!(bench.event_types().last(), Some(&"ExecutionAborted"));
    }
}

#[test]
fn a_loop_ends_at_the_history_quota_in_many_messages() {
    let mut bench = Bench::new();
    bench.run(LOOP, |_| {});
    bench.work_until(|bench| bench.end().is_some());
    assert_eq!(bench.end().unwrap().status, "FAILED");
    assert_eq!(bench.event_types().len(), 25_000);
    let ids = bench.progress().flat_map(|progress| &progress.rows).map(|row| row.id);
    assert!(ids.eq(1..=25_000));
    assert!(bench.progress().all(|progress| progress.rows.len() <= 2000));
}

/// A page that takes in nothing: works until nothing is due.
fn work_unheard(bench: &mut Bench) -> Vec<EngineReply> {
    for _ in 0..100_000 {
        let Some(due) = bench.engine.due_in(&Bench::clock(&bench.now_us)) else {
            return std::iter::from_fn(|| bench.engine.take_reply()).collect();
        };
        bench.now_us.set(bench.now_us.get() + due);
        bench.engine.work(&Bench::clock(&bench.now_us));
    }
    panic!("it never waits for the page");
}

#[test]
fn a_run_waits_for_a_page_that_does_not_keep_up_and_stops_at_once() {
    let mut bench = Bench::new();
    bench.run(LOOP, |request| request.options.execution_type = ExecutionType::Express);
    let heard = work_unheard(&mut bench);
    let is_advanced = |reply: &&EngineReply| matches!(reply, EngineReply::Advanced(_));
    assert_eq!(
        heard.iter().filter(is_advanced).count(),
        1,
        "one message waits to be taken in"
    );
    assert!(bench.engine.run.as_ref().unwrap().history().len() < 7000);
    bench.send(EngineRequest::Stop { run: 1 });
    bench.send(EngineRequest::TookIn { run: 1 });
    bench.work_until(|bench| bench.end().is_some());
    assert_eq!(bench.end().unwrap().status, "ABORTED");
    assert!(bench.progress().count() <= 4);
}

#[test]
fn a_recording_that_was_put_away_before_the_page_took_it_in_is_told_again() {
    let mut bench = Bench::new();
    bench.run(WAIT, |_| {});
    work_unheard(&mut bench);
    bench.run(WAIT, |request| request.run = 2);
    bench.work_until(|bench| bench.end().is_some());
    bench.replies.clear();
    let layout = LayoutOptions::default();
    bench.send(EngineRequest::OpenRecording { run: 1, layout });
    bench.work_until(|bench| bench.end().is_some());
    assert!(bench.progress().all(|progress| progress.run == 1));
    assert_eq!(bench.event_types().last(), Some(&"ExecutionSucceeded"));
}

#[test]
fn an_express_loop_goes_past_the_quota_of_standard_and_pauses_by_itself_before_the_memory_is_full() {
    let mut bench = Bench::new();
    bench.run(LOOP, |request| request.options.execution_type = ExecutionType::Express);
    bench.work_until(|bench| bench.phase() == Some(&RunPhase::Paused));
    let count = bench.event_types().len();
    assert!((LONGEST_STRETCH..LONGEST_STRETCH + 100).contains(&count), "{count}");
    bench.send(EngineRequest::Continue { run: 1 });
    bench.work_until(|bench| bench.event_types().len() > count + 100);
    bench.send(EngineRequest::Stop { run: 1 });
    bench.work_until(|bench| bench.end().is_some());
    assert_eq!(bench.end().unwrap().status, "ABORTED");
}

#[test]
fn what_cannot_run_is_refused_with_a_reason() {
    let mut bench = Bench::new();
    let unreadable = MockStep {
        answer: MockAnswer::Return("{".into()),
        delay_ms: 0,
    };
    let mock = Mock {
        matches: MockMatch::State("Charge".into()),
        behavior: MockBehavior::Steps(vec![unreadable]),
    };
    bench.run("{}", |_| {});
    bench.run(TASK, |request| request.input = "{\n x".into());
    bench.run(TASK, |request| request.mocks = vec![mock]);
    let refusals = bench.replies.iter().filter_map(|reply| match reply {
        EngineReply::RunRefused {
            message, diagnostics, ..
        } => Some((&**message, diagnostics.len())),
        _ => None,
    });
    let messages: Vec<_> = refusals.collect();
    assert_eq!(messages[0].0, "The definition has errors.");
    assert!(messages[0].1 > 0);
    assert!(
        messages[1].0.starts_with("The input is not JSON: line 2, column 2"),
        "{}",
        messages[1].0
    );
    assert!(
        messages[2]
            .0
            .starts_with("Step 1 of the mock for \"Charge\" does not return JSON")
    );
}

#[test]
fn events_and_visits_are_described_on_demand() {
    let mut bench = Bench::new();
    bench.run(TASK, |_| {});
    bench.work_until(|bench| bench.end().is_some());
    bench.replies.clear();
    bench.send(EngineRequest::DescribeEvent { run: 1, event: 2 });
    bench.send(EngineRequest::DescribeStateVisit {
        run: 1,
        event: 5,
        cursor: u32::MAX,
    });
    bench.send(EngineRequest::DescribeEvent { run: 1, event: 99 });
    bench.send(EngineRequest::DescribeEvent { run: 2, event: 1 });
    let [
        EngineReply::EventDescribed(event),
        EngineReply::StateVisitDescribed(visit),
    ] = &bench.replies[..]
    else {
        panic!("{:?}", bench.replies)
    };
    assert!(event.json.contains("\"type\": \"TaskStateEntered\""));
    assert_eq!(event.payload.as_deref(), Some("{\n  \"total\": 3\n}"));
    assert_eq!((&*visit.state, visit.entered, visit.exited), ("Charge", 2, Some(6)));
    let names: Vec<_> = visit.stages.iter().map(|stage| &*stage.name).collect();
    assert_eq!((names.first(), names.last()), (Some(&"input"), Some(&"output")));
    assert!(names.contains(&"result"));
}

#[test]
fn equal_seeds_give_equal_bytes() {
    let history = |seed| {
        let mut bench = Bench::new();
        bench.run(WAIT, |request| request.options.seed = seed);
        bench.work_until(|bench| bench.end().is_some());
        bench.send(EngineRequest::WriteHistory {
            run: 1,
            format: asl_protocol::HistoryFormat::JsonLines,
        });
        bench.replies.pop()
    };
    assert_eq!(history(5), history(5));
}

#[test]
fn the_picture_is_written_with_and_without_a_run() {
    let mut bench = Bench::new();
    bench.send(EngineRequest::Analyze {
        revision: 1,
        text: TASK.into(),
        execution_type: ExecutionType::Standard,
        layout: LayoutOptions {
            direction: Direction::LeftRight,
            ..LayoutOptions::default()
        },
        machines: Vec::new(),
    });
    bench.send(EngineRequest::StartRun(request(TASK)));
    bench.work_until(|bench| bench.end().is_some());
    let mut write = |revision, format, moment| {
        bench.send(EngineRequest::WriteDiagram {
            revision,
            format,
            title: "A < B".into(),
            moment,
        });
        match bench.replies.pop() {
            Some(EngineReply::DiagramWritten { format: echo, text }) if echo == format => text,
            other => panic!("{other:?}"),
        }
    };
    let moment = RunMoment {
        run: 1,
        event: u32::MAX,
        iteration: None,
    };
    let with_run = write(1, DiagramFormat::Svg, Some(moment)).unwrap();
    assert!(with_run.contains("\"asl-diagram has-run\"") && with_run.contains("A &lt; B"));
    let without = write(1, DiagramFormat::Svg, None).unwrap();
    assert!(without.starts_with("<svg") && !without.contains("\"asl-diagram has-run\""));
    assert!(
        write(1, DiagramFormat::Mermaid, None)
            .unwrap()
            .starts_with("flowchart LR")
    );
    assert!(write(1, DiagramFormat::Dot, None).unwrap().contains("rankdir=LR"));
    assert_eq!(write(2, DiagramFormat::Dot, None), None, "of another text");
}

/// Returns the answer to a question about a text that was sent and not analyzed yet.
fn assisted(bench: &mut Bench, text: &str, question: AssistQuestion) -> String {
    bench.send(EngineRequest::Analyze {
        revision: 9,
        text: text.to_owned(),
        execution_type: ExecutionType::Standard,
        layout: LayoutOptions::default(),
        machines: Vec::new(),
    });
    bench.send(EngineRequest::Assist {
        id: 4,
        revision: 9,
        question,
    });
    let answer = bench.replies.iter().rev().find_map(|reply| match reply {
        EngineReply::Assisted { id: 4, answer } => Some(answer.clone()),
        _ => None,
    });
    answer.unwrap()
}

#[test]
fn help_with_editing_needs_no_analysis() {
    let mut bench = Bench::new();
    let at = u32::try_from(TASK.find("\"Charge\"").unwrap()).unwrap() + 1;
    let answer = assisted(&mut bench, TASK, AssistQuestion::Symbol(at));
    assert!(answer.starts_with(r#"{"title":"state \"Charge\"""#), "{answer}");
    let is_analyzed = |reply: &EngineReply| matches!(reply, EngineReply::Analyzed(_));
    assert!(!bench.replies.iter().any(is_analyzed));
    bench.slice();
    assert!(bench.replies.iter().any(is_analyzed));
    bench.send(EngineRequest::Assist {
        id: 5,
        revision: 8,
        question: AssistQuestion::Format,
    });
    let stale = EngineReply::Assisted {
        id: 5,
        answer: "null".to_owned(),
    };
    assert_eq!(bench.replies.last(), Some(&stale));
}

#[test]
fn proposals_come_out_of_the_newest_run() {
    let mut bench = Bench::new();
    bench.run(WAIT, |request| {
        request.input = r#"{"order": {"id": 7}}"#.to_owned();
    });
    bench.work_until(|bench| bench.end().is_some());
    let text = WAIT.replace(r#""Seconds": 60"#, r#""SecondsPath": "$.o""#);
    let at = u32::try_from(text.find("$.o").unwrap()).unwrap() + 3;
    let answer = assisted(&mut bench, &text, AssistQuestion::Complete(at));
    assert!(answer.contains(r#""label":"order""#), "{answer}");
}
