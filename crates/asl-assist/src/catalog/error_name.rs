//! Error names.

use super::Documentation;

/// What an error name means.
pub(crate) type ErrorDoc = (&'static str, &'static str);

const RESERVED: [ErrorDoc; 17] = [
    (
        "States.ALL",
        "Matches every error except States.Runtime and, the service says, States.DataLimitExceeded. It stands alone and last.",
    ),
    (
        "States.TaskFailed",
        "Matches every error of a task except States.Timeout; also the error of a job that ended badly.",
    ),
    (
        "States.Timeout",
        "The task took longer than \"TimeoutSeconds\", or was silent for longer than \"HeartbeatSeconds\".",
    ),
    (
        "States.HeartbeatTimeout",
        "The task was silent for longer than \"HeartbeatSeconds\".",
    ),
    (
        "States.Permissions",
        "The role of the state machine is not allowed to do what the task asks for.",
    ),
    (
        "States.QueryEvaluationError",
        "A JSONata expression failed, gave nothing, or gave a value of the wrong type.",
    ),
    ("States.IntrinsicFailure", "An intrinsic function failed."),
    (
        "States.DataLimitExceeded",
        "An input, result or output is larger than 256 KiB.",
    ),
    (
        "States.ExceedToleratedFailureThreshold",
        "More items of a Map failed than it tolerates.",
    ),
    ("States.ItemReaderFailed", "A Map could not read its items."),
    ("States.ResultWriterFailed", "A Map could not write its results."),
    (
        "States.BranchFailed",
        "A branch of a Parallel failed. In practice the branch's own error is reported.",
    ),
    (
        "States.NoChoiceMatched",
        "No rule of a Choice held and it has no \"Default\". It cannot be caught at the Choice.",
    ),
    (
        "States.ParameterPathFailure",
        "A path in \"Parameters\" found nothing. In practice States.Runtime is reported.",
    ),
    (
        "States.ResultPathMatchFailure",
        "\"ResultPath\" cannot be applied to the state's input.",
    ),
    (
        "States.Runtime",
        "The definition and the data do not fit together. It can be neither retried nor caught.",
    ),
    ("States.Http.Socket", "An HTTP task took longer than 60 seconds."),
];

/// Errors by service of the resource.
const SERVICES: [(&str, &[ErrorDoc]); 13] = [
    (
        "lambda",
        &[
            (
                "Lambda.ServiceException",
                "Lambda had a fault of its own. Worth a retry.",
            ),
            (
                "Lambda.AWSLambdaException",
                "Lambda had a fault of its own. Worth a retry.",
            ),
            (
                "Lambda.SdkClientException",
                "Lambda could not be reached. Worth a retry.",
            ),
            (
                "Lambda.ClientExecutionTimeoutException",
                "Lambda did not answer in time. Worth a retry.",
            ),
            (
                "Lambda.TooManyRequestsException",
                "Lambda is throttling. Worth a retry.",
            ),
            (
                "Lambda.Unknown",
                "The function ended without naming an error: out of time, out of memory, or a crash.",
            ),
            ("Lambda.ResourceNotFoundException", "There is no such function."),
            ("Sandbox.Timedout", "The function ran out of its time."),
            ("Runtime.ExitError", "The function's process ended."),
        ],
    ),
    (
        "dynamodb",
        &[
            (
                "DynamoDB.ConditionalCheckFailedException",
                "The condition of the request does not hold.",
            ),
            (
                "DynamoDB.ProvisionedThroughputExceededException",
                "The table is throttling. Worth a retry.",
            ),
            ("DynamoDB.ResourceNotFoundException", "There is no such table."),
            ("DynamoDB.AmazonDynamoDBException", "DynamoDB refused the request."),
        ],
    ),
    (
        "aws-sdk:dynamodb",
        &[
            (
                "DynamoDb.ConditionalCheckFailedException",
                "The condition of the request does not hold.",
            ),
            ("DynamoDb.ResourceNotFoundException", "There is no such table."),
            ("DynamoDb.DynamoDbException", "DynamoDB refused the request."),
        ],
    ),
    (
        "sns",
        &[
            ("SNS.NotFoundException", "There is no such topic."),
            ("SNS.InvalidParameterException", "SNS refused the request."),
        ],
    ),
    (
        "sqs",
        &[
            ("SQS.QueueDoesNotExistException", "There is no such queue."),
            ("SQS.AmazonSQSException", "SQS refused the request."),
            ("SQS.SdkClientException", "SQS could not be reached."),
        ],
    ),
    (
        "events",
        &[("EventBridge.FailedEntry", "EventBridge did not take one of the events.")],
    ),
    (
        "states",
        &[
            (
                "StepFunctions.ExecutionLimitExceededException",
                "Too many executions are going on. Worth a retry.",
            ),
            (
                "StepFunctions.ExecutionAlreadyExistsException",
                "An execution of that name exists with another input.",
            ),
            (
                "StepFunctions.StateMachineDoesNotExistException",
                "There is no such state machine.",
            ),
        ],
    ),
    (
        "ecs",
        &[
            ("AmazonECS.Unknown", "ECS could not start the task."),
            ("ECS.AmazonECSException", "ECS refused the request."),
        ],
    ),
    (
        "glue",
        &[
            (
                "Glue.ConcurrentRunsExceededException",
                "The job is running too often already. Worth a retry.",
            ),
            ("Glue.EntityNotFoundException", "There is no such job."),
        ],
    ),
    (
        "batch",
        &[
            ("Batch.ClientException", "Batch refused the request."),
            ("Batch.ServerException", "Batch had a fault of its own. Worth a retry."),
        ],
    ),
    (
        "aws-sdk:s3",
        &[
            ("S3.NoSuchKeyException", "There is no such object."),
            ("S3.NoSuchBucketException", "There is no such bucket."),
        ],
    ),
    (
        "apigateway",
        &[
            (
                "ApiGateway.404",
                "The API answered with this status; any other can be named the same way.",
            ),
            ("ApiGateway.500", "The API had a fault of its own."),
        ],
    ),
    (
        "http",
        &[
            (
                "States.Http.StatusCode.429",
                "The endpoint answered with this status; any other can be named the same way.",
            ),
            (
                "States.Http.StatusCode.503",
                "The endpoint is not available. Worth a retry.",
            ),
            ("States.Http.Socket", "The endpoint took longer than 60 seconds."),
            (
                "Events.ConnectionResource.InvalidConnectionState",
                "The EventBridge connection is not authorized.",
            ),
        ],
    ),
];

/// Returns the errors that Step Functions itself names.
pub(crate) fn reserved_errors() -> &'static [ErrorDoc] {
    &RESERVED
}

/// Returns errors that a service is known for, by the service of the resource: `lambda`, `aws-sdk:s3`.
pub(crate) fn errors_of_service(service: &str) -> &'static [ErrorDoc] {
    SERVICES
        .iter()
        .find(|(name, _)| *name == service)
        .map_or(&[], |(_, errors)| errors)
}

/// Returns what an error name means.
pub(crate) fn error_doc(name: &str) -> Option<Documentation> {
    let services = SERVICES.iter().flat_map(|(_, errors)| errors.iter());
    let (_, text) = RESERVED.iter().chain(services).find(|(known, _)| *known == name)?;
    let source = if name.starts_with("States.") {
        "Amazon States Language specification, \"Errors\""
    } else {
        "Step Functions Developer Guide, \"Handling errors\""
    };
    Some(Documentation::new(*text, source))
}
