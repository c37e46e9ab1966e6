use asl_json::Value;

use super::{InspectionLevel, MockErrorOutput, MockInput, TestStateRequest, test_state};
use crate::Mocks;

fn request(definition: &str) -> TestStateRequest {
    TestStateRequest {
        definition: definition.to_owned(),
        ..TestStateRequest::default()
    }
}

fn returning(result: &str) -> MockInput {
    MockInput {
        result: Some(result.to_owned()),
        ..MockInput::default()
    }
}

fn failing(error: &str) -> MockInput {
    let error_output = MockErrorOutput {
        error: Some(error.into()),
        cause: Some("c".into()),
    };
    MockInput {
        error_output: Some(error_output),
        ..MockInput::default()
    }
}

fn check(request: &TestStateRequest, expected: &str) {
    let answer = match test_state(request, Box::new(Mocks::default())) {
        Ok(answer) => answer,
        Err(error) => Value::from(error.message),
    };
    assert_eq!(answer.to_string(), expected);
}

const TASK: &str = r#"{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "N",
    "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 2}], "Catch": [{"ErrorEquals": ["Bad"], "Next": "C"}]}"#;

#[test]
fn a_mocked_task_succeeds_is_caught_or_is_tried_again() {
    let task = request(TASK);
    check(
        &TestStateRequest {
            mock: Some(returning(r#"{"MessageId": "m"}"#)),
            ..task.clone()
        },
        r#"{"output":"{\"MessageId\":\"m\"}","nextState":"N","status":"SUCCEEDED"}"#,
    );
    check(
        &TestStateRequest {
            mock: Some(failing("Bad")),
            ..task.clone()
        },
        r#"{"output":"{\"Error\":\"Bad\",\"Cause\":\"c\"}","error":"Bad","cause":"c","nextState":"C","status":"CAUGHT_ERROR"}"#,
    );
    let busy = TestStateRequest {
        mock: Some(failing("Busy")),
        ..task
    };
    check(&busy, r#"{"error":"Busy","cause":"c","status":"RETRIABLE"}"#);
    let spent = TestStateRequest {
        retrier_retry_count: 2,
        ..busy
    };
    check(&spent, r#"{"error":"Busy","cause":"c","status":"FAILED"}"#);
}

#[test]
fn a_state_of_a_machine_goes_where_the_machine_says() {
    let machine = r#"{"StartAt": "A", "States": {"A": {"Type": "Choice", "Default": "B",
        "Choices": [{"Variable": "$.n", "IsPresent": true, "Next": "A"}]}, "B": {"Type": "Succeed"}}}"#;
    let tested = TestStateRequest {
        state_name: Some("A".to_owned()),
        ..request(machine)
    };
    check(&tested, r#"{"output":"{}","nextState":"B","status":"SUCCEEDED"}"#);
    let looped = TestStateRequest {
        input: Some(r#"{"n":1}"#.to_owned()),
        ..tested.clone()
    };
    check(
        &looped,
        r#"{"output":"{\"n\":1}","nextState":"A","status":"SUCCEEDED"}"#,
    );
    let missing = TestStateRequest {
        state_name: Some("Z".to_owned()),
        ..tested
    };
    check(&missing, r#""State not found in definition""#);
}

#[test]
fn the_stages_are_told_at_higher_levels() {
    let pass = r#"{"Type": "Pass", "InputPath": "$.a", "ResultPath": "$.r", "End": true}"#;
    let told = TestStateRequest {
        input: Some(r#"{"a":1}"#.to_owned()),
        inspection_level: InspectionLevel::Debug,
        ..request(pass)
    };
    check(
        &told,
        r#"{"output":"{\"a\":1,\"r\":1}","inspectionData":{"input":"{\"a\":1}","afterInputPath":"1","afterParameters":"1","afterResultSelector":"1","afterResultPath":"{\"a\":1,\"r\":1}"},"status":"SUCCEEDED"}"#,
    );
}

#[test]
fn failures_of_the_interpreter_do_not_name_the_state() {
    let pass = r#"{"Type": "Pass", "InputPath": "$.a", "End": true}"#;
    check(
        &request(pass),
        r#"{"error":"States.Runtime","cause":"Invalid path '$.a' : No results for path: $['a']","status":"FAILED"}"#,
    );
}

#[test]
fn a_region_is_mocked_as_a_whole() {
    let map = r#"{"Type": "Map", "ToleratedFailureCount": 1, "End": true, "ItemProcessor": {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}"#;
    let mocked = TestStateRequest {
        input: Some("[1,2]".to_owned()),
        mock: Some(returning("[3,4]")),
        ..request(map)
    };
    check(&mocked, r#"{"output":"[3,4]","status":"SUCCEEDED"}"#);
    let failed = TestStateRequest {
        map_iteration_failure_count: Some(2),
        ..mocked.clone()
    };
    check(
        &failed,
        r#"{"error":"States.ExceedToleratedFailureThreshold","cause":"The specified tolerated failure threshold was exceeded","status":"FAILED"}"#,
    );
    check(
        &TestStateRequest {
            mock: Some(returning("{}")),
            ..mocked
        },
        r#""Mocked result must be an array.""#,
    );
}
