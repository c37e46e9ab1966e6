//! Whole executions with full history: the workloads beside the repository, where they are present.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use asl_core::{Command, Execution, ExecutionOptions, ExecutionStatus, Input, Limits, Output, StateMachine};
use asl_json::Value;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Names and how many states each enters.
const WORKLOADS: [(&str, u64); 9] = [
    ("w1", 1_000),
    ("w2", 20_002),
    ("w3", 10_001),
    ("w4", 1_001),
    ("w5", 10),
    ("w5b", 1),
    ("w6", 1_000),
    ("w7", 3),
    ("w8", 100),
];

struct Workload {
    machine: Arc<StateMachine>,
    input: Value,
    expected: Value,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/bench/workloads")
}

fn load(name: &str) -> Option<Workload> {
    let read = |file: &str| std::fs::read_to_string(folder().join(name).join(file)).ok();
    let definition = asl_model::parse(&read("definition.asl.json")?).definition?;
    Some(Workload {
        machine: StateMachine::compile(&definition).ok()?,
        input: asl_json::parse_value(&read("input.json")?).ok()?,
        expected: asl_json::parse_value(&read("expected.json")?).ok()?,
    })
}

fn run(workload: &Workload) -> Execution {
    let options = ExecutionOptions {
        limits: Limits {
            history_events: None,
            ..Limits::default()
        },
        trace: false,
        ..ExecutionOptions::default()
    };
    let mut execution = Execution::start(Arc::clone(&workload.machine), workload.input.clone(), options);
    let mut answers = Vec::new();
    loop {
        match execution.poll() {
            Output::Event(_) | Output::Command(Command::CancelTask(_)) => {}
            Output::Command(Command::ScheduleTask(request)) => answers.push(answer(&request)),
            Output::Waiting { until } => {
                let input = answers.pop().or(until.map(Input::AdvanceTo));
                execution
                    .handle(input.expect("something is awaited"))
                    .expect("it is drained");
            }
            Output::Finished(_) => return execution,
        }
    }
}

/// Every task fails twice and then succeeds.
fn answer(request: &asl_core::TaskRequest) -> Input {
    let token = request.token.clone();
    if request.retry_count < 2 {
        return Input::TaskFailure {
            token,
            error: Some("Lambda.TooManyRequestsException".into()),
            cause: Some("Rate exceeded".into()),
        };
    }
    Input::TaskSuccess {
        token,
        output: Value::object([
            ("StatusCode", Value::from(200)),
            ("Payload", Value::object([("ok", Value::from(true))])),
        ]),
    }
}

fn execute_workloads(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("execute");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    for (name, transitions) in WORKLOADS {
        let Some(workload) = load(name) else {
            eprintln!("skipped {name}: {} is not there", folder().display());
            continue;
        };
        let execution = run(&workload);
        let record = execution.record();
        assert_eq!(record.status, ExecutionStatus::Succeeded, "{name}: {:?}", record.cause);
        assert_eq!(record.output.as_ref(), Some(&workload.expected), "{name}");
        group.throughput(Throughput::Elements(transitions));
        group.bench_function(name, |bencher| bencher.iter(|| run(black_box(&workload))));
    }
    group.finish();
}

criterion_group!(benches, execute_workloads);
criterion_main!(benches);
