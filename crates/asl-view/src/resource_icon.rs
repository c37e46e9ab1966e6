//! The glyph of what a Task calls.

use asl_drawing::Icon;
use asl_model::{Resource, ResourceKind};

/// Returns the glyph of what a Task calls.
pub(crate) fn resource_icon(resource: &Resource) -> Icon {
    let integration = match &resource.kind {
        ResourceKind::Lambda { .. } => return Icon::Lambda,
        ResourceKind::Activity { .. } => return Icon::Activity,
        ResourceKind::Unknown => return Icon::AwsSdk,
        ResourceKind::Integration(integration) => integration,
    };
    let service = &*integration.service;
    match service.strip_prefix("aws-sdk:").unwrap_or(service) {
        "lambda" => Icon::Lambda,
        "dynamodb" => Icon::DynamoDb,
        "s3" => Icon::S3,
        "sqs" => Icon::Sqs,
        "sns" => Icon::Sns,
        "events" | "eventbridge" => Icon::Events,
        "states" | "sfn" => Icon::StepFunctions,
        "http" | "apigateway" => Icon::Http,
        _ => Icon::AwsSdk,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_have_glyphs() {
        for (text, expected) in [
            ("arn:aws:lambda:us-east-1:123456789012:function:a", Icon::Lambda),
            ("arn:aws:states:::lambda:invoke", Icon::Lambda),
            ("arn:aws:states:::aws-sdk:dynamodb:putItem", Icon::DynamoDb),
            ("arn:aws:states:::states:startExecution.sync:2", Icon::StepFunctions),
            ("arn:aws:states:::glue:startJobRun", Icon::AwsSdk),
            ("arn:aws:states:us-east-1:123456789012:activity:a", Icon::Activity),
        ] {
            assert_eq!(resource_icon(&Resource::from_text(text)), expected, "{text}");
        }
    }
}
