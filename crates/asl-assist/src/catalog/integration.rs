//! The optimized service integrations: what they do, how they can be waited for, and their parameters.
//!
//! Source: Step Functions Developer Guide, "Integrating optimized services", and the API reference of each service.

use asl_model::{IntegrationPattern, Resource, ResourceKind};

use super::Documentation;

/// An action of a service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ActionDoc {
    /// Such as `sqs`.
    pub(crate) service: &'static str,
    /// Such as `sendMessage`.
    pub(crate) action: &'static str,
    patterns: &'static str,
    text: &'static str,
    required: &'static str,
    optional: &'static str,
}

/// A parameter of an action.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    /// Its name.
    pub(crate) name: &'static str,
    /// True where the action refuses to run without it.
    pub(crate) is_required: bool,
    /// What kind of value it has, for a snippet.
    pub(crate) kind: ParameterKind,
}

/// What kind of value a parameter has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParameterKind {
    /// A string.
    Text,
    /// An object.
    Object,
    /// An array.
    Array,
    /// A number.
    Number,
    /// A boolean.
    Bool,
}

/// `S` stands for `.sync`, `2` for `.sync:2`, `T` for `.waitForTaskToken`. Parameters are separated by spaces; one that
/// ends in `{`, `[`, `#` or `?` is an object, array, number or boolean.
const fn row(
    service: &'static str,
    action: &'static str,
    patterns: &'static str,
    text: &'static str,
    required: &'static str,
    optional: &'static str,
) -> ActionDoc {
    ActionDoc {
        service,
        action,
        patterns,
        text,
        required,
        optional,
    }
}

const WRITES: &str = "ConditionalOperator ConditionExpression Expected{ ExpressionAttributeNames{ \
    ExpressionAttributeValues{ ReturnConsumedCapacity ReturnItemCollectionMetrics ReturnValues";

static ACTIONS: [ActionDoc; 66] = [
    row(
        "lambda",
        "invoke",
        "T",
        "Invokes a Lambda function. Its answer is in \"Payload\" of the result.",
        "FunctionName",
        "Payload{ InvocationType Qualifier ClientContext LogType",
    ),
    row(
        "dynamodb",
        "getItem",
        "",
        "Reads one item of a table.",
        "TableName Key{",
        "AttributesToGet[ ConsistentRead? ExpressionAttributeNames{ ProjectionExpression ReturnConsumedCapacity",
    ),
    row(
        "dynamodb",
        "putItem",
        "",
        "Writes one item of a table, replacing what was there.",
        "TableName Item{",
        WRITES,
    ),
    row(
        "dynamodb",
        "updateItem",
        "",
        "Changes attributes of one item of a table.",
        "TableName Key{",
        "UpdateExpression AttributeUpdates{ ConditionalOperator ConditionExpression Expected{ ExpressionAttributeNames{ ExpressionAttributeValues{ ReturnConsumedCapacity ReturnItemCollectionMetrics ReturnValues",
    ),
    row(
        "dynamodb",
        "deleteItem",
        "",
        "Deletes one item of a table.",
        "TableName Key{",
        WRITES,
    ),
    row(
        "sns",
        "publish",
        "T",
        "Publishes a message to a topic, a phone or an endpoint.",
        "Message",
        "TopicArn TargetArn PhoneNumber Subject MessageAttributes{ MessageStructure MessageDeduplicationId MessageGroupId",
    ),
    row(
        "sqs",
        "sendMessage",
        "T",
        "Puts a message into a queue.",
        "QueueUrl MessageBody",
        "DelaySeconds# MessageAttributes{ MessageDeduplicationId MessageGroupId",
    ),
    row(
        "events",
        "putEvents",
        "T",
        "Sends events to EventBridge.",
        "Entries[",
        "",
    ),
    row(
        "states",
        "startExecution",
        "S2T",
        "Starts an execution of another state machine. With .sync:2 its output is JSON, with .sync a string of JSON.",
        "StateMachineArn",
        "Input{ Name TraceHeader",
    ),
    row(
        "http",
        "invoke",
        "",
        "Calls an HTTPS endpoint with the credentials of an EventBridge connection.",
        "ApiEndpoint Method Authentication{",
        "InvocationConfig{ Headers{ QueryParameters{ RequestBody{ Transform{",
    ),
    row(
        "apigateway",
        "invoke",
        "T",
        "Calls an API of API Gateway. Headers and query parameters are objects of arrays.",
        "ApiEndpoint Method",
        "Stage Path Headers{ QueryParameters{ RequestBody{ AllowNullValues? AuthType",
    ),
    row(
        "ecs",
        "runTask",
        "ST",
        "Runs a task on ECS or Fargate.",
        "TaskDefinition",
        "Cluster LaunchType NetworkConfiguration{ Overrides{ Group PlacementConstraints[ PlacementStrategy[ PlatformVersion PropagateTags EnableExecuteCommand? CapacityProviderStrategy[",
    ),
    row(
        "batch",
        "submitJob",
        "S",
        "Submits a job to AWS Batch.",
        "JobDefinition JobName JobQueue",
        "Parameters{ ContainerOverrides{ ArrayProperties{ DependsOn[ RetryStrategy{ Timeout{ Tags{",
    ),
    row(
        "glue",
        "startJobRun",
        "S",
        "Runs a job of AWS Glue.",
        "JobName",
        "Arguments{ JobRunId JobRunQueuingEnabled? AllocatedCapacity# Timeout# MaxCapacity# SecurityConfiguration NotificationProperty{ WorkerType NumberOfWorkers# ExecutionClass",
    ),
    row(
        "athena",
        "startQueryExecution",
        "S",
        "Runs a query.",
        "QueryString",
        "WorkGroup QueryExecutionContext{ ResultConfiguration{ ClientRequestToken ExecutionParameters[",
    ),
    row(
        "athena",
        "stopQueryExecution",
        "",
        "Stops a query.",
        "QueryExecutionId",
        "",
    ),
    row(
        "athena",
        "getQueryExecution",
        "",
        "Tells how a query stands.",
        "QueryExecutionId",
        "",
    ),
    row(
        "athena",
        "getQueryResults",
        "",
        "Reads the rows that a query gave.",
        "QueryExecutionId",
        "MaxResults# NextToken",
    ),
    row(
        "bedrock",
        "invokeModel",
        "T",
        "Has a model answer a prompt.",
        "ModelId",
        "Body{ Input{ Output{ ContentType Accept",
    ),
    row(
        "bedrock",
        "createModelCustomizationJob",
        "S",
        "Trains a model on your own data.",
        "JobName CustomModelName RoleArn BaseModelIdentifier TrainingDataConfig{ OutputDataConfig{ HyperParameters{",
        "ValidationDataConfig{ CustomModelKmsKeyId JobTags[",
    ),
    row(
        "codebuild",
        "startBuild",
        "S",
        "Starts a build.",
        "ProjectName",
        "EnvironmentVariablesOverride[ SourceVersion BuildspecOverride",
    ),
    row("codebuild", "stopBuild", "", "Stops a build.", "Id", ""),
    row("codebuild", "batchDeleteBuilds", "", "Deletes builds.", "Ids[", ""),
    row(
        "codebuild",
        "batchGetReports",
        "",
        "Reads reports of builds.",
        "ReportArns[",
        "",
    ),
    row(
        "codebuild",
        "startBuildBatch",
        "S",
        "Starts a batch of builds.",
        "ProjectName",
        "EnvironmentVariablesOverride[ SourceVersion",
    ),
    row("codebuild", "stopBuildBatch", "", "Stops a batch of builds.", "Id", ""),
    row(
        "codebuild",
        "retryBuildBatch",
        "S",
        "Runs a batch of builds again.",
        "Id",
        "RetryType",
    ),
    row(
        "codebuild",
        "deleteBuildBatch",
        "",
        "Deletes a batch of builds.",
        "Id",
        "",
    ),
    row("databrew", "startJobRun", "S", "Runs a job of DataBrew.", "Name", ""),
    row(
        "eks",
        "createCluster",
        "S",
        "Creates a cluster.",
        "Name RoleArn ResourcesVpcConfig{",
        "Version Logging{ Tags{",
    ),
    row("eks", "deleteCluster", "S", "Deletes a cluster.", "Name", ""),
    row(
        "eks",
        "createNodegroup",
        "S",
        "Creates a group of nodes.",
        "ClusterName NodegroupName NodeRole Subnets[",
        "ScalingConfig{ InstanceTypes[ DiskSize# AmiType",
    ),
    row(
        "eks",
        "deleteNodegroup",
        "S",
        "Deletes a group of nodes.",
        "ClusterName NodegroupName",
        "",
    ),
    row(
        "eks",
        "createFargateProfile",
        "S",
        "Creates a Fargate profile.",
        "ClusterName FargateProfileName PodExecutionRoleArn",
        "Selectors[ Subnets[",
    ),
    row(
        "eks",
        "deleteFargateProfile",
        "S",
        "Deletes a Fargate profile.",
        "ClusterName FargateProfileName",
        "",
    ),
    row(
        "eks",
        "call",
        "",
        "Calls the Kubernetes API of a cluster.",
        "ClusterName CertificateAuthority Endpoint Method Path",
        "QueryParameters{ RequestBody{",
    ),
    row(
        "eks",
        "runJob",
        "S",
        "Runs a Kubernetes job on a cluster.",
        "ClusterName CertificateAuthority Endpoint Job{",
        "Namespace LogOptions{",
    ),
    row(
        "elasticmapreduce",
        "createCluster",
        "S",
        "Starts a cluster of EMR.",
        "Name Instances{",
        "ReleaseLabel Applications[ ServiceRole JobFlowRole LogUri VisibleToAllUsers? BootstrapActions[ Configurations[",
    ),
    row(
        "elasticmapreduce",
        "terminateCluster",
        "S",
        "Ends a cluster of EMR.",
        "ClusterId",
        "",
    ),
    row(
        "elasticmapreduce",
        "addStep",
        "S",
        "Adds a step of work to a cluster.",
        "ClusterId Step{",
        "ExecutionRoleArn",
    ),
    row(
        "elasticmapreduce",
        "cancelStep",
        "",
        "Cancels a step of work.",
        "ClusterId StepId",
        "",
    ),
    row(
        "elasticmapreduce",
        "setClusterTerminationProtection",
        "",
        "Protects a cluster from being ended, or stops doing so.",
        "ClusterId TerminationProtected?",
        "",
    ),
    row(
        "elasticmapreduce",
        "modifyInstanceFleetByName",
        "",
        "Changes the size of a fleet of instances.",
        "ClusterId InstanceFleetName InstanceFleet{",
        "",
    ),
    row(
        "elasticmapreduce",
        "modifyInstanceGroupByName",
        "",
        "Changes the size of a group of instances.",
        "ClusterId InstanceGroupName InstanceGroup{",
        "",
    ),
    row(
        "emr-containers",
        "createVirtualCluster",
        "",
        "Registers a namespace of EKS with EMR.",
        "Name ContainerProvider{",
        "Tags{",
    ),
    row(
        "emr-containers",
        "deleteVirtualCluster",
        "S",
        "Removes a virtual cluster.",
        "Id",
        "",
    ),
    row(
        "emr-containers",
        "startJobRun",
        "S",
        "Runs a job on a virtual cluster.",
        "VirtualClusterId ExecutionRoleArn ReleaseLabel JobDriver{",
        "Name ConfigurationOverrides{ Tags{",
    ),
    row(
        "emr-serverless",
        "createApplication",
        "S",
        "Creates an application.",
        "Name ReleaseLabel Type",
        "InitialCapacity{ MaximumCapacity{ Tags{",
    ),
    row(
        "emr-serverless",
        "startApplication",
        "S",
        "Starts an application.",
        "ApplicationId",
        "",
    ),
    row(
        "emr-serverless",
        "stopApplication",
        "S",
        "Stops an application.",
        "ApplicationId",
        "",
    ),
    row(
        "emr-serverless",
        "deleteApplication",
        "S",
        "Deletes an application.",
        "ApplicationId",
        "",
    ),
    row(
        "emr-serverless",
        "startJobRun",
        "S",
        "Runs a job of an application.",
        "ApplicationId ExecutionRoleArn JobDriver{",
        "Name ConfigurationOverrides{ Tags{",
    ),
    row(
        "emr-serverless",
        "cancelJobRun",
        "S",
        "Cancels a run of a job.",
        "ApplicationId JobRunId",
        "",
    ),
    row(
        "mediaconvert",
        "createJob",
        "S",
        "Converts media files.",
        "Role Settings{",
        "Queue JobTemplate UserMetadata{ Tags{",
    ),
    row(
        "sagemaker",
        "createEndpoint",
        "",
        "Creates an endpoint.",
        "EndpointName EndpointConfigName",
        "Tags[",
    ),
    row(
        "sagemaker",
        "createEndpointConfig",
        "",
        "Creates the configuration of an endpoint.",
        "EndpointConfigName ProductionVariants[",
        "KmsKeyId Tags[",
    ),
    row(
        "sagemaker",
        "createHyperParameterTuningJob",
        "S",
        "Searches for the best hyperparameters.",
        "HyperParameterTuningJobName HyperParameterTuningJobConfig{",
        "TrainingJobDefinition{ WarmStartConfig{ Tags[",
    ),
    row(
        "sagemaker",
        "createLabelingJob",
        "S",
        "Has people label data.",
        "LabelingJobName LabelAttributeName InputConfig{ OutputConfig{ RoleArn HumanTaskConfig{",
        "LabelCategoryConfigS3Uri StoppingConditions{ Tags[",
    ),
    row(
        "sagemaker",
        "createModel",
        "",
        "Creates a model.",
        "ModelName ExecutionRoleArn",
        "PrimaryContainer{ Containers[ VpcConfig{ Tags[",
    ),
    row(
        "sagemaker",
        "createProcessingJob",
        "S",
        "Runs a processing job.",
        "ProcessingJobName AppSpecification{ ProcessingResources{ RoleArn",
        "ProcessingInputs[ ProcessingOutputConfig{ Environment{ NetworkConfig{ StoppingCondition{ Tags[",
    ),
    row(
        "sagemaker",
        "createTrainingJob",
        "S",
        "Trains a model.",
        "TrainingJobName AlgorithmSpecification{ OutputDataConfig{ ResourceConfig{ RoleArn StoppingCondition{",
        "InputDataConfig[ HyperParameters{ Environment{ VpcConfig{ Tags[",
    ),
    row(
        "sagemaker",
        "createTransformJob",
        "S",
        "Has a model answer for a whole data set.",
        "TransformJobName ModelName TransformInput{ TransformOutput{ TransformResources{",
        "BatchStrategy MaxConcurrentTransforms# MaxPayloadInMB# Environment{ Tags[",
    ),
    row(
        "sagemaker",
        "updateEndpoint",
        "",
        "Changes the configuration of an endpoint.",
        "EndpointName EndpointConfigName",
        "",
    ),
    row(
        "s3",
        "getObject",
        "",
        "Reads the items of a distributed Map from one file.",
        "Bucket Key",
        "VersionId ExpectedBucketOwner",
    ),
    row(
        "s3",
        "listObjectsV2",
        "",
        "Takes the objects of a bucket as the items of a distributed Map.",
        "Bucket",
        "Prefix MaxKeys# StartAfter ExpectedBucketOwner",
    ),
    row(
        "s3",
        "putObject",
        "",
        "Writes the results of a distributed Map.",
        "Bucket",
        "Prefix ExpectedBucketOwner",
    ),
];

/// What an `ItemReader` can call, as ARNs.
pub(crate) const READER_ACTIONS: [&str; 2] = ["arn:aws:states:::s3:getObject", "arn:aws:states:::s3:listObjectsV2"];
/// What a `ResultWriter` can call, as ARNs.
pub(crate) const WRITER_ACTIONS: [&str; 1] = ["arn:aws:states:::s3:putObject"];

impl ActionDoc {
    /// Returns the ARNs of the action, one for each way of waiting.
    pub(crate) fn arns(&self) -> Vec<(String, IntegrationPattern)> {
        let mut patterns = vec![IntegrationPattern::RequestResponse];
        patterns.extend(self.patterns.chars().map(|letter| match letter {
            'S' => IntegrationPattern::Sync,
            '2' => IntegrationPattern::Sync2,
            _ => IntegrationPattern::WaitForTaskToken,
        }));
        let arn = |pattern: IntegrationPattern| {
            format!("arn:aws:states:::{}:{}{}", self.service, self.action, pattern.suffix())
        };
        patterns.into_iter().map(|pattern| (arn(pattern), pattern)).collect()
    }

    /// Returns what the action does, and how Step Functions waits for it.
    pub(crate) fn documentation(&self, pattern: IntegrationPattern) -> Documentation {
        let text = format!("{} {}", self.text, waiting(pattern));
        let source = format!(
            "Step Functions Developer Guide, \"Integrating optimized services\": {}",
            self.service
        );
        Documentation::new(text.trim_end(), source)
    }
}

/// Returns the actions that a Task can call.
pub(crate) fn actions() -> impl Iterator<Item = &'static ActionDoc> {
    ACTIONS.iter().filter(|action| action.service != "s3")
}

/// Returns the parameters of what a resource names, required ones first; none where that is not known.
pub(crate) fn parameters(resource: &Resource) -> Vec<Parameter> {
    let Some(action) = action_of(resource) else {
        return Vec::new();
    };
    let listed = |names: &'static str, is_required| {
        let names = names.split_ascii_whitespace();
        names.map(move |name| parameter(name, is_required))
    };
    listed(action.required, true)
        .chain(listed(action.optional, false))
        .collect()
}

/// Returns what a resource does.
pub(crate) fn resource_doc(resource: &Resource) -> Option<Documentation> {
    const PAGE: &str = "Step Functions Developer Guide, \"Integrating services\"";
    match &resource.kind {
        ResourceKind::Lambda { name, .. } => {
            let text = format!("Invokes the Lambda function {name} with the state's input. Its answer is the result.");
            Some(Documentation::new(text, PAGE))
        }
        ResourceKind::Activity { name } => {
            let text = format!("Waits until a worker has taken the activity {name} and sent its result.");
            Some(Documentation::new(
                text,
                "Step Functions Developer Guide, \"Activities\"",
            ))
        }
        ResourceKind::Integration(integration) => {
            if let Some(action) = action_of(resource) {
                return Some(action.documentation(integration.pattern));
            }
            let service = integration.service.strip_prefix("aws-sdk:")?;
            let text = format!(
                "Calls {} of the service {service} as the AWS SDK does. {}",
                integration.action,
                waiting(integration.pattern)
            );
            Some(Documentation::new(
                text.trim_end(),
                "Step Functions Developer Guide, \"AWS SDK service integrations\"",
            ))
        }
        ResourceKind::Unknown => None,
    }
}

fn action_of(resource: &Resource) -> Option<&'static ActionDoc> {
    let integration = resource.integration()?;
    let mut actions = ACTIONS.iter();
    actions.find(|action| action.service == &*integration.service && action.action == &*integration.action)
}

fn parameter(written: &'static str, is_required: bool) -> Parameter {
    let kind = match written.as_bytes().last() {
        Some(b'{') => ParameterKind::Object,
        Some(b'[') => ParameterKind::Array,
        Some(b'#') => ParameterKind::Number,
        Some(b'?') => ParameterKind::Bool,
        _ => ParameterKind::Text,
    };
    Parameter {
        name: written.trim_end_matches(['{', '[', '#', '?']),
        is_required,
        kind,
    }
}

fn waiting(pattern: IntegrationPattern) -> &'static str {
    match pattern {
        IntegrationPattern::RequestResponse => "",
        IntegrationPattern::Sync | IntegrationPattern::Sync2 => "The state waits until the job is done.",
        IntegrationPattern::WaitForTaskToken => "The state waits until somebody returns the task token.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_read_back() {
        for action in actions() {
            for (arn, pattern) in action.arns() {
                let resource = Resource::from_text(arn.as_str());
                assert_eq!(resource.integration().unwrap().pattern, pattern, "{arn}");
                assert!(resource_doc(&resource).is_some());
                assert!(!parameters(&resource).is_empty(), "{arn}");
            }
        }
    }

    #[test]
    fn nothing_is_proposed_that_validation_complains_of() {
        for known in &asl_model::OPTIMIZED_ACTIONS {
            let mut found = actions();
            let action = found
                .find(|action| (action.service, action.action) == (known.service, known.action))
                .unwrap_or_else(|| panic!("{known:?}"));
            let patterns: Vec<IntegrationPattern> = action.arns().into_iter().map(|(_, pattern)| pattern).collect();
            assert_eq!(&patterns[1..], known.patterns, "{known:?}");
            let required: Vec<&str> = action
                .required
                .split(' ')
                .map(|name| name.trim_end_matches(['{', '[']))
                .collect();
            let is_listed = |name: &&str| required.contains(name);
            assert!(known.required.iter().all(is_listed), "{known:?}");
        }
    }

    #[test]
    fn required_parameters_come_first() {
        let resource = Resource::from_text("arn:aws:states:::sqs:sendMessage.waitForTaskToken");
        let found = parameters(&resource);
        let names: Vec<&str> = found.iter().map(|parameter| parameter.name).collect();
        assert_eq!(names[..3], ["QueueUrl", "MessageBody", "DelaySeconds"]);
        assert!(found[1].is_required && !found[2].is_required);
        assert_eq!(found[2].kind, ParameterKind::Number);
    }

    #[test]
    fn sdk_calls_are_described_too() {
        let resource = Resource::from_text("arn:aws:states:::aws-sdk:s3:listBuckets");
        assert_eq!(
            resource_doc(&resource).unwrap().text,
            "Calls listBuckets of the service s3 as the AWS SDK does."
        );
        assert!(parameters(&resource).is_empty());
    }
}
