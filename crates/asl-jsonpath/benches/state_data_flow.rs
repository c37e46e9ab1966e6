//! What one state's data flow costs: paths, templates, intrinsic calls and a result written back.

use std::hint::black_box;

use asl_json::{Value, parse_value};
use asl_jsonpath::{Intrinsic, OutOfFuel, Path, ReferencePath, Scope, Template};
use criterion::{Criterion, criterion_group, criterion_main};

struct Payload(Value);

impl Scope for Payload {
    fn input(&self) -> &Value {
        &self.0
    }

    fn context(&self) -> Value {
        Value::Null
    }

    fn variable(&self, _: &str) -> Option<Value> {
        None
    }

    fn random(&self) -> u64 {
        0
    }

    fn spend(&self, _: u64) -> Result<(), OutOfFuel> {
        Ok(())
    }
}

fn order() -> Payload {
    let items: Vec<String> = (0..100)
        .map(|index| format!(r#"{{"id":{index},"price":{index}.5}}"#))
        .collect();
    let text = format!(r#"{{"order":{{"id":"o-1","count":7,"items":[{}]}}}}"#, items.join(","));
    Payload(parse_value(&text).expect("the text is JSON"))
}

fn state_data_flow(criterion: &mut Criterion) {
    let scope = order();
    let definite = Path::parse("$.order.items[3].price").expect("this is a path");
    criterion.bench_function("read_one_value", |bencher| {
        bencher.iter(|| definite.evaluate(black_box(&scope)));
    });

    let filter = Path::parse("$.order.items[?(@.price < 10)].id").expect("this is a path");
    criterion.bench_function("filter_100_items", |bencher| {
        bencher.iter(|| filter.evaluate(black_box(&scope)));
    });

    let text = r#"{"id.$":"$.order.id","n":{"count.$":"$.order.count","kind":"new"},"fixed":{"a":[1,2,3]}}"#;
    let template = Template::compile(&parse_value(text).expect("the text is JSON")).expect("this is a template");
    criterion.bench_function("fill_a_template_of_three_fields", |bencher| {
        bencher.iter(|| template.evaluate(black_box(&scope)));
    });

    let add = Intrinsic::parse("States.MathAdd($.order.count, 1)").expect("this is a call");
    criterion.bench_function("count_up", |bencher| bencher.iter(|| add.evaluate(black_box(&scope))));

    let place = ReferencePath::parse("$.order.count").expect("this is a reference path");
    criterion.bench_function("write_a_result", |bencher| {
        bencher.iter(|| place.set(black_box(&scope.0), 8.into()));
    });
}

criterion_group!(benches, state_data_flow);
criterion_main!(benches);
