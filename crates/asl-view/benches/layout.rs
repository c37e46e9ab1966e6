//! From a definition to a diagram: `layout_500_states` and `layout_5000_states`, and the fold of a long history.

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;

use asl_core::{Details, EventId, EventType, HistoryEvent, Timestamp};
use asl_json::Value;
use asl_model::Definition;
use asl_view::{Diagram, LayoutOptions, Timeline, Topology, log_row};
use criterion::{Criterion, criterion_group, criterion_main};

/// Returns a machine of that many states: tasks that all catch to one state, a choice with a loop in every tenth.
fn machine(states: usize) -> Definition {
    let mut text = String::from(r#"{"StartAt": "S0", "States": {"#);
    for at in 0..states - 2 {
        let next = if at + 3 == states {
            "Done".to_owned()
        } else {
            format!("S{}", at + 1)
        };
        let state = match at % 10 {
            4 => format!(
                r#""Type": "Choice", "Choices": [{{"Variable": "$.n", "NumericGreaterThan": {at}, "Next": "{next}"}},
                {{"Variable": "$.again", "IsPresent": true, "Next": "S{}"}}], "Default": "Done""#,
                at - 4
            ),
            _ => format!(
                r#""Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "{next}",
                "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "Failed"}}]"#
            ),
        };
        let _ = write!(text, r#""S{at}": {{{state}}}, "#);
    }
    text.push_str(r#""Done": {"Type": "Succeed"}, "Failed": {"Type": "Fail"}}}"#);
    asl_model::parse(&text).definition.expect("the text is JSON")
}

/// Returns a history that goes round two states.
fn history(events: u32) -> Vec<HistoryEvent> {
    let name = |at: u32| -> Arc<str> { format!("S{}", at / 2 % 4).into() };
    let event = |id: u32| HistoryEvent {
        id: EventId(id),
        previous_event_id: EventId(id.saturating_sub(1)),
        timestamp: Timestamp(i64::from(id)),
        event_type: if id.is_multiple_of(2) {
            EventType::TaskStateEntered
        } else {
            EventType::TaskStateExited
        },
        details: if id.is_multiple_of(2) {
            Details::StateEntered {
                name: name(id),
                input: Value::empty_object(),
            }
        } else {
            Details::StateExited {
                name: name(id),
                output: Value::empty_object(),
                assigned_variables: Vec::new(),
            }
        },
    };
    (1..=events).map(event).collect()
}

fn layout(criterion: &mut Criterion) {
    for states in [50, 500, 5000] {
        let definition = machine(states);
        criterion.bench_function(&format!("layout_{states}_states"), |bencher| {
            bencher.iter(|| Diagram::lay_out(black_box(&definition), &LayoutOptions::default()));
        });
    }
}

fn fold(criterion: &mut Criterion) {
    let topology = Arc::new(Topology::new(&machine(50)));
    let history = history(25_000);
    criterion.bench_function("fold_history_25k_events", |bencher| {
        bencher.iter(|| {
            let mut timeline = Timeline::new(topology.clone());
            timeline.advance(black_box(&history));
            timeline
        });
    });
    let mut timeline = Timeline::new(topology);
    timeline.advance(&history);
    criterion.bench_function("seek_in_25k_events", |bencher| {
        bencher.iter(|| timeline.at(black_box(&history), EventId(12_799)));
    });
    criterion.bench_function("log_25k_rows", |bencher| {
        bencher.iter(|| {
            history
                .iter()
                .map(|event| log_row(&timeline, &history, event).what.len())
                .sum::<usize>()
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = layout, fold
}
criterion_main!(benches);
