//! The `Resource` of a Task names nothing that Step Functions can call.
//!
//! Wrong: `"Resource": "pack"`. Right: `"Resource": "arn:aws:states:::lambda:invoke"`.

use super::{Context, suggest};
use crate::diagnostic::Diagnostic;
use crate::resource::{Integration, IntegrationPattern, Resource, ResourceKind};
use crate::state::StateKind;

/// The actions of optimized integrations that are known in full. Source: Step Functions Developer Guide, "Integrating
/// optimized services".
const ACTIONS: [(&str, &[&str]); 12] = [
    ("lambda", &["invoke"]),
    ("dynamodb", &["getItem", "putItem", "deleteItem", "updateItem"]),
    ("sns", &["publish"]),
    ("sqs", &["sendMessage"]),
    ("events", &["putEvents"]),
    ("apigateway", &["invoke"]),
    ("http", &["invoke"]),
    ("states", &["startExecution"]),
    ("batch", &["submitJob"]),
    ("ecs", &["runTask"]),
    ("mediaconvert", &["createJob"]),
    ("glue", &["startJobRun"]),
];

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let tasks = context.definition.states().filter_map(|state| match &state.kind {
        StateKind::Task(task) if state.raw.get("Resource").is_some_and(|text| text.as_str().is_some()) => {
            Some((state, &task.resource))
        }
        _ => None,
    });
    let wrong = tasks.filter_map(|(state, resource)| {
        let help = complaint(resource)?;
        let message = format!(
            "The resource provided {} is not recognized. The value is not a valid resource ARN, or the resource is not \
             available in this region.",
            resource.text
        );
        Some(context.schema(&state.location.member("Resource"), message, help))
    });
    wrong.collect()
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
    let (_, actions) = ACTIONS.iter().find(|(service, _)| *service == &*integration.service)?;
    if actions.contains(&&*integration.action) {
        return None;
    }
    let guess = suggest::did_you_mean(&integration.action, actions.iter().copied());
    Some(format!(
        "The integration with {} has these actions: {}.{guess} Others can be called as aws-sdk:{}:{}.",
        integration.service,
        actions.join(", "),
        integration.service,
        integration.action
    ))
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
        ] {
            let expected = format!(
                "SCHEMA_VALIDATION_FAILED: The resource provided {wrong} is not recognized. The value is not a valid \
                 resource ARN, or the resource is not available in this region. at /States/S/Resource"
            );
            check_samples(&task(wrong), &expected, &task(right));
        }
    }
}
