//! Links: opening one, deciding about its JavaScript, and making one.

use std::rc::Rc;

use asl_protocol::{DiagramFormat, EngineRequest, FilesReply, FilesRequest, SharedDocument, SharedMoment};
use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use crate::interop::{embedding, files_worker, gist, location, storage};
use crate::state::{
    Action, Dialog, EXAMPLES, Fragment, LinkPage, NoticeKind, Pane, PlaygroundState, RunState, Snapshot, Source, Speed,
    Trust,
};

use super::Commands;

/// What goes into a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a box that the reader ticks")]
pub(crate) struct Included {
    /// The execution input.
    pub input: bool,
    /// The mocks.
    pub mocks: bool,
    /// The selected state and event, and what is in front.
    pub moment: bool,
    /// The white space of the texts is left out.
    pub shorten: bool,
    /// A stand-in is written for account ids.
    pub redact: bool,
}

/// How a reader decided about the JavaScript of a document.
const ALLOWED: &str = "run";
const STAND_INS: &str = "stand-ins";

impl Commands {
    /// Reads the link that the page was opened with, if it was; everything else is on the screen already.
    pub(crate) fn open_first_link(self: &Rc<Commands>) {
        let is_gist = matches!(Fragment::of(&location::fragment()), Fragment::Gist(_));
        if is_gist || self.state().settings.link.is_some() {
            self.open_fragment();
        }
    }

    /// Shows what the fragment of the address asks for.
    pub(crate) fn open_fragment(self: &Rc<Commands>) {
        let fragment = location::fragment();
        match Fragment::of(&fragment) {
            Fragment::Example(example) => self.open(example.snapshot(), false),
            Fragment::UnknownExample => self.notice(NoticeKind::Problem, "There is no example of that name."),
            Fragment::Link => {
                self.tell(Action::LinkShown(Some(LinkPage::Reading)));
                self.ask_files(FilesRequest::ReadLink(fragment), |commands, reply| {
                    commands.link_read(reply);
                });
            }
            Fragment::Gist(path) => self.open_gist(path),
            Fragment::Other => {}
        }
    }

    /// Opens a gist like a file; until it is there, and where it cannot be had, everything stays as it is.
    fn open_gist(self: &Rc<Commands>, path: String) {
        if embedding::is_embedded() {
            return self.notice(
                NoticeKind::Problem,
                "A gist opens in the playground itself, not in a page of another.",
            );
        }
        self.notice(NoticeKind::Info, "Fetching the gist from GitHub\u{2026}");
        let commands = Rc::clone(self);
        spawn_local(async move {
            match gist::fetch(&path).await {
                Ok(file) => commands.open_file(file),
                Err(reason) => commands.notice(NoticeKind::Problem, &["The gist did not open. ", &reason].concat()),
            }
        });
    }

    /// Asks the files Worker, and does something with the answer.
    pub(super) fn ask_files(self: &Rc<Commands>, request: FilesRequest, then: fn(&Rc<Commands>, FilesReply)) {
        let commands = Rc::clone(self);
        spawn_local(async move {
            let reply = files_worker::ask(&request).await;
            then(&commands, reply);
        });
    }

    fn link_read(self: &Rc<Commands>, reply: FilesReply) {
        match reply {
            FilesReply::Opened {
                document,
                digest,
                note,
                is_too_large,
            } => self.open_shared(*document, Source::Link, &digest, &note, is_too_large),
            FilesReply::Refused(refusal) => {
                self.tell(Action::LinkShown(Some(LinkPage::Refused(Rc::new(refusal)))));
            }
            _ => {}
        }
    }

    /// Shows a document from outside, at the place it points at. Nothing runs, unless it points at a moment of a run
    /// and brings no JavaScript.
    pub(super) fn open_shared(
        self: &Rc<Commands>,
        mut document: SharedDocument,
        source: Source,
        digest: &str,
        note: &str,
        is_read_only: bool,
    ) {
        let moment = std::mem::take(&mut document.moment);
        let speed = std::mem::take(&mut document.speed);
        let snapshot = Snapshot::from_shared(document, source, digest, is_read_only);
        let decision = storage::kept_for_session(&snapshot.about.origin);
        self.open_with(snapshot, true, note);
        if let Some(decision) = decision {
            let stand_ins = decision == STAND_INS;
            self.tell(Action::LinkTrusted { stand_ins });
        }
        if !speed.is_empty() {
            self.tell(Action::SpeedChosen(Speed::from_name(&speed)));
        }
        self.look(moment);
    }

    /// Looks at what a link points at.
    fn look(self: &Rc<Commands>, moment: SharedMoment) {
        for state in moment.folded {
            let state = state.as_str().into();
            self.tell(Action::ContainerFolded {
                state,
                is_collapsed: true,
            });
        }
        if !moment.state.is_empty() {
            self.tell(Action::StateSelected(Some(moment.state.as_str().into())));
        }
        let pane = match moment.view.as_str() {
            "diagram" => Some(Pane::Diagram),
            "code" => Some(Pane::Definition),
            "log" => Some(Pane::Log),
            _ => None,
        };
        if let Some(pane) = pane {
            self.tell(Action::PaneShown(pane));
        }
        self.awaited.set(moment.event);
        if moment.event.is_some() {
            // A run starts with the state that is on the screen then.
            let commands = Rc::clone(self);
            Timeout::new(0, move || commands.run_to_moment()).forget();
        }
    }

    fn run_to_moment(&self) {
        let mocks = self.state().mocks;
        if mocks.trust == Trust::StandIns || !mocks.has_java_script() {
            self.start_at(Speed::Virtual, false);
        }
    }

    /// Picks the event that a link points at, as soon as it is recorded.
    pub(crate) fn recorded(&self) {
        let Some(event) = self.awaited.get() else { return };
        let run = self.state().run;
        let count = u32::try_from(run.rows.len()).unwrap_or(u32::MAX);
        let is_over = matches!(run.state, RunState::Ended | RunState::Lost | RunState::Refused);
        if count >= event || is_over {
            self.awaited.set(None);
            if count > 0 {
                self.select_event(event.clamp(1, count));
            }
        }
    }

    /// Lets the JavaScript of a link run, or stand-ins in its place, and runs. The decision holds for this document
    /// until the tab is closed.
    pub(crate) fn decide_and_run(self: &Rc<Commands>, stand_ins: bool) {
        let about = &self.state().document.about;
        let decision = if stand_ins { STAND_INS } else { ALLOWED };
        storage::keep_for_session(&about.origin, decision);
        self.tell(Action::LinkTrusted { stand_ins });
        // The next start reads the state that is on the screen then.
        let commands = Rc::clone(self);
        Timeout::new(0, move || {
            commands.start(false);
        })
        .forget();
    }

    /// Leaves the page of a link: what was on the screen before comes back, or the draft, or the tutorial.
    pub(crate) fn leave_link(self: &Rc<Commands>) {
        location::replace_fragment("");
        if !self.state().document.definition.is_empty() {
            self.tell(Action::LinkShown(None));
        } else if !self.restore_draft() {
            self.open(EXAMPLES[0].snapshot(), false);
        }
    }

    /// Opens a dialog, or closes the open one.
    pub(crate) fn show_dialog(&self, dialog: Option<Dialog>) {
        self.tell(Action::DialogShown(dialog));
    }

    /// Returns the title of the document.
    pub(crate) fn title(&self) -> Rc<str> {
        Rc::clone(&self.state().document.title)
    }

    /// Returns the picture of the state machine, where there is one.
    pub(crate) async fn picture(&self) -> Option<String> {
        let document = self.state().document;
        let request = EngineRequest::WriteDiagram {
            revision: document.revision,
            format: DiagramFormat::Svg,
            title: document.title.to_string(),
            moment: None,
        };
        self.engine.write_file(request).await
    }

    /// Returns the document as it is handed on.
    pub(crate) fn shared_document(&self, included: Included) -> SharedDocument {
        let state = self.state();
        let about = &state.document.about;
        let mocks = state.mocks.to_shared().into_iter().map(|(mock, _)| mock);
        SharedDocument {
            title: state.document.title.to_string(),
            definition: state.document.definition.to_string(),
            execution_type: about.execution_type(),
            input: if included.input {
                state.document.input.to_string()
            } else {
                String::new()
            },
            mocks: if included.mocks { mocks.collect() } else { Vec::new() },
            start: start_of(&state, included.moment),
            speed: String::new(),
            seed: about.seed,
            moment: if included.moment {
                moment_of(&state)
            } else {
                SharedMoment::default()
            },
            unknown: about.unknown.clone(),
        }
    }
}

/// Returns whether the JavaScript of a draft waits for the reader's permission: it came from outside, and was not allowed
/// since the tab was opened.
pub(crate) fn is_untrusted(draft: &Snapshot) -> bool {
    let origin = &draft.about.origin;
    !origin.is_empty() && storage::kept_for_session(origin).as_deref() != Some(ALLOWED)
}

/// Returns the instant of the first event where a moment of the run is shared: it has to be the same run again.
fn start_of(state: &PlaygroundState, with_moment: bool) -> String {
    let first = state
        .run
        .rows
        .at(0)
        .filter(|_| with_moment && state.selection.event.is_some());
    match first {
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of a date are far below 2^53")]
        Some(first) => String::from(js_sys::Date::new(&(first.timestamp_ms as f64).into()).to_iso_string()),
        None => state.document.about.start.clone(),
    }
}

fn moment_of(state: &PlaygroundState) -> SharedMoment {
    let view = match state.settings.pane {
        Pane::Definition => "code",
        Pane::Diagram => "diagram",
        Pane::Log => "log",
        Pane::Mocks | Pane::Inspector => "",
    };
    SharedMoment {
        view: view.to_owned(),
        state: state.selection.state.as_deref().unwrap_or_default().to_owned(),
        event: state.selection.event,
        folded: state.settings.layout.collapsed.clone(),
    }
}
