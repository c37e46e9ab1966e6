//! Moving through the recording.

use asl_protocol::{EngineRequest, RunPhase};

use crate::state::{Action, Jump, PlaySpeed, Travel, destination};

use super::Commands;

impl Commands {
    /// Moves the cursor. At the end of a run that is paused, one event on is one step of the run.
    pub(crate) fn travel(&self, jump: Jump) {
        let run = self.state().run;
        let is_at_end = !run.is_in_the_past();
        if jump == Jump::On && is_at_end && run.is_going() && run.phase == RunPhase::Paused {
            return self.step();
        }
        if run.rows.is_empty() {
            return;
        }
        let to = destination(&run.rows, run.position(), jump);
        self.tell(Action::Traveled(Travel::To(to)));
        self.show_text_of(to);
    }

    /// Shows the newest event again, and those that come after it.
    pub(crate) fn go_live(&self) {
        if self.state().run.cursor.event.is_some() {
            self.tell(Action::Traveled(Travel::To(None)));
        }
    }

    /// Plays the recording from where the cursor is, or from its start where that is the end; or stops playing.
    pub(crate) fn play_or_pause(&self) {
        let run = self.state().run;
        if run.cursor.is_playing || run.rows.is_empty() {
            return self.tell(Action::Traveled(Travel::Play(false)));
        }
        if run.cursor.speed == PlaySpeed::Instant {
            return self.travel(Jump::Last);
        }
        if !run.is_in_the_past() {
            self.travel(Jump::First);
        }
        self.tell(Action::Traveled(Travel::Play(true)));
    }

    /// Moves the cursor on by some events because it is playing.
    pub(crate) fn play_on(&self, events: u32) {
        let run = self.state().run;
        let next = run.position().saturating_add(events);
        let event = Some(next).filter(|next| *next < run.newest());
        self.tell(Action::Traveled(Travel::Played(event)));
    }

    /// Asks how the run stood at the moment that is to be shown.
    pub(crate) fn look_at_moment(&self) {
        let run = self.state().run;
        if let Some((event, iteration)) = run.asked_moment() {
            self.engine.send(EngineRequest::LookAt {
                run: run.number,
                event,
                iteration,
            });
        }
    }
}
