use asl_json::parse_value;

use super::*;
use crate::sample::StateSample;

fn sample() -> Sample {
    let state = StateSample {
        input: Some(parse_value(r#"{"order": {"id": 7}}"#).unwrap()),
        context: Some(parse_value(r#"{"State": {"Name": "S"}}"#).unwrap()),
        variables: [("total".to_owned(), parse_value("3").unwrap())].into(),
        ..StateSample::default()
    };
    Sample {
        states: [("S".to_owned(), state)].into(),
    }
}

/// Checks what is said at the caret: the part of the text, the title, the help and the value.
#[track_caller]
fn check(state: &str, expected: &str) {
    let marked =
        format!(r#"{{"StartAt": "S", "States": {{"S": {state}, "Z": {{"Type": "Succeed", "Comment": "All well"}}}}}}"#);
    check_text(&marked, expected);
}

#[track_caller]
fn check_text(marked: &str, expected: &str) {
    let offset = marked.find('|').unwrap();
    let text = marked.replacen('|', "", 1);
    let document = Document::parse(text.as_str());
    let found = hover(&document, offset, &sample()).map(|hover| {
        let help = hover.documentation.map_or(String::new(), |found| found.text);
        let help: String = help.chars().take(24).collect();
        let value = hover.value.map_or(String::new(), |value| format!(" = {value}"));
        format!(
            "{} [{}] {help}{value}",
            &text[hover.span.start..hover.span.end],
            hover.title
        )
    });
    assert_eq!(found.as_deref().unwrap_or("nothing"), expected, "{marked}");
}

#[test]
fn fields_words_and_operators() {
    check(r#"{"Ty|pe": "Pass"}"#, r#""Type" [Type] What the state does: Tas"#);
    check(r#"{"Type": "Pa|ss"}"#, r#""Pass" [Pass] Hands its input on, unch"#);
    check(
        r#"{"Type": "Choice", "Choices": [{"Variable": "$.x", "Num|ericEquals": 1}]}"#,
        r#""NumericEquals" [NumericEquals] Holds where the value is"#,
    );
    check(
        r#"{"Type": "Task", "Retry": [{"JitterStrategy": "FU|LL"}]}"#,
        r#""FULL" [FULL] Draws each waiting time "#,
    );
    check(r#"{"Type": "Pass", "Retr|y": []}"#, "nothing");
}

#[test]
fn states_errors_and_resources() {
    check(
        r#"{"Type": "Pass", "Next": "|Z"}"#,
        r#""Z" [Succeed state "Z"] All well"#,
    );
    check(
        r#"{"Type": "Task", "Retry": [{"ErrorEquals": ["States.Tim|eout"]}]}"#,
        r#""States.Timeout" [States.Timeout] The task took longer tha"#,
    );
    check(
        r#"{"Type": "Task", "Resource": "arn:aws:states:::sqs:send|Message"}"#,
        r#""arn:aws:states:::sqs:sendMessage" [arn:aws:states:::sqs:sendMessage] Puts a message into a qu"#,
    );
    check(
        r#"{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"Queue|Url.$": "$.q"}}"#,
        r#""QueueUrl.$" [QueueUrl] A required parameter of "#,
    );
}

#[test]
fn paths_show_their_value() {
    check(
        r#"{"Type": "Pass", "InputPath": "$.ord|er.id"}"#,
        "$.order.id [$.order.id]  = 7",
    );
    check(
        r#"{"Type": "Pass", "Parameters": {"a.$": "$$.State.Na|me"}}"#,
        "$$.State.Name [$$.State.Name] The name of this state. = \"S\"",
    );
    check(
        r#"{"Type": "Pass", "Parameters": {"a.$": "States.Form|at('{}', $.order.id)"}}"#,
        "States.Format [States.Format('{}', value, ...)] Puts each value in place",
    );
    check(
        r#"{"Type": "Pass", "Parameters": {"a.$": "States.Format('{}', $.order.i|d)"}}"#,
        "$.order.id [$.order.id]  = 7",
    );
    check(r#"{"Type": "Pass", "InputPath": "$tot|al"}"#, "$total [$total]  = 3");
    check(r#"{"Type": "Pass", "InputPath": "$.no|"}"#, "nothing");
}

#[test]
fn jsonata_shows_functions_members_and_values() {
    let state = |output: &str| format!(r#"{{"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{output}"}}"#);
    check(
        &state("{% $su|m([1]) %}"),
        "$sum [$sum(array)] Sum of an array of numbe",
    );
    check(&state("{% $uui|d() %}"), "$uuid [$uuid()] A random UUID of version");
    check(
        &state("{% $states.inp|ut.order %}"),
        "$states.input [$states.input] The state's input. = {\"order\":{\"id\":7}}",
    );
    check(
        &state("{% $states.input.ord|er.id %}"),
        "$states.input.order [$states.input.order]  = {\"id\":7}",
    );
    check(
        &state("{% $states.context.State.Na|me %}"),
        "$states.context.State.Name [$states.context.State.Name] The name of this state. = \"S\"",
    );
    check(&state("{% 1 | + 2 %}"), "nothing");
}

#[test]
fn variables_tell_who_assigns_them() {
    check_text(
        r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"total": 1}, "Next": "S"},
            "S": {"Type": "Pass", "InputPath": "$to|tal", "End": true}}}"#,
        r#"$total [$total] Assigned by "A". = 3"#,
    );
}
