//! What the engine finds in a definition's text.
//!
//! Offsets count UTF-16 units from 0, as editors in browsers do; lines and columns count from 1, columns in UTF-16 units.

use serde::{Deserialize, Serialize};

use crate::diagram::Diagram;

/// What a text says: answer to `Analyze`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Echoes the request.
    pub revision: u32,
    /// Problems, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the text is JSON (it may still be no state machine).
    pub is_json: bool,
    /// Whether a run could start: there is no diagnostic of severity error.
    pub is_runnable: bool,
    /// The picture; none where the text holds no state to draw. The page keeps the last good one then.
    pub diagram: Option<Diagram>,
    /// Where each state is written, in the order of the text.
    pub states: Vec<StateSpan>,
    /// The Task states in the order of the text, and after them those of the other state machines.
    pub tasks: Vec<MockableTask>,
    /// How long the engine took, in microseconds; adapts the page's debounce.
    pub took_us: u32,
}

/// A problem in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable code, such as `MISSING_TRANSITION_TARGET`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in a sentence.
    pub message: String,
    /// JSON pointer of the place, as the service's validator gives it, such as `/States/Pack/Next`.
    pub location: Option<String>,
    /// The way out, in a sentence.
    pub help: Option<String>,
    /// The place in the text.
    pub range: TextRange,
    /// Changes of the text that would mend it, best first.
    pub fixes: Vec<Fix>,
    /// The rule that found it, which names its section of `docs/diagnostics.md`.
    pub rule: String,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The service would refuse the definition.
    Error,
    /// The service would accept it, and it is probably not what was meant.
    Warning,
    /// Good to know.
    Hint,
}

/// A part of the text and where it begins for a reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRange {
    /// First unit, from 0.
    pub from: u32,
    /// One past the last unit.
    pub to: u32,
    /// Line of `from`, from 1.
    pub line: u32,
    /// Column of `from`, from 1.
    pub column: u32,
}

/// A safe change of the text that mends a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What the button says, such as `Add "End": true`.
    pub title: String,
    /// What changes; the places do not overlap.
    pub edits: Vec<TextEdit>,
}

/// Replaces a part of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextEdit {
    /// First unit that goes, from 0.
    pub from: u32,
    /// One past the last unit that goes.
    pub to: u32,
    /// What comes instead.
    pub insert: String,
}

/// Where a state is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateSpan {
    /// Name of the state.
    pub name: String,
    /// Its `Type`, or empty text.
    pub state_type: String,
    /// Its key and value in the text.
    pub range: TextRange,
}

/// A Task state, as the list of mocks needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MockableTask {
    /// Name of the state.
    pub state: String,
    /// The `Resource` as written.
    pub resource: String,
    /// The Lambda function where the text names one: the resource itself, or the parameter `FunctionName`.
    pub function: Option<String>,
    /// What kind of task it is.
    pub kind: TaskKind,
}

/// Kinds of tasks that differ in what a mock receives and returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskKind {
    /// `arn:aws:lambda:...:function:Name`: the function's event in, its result out.
    LambdaFunction,
    /// `arn:aws:states:::lambda:invoke`: a mock in JavaScript receives the `Payload` and its result is wrapped.
    LambdaInvoke,
    /// Another service integration.
    Service,
    /// An activity.
    Activity,
    /// The resource is an expression or not a known ARN.
    Other,
}
