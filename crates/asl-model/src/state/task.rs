//! Task: calls something.

use asl_json::Value;

use crate::dynamic::Dynamic;
use crate::resource::Resource;

/// A Task state.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskState {
    /// `Resource`
    pub resource: Resource,
    /// `TimeoutSeconds` or `TimeoutSecondsPath`
    pub timeout_seconds: Option<Dynamic<i64>>,
    /// `HeartbeatSeconds` or `HeartbeatSecondsPath`
    pub heartbeat_seconds: Option<Dynamic<i64>>,
    /// `Credentials`: an object with `RoleArn`, in JSONPath a payload template, in JSONata a template.
    pub credentials: Option<Value>,
}
