//! What is known of optimized integrations in full: their actions, how they can be waited for, and what they require.
//!
//! Source: Step Functions Developer Guide, "Integrating optimized services", and the API reference of each service.

use crate::resource::{Integration, IntegrationPattern};

/// An action of an optimized integration.
#[derive(Clone, Copy, Debug)]
pub struct OptimizedAction {
    /// Such as `sqs`.
    pub service: &'static str,
    /// Such as `sendMessage`.
    pub action: &'static str,
    /// How it can be waited for, apart from a plain call.
    pub patterns: &'static [IntegrationPattern],
    /// The parameters without which it refuses to run.
    pub required: &'static [&'static str],
}

const fn row(
    service: &'static str,
    action: &'static str,
    patterns: &'static [IntegrationPattern],
    required: &'static [&'static str],
) -> OptimizedAction {
    OptimizedAction {
        service,
        action,
        patterns,
        required,
    }
}

const JOB: &[IntegrationPattern] = &[IntegrationPattern::Sync];
const TOKEN: &[IntegrationPattern] = &[IntegrationPattern::WaitForTaskToken];
const JOB_OR_TOKEN: &[IntegrationPattern] = &[IntegrationPattern::Sync, IntegrationPattern::WaitForTaskToken];
const EVERY: &[IntegrationPattern] = &[
    IntegrationPattern::Sync,
    IntegrationPattern::Sync2,
    IntegrationPattern::WaitForTaskToken,
];

/// The services of which every action is here, grouped by service.
pub static OPTIMIZED_ACTIONS: [OptimizedAction; 15] = [
    row("lambda", "invoke", TOKEN, &["FunctionName"]),
    row("dynamodb", "getItem", &[], &["TableName", "Key"]),
    row("dynamodb", "putItem", &[], &["TableName", "Item"]),
    row("dynamodb", "updateItem", &[], &["TableName", "Key"]),
    row("dynamodb", "deleteItem", &[], &["TableName", "Key"]),
    row("sns", "publish", TOKEN, &["Message"]),
    row("sqs", "sendMessage", TOKEN, &["QueueUrl", "MessageBody"]),
    row("events", "putEvents", TOKEN, &["Entries"]),
    row("apigateway", "invoke", TOKEN, &["ApiEndpoint", "Method"]),
    row("http", "invoke", &[], &["ApiEndpoint", "Method"]),
    row("states", "startExecution", EVERY, &["StateMachineArn"]),
    row("batch", "submitJob", JOB, &["JobDefinition", "JobName", "JobQueue"]),
    row("ecs", "runTask", JOB_OR_TOKEN, &["TaskDefinition"]),
    row("mediaconvert", "createJob", JOB, &["Role", "Settings"]),
    row("glue", "startJobRun", JOB, &["JobName"]),
];

/// Returns what is known of an integration.
pub(crate) fn find(integration: &Integration) -> Option<&'static OptimizedAction> {
    of_service(&integration.service).find(|action| action.action == &*integration.action)
}

/// Returns all actions of a service; none where the service is not known in full.
pub(crate) fn of_service(service: &str) -> impl Iterator<Item = &'static OptimizedAction> {
    OPTIMIZED_ACTIONS.iter().filter(move |action| action.service == service)
}
