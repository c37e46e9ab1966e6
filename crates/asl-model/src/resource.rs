//! What a Task calls: the resource ARN and what it means.

use std::sync::Arc;

/// The `Resource` of a Task, an `ItemReader` or a `ResultWriter`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The text as written.
    pub text: Arc<str>,
    /// What it means.
    pub kind: ResourceKind,
}

/// What a resource ARN names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResourceKind {
    /// `arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]`
    Lambda {
        /// The name of the function.
        name: Arc<str>,
        /// Its version or alias.
        qualifier: Option<Arc<str>>,
    },
    /// `arn:aws:states:REGION:ACCOUNT:activity:NAME`
    Activity {
        /// The name of the activity.
        name: Arc<str>,
    },
    /// `arn:aws:states:::SERVICE:ACTION[.PATTERN]`
    Integration(Integration),
    /// Anything else.
    Unknown,
}

/// A service integration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integration {
    /// What events call `resourceType`: `lambda`, `sqs`, `aws-sdk:dynamodb`, `http`.
    pub service: Arc<str>,
    /// The action without its pattern: `invoke`, `sendMessage`.
    pub action: Arc<str>,
    /// How Step Functions waits.
    pub pattern: IntegrationPattern,
}

/// How Step Functions waits for a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegrationPattern {
    /// No suffix: the answer to the call is the result.
    RequestResponse,
    /// `.sync`: until the job is done.
    Sync,
    /// `.sync:2`: as `.sync`, with a nested execution's output as JSON.
    Sync2,
    /// `.waitForTaskToken`: until somebody returns the task token.
    WaitForTaskToken,
}

impl Resource {
    /// Returns the resource that the text names.
    pub fn from_text(text: impl Into<Arc<str>>) -> Resource {
        let text = text.into();
        Resource {
            kind: kind(&text).unwrap_or(ResourceKind::Unknown),
            text,
        }
    }

    /// Returns the integration, where this is one.
    pub fn integration(&self) -> Option<&Integration> {
        if let ResourceKind::Integration(integration) = &self.kind {
            Some(integration)
        } else {
            None
        }
    }
}

impl Integration {
    /// Returns what events call `resource`: the action with the suffix of its pattern, such as `startExecution.sync:2`.
    pub fn resource(&self) -> String {
        format!("{}{}", self.action, self.pattern.suffix())
    }
}

impl IntegrationPattern {
    /// Returns the end of the ARN that asks for the pattern, such as `.sync`; empty for a plain call.
    pub fn suffix(self) -> &'static str {
        match self {
            IntegrationPattern::RequestResponse => "",
            IntegrationPattern::Sync => ".sync",
            IntegrationPattern::Sync2 => ".sync:2",
            IntegrationPattern::WaitForTaskToken => ".waitForTaskToken",
        }
    }
}

fn kind(text: &str) -> Option<ResourceKind> {
    let mut parts = text.splitn(6, ':');
    let (arn, partition) = (parts.next()?, parts.next()?);
    if arn != "arn" || !(partition == "aws" || partition.starts_with("aws-")) {
        return None;
    }
    let (service, region, account, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    match service {
        "lambda" => lambda(rest),
        "states" if region.is_empty() && account.is_empty() => integration(rest),
        // Definitions that are deployed have integrations with region and account, too.
        "states" => activity(rest).or_else(|| integration(rest)),
        _ => None,
    }
}

fn lambda(rest: &str) -> Option<ResourceKind> {
    let function = rest.strip_prefix("function:")?;
    let (name, qualifier): (_, Option<Arc<str>>) = match function.split_once(':') {
        Some((name, qualifier)) => (name, Some(qualifier.into())),
        None => (function, None),
    };
    let is_callable = !name.is_empty() && qualifier.as_deref().is_none_or(is_qualifier);
    is_callable.then(|| ResourceKind::Lambda {
        name: name.into(),
        qualifier,
    })
}

/// Returns true for what may name a version or an alias. Source: Lambda API, `FunctionConfiguration`.
fn is_qualifier(text: &str) -> bool {
    let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    text == "$LATEST" || !text.is_empty() && text.chars().all(belongs)
}

fn activity(rest: &str) -> Option<ResourceKind> {
    let name = rest.strip_prefix("activity:")?;
    (!name.is_empty()).then(|| ResourceKind::Activity { name: name.into() })
}

fn integration(rest: &str) -> Option<ResourceKind> {
    let patterns = [
        IntegrationPattern::Sync2,
        IntegrationPattern::Sync,
        IntegrationPattern::WaitForTaskToken,
    ];
    let pattern = patterns.into_iter().find(|pattern| rest.ends_with(pattern.suffix()));
    let pattern = pattern.unwrap_or(IntegrationPattern::RequestResponse);
    let call = rest.strip_suffix(pattern.suffix())?;
    let (service, action) = call.rsplit_once(':')?;
    (!service.is_empty() && !action.is_empty()).then(|| {
        ResourceKind::Integration(Integration {
            service: service.into(),
            action: action.into(),
            pattern,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_integrations() {
        for (text, service, resource) in [
            ("arn:aws:states:::lambda:invoke", "lambda", "invoke"),
            (
                "arn:aws:states:::states:startExecution.sync:2",
                "states",
                "startExecution.sync:2",
            ),
            ("arn:aws:states:::ecs:runTask.sync", "ecs", "runTask.sync"),
            ("arn:aws:states:::aws-sdk:s3:getObject", "aws-sdk:s3", "getObject"),
            (
                "arn:aws-cn:states:::sqs:sendMessage.waitForTaskToken",
                "sqs",
                "sendMessage.waitForTaskToken",
            ),
            (
                "arn:aws:states:us-east-1:123456789012:aws-sdk:s3:getObject",
                "aws-sdk:s3",
                "getObject",
            ),
        ] {
            let parsed = Resource::from_text(text);
            let integration = parsed.integration().unwrap();
            assert_eq!((&*integration.service, &*integration.resource()), (service, resource));
        }
    }

    #[test]
    fn reads_functions_and_activities() {
        let lambda = Resource::from_text("arn:aws:lambda:us-east-1:123456789012:function:pack:live");
        assert_eq!(
            lambda.kind,
            ResourceKind::Lambda {
                name: "pack".into(),
                qualifier: Some("live".into())
            }
        );
        let activity = Resource::from_text("arn:aws:states:us-east-1:123456789012:activity:pack");
        assert_eq!(activity.kind, ResourceKind::Activity { name: "pack".into() });
    }

    #[test]
    fn anything_else_is_unknown() {
        for text in [
            "",
            "pack",
            "arn:aws:s3:::bucket",
            "arn:aws:states:::lambda",
            "arn:aws:lambda:r:a:layer:x",
            "arn:aws:lambda:us-east-1:123456789012:function:pack:",
            "arn:aws:lambda:us-east-1:123456789012:function:pack:$*#",
            "arn:azure:states:::lambda:invoke",
        ] {
            assert_eq!(Resource::from_text(text).kind, ResourceKind::Unknown, "{text}");
        }
    }
}
