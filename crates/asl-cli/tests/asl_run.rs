//! The binary as a user runs it.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use asl_json::Value;

/// A folder of its own for each test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Folder {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        for (file, text) in files {
            let file = path.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Folder(path)
    }

    fn asl(&self, arguments: &[&str]) -> Answer {
        let output = Command::new(env!("CARGO_BIN_EXE_asl"))
            .args(arguments)
            .current_dir(&self.0)
            .output();
        Answer(output.unwrap())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Answer(Output);

impl Answer {
    fn code(&self) -> i32 {
        self.0.status.code().unwrap()
    }

    fn json(&self) -> Value {
        asl_json::parse_value(&String::from_utf8_lossy(&self.0.stdout)).unwrap()
    }

    fn errors(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    fn member(&self, name: &str) -> String {
        self.json()
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }
}

const TWO_LAMBDAS: &str = r#"{
  "StartAt": "Price",
  "States": {
    "Price": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:price",
      "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 3600, "MaxAttempts": 2}],
      "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Refused"}], "Next": "Ship"},
    "Ship": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": {"FunctionName": "ship", "Payload.$": "$"}, "OutputPath": "$.Payload", "End": true},
    "Refused": {"Type": "Pass", "Parameters": {"refused.$": "$.Error"}, "End": true}
  }
}"#;

const MOCK_FILE: &str = r#"{
  "StateMachines": {"Shop": {"TestCases": {
    "Busy": {"Price": "PriceAfterAWhile", "Ship": "Shipped"},
    "Closed": {"Price": "Never"}
  }}},
  "MockedResponses": {
    "PriceAfterAWhile": {"0-1": {"Throw": {"Error": "Busy", "Cause": "later"}}, "2": {"Return": {"price": 7}}},
    "Shipped": {"0": {"Return": {"StatusCode": 200, "Payload": {"shipped": true}}}},
    "Never": {"0": {"Throw": {"Error": "Closed", "Cause": "for good"}}}
  }
}"#;

#[test]
fn an_unmocked_task_returns_its_input_and_says_so() {
    let folder = Folder::new("unmocked", &[("shop.json", TWO_LAMBDAS)]);
    let answer = folder.asl(&["run", "shop.json", "--input", r#"{"item": "pen"}"#]);
    assert_eq!(answer.code(), 0, "{}", answer.errors());
    assert_eq!(answer.member("status"), "SUCCEEDED");
    assert_eq!(answer.member("output"), r#"{"item":"pen"}"#);
    assert!(answer.errors().contains(r#"Nobody mocks the task of state "Price""#));
}

#[test]
fn a_mock_file_plays_a_test_case() {
    let folder = Folder::new("mock_file", &[("shop.json", TWO_LAMBDAS), ("mocks.json", MOCK_FILE)]);
    let busy = folder.asl(&["run", "shop.json", "--mocks", "mocks.json", "--test-case", "Busy"]);
    assert_eq!(busy.member("output"), r#"{"shipped":true}"#);
    // Two retries, an hour and then two hours apart, in no time.
    assert_eq!(busy.member("stopDate"), "2025-01-01T03:00:00.000Z");
    let closed = folder.asl(&["run", "shop.json", "--mocks", "mocks.json", "--test-case", "Closed"]);
    assert_eq!(closed.member("output"), r#"{"refused":"Closed"}"#);
    let unclear = folder.asl(&["run", "shop.json", "--mocks", "mocks.json"]);
    assert_eq!(unclear.code(), 2);
    assert!(unclear.errors().contains("Choose one with --test-case: Busy, Closed."));
}

#[test]
fn javascript_functions_answer_by_name() {
    let files = [
        ("shop.json", TWO_LAMBDAS),
        (
            "mocks/price.js",
            "export const handler = async (event) => ({ ...event, price: event.item.length });",
        ),
        (
            "mocks/Ship.js",
            "export default (event, context) => ({ by: context.functionName, price: event.price })",
        ),
    ];
    let folder = Folder::new("javascript", &files);
    let answer = folder.asl(&["run", "shop.json", "--mocks", "mocks", "--input", r#"{"item": "pen"}"#]);
    assert_eq!(
        answer.member("output"),
        r#"{"by":"ship","price":3}"#,
        "{}",
        answer.errors()
    );
}

#[test]
fn the_name_of_a_thrown_error_is_the_error() {
    let throws = "export default () => { const e = new Error('no'); e.name = 'Closed'; throw e; }";
    let folder = Folder::new("throws", &[("shop.json", TWO_LAMBDAS), ("mocks/Price.js", throws)]);
    let answer = folder.asl(&["run", "shop.json", "--mocks", "mocks"]);
    assert_eq!(answer.member("output"), r#"{"refused":"Closed"}"#);
}

#[test]
fn history_and_failure() {
    let fail = r#"{"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "E", "Cause": "c"}}}"#;
    let folder = Folder::new("history", &[("fail.json", fail), ("input.json", "[1]")]);
    let described = folder.asl(&["run", "fail.json", "--input", "input.json"]);
    assert_eq!(described.code(), 1);
    assert_eq!(
        (described.member("error"), described.member("cause")),
        ("E".into(), "c".into())
    );
    assert_eq!(described.member("input"), "[1]");
    let history = folder.asl(&["run", "fail.json", "--history"]).json();
    let events = history.get("events").unwrap().as_array().unwrap().clone();
    let types: Vec<_> = events
        .iter()
        .map(|event| event.get("type").unwrap().as_str().unwrap())
        .collect();
    assert_eq!(types, ["ExecutionStarted", "FailStateEntered", "ExecutionFailed"]);
}

#[test]
fn a_refused_definition_shows_the_line() {
    let text = "{\n  \"StartAt\": \"A\",\n  \"States\": {\"A\": {\"Type\": \"Pass\", \"Next\": \"B\"}}\n}";
    let folder = Folder::new("refused", &[("bad.json", text)]);
    let answer = folder.asl(&["run", "bad.json"]);
    assert_eq!(answer.code(), 2);
    assert!(answer.errors().contains("--> bad.json:3:"), "{}", answer.errors());
    assert!(answer.errors().contains('^'), "{}", answer.errors());
    assert_eq!(folder.asl(&["validate", "bad.json"]).code(), 1);
}

#[test]
fn bad_usage_is_told_from_a_failed_run() {
    let folder = Folder::new(
        "usage",
        &[(
            "pass.json",
            r#"{"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}"#,
        )],
    );
    for arguments in [
        &["run"][..],
        &["walk"],
        &["run", "missing.json"],
        &["run", "pass.json", "--input", "{"],
        &["run", "pass.json", "--now", "today"],
        &["run", "pass.json", "--frobnicate"],
    ] {
        assert_eq!(folder.asl(arguments).code(), 2, "{arguments:?}");
    }
    assert_eq!(folder.asl(&["--help"]).code(), 0);
    let now = [
        "run",
        "pass.json",
        "--now",
        "2026-01-01T12:00:00Z",
        "--seed",
        "7",
        "--type",
        "EXPRESS",
        "--no-limits",
    ];
    assert_eq!(folder.asl(&now).member("startDate"), "2026-01-01T12:00:00.000Z");
}
