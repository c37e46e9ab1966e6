//! The context object that a request gives: what may be in it.

use asl_json::{Object, Value};
use asl_model::{State, StateKind};

use super::error::TestStateError;
use super::mock;

/// What a member of the context object is.
#[derive(Clone, Copy)]
enum Kind {
    Any,
    Text,
    Number,
}

/// The members of each section. Source: Developer Guide, "Context object".
const SECTIONS: [(&str, &[(&str, Kind)]); 4] = [
    (
        "Execution",
        &[
            ("Id", Kind::Text),
            ("Input", Kind::Any),
            ("Name", Kind::Text),
            ("RoleArn", Kind::Text),
            ("StartTime", Kind::Text),
            ("RedriveCount", Kind::Number),
            ("RedriveTime", Kind::Text),
        ],
    ),
    (
        "State",
        &[
            ("EnteredTime", Kind::Text),
            ("Name", Kind::Text),
            ("RetryCount", Kind::Number),
        ],
    ),
    ("StateMachine", &[("Id", Kind::Text), ("Name", Kind::Text)]),
    ("Task", &[("Token", Kind::Text)]),
];

/// Returns the context object that is to replace the execution's own.
pub(super) fn read(text: &str, state: &State) -> Result<Object, TestStateError> {
    let refuse =
        |complaint: String| TestStateError::validation(format!("Invalid Context object provided: {complaint}"));
    let Ok(Value::Object(context)) = asl_json::parse_value(text) else {
        return Err(refuse("Context object must be a JSON object".to_owned()));
    };
    check(&context, state).map_err(refuse)?;
    Ok(context)
}

fn check(context: &Object, state: &State) -> Result<(), String> {
    for (name, section) in context.iter() {
        match &**name {
            "Map" => return Err("'Map' field is not supported when mocking a Context object".to_owned()),
            "Task" if !takes_token(state) => {
                return Err(
                    "Context object contains 'Task' when state is not a Task state with a '.sync' or \
                            '.waitForTaskToken' service integration pattern"
                        .to_owned(),
                );
            }
            _ => {}
        }
        let known = SECTIONS.iter().find(|(known, _)| *known == &**name);
        let (_, members) = known.ok_or_else(|| format!("Field '{name}' is not allowed"))?;
        check_section(name, section, members)?;
    }
    Ok(())
}

fn takes_token(state: &State) -> bool {
    matches!(&state.kind, StateKind::Task(task) if mock::waits(task))
}

fn check_section(section: &str, value: &Value, members: &[(&str, Kind)]) -> Result<(), String> {
    let given = value
        .as_object()
        .ok_or_else(|| format!("{section} must be an object"))?;
    for (name, value) in given.iter() {
        let known = members.iter().find(|(known, _)| *known == &**name);
        let (_, kind) = known.ok_or_else(|| format!("Field '{name}' is not allowed"))?;
        let complaint = match kind {
            Kind::Text if value.as_str().is_none() => "a string",
            Kind::Number if value.as_number().is_none() => "a number",
            Kind::Any | Kind::Text | Kind::Number => continue,
        };
        return Err(format!("{section}.{name} must be {complaint}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(resource: &str, context: &str) -> Option<String> {
        let text = format!(
            r#"{{"StartAt": "T", "States": {{"T": {{"Type": "Task", "Resource": "{resource}", "End": true}}}}}}"#
        );
        let definition = asl_model::parse(&text).definition.unwrap();
        let refusal = read(context, &definition.body.states["T"]).err()?;
        let complaint = refusal.message.strip_prefix("Invalid Context object provided: ");
        Some(complaint.unwrap_or_default().to_owned())
    }

    #[test]
    fn only_known_members_of_their_types_are_taken() {
        for (context, expected) in [
            ("{}", None),
            (
                r#"{"Execution": {"Id": "a", "Input": [1]}, "State": {"RetryCount": 2}}"#,
                None,
            ),
            (r#"{"Execution": {"Id": 1}}"#, Some("Execution.Id must be a string")),
            (r#"{"Execution": {"Mood": 1}}"#, Some("Field 'Mood' is not allowed")),
            (r#"{"Mood": 1}"#, Some("Field 'Mood' is not allowed")),
            (
                r#"{"Map": {}}"#,
                Some("'Map' field is not supported when mocking a Context object"),
            ),
        ] {
            let found = complaint("arn:aws:states:::lambda:invoke", context);
            assert_eq!(found.as_deref(), expected, "{context}");
        }
    }

    #[test]
    fn a_token_needs_a_task_that_waits() {
        let token = r#"{"Task": {"Token": "t"}}"#;
        assert_eq!(
            complaint("arn:aws:states:::sqs:sendMessage.waitForTaskToken", token),
            None
        );
        assert!(complaint("arn:aws:states:::sqs:sendMessage", token).is_some_and(|found| found.contains("'Task'")));
    }
}
