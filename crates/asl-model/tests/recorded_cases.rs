//! Holds validation against what AWS was recorded to answer, where the recordings lie beside the repository.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test speaks by panicking, and says how much it measured"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use asl_model::{
    Diagnostic, MachineType, create_error_message, parse, parse_input, validate_state_text, validate_text,
    variable_references,
};
use serde_json::Value;

/// Returns the recorded cases of these kinds, in the order of their names; `None` where there are no recordings.
fn cases(kinds: &[&str]) -> Option<Vec<Value>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance/localstack/cases");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: {} is not there", folder.display());
        return None;
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let cases = paths
        .iter()
        .map(|path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap());
    Some(
        cases
            .filter(|case: &Value| kinds.contains(&text(case, "kind")))
            .collect(),
    )
}

fn text<'a>(case: &'a Value, field: &str) -> &'a str {
    case[field].as_str().unwrap_or_default()
}

fn definition_text(case: &Value) -> String {
    case["definitionText"]
        .as_str()
        .map_or_else(|| case["definition"].to_string(), str::to_owned)
}

fn machine_type(case: &Value) -> MachineType {
    match text(case, "type") {
        "EXPRESS" => MachineType::Express,
        _ => MachineType::Standard,
    }
}

fn diagnostics(case: &Value) -> Vec<Diagnostic> {
    validate_text(&definition_text(case), machine_type(case))
}

/// Returns what differs from the recording, or `None`.
fn difference(case: &Value) -> Option<String> {
    let expected = &case["expect"];
    let (expected, actual) = match text(case, "kind") {
        "createError" => create_error(case, text(&expected["createError"], "message")),
        "validate" => (outline(&expected["validate"]), validate_answer(case)),
        "startError" => (
            text(&expected["startError"], "message").to_owned(),
            parse_input(text(case, "inputText")).unwrap_err().message,
        ),
        _ => (sets(&expected["variableReferences"]), references(case)),
    };
    (expected != actual).then(|| format!("{}\n  expected {expected}\n  actual   {actual}", text(case, "id")))
}

/// Many recordings about `Label` hold the wording of an emulator instead of AWS's; of those only the refusal counts.
fn create_error(case: &Value, message: &str) -> (String, String) {
    let actual = create_error_message(&diagnostics(case)).unwrap_or_default();
    if is_worded_by_aws(case) {
        return (message.to_owned(), actual);
    }
    (
        "refused".to_owned(),
        if actual.is_empty() { "accepted" } else { "refused" }.to_owned(),
    )
}

fn is_worded_by_aws(case: &Value) -> bool {
    let message = text(&case["expect"]["createError"], "message");
    text(case, "kind") != "createError" || message.starts_with("Invalid State Machine Definition: ")
}

fn outline(answer: &Value) -> String {
    let items = answer["diagnostics"].as_array().unwrap().iter();
    let lines: Vec<String> = items
        .map(|item| {
            format!(
                "{} {}: {} at {}",
                text(item, "severity"),
                text(item, "code"),
                text(item, "message"),
                text(item, "location")
            )
        })
        .collect();
    format!("{} {}", text(answer, "result"), lines.join("; "))
}

fn validate_answer(case: &Value) -> String {
    let found = diagnostics(case).into_iter();
    let errors: Vec<Diagnostic> = found.filter(|item| item.is_error() && item.is_known_to_aws()).collect();
    let result = if errors.is_empty() { "OK" } else { "FAIL" };
    let lines: Vec<String> = errors
        .iter()
        .map(|item| {
            let location = item.location.as_deref().unwrap_or_default();
            format!("{} {}: {} at {location}", item.severity.name(), item.code, item.message)
        })
        .collect();
    format!("{result} {}", lines.join("; "))
}

fn sets(references: &Value) -> String {
    let states = references.as_object().unwrap().iter();
    let states: BTreeMap<&str, BTreeSet<&str>> = states
        .map(|(state, names)| {
            (
                &**state,
                names
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|name| name.as_str().unwrap())
                    .collect(),
            )
        })
        .collect();
    format!("{states:?}")
}

fn references(case: &Value) -> String {
    let definition = parse(&definition_text(case)).definition.unwrap();
    let found = variable_references(&definition);
    let states: BTreeMap<&str, BTreeSet<&str>> = found
        .iter()
        .map(|(state, names)| (&**state, names.iter().map(|name| &**name).collect()))
        .collect();
    format!("{states:?}")
}

#[test]
fn answers_as_aws_was_recorded_to() {
    let Some(cases) = cases(&["createError", "validate", "variableReferences", "startError"]) else {
        return;
    };
    let differences: Vec<String> = cases.iter().filter_map(difference).collect();
    println!(
        "{} of {} cases answer as recorded",
        cases.len() - differences.len(),
        cases.len()
    );
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn single_states_are_accepted_or_refused_as_recorded() {
    let Some(cases) = cases(&["testState"]) else {
        return;
    };
    let mut differences = Vec::new();
    for case in &cases {
        let definition = definition_text(case);
        let found = match case["definition"].get("States") {
            Some(_) => validate_text(&definition, machine_type(case)),
            None => validate_state_text(&definition, machine_type(case)),
        };
        let actual = create_error_message(&found).unwrap_or_default();
        let recorded = text(&case["expect"]["testStateError"], "message");
        let expected = if recorded.starts_with("Invalid State Machine Definition: ") {
            recorded
        } else {
            ""
        };
        if expected != actual {
            differences.push(format!(
                "{}\n  expected {expected}\n  actual   {actual}",
                text(case, "id")
            ));
        }
    }
    println!(
        "{} of {} states are accepted or refused as recorded",
        cases.len() - differences.len(),
        cases.len()
    );
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn definitions_that_ran_have_no_errors() {
    let Some(cases) = cases(&["execution"]) else {
        return;
    };
    let mut alarms = Vec::new();
    for case in &cases {
        let errors = diagnostics(case).into_iter().filter(Diagnostic::is_error);
        let written: Vec<String> = errors.map(|error| error.to_string()).collect();
        if !written.is_empty() {
            alarms.push(format!("{}: {}", text(case, "id"), written.join("; ")));
        }
    }
    println!(
        "{} of {} definitions have no errors",
        cases.len() - alarms.len(),
        cases.len()
    );
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
}
