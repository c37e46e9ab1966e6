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

use asl_json::Value;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::schema::{Part, PartKind};

const WAITS: [&str; 4] = ["Seconds", "Timestamp", "SecondsPath", "TimestampPath"];

pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    let fields = part.members.iter().filter_map(|member| member.field);
    let pairs = fields.filter_map(|field| both(context, part, field.name));
    pairs.chain(wait(context, part)).collect()
}

fn wait(context: &Context, part: &Part) -> Option<Diagnostic> {
    let is_wait = part.kind == PartKind::State && part.raw.get("Type").and_then(Value::as_str) == Some("Wait");
    if !is_wait || WAITS.iter().filter(|name| part.raw.contains_key(name)).count() == 1 {
        return None;
    }
    let message = format!(
        "A Wait state must have exactly one of these fields: [{}]",
        WAITS.join(", ")
    );
    Some(context.schema(&part.location, message, "Say once how long the state waits."))
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
