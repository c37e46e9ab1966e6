//! Task answers that are worked out: what the functions and services of a case's `tasks` do.

use std::fmt::Write as _;

use asl_cli::javascript::{self, CallError, CallOptions};
use asl_core::{Integration, TaskRequest};
use asl_host::{Delivery, FunctionError, Report, function_name, function_payload, function_result};
use asl_json::Value;

use crate::case::Case;

/// The functions and services of a case.
#[derive(Debug)]
pub struct Handlers {
    tasks: Vec<Value>,
    resources: Vec<Value>,
}

impl Handlers {
    /// Reads `tasks` and `resources` of a case.
    pub fn new(case: &Case) -> Handlers {
        Handlers {
            tasks: case.list("tasks").to_vec(),
            resources: case.list("resources").to_vec(),
        }
    }

    /// Returns what a task reports, or `None` where nothing here can tell.
    pub fn answer(&self, task: &TaskRequest) -> Option<Vec<Delivery>> {
        if function_name(task).is_some() {
            return self.function(task);
        }
        match &task.integration {
            Integration::Service {
                resource_type, action, ..
            } if &**resource_type == "dynamodb" && &**action == "getItem" => {
                Some(vec![Delivery::now(Report::Success(self.item(task)))])
            }
            _ => None,
        }
    }

    fn function(&self, task: &TaskRequest) -> Option<Vec<Delivery>> {
        let name = function_name(task)?;
        let text = |task: &Value, member: &str| task.get(member).and_then(Value::as_str).map(str::to_owned);
        let of_name = |task: &&Value| text(task, "name").as_deref() == Some(&*name);
        let function = self.tasks.iter().find(of_name)?;
        let report = match text(function, "handler")?.as_str() {
            "echo" => Report::Success(function_result(task, function_payload(task))),
            "return" => Report::Success(function_result(
                task,
                function.get("value").cloned().unwrap_or_default(),
            )),
            "fail" => failure(task, function),
            "js" => run(task, &text(function, "js")?),
            "missing" => not_found(task, &name),
            _ => return None,
        };
        let seconds = function.get("delaySeconds").and_then(Value::as_i64).unwrap_or(0);
        Some(vec![Delivery {
            after_ms: seconds * 1000,
            report,
        }])
    }

    fn item(&self, task: &TaskRequest) -> Value {
        let table = task.input.get("TableName");
        let key = task.input.get("Key").and_then(Value::as_object);
        let found = self.resources.iter().find_map(|resource| {
            let item = resource.get("item").filter(|_| resource.get("table") == table)?;
            let mut members = key?.iter();
            members
                .all(|(name, value)| item.get(name) == Some(value))
                .then_some(item)
        });
        Value::object(found.map(|item| ("Item", item.clone())))
    }
}

fn run(task: &TaskRequest, body: &str) -> Report {
    let source = format!("export default (event) => {{ {body} }}");
    let options = CallOptions::default();
    match javascript::call(&source, &function_payload(task), &Value::empty_object(), &options) {
        Ok(returned) => Report::Success(function_result(task, returned.value)),
        Err(CallError::Threw(FunctionError { name, message, .. })) => {
            let cause = Value::object(
                [("errorMessage", message.as_str()), ("errorType", name.as_str())]
                    .map(|(name, value)| (name, Value::from(value))),
            );
            Report::Failure {
                error: Some(name.as_str().into()),
                cause: Some(cause.to_string().into()),
            }
        }
        Err(CallError::OutOfTime) => Report::TimedOut,
    }
}

fn not_found(task: &TaskRequest, name: &str) -> Report {
    let arn = if task.resource.contains(":function:") {
        task.resource.to_string()
    } else {
        let account = task
            .execution_arn
            .splitn(6, ':')
            .skip(3)
            .take(2)
            .collect::<Vec<_>>()
            .join(":");
        format!("arn:aws:lambda:{account}:function:{name}")
    };
    let cause = format!(
        "Function not found: {arn} (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; \
         Request ID: 00000000-0000-4000-8000-000000000000; Proxy: null)"
    );
    Report::Failure {
        error: Some("Lambda.ResourceNotFoundException".into()),
        cause: Some(cause.into()),
    }
}

/// Returns the failure of a Python function that raises. A function called by its ARN keeps the spacing of Python's JSON,
/// `lambda:invoke` writes the text anew.
fn failure(task: &TaskRequest, function: &Value) -> Report {
    let text = |name| function.get(name).and_then(Value::as_str).unwrap_or("Exception");
    let cause = function.get("cause").cloned().unwrap_or_else(|| {
        let (error, message) = (text("error"), text("errorMessage"));
        let line = format!("  File \"/var/task/handler.py\", line 2, in handler\n    raise {error}(\"{message}\")\n");
        Value::object([
            ("errorMessage", Value::from(message)),
            ("errorType", Value::from(error)),
            ("requestId", Value::from("00000000-0000-4000-8000-000000000000")),
            ("stackTrace", Value::array([Value::from(line)])),
        ])
    });
    let cause = match &cause {
        Value::String(text) => text.to_string(),
        _ if task.integration == Integration::LambdaFunction => spaced(&cause),
        _ => cause.to_string(),
    };
    Report::Failure {
        error: Some(text("error").into()),
        cause: Some(cause.into()),
    }
}

/// Writes JSON with a blank after commas and colons. The values nest as deep as a case file.
fn spaced(value: &Value) -> String {
    let mut text = String::new();
    match value {
        Value::Object(members) => {
            for (index, (name, value)) in members.iter().enumerate() {
                let before = if index == 0 { "{" } else { ", " };
                let _ = write!(text, "{before}{}: {}", Value::from(name.clone()), spaced(value));
            }
            text.push_str(if members.is_empty() { "{}" } else { "}" });
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(spaced).collect();
            let _ = write!(text, "[{}]", items.join(", "));
        }
        _ => text = value.to_string(),
    }
    text
}
