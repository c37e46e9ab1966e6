//! What the reader can make the page do. Buttons, keys and menus all come here, so each deed is written once.

mod assist;
mod bench;
mod control;
mod files;
mod links;
mod playground;
mod recordings;
mod travel;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use asl_protocol::{
    Direction, EngineRequest, Fix, IterationChoice, RunMoment, RunOptions, RunPhase, RunRequest, TextRange,
};
use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::engine::Engine;
use crate::export::{Destination, ExportFormat, deliver};
use crate::interop::{editor::Editor, focus, location, storage};
use crate::state::{Action, Notice, NoticeKind, Pane, PlaygroundState, Snapshot, Speed, Theme};

pub(crate) use links::{Included, is_untrusted};

/// How long the engine may take to answer Stop before another one takes its place.
const STOP_PATIENCE_MS: u32 = 600;
/// Seed of a run that has no other: the same document gives the same history, here and for the reader of a link.
const SEED: u64 = 1;

/// The deeds, with what they need to know. One for the life of the page.
pub(crate) struct Commands {
    dispatch: UseReducerDispatcher<PlaygroundState>,
    engine: Rc<Engine>,
    latest: RefCell<PlaygroundState>,
    definition: RefCell<Option<Rc<Editor>>>,
    /// Revision that the engine was told last.
    told: Cell<u32>,
    draft: DraftKeeper,
    /// The event that a link points at, until it is recorded.
    awaited: Cell<Option<u32>>,
}

/// Context that hands [`Commands`] to every component; it never changes, so it never makes one render.
#[derive(Clone)]
pub(crate) struct CommandsContext(pub(crate) Rc<Commands>);

impl PartialEq for CommandsContext {
    fn eq(&self, other: &CommandsContext) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Returns the deeds.
///
/// # Panics
///
/// Outside of `App`, which provides them.
#[hook]
pub(crate) fn use_commands() -> Rc<Commands> {
    use_context::<CommandsContext>()
        .expect("every component is inside of App")
        .0
}

impl Commands {
    /// Returns the deeds of a page that shows `state`.
    pub(crate) fn new(
        dispatch: UseReducerDispatcher<PlaygroundState>,
        engine: Rc<Engine>,
        state: PlaygroundState,
        opened: Opened,
    ) -> Commands {
        let draft = DraftKeeper::new(state.snapshot(), opened);
        Commands {
            dispatch,
            engine,
            latest: RefCell::new(state),
            definition: RefCell::default(),
            told: Cell::default(),
            draft,
            awaited: Cell::default(),
        }
    }

    /// Takes note of the state that is on the screen now.
    pub(crate) fn rendered(&self, state: &PlaygroundState) {
        self.latest.replace(state.clone());
    }

    /// Takes note of a fact.
    pub(crate) fn tell(&self, action: Action) {
        self.dispatch.dispatch(action);
    }

    fn state(&self) -> PlaygroundState {
        self.latest.borrow().clone()
    }

    /// Asks the engine what the text says.
    pub(crate) fn analyze(&self) {
        let PlaygroundState { document, settings, .. } = self.state();
        self.told.set(document.revision);
        self.engine.send(EngineRequest::Analyze {
            revision: document.revision,
            text: document.definition.to_string(),
            execution_type: document.about.execution_type(),
            layout: settings.layout.clone(),
            machines: document.about.machine_texts(),
        });
    }

    /// Asks the engine what the text says, where it has not been asked about this one.
    pub(crate) fn analyze_newest(&self) {
        if self.told.get() != self.state().document.revision {
            self.analyze();
        }
    }

    /// Runs, or goes on with a run that is paused.
    pub(crate) fn run(&self) {
        let run = self.state().run;
        self.go_live();
        if !run.is_going() {
            self.start(false);
        } else if run.phase == RunPhase::Paused {
            self.engine.send(EngineRequest::Continue { run: run.number });
        }
    }

    /// Takes one step; starts a run that waits for steps where there is none.
    pub(crate) fn step(&self) {
        let run = self.state().run;
        self.go_live();
        if run.is_going() {
            self.engine.send(EngineRequest::Step { run: run.number });
        } else if let Some(number) = self.start(true) {
            self.engine.send(EngineRequest::Step { run: number });
        }
    }

    /// Starts a run and returns its number, or asks first where a link brought JavaScript.
    fn start(&self, paused: bool) -> Option<u32> {
        self.start_at(self.state().settings.speed, paused)
    }

    /// Starts a run with time passing at that speed.
    fn start_at(&self, speed: Speed, paused: bool) -> Option<u32> {
        let state = self.state();
        if state.mocks.is_untrusted() && state.mocks.has_java_script() {
            self.tell(Action::ConsentAsked);
            self.tell(Action::PaneShown(Pane::Log));
            return None;
        }
        let run = state.run.next_number();
        let revision = state.document.revision;
        self.tell(Action::RunRequested { run, revision, paused });
        self.send_breakpoints(&state.document.about);
        self.engine.send(EngineRequest::StartRun(RunRequest {
            run,
            revision,
            text: state.document.definition.to_string(),
            input: state.document.input.to_string(),
            mocks: state.mocks.to_request(),
            machines: state.document.about.machine_texts(),
            options: RunOptions {
                name: state.document.about.name.clone(),
                execution_type: state.document.about.execution_type(),
                seed: state.document.about.seed.unwrap_or(SEED),
                start_time_ms: start_ms(&state.document.about.start),
                pace: speed.pace(),
                paused,
            },
        }));
        if state.settings.pane != Pane::Log {
            self.tell(Action::PaneShown(Pane::Diagram));
        }
        Some(run)
    }

    /// Stops the execution; an engine that does not answer is replaced.
    pub(crate) fn stop(self: &Rc<Commands>) {
        let run = self.state().run;
        if !run.is_going() {
            return;
        }
        self.engine.send(EngineRequest::Stop { run: run.number });
        let commands = Rc::clone(self);
        let number = run.number;
        Timeout::new(STOP_PATIENCE_MS, move || {
            let run = commands.state().run;
            if run.number == number && run.is_going() {
                commands.engine.restart();
            }
        })
        .forget();
    }

    /// Throws the recording away.
    pub(crate) fn reset(&self) {
        self.engine.send(EngineRequest::Reset);
        self.tell(Action::RunReset);
    }

    /// Asks for everything an event carries, and for the visit it belongs to.
    pub(crate) fn describe_event(&self, event: u32) {
        let run = self.state().run.number;
        self.engine.send(EngineRequest::DescribeEvent { run, event });
        let cursor = event;
        self.engine
            .send(EngineRequest::DescribeStateVisit { run, event, cursor });
    }

    /// Asks for the data-flow of the newest visit to a state.
    pub(crate) fn describe_state(&self, state: &str) {
        let run = self.state().run;
        if let Some(entered) = run.node(state).map(|node| node.entered).filter(|entered| *entered > 0) {
            self.engine.send(EngineRequest::DescribeStateVisit {
                run: run.number,
                event: entered,
                cursor: run.position(),
            });
        }
    }

    /// Asks for the variables that a state saw right after an event of its own.
    pub(crate) fn describe_variables(&self, event: u32) {
        let run = self.state().run.number;
        self.engine.send(EngineRequest::DescribeVariables { run, event });
    }

    /// Picks a state and shows its text; `focus` moves the keyboard there.
    pub(crate) fn select_state(&self, name: &str, focus: bool) {
        self.tell(Action::StateSelected(Some(name.into())));
        let document = self.state().document;
        let analysis = document.drawn.as_ref();
        let span = analysis.and_then(|analysis| analysis.states.iter().find(|state| state.name == name));
        if let (Some(span), Some(editor)) = (span, self.definition.borrow().as_ref()) {
            editor.select(span.range.from, span.range.to, focus);
        }
    }

    /// Picks an event, shows where its state is written, and asks for nothing of the keyboard.
    pub(crate) fn select_event(&self, event: u32) {
        self.tell(Action::EventSelected(Some(event)));
        self.show_text_of(Some(event));
    }

    /// Shows where the state of an event is written.
    fn show_text_of(&self, event: Option<u32>) {
        let state = self.state();
        let name = event
            .and_then(|event| state.run.rows.event(event))
            .map(|row| row.state.as_str());
        let analysis = state.document.drawn.as_ref();
        let span = analysis.and_then(|analysis| analysis.states.iter().find(|span| Some(span.name.as_str()) == name));
        if let (Some(span), Some(editor)) = (span, self.definition.borrow().as_ref()) {
            editor.select(span.range.from, span.range.from, false);
        }
    }

    /// Leaves what is selected: first the event, then the state.
    pub(crate) fn deselect(&self) {
        let state = self.state();
        let has_event = state.selection.event.is_some() || state.run.cursor.event.is_some();
        self.tell(if has_event {
            Action::EventSelected(None)
        } else {
            Action::StateSelected(None)
        });
    }

    /// Picks the state whose text holds the caret.
    pub(crate) fn caret_moved(&self, offset: u32) {
        let state = self.state();
        let Some(analysis) = state.document.analysis.as_ref() else {
            return;
        };
        let holds = |range: &TextRange| range.from <= offset && offset < range.to;
        let innermost = analysis
            .states
            .iter()
            .filter(|span| holds(&span.range))
            .min_by_key(|span| span.range.to - span.range.from);
        let name = innermost.map(|span| span.name.as_str());
        if name.is_some() && state.selection.state.as_deref() != name {
            self.tell(Action::StateSelected(name.map(Rc::from)));
        }
    }

    /// Goes to a place in the definition.
    pub(crate) fn go_to(&self, range: TextRange) {
        self.tell(Action::PaneShown(Pane::Definition));
        if let Some(editor) = self.definition.borrow().as_ref() {
            editor.select(range.from, range.to, true);
        }
    }

    /// Mends the definition.
    pub(crate) fn apply(&self, fix: &Fix) {
        if let Some(editor) = self.definition.borrow().as_ref() {
            editor.apply(fix);
        }
    }

    /// Takes note of the definition's editor.
    pub(crate) fn definition_editor(&self, editor: Option<Rc<Editor>>) {
        self.definition.replace(editor);
    }

    /// Shows another document. The draft stays in storage until the new document is edited.
    pub(crate) fn open(&self, snapshot: Snapshot, from_link: bool) {
        self.open_with(snapshot, from_link, "");
    }

    /// Shows another document, with a note about it.
    fn open_with(&self, snapshot: Snapshot, from_link: bool, note: &str) {
        self.awaited.set(None);
        self.engine.send(EngineRequest::Reset);
        let had_draft = self.draft.opened(snapshot.settled());
        self.tell(Action::DocumentReplaced {
            snapshot,
            untrusted: from_link,
        });
        if had_draft {
            let text = [note, "Your previous work is kept in this browser."].join(" ");
            self.notice(NoticeKind::DraftKept, text.trim_start());
        } else if !note.is_empty() {
            self.notice(NoticeKind::Info, note);
        }
    }

    /// Brings the draft back; returns whether there was one.
    pub(crate) fn restore_draft(&self) -> bool {
        let Some(snapshot) = self.draft.previous() else {
            return false;
        };
        let untrusted = links::is_untrusted(&snapshot);
        self.draft.adopted(snapshot.settled());
        location::replace_fragment("");
        self.engine.send(EngineRequest::Reset);
        self.tell(Action::DocumentReplaced { snapshot, untrusted });
        self.tell(Action::NoticeDismissed);
        true
    }

    /// Keeps the document as it is now.
    pub(crate) fn keep_draft(&self) {
        if !self.draft.keep(&self.state().snapshot()) {
            self.notice(
                NoticeKind::Problem,
                "This browser does not let the page store anything: changes are kept in this tab only.",
            );
        }
    }

    /// Says something on top of the page.
    pub(crate) fn notice(&self, kind: NoticeKind, text: &str) {
        self.tell(Action::NoticeGiven(Notice {
            kind,
            text: text.into(),
        }));
    }

    /// Shows a theme and keeps it.
    pub(crate) fn choose_theme(&self, theme: Theme) {
        self.tell(Action::ThemeChosen(theme));
        storage::keep(storage::THEME, &theme.as_str());
    }

    /// Lets time pass at another speed from the next run on, and keeps that.
    pub(crate) fn choose_speed(&self, speed: Speed) {
        self.tell(Action::SpeedChosen(speed));
        storage::keep(storage::SPEED, &speed.as_str());
    }

    /// Lets the diagram's flow go another way.
    pub(crate) fn choose_direction(&self, direction: Direction) {
        self.tell(Action::DirectionChosen(direction));
    }

    /// Hides or shows the inside of a Map or Parallel state.
    pub(crate) fn fold(&self, state: &str, is_collapsed: bool) {
        let state = state.into();
        self.tell(Action::ContainerFolded { state, is_collapsed });
    }

    /// Draws the picture anew, and keeps how it is drawn.
    pub(crate) fn layout_changed(&self) {
        storage::keep(storage::LAYOUT, &self.state().settings.layout);
        self.analyze();
    }

    /// Shows the states inside a Map state as one iteration left them, or as the newest did.
    pub(crate) fn choose_iteration(&self, choice: Option<IterationChoice>) {
        self.tell(Action::IterationChosen(choice));
    }

    /// Hands the diagram over as a file or on the clipboard.
    pub(crate) fn export(self: &Rc<Commands>, format: ExportFormat, destination: Destination, with_run: bool) {
        let PlaygroundState { document, run, .. } = self.state();
        let moment = with_run.then(|| RunMoment {
            run: run.number,
            event: run.shown_view().event,
            iteration: run.iteration.clone(),
        });
        let request = EngineRequest::WriteDiagram {
            revision: document.revision,
            format: format.written_as(),
            title: document.title.to_string(),
            moment,
        };
        let commands = Rc::clone(self);
        spawn_local(async move {
            let text = commands.engine.write_file(request).await;
            let is_done = match &text {
                Some(text) => deliver(text, format, destination, &document.title).await,
                None => false,
            };
            let label = format.label();
            match (is_done, destination) {
                (true, Destination::Clipboard) => commands.notice(NoticeKind::Info, &format!("{label} copied.")),
                (true, Destination::File) => commands.notice(NoticeKind::Info, &format!("{label} saved.")),
                (false, _) if text.is_none() => {
                    commands.notice(NoticeKind::Problem, "There is no diagram of this text to export.");
                }
                (false, _) => commands.notice(
                    NoticeKind::Problem,
                    &format!("This browser refused to hand over {label}."),
                ),
            }
        });
    }

    /// Moves the keyboard to a pane, and brings it to the front.
    pub(crate) fn focus_pane(&self, pane: Pane) {
        self.tell(Action::PaneShown(pane));
        Timeout::new(0, move || focus::pane(pane)).forget();
    }
}

/// Returns the instant at which a run starts: the document's own, or now.
fn start_ms(start: &str) -> i64 {
    let given = js_sys::Date::parse(start);
    if given.is_nan() { now_ms() } else { whole_ms(given) }
}

fn now_ms() -> i64 {
    whole_ms(js_sys::Date::now())
}

fn whole_ms(date: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds of a date are whole and far below 2^53"
    )]
    let milliseconds = date as i64;
    milliseconds
}

/// Where the document on the screen came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opened {
    /// It is the reader's own draft, and edits go on in it.
    Draft,
    /// It is an example or a link, which the reader has not edited.
    Other,
}

/// Keeps the draft, and the one before it once another document is edited.
struct DraftKeeper {
    opened: Cell<Opened>,
    unedited: RefCell<Snapshot>,
    denied: Cell<bool>,
}

impl DraftKeeper {
    fn new(shown: Snapshot, opened: Opened) -> DraftKeeper {
        DraftKeeper {
            opened: Cell::new(opened),
            unedited: RefCell::new(shown),
            denied: Cell::new(false),
        }
    }

    /// Takes note of another document; returns whether there is a draft to come back to.
    fn opened(&self, shown: Snapshot) -> bool {
        self.unedited.replace(shown);
        self.opened.set(Opened::Other);
        storage::kept::<Snapshot>(storage::DRAFT).is_some()
    }

    /// Takes note of a draft that is on the screen again.
    fn adopted(&self, shown: Snapshot) {
        storage::keep(storage::DRAFT, &shown);
        self.unedited.replace(shown);
        self.opened.set(Opened::Draft);
    }

    /// Returns the work that another document took the place of.
    fn previous(&self) -> Option<Snapshot> {
        match self.opened.get() {
            Opened::Other => storage::kept(storage::DRAFT),
            Opened::Draft => storage::kept(storage::PREVIOUS),
        }
    }

    /// Keeps the document if the reader changed it; returns `false` the first time that storage is denied.
    fn keep(&self, now: &Snapshot) -> bool {
        if *self.unedited.borrow() == *now {
            return true;
        }
        if self.opened.replace(Opened::Draft) == Opened::Other {
            location::replace_fragment("");
            if let Some(before) = storage::kept::<Snapshot>(storage::DRAFT) {
                storage::keep(storage::PREVIOUS, &before);
            }
        }
        storage::keep(storage::DRAFT, now) || self.denied.replace(true)
    }
}
