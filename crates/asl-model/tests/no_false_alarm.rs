//! Definitions that the service takes, and that a linter may stumble over.

use asl_model::{Diagnostic, MachineType, validate_text};

#[track_caller]
fn check(text: &str) {
    let found = validate_text(text, MachineType::Standard);
    let written: Vec<String> = found.iter().map(Diagnostic::to_string).collect();
    assert_eq!(written, Vec::<String>::new(), "{text}");
}

#[test]
fn substitutions_of_deployment_tools() {
    check(
        r#"{"StartAt": "Charge", "TimeoutSeconds": "${Timeout}", "States": {
             "Charge": {"Type": "Task", "Resource": "${ChargeFunctionArn}", "TimeoutSeconds": "${Stage.Timeout}",
               "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": "${Attempts}"}], "Next": "${Following}"},
             "Store": {"Type": "Task", "Resource": "arn:${AWS::Partition}:states:::dynamodb:putItem",
               "Parameters": {"TableName": "${Table}", "Item": {"id.$": "${IdPath}"}}, "InputPath": "${Input}", "End": true},
             "Ask": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
               "Parameters": {"QueueUrl": "${Queue}", "MessageBody": "${Body}"}, "End": true}}}"#,
    );
}

#[test]
fn a_parquet_reader() {
    check(
        r#"{"StartAt": "M", "States": {"M": {"Type": "Map", "End": true,
             "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "PARQUET", "MaxItems": 10},
               "Parameters": {"Bucket": "b", "Key": "k.parquet"}},
             "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}, "StartAt": "I",
               "States": {"I": {"Type": "Pass", "End": true}}}}}}"#,
    );
}

#[test]
fn an_http_task_and_mixed_languages() {
    check(
        r#"{"StartAt": "Call", "States": {
             "Call": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "QueryLanguage": "JSONata",
               "Arguments": {"ApiEndpoint": "{% 'https://example.com/' & $states.input.id %}", "Method": "GET",
                 "InvocationConfig": {"ConnectionArn": "arn:aws:events:us-east-1:123456789012:connection/c/1"},
                 "Transform": {"RequestBodyEncoding": "URL_ENCODED"}},
               "Assign": {"id": "{% $states.result.ResponseBody.id %}"}, "Output": "{% $states.result{'a': $} %}", "Next": "Loop"},
             "Loop": {"Type": "Choice", "Choices": [{"Variable": "$id", "IsPresent": true, "Next": "Wait"}], "Default": "Done"},
             "Wait": {"Type": "Wait", "Seconds": 5, "Assign": {"count.$": "States.MathAdd($count, 1)"}, "Next": "Again"},
             "Again": {"Type": "Pass", "Assign": {"count": 1}, "Next": "Loop"},
             "Done": {"Type": "Succeed"}}}"#,
    );
}
