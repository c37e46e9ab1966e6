//! A compiled state machine: names are indexes, expressions are parsed, the query language of each state is settled.
//!
//! Immutable and shared: a running execution keeps the machine it began with.

use std::sync::Arc;

use asl_json::Value;
use asl_jsonpath::{Intrinsic, Path, ReferencePath};
use asl_model::{
    CsvDelimiter, CsvHeaderLocation, Family, InputType, ManifestType, QueryLanguage, ReaderTransformation, Relation,
    Retrier, WriterConfig,
};

use crate::contract::{ExecutionType, Integration};

/// A state machine ready to be executed. Made by [`StateMachine::compile`].
#[derive(Debug)]
pub struct StateMachine {
    pub(crate) states: Vec<State>,
    pub(crate) bodies: Vec<Body>,
    pub(crate) timeout_seconds: Option<i64>,
}

/// Index of a state in [`StateMachine::states`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StateId(pub(crate) u32);

/// Index of a `States` object in [`StateMachine::bodies`]; 0 is the top level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BodyId(pub(crate) u32);

/// A `States` object with its `StartAt`.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) start_at: StateId,
}

/// One state.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) name: Arc<str>,
    pub(crate) query_language: QueryLanguage,
    pub(crate) transition: Transition,
    pub(crate) flow: Flow,
    pub(crate) retry: Vec<Retrier>,
    pub(crate) catch: Vec<Catcher>,
    pub(crate) kind: StateKind,
}

/// Where a state goes when it is done.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Transition {
    Next(StateId),
    End,
}

/// The fields that move data, whatever the type of the state.
#[derive(Debug)]
pub(crate) struct Flow {
    pub(crate) input_path: PathField,
    /// `Parameters` or `Arguments`.
    pub(crate) arguments: Option<Payload>,
    pub(crate) result_selector: Option<Payload>,
    pub(crate) result_path: ResultPath,
    pub(crate) output_path: PathField,
    pub(crate) output: Option<Payload>,
    pub(crate) assign: Option<Payload>,
}

/// `InputPath` or `OutputPath`.
#[derive(Debug)]
pub(crate) enum PathField {
    /// Absent or `$`.
    Root,
    /// `null`: an empty object.
    Null,
    Path(Path),
}

/// `ResultPath`.
#[derive(Debug)]
pub(crate) enum ResultPath {
    /// Absent or `$`: the result replaces everything.
    Root,
    /// `null`: the result is discarded.
    Null,
    Path(ReferencePath),
}

/// A field that computes a value, in the state's query language.
#[derive(Debug)]
pub(crate) enum Payload {
    JsonPath(asl_jsonpath::Template),
    Jsonata(asl_jsonata::Template),
}

/// A field such as `TimeoutSeconds`: written, found at a path, or computed.
#[derive(Debug)]
pub(crate) enum Scalar<T> {
    Literal(T),
    Path(Path),
    Expression(asl_jsonata::Template),
}

/// `Error` or `Cause` of a Fail state.
#[derive(Debug)]
pub(crate) enum Text {
    Literal(Arc<str>),
    Path(Path),
    Intrinsic(Intrinsic),
    Expression(asl_jsonata::Template),
}

/// One element of `Catch`.
#[derive(Debug)]
pub(crate) struct Catcher {
    pub(crate) error_equals: Vec<Arc<str>>,
    pub(crate) next: StateId,
    pub(crate) result_path: ResultPath,
    pub(crate) output: Option<Payload>,
    pub(crate) assign: Option<Payload>,
}

/// What is particular to each type.
#[derive(Debug)]
pub(crate) enum StateKind {
    Task(Box<Task>),
    Choice(Choice),
    Wait(Wait),
    Pass { result: Option<Value> },
    Succeed,
    Fail { error: Option<Text>, cause: Option<Text> },
    Parallel { branches: Vec<BodyId> },
    Map(Box<Map>),
}

/// What is particular to a Task.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) resource: Arc<str>,
    pub(crate) integration: Integration,
    /// `resource` of the history's events, such as `invoke` or `startExecution.sync:2`.
    pub(crate) event_resource: Arc<str>,
    pub(crate) timeout_seconds: Option<Scalar<i64>>,
    pub(crate) heartbeat_seconds: Option<Scalar<i64>>,
    pub(crate) credentials: Option<Payload>,
}

/// What is particular to a Choice.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) rules: Vec<Rule>,
    pub(crate) default: Option<StateId>,
}

/// One element of `Choices`.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) condition: Condition,
    pub(crate) next: StateId,
    pub(crate) assign: Option<Payload>,
    pub(crate) output: Option<Payload>,
}

/// What a rule asks.
#[derive(Debug)]
pub(crate) enum Condition {
    Literal(bool),
    Expression(asl_jsonata::Template),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Compare {
        variable: Path,
        family: Family,
        relation: Relation,
        operand: Operand,
    },
    StringMatches {
        variable: Path,
        pattern: Arc<str>,
    },
    Is {
        variable: Path,
        test: TypeTest,
        expected: bool,
    },
}

/// The right side of a comparison.
#[derive(Debug)]
pub(crate) enum Operand {
    Literal(Value),
    Path(Path),
}

/// The operators that look at the type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TypeTest {
    Null,
    Present,
    Numeric,
    String,
    Boolean,
    Timestamp,
}

/// How long a Wait waits.
#[derive(Debug)]
pub(crate) enum Wait {
    Seconds(Scalar<i64>),
    Timestamp(Scalar<Arc<str>>),
}

/// What is particular to a Map.
#[derive(Debug)]
pub(crate) struct Map {
    pub(crate) body: BodyId,
    /// The type of the child executions of a distributed Map; `None` for an inline one.
    pub(crate) distributed: Option<ExecutionType>,
    pub(crate) items_path: Option<Path>,
    pub(crate) items: Option<asl_jsonata::Template>,
    pub(crate) item_selector: Option<Payload>,
    pub(crate) item_reader: Option<ItemReader>,
    pub(crate) item_batcher: Option<ItemBatcher>,
    pub(crate) result_writer: Option<ResultWriter>,
    pub(crate) max_concurrency: Option<Scalar<i64>>,
    pub(crate) tolerated_failure_count: Option<Scalar<i64>>,
    pub(crate) tolerated_failure_percentage: Option<Scalar<f64>>,
    pub(crate) label: Option<Arc<str>>,
}

/// Where a distributed Map reads its items.
#[derive(Debug)]
pub(crate) struct ItemReader {
    /// The action: `getObject` or `listObjectsV2`.
    pub(crate) action: Arc<str>,
    pub(crate) arguments: Option<Payload>,
    pub(crate) input_type: Option<InputType>,
    pub(crate) transformation: Option<ReaderTransformation>,
    pub(crate) manifest_type: Option<ManifestType>,
    pub(crate) csv_header_location: Option<CsvHeaderLocation>,
    pub(crate) csv_headers: Vec<Arc<str>>,
    pub(crate) csv_delimiter: CsvDelimiter,
    pub(crate) max_items: Option<Scalar<i64>>,
    pub(crate) items_pointer: Option<Arc<str>>,
}

/// How a distributed Map groups its items.
#[derive(Debug)]
pub(crate) struct ItemBatcher {
    pub(crate) batch_input: Option<Payload>,
    pub(crate) max_items_per_batch: Option<Scalar<i64>>,
    pub(crate) max_input_bytes_per_batch: Option<Scalar<i64>>,
}

/// Where a distributed Map writes its results.
#[derive(Debug)]
pub(crate) struct ResultWriter {
    pub(crate) exports: bool,
    pub(crate) arguments: Option<Payload>,
    pub(crate) config: Option<WriterConfig>,
}

impl StateMachine {
    pub(crate) fn state(&self, id: StateId) -> &State {
        &self.states[id.0 as usize]
    }

    pub(crate) fn body(&self, id: BodyId) -> &Body {
        &self.bodies[id.0 as usize]
    }
}
