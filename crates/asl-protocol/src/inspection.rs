//! Answers about one event or one visit to a state.

use serde::{Deserialize, Serialize};

use crate::recording::ChildExecution;

/// Everything an event carries: answer to `DescribeEvent`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDetails {
    /// Echoes the request.
    pub run: u32,
    /// Id of the event.
    pub event: u32,
    /// The event as `GetExecutionHistory` has it, JSON text with line breaks.
    pub json: String,
    /// Its input, parameters or output, JSON text with line breaks, where it has one.
    pub payload: Option<String>,
    /// Executions that its state has started, the first few of them.
    pub children: Vec<ChildExecution>,
    /// How many it has started.
    pub children_total: u32,
}

/// The data-flow stages of one visit to a state: answer to `DescribeStateVisit`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateVisit {
    /// Echoes the request.
    pub run: u32,
    /// Id of the event that the page asked about.
    pub event: u32,
    /// Id of the `...StateEntered` event.
    pub entered: u32,
    /// Id of the `...StateExited` event, where there is one.
    pub exited: Option<u32>,
    /// Name of the state.
    pub state: String,
    /// `JSONPath` or `JSONata`.
    pub query_language: String,
    /// The stages in the order of the data's way, state input first, state output last.
    pub stages: Vec<Stage>,
    /// Variables as they are visible to this state.
    pub variables: Vec<VariableValue>,
    /// Variables that this state assigned.
    pub assigned: Vec<VariableValue>,
    /// Error name where the visit failed or was caught.
    pub error: Option<String>,
    /// Its cause.
    pub cause: Option<String>,
}

/// One stage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Name as in `inspectionData` of TestState, such as `afterInputPath`; `input` and `output` for the ends.
    pub name: String,
    /// The field that makes it, such as `InputPath`; empty for the ends.
    pub field: String,
    /// What is written there, or empty text where the field is not set.
    pub expression: String,
    /// The value, JSON text with line breaks; none where the run never came here.
    pub value: Option<String>,
    /// UTF-8 bytes of its compact text, against the quota of 262,144.
    pub payload_bytes: u32,
}

/// A variable and its value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariableValue {
    /// Name without `$`.
    pub name: String,
    /// JSON text with line breaks.
    pub value: String,
}
