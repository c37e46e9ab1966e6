//! What the engine tells the page.

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Diagnostic};
use crate::bench::BenchReply;
use crate::inspection::{EventDetails, StateVisit, VisibleVariables};
use crate::progress::RunProgress;
use crate::recording::{Comparison, FilteredLog, RecordingOpened, RecordingSummary};
use crate::run_view::RunView;

/// A message from the engine to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EngineReply {
    /// The engine listens. Requests sent before are kept and answered after this.
    Ready,
    /// What a text says.
    Analyzed(Analysis),
    /// Help with editing.
    Assisted {
        /// Echoes the request.
        id: u32,
        /// The answer as JSON; `null` where there is none.
        answer: String,
    },
    /// A run begins.
    RunStarted {
        /// Echoes the request.
        run: u32,
        /// Echoes the request: whose diagram the run's view belongs to.
        revision: u32,
        /// Name of the execution.
        name: String,
    },
    /// A run cannot begin.
    RunRefused {
        /// Echoes the request.
        run: u32,
        /// Why, in a sentence.
        message: String,
        /// Problems of the definition; empty where the input or a mock is at fault.
        diagnostics: Vec<Diagnostic>,
    },
    /// What was recorded since the last message.
    Advanced(RunProgress),
    /// How a run stood right after an event.
    Viewed {
        /// Echoes the request.
        run: u32,
        /// How it stood.
        view: RunView,
    },
    /// Everything an event carries.
    EventDescribed(EventDetails),
    /// The data-flow stages of one visit to a state.
    StateVisitDescribed(StateVisit),
    /// The variables that a state saw.
    VariablesDescribed(VisibleVariables),
    /// A task did not take its answer.
    CallbackRefused {
        /// Echoes the request.
        run: u32,
        /// Why, in a sentence.
        problem: String,
    },
    /// Something that was tried beside the run.
    Bench(BenchReply),
    /// The recordings that the engine keeps, in the order of their numbers.
    RecordingsListed(Vec<RecordingSummary>),
    /// A recording takes the place of the current run.
    RecordingOpened(RecordingOpened),
    /// The rows that pass a filter.
    LogFiltered(FilteredLog),
    /// Two recordings side by side.
    RunsCompared(Comparison),
    /// The whole history as a file.
    HistoryWritten {
        /// Echoes the request.
        run: u32,
        /// Echoes the request.
        format: HistoryFormat,
        /// Content of the file.
        text: String,
    },
    /// The code that answers requests besides those about analyzing and running could not be fetched: the requests that
    /// waited for it get no answer.
    ToolsFailed,
    /// A run needs the mock sandbox: the page opens one and hands its port to the engine.
    SandboxNeeded {
        /// Counts the sandboxes.
        sandbox: u32,
    },
    /// The page removes the sandbox, and with it whatever still runs inside.
    SandboxDone {
        /// Counts the sandboxes.
        sandbox: u32,
    },
    /// A picture as a file that stands alone.
    DiagramWritten {
        /// Echoes the request.
        format: DiagramFormat,
        /// Content of the file; none where there is no picture of that revision.
        text: Option<String>,
    },
}

/// Which file a history is written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HistoryFormat {
    /// `{"events": [...]}`, as `aws stepfunctions get-execution-history` prints it.
    #[default]
    Json,
    /// One event per line.
    JsonLines,
}

/// Which file a diagram is written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DiagramFormat {
    /// A picture with its own style sheet, and nothing from elsewhere.
    #[default]
    Svg,
    /// A Mermaid flowchart.
    Mermaid,
    /// A graph in DOT, the language of Graphviz.
    Dot,
}
