//! Holds a mocked result against what the service's API responds with.

use std::str::FromStr;

use asl_json::Value;

use super::error::TestStateError;
use super::request::FieldValidationMode;

const SHAPES: &str = include_str!("response_shapes.txt");

/// Refuses a result that the operation cannot respond with. Operations that the table does not know respond with anything,
/// and so do members that it does not know. Recursion is bounded by the depth to which JSON is parsed.
///
/// `resource` is the integration with the action that gives the result, such as `lambda:invoke`.
pub(super) fn check(resource: &str, result: &Value, mode: FieldValidationMode) -> Result<(), TestStateError> {
    let Some(structure) = structure_of(resource).filter(|_| mode != FieldValidationMode::None) else {
        return Ok(());
    };
    if result.as_object().is_none() {
        return Err(TestStateError::validation("Mocked result must be a JSON object."));
    }
    check_structure(structure, result, mode)
        .map_err(|complaint| TestStateError::validation(format!("Mock result schema validation error: {complaint}")))
}

fn structure_of(resource: &str) -> Option<&'static str> {
    SHAPES
        .lines()
        .find_map(|line| line.strip_prefix(resource)?.strip_prefix(" = "))
}

/// Returns the lines of a structure: one per member.
fn members(structure: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = SHAPES.lines();
    let lines = lines.skip_while(move |line| line.strip_suffix(" {") != Some(structure));
    lines
        .skip(1)
        .map_while(|line| line.strip_prefix("  ")?.split_once(": "))
}

fn check_structure(structure: &str, value: &Value, mode: FieldValidationMode) -> Result<(), String> {
    for (member, shape) in members(structure) {
        let required = member.strip_suffix('!');
        let name = required.unwrap_or(member);
        match value.get(name) {
            Some(value) => check_value(name, shape, value, mode)?,
            None if required.is_some() && mode == FieldValidationMode::Strict => {
                return Err(format!("Required field '{name}' is missing"));
            }
            None => {}
        }
    }
    Ok(())
}

/// Checks the value of a member, or of an element of it.
fn check_value(name: &str, shape: &str, value: &Value, mode: FieldValidationMode) -> Result<(), String> {
    let (kind, limits) = shape.split_once(' ').unwrap_or((shape, ""));
    match kind {
        "any" => Ok(()),
        "boolean" => value.as_bool().map(|_| ()).ok_or_else(|| not(name, "a boolean")),
        "string" => check_text(name, limits, value.as_str().ok_or_else(|| not(name, "a string"))?),
        "number" => {
            let number = value.as_number().ok_or_else(|| not(name, "a number"))?;
            check_number(name, limits, number.as_f64())
        }
        _ => match enclosed(shape, '[', ']') {
            Some(element) => {
                let items = value.as_array().ok_or_else(|| not(name, "an array"))?;
                items.iter().try_for_each(|item| check_value(name, element, item, mode))
            }
            None => check_object(name, shape, value, mode),
        },
    }
}

fn check_object(name: &str, shape: &str, value: &Value, mode: FieldValidationMode) -> Result<(), String> {
    let object = value.as_object().ok_or_else(|| not(name, "an object"))?;
    match enclosed(shape, '{', '}') {
        Some(element) => object
            .values()
            .try_for_each(|value| check_value(name, element, value, mode)),
        None => check_structure(shape, value, mode),
    }
}

fn enclosed(shape: &str, open: char, close: char) -> Option<&str> {
    shape.strip_prefix(open)?.strip_suffix(close)
}

fn not(name: &str, kind: &str) -> String {
    format!("Field '{name}' must be {kind}")
}

fn check_text(name: &str, limits: &str, text: &str) -> Result<(), String> {
    if let Some((shortest, longest)) = range(limits) {
        let length = text.chars().count();
        if shortest.is_some_and(|shortest: usize| length < shortest) {
            return Err(format!("Field '{name}' is smaller than the minimum length"));
        }
        if longest.is_some_and(|longest| length > longest) {
            return Err(format!("Field '{name}' exceeds the maximum length"));
        }
    } else if !limits.is_empty() && !limits.split('|').any(|word| word == text) {
        return Err(format!("Field '{name}' is not an expected value"));
    }
    Ok(())
}

fn check_number(name: &str, limits: &str, number: f64) -> Result<(), String> {
    let (least, most) = range(limits).unwrap_or_default();
    if least.is_some_and(|least: f64| number < least) {
        return Err(format!("Field '{name}' is less than the minimum value"));
    }
    if most.is_some_and(|most| number > most) {
        return Err(format!("Field '{name}' exceeds the maximum value"));
    }
    Ok(())
}

/// Returns the ends of a range such as `1..256` or `..256`.
fn range<T: FromStr>(limits: &str) -> Option<(Option<T>, Option<T>)> {
    let (least, most) = limits.split_once("..")?;
    Some((least.parse().ok(), most.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(resource: &str, result: &str, mode: FieldValidationMode) -> Option<String> {
        let result = asl_json::parse_value(result).unwrap();
        check(resource, &result, mode).err().map(|refusal| refusal.message)
    }

    #[test]
    fn every_structure_that_is_named_is_there() {
        let kinds = ["any", "boolean", "string", "number"];
        let mut shapes: Vec<&str> = SHAPES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(" = "))
            .map(|(_, name)| name)
            .collect();
        assert!(shapes.len() > 20);
        let mut at = 0;
        while let Some(shape) = shapes.get(at).copied() {
            at += 1;
            let inner = enclosed(shape, '[', ']').or_else(|| enclosed(shape, '{', '}'));
            let kind = shape.split(' ').next().unwrap_or_default();
            match inner {
                Some(inner) => shapes.push(inner),
                None if kinds.contains(&kind) => {}
                None => {
                    let is_there = SHAPES.lines().any(|line| line.strip_suffix(" {") == Some(shape));
                    assert!(is_there, "{shape}");
                    let known: Vec<&str> = shapes.clone();
                    shapes.extend(
                        members(shape)
                            .map(|(_, shape)| shape)
                            .filter(|shape| !known.contains(shape)),
                    );
                }
            }
        }
    }

    #[test]
    fn says_what_does_not_fit() {
        for (resource, result, expected) in [
            ("kms:none", r#"{"a": 1}"#, None),
            (
                "lambda:invoke",
                r#"{"StatusCode": 200, "Payload": {"a": 1}, "New": []}"#,
                None,
            ),
            (
                "lambda:invoke",
                r#"{"StatusCode": "200"}"#,
                Some("Field 'StatusCode' must be a number"),
            ),
            (
                "dynamodb:getItem",
                r#"{"Item": {"k": {"L": [{"BOOL": 1}]}}}"#,
                Some("Field 'BOOL' must be a boolean"),
            ),
            (
                "events:putEvents",
                r#"{"Entries": {}}"#,
                Some("Field 'Entries' must be an array"),
            ),
            (
                "events:putEvents",
                r#"{"Entries": [1]}"#,
                Some("Field 'Entries' must be an object"),
            ),
            (
                "aws-sdk:kms:encrypt",
                r#"{"EncryptionAlgorithm": "ROT13"}"#,
                Some("Field 'EncryptionAlgorithm' is not an expected value"),
            ),
            (
                "aws-sdk:kms:encrypt",
                r#"{"CiphertextBlob": ""}"#,
                Some("Field 'CiphertextBlob' is smaller than the minimum length"),
            ),
            (
                "aws-sdk:lambda:getFunction",
                r#"{"Configuration": {"MemorySize": 1}}"#,
                Some("Field 'MemorySize' is less than the minimum value"),
            ),
            (
                "states:startExecution",
                r#"{"executionArn": "a"}"#,
                Some("Required field 'ExecutionArn' is missing"),
            ),
        ] {
            let expected = expected.map(|complaint| format!("Mock result schema validation error: {complaint}"));
            assert_eq!(
                complaint(resource, result, FieldValidationMode::Strict),
                expected,
                "{resource} {result}"
            );
        }
    }

    #[test]
    fn modes_leave_out_what_is_missing_or_everything() {
        let check = |result, mode| complaint("states:startExecution", result, mode).is_some();
        assert!(check("{}", FieldValidationMode::Strict));
        assert!(!check("{}", FieldValidationMode::Present));
        assert!(check(r#"{"ExecutionArn": 1}"#, FieldValidationMode::Present));
        assert!(!check("[1]", FieldValidationMode::None));
    }
}
