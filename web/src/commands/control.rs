//! Controlling a run beyond starting and stopping it, and what the next one begins with.

use asl_protocol::{EngineRequest, RunPhase};

use crate::state::{About, AboutChange, Action};

use super::Commands;

impl Commands {
    /// Stops recording until the reader goes on.
    pub(crate) fn pause(&self) {
        let run = self.state().run.number;
        self.engine.send(EngineRequest::Pause { run });
    }

    /// Goes on until the state at hand has ended, whatever runs inside of it; starts a run where there is none.
    pub(crate) fn step_over(&self) {
        let run = self.state().run;
        self.go_live();
        let number = if run.is_going() {
            Some(run.number).filter(|_| run.phase == RunPhase::Paused)
        } else {
            self.start(true)
        };
        if let Some(run) = number {
            self.engine.send(EngineRequest::StepOver { run });
        }
    }

    /// Goes on with an execution that ended badly, where it failed, with the mocks as they are now.
    pub(crate) fn redrive(&self) {
        let state = self.state();
        self.go_live();
        let run = state.run.number;
        let mocks = state.mocks.to_request();
        self.engine.send(EngineRequest::Redrive { run, mocks });
    }

    /// Sets a breakpoint on a state, or takes it away; a run that is going on heeds it at once.
    pub(crate) fn toggle_breakpoint(&self, state: &str) {
        let about = self.state().document.about.breakpoint_toggled(state);
        self.send_breakpoints(&about);
        let state = state.to_owned();
        self.change_about(move |about| *about = about.breakpoint_toggled(&state));
    }

    /// Takes note of what the next run begins with.
    pub(crate) fn change_about(&self, change: impl Fn(&mut About) + 'static) {
        self.tell(Action::AboutChanged(AboutChange::new(change)));
    }

    pub(super) fn send_breakpoints(&self, about: &About) {
        let states = about.breakpoints.clone();
        self.engine.send(EngineRequest::SetBreakpoints { states });
    }
}
