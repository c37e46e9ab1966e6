//! The recording of a run, as far as the engine has sent it.

use std::rc::Rc;

use asl_protocol::{
    ConsoleLine, Diagnostic, EngineReply, EventDetails, IterationChoice, NodeStatus, RunEnd, RunPhase, RunProgress,
    RunView, StateVisit, WaitingTask,
};

use crate::by_ptr::ByPtr;

use super::log_rows::LogRows;

/// The engine and the one run it may have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Run {
    /// Whether the engine listens.
    pub engine: EngineStatus,
    /// Number of the run; 0 before the first.
    pub number: u32,
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
    /// How the states stand with that iteration inside of it, as soon as the engine has said so.
    pub iteration_view: Option<ByPtr<RunView>>,
    /// Tasks that wait for a callback.
    pub waiting: ByPtr<Vec<WaitingTask>>,
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

    /// Returns the API's word for the execution's status, or `None` while there is no execution.
    pub(crate) fn status(&self) -> Option<&str> {
        match self.state {
            RunState::Idle | RunState::Refused => None,
            RunState::Requested | RunState::Recording => Some("RUNNING"),
            RunState::Ended => Some(self.end.as_ref().map_or("RUNNING", |end| end.status.as_str())),
            RunState::Lost => Some("ABORTED"),
        }
    }

    /// Returns how a state stands.
    pub(crate) fn node(&self, state: &str) -> Option<&NodeStatus> {
        self.view.nodes.iter().find(|node| node.state == state)
    }

    /// Returns how the states stand as the diagram shows them.
    pub(crate) fn shown_view(&self) -> &ByPtr<RunView> {
        self.iteration_view.as_ref().unwrap_or(&self.view)
    }

    /// Returns virtual milliseconds from the first event to an instant.
    pub(crate) fn elapsed_ms(&self, instant_ms: i64) -> i64 {
        self.rows.at(0).map_or(0, |first| instant_ms - first.timestamp_ms)
    }

    /// Takes note of a run that was asked for; the recording before is forgotten.
    pub(crate) fn requested(self: &Rc<Run>, run: u32, revision: u32, paused: bool) -> Rc<Run> {
        Rc::new(Run {
            engine: self.engine.clone(),
            number: run,
            revision,
            state: RunState::Requested,
            phase: if paused { RunPhase::Paused } else { RunPhase::Recording },
            ..Run::default()
        })
    }

    /// Takes note of the iteration to see; what is shown stays until the engine has told how that one stood.
    pub(crate) fn iteration_chosen(self: &Rc<Run>, choice: Option<IterationChoice>) -> Rc<Run> {
        Rc::new(Run {
            iteration_view: self.iteration_view.clone().filter(|_| choice.is_some()),
            iteration: choice,
            ..Run::clone(self)
        })
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
            EngineReply::Viewed { run, view } if run == self.number && self.iteration.is_some() => Rc::new(Run {
                iteration_view: Some(ByPtr::new(view)),
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
        next.state = RunState::Recording;
        if let Some(end) = progress.end {
            next.end = Some(ByPtr::new(end));
            next.state = RunState::Ended;
        }
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
    fn a_reset_forgets_the_recording_and_goes_on_counting() {
        let run = running().replied(EngineReply::Advanced(progress(1, &[1]))).reset();
        assert_eq!((run.number, run.rows.len(), run.status()), (1, 0, None));
    }
}
