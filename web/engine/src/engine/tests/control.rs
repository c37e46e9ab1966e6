//! Breakpoints, steps over a state, and redriving.

use super::*;

const LINE: &str = r#"{
  "StartAt": "A",
  "States": {
    "A": {"Type": "Pass", "Next": "Both"},
    "Both": {
      "Type": "Parallel",
      "Branches": [
        {"StartAt": "L", "States": {"L": {"Type": "Pass", "End": true}}},
        {"StartAt": "R", "States": {"R": {"Type": "Pass", "End": true}}}
      ],
      "Next": "Z"
    },
    "Z": {"Type": "Pass", "End": true}
  }
}"#;

fn breakpoints(states: &[&str]) -> EngineRequest {
    let states = states.iter().map(ToString::to_string).collect();
    EngineRequest::SetBreakpoints { states }
}

/// Returns the states that were entered, in order.
fn entered(bench: &Bench) -> Vec<&str> {
    let rows = bench.progress().flat_map(|progress| &progress.rows);
    let entered = rows.filter(|row| row.event_type.ends_with("StateEntered"));
    entered.map(|row| row.state.as_str()).collect()
}

#[test]
fn a_run_pauses_where_it_enters_a_state_with_a_breakpoint_and_goes_on_from_there() {
    let mut bench = Bench::new();
    bench.send(breakpoints(&["Both", "gone"]));
    bench.run(LINE, |_| {});
    bench.work_until(|bench| bench.phase() == Some(&RunPhase::Paused));
    assert_eq!(entered(&bench), ["A", "Both"]);
    bench.send(breakpoints(&["Z"]));
    bench.send(EngineRequest::Continue { run: 1 });
    bench.work_until(|bench| entered(bench).last() == Some(&"Z"));
    bench.work_until(|_| false);
    assert_eq!(bench.phase(), Some(&RunPhase::Paused));
    bench.send(EngineRequest::Continue { run: 1 });
    bench.work_until(|bench| bench.end().is_some());
}

#[test]
fn a_step_over_a_state_passes_everything_inside_of_it() {
    let mut bench = Bench::new();
    bench.run(LINE, |request| request.options.paused = true);
    let mut over = || {
        bench.send(EngineRequest::StepOver { run: 1 });
        bench.work_until(|_| false);
        bench.event_types().last().copied().unwrap_or_default().to_owned()
    };
    assert_eq!(over(), "PassStateExited");
    assert_eq!(over(), "ParallelStateExited");
    assert_eq!(over(), "PassStateExited");
    assert_eq!(over(), "ExecutionSucceeded");
    assert_eq!(entered(&bench), ["A", "Both", "L", "R", "Z"]);
}

#[test]
fn a_redriven_execution_goes_on_with_the_mocks_of_now() {
    let answer = |answer| {
        vec![Mock {
            matches: MockMatch::State("Charge".into()),
            behavior: MockBehavior::Steps(vec![MockStep { answer, delay_ms: 0 }]),
        }]
    };
    let fail = MockAnswer::Fail {
        error: "Declined".into(),
        cause: String::new(),
    };
    let mut bench = Bench::new();
    bench.run(TASK, |request| request.mocks = answer(fail));
    bench.work_until(|bench| bench.end().is_some());
    assert!(
        bench
            .end()
            .is_some_and(|end| end.is_redrivable && end.status == "FAILED")
    );
    let before = bench.event_types().len();
    let mocks = answer(MockAnswer::Return("7".into()));
    bench.send(EngineRequest::Redrive { run: 1, mocks });
    bench.work_until(|_| false);
    let types = bench.event_types();
    assert_eq!(
        (types[before], types[types.len() - 1]),
        ("ExecutionRedriven", "ExecutionSucceeded")
    );
    let end = bench
        .progress()
        .filter_map(|progress| progress.end.as_ref())
        .next_back()
        .unwrap();
    assert_eq!(
        (end.status.as_str(), end.output.as_deref(), end.is_redrivable),
        ("SUCCEEDED", Some("7"), false)
    );
    assert!(
        end.describe_execution.contains(r#""redriveCount": 1"#),
        "{}",
        end.describe_execution
    );
}
