//! The shapes of AWS's responses, for answers that state only what matters.

use std::sync::Arc;

use asl_core::{Integration, IntegrationPattern, TaskRequest, Timestamp};
use asl_json::Value;

use crate::answer::{Delivery, FunctionError, Report};

/// Returns the name of the Lambda function that a task calls: by its ARN, or by `lambda:invoke`.
pub fn function_name(task: &TaskRequest) -> Option<Arc<str>> {
    match &task.integration {
        Integration::LambdaFunction => name_in_arn(&task.resource),
        Integration::Service {
            resource_type, action, ..
        } if &**resource_type == "lambda" && &**action == "invoke" => {
            name_in_arn(task.input.get("FunctionName")?.as_str()?)
        }
        _ => None,
    }
}

/// Returns the name in `arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]`, `NAME:QUALIFIER` or `NAME`.
fn name_in_arn(text: &str) -> Option<Arc<str>> {
    let name = match text.split_once(":function:") {
        Some((_, name)) => name,
        None => text,
    };
    let name = name.split(':').next().unwrap_or(name);
    (!name.is_empty()).then(|| name.into())
}

/// Returns what a Lambda function receives as its event: the task's input, or the `Payload` of `lambda:invoke`.
///
/// A `Payload` that is a string reaches the function as raw JSON text. A missing one is an empty object.
pub fn function_payload(task: &TaskRequest) -> Value {
    if task.integration == Integration::LambdaFunction {
        return task.input.clone();
    }
    match task.input.get("Payload") {
        None | Some(Value::Null) => Value::empty_object(),
        Some(Value::String(text)) => asl_json::parse_value(text).unwrap_or_else(|_| Value::String(text.clone())),
        Some(payload) => payload.clone(),
    }
}

/// Returns the result of a task whose Lambda function returned this value: the value itself, or around it the response
/// of `lambda:invoke`.
pub fn function_result(task: &TaskRequest, returned: Value) -> Value {
    if !matches!(task.integration, Integration::Service { .. }) {
        return returned;
    }
    let length = returned.text_bytes();
    let mut response = vec![("ExecutedVersion", Value::from("$LATEST")), ("Payload", returned)];
    response.extend(sdk_metadata(task, "application/json", length));
    response.push(("StatusCode", Value::from(200)));
    Value::object(response)
}

/// Returns `SdkHttpMetadata` and `SdkResponseMetadata`, which optimized integrations add to what the service answered.
pub(crate) fn sdk_metadata(task: &TaskRequest, content_type: &str, length: usize) -> Vec<(&'static str, Value)> {
    let request_id = Value::from(request_id(task));
    let length = Value::from(length.to_string());
    let headers = [
        ("Connection", Value::from("keep-alive")),
        ("Content-Length", length),
        ("Content-Type", Value::from(content_type)),
        ("x-amzn-RequestId", request_id.clone()),
    ];
    let all = headers
        .iter()
        .map(|(name, value)| (*name, Value::array([value.clone()])));
    let metadata = Value::object([
        ("AllHttpHeaders", Value::object(all)),
        ("HttpHeaders", Value::object(headers.clone())),
        ("HttpStatusCode", Value::from(200)),
    ]);
    vec![
        ("SdkHttpMetadata", metadata),
        ("SdkResponseMetadata", Value::object([("RequestId", request_id)])),
    ]
}

/// Returns an id in the form of a UUID that is always the same for the same attempt.
fn request_id(task: &TaskRequest) -> String {
    let seed = format!("{}/{}", task.execution_arn, task.token.0);
    let hash = |start: u64| {
        seed.bytes().fold(start, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
    };
    let (high, low) = (hash(0xcbf2_9ce4_8422_2325), hash(0x6c62_272e_07bb_0142));
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        (low >> 48) & 0xfff,
        low & 0xffff_ffff_ffff
    )
}

/// Returns what comes before a task's end: an activity's worker takes it up, a job's submission is answered.
pub(crate) fn preliminaries(task: &TaskRequest) -> Vec<Delivery> {
    match &task.integration {
        Integration::Activity => vec![Delivery::now(Report::ActivityStarted { worker_name: None })],
        Integration::Service {
            pattern: IntegrationPattern::RequestResponse,
            ..
        }
        | Integration::LambdaFunction => Vec::new(),
        Integration::Service { .. } => vec![Delivery::now(Report::Submitted(submitted(task)))],
    }
}

fn submitted(task: &TaskRequest) -> Value {
    if function_name(task).is_some() {
        return function_result(task, Value::Null);
    }
    Value::object(sdk_metadata(task, "application/json", 2))
}

/// Returns the end of a task whose mocked function returned or threw.
pub(crate) fn function_end(task: &TaskRequest, outcome: Result<Value, FunctionError>) -> Report {
    match outcome {
        Ok(value) if function_name(task).is_some() && answers_at_once(task) => {
            Report::Success(function_result(task, value))
        }
        Ok(value) => Report::Success(value),
        Err(error) => Report::Failure {
            cause: Some(error.cause().to_string().into()),
            error: Some(error.name.into()),
        },
    }
}

/// Virtual milliseconds that pass until a mocked function without end is given up.
pub(crate) const FUNCTION_TIMEOUT_MS: i64 = 1000;

/// Returns the end of a task whose function was given up at an instant. Lambda answers without an error type then, which
/// Step Functions reports as `Lambda.Unknown`; any other task runs out of its own time.
pub(crate) fn out_of_time(task: &TaskRequest, end: Timestamp) -> Report {
    if function_name(task).is_none() {
        return Report::TimedOut;
    }
    let seconds = FUNCTION_TIMEOUT_MS / 1000;
    let message = format!("{end} {} Task timed out after {seconds}.00 seconds", request_id(task));
    let payload = Value::object([("errorMessage", Value::from(message))]);
    let cause = format!(
        "The cause could not be determined because Lambda did not return an error type. Returned payload: {payload}"
    );
    Report::Failure {
        error: Some("Lambda.Unknown".into()),
        cause: Some(cause.into()),
    }
}

fn answers_at_once(task: &TaskRequest) -> bool {
    !matches!(
        &task.integration,
        Integration::Service {
            pattern: IntegrationPattern::WaitForTaskToken,
            ..
        }
    )
}

/// Returns the second argument of a Lambda handler, with what a mock can know.
pub(crate) fn function_context(task: &TaskRequest) -> Value {
    let name = function_name(task).unwrap_or_else(|| task.state.clone());
    Value::object([
        ("functionName", Value::from(name)),
        ("functionVersion", Value::from("$LATEST")),
        ("invokedFunctionArn", Value::from(task.resource.clone())),
        ("awsRequestId", Value::from(request_id(task))),
        ("state", Value::from(task.state.clone())),
        ("retryCount", Value::from(i64::from(task.retry_count))),
        ("invocation", Value::from(i64::from(task.invocation))),
    ])
}

/// Returns the answer to a task that nobody mocked: it returns its own input.
pub(crate) fn echo(task: &TaskRequest) -> Report {
    if function_name(task).is_some() {
        return function_end(task, Ok(function_payload(task)));
    }
    Report::Success(task.input.clone())
}
