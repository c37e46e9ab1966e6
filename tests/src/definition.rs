//! Cases about definitions: what creating, validating and describing a state machine answers.

use std::collections::BTreeSet;

use asl_core::ExecutionType;
use asl_json::Value;
use asl_model::{Diagnostic, MachineType, Severity};

use crate::case::Case;
use crate::matcher::match_value;
use crate::placeholders::Bindings;

fn machine_type(case: &Case) -> MachineType {
    match case.execution_type {
        ExecutionType::Standard => MachineType::Standard,
        ExecutionType::Express => MachineType::Express,
    }
}

fn matches(case: &Case, what: &str, actual: &Value) -> Result<(), String> {
    let expected = case
        .expect
        .get(what)
        .ok_or_else(|| format!("the case expects no {what}"))?;
    let matched = match_value(expected, actual, &case.placeholders, &mut Bindings::default());
    matched.map_err(|mismatch| {
        format!(
            "{what}: {}\n    expected {}\n    actual   {}",
            mismatch.path, mismatch.expected, mismatch.actual
        )
    })
}

/// CreateStateMachine must refuse.
///
/// # Errors
///
/// Says what differs.
pub fn create_error(case: &Case) -> Result<(), String> {
    let diagnostics = asl_model::validate_text(&case.definition_text, machine_type(case));
    match asl_model::create_error_message(&diagnostics) {
        Some(message) => match python_exception(case) {
            Some(complaint) if message.contains(&complaint) => Ok(()),
            Some(complaint) => Err(format!("createError: expected {complaint}, actual {message}")),
            None => matches(case, "createError", &refusal("InvalidDefinition", &message)),
        },
        None => Err(format!("createError: not refused, expected {}", case.expect)),
    }
}

/// Returns the complaint, up to its first quote, of an expected message that is no answer of AWS but the text of a Python
/// exception: `Error=ValueError Args=["Label contains invalid character: '?'"] in definition ...`. Its framing says
/// nothing about AWS.
fn python_exception(case: &Case) -> Option<String> {
    let message = case.expect.get("createError")?.get("message")?.as_str()?;
    let (_, arguments) = message.strip_prefix("Error=")?.split_once("Args=[")?;
    let complaint = arguments.get(1..)?;
    complaint.split(['\'', '"']).next().map(str::to_owned)
}

/// StartExecution must refuse the input.
///
/// # Errors
///
/// Says what differs.
pub fn start_error(case: &Case) -> Result<(), String> {
    match asl_model::parse_input(&case.input_text) {
        Err(error) => matches(
            case,
            "startError",
            &refusal("InvalidExecutionInput", &error.to_string()),
        ),
        Ok(_) => Err(format!("startError: not refused, expected {}", case.expect)),
    }
}

fn refusal(code: &str, message: &str) -> Value {
    Value::object([("code", Value::from(code)), ("message", Value::from(message))])
}

/// ValidateStateMachineDefinition.
///
/// # Errors
///
/// Says what differs.
pub fn validate(case: &Case) -> Result<(), String> {
    let diagnostics = asl_model::validate_text(&case.definition_text, machine_type(case));
    let listed = |diagnostic: &&Diagnostic| diagnostic.is_error() && diagnostic.is_known_to_aws();
    let errors = || diagnostics.iter().filter(listed);
    let result = if errors().next().is_some() { "FAIL" } else { "OK" };
    let actual = Value::object([
        ("diagnostics", Value::array(errors().map(diagnostic_value))),
        ("result", Value::from(result)),
        ("truncated", Value::Bool(false)),
    ]);
    matches(case, "validate", &actual)
}

fn diagnostic_value(diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
    };
    let mut members = vec![
        ("code", Value::from(diagnostic.code)),
        ("message", diagnostic.message.as_str().into()),
        ("severity", severity.into()),
    ];
    members.extend(
        diagnostic
            .location
            .as_deref()
            .map(|location| ("location", location.into())),
    );
    Value::object(members)
}

/// DescribeStateMachine's `variableReferences`; the lists are sets.
///
/// # Errors
///
/// Says what differs.
pub fn variable_references(case: &Case) -> Result<(), String> {
    let parsed = asl_model::parse(&case.definition_text);
    let definition = parsed.definition.ok_or("the definition is not a JSON object")?;
    let actual: Vec<(String, BTreeSet<String>)> = asl_model::variable_references(&definition)
        .iter()
        .map(|(state, names)| (state.to_string(), names.iter().map(ToString::to_string).collect()))
        .collect();
    let expected = case.expect.get("variableReferences").and_then(Value::as_object);
    let mut wanted: Vec<(String, BTreeSet<String>)> = expected
        .into_iter()
        .flat_map(asl_json::Object::iter)
        .map(|(state, names)| {
            let names = names.as_array().into_iter().flat_map(|names| names.iter());
            (
                state.to_string(),
                names.filter_map(Value::as_str).map(str::to_owned).collect(),
            )
        })
        .collect();
    let mut actual = actual;
    actual.sort();
    wanted.sort();
    if actual == wanted {
        Ok(())
    } else {
        Err(format!(
            "variableReferences:\n    expected {wanted:?}\n    actual   {actual:?}"
        ))
    }
}
