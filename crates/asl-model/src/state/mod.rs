//! States: what all of them share, and one struct per type.

mod choice;
mod fail;
mod map;
mod parallel;
mod pass;
mod succeed;
mod task;
mod wait;

use std::sync::Arc;

use asl_json::{Object, Value};

use crate::catcher::Catcher;
use crate::definition::QueryLanguage;
use crate::dynamic::PathField;
use crate::location::Location;
use crate::retrier::Retrier;

pub use choice::ChoiceState;
pub use fail::FailState;
pub use map::{
    CsvDelimiter, CsvHeaderLocation, InputType, ItemBatcher, ItemProcessor, ItemReader, ManifestType, MapState,
    OutputType, ProcessorMode, ReaderConfig, ReaderTransformation, ResultWriter, WriterConfig, WriterTransformation,
};
pub use parallel::ParallelState;
pub use pass::PassState;
pub use succeed::SucceedState;
pub use task::TaskState;
pub use wait::WaitState;

/// One state.
///
/// A field that its type or query language does not allow, or that has the wrong type, is left at its default here;
/// validation reports it. A state whose `Type` is missing or unknown is lowered as a Pass, so that a diagram can be
/// drawn while the author is typing.
#[derive(Clone, Debug)]
pub struct State {
    /// Its name, which is its key in `States`.
    pub name: Arc<str>,
    /// `Comment`
    pub comment: Option<Arc<str>>,
    /// The query language that counts: its own, else the machine's.
    pub query_language: QueryLanguage,
    /// The fields for moving data in and out.
    pub data_flow: DataFlow,
    /// `Retry`; empty for types that have none.
    pub retry: Vec<Retrier>,
    /// `Catch`; empty for types that have none.
    pub catch: Vec<Catcher>,
    /// `Next` or `End`. Always `None` for Choice, Succeed and Fail; for the others only in a faulty definition.
    pub transition: Option<Transition>,
    /// What is particular to its type.
    pub kind: StateKind,
    /// Where it is.
    pub location: Location,
    /// The state as JSON, for rules that look at what could not be lowered.
    pub raw: Object,
}

/// The fields that move data in and out of a state, whatever its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataFlow {
    /// `InputPath` (JSONPath)
    pub input_path: PathField,
    /// `Parameters` (JSONPath): a payload template. A Map's is in [`MapState::parameters`].
    pub parameters: Option<Value>,
    /// `Arguments` (JSONata): a template.
    pub arguments: Option<Value>,
    /// `ResultSelector` (JSONPath): a payload template.
    pub result_selector: Option<Value>,
    /// `ResultPath` (JSONPath): a reference path.
    pub result_path: PathField,
    /// `OutputPath` (JSONPath)
    pub output_path: PathField,
    /// `Output` (JSONata): a template.
    pub output: Option<Value>,
    /// `Assign`: an object whose names are variables; a payload template in JSONPath, a template in JSONata.
    pub assign: Option<Value>,
}

/// Where a state goes when it has succeeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transition {
    /// `"Next": "name"`
    Next(Arc<str>),
    /// `"End": true`
    End,
}

/// What is particular to each type of state.
#[derive(Clone, Debug)]
pub enum StateKind {
    /// Calls something.
    Task(Box<TaskState>),
    /// Goes on with one of several states.
    Choice(ChoiceState),
    /// Delays.
    Wait(WaitState),
    /// Passes its input on, changed or not.
    Pass(PassState),
    /// Ends well.
    Succeed(SucceedState),
    /// Ends badly.
    Fail(FailState),
    /// Runs branches at the same time.
    Parallel(ParallelState),
    /// Runs the same states for each of many items.
    Map(Box<MapState>),
}

impl StateKind {
    /// Returns the `Type`.
    pub fn type_name(&self) -> &'static str {
        match self {
            StateKind::Task(_) => "Task",
            StateKind::Choice(_) => "Choice",
            StateKind::Wait(_) => "Wait",
            StateKind::Pass(_) => "Pass",
            StateKind::Succeed(_) => "Succeed",
            StateKind::Fail(_) => "Fail",
            StateKind::Parallel(_) => "Parallel",
            StateKind::Map(_) => "Map",
        }
    }
}

impl State {
    /// Returns the names of the states that it may go to, as often as it names them.
    pub fn targets(&self) -> impl Iterator<Item = &Arc<str>> {
        let choice = match &self.kind {
            StateKind::Choice(choice) => Some(choice),
            _ => None,
        };
        let rules = choice.into_iter().flat_map(|choice| &choice.choices);
        let default = choice.and_then(|choice| choice.default.as_ref());
        let chosen = rules.map(|rule| &rule.next).chain(default);
        let caught = self.catch.iter().map(|catcher| &catcher.next);
        self.next().into_iter().chain(chosen).chain(caught)
    }

    /// Returns the state that `Next` names, where there is one.
    pub fn next(&self) -> Option<&Arc<str>> {
        if let Some(Transition::Next(name)) = &self.transition {
            Some(name)
        } else {
            None
        }
    }
}
