//! Typed definitions of the Amazon States Language, and what is wrong with them.
//!
//! A definition is parsed once: [`parse`] never fails and gives what could be understood; [`validate()`] then says
//! everything that AWS would refuse, in AWS's words, with the place in the text. Nothing here executes anything.
//! Read [`Definition`], [`State`] and [`Diagnostic`] first.
//!
//! ```
//! let parsed = asl_model::parse(r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#);
//! let definition = parsed.definition.unwrap();
//! assert_eq!(&*definition.body.start_at, "A");
//! ```

mod catcher;
mod choice_rule;
mod definition;
mod diagnostic;
mod dynamic;
mod graph;
mod integration;
mod jackson;
mod location;
mod lower;
mod parallel;
mod resource;
mod retrier;
mod rules;
pub mod schema;
mod state;
mod validate;
mod variable_references;

pub use catcher::Catcher;
pub use choice_rule::{ChoiceRule, Condition, DataTest, Family, Operator, Relation};
pub use definition::{Body, Definition, MachineType, ParsedDefinition, QueryLanguage, States, parse};
pub use diagnostic::{Diagnostic, Fix, Severity};
pub use dynamic::{Dynamic, PathField};
pub use integration::{OPTIMIZED_ACTIONS, OptimizedAction};
pub use location::Location;
pub use resource::{Integration, IntegrationPattern, Resource, ResourceKind};
pub use retrier::{JitterStrategy, Retrier};
pub use state::{
    ChoiceState, CsvDelimiter, CsvHeaderLocation, DataFlow, FailState, InputType, ItemBatcher, ItemProcessor,
    ItemReader, ManifestType, MapState, OutputType, ParallelState, PassState, ProcessorMode, ReaderConfig,
    ReaderTransformation, ResultWriter, State, StateKind, SucceedState, TaskState, Transition, WaitState, WriterConfig,
    WriterTransformation,
};
pub use validate::{
    InvalidExecutionInput, create_error_message, parse_input, validate, validate_state_text, validate_text,
};
pub use variable_references::variable_references;
