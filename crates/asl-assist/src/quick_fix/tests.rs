use asl_model::{MachineType, validate_text};

use super::*;

/// Checks the fixes of the first diagnostic of that code, and the text after the one of that title.
#[track_caller]
fn check(text: &str, code: &str, title: &str, expected: &str) {
    let found = validate_text(text, MachineType::Standard);
    let diagnostic = found
        .iter()
        .find(|diagnostic| diagnostic.code == code)
        .unwrap_or_else(|| panic!("{found:#?}"));
    let fixes = quick_fixes(&Document::parse(text), diagnostic);
    let fix = fixes
        .iter()
        .find(|fix| fix.title == title)
        .unwrap_or_else(|| panic!("{fixes:#?}"));
    assert_eq!(Edit::apply(text, &fix.edits), expected);
}

fn machine(states: &str) -> String {
    format!(r#"{{"StartAt": "A", "States": {{{states}}}}}"#)
}

#[test]
fn a_missing_state_is_named_right_or_created() {
    let text =
        machine("\n  \"A\": {\"Type\": \"Pass\", \"Next\": \"Shiped\"},\n  \"Shipped\": {\"Type\": \"Succeed\"}\n");
    check(
        &text,
        "MISSING_TRANSITION_TARGET",
        "Change to \"Shipped\"",
        &text.replace("Shiped", "Shipped"),
    );
    let created = text.replace(
        "{\"Type\": \"Succeed\"}\n",
        "{\"Type\": \"Succeed\"},\n  \"Shiped\": {\n    \"Type\": \"Pass\",\n    \"End\": true\n  }\n",
    );
    check(
        &text,
        "MISSING_TRANSITION_TARGET",
        "Create the state \"Shiped\"",
        &created,
    );
}

#[test]
fn a_state_that_goes_nowhere_is_ended() {
    check(
        &machine(r#""A": {"Type": "Pass"}"#),
        "SCHEMA_VALIDATION_FAILED",
        "Add \"End\": true",
        &machine(r#""A": {"Type": "Pass", "End": true}"#),
    );
    check(
        &machine("\"A\": {\n  \"Type\": \"Pass\"\n}"),
        "SCHEMA_VALIDATION_FAILED",
        "Add \"End\": true",
        &machine("\"A\": {\n  \"Type\": \"Pass\",\n  \"End\": true\n}"),
    );
}

#[test]
fn what_nothing_leads_to_is_removed() {
    check(
        &machine(r#""A": {"Type": "Succeed"}, "B": {"Type": "Succeed"}"#),
        "MISSING_TRANSITION_TARGET",
        "Remove the state \"B\"",
        &machine(r#""A": {"Type": "Succeed"}"#),
    );
    check(
        &machine(r#""B": {"Type": "Succeed"}, "A": {"Type": "Succeed"}"#),
        "MISSING_TRANSITION_TARGET",
        "Remove the state \"B\"",
        &machine(r#""A": {"Type": "Succeed"}"#),
    );
}

#[test]
fn of_two_equal_names_the_unheard_goes() {
    check(
        &machine(r#""A": {"Type": "Pass", "Next": "Z", "Next": "B"}, "B": {"Type": "Succeed"}"#),
        "DUPLICATE_KEY",
        "Remove the first \"Next\"",
        &machine(r#""A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}"#),
    );
}

#[test]
fn syntax_is_mended() {
    check(
        "{\"a\": 1,}",
        "INVALID_JSON_DESCRIPTION",
        "Remove the comma",
        "{\"a\": 1}",
    );
    check(
        "{\"a\": 1 // one\n}",
        "INVALID_JSON_DESCRIPTION",
        "Remove the comment",
        "{\"a\": 1 \n}",
    );
}
