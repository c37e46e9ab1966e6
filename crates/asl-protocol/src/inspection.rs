//! Answers about one event or one visit to a state.

use serde::{Deserialize, Serialize};

use crate::recording::ChildExecution;
use crate::run_view::Status;

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

/// One visit to a state, seen from one of its attempts, as far as it had come at the cursor: answer to
/// `DescribeStateVisit`.
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
    /// Virtual milliseconds from its first event to its newest.
    pub elapsed_ms: i64,
    /// The visits to the state in the order of time, later ones too: those around this one where there are very many.
    pub visits: Vec<VisitChoice>,
    /// The attempts of this visit, later ones too.
    pub attempts: Vec<AttemptChoice>,
    /// Number of the attempt that the stages tell of; 0 where there is none.
    pub attempt: u32,
    /// The stages in the order of the data's way, state input first, state output last.
    pub stages: Vec<Stage>,
    /// The rules of a Choice state, in their order, `Default` last.
    pub rules: Vec<RuleOutcome>,
    /// The errors of this visit in the order of time.
    pub failures: Vec<FailureOutcome>,
    /// Variables that the state saw, and those that it assigned.
    pub variables: Vec<VariableValue>,
}

/// A visit that the reader can pick.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitChoice {
    /// Id of its `...StateEntered` event.
    pub entered: u32,
    /// Id of its newest event, from which all of it is seen.
    pub newest: u32,
    /// What the menu says: `iteration 3 of Each, visit 2`.
    pub label: String,
    /// How it stands at the cursor.
    pub status: Status,
}

/// An attempt that the reader can pick.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptChoice {
    /// Its number, from 1.
    pub number: u32,
    /// Id of an event that belongs to this attempt alone: its newest.
    pub event: u32,
    /// How it stands at the cursor.
    pub status: Status,
    /// Error name, or empty text.
    pub error: String,
    /// Virtual milliseconds that it took.
    pub elapsed_ms: i64,
}

/// One stage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Name as in `inspectionData` of TestState, such as `afterInputPath`; `input` and `output` for the ends.
    pub name: String,
    /// The field that makes it, such as `InputPath`; empty where it is made by no field.
    pub field: String,
    /// What is written there, or empty text where the field is not set.
    pub expression: String,
    /// Whether the data came here.
    pub reach: StageReach,
    /// The value, JSON text with line breaks; none where the run never came here.
    pub value: Option<String>,
    /// The value line by line, with what differs from another stage.
    pub lines: Vec<ValueLine>,
    /// Name of the stage that the lines are compared with; empty where they are not compared.
    pub compared_with: String,
    /// UTF-8 bytes of its compact text, against the quota of 262,144.
    pub payload_bytes: u32,
    /// Id of the event since which it is known; 0 where it is not.
    pub since: u32,
    /// What else there is to say: the error's name and cause of a stage that failed.
    pub note: String,
}

/// Whether the data came to a stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum StageReach {
    /// It did.
    #[default]
    Reached,
    /// Its field is not set: everything passes.
    Unset,
    /// The error occurred here.
    Failed,
    /// An error before it was caught or retried, and the stage was left out.
    Skipped,
    /// Not yet, or never.
    NotReached,
}

/// One line of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueLine {
    /// How it stands to the value that it is compared with.
    pub sign: LineSign,
    /// The line, indented by two spaces a level.
    pub text: String,
    /// The scalar before; empty where nothing changed.
    pub was: String,
}

/// How a line stands to the value that it is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineSign {
    /// It is in both.
    #[default]
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is in both with another scalar.
    Changed,
    /// It stands for lines that are left out.
    Omitted,
}

/// What came of a Choice rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleOutcome {
    /// Its place in `Choices`, from 1; none for `Default`.
    pub number: Option<u32>,
    /// Where it leads.
    pub next: String,
    /// Whether it was taken.
    pub is_taken: bool,
    /// Why, in a few words.
    pub why: String,
    /// Its condition and those inside, outer before inner.
    pub conditions: Vec<ConditionOutcome>,
}

/// What came of one condition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionOutcome {
    /// Conditions around it.
    pub depth: u32,
    /// The condition: `total > 100`.
    pub text: String,
    /// The same with values: `250 > 100`.
    pub compared: String,
    /// Whether it held; none where it was not evaluated.
    pub holds: Option<bool>,
    /// What else there is to know.
    pub note: String,
}

/// What became of one error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureOutcome {
    /// Id of the newest event of the state when it occurred.
    pub event: u32,
    /// Which attempt failed, from 1.
    pub attempt: u32,
    /// Name of the error, or empty text.
    pub error: String,
    /// Its cause, or empty text.
    pub cause: String,
    /// How the state stands then: retrying, caught or failed.
    pub status: Status,
    /// What came of it, in a sentence.
    pub outcome: String,
    /// How a retry's delay came about: `2 s × 2 = 4 s`.
    pub arithmetic: String,
    /// Retriers, then catchers.
    pub clauses: Vec<ClauseOutcome>,
}

/// What a retrier or catcher made of an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseOutcome {
    /// A catcher, or else a retrier.
    pub is_catcher: bool,
    /// Its place in the array, from 1.
    pub number: u32,
    /// The names that it matches, and where a catcher leads.
    pub names: String,
    /// Whether it matched; none where it was not looked at.
    pub is_match: Option<bool>,
    /// Whether it decided what came of the error.
    pub is_decisive: bool,
    /// Why, in a few words.
    pub why: String,
}

/// A variable and its value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariableValue {
    /// Name without `$`.
    pub name: String,
    /// JSON text with line breaks, for the clipboard.
    pub value: String,
    /// The value line by line, with what this state changed.
    pub lines: Vec<ValueLine>,
    /// Whether this state assigned it.
    pub is_assigned: bool,
    /// Where it belongs: empty text for the whole execution, else such as `iteration 3 of Each`.
    pub scope: String,
    /// Name of the state that set it.
    pub set_by: String,
    /// Id of that state's Exited event.
    pub set_at: u32,
}

/// The variables that a state saw right after an event of its own: answer to `DescribeVariables`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisibleVariables {
    /// Echoes the request.
    pub run: u32,
    /// Echoes the request.
    pub event: u32,
    /// A line each, such as `total = 12`, shortened; the last says how many more there are.
    pub lines: Vec<String>,
}
