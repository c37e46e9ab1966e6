//! What TestState is asked.

use std::sync::Arc;

use asl_core::Timestamp;

/// The arguments of `TestState`; texts are JSON as the API takes them.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields are the API's")]
pub struct TestStateRequest {
    /// A state, or a whole state machine where `state_name` is given.
    pub definition: String,
    pub state_name: Option<String>,
    pub role_arn: Option<Arc<str>>,
    pub input: Option<String>,
    pub inspection_level: InspectionLevel,
    pub reveal_secrets: bool,
    pub mock: Option<MockInput>,
    pub context: Option<String>,
    pub retrier_retry_count: u32,
    pub map_iteration_failure_count: Option<u32>,
    /// Region and account that made-up ARNs name, as `us-east-1:123456789012`.
    pub place: String,
    /// Virtual time.
    pub now: Timestamp,
    /// Seed of all dice.
    pub seed: u64,
}

/// How much of the data flow is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the API's words say it")]
pub enum InspectionLevel {
    #[default]
    Info,
    Debug,
    Trace,
}

/// The mocked end of a Task, Map or Parallel.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields are the API's")]
pub struct MockInput {
    pub result: Option<String>,
    pub error_output: Option<MockErrorOutput>,
    pub field_validation_mode: FieldValidationMode,
}

/// A mocked failure.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields are the API's")]
pub struct MockErrorOutput {
    pub error: Option<Arc<str>>,
    pub cause: Option<Arc<str>>,
}

/// How strictly a mocked result is held against what the service would answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldValidationMode {
    /// Members that are there, and those that must be.
    #[default]
    Strict,
    /// Members that are there.
    Present,
    /// Not at all.
    None,
}
