//! What the page and the engine Worker say to each other.
//!
//! Plain data and nothing else: the page draws these types without knowing the interpreter, so its wasm stays small.
//! Numbers that count from one side and are echoed by the other let stale answers be dropped: `revision` counts the
//! texts of the definition, `run` counts the runs. JSON payloads travel as text.
//!
//! Read [`EngineRequest`] and [`EngineReply`] first, then [`RunProgress`].
//!
//! ```
//! use asl_protocol::{EngineRequest, decode, encode};
//! let request = EngineRequest::Stop { run: 3 };
//! let message = encode(&request);
//! assert_eq!(decode::<EngineRequest>(&message), Ok(request));
//! ```

mod analysis;
mod assist;
mod bench;
mod callback;
mod codec;
mod diagram;
mod files;
mod inspection;
mod mock;
mod progress;
mod recording;
mod reply;
mod request;
mod run_view;

pub use analysis::{Analysis, Diagnostic, Fix, MockableTask, Severity, StateSpan, TaskKind, TextEdit, TextRange};
pub use assist::AssistQuestion;
pub use bench::{
    BenchReply, BenchRequest, Coverage, CoverageItem, CoverageKind, EvaluateRequest, Evaluated, MockTest,
    MockTestResult, StateTest, StateTestMock, StateTestResult,
};
pub use callback::{CallbackRequest, TaskAnswer, WaitingTask};
pub use codec::{DecodeError, decode, encode};
pub use diagram::{
    Diagram, DiagramBar, DiagramEdge, DiagramNode, DiagramRegion, Direction, EdgeKey, EdgeKind, EdgeLabel, LabelLine,
    LayoutOptions, NodeKind, OutlineLine, Point, Rect,
};
pub use files::{
    DeploymentText, FileKind, FileRefusal, FilesReply, FilesRequest, MAX_FILE_BYTES, SharedDocument, SharedMoment,
    Substitution, TemplateMachine, TestCase,
};
pub use inspection::{
    AttemptChoice, ClauseOutcome, ConditionOutcome, EventDetails, FailureOutcome, LineSign, RuleOutcome, Stage,
    StageReach, StateVisit, ValueLine, VariableValue, VisibleVariables, VisitChoice,
};
pub use mock::{Mock, MockAnswer, MockBehavior, MockMatch, MockStep};
pub use progress::{ConsoleLine, LONGEST_STRETCH, LogRow, MockUse, RunEnd, RunPhase, RunProgress};
pub use recording::{
    ChildExecution, ChildId, ComparedLine, ComparedRun, Comparison, FilteredLog, LogFilter, LogKind, RecordingOpened,
    RecordingOrigin, RecordingSummary,
};
pub use reply::{DiagramFormat, EngineReply, HistoryFormat};
pub use request::{
    EngineRequest, ExecutionType, IterationChoice, Pace, RunMoment, RunOptions, RunRequest, StateMachineText,
};
pub use run_view::{EdgeStatus, IterationCounts, NodeStatus, RunView, Status};
