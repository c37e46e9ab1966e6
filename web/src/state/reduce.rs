//! The reducer of the whole page: one line per fact, each handed to the slices it concerns.

use std::rc::Rc;

use asl_protocol::EngineReply;
use yew::Reducible;

use super::action::Action;
use super::bench::{Bench, BenchDeed};
use super::cursor::Travel;
use super::document::Document;
use super::log_view::LogView;
use super::mocks::Mocks;
use super::recordings::Recordings;
use super::run::{Run, RunState};
use super::selection::Selection;
use super::settings::Settings;
use super::snapshot::{Snapshot, VERSION};

/// Everything the page knows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlaygroundState {
    /// The text and what is known about it.
    pub document: Rc<Document>,
    /// The recording.
    pub run: Rc<Run>,
    /// The executions so far.
    pub recordings: Rc<Recordings>,
    /// Which rows of the log are seen.
    pub log: Rc<LogView>,
    /// What the reader looks at.
    pub selection: Rc<Selection>,
    /// What answers the tasks.
    pub mocks: Rc<Mocks>,
    /// What is tried beside the run.
    pub bench: Rc<Bench>,
    /// How the page looks.
    pub settings: Rc<Settings>,
}

impl PlaygroundState {
    /// Returns the state of a page that shows a snapshot.
    pub(crate) fn new(snapshot: &Snapshot, untrusted: bool, settings: Settings) -> PlaygroundState {
        PlaygroundState {
            document: Rc::new(Document::new(snapshot)),
            run: Rc::default(),
            recordings: Rc::default(),
            log: Rc::default(),
            selection: Rc::default(),
            mocks: Rc::<Mocks>::default().replaced(snapshot, untrusted),
            bench: Rc::default(),
            settings: Rc::new(settings),
        }
    }

    /// Returns the document as it is kept and shared.
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot {
            v: VERSION,
            title: self.document.title.to_string(),
            definition: self.document.definition.to_string(),
            input: self.document.input.to_string(),
            mocks: Snapshot::mocks_of(&self.mocks),
            about: self.document.about.as_ref().clone(),
        }
    }

    fn replied(&mut self, reply: EngineReply) {
        let reply = match reply {
            EngineReply::Bench(reply) => {
                self.bench = self.bench.replied(reply);
                return;
            }
            EngineReply::CallbackRefused { problem, .. } => {
                self.bench = self.bench.refused(problem.into());
                return;
            }
            reply => reply,
        };
        if let EngineReply::Analyzed(analysis) = reply {
            let document = self.document.analyzed(analysis);
            let analyzed = document
                .analysis
                .as_ref()
                .filter(|_| !Rc::ptr_eq(&document, &self.document));
            if let Some(analysis) = analyzed {
                self.mocks = self.mocks.analyzed(analysis);
                if analysis.diagram.is_some() {
                    let is_state = |name: &str| analysis.states.iter().any(|state| state.name == name);
                    self.selection = self.selection.states_known(is_state);
                }
            }
            self.document = document;
        } else {
            self.recording_replied(reply);
        }
    }

    fn recording_replied(&mut self, reply: EngineReply) {
        match reply {
            EngineReply::RecordingsListed(list) => self.recordings = self.recordings.listed(list),
            EngineReply::RunsCompared(comparison) => self.recordings = self.recordings.compared(Some(comparison)),
            EngineReply::LogFiltered(filtered) if filtered.run == self.run.number => {
                self.log = self.log.filtered(filtered);
            }
            EngineReply::RunRefused { run, message, .. } if run != self.run.number => {
                self.recordings = self.recordings.refused(Some(message.into()));
            }
            EngineReply::RecordingOpened(opened) => {
                self.run = self.run.opened(opened, self.document.revision);
                self.log = self.log.recording_changed();
                self.recordings = self.recordings.compared(None).refused(None);
                self.selection = self.selection.event_selected(None, None);
                self.set(|settings| settings.dialog = None);
                self.inspect();
            }
            reply => self.run = self.run.replied(reply),
        }
    }

    fn document_replaced(&mut self, snapshot: &Snapshot, untrusted: bool) {
        self.document = self.document.replaced(snapshot);
        self.mocks = self.mocks.replaced(snapshot, untrusted);
        self.run = self.run.reset();
        self.selection = Rc::default();
        if !self.settings.layout.collapsed.is_empty() {
            self.set(|settings| settings.layout.collapsed.clear());
        }
        if self.settings.link.is_some() || self.settings.dialog.is_some() {
            self.set(|settings| (settings.link, settings.dialog) = (None, None));
        }
        self.inspect();
    }

    /// Whatever the reader tied to the state goes along.
    fn state_renamed(&mut self, from: &str, to: &Rc<str>) {
        self.mocks = self.mocks.state_renamed(from, to);
        self.selection = self.selection.state_renamed(from, to);
        self.document = self.document.about_changed(self.document.about.state_renamed(from, to));
        if self.settings.layout.collapsed.iter().any(|name| name == from) {
            self.container_folded(from, false);
            self.container_folded(to, true);
        }
    }

    fn container_folded(&mut self, state: &str, is_collapsed: bool) {
        self.set(|settings| {
            let collapsed = &mut settings.layout.collapsed;
            collapsed.retain(|name| name != state);
            if is_collapsed {
                collapsed.push(state.to_owned());
            }
        });
    }

    pub(super) fn event_selected(&mut self, event: Option<u32>) {
        let row = event.and_then(|event| self.run.rows.event(event));
        let state = row
            .filter(|row| !row.state.is_empty())
            .map(|row| Rc::from(row.state.as_str()));
        self.selection = self.selection.event_selected(event, state);
    }

    fn show_mock_of_selection(&mut self) {
        if let Some(state) = &self.selection.state {
            self.mocks = self.mocks.state_selected(state);
        }
    }

    fn run_requested(&mut self, run: u32, revision: u32, paused: bool) {
        self.run = self.run.requested(run, revision, paused);
        if self.bench.callback_problem.is_some() {
            self.bench = self.bench.done(BenchDeed::CalledBack);
        }
        self.log = self.log.recording_changed();
        self.selection = self.selection.event_selected(None, None);
    }

    /// Brings the inspector out where it is not always in sight.
    fn inspect(&mut self) {
        let has_subject =
            self.selection.state.is_some() || self.selection.event.is_some() || self.run.status().is_some();
        if self.settings.is_inspecting != has_subject {
            self.set(|settings| settings.is_inspecting = has_subject);
        }
    }

    fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        change(Rc::make_mut(&mut self.settings));
    }
}

impl Reducible for PlaygroundState {
    type Action = Action;

    fn reduce(self: Rc<PlaygroundState>, action: Action) -> Rc<PlaygroundState> {
        let mut next = PlaygroundState::clone(&self);
        match action {
            Action::DefinitionEdited(text) => {
                next.document = next.document.edited(text);
                next.run = next.run.document_edited();
            }
            Action::StateRenamed { from, to } => next.state_renamed(&from, &to),
            Action::InputEdited(text) => {
                next.document = next.document.input_edited(text);
                next.run = next.run.document_edited();
            }
            Action::DocumentReplaced { snapshot, untrusted } => next.document_replaced(&snapshot, untrusted),
            Action::EngineReplied(replies) => {
                for reply in replies {
                    next.replied(reply);
                }
                if next.run.state == RunState::Ended && self.run.state != RunState::Ended {
                    next.inspect();
                }
            }
            Action::EngineFailed(reason) => next.run = next.run.engine_failed(&reason),
            Action::EngineRestarted => {
                next.run = next.run.engine_restarted();
                // The new engine remembers nothing.
                next.recordings = Rc::default();
            }
            Action::RunRequested { run, revision, paused } => next.run_requested(run, revision, paused),
            Action::RunReset => {
                next.run = next.run.reset();
                next.selection = next.selection.event_selected(None, None);
                next.inspect();
            }
            Action::StateSelected(state) => {
                next.selection = next.selection.state_selected(state);
                next.show_mock_of_selection();
                next.inspect();
            }
            Action::EventSelected(event) => {
                next.traveled(Travel::To(event));
                next.show_mock_of_selection();
                next.inspect();
            }
            Action::Traveled(travel) => next.traveled(travel),
            Action::AboutChanged(change) => {
                next.document = next.document.about_changed(change.made_to(&next.document.about));
            }
            Action::LogFiltered(filter) => next.log = next.log.filter_changed(filter),
            Action::LogTimesChosen { is_delta } => next.log = next.log.times_chosen(is_delta),
            Action::HistoryAsked => {
                next.recordings = next.recordings.refused(None);
                next.run = next.run.number_given();
            }
            Action::ComparisonClosed => next.recordings = next.recordings.compared(None),
            Action::InspectorClosed => next.set(|settings| settings.is_inspecting = false),
            Action::MockOpened(key) => next.mocks = next.mocks.opened(key),
            Action::MockEdited { key, draft } => next.mocks = next.mocks.edited(key, draft),
            Action::MockRemoved(key) => next.mocks = next.mocks.removed(&key),
            Action::Bench(deed) => next.bench = next.bench.done(deed),
            Action::ConsentAsked => next.mocks = next.mocks.asked(),
            Action::LinkTrusted { stand_ins } => next.mocks = next.mocks.trusted(stand_ins),
            Action::DialogShown(dialog) => next.set(|settings| settings.dialog = dialog),
            Action::LinkShown(link) => next.set(|settings| settings.link = link),
            Action::ThemeChosen(theme) => next.set(|settings| settings.theme = theme),
            Action::SpeedChosen(speed) => next.set(|settings| settings.speed = speed),
            Action::DirectionChosen(direction) => next.set(|settings| settings.layout.direction = direction),
            Action::ContainerFolded { state, is_collapsed } => next.container_folded(&state, is_collapsed),
            Action::IterationChosen(choice) => next.run = next.run.iteration_chosen(choice),
            Action::PaneShown(pane) => next.set(|settings| settings.pane = pane),
            Action::NoticeGiven(notice) => next.set(|settings| settings.notice = Some(notice)),
            Action::NoticeDismissed => next.set(|settings| settings.notice = None),
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl_protocol::{LogRow, RunProgress};

    fn state() -> Rc<PlaygroundState> {
        Rc::new(PlaygroundState::new(&Snapshot::default(), false, Settings::default()))
    }

    fn row(id: u32, state: &str) -> LogRow {
        LogRow {
            id,
            state: state.into(),
            ..LogRow::default()
        }
    }

    #[test]
    fn an_edit_leaves_the_run_and_a_run_leaves_the_document() {
        let before = state();
        let edited = Rc::clone(&before).reduce(Action::DefinitionEdited("{}".into()));
        assert!(Rc::ptr_eq(&before.run, &edited.run));
        let requested = Rc::clone(&edited).reduce(Action::RunRequested {
            run: 1,
            revision: 2,
            paused: false,
        });
        assert!(Rc::ptr_eq(&edited.document, &requested.document));
        assert!(Rc::ptr_eq(&edited.mocks, &requested.mocks));
    }

    #[test]
    fn one_action_takes_all_replies_of_a_frame_and_an_event_selects_its_state() {
        let progress = |rows| {
            EngineReply::Advanced(RunProgress {
                run: 1,
                rows,
                ..RunProgress::default()
            })
        };
        let after = state()
            .reduce(Action::RunRequested {
                run: 1,
                revision: 1,
                paused: false,
            })
            .reduce(Action::EngineReplied(vec![
                EngineReply::Ready,
                progress(vec![row(1, "")]),
                progress(vec![row(2, "Pack")]),
            ]))
            .reduce(Action::EventSelected(Some(2)));
        assert_eq!(after.run.rows.len(), 2);
        assert_eq!(after.selection.state.as_deref(), Some("Pack"));
    }

    #[test]
    fn a_container_is_collapsed_once_until_it_is_expanded_or_another_document_comes() {
        let fold = |is_collapsed| Action::ContainerFolded {
            state: "Each".into(),
            is_collapsed,
        };
        let folded = state().reduce(fold(true)).reduce(fold(true));
        assert_eq!(folded.settings.layout.collapsed, ["Each"]);
        assert!(
            Rc::clone(&folded)
                .reduce(fold(false))
                .settings
                .layout
                .collapsed
                .is_empty()
        );
        let replaced = folded.reduce(Action::DocumentReplaced {
            snapshot: Snapshot::default(),
            untrusted: false,
        });
        assert!(replaced.settings.layout.collapsed.is_empty());
    }

    #[test]
    fn another_document_takes_everything_of_the_old_one_away() {
        let after = state()
            .reduce(Action::StateSelected(Some("Pack".into())))
            .reduce(Action::DocumentReplaced {
                snapshot: Snapshot {
                    title: "Other".into(),
                    ..Snapshot::default()
                },
                untrusted: true,
            });
        assert_eq!(
            (&*after.document.title, after.selection.state.as_deref()),
            ("Other", None)
        );
        assert!(!after.mocks.is_untrusted(), "nothing to distrust without JavaScript");
    }
}
