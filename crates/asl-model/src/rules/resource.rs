//! The `Resource` of a Task names nothing that Step Functions can call.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.sync", "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Z" }
//! ```
//!
//! That is an ARN of a Lambda function, an activity or an integration, with a pattern that the integration has. A
//! `${Name}` that a deployment tool fills in is left alone, here and everywhere.

use super::{Context, suggest};
use crate::diagnostic::Diagnostic;
use crate::integration;
use crate::resource::{Integration, IntegrationPattern, Resource, ResourceKind};
use crate::state::{State, StateKind};

pub(super) fn check(context: &Context, state: &State) -> Vec<Diagnostic> {
    let StateKind::Task(task) = &state.kind else {
        return Vec::new();
    };
    let is_text = state.raw.get("Resource").is_some_and(|text| text.as_str().is_some());
    let Some(help) = complaint(&task.resource).filter(|_| is_text) else {
        return Vec::new();
    };
    let message = format!(
        "The resource provided {} is not recognized. The value is not a valid resource ARN, or the resource is not \
         available in this region.",
        task.resource.text
    );
    vec![context.schema(&state.location.member("Resource"), message, help)]
}

fn complaint(resource: &Resource) -> Option<String> {
    match &resource.kind {
        ResourceKind::Lambda { .. } | ResourceKind::Activity { .. } => None,
        ResourceKind::Unknown => Some(
            "Write an ARN: of a function, of an activity, or of an integration such as arn:aws:states:::lambda:invoke."
                .into(),
        ),
        ResourceKind::Integration(integration) => integration_complaint(integration),
    }
}

fn integration_complaint(integration: &Integration) -> Option<String> {
    let is_sync = matches!(
        integration.pattern,
        IntegrationPattern::Sync | IntegrationPattern::Sync2
    );
    if integration.service.starts_with("aws-sdk:") {
        return is_sync.then(|| "SDK integrations have no \".sync\".".to_owned());
    }
    let (service, action) = (&*integration.service, &*integration.action);
    let actions: Vec<&str> = integration::of_service(service).map(|known| known.action).collect();
    if actions.is_empty() {
        return None;
    }
    let Some(known) = integration::find(integration) else {
        let guess = suggest::did_you_mean(action, actions.iter().copied());
        return Some(format!(
            "The integration with {service} has these actions: {}.{guess} Others can be called as aws-sdk:{service}:{action}.",
            actions.join(", "),
        ));
    };
    let is_plain = integration.pattern == IntegrationPattern::RequestResponse;
    if is_plain || known.patterns.contains(&integration.pattern) {
        return None;
    }
    let written: Vec<&str> = known.patterns.iter().map(|pattern| pattern.suffix()).collect();
    let others = if written.is_empty() {
        "only the plain call".to_owned()
    } else {
        format!("{} and the plain call", written.join(", "))
    };
    let suffix = integration.pattern.suffix();
    Some(format!("{service}:{action} has no \"{suffix}\"; there is {others}."))
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let task = |arn: &str| with_state(&format!(r#"{{"Type": "Task", "Resource": "{arn}", "Next": "Z"}}"#));
        for (wrong, right) in [
            ("pack", "arn:aws:lambda:us-east-1:123456789012:function:pack"),
            (
                "arn:aws:states:::dynamodb:query",
                "arn:aws:states:::aws-sdk:dynamodb:query",
            ),
            (
                "arn:aws:states:::aws-sdk:s3:getObject.sync",
                "arn:aws:states:::glue:startJobRun.sync",
            ),
            (
                "arn:aws:states:::lambda:invoke.sync",
                "arn:aws:states:::states:startExecution.sync:2",
            ),
            ("arn:aws:states:::dynamodb:getItem.waitForTaskToken", "${Function}"),
        ] {
            let expected = format!(
                "SCHEMA_VALIDATION_FAILED: The resource provided {wrong} is not recognized. The value is not a valid \
                 resource ARN, or the resource is not available in this region. at /States/S/Resource"
            );
            check_samples(&task(wrong), &expected, &task(right));
        }
    }
}
