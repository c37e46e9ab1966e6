//! What the page asks of the engine.

use serde::{Deserialize, Serialize};

use crate::assist::AssistQuestion;
use crate::bench::BenchRequest;
use crate::callback::CallbackRequest;
use crate::diagram::LayoutOptions;
use crate::mock::Mock;
use crate::recording::{ChildId, LogFilter};
use crate::reply::{DiagramFormat, HistoryFormat};

/// A message from the page to the engine.
///
/// There is at most one run: starting another stops the one before. A request that names a run other than the current
/// one is ignored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EngineRequest {
    /// The definition's text changed; answered by `Analyzed`. Of several that wait, only the newest is answered.
    Analyze {
        /// Counts the texts; greater than all before.
        revision: u32,
        /// The whole text.
        text: String,
        /// The type that the state machine is to be created with; some rules depend on it.
        execution_type: ExecutionType,
        /// How the page wants the picture.
        layout: LayoutOptions,
        /// Other state machines that its tasks may start: their tasks want mocks too.
        machines: Vec<StateMachineText>,
    },
    /// Helps with editing; answered by `Assisted`. Refers to the text of the newest `Analyze`.
    Assist {
        /// Counts the questions.
        id: u32,
        /// The revision the page believes in; where it is stale the answer is `null`.
        revision: u32,
        /// What the editor wants to know.
        question: AssistQuestion,
    },
    /// Starts a run; answered by `RunStarted` or `RunRefused`, then by `Advanced` until the run has ended.
    StartRun(RunRequest),
    /// Takes one step: records events up to and including the next one. A run that was going on is paused by it.
    Step {
        /// The current run.
        run: u32,
    },
    /// Records until the state at hand has ended, whatever runs inside of it; where the one at hand has ended, the next.
    StepOver {
        /// The current run.
        run: u32,
    },
    /// Names the states that the current run and all later ones pause at, right after they were entered.
    SetBreakpoints {
        /// Names of the states; those that the definition has not are ignored.
        states: Vec<String>,
    },
    /// Goes on with an execution that ended badly, as `RedriveExecution` does.
    Redrive {
        /// The current run.
        run: u32,
        /// What answers tasks from now on: the author may have mended a mock.
        mocks: Vec<Mock>,
    },
    /// Stops recording until `Continue` or `Step`.
    Pause {
        /// The current run.
        run: u32,
    },
    /// Goes on recording after `Pause`, `Step` or a start that was paused.
    Continue {
        /// The current run.
        run: u32,
    },
    /// Aborts the execution, as `StopExecution` does. The recording stays.
    Stop {
        /// The current run.
        run: u32,
    },
    /// The page has taken in an `Advanced`: the next one may come. Until then the run waits, a few thousand events ahead
    /// of the page at most, so that Stop and Pause act on what the reader sees.
    TookIn {
        /// The run it was about.
        run: u32,
    },
    /// Puts the current run away and closes the mock sandbox. A run that has ended is kept among the recordings.
    Reset,
    /// Brings an earlier recording back in place of the current run, which has to have ended and is kept; answered by
    /// `RecordingOpened`.
    OpenRecording {
        /// Number of its run.
        run: u32,
        /// How the page wants the picture of its definition.
        layout: LayoutOptions,
    },
    /// Makes a recording of an execution that the current run started; answered by `RecordingOpened`.
    OpenChild {
        /// Number for the new recording; greater than all before.
        run: u32,
        /// The recording that started it.
        parent: u32,
        /// The event that tells of it.
        event: u32,
        /// Which one.
        child: ChildId,
        /// How the page wants the picture of its definition.
        layout: LayoutOptions,
    },
    /// Makes a recording of a history, as `GetExecutionHistory` returns it; answered by `RecordingOpened` or `RunRefused`.
    OpenHistory {
        /// Number for the new recording; greater than all before.
        run: u32,
        /// The definition whose states the events are about.
        text: String,
        /// Name of the file.
        name: String,
        /// Its content.
        history: String,
    },
    /// Forgets one recording that is not the current one.
    ForgetRecording {
        /// Number of its run.
        run: u32,
    },
    /// Asks which rows of the log pass a filter; answered by `LogFiltered`.
    FilterLog {
        /// The current run.
        run: u32,
        /// Which rows.
        filter: LogFilter,
    },
    /// Puts two recordings side by side; answered by `RunsCompared`.
    CompareRuns {
        /// The first.
        left: u32,
        /// The second.
        right: u32,
    },
    /// Asks how the run stood right after an event; answered by `Viewed`. Of several that wait, only the newest is
    /// answered.
    LookAt {
        /// The current run.
        run: u32,
        /// Id of the event; the last recorded one where this is greater.
        event: u32,
        /// Shows the states inside a Map state as one iteration left them; none for the newest.
        iteration: Option<IterationChoice>,
    },
    /// Asks for everything an event carries; answered by `EventDescribed`.
    DescribeEvent {
        /// The current run.
        run: u32,
        /// Id of the event.
        event: u32,
    },
    /// Asks for the data-flow stages of one visit to a state; answered by `StateVisitDescribed`.
    DescribeStateVisit {
        /// The current run.
        run: u32,
        /// Id of the visit's `...StateEntered` event, or of any event of that visit.
        event: u32,
        /// Id of the newest event that is told of: what came after it is not known yet.
        cursor: u32,
    },
    /// Asks for the variables that a state saw right after an event of its own; answered by `VariablesDescribed`.
    DescribeVariables {
        /// The current run.
        run: u32,
        /// Id of the event.
        event: u32,
    },
    /// Asks for the whole history as a file; answered by `HistoryWritten`.
    WriteHistory {
        /// The current run.
        run: u32,
        /// Which file.
        format: HistoryFormat,
    },
    /// Asks for the picture of the newest text as a file; answered by `DiagramWritten`.
    WriteDiagram {
        /// The revision the page believes in; the answer has no text where it is stale.
        revision: u32,
        /// Which file.
        format: DiagramFormat,
        /// Name of the picture; may be empty.
        title: String,
        /// Draws how the run stood, too. Only pictures do.
        moment: Option<RunMoment>,
    },
    /// Answers a task that waits for a callback.
    Callback {
        /// The current run.
        run: u32,
        /// What is done about it.
        request: CallbackRequest,
    },
    /// Tries something beside the run; answered by `Bench`.
    Bench(BenchRequest),
    /// The page could not provide a sandbox: mocks written in JavaScript fail from now on with this reason.
    SandboxUnavailable {
        /// Echoes `SandboxNeeded`.
        sandbox: u32,
        /// A sentence for the author of the mock.
        reason: String,
    },
}

/// A moment of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunMoment {
    /// The current run.
    pub run: u32,
    /// Id of the event; the last recorded one where this is greater.
    pub event: u32,
    /// Shows the states inside a Map state as one iteration left them; none for the newest.
    pub iteration: Option<IterationChoice>,
}

/// An iteration of a Map state, picked by the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IterationChoice {
    /// Name of the Map state.
    pub map: String,
    /// The iteration, from 0.
    pub iteration: u32,
}

/// What a run begins with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunRequest {
    /// Counts the runs; greater than all before.
    pub run: u32,
    /// The revision that `text` is, for the answer's `revision`.
    pub revision: u32,
    /// The definition. It is the run's own: later edits do not touch it.
    pub text: String,
    /// The input, JSON text. Empty text counts as `{}`.
    pub input: String,
    /// The mocks in order; the first that matches a task answers it.
    pub mocks: Vec<Mock>,
    /// Other state machines that tasks may start.
    pub machines: Vec<StateMachineText>,
    /// The rest.
    pub options: RunOptions,
}

/// A state machine that tasks may start with `startExecution`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateMachineText {
    /// Its ARN, or its name in the playground's own account and region.
    pub name: String,
    /// The definition.
    pub text: String,
}

/// The circumstances of a run. Together with definition, input and mocks they determine every byte of the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunOptions {
    /// Name of the execution; a name made from the seed where it is empty.
    pub name: String,
    /// STANDARD or EXPRESS.
    pub execution_type: ExecutionType,
    /// Seed of all dice.
    pub seed: u64,
    /// Virtual time at the start, in milliseconds since the Unix epoch.
    pub start_time_ms: i64,
    /// How virtual time passes.
    pub pace: Pace,
    /// Whether the run waits for `Step` or `Continue` before its first event.
    pub paused: bool,
}

/// STANDARD or EXPRESS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the API's words say it")]
pub enum ExecutionType {
    #[default]
    Standard,
    Express,
}

/// How virtual time passes while a run records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Pace {
    /// Waits cost nothing: time jumps to the next deadline.
    #[default]
    Virtual,
    /// One virtual second takes one second.
    Real,
    /// So many virtual seconds take one second; a factor that is not above zero counts as `Virtual`.
    Scaled(f64),
}
