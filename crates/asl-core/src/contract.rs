//! What host and execution say to each other: options in, then commands and events out and inputs in.

use std::fmt;
use std::sync::Arc;

use asl_json::Value;

use crate::behavior::Behavior;
use crate::history::EventId;
use crate::limits::Limits;
use crate::object_store::ObjectStore;
use crate::timestamp::Timestamp;

/// The API's status of an execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the API's words say it")]
pub enum ExecutionStatus {
    Running,
    Succeeded,
    Failed,
    TimedOut,
    Aborted,
}

impl ExecutionStatus {
    /// Returns the API's word, such as `TIMED_OUT`.
    pub fn as_str(self) -> &'static str {
        match self {
            ExecutionStatus::Running => "RUNNING",
            ExecutionStatus::Succeeded => "SUCCEEDED",
            ExecutionStatus::Failed => "FAILED",
            ExecutionStatus::TimedOut => "TIMED_OUT",
            ExecutionStatus::Aborted => "ABORTED",
        }
    }
}

impl fmt::Display for ExecutionStatus {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// STANDARD or EXPRESS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the API's words say it")]
pub enum ExecutionType {
    #[default]
    Standard,
    Express,
}

/// What the host decides about an execution before it starts. `Default` gives a STANDARD execution in `us-east-1`.
#[derive(Clone, Debug)]
pub struct ExecutionOptions {
    /// ARN of the state machine, shown by the context object and `DescribeExecution`.
    pub state_machine_arn: Arc<str>,
    /// ARN of the execution.
    pub execution_arn: Arc<str>,
    /// Name of the execution, the last part of its ARN for STANDARD.
    pub name: Arc<str>,
    /// ARN of the role it runs under.
    pub role_arn: Arc<str>,
    /// STANDARD or EXPRESS.
    pub execution_type: ExecutionType,
    /// Virtual time at the start.
    pub start_time: Timestamp,
    /// Seed of all dice.
    pub seed: u64,
    /// Quotas.
    pub limits: Limits,
    /// How the service behaves where observations of it differ.
    pub behavior: Behavior,
    /// Buckets that item readers read and result writers write.
    pub objects: ObjectStore,
    /// ARNs of the activities that exist; `None` lets every activity exist.
    pub activities: Option<Arc<[Arc<str>]>>,
    /// Whether to keep a [`StateTrace`](crate::StateTrace) per state entered.
    pub trace: bool,
}

impl Default for ExecutionOptions {
    fn default() -> ExecutionOptions {
        ExecutionOptions {
            state_machine_arn: "arn:aws:states:us-east-1:123456789012:stateMachine:StateMachine".into(),
            execution_arn: "arn:aws:states:us-east-1:123456789012:execution:StateMachine:execution".into(),
            name: "execution".into(),
            role_arn: "arn:aws:iam::123456789012:role/StepFunctionsRole".into(),
            execution_type: ExecutionType::Standard,
            start_time: Timestamp(0),
            seed: 0,
            limits: Limits::default(),
            behavior: Behavior::default(),
            objects: ObjectStore::default(),
            activities: None,
            trace: true,
        }
    }
}

/// Names one attempt of one task within an execution.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskToken(pub Arc<str>);

/// What [`Execution::poll`](crate::Execution::poll) found.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// An event was appended to the history.
    Event(EventId),
    /// The host is to do something. The event that records the decision came before.
    Command(Command),
    /// Nothing to do before an input arrives, or before `until` where that is given.
    Waiting {
        /// The next deadline in virtual time.
        until: Option<Timestamp>,
    },
    /// The execution has ended.
    Finished(ExecutionStatus),
}

/// What the host is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Start a task; answer with an [`Input`] that carries its token.
    ScheduleTask(TaskRequest),
    /// Forget a task; an answer would come too late.
    CancelTask(TaskToken),
}

/// One attempt of a task, as the host needs to know it.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRequest {
    /// Names this attempt.
    pub token: TaskToken,
    /// Name of the Task state.
    pub state: Arc<str>,
    /// The `Resource` as written in the definition.
    pub resource: Arc<str>,
    /// The effective input: what `Parameters` or `Arguments` made.
    pub input: Value,
    /// How often this state has been retried in this visit: 0 for the first attempt.
    pub retry_count: u32,
    /// Number of this invocation of this state within the execution, from 0 over retries, loops and iterations, as the
    /// keys of a Step Functions Local mock file count.
    pub invocation: u32,
    /// What kind of resource it is, and which answers it expects.
    pub integration: Integration,
    /// `TimeoutSeconds` in force. The execution watches it; the host need not.
    pub timeout_seconds: Option<i64>,
    /// `HeartbeatSeconds` in force. The execution watches it; the host need not.
    pub heartbeat_seconds: Option<i64>,
    /// The role to assume, from `Credentials`.
    pub role_arn: Option<Arc<str>>,
    /// ARN of the execution that asks: the started one, or a child of a Map Run.
    pub execution_arn: Arc<str>,
    /// The zero-based index of the innermost Map iteration it runs in.
    pub item_index: Option<u32>,
}

/// What a task's `Resource` names, and how its answers come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Integration {
    /// A Lambda function by its ARN: answered once, by the function's result.
    LambdaFunction,
    /// An activity: [`Input::ActivityStarted`] when a worker takes it up, then its result.
    Activity,
    /// An optimized or AWS SDK integration.
    Service {
        /// `resourceType` of the history, such as `lambda` or `aws-sdk:dynamodb`.
        resource_type: Arc<str>,
        /// The action without its pattern, such as `invoke`.
        action: Arc<str>,
        /// Which answers are expected.
        pattern: IntegrationPattern,
    },
}

/// Service integration pattern: the suffix of an integration's ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntegrationPattern {
    /// No suffix: one answer, the result.
    RequestResponse,
    /// `.sync`: [`Input::TaskSubmitted`] when the job runs, then its result.
    Sync,
    /// `.sync:2`: as `.sync`, with JSON text in the result parsed.
    Sync2,
    /// `.waitForTaskToken`: [`Input::TaskSubmitted`] when the call is answered; the result comes by the token.
    WaitForTaskToken,
}

/// What happened outside.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are the API's")]
pub enum Input {
    /// Virtual time has come this far.
    AdvanceTo(Timestamp),
    /// A worker took up an activity task.
    ActivityStarted {
        token: TaskToken,
        worker_name: Option<Arc<str>>,
    },
    /// The first answer of a `.sync` or `.waitForTaskToken` integration: the job runs, or the message is out.
    TaskSubmitted {
        token: TaskToken,
        output: Value,
    },
    TaskSuccess {
        token: TaskToken,
        output: Value,
    },
    TaskFailure {
        token: TaskToken,
        error: Option<Arc<str>>,
        cause: Option<Arc<str>>,
    },
    /// The task reports that it ran out of time by itself, before any deadline of the state.
    TaskTimedOut {
        token: TaskToken,
    },
    TaskHeartbeat {
        token: TaskToken,
    },
    StopExecution {
        error: Option<Arc<str>>,
        cause: Option<Arc<str>>,
    },
}

/// Why an input was refused. The execution is as it was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandleError {
    /// No open task has that token.
    UnknownTaskToken,
    /// `AdvanceTo` names an instant before `now`.
    TimeWentBackwards {
        /// The execution's virtual time.
        now: Timestamp,
    },
    /// `poll` has more to say first.
    NotDrained,
    /// The execution has ended.
    AlreadyFinished,
    /// The execution runs, has succeeded, or is of a kind that cannot be redriven.
    NotRedrivable,
}

impl fmt::Display for HandleError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HandleError::UnknownTaskToken => out.write_str("no open task has this token"),
            HandleError::TimeWentBackwards { now } => write!(out, "virtual time is already at {now}"),
            HandleError::NotDrained => out.write_str("the execution has more to say: poll it until it waits"),
            HandleError::AlreadyFinished => out.write_str("the execution has ended"),
            HandleError::NotRedrivable => out.write_str("the execution cannot be redriven"),
        }
    }
}

impl std::error::Error for HandleError {}
