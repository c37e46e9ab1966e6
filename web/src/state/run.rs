//! The recording of a run, as far as the engine has sent it.

use std::rc::Rc;

use asl_protocol::{
    Analysis, ConsoleLine, Diagnostic, EngineReply, EventDetails, IterationChoice, NodeStatus, RecordingOpened,
    RecordingOrigin, RunEnd, RunPhase, RunProgress, RunView, StateVisit, VisibleVariables, WaitingTask,
};

use crate::by_ptr::ByPtr;

use super::cursor::Cursor;
use super::log_rows::LogRows;

/// The engine and the one run it may have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Run {
    /// Whether the engine listens.
    pub engine: EngineStatus,
    /// Number of the run; 0 before the first.
    pub number: u32,
    /// The greatest number that was given to a recording.
    pub last_number: u32,
    /// Where the recording came from.
    pub origin: RecordingOrigin,
    /// The definition that it ran, where that is not the one in the editor.
    pub picture: Option<ByPtr<Analysis>>,
    /// States of the history that the definition does not have.
    pub unknown_states: ByPtr<Vec<String>>,
    /// Revision of the definition that it runs.
    pub revision: u32,
    /// How far it is.
    pub state: RunState,
    /// What the engine does while it records.
    pub phase: RunPhase,
    /// Name of the execution.
    pub name: Rc<str>,
    /// The log.
    pub rows: ByPtr<LogRows>,
    /// What mocks wrote to their console.
    pub console: ByPtr<Vec<ConsoleLine>>,
    /// How the states stand.
    pub view: ByPtr<RunView>,
    /// The iteration of a Map state that the reader chose to see.
    pub iteration: Option<IterationChoice>,
    /// Tasks that wait for a callback.
    pub waiting: ByPtr<Vec<WaitingTask>>,
    /// Which event is looked at.
    pub cursor: Cursor,
    /// How the states stood at that event and with that iteration, as soon as the engine has said so.
    pub moment_view: Option<ByPtr<RunView>>,
    /// Virtual time, in milliseconds since the Unix epoch.
    pub now_ms: i64,
    /// How it ended.
    pub end: Option<ByPtr<RunEnd>>,
    /// Why it did not begin.
    pub refusal: Option<ByPtr<Refusal>>,
    /// The event asked about last.
    pub details: Option<ByPtr<EventDetails>>,
    /// The visit asked about last.
    pub visit: Option<ByPtr<StateVisit>>,
    /// The variables asked about last.
    pub variables: Option<ByPtr<VisibleVariables>>,
}

/// Whether the engine listens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum EngineStatus {
    /// Its program is on the way; requests are kept.
    #[default]
    Starting,
    /// It listens.
    Ready,
    /// It cannot be had, for this reason.
    Failed(Rc<str>),
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum RunState {
    /// There is none.
    #[default]
    Idle,
    /// Asked for.
    Requested,
    /// Recording, paused or waiting.
    Recording,
    /// Over.
    Ended,
    /// The engine refused it.
    Refused,
    /// The engine was lost while it recorded.
    Lost,
}

/// Why a run did not begin.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    /// A sentence.
    pub message: String,
    /// Problems of the definition.
    pub diagnostics: Vec<Diagnostic>,
}

impl PartialEq for LogRows {
    /// Logs only grow, so two of one run are equal where they are equally long; props compare them by address anyway.
    fn eq(&self, other: &LogRows) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Run {
    /// Returns whether a run is going on.
    pub(crate) fn is_going(&self) -> bool {
        matches!(self.state, RunState::Requested | RunState::Recording)
    }

    /// Returns whether the execution can be redriven: a STANDARD one that ended, and not well.
    pub(crate) fn is_redrivable(&self) -> bool {
        self.state == RunState::Ended && self.end.as_ref().is_some_and(|end| end.is_redrivable)
    }

    /// Returns the API's word for the execution's status, or `None` while there is no execution.
    pub(crate) fn status(&self) -> Option<&str> {
        match self.state {
            RunState::Idle | RunState::Refused => None,
            RunState::Requested | RunState::Recording => Some("RUNNING"),
            RunState::Ended => Some(self.end.as_ref().map_or("RUNNING", |end| end.status.as_str())),
            RunState::Lost => Some("ABORTED"),
        }
    }

    /// Returns how a state stands at the moment that is shown.
    pub(crate) fn node(&self, state: &str) -> Option<&NodeStatus> {
        self.shown_view().nodes.iter().find(|node| node.state == state)
    }

    /// Returns how the states stand at the moment that is shown.
    pub(crate) fn shown_view(&self) -> &ByPtr<RunView> {
        self.moment_view.as_ref().unwrap_or(&self.view)
    }

    /// Returns the id of the newest event; 0 before the first.
    pub(crate) fn newest(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// Returns the id of the event that is shown.
    pub(crate) fn position(&self) -> u32 {
        let newest = self.newest();
        self.cursor.event.map_or(newest, |event| event.min(newest))
    }

    /// Returns whether what is shown is older than the newest event.
    pub(crate) fn is_in_the_past(&self) -> bool {
        self.position() < self.newest()
    }

    /// Returns what mocks had written at the moment that is shown.
    pub(crate) fn told_lines(&self) -> impl Iterator<Item = &ConsoleLine> {
        let position = self.position();
        self.console.iter().filter(move |line| line.event <= position)
    }

    /// Returns the moment that only the engine can tell about: event and iteration. None where the newest is shown.
    pub(crate) fn asked_moment(&self) -> Option<(u32, Option<IterationChoice>)> {
        let is_asked = self.cursor.event.is_some() || self.iteration.is_some();
        is_asked.then(|| (self.cursor.event.unwrap_or(self.view.event), self.iteration.clone()))
    }

    /// Goes back to the newest view where no other moment is asked about any longer.
    fn forget_view_unless_asked(&mut self) {
        if self.asked_moment().is_none() {
            self.moment_view = None;
        }
    }

    /// Moves the cursor; what is shown stays until the engine has told how that moment was.
    pub(crate) fn cursor_moved(self: &Rc<Run>, cursor: Cursor) -> Rc<Run> {
        if self.cursor == cursor {
            return Rc::clone(self);
        }
        let mut next = Run::clone(self);
        next.cursor = cursor;
        next.forget_view_unless_asked();
        Rc::new(next)
    }

    /// Returns virtual milliseconds from the first event to an instant.
    pub(crate) fn elapsed_ms(&self, instant_ms: i64) -> i64 {
        self.rows.at(0).map_or(0, |first| instant_ms - first.timestamp_ms)
    }

    /// Returns a number for another recording.
    pub(crate) fn next_number(&self) -> u32 {
        self.last_number + 1
    }

    /// Takes note of a recording that takes the place of this one, while the definition has a revision. Its events follow.
    pub(crate) fn opened(self: &Rc<Run>, opened: RecordingOpened, revision: u32) -> Rc<Run> {
        Rc::new(Run {
            engine: self.engine.clone(),
            number: opened.run,
            last_number: self.last_number.max(opened.run),
            origin: opened.origin,
            picture: opened.picture.map(|picture| ByPtr::new(*picture)),
            unknown_states: ByPtr::new(opened.unknown_states),
            revision,
            state: RunState::Recording,
            name: opened.name.into(),
            cursor: self.cursor.rewound(),
            ..Run::default()
        })
    }

    /// Takes note of a number that was given to a recording which may not come.
    pub(crate) fn number_given(self: &Rc<Run>) -> Rc<Run> {
        Rc::new(Run {
            last_number: self.last_number + 1,
            ..Run::clone(self)
        })
    }

    /// Takes note of a run that was asked for; the recording before is forgotten.
    pub(crate) fn requested(self: &Rc<Run>, run: u32, revision: u32, paused: bool) -> Rc<Run> {
        Rc::new(Run {
            engine: self.engine.clone(),
            number: run,
            last_number: self.last_number.max(run),
            revision,
            state: RunState::Requested,
            phase: if paused { RunPhase::Paused } else { RunPhase::Recording },
            cursor: self.cursor.rewound(),
            ..Run::default()
        })
    }

    /// Takes note of the iteration to see; what is shown stays until the engine has told how that one stood.
    pub(crate) fn iteration_chosen(self: &Rc<Run>, choice: Option<IterationChoice>) -> Rc<Run> {
        let mut next = Run::clone(self);
        next.iteration = choice;
        next.forget_view_unless_asked();
        Rc::new(next)
    }

    /// Takes note of an edit: what was refused may be right now.
    pub(crate) fn document_edited(self: &Rc<Run>) -> Rc<Run> {
        if self.state == RunState::Refused {
            self.reset()
        } else {
            Rc::clone(self)
        }
    }

    /// Forgets the recording.
    pub(crate) fn reset(self: &Rc<Run>) -> Rc<Run> {
        Rc::new(Run {
            engine: self.engine.clone(),
            number: self.number,
            cursor: self.cursor.rewound(),
            last_number: self.last_number,
            ..Run::default()
        })
    }

    /// Takes note of an engine that cannot be had.
    pub(crate) fn engine_failed(self: &Rc<Run>, reason: &Rc<str>) -> Rc<Run> {
        let state = if self.is_going() { RunState::Lost } else { self.state };
        Rc::new(Run {
            engine: EngineStatus::Failed(Rc::clone(reason)),
            state,
            ..Run::clone(self)
        })
    }

    /// Takes note of an engine that was started anew.
    pub(crate) fn engine_restarted(self: &Rc<Run>) -> Rc<Run> {
        let state = if self.is_going() { RunState::Lost } else { self.state };
        Rc::new(Run {
            engine: EngineStatus::Starting,
            state,
            ..Run::clone(self)
        })
    }

    /// Takes note of one reply; one about another run changes nothing.
    pub(crate) fn replied(self: &Rc<Run>, reply: EngineReply) -> Rc<Run> {
        match reply {
            EngineReply::Ready => Rc::new(Run {
                engine: EngineStatus::Ready,
                ..Run::clone(self)
            }),
            EngineReply::RunStarted { run, name, .. } if run == self.number => Rc::new(Run {
                state: RunState::Recording,
                name: name.into(),
                ..Run::clone(self)
            }),
            EngineReply::RunRefused {
                run,
                message,
                diagnostics,
            } if run == self.number => Rc::new(Run {
                state: RunState::Refused,
                refusal: Some(ByPtr::new(Refusal { message, diagnostics })),
                ..Run::clone(self)
            }),
            EngineReply::Advanced(progress) if progress.run == self.number => self.advanced(progress),
            EngineReply::Viewed { run, view } if run == self.number && self.asked_moment().is_some() => Rc::new(Run {
                moment_view: Some(ByPtr::new(view)),
                ..Run::clone(self)
            }),
            EngineReply::EventDescribed(details) if details.run == self.number => Rc::new(Run {
                details: Some(ByPtr::new(details)),
                ..Run::clone(self)
            }),
            EngineReply::StateVisitDescribed(visit) if visit.run == self.number => Rc::new(Run {
                visit: Some(ByPtr::new(visit)),
                ..Run::clone(self)
            }),
            EngineReply::VariablesDescribed(variables) if variables.run == self.number => Rc::new(Run {
                variables: Some(ByPtr::new(variables)),
                ..Run::clone(self)
            }),
            _ => Rc::clone(self),
        }
    }

    fn advanced(self: &Rc<Run>, progress: RunProgress) -> Rc<Run> {
        if matches!(self.state, RunState::Lost | RunState::Idle) {
            return Rc::clone(self);
        }
        let mut next = Run::clone(self);
        next.phase = progress.phase;
        next.now_ms = progress.now_ms;
        if !progress.rows.is_empty() {
            next.rows = ByPtr::new(self.rows.with(progress.rows));
        }
        if !progress.console.is_empty() {
            next.console = ByPtr::new([self.console.as_slice(), progress.console.as_slice()].concat());
        }
        if *next.view != progress.view {
            next.view = ByPtr::new(progress.view);
        }
        if *next.waiting != progress.waiting {
            next.waiting = ByPtr::new(progress.waiting);
        }
        // A run that has ended goes on when it is redriven.
        next.end = progress.end.map(ByPtr::new);
        next.state = if next.end.is_some() {
            RunState::Ended
        } else {
            RunState::Recording
        };
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl_protocol::LogRow;

    fn progress(run: u32, ids: &[u32]) -> RunProgress {
        RunProgress {
            run,
            rows: ids
                .iter()
                .map(|id| LogRow {
                    id: *id,
                    state: "Pack".into(),
                    timestamp_ms: i64::from(*id) * 10,
                    ..LogRow::default()
                })
                .collect(),
            ..RunProgress::default()
        }
    }

    fn running() -> Rc<Run> {
        Rc::new(Run::default()).requested(1, 1, false)
    }

    #[test]
    fn batches_append_and_the_end_gives_the_status() {
        let run = running().replied(EngineReply::Advanced(progress(1, &[1, 2])));
        assert_eq!((run.rows.len(), run.status()), (2, Some("RUNNING")));
        let mut last = progress(1, &[3]);
        last.end = Some(RunEnd {
            status: "TIMED_OUT".into(),
            ..RunEnd::default()
        });
        let run = run.replied(EngineReply::Advanced(last));
        assert_eq!((run.rows.len(), run.status()), (3, Some("TIMED_OUT")));
        assert_eq!(run.elapsed_ms(30), 20);
    }

    #[test]
    fn replies_about_another_run_change_nothing() {
        let run = running();
        assert!(Rc::ptr_eq(&run, &run.replied(EngineReply::Advanced(progress(2, &[1])))));
    }

    #[test]
    fn a_lost_engine_ends_the_run_and_keeps_what_was_recorded() {
        let run = running().replied(EngineReply::Advanced(progress(1, &[1])));
        let lost = run.engine_restarted();
        assert_eq!((lost.status(), lost.rows.len()), (Some("ABORTED"), 1));
        assert!(Rc::ptr_eq(
            &lost,
            &lost.replied(EngineReply::Advanced(progress(1, &[2])))
        ));
    }

    #[test]
    fn a_chosen_iteration_is_shown_until_the_newest_is_chosen_again() {
        let viewed = |transitions| EngineReply::Viewed {
            run: 1,
            view: RunView {
                transitions,
                ..RunView::default()
            },
        };
        let unasked = running().replied(viewed(7));
        assert_eq!(unasked.shown_view().transitions, 0);
        let choice = IterationChoice {
            map: "Each".into(),
            iteration: 2,
        };
        let chosen = unasked.iteration_chosen(Some(choice)).replied(viewed(7));
        assert_eq!(chosen.shown_view().transitions, 7);
        assert_eq!(chosen.iteration_chosen(None).shown_view().transitions, 0);
    }

    #[test]
    fn a_moment_is_shown_until_the_cursor_is_back_at_the_end() {
        let viewed = |event| EngineReply::Viewed {
            run: 1,
            view: RunView {
                event,
                ..RunView::default()
            },
        };
        let mut newest = progress(1, &[1, 2, 3]);
        newest.view.event = 3;
        let run = running().replied(EngineReply::Advanced(newest));
        assert_eq!((run.position(), run.is_in_the_past()), (3, false));
        let cursor = Cursor {
            event: Some(2),
            ..run.cursor
        };
        let moved = run.cursor_moved(cursor);
        assert_eq!((moved.position(), moved.is_in_the_past()), (2, true));
        assert_eq!(moved.shown_view().event, 3, "until the engine has answered");
        let moved = moved.replied(viewed(2));
        assert_eq!(moved.shown_view().event, 2);
        let back = moved.cursor_moved(Cursor::default());
        assert_eq!(back.shown_view().event, 3);
        assert_eq!(back.replied(viewed(2)).shown_view().event, 3, "nobody asks any longer");
    }

    #[test]
    fn a_run_that_is_redriven_has_not_ended() {
        let mut last = progress(1, &[1]);
        last.end = Some(RunEnd {
            status: "FAILED".into(),
            ..RunEnd::default()
        });
        let failed = running().replied(EngineReply::Advanced(last));
        assert_eq!(failed.status(), Some("FAILED"));
        let redriven = failed.replied(EngineReply::Advanced(progress(1, &[2])));
        assert_eq!((redriven.status(), redriven.rows.len()), (Some("RUNNING"), 2));
    }

    #[test]
    fn a_reset_forgets_the_recording_and_goes_on_counting() {
        let run = running().replied(EngineReply::Advanced(progress(1, &[1]))).reset();
        assert_eq!((run.number, run.rows.len(), run.status()), (1, 0, None));
    }
}
