//! How long an editor waits for help in a definition of 5,000 states, the text being parsed.

use std::fmt::Write as _;
use std::hint::black_box;

use asl_assist::{Sample, complete, hover, outline, rename, symbol_at};
use asl_json::Document;
use criterion::{Criterion, criterion_group, criterion_main};

/// A chain of tasks, each of which reads a variable and catches errors.
fn definition() -> String {
    let mut text = r#"{"StartAt": "S0", "States": {"#.to_owned();
    for number in 0..5_000 {
        let next = number + 1;
        let _ = write!(
            text,
            r#""S{number}": {{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {{"FunctionName": "f",
              "Payload": {{"a.$": "$.a", "b.$": "States.Format('{{}}', $total.x)"}}}}, "Assign": {{"total.$": "$.Payload"}},
              "Retry": [{{"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 2}}],
              "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "S5000"}}], "Next": "S{next}"}},"#
        );
    }
    text + r#""S5000": {"Type": "Fail", "Error": "E"}}}"#
}

fn edit(criterion: &mut Criterion) {
    let text = definition();
    let document = Document::parse(text.as_str());
    let sample = Sample::default();
    let at = |mark: &str| text.rfind(mark).map_or(0, |found| found + mark.len());
    let mut case = |name: &str, deed: &dyn Fn()| {
        criterion.bench_function(name, |bencher| bencher.iter(deed));
    };
    case("parse", &|| drop(black_box(Document::parse(text.as_str()))));
    for (name, mark) in [
        ("complete_field", r#""S4999": {"#),
        ("complete_state", r#""Next": ""#),
        ("complete_variable", "States.Format('{}', $"),
        ("complete_error", r#"["States.AL"#),
        ("complete_resource", r#""Resource": "arn"#),
    ] {
        case(name, &|| drop(black_box(complete(&document, at(mark), &sample))));
    }
    case("hover_variable", &|| {
        drop(black_box(hover(&document, at("$tot"), &sample)));
    });
    case("references_of_state", &|| {
        drop(black_box(symbol_at(&document, at(r#""Next": "S"#))));
    });
    case("references_of_variable", &|| {
        drop(black_box(symbol_at(&document, at("$tot"))));
    });
    case("rename_variable", &|| {
        drop(black_box(rename(&document, at("$tot"), "sum")));
    });
    case("outline", &|| drop(black_box(outline(&document))));
}

criterion_group!(benches, edit);
criterion_main!(benches);
