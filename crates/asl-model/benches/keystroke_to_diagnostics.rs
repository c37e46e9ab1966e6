//! What a keystroke in a definition of 5,000 states costs until everything wrong with it is known, with line and column.
//! The budget is 50 ms.

use std::fmt::Write as _;
use std::hint::black_box;

use asl_json::LineIndex;
use asl_model::{Diagnostic, MachineType, ParsedDefinition, parse, validate};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};

/// That of the command `asl`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// States of each kind in turn: tasks that retry, catch and use variables, choices, Maps, JSONata.
fn definition(mistakes: bool) -> String {
    let mut text = "{\n  \"StartAt\": \"S0\",\n  \"States\": {\n".to_owned();
    for number in 0..5_000 {
        let next = number + 1;
        let target = if mistakes && number % 50 == 0 {
            "Nowhere".to_owned()
        } else {
            format!("S{next}")
        };
        let state = match number % 4 {
            0 => format!(
                r#"{{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {{"FunctionName": "f",
      "Payload": {{"a.$": "$.a", "b.$": "States.Format('{{}}', $total.x)"}}}}, "Assign": {{"total.$": "$.Payload"}},
      "Retry": [{{"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 2}}],
      "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "S5000"}}], "Next": "{target}"}}"#
            ),
            1 => format!(
                r#"{{"Type": "Choice", "Choices": [{{"And": [{{"Variable": "$.a", "IsPresent": true}},
      {{"Variable": "$.a", "NumericGreaterThan": 3}}], "Next": "{target}"}}], "Default": "S{next}"}}"#
            ),
            2 => format!(
                r#"{{"Type": "Pass", "QueryLanguage": "JSONata", "Output": {{"sum": "{{% $sum($states.input.items.price) * 1.2 %}}"}},
      "Next": "{target}"}}"#
            ),
            _ => format!(r#"{{"Type": "Wait", "SecondsPath": "$.delay", "Next": "{target}"}}"#),
        };
        let _ = writeln!(text, "    \"S{number}\": {state},");
    }
    text + "    \"S5000\": {\"Type\": \"Fail\", \"Error\": \"E\"}\n  }\n}\n"
}

/// Returns the problems, having looked up where each one is, with what they were found in: to give that back to the
/// allocator is not a part of what is measured.
fn report(text: &str) -> (Vec<Diagnostic>, ParsedDefinition) {
    let parsed = parse(text);
    let definition = parsed.definition.as_ref().expect("the text is an object");
    let found = validate(definition, MachineType::Standard);
    let index = LineIndex::new(text);
    for diagnostic in &found {
        black_box(index.position(diagnostic.span.start));
    }
    (found, parsed)
}

fn keystroke(criterion: &mut Criterion) {
    let (right, wrong) = (definition(false), definition(true));
    assert!(report(&wrong).0.len() > report(&right).0.len());
    criterion.bench_function("parse_5000_states", |bencher| {
        bencher.iter_batched(|| (), |()| parse(black_box(&right)), BatchSize::PerIteration);
    });
    criterion.bench_function("report_5000_states", |bencher| {
        bencher.iter_batched(|| (), |()| report(black_box(&right)), BatchSize::PerIteration);
    });
    criterion.bench_function("report_5000_states_with_mistakes", |bencher| {
        bencher.iter_batched(|| (), |()| report(black_box(&wrong)), BatchSize::PerIteration);
    });
}

criterion_group!(benches, keystroke);
criterion_main!(benches);
