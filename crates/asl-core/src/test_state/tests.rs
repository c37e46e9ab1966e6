//! What the API answers, by and large; recorded answers are for the conformance cases.

use asl_json::{Object, Value};

use super::{TaskAnswer, TestProgress, TestStateError, TestStateRequest, TestedState};

const TASK: &str = r#"{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Done",
    "Retry": [{"ErrorEquals": ["A"], "IntervalSeconds": 3, "MaxAttempts": 2}],
    "Catch": [{"ErrorEquals": ["B"], "Next": "No"}, {"ErrorEquals": ["A"], "ResultPath": "$.e", "Next": "Caught"}]}"#;

/// Begins the test of a definition with the other parameters as JSON.
fn start(definition: &str, parameters: &str) -> Result<TestedState, TestStateError> {
    let Value::Object(mut request) = asl_json::parse_value(parameters).unwrap() else {
        panic!("parameters are an object");
    };
    request.insert("definition", definition.into());
    let request = TestStateRequest::from_value(&Value::Object(request))?;
    TestedState::start(&request)
}

/// Returns the response, with the JSON texts in it decoded.
fn response(test: &TestedState) -> Value {
    match test.progress() {
        TestProgress::Done(response) => decoded(&response),
        TestProgress::Waiting(task) => panic!("{task:?} waits for an answer"),
    }
}

fn decoded(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), decoded(value)));
            Value::Object(members.collect::<Object>())
        }
        Value::String(text) => asl_json::parse_value(text).unwrap_or_else(|_| value.clone()),
        _ => value.clone(),
    }
}

fn check(definition: &str, parameters: &str, expected: &str) {
    let found = match start(definition, parameters) {
        Ok(test) => response(&test),
        Err(refusal) => refusal.to_string().into(),
    };
    let expected = asl_json::parse_value(expected).unwrap_or_else(|_| expected.into());
    assert_eq!(found, expected, "{found}\n{expected}");
}

#[test]
fn a_state_alone_tells_where_it_goes() {
    check(
        r#"{"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": 1, "Next": "One"}], "Default": "Other"}"#,
        r#"{"input": "{\"n\": 1}", "inspectionLevel": "DEBUG"}"#,
        r#"{"output": {"n": 1}, "nextState": "One", "status": "SUCCEEDED",
            "inspectionData": {"input": {"n": 1}, "afterInputPath": {"n": 1}}}"#,
    );
}

#[test]
fn a_state_is_found_however_deep() {
    check(
        r#"{"StartAt": "M", "QueryLanguage": "JSONata", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
            "StartAt": "I", "States": {"I": {"Type": "Pass", "Output": "{% $states.context.State.Name & $x %}", "Next": "I"}}}}}}"#,
        r#"{"stateName": "I", "variables": "{\"x\": \"!\"}", "inspectionLevel": "TRACE"}"#,
        r#"{"output": "I!", "nextState": "I", "status": "SUCCEEDED",
            "inspectionData": {"input": {}, "variables": {"x": "!"}}}"#,
    );
}

#[test]
fn time_passes_as_far_as_a_test_goes() {
    let wait = |seconds: u32| format!(r#"{{"Type": "Wait", "Seconds": {seconds}, "End": true}}"#);
    check(&wait(300), "{}", r#"{"output": {}, "status": "SUCCEEDED"}"#);
    check(&wait(301), "{}", r#"{"error": "States.Timeout", "status": "FAILED"}"#);
}

#[test]
fn an_error_is_retried_before_it_is_caught() {
    let error = |error: &str, count: u32| {
        format!(
            r#"{{"mock": {{"errorOutput": {{"error": "{error}", "cause": "c"}}}}, "inspectionLevel": "DEBUG",
                "stateConfiguration": {{"retrierRetryCount": {count}}}}}"#
        )
    };
    let inspected = r#""input": {}, "afterInputPath": {}, "afterParameters": {}"#;
    check(
        TASK,
        &error("A", 1),
        &format!(
            r#"{{"error": "A", "cause": "c", "status": "RETRIABLE", "inspectionData": {{{inspected},
                "errorDetails": {{"retryIndex": 0, "retryBackoffIntervalSeconds": 6}}}}}}"#
        ),
    );
    check(
        TASK,
        &error("A", 2),
        &format!(
            r#"{{"output": {{"e": {{"Error": "A", "Cause": "c"}}}}, "error": "A", "cause": "c", "nextState": "Caught",
                "status": "CAUGHT_ERROR", "inspectionData": {{{inspected}, "errorDetails": {{"catchIndex": 1}}}}}}"#
        ),
    );
    check(
        TASK,
        &error("X", 0),
        &format!(r#"{{"error": "X", "cause": "c", "status": "FAILED", "inspectionData": {{{inspected}}}}}"#),
    );
}

#[test]
fn a_task_without_mock_waits_for_its_answer() {
    let mut test = start(
        TASK,
        r#"{"roleArn": "arn:aws:iam::123456789012:role/r", "input": "{\"a\": 1}"}"#,
    )
    .unwrap();
    let TestProgress::Waiting(task) = test.progress() else {
        panic!("the task is called");
    };
    assert_eq!(
        (&*task.resource, task.input.to_string()),
        ("arn:aws:states:::lambda:invoke", r#"{"a":1}"#.to_owned())
    );
    test.answer(TaskAnswer::Success(Value::from(5)));
    let expected = r#"{"output": 5, "nextState": "Done", "status": "SUCCEEDED"}"#;
    assert_eq!(response(&test), asl_json::parse_value(expected).unwrap());
}

#[test]
fn causes_do_not_name_the_state() {
    check(
        r#"{"Type": "Pass", "InputPath": "$.no", "End": true}"#,
        "{}",
        r#"{"error": "States.Runtime", "cause": "Invalid path '$.no' : No results for path: $['no']", "status": "FAILED"}"#,
    );
}

#[test]
fn a_mocked_map_shows_what_its_iterations_would_be_given() {
    check(
        r#"{"Type": "Map", "ItemsPath": "$.v", "ItemSelector": {"at.$": "$$.Map.Item.Index"}, "MaxConcurrency": 2,
            "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}}, "ResultPath": null, "End": true}"#,
        r#"{"input": "{\"v\": [7, 8]}", "context": "{}", "mock": {"result": "[1, 2]"}, "inspectionLevel": "DEBUG"}"#,
        r#"{"output": {"v": [7, 8]}, "status": "SUCCEEDED", "inspectionData": {"input": {"v": [7, 8]},
            "afterInputPath": {"v": [7, 8]}, "afterItemsPath": [7, 8], "afterItemSelector": [{"at": 0}, {"at": 1}],
            "afterResultSelector": [1, 2], "afterResultPath": {"v": [7, 8]}, "maxConcurrency": 2}}"#,
    );
}

#[test]
fn a_mocked_map_counts_the_failures_it_is_told_of() {
    let map = |tolerance: &str| {
        format!(
            r#"{{"Type": "Map", "ItemProcessor": {{"ProcessorConfig": {{"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}},
                "StartAt": "I", "States": {{"I": {{"Type": "Succeed"}}}}}}, {tolerance} "End": true}}"#
        )
    };
    let parameters = r#"{"input": "[1, 2, 3, 4]", "mock": {"result": "[1, 2, 3, 4]"},
        "stateConfiguration": {"mapIterationFailureCount": 2}}"#;
    let succeeds = r#"{"output": [1, 2, 3, 4], "status": "SUCCEEDED"}"#;
    let fails = r#"{"error": "States.ExceedToleratedFailureThreshold", "status": "FAILED",
        "cause": "The specified tolerated failure threshold was exceeded"}"#;
    for (tolerance, expected) in [
        ("", succeeds),
        (r#""ToleratedFailureCount": 2,"#, succeeds),
        (r#""ToleratedFailureCount": 1,"#, fails),
        (r#""ToleratedFailurePercentage": 50,"#, succeeds),
        (r#""ToleratedFailurePercentage": 49,"#, fails),
    ] {
        check(&map(tolerance), parameters, expected);
    }
}

#[test]
fn the_data_of_an_item_reader_are_read_as_its_configuration_says() {
    check(
        r#"{"Type": "Map", "QueryLanguage": "JSONata", "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
            "Arguments": {"Bucket": "b", "Key": "k"}, "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}},
            "ItemBatcher": {"MaxItemsPerBatch": 1}, "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "I", "States": {"I": {"Type": "Succeed"}}}, "End": true}"#,
        r#"{"mock": {"result": "[1, 2]"}, "inspectionLevel": "DEBUG",
            "stateConfiguration": {"mapItemReaderData": "a\nx\ny\n"}}"#,
        r#"{"output": [1, 2], "status": "SUCCEEDED", "inspectionData": {"input": {}, "maxConcurrency": 0,
            "afterItemBatcher": [{"Items": [{"a": "x"}]}, {"Items": [{"a": "y"}]}]}}"#,
    );
}

#[test]
fn refuses_what_cannot_be_tested() {
    let parallel =
        r#"{"Type": "Parallel", "Branches": [{"StartAt": "I", "States": {"I": {"Type": "Succeed"}}}], "End": true}"#;
    for (definition, parameters, expected) in [
        (TASK, "{}", "RoleArn must be specified when testing a Task state"),
        (TASK, r#"{"mock": {"result": "{"}}"#, "Mocked result must be valid JSON"),
        (
            TASK,
            r#"{"mock": {}}"#,
            "A test mock should have only one of the following fields: [result, errorOutput].",
        ),
        (
            TASK,
            r#"{"mock": {"result": "1"}, "revealSecrets": true}"#,
            "TestState does not support RevealSecrets when a mock is specified.",
        ),
        (
            parallel,
            r#"{"mock": {"result": "1"}}"#,
            "Mocked result must be an array.",
        ),
        (
            parallel,
            r#"{"mock": {"result": "[]"}}"#,
            "Mocked result must contain the same number of items as number of Parallel branches.",
        ),
        (
            r#"{"Type": "Succeed"}"#,
            r#"{"mock": {"result": "1"}}"#,
            "State type 'Succeed' is not supported when a mock is specified",
        ),
    ] {
        check(definition, parameters, &format!("ValidationException: {expected}"));
    }
    let refusal = start(TASK, r#"{"stateName": ""}"#).unwrap_err();
    assert_eq!(refusal.code, None);
}
