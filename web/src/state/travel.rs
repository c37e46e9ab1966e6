//! The reducer of moves through the recording: the cursor and the log's selection go together.

use super::cursor::{Cursor, Travel};
use super::reduce::PlaygroundState;

impl PlaygroundState {
    /// Takes note of a move. The state that is selected is that of the event; at the end it stays what it was.
    pub(super) fn traveled(&mut self, travel: Travel) {
        let cursor = self.run.cursor;
        let next = match travel {
            Travel::To(event) => Cursor {
                event,
                is_playing: false,
                ..cursor
            },
            Travel::Played(event) => Cursor {
                event,
                is_playing: cursor.is_playing && event.is_some(),
                ..cursor
            },
            Travel::Play(is_playing) => Cursor { is_playing, ..cursor },
            Travel::Speed(speed) => Cursor { speed, ..cursor },
            Travel::Axis(axis) => Cursor { axis, ..cursor },
        };
        self.run = self.run.cursor_moved(next);
        if let Travel::To(event) | Travel::Played(event) = travel {
            self.event_selected(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use asl_protocol::{EngineReply, LogRow, RunProgress};
    use yew::Reducible;

    use super::super::action::Action;
    use super::super::settings::Settings;
    use super::super::snapshot::Snapshot;
    use super::*;

    fn recorded() -> Rc<PlaygroundState> {
        let row = |id: u32, state: &str| LogRow {
            id,
            state: state.into(),
            ..LogRow::default()
        };
        let progress = RunProgress {
            run: 1,
            rows: vec![row(1, ""), row(2, "Pack"), row(3, "Ship")],
            ..RunProgress::default()
        };
        Rc::new(PlaygroundState::new(&Snapshot::default(), false, Settings::default()))
            .reduce(Action::RunRequested {
                run: 1,
                revision: 1,
                paused: false,
            })
            .reduce(Action::EngineReplied(vec![EngineReply::Advanced(progress)]))
    }

    fn travel(state: Rc<PlaygroundState>, travel: Travel) -> Rc<PlaygroundState> {
        state.reduce(Action::Traveled(travel))
    }

    #[test]
    fn the_selection_goes_with_the_cursor_and_stays_a_state_at_the_end() {
        let there = travel(recorded(), Travel::To(Some(2)));
        assert_eq!((there.run.position(), there.selection.event), (2, Some(2)));
        assert_eq!(there.selection.state.as_deref(), Some("Pack"));
        let back = travel(there, Travel::To(None));
        assert_eq!((back.run.position(), back.selection.event), (3, None));
        assert_eq!(back.selection.state.as_deref(), Some("Pack"));
    }

    #[test]
    fn a_row_of_the_log_moves_the_cursor_and_a_state_leaves_it_where_it_is() {
        let picked = recorded().reduce(Action::EventSelected(Some(2)));
        assert_eq!(picked.run.cursor.event, Some(2));
        let state = picked.reduce(Action::StateSelected(Some("Ship".into())));
        assert_eq!((state.run.cursor.event, state.selection.event), (Some(2), None));
    }

    #[test]
    fn playing_ends_at_the_end_or_when_the_reader_moves_the_cursor() {
        let playing = travel(recorded(), Travel::Play(true));
        let on = travel(playing, Travel::Played(Some(1)));
        assert!(on.run.cursor.is_playing);
        assert!(!travel(Rc::clone(&on), Travel::Played(None)).run.cursor.is_playing);
        assert!(!travel(on, Travel::To(Some(2))).run.cursor.is_playing);
    }

    #[test]
    fn another_run_begins_at_its_end() {
        let there = travel(recorded(), Travel::To(Some(2)));
        let again = there.reduce(Action::RunRequested {
            run: 2,
            revision: 1,
            paused: false,
        });
        assert_eq!(again.run.cursor.event, None);
    }
}
