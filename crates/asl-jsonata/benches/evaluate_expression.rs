//! What one expression costs once it is compiled, and what compiling it costs.

use std::hint::black_box;

use asl_json::{Value, parse_value};
use asl_jsonata::{Expression, Scope};
use criterion::{Criterion, criterion_group, criterion_main};

struct Payload {
    input: Value,
    variable: Value,
}

impl Scope for Payload {
    fn states(&self) -> Value {
        Value::object([("input", self.input.clone())])
    }

    fn states_member(&self, name: &str) -> Option<Value> {
        (name == "input").then(|| self.input.clone())
    }

    fn variable(&self, name: &str) -> Option<Value> {
        (name == "total").then(|| self.variable.clone())
    }

    fn random(&self) -> u64 {
        7
    }

    fn now_ms(&self) -> i64 {
        0
    }
}

/// A payload of some 200 KB, of which most expressions read little.
fn payload() -> Payload {
    let item =
        |index: usize| format!(r#"{{"id": {index}, "name": "item {index}", "price": {index}.5, "tags": ["a", "b"]}}"#);
    let items: Vec<String> = (0..3_000).map(item).collect();
    let text = format!(
        r#"{{"a": 1, "order": {{"id": "x-1"}}, "items": [{}]}}"#,
        items.join(",")
    );
    Payload {
        input: parse_value(&text).expect("the text is JSON"),
        variable: 5.into(),
    }
}

fn evaluate(criterion: &mut Criterion) {
    let payload = payload();
    for (name, text) in [
        ("look_up", "$states.input.order.id"),
        ("add_one", "$states.input.a + 1"),
        ("compare_variable", "$total > 3 and $states.input.a = 1"),
        ("pass_200_kb", "{'all': $states.input}"),
        ("hash", "$hash($states.input.order.id, 'SHA-256')"),
        ("uuid", "$uuid()"),
        ("count_3000", "$count($states.input.items)"),
        ("filter_3000", "$states.input.items[price > 2990]"),
        ("map_3000", "$states.input.items.{'id': id, 'total': price * 2}"),
    ] {
        let expression = Expression::parse(text).expect("the expression parses");
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| black_box(&expression).evaluate(black_box(&payload)));
        });
    }
}

fn compile(criterion: &mut Criterion) {
    criterion.bench_function("compile_sum", |bencher| {
        bencher.iter(|| Expression::parse(black_box("$sum($states.input.items[price > $total].price)")));
    });
}

criterion_group!(benches, evaluate, compile);
criterion_main!(benches);
