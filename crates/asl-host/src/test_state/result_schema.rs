//! What the responses of some services look like, to check mocked results as TestState does.
//!
//! Only what is listed is checked: a service that is not here accepts every result. Source: the services' API models.

use asl_core::{Integration, IntegrationPattern};
use asl_json::{Number, Value};

/// The shape of a value in a response.
enum Shape {
    Any,
    Text,
    /// Text of at least so many characters.
    TextOf(usize),
    OneOf(&'static [&'static str]),
    Number,
    NumberIn(f64, f64),
    Boolean,
    List(&'static Shape),
    Map(&'static Shape),
    Structure(&'static [Member]),
}

/// A member of a structure.
struct Member {
    name: &'static str,
    shape: Shape,
    required: bool,
}

const fn may(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        shape,
        required: false,
    }
}

const fn must(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        shape,
        required: true,
    }
}

const CONSUMED_CAPACITY: Shape = Shape::Structure(&[
    may("TableName", Shape::Text),
    may("CapacityUnits", Shape::Number),
    may("ReadCapacityUnits", Shape::Number),
    may("WriteCapacityUnits", Shape::Number),
]);

const WRITTEN_ITEM: &[Member] = &[
    may("Attributes", Shape::Map(&Shape::Any)),
    may("ConsumedCapacity", CONSUMED_CAPACITY),
    may(
        "ItemCollectionMetrics",
        Shape::Structure(&[
            may("ItemCollectionKey", Shape::Map(&Shape::Any)),
            may("SizeEstimateRangeGB", Shape::List(&Shape::Number)),
        ]),
    ),
];

const READ_ITEM: &[Member] = &[
    may("Item", Shape::Map(&Shape::Any)),
    may("ConsumedCapacity", CONSUMED_CAPACITY),
];

const INVOKED_FUNCTION: &[Member] = &[
    may("StatusCode", Shape::Number),
    may("FunctionError", Shape::Text),
    may("LogResult", Shape::Text),
    may("Payload", Shape::Any),
    may("ExecutedVersion", Shape::TextOf(1)),
];

const FUNCTION: &[Member] = &[
    may(
        "Configuration",
        Shape::Structure(&[
            may("FunctionName", Shape::Text),
            may("FunctionArn", Shape::Text),
            may("Runtime", Shape::Text),
            may("Role", Shape::Text),
            may("Handler", Shape::Text),
            may("CodeSize", Shape::Number),
            may("Description", Shape::Text),
            may("Timeout", Shape::NumberIn(1.0, f64::MAX)),
            may("MemorySize", Shape::NumberIn(128.0, 10_240.0)),
            may("LastModified", Shape::Text),
            may("Version", Shape::TextOf(1)),
            may("State", Shape::OneOf(&["Pending", "Active", "Inactive", "Failed"])),
            may("PackageType", Shape::OneOf(&["Zip", "Image"])),
            may("Architectures", Shape::List(&Shape::OneOf(&["x86_64", "arm64"]))),
            may("Layers", Shape::List(&Shape::Structure(&[]))),
        ]),
    ),
    may(
        "Code",
        Shape::Structure(&[may("RepositoryType", Shape::Text), may("Location", Shape::Text)]),
    ),
    may("Tags", Shape::Map(&Shape::Text)),
    may(
        "Concurrency",
        Shape::Structure(&[may("ReservedConcurrentExecutions", Shape::NumberIn(0.0, f64::MAX))]),
    ),
];

const ENCRYPTED: &[Member] = &[
    may("CiphertextBlob", Shape::TextOf(1)),
    may("KeyId", Shape::TextOf(1)),
    may(
        "EncryptionAlgorithm",
        Shape::OneOf(&["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"]),
    ),
];

const OBJECT: &[Member] = &[
    may("Body", Shape::Text),
    may("DeleteMarker", Shape::Boolean),
    may("AcceptRanges", Shape::Text),
    may("LastModified", Shape::Text),
    may("ContentLength", Shape::Number),
    may("ETag", Shape::Text),
    may("MissingMeta", Shape::Number),
    may("VersionId", Shape::Text),
    may("ContentType", Shape::Text),
    may(
        "ServerSideEncryption",
        Shape::OneOf(&["AES256", "aws:fsx", "aws:kms", "aws:kms:dsse"]),
    ),
    may("Metadata", Shape::Map(&Shape::Text)),
    may("BucketKeyEnabled", Shape::Boolean),
    may("PartsCount", Shape::Number),
    may("TagCount", Shape::Number),
];

const PUT_EVENTS: &[Member] = &[
    may("FailedEntryCount", Shape::Number),
    may(
        "Entries",
        Shape::List(&Shape::Structure(&[
            may("EventId", Shape::Text),
            may("ErrorCode", Shape::Text),
            may("ErrorMessage", Shape::Text),
        ])),
    ),
];

const STARTED_EXECUTION: &[Member] = &[must("ExecutionArn", Shape::TextOf(1)), must("StartDate", Shape::Text)];

const DESCRIBED_EXECUTION: &[Member] = &[
    must("ExecutionArn", Shape::TextOf(1)),
    must("StateMachineArn", Shape::TextOf(1)),
    must("StartDate", Shape::Text),
    must(
        "Status",
        Shape::OneOf(&[
            "RUNNING",
            "SUCCEEDED",
            "FAILED",
            "TIMED_OUT",
            "ABORTED",
            "PENDING_REDRIVE",
        ]),
    ),
    may("Name", Shape::TextOf(1)),
    may("StopDate", Shape::Text),
    may("RedriveCount", Shape::NumberIn(0.0, f64::MAX)),
];

const SENT_MESSAGE: &[Member] = &[
    may("MD5OfMessageBody", Shape::Text),
    may("MD5OfMessageAttributes", Shape::Text),
    may("MessageId", Shape::Text),
    may("SequenceNumber", Shape::Text),
];

const PUBLISHED: &[Member] = &[may("MessageId", Shape::Text), may("SequenceNumber", Shape::Text)];

/// Returns the members of the response to a call.
fn response(integration: &Integration) -> Option<&'static [Member]> {
    let Integration::Service {
        resource_type,
        action,
        pattern,
    } = integration
    else {
        return None;
    };
    let waits = matches!(pattern, IntegrationPattern::Sync | IntegrationPattern::Sync2);
    let service = resource_type.strip_prefix("aws-sdk:").unwrap_or(resource_type);
    match (service, &**action) {
        // What comes by the task token is for its sender to shape.
        _ if *pattern == IntegrationPattern::WaitForTaskToken => None,
        ("lambda", "invoke") => Some(INVOKED_FUNCTION),
        ("lambda", "getFunction") => Some(FUNCTION),
        ("kms", "encrypt") => Some(ENCRYPTED),
        ("s3", "getObject") => Some(OBJECT),
        ("events" | "eventbridge", "putEvents") => Some(PUT_EVENTS),
        ("states" | "sfn", "startExecution") if waits => Some(DESCRIBED_EXECUTION),
        ("states" | "sfn", "startExecution") => Some(STARTED_EXECUTION),
        ("sfn", "describeExecution") => Some(DESCRIBED_EXECUTION),
        ("dynamodb", "getItem") => Some(READ_ITEM),
        ("dynamodb", "putItem" | "updateItem" | "deleteItem") => Some(WRITTEN_ITEM),
        ("sqs", "sendMessage") => Some(SENT_MESSAGE),
        ("sns", "publish") => Some(PUBLISHED),
        _ => None,
    }
}

/// Returns what is wrong with a mocked result. `required` asks for the members that the service always sends.
pub(super) fn complaint(integration: &Integration, result: &Value, required: bool) -> Option<String> {
    let members = response(integration)?;
    check_structure(members, result, "", required)
}

fn check_structure(members: &[Member], value: &Value, field: &str, required: bool) -> Option<String> {
    let Some(object) = value.as_object() else {
        return Some(format!("Field '{field}' must be an object"));
    };
    let missing = members
        .iter()
        .find(|member| required && member.required && !object.contains_key(member.name));
    if let Some(missing) = missing {
        return Some(format!("Required field '{}' is missing", missing.name));
    }
    members
        .iter()
        .find_map(|member| check(&member.shape, object.get(member.name)?, member.name, required))
}

/// Checks one value. Shapes nest a handful of levels deep, whatever the value does.
fn check(shape: &Shape, value: &Value, field: &str, required: bool) -> Option<String> {
    let wrong = |what: &str| Some(format!("Field '{field}' {what}"));
    match (shape, value) {
        (Shape::TextOf(least), Value::String(text)) if text.chars().count() < *least => {
            wrong("is smaller than the minimum length")
        }
        (Shape::OneOf(values), Value::String(text)) if !values.contains(&&**text) => wrong("is not an expected value"),
        (Shape::Any, _)
        | (Shape::Text | Shape::TextOf(_) | Shape::OneOf(_), Value::String(_))
        | (Shape::Boolean, Value::Bool(_))
        | (Shape::Number, Value::Number(_)) => None,
        (Shape::NumberIn(least, most), Value::Number(number)) => {
            let number = Number::as_f64(number);
            if number < *least {
                return wrong("is less than the minimum value");
            }
            if number > *most {
                wrong("exceeds the maximum value")
            } else {
                None
            }
        }
        (Shape::List(item), Value::Array(items)) => items.iter().find_map(|value| check(item, value, field, required)),
        (Shape::Map(item), Value::Object(members)) => members
            .iter()
            .find_map(|(name, value)| check(item, value, name, required)),
        (Shape::Structure(members), Value::Object(_)) => check_structure(members, value, field, required),
        (Shape::Text | Shape::TextOf(_) | Shape::OneOf(_), _) => wrong("must be a string"),
        (Shape::Number | Shape::NumberIn(..), _) => wrong("must be a number"),
        (Shape::Boolean, _) => wrong("must be a boolean"),
        (Shape::List(_), _) => wrong("must be an array"),
        (Shape::Map(_) | Shape::Structure(_), _) => wrong("must be an object"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(service: &str, action: &str, result: &str, required: bool) -> Option<String> {
        let integration = Integration::Service {
            resource_type: service.into(),
            action: action.into(),
            pattern: IntegrationPattern::RequestResponse,
        };
        complaint(&integration, &asl_json::parse_value(result).unwrap(), required)
    }

    #[test]
    fn complaints_name_the_innermost_field() {
        for (service, action, result, expected) in [
            (
                "lambda",
                "invoke",
                r#"{"StatusCode": "200"}"#,
                "Field 'StatusCode' must be a number",
            ),
            (
                "aws-sdk:lambda",
                "getFunction",
                r#"{"Configuration": {"MemorySize": 127}}"#,
                "Field 'MemorySize' is less than the minimum value",
            ),
            (
                "aws-sdk:kms",
                "encrypt",
                r#"{"CiphertextBlob": ""}"#,
                "Field 'CiphertextBlob' is smaller than the minimum length",
            ),
            (
                "aws-sdk:kms",
                "encrypt",
                r#"{"EncryptionAlgorithm": "X"}"#,
                "Field 'EncryptionAlgorithm' is not an expected value",
            ),
            (
                "events",
                "putEvents",
                r#"{"Entries": 1}"#,
                "Field 'Entries' must be an array",
            ),
            (
                "states",
                "startExecution",
                "{}",
                "Required field 'ExecutionArn' is missing",
            ),
        ] {
            assert_eq!(check(service, action, result, true).as_deref(), Some(expected));
        }
    }

    #[test]
    fn unknown_members_services_and_missing_ones_pass() {
        assert_eq!(check("events", "putEvents", r#"{"random": 1}"#, true), None);
        assert_eq!(check("glue", "startJobRun", "[]", true), None);
        assert_eq!(check("states", "startExecution", "{}", false), None);
    }
}
