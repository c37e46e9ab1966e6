//! What happened, in the past tense. The only way to change [`super::PlaygroundState`].

use std::fmt;
use std::rc::Rc;

use asl_protocol::{Direction, EngineReply, IterationChoice, LogFilter};

use super::bench::BenchDeed;
use super::cursor::Travel;
use super::dialog::{Dialog, LinkPage};
use super::mocks::MockDraft;
use super::settings::{Notice, Pane, Speed, Theme};
use super::snapshot::{About, Snapshot};

/// A fact that a reducer takes note of.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// The reader typed in the definition.
    DefinitionEdited(Rc<str>),
    /// The reader gave a state another name, everywhere in the definition.
    StateRenamed {
        /// The name it had.
        from: Rc<str>,
        /// The name it has.
        to: Rc<str>,
    },
    /// The reader typed in the execution input.
    InputEdited(Rc<str>),
    /// Another document took the place of this one: an example, a link, a draft.
    DocumentReplaced {
        /// The document.
        snapshot: Snapshot,
        /// Whether its JavaScript waits for the reader's permission.
        untrusted: bool,
    },
    /// The engine spoke; everything that arrived within one animation frame.
    EngineReplied(Vec<EngineReply>),
    /// The engine cannot be had, for this reason.
    EngineFailed(Rc<str>),
    /// The engine did not answer and was started anew; a run that was going on is lost.
    EngineRestarted,
    /// A run was asked for.
    RunRequested {
        /// Number of the run.
        run: u32,
        /// Revision of the definition that it runs.
        revision: u32,
        /// Whether it waits for steps.
        paused: bool,
    },
    /// The recording was thrown away.
    RunReset,
    /// The reader picked a state in the diagram, or none.
    StateSelected(Option<Rc<str>>),
    /// The reader picked an event in the log, or none.
    EventSelected(Option<u32>),
    /// The reader moved through the recording.
    Traveled(Travel),
    /// The reader chose what runs begin with, or where they pause.
    AboutChanged(AboutChange),
    /// The reader wants to see other rows of the log.
    LogFiltered(LogFilter),
    /// The reader chose whether the log's times count from the row before.
    LogTimesChosen {
        /// Whether they do.
        is_delta: bool,
    },
    /// The reader asked for a history to be opened.
    HistoryAsked,
    /// The reader put a comparison away.
    ComparisonClosed,
    /// The reader put the inspector away.
    InspectorClosed,
    /// The reader opened a mock.
    MockOpened(Rc<str>),
    /// The reader changed a mock.
    MockEdited {
        /// Key of the mock's target.
        key: Rc<str>,
        /// The mock as it is now.
        draft: MockDraft,
    },
    /// The reader put a mock away.
    MockRemoved(Rc<str>),
    /// The reader did something beside the run.
    Bench(BenchDeed),
    /// A run was asked for that would execute JavaScript out of a link.
    ConsentAsked,
    /// The reader decided about the JavaScript of a link.
    LinkTrusted {
        /// Whether stand-ins that return their input take its place.
        stand_ins: bool,
    },
    /// A dialog was opened, or the open one closed.
    DialogShown(Option<Dialog>),
    /// A link is being read, or does not open; or the reader left its page.
    LinkShown(Option<LinkPage>),
    /// The reader chose light, dark or the system's theme.
    ThemeChosen(Theme),
    /// The reader chose how time passes.
    SpeedChosen(Speed),
    /// The reader chose which way the diagram's flow goes.
    DirectionChosen(Direction),
    /// The reader collapsed or expanded a Map or Parallel state of the diagram.
    ContainerFolded {
        /// Name of the state.
        state: Rc<str>,
        /// Whether its inside is hidden now.
        is_collapsed: bool,
    },
    /// The reader chose to see one iteration of a Map state, or the newest.
    IterationChosen(Option<IterationChoice>),
    /// One pane was brought to the front, where the layout shows one at a time.
    PaneShown(Pane),
    /// The page has something to say.
    NoticeGiven(Notice),
    /// The reader has read it.
    NoticeDismissed,
}

/// A change of what runs begin with. It is made to what is there when it arrives, so that two in a row keep both.
#[derive(Clone)]
pub(crate) struct AboutChange(Rc<dyn Fn(&mut About)>);

impl AboutChange {
    /// Returns the change that the function makes.
    pub(crate) fn new(change: impl Fn(&mut About) + 'static) -> AboutChange {
        AboutChange(Rc::new(change))
    }

    /// Returns what it makes of something.
    pub(crate) fn made_to(&self, about: &About) -> About {
        let mut about = about.clone();
        (self.0)(&mut about);
        about
    }
}

impl fmt::Debug for AboutChange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("AboutChange")
    }
}
