//! An object has two fields that say the same thing, or a Wait state does not say how long.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Wait", "Seconds": 5, "SecondsPath": "$.seconds", "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Wait", "SecondsPath": "$.seconds", "Next": "Z" }
//! ```

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::schema::Part;
use crate::state::StateKind;

const WAITS: [&str; 4] = ["Seconds", "Timestamp", "SecondsPath", "TimestampPath"];

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let pairs = context.parts.iter().flat_map(|part| {
        let members = part.members.iter().filter_map(|member| member.field);
        members.filter_map(|field| both(context, part, field.name))
    });
    let waits = context
        .states()
        .filter(|state| matches!(state.kind, StateKind::Wait(_)));
    let faulty = waits.filter(|state| WAITS.iter().filter(|name| state.raw.contains_key(name)).count() != 1);
    let waits = faulty.map(|state| {
        let message = format!(
            "A Wait state must have exactly one of these fields: [{}]",
            WAITS.join(", ")
        );
        let help = format!("Say once how long \"{}\" waits.", state.name);
        context.schema(&state.location, message, help)
    });
    pairs.chain(waits).collect()
}

/// Returns the field that an object may not have beside this one.
fn rival(field: &str) -> Option<&'static str> {
    Some(match field {
        "TimeoutSeconds" => "TimeoutSecondsPath",
        "HeartbeatSeconds" => "HeartbeatSecondsPath",
        "MaxConcurrency" => "MaxConcurrencyPath",
        "ToleratedFailureCount" => "ToleratedFailureCountPath",
        "ToleratedFailurePercentage" => "ToleratedFailurePercentagePath",
        "MaxItems" => "MaxItemsPath",
        "MaxItemsPerBatch" => "MaxItemsPerBatchPath",
        "MaxInputBytesPerBatch" => "MaxInputBytesPerBatchPath",
        "Error" => "ErrorPath",
        "Cause" => "CausePath",
        "ItemProcessor" => "Iterator",
        "ItemSelector" => "Parameters",
        "Next" => "End",
        _ => return None,
    })
}

fn both(context: &Context, part: &Part, first: &str) -> Option<Diagnostic> {
    let second = rival(first)?;
    part.member(second).map(|_| {
        let message = format!("Only one of these fields may be set: [{first}, {second}]");
        let help = format!("Remove \"{first}\" or \"{second}\".");
        context
            .schema(&part.location, message, help)
            .spanning(context.name_span(&part.at(second)))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let right = with_state(r#"{"Type": "Wait", "Seconds": 0, "Next": "Z"}"#);
        let wait = "SCHEMA_VALIDATION_FAILED: A Wait state must have exactly one of these fields: \
             [Seconds, Timestamp, SecondsPath, TimestampPath] at /States/S";
        check_samples(&with_state(r#"{"Type": "Wait", "Next": "Z"}"#), wait, &right);
        check_samples(
            &with_state(r#"{"Type": "Wait", "Seconds": 1, "SecondsPath": "$.s", "Next": "Z"}"#),
            wait,
            &right,
        );
        check_samples(
            r#"{"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "a", "ErrorPath": "$.a"}}}"#,
            "SCHEMA_VALIDATION_FAILED: Only one of these fields may be set: [Error, ErrorPath] at /States/F",
            &right,
        );
        check_samples(
            &with_state(r#"{"Type": "Pass", "End": true, "Next": "Z"}"#),
            "SCHEMA_VALIDATION_FAILED: Only one of these fields may be set: [Next, End] at /States/S",
            &right,
        );
    }
}
