//! The document: what a link, a playground file and the page have in common.
//!
//! As JSON, format 1. Texts are verbatim, so that their formatting survives. `v` is required, everything else may be
//! left out; what is unknown is kept and written again.
//!
//! ```json
//! {"v": 1, "app": "0.1.0", "title": "Order saga", "asl": "{ ... }", "type": "EXPRESS", "input": "{ ... }",
//!  "mocks": [
//!    {"match": {"state": "Charge card"}, "steps": [{"fail": {"Error": "E", "Cause": "C"}}, {"return": {}, "delayMs": 800}]},
//!    {"match": {"resource": "*:function:Ship"}, "js": "export default async (input, context) => ({})"}],
//!  "clock": {"start": "2026-01-01T00:00:00Z", "speed": "virtual"},
//!  "seed": 1,
//!  "ui": {"view": "diagram", "select": "Charge card", "event": 12, "fold": ["Each item"]}}
//! ```

use asl_json::Object;

/// The format that is written, and the newest that is read.
pub const VERSION: u64 = 1;

/// A document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What it is called.
    pub title: String,
    /// Text of the definition. It need not be valid, or even JSON.
    pub asl: String,
    /// The type of the state machine.
    pub machine_type: MachineType,
    /// Text of the execution input.
    pub input: String,
    /// What answers the tasks; the first that matches a task counts.
    pub mocks: Vec<Mock>,
    /// When a run starts, and how its time passes.
    pub clock: Clock,
    /// Seed of everything random.
    pub seed: Option<u64>,
    /// What the reader is to look at.
    pub view: View,
    /// Members that this version does not know, at their places in the JSON: `{"later": 1, "ui": {"zoom": 2}}`.
    pub unknown: Object,
}

/// The type of a state machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the API's words say it")]
pub enum MachineType {
    #[default]
    Standard,
    Express,
}

/// When a run starts, and how its time passes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// The instant of the first event, RFC 3339.
    pub start: Option<String>,
    /// `virtual`, `10x` or `real`.
    pub speed: Option<String>,
}

/// What the reader is to look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The part of the page in front, where one is: `diagram`, `code` or `log`.
    pub view: Option<String>,
    /// Name of the selected state.
    pub select: Option<String>,
    /// Id of the event in the history: the run is recomputed, and shown as it stood then.
    pub event: Option<u32>,
    /// Names of the Map and Parallel states whose inside is hidden.
    pub fold: Vec<String>,
}

impl View {
    /// Returns whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == View::default()
    }
}

/// A mock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mock {
    /// Whose tasks it answers.
    pub target: MockTarget,
    /// How.
    pub behavior: MockBehavior,
}

/// Whose tasks a mock answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MockTarget {
    /// Those of the Task state with this name.
    State(String),
    /// Those whose resource or function fits this pattern; `*` stands for any text.
    Resource(String),
}

impl MockTarget {
    /// Returns the name or the pattern.
    pub fn name(&self) -> &str {
        match self {
            MockTarget::State(name) | MockTarget::Resource(name) => name,
        }
    }
}

/// How a mock answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MockBehavior {
    /// By a JavaScript function.
    JavaScript(String),
    /// By responses, one per attempt; the last one repeats.
    Steps(Vec<Step>),
}

/// One response of a mock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is answered.
    pub answer: StepAnswer,
    /// Virtual milliseconds before the answer.
    pub delay_ms: u64,
}

/// What a mock answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepAnswer {
    /// A result, as text. Written as a value where that loses nothing.
    Return(String),
    /// A failure.
    Fail(Failure),
    /// The function runs out of its own time.
    TimeOut,
    /// Somebody answers by the task token.
    WaitForToken,
    /// Nothing ever comes, no heartbeat either.
    NoAnswer,
}

/// A failure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// Name of the error.
    pub error: String,
    /// Its cause; may be empty.
    pub cause: String,
}

impl Document {
    /// Returns how many of its mocks are JavaScript.
    pub fn java_script_count(&self) -> usize {
        self.mocks
            .iter()
            .filter(|mock| matches!(mock.behavior, MockBehavior::JavaScript(_)))
            .count()
    }
}
