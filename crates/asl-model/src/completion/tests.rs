use super::completions;

/// Checks what is proposed at the `|` of a text: the text that would be replaced, and the first proposals.
#[track_caller]
fn check(marked: &str, replaced: &str, expected: &[&str]) {
    let offset = marked.find('|').expect("a text has a mark");
    let text = marked.replacen('|', "", 1);
    let found = completions(&crate::parse(&text).definition.unwrap(), offset);
    let inserts: Vec<&str> = found
        .items
        .iter()
        .map(|item| &*item.insert)
        .take(expected.len())
        .collect();
    assert_eq!(
        (&text[found.from..offset], inserts),
        (replaced, expected.to_vec()),
        "{marked}"
    );
}

#[test]
fn proposes_fields_that_are_not_there_yet() {
    check(r#"{"|"}"#, "\"", &["\"States", "\"StartAt"]);
    check(r#"{"StartAt": "A", |"#, "", &["\"States\": ", "\"Comment\": "]);
    check(r#"{"States": {"A": {"Ty|"}}}"#, "\"Ty", &["\"Type"]);
    check(
        r#"{"States": {"A": {"Type": "Fail", "C|": 1}}}"#,
        "\"C",
        &["\"Comment", "\"QueryLanguage", "\"Error"],
    );
    check(
        r#"{"States": {"A": {"Type": "Succeed", |}}}"#,
        "",
        &["\"Comment\": ", "\"QueryLanguage\": ", "\"InputPath\": "],
    );
    check(
        r#"{"QueryLanguage": "JSONata", "States": {"A": {"Type": "Succeed", |}}}"#,
        "",
        &["\"Comment\": ", "\"QueryLanguage\": ", "\"Output\": "],
    );
    check(
        r#"{"States": {"A": {"Type": "Choice", "Choices": [{"Not": {"Va|"}}]}}}"#,
        "\"Va",
        &["\"Variable", "\"And"],
    );
    check(r#"{"States": {|}}"#, "", &[]);
}

#[test]
fn proposes_states_of_the_same_body() {
    let inner = r#"{"StartAt": "I", "States": {"I": {"Type": "Pass", "Next": "|"}, "J \"x\"": {"Type": "Succeed"}}}"#;
    let text = format!(
        r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Parallel", "Branches": [{inner}]}}, "B": {{"Type": "Pass"}}}}}}"#
    );
    check(&text, "", &[r#"J \"x\""#]);
    check(r#"{"StartAt": |, "States": {"A": {"Type": "Pass"}}}"#, "", &["\"A\""]);
    check(
        r#"{"States": {"A": {"Type": "Task", "Catch": [{"Next": "|"}]}, "B": {}}}"#,
        "",
        &["B"],
    );
}

#[test]
fn proposes_words() {
    check(r#"{"States": {"A": {"Type": "|"}}}"#, "", &["Task", "Pass"]);
    check(r#"{"States": {"A": {"Type": Ta|}}}"#, "Ta", &["\"Task\"", "\"Pass\""]);
    check(
        r#"{"States": {"A": {"Type": "Task", "Retry": [{"ErrorEquals": ["St|"]}]}}}"#,
        "St",
        &["States.ALL"],
    );
    check(
        r#"{"States": {"A": {"Type": "Task", "Retry": [{"ErrorEquals": [|]}]}}}"#,
        "",
        &["\"States.ALL\""],
    );
    check(
        r#"{"States": {"A": {"Type": "Task", "Retry": [{"JitterStrategy": "|"}]}}}"#,
        "",
        &["FULL", "NONE"],
    );
    check(
        r#"{"States": {"A": {"Type": "Pass", "End": |}}}"#,
        "",
        &["true", "false"],
    );
}

#[test]
fn proposes_what_expressions_may_begin_with() {
    let pass = |field: &str| {
        format!(
            r#"{{"States": {{"A": {{"Type": "Pass", "Assign": {{"total.$": "$.t"}}, "Next": "B"}}, "B": {{{field}}}}}}}"#
        )
    };
    check(
        &pass(r#""Type": "Pass", "InputPath": "$|""#),
        "$",
        &["$", "$$", "$total", "States.Format("],
    );
    check(
        &pass(r#""Type": "Pass", "Parameters": {"x.$": "States.|"}"#),
        "States.",
        &["$", "$$", "$total"],
    );
    check(
        &pass(r#""Type": "Pass", "QueryLanguage": "JSONata", "Output": {"x": ["{% 1 + $st| %}"]}"#),
        "$st",
        &["$states.input", "$states.context", "$total"],
    );
    check(
        &pass(r#""Type": "Task", "QueryLanguage": "JSONata", "Output": "{% $| %}""#),
        "$",
        &["$states.input", "$states.context", "$states.result"],
    );
    check(&pass(r#""Type": "Pass", "Comment": "$|""#), "", &[]);
}

#[test]
fn any_place_of_any_text_is_answered() {
    let text =
        r#"{"StartAt": "é", "States": {"é": {"Type": "Map", "ItemProcessor": {"StartAt": "B", "States": {"B": {"Ty"#;
    let definition = crate::parse(text).definition.unwrap();
    for offset in 0..=text.len() + 1 {
        let found = completions(&definition, offset);
        assert!(found.from <= offset);
    }
}
