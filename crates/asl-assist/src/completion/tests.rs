use asl_json::parse_value;

use super::*;
use crate::sample::StateSample;

/// Returns the text without its caret, and where that stood.
fn caret(marked: &str) -> (String, usize) {
    let offset = marked.find('|').expect("a caret");
    (marked.replacen('|', "", 1), offset)
}

fn completions(marked: &str) -> Completions {
    let (text, offset) = caret(marked);
    complete(&Document::parse(text), offset, &sample())
}

/// A run in which every state called S saw the same.
fn sample() -> Sample {
    let value = |text: &str| Some(parse_value(text).unwrap());
    let state = StateSample {
        input: value(r#"{"order": {"id": 7, "lines": [{"sku": "a"}]}, "detail-type": "x"}"#),
        result: value(r#"{"Payload": {"ok": true}}"#),
        context: value(r#"{"Execution": {"Input": {"who": "me"}}}"#),
        variables: [("total".to_owned(), parse_value(r#"{"net": 1}"#).unwrap())].into(),
    };
    Sample {
        states: [("S".to_owned(), state)].into(),
    }
}

/// Checks the labels of all proposals.
#[track_caller]
fn check(marked: &str, expected: &str) {
    let found = completions(marked);
    let labels: Vec<&str> = found.items.iter().map(|item| item.label.as_str()).collect();
    assert_eq!(labels.join(" "), expected, "{marked}");
}

/// Checks the first labels.
#[track_caller]
fn check_first(marked: &str, expected: &str) {
    let found = completions(marked);
    let count = expected.split(' ').count();
    let labels: Vec<&str> = found.items.iter().take(count).map(|item| item.label.as_str()).collect();
    assert_eq!(labels.join(" "), expected, "{marked}");
}

/// Checks the text after the proposal of that label is taken, with ‹› round the first place to fill in.
#[track_caller]
fn check_taken(marked: &str, label: &str, expected: &str) {
    let (text, offset) = caret(marked);
    let found = complete(&Document::parse(text.as_str()), offset, &sample());
    let item = found.items.iter().find(|item| item.label == label);
    let item = item.unwrap_or_else(|| panic!("{label} is not in {:?}", found.items));
    let mut insert = item.insert.text.clone();
    if let Some(place) = item.insert.placeholders.first() {
        insert.insert(place.end, '›');
        insert.insert(place.start, '‹');
    }
    let mut taken = text;
    taken.replace_range(found.replace.start..found.replace.end, &insert);
    assert_eq!(taken, expected, "{marked}");
}

fn in_state(state: &str) -> String {
    format!(r#"{{"StartAt": "S", "States": {{"S": {state}, "Z": {{"Type": "Succeed"}}}}}}"#)
}

fn in_jsonata_state(state: &str) -> String {
    in_state(state).replacen('{', r#"{"QueryLanguage": "JSONata", "#, 1)
}

#[test]
fn fields_that_the_type_has_and_lacks() {
    check(
        &in_state(r#"{"Type": "Wait", "Next": "Z", |}"#),
        "Seconds Assign Timestamp InputPath OutputPath SecondsPath TimestampPath Comment QueryLanguage",
    );
    check(
        &in_jsonata_state(r#"{"Type": "Wait", "Seconds": 1, |}"#),
        "Next End Output Assign Comment",
    );
    check(
        &in_state(r#"{"Type": "Fail", "Error": "E", "Ca|": "x"}"#),
        "Cause CausePath",
    );
    check(&in_state(r#"{"|"}"#), "Type Next End Comment QueryLanguage");
    check(
        r#"{"States": {}, "|"}"#,
        "StartAt TimeoutSeconds Comment Version QueryLanguage",
    );
}

#[test]
fn fields_of_inner_objects() {
    check(
        &in_state(r#"{"Type": "Task", "Retry": [{"ErrorEquals": [], "Max|"}]}"#),
        "MaxAttempts MaxDelaySeconds",
    );
    check(
        &in_state(r#"{"Type": "Task", "Catch": [{|}]}"#),
        "ErrorEquals Next ResultPath Assign Comment",
    );
    check(
        &in_state(r#"{"Type": "Map", "ItemReader": {"ReaderConfig": {"CSV|"}}}"#),
        "CSVHeaderLocation CSVHeaders CSVDelimiter",
    );
    check(
        &in_state(r#"{"Type": "Map", "ItemProcessor": {"ProcessorConfig": {|}}}"#),
        "Mode ExecutionType",
    );
    check(
        &in_state(r#"{"Type": "Parallel", "Branches": [{|}]}"#),
        "States StartAt Comment",
    );
}

#[test]
fn half_written_names_do_not_hide_what_follows() {
    check(&in_state(r#"{"Type": "Fail", "Err|" "Cause": "x"}"#), "Error ErrorPath");
    check(
        &in_state(r#"{"|" "Type": "Fail", "Cause": "x", "Error": "y"}"#),
        "Comment QueryLanguage",
    );
    check(
        "{\"StartAt\": \"S\", \"States\": {\"S\": {\"Type\": \"Fail\", \"Cau|\n",
        "Cause CausePath",
    );
}

#[test]
fn fields_bring_their_values_and_commas() {
    check_taken(
        r#"{"StartAt": "S", "States": {"S": {"Type": "Pass" |}}}"#,
        "End",
        r#"{"StartAt": "S", "States": {"S": {"Type": "Pass" , "End": true}}}"#,
    );
    check_taken(
        r#"{"States": {"S": {"Type": "Pass", "|" "Comment": ""}}}"#,
        "Next",
        r#"{"States": {"S": {"Type": "Pass", "Next": "‹›", "Comment": ""}}}"#,
    );
    check_taken(
        r#"{"States": {"S": {"Type": "Pass", "Ne|": "Z"}}}"#,
        "Next",
        r#"{"States": {"S": {"Type": "Pass", "Next": "Z"}}}"#,
    );
}

#[test]
fn states_beside_this_one() {
    check(&in_state(r#"{"Type": "Pass", "Next": "|"}"#), "Z S");
    check(&in_state(r#"{"Type": "Pass", "Next": |}"#), "Z S");
    check(&in_state(r#"{"Type": "Task", "Catch": [{"Next": "|"}]}"#), "Z S");
    check(&in_state(r#"{"Type": "Choice", "Default": "|"}"#), "Z S");
    check(&in_state(r#"{"Type": "Choice", "Choices": [{"Next": "z|"}]}"#), "Z");
    check(
        &in_state(r#"{"Type": "Parallel", "Branches": [{"StartAt": "|", "States": {"I": {}, "J": {}}}]}"#),
        "I J",
    );
    check_taken(
        r#"{"StartAt":|, "States": {"A b": {}}}"#,
        "A b",
        r#"{"StartAt": "A b", "States": {"A b": {}}}"#,
    );
}

#[test]
fn words_out_of_closed_lists() {
    check(&in_state(r#"{"Type": "Pa|"}"#), "Pass Parallel");
    check(r#"{"QueryLanguage": "|"}"#, "JSONata JSONPath");
    check(
        &in_state(r#"{"Type": "Task", "Retry": [{"JitterStrategy": "|"}]}"#),
        "FULL NONE",
    );
    check(
        &in_state(r#"{"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": |}}}"#),
        "INLINE DISTRIBUTED",
    );
    check(
        &in_state(r#"{"Type": "Map", "ItemReader": {"ReaderConfig": {"InputType": "J|"}}}"#),
        "JSON JSONL",
    );
    check(&in_state(r#"{"Type": "Pass", "End": |}"#), "true");
    check(
        &in_state(r#"{"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": |}]}"#),
        "true false",
    );
}

#[test]
fn error_names() {
    check(
        &in_state(
            r#"{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Retry": [{"ErrorEquals": ["SQS.|"]}]}"#,
        ),
        "SQS.QueueDoesNotExistException SQS.AmazonSQSException SQS.SdkClientException",
    );
    check(
        &in_state(r#"{"Type": "Task", "Catch": [{"ErrorEquals": ["States.Timeout", "timeo|"]}]}"#),
        "States.HeartbeatTimeout",
    );
    let custom = r#"{"States": {"F": {"Type": "Fail", "Error": "NoStock"}, "T": {"Type": "Task", "Catch": [{"ErrorEquals": ["NoS|"]}]}}}"#;
    check_first(custom, "NoStock");
}

#[test]
fn resources_and_their_parameters() {
    check(
        &in_state(r#"{"Type": "Task", "Resource": "arn:aws:states:::sqs|"}"#),
        "arn:aws:states:::sqs:sendMessage arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    );
    check(
        &in_state(r#"{"Type": "Map", "ResultWriter": {"Resource": "|"}}"#),
        "arn:aws:states:::s3:putObject",
    );
    check_first(
        &in_state(r#"{"Type": "Task", "Resource": "|"}"#),
        "arn:aws:states:::lambda:invoke",
    );
    check(
        &in_state(
            r#"{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"QueueUrl": "u", "Message|"}}"#,
        ),
        "MessageBody MessageBody.$ MessageAttributes MessageAttributes.$ MessageDeduplicationId MessageDeduplicationId.$ \
         MessageGroupId MessageGroupId.$",
    );
    check_first(
        &in_jsonata_state(r#"{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {|}}"#),
        "FunctionName Payload InvocationType",
    );
    check(
        &in_state(r#"{"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": {"Method": "P|"}}"#),
        "POST PUT PATCH",
    );
    check_taken(
        &in_state(r#"{"Type": "Task", "Resource": "lambda:REG|"}"#),
        "arn:aws:lambda:REGION:ACCOUNT:function:NAME",
        &in_state(r#"{"Type": "Task", "Resource": "arn:aws:lambda:‹us-east-1›:123456789012:function:name"}"#),
    );
}

#[test]
fn operators() {
    check(
        &in_state(r#"{"Type": "Choice", "Choices": [{"Variable": "$.x", "IsN|"}]}"#),
        "IsNull IsNumeric",
    );
    check(
        &in_state(r#"{"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, |}]}"#),
        "Next Assign Comment",
    );
    check_first(
        &in_jsonata_state(r#"{"Type": "Choice", "Choices": [{|}]}"#),
        "Next Condition Assign Output Comment",
    );
    check_first(
        &in_state(r#"{"Type": "Choice", "Choices": [{"And": [{|}]}]}"#),
        "Variable",
    );
    check_taken(
        r#"{"States": {"S": {"Type": "Choice", "Choices": [{"Variable": "$.x", "NumericEq|"}]}}}"#,
        "NumericEquals",
        r#"{"States": {"S": {"Type": "Choice", "Choices": [{"Variable": "$.x", "NumericEquals": ‹1›}]}}}"#,
    );
}

#[test]
fn paths_out_of_the_last_run() {
    check(&in_state(r#"{"Type": "Pass", "InputPath": "$.o|"}"#), "order");
    check(&in_state(r#"{"Type": "Pass", "InputPath": "$.order.|"}"#), "id lines");
    check(
        &in_state(r#"{"Type": "Pass", "InputPath": "$.order.lines[0].|"}"#),
        "sku",
    );
    check(
        &in_state(r#"{"Type": "Pass", "InputPath": "$.order.lines[*].|"}"#),
        "sku",
    );
    check(
        &in_state(r#"{"Type": "Pass", "InputPath": "$.order", "Parameters": {"a.$": "$.|"}}"#),
        "id lines",
    );
    check(
        &in_state(r#"{"Type": "Task", "ResultSelector": {"a.$": "$.Payload.|"}}"#),
        "ok",
    );
    check(
        &in_state(r#"{"Type": "Task", "Catch": [{"Assign": {"a.$": "$.|"}}]}"#),
        "Error Cause",
    );
    check(
        &in_state(r#"{"Type": "Choice", "Choices": [{"Variable": "$.order.i|"}]}"#),
        "id",
    );
    check(
        &in_state(r#"{"Type": "Choice", "Choices": [{"And": [{"StringEqualsPath": "$.order.|"}]}]}"#),
        "id lines",
    );
    check(&in_state(r#"{"Type": "Pass", "Parameters": {"a": "$.|"}}"#), "");
    check_taken(
        &in_state(r#"{"Type": "Pass", "InputPath": "$.or|der.id"}"#),
        "order",
        &in_state(r#"{"Type": "Pass", "InputPath": "$.order.id"}"#),
    );
}

#[test]
fn the_context_object() {
    check(
        &in_state(r#"{"Type": "Task", "Parameters": {"a.$": "$$.|"}}"#),
        "Execution State StateMachine Task",
    );
    check(
        &in_state(r#"{"Type": "Pass", "Parameters": {"a.$": "$$.|"}}"#),
        "Execution State StateMachine",
    );
    check(
        &in_state(r#"{"Type": "Pass", "Parameters": {"a.$": "$$.State.|"}}"#),
        "Name EnteredTime RetryCount",
    );
    check(
        &in_state(r#"{"Type": "Pass", "Parameters": {"a.$": "$$.Execution.Input.|"}}"#),
        "who",
    );
    check(
        &in_state(r#"{"Type": "Map", "ItemSelector": {"a.$": "$$.Map.Item.|"}}"#),
        "Index Value Key",
    );
    check(
        &in_jsonata_state(r#"{"Type": "Pass", "Output": "{% $states.context.Execution.N| %}"}"#),
        "Name",
    );
}

#[test]
fn intrinsic_functions() {
    check(
        &in_state(r#"{"Type": "Pass", "Parameters": {"a.$": "States.Math|"}}"#),
        "States.MathRandom States.MathAdd",
    );
    check(
        &in_state(r#"{"Type": "Fail", "CausePath": "States.Array|"}"#),
        "States.ArrayGetItem",
    );
    check(&in_state(r#"{"Type": "Pass", "InputPath": "States.|"}"#), "");
    check(
        &in_state(r#"{"Type": "Pass", "Parameters": {"a.$": "States.Format('{}', $.order.|)"}}"#),
        "id lines",
    );
    check(
        &in_state(r#"{"Type": "Pass", "Parameters": {"a.$": "States.Format('{}', States.UU|)"}}"#),
        "States.UUID",
    );
    check_taken(
        &in_state(r#"{"Type": "Pass", "Parameters": {"a.$": "States.Hash|"}}"#),
        "States.Hash",
        &in_state(r#"{"Type": "Pass", "Parameters": {"a.$": "States.Hash(‹data›, 'SHA-256')"}}"#),
    );
}

/// `total` is assigned before S, `later` after it, `inner` only inside a branch.
fn with_variables(state: &str) -> String {
    format!(
        r#"{{"StartAt": "A", "States": {{
             "A": {{"Type": "Pass", "Assign": {{"total.$": "$.t"}}, "Next": "S"}},
             "S": {state},
             "P": {{"Type": "Parallel", "Branches": [{{"StartAt": "I", "States": {{
               "I": {{"Type": "Pass", "Assign": {{"inner": 1}}, "End": true}}}}}}], "Next": "Z"}},
             "Z": {{"Type": "Pass", "Assign": {{"later": 1}}, "End": true}}}}}}"#
    )
}

#[test]
fn variables_assigned_before() {
    check(
        &with_variables(r#"{"Type": "Pass", "InputPath": "$t|", "Next": "P"}"#),
        "$total",
    );
    check(
        &with_variables(r#"{"Type": "Pass", "InputPath": "$l|", "Next": "P"}"#),
        "",
    );
    check(
        &with_variables(r#"{"Type": "Pass", "InputPath": "$total.|", "Next": "P"}"#),
        "net",
    );
    check(
        &with_variables(
            r#"{"Type": "Parallel", "Branches": [{"StartAt": "J", "States": {"J": {"Type": "Pass", "InputPath": "$to|"}}}]}"#,
        ),
        "$total",
    );
    check(
        &with_variables(
            r#"{"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "J",
                "States": {"J": {"Type": "Pass", "InputPath": "$to|"}}}}"#,
        ),
        "",
    );
    check(
        &with_variables(r#"{"Type": "Pass", "Assign": {"la|"}, "Next": "P"}"#),
        "later later.$",
    );
}

#[test]
fn jsonata() {
    check(&in_jsonata_state(r#"{"Type": "Pass", "Output": "|"}"#), "{% %}");
    check(
        &in_jsonata_state(r#"{"Type": "Pass", "Output": "{% $states.| %}"}"#),
        "input context",
    );
    check(
        &in_jsonata_state(r#"{"Type": "Task", "Output": "{% $states.| %}"}"#),
        "input context result",
    );
    check(
        &in_jsonata_state(r#"{"Type": "Task", "Arguments": "{% $states.| %}"}"#),
        "input context",
    );
    check(
        &in_jsonata_state(r#"{"Type": "Task", "Catch": [{"Output": "{% $states.| %}"}]}"#),
        "input context errorOutput",
    );
    check(
        &in_jsonata_state(r#"{"Type": "Task", "Catch": [{"Output": "{% $states.errorOutput.| %}"}]}"#),
        "Error Cause",
    );
    check(
        &in_jsonata_state(r#"{"Type": "Pass", "Output": "{% $states.input.| %}"}"#),
        "order detail-type",
    );
    check(
        &in_jsonata_state(r#"{"Type": "Pass", "Output": {"a": ["{% $states.input.order.lines.| %}"]}}"#),
        "sku",
    );
    check(
        &in_jsonata_state(r#"{"Type": "Pass", "Output": "{% 1 + $states.input.order.i|"}"#),
        "id",
    );
    check_first(
        &in_jsonata_state(r#"{"Type": "Pass", "Output": "{% $| %}"}"#),
        "$states $abs",
    );
    check(
        &in_jsonata_state(r#"{"Type": "Pass", "Output": "{% $uu| %}"}"#),
        "$uuid",
    );
    check_first(
        &in_jsonata_state(r#"{"Type": "Pass", "Output": "{% ($sum1 := 1; $su|) %}"}"#),
        "$sum1 $substring",
    );
    check(&in_jsonata_state(r#"{"Type": "Pass", "Output": "{% 'a $su| %}"}"#), "");
    check(&in_jsonata_state(r#"{"Type": "Pass", "Output": "plain |"}"#), "");
    check_taken(
        &in_jsonata_state(r#"{"Type": "Pass", "Output": "{% $states.input.deta| %}"}"#),
        "detail-type",
        &in_jsonata_state(r#"{"Type": "Pass", "Output": "{% $states.input.`detail-type` %}"}"#),
    );
    check_taken(
        &in_jsonata_state(r#"{"Type": "Pass", "Output": "{% $joi| %}"}"#),
        "$join",
        &in_jsonata_state(r#"{"Type": "Pass", "Output": "{% $join(‹strs›) %}"}"#),
    );
}

#[test]
fn whole_states_and_patterns() {
    let found = completions(r#"{"StartAt": "Gone", "States": {|}}"#);
    assert_eq!(found.items[0].label, "Gone");
    assert_eq!(found.items.len(), 1 + PATTERN_COUNT);
    check("{\"States\": {\n  \"|\"\n}}", ALL_PATTERNS);
    check_taken(
        "{\n  \"States\": {\n    |\n  }\n}",
        "Succeed state",
        "{\n  \"States\": {\n    \"‹Done›\": {\n      \"Type\": \"Succeed\"\n    }\n  }\n}",
    );
    check("|", "State machine");
}

const PATTERN_COUNT: usize = 16;
const ALL_PATTERNS: &str = "Task state Pass state Choice state Wait state Parallel state Map state Distributed Map state \
    Succeed state Fail state Retry with backoff Catch to fallback Saga compensation Job poller Human approval \
    Map over items Parallel branches";

#[test]
fn values_have_a_usual_form() {
    check_taken(
        &in_state(r#"{"Type": "Task", "TimeoutSeconds": 1, "Catch":|}"#),
        "Catch [...]",
        &in_state(
            "{\"Type\": \"Task\", \"TimeoutSeconds\": 1, \"Catch\": [\n  {\n    \"ErrorEquals\": [\n      \"‹States.ALL›\"\n    ],\n    \
             \"ResultPath\": \"$.error\",\n    \"Next\": \"\"\n  }\n]}",
        ),
    );
}

#[test]
fn nothing_breaks_anywhere_in_a_text() {
    let text = with_variables(
        r#"{"Type": "Task", "Parameters": {"é.$": "States.Format('\u00e9 {}', $.a[?(@.b)])"}, "Next": "P"}"#,
    );
    for end in 0..=text.len() {
        if text.is_char_boundary(end) {
            let document = Document::parse(&text[..end]);
            let found = complete(&document, end, &sample());
            assert!(found.replace.end <= end);
            complete(&Document::parse(text.as_str()), end, &sample());
        }
    }
}
