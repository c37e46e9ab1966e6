//! What is drawn on the track: a tick per event, or where there are more events than room, a column per pixel with the
//! worst that happened in it. One path per kind, however many events there are.

use std::fmt::Write;

use asl_protocol::{LogRow, Status};

use crate::state::{Axis, LogRows, enters_state, is_error};

/// Height of the track, in pixels.
pub(super) const HEIGHT: f64 = 24.0;
/// Pixels left free at both ends, so that the first and the last tick are whole.
const MARGIN: f64 = 6.0;
/// Fewest pixels between two ticks.
const LEAST_ROOM: f64 = 4.0;

/// What a tick says, from the least to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    Plain,
    Entry,
    Retry,
    Caught,
    Failure,
    /// A state with a breakpoint is entered. It comes on top of the event's own mark.
    Break,
}

impl Mark {
    const ALL: [Mark; 6] = [
        Mark::Plain,
        Mark::Entry,
        Mark::Retry,
        Mark::Caught,
        Mark::Failure,
        Mark::Break,
    ];

    fn of(row: &LogRow) -> Mark {
        match row.status {
            Status::Retrying => Mark::Retry,
            Status::Caught => Mark::Caught,
            _ if is_error(row) => Mark::Failure,
            _ if enters_state(row) => Mark::Entry,
            _ => Mark::Plain,
        }
    }

    /// Returns the word for the style sheet.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Mark::Plain => "plain",
            Mark::Entry => "entry",
            Mark::Retry => "retry",
            Mark::Caught => "caught",
            Mark::Failure => "failure",
            Mark::Break => "break",
        }
    }

    /// Writes the tick at a place: a tall cross for a failure, a short one for a retry, an angle where an error was
    /// caught, a line where a state is entered, and a short line for everything else.
    fn draw(self, x: f64, path: &mut String) {
        // Writing into text cannot fail.
        let _ = match self {
            Mark::Plain => write!(path, "M{x:.1} 15v4"),
            Mark::Entry => write!(path, "M{x:.1} 9v10"),
            Mark::Retry => write!(path, "M{x:.1} 12v7"),
            Mark::Caught => write!(path, "M{x:.1} 5v14M{:.1} 8l3 -3l3 3", x - 3.0),
            Mark::Failure => write!(path, "M{x:.1} 9v10M{:.1} 3l6 6m0 -6l-6 6", x - 3.0),
            Mark::Break => write!(path, "M{:.1} 3a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0", x - 2.5),
        };
    }

    /// Writes the column of a pixel.
    fn fill(self, x: usize, path: &mut String) {
        let height = match self {
            Mark::Plain => 4,
            Mark::Entry => 8,
            Mark::Retry | Mark::Caught => 12,
            Mark::Failure | Mark::Break => 18,
        };
        let _ = write!(path, "M{x}.5 {}v{height}", 20 - height);
    }
}

/// Where events are on the track.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Track {
    width: f64,
    axis: Axis,
    count: usize,
    /// Virtual milliseconds from the first event to the newest.
    duration: f64,
}

impl Track {
    pub(super) fn new(rows: &LogRows, width: f64, axis: Axis) -> Track {
        let last = rows.len().checked_sub(1).and_then(|last| rows.at(last));
        Track {
            width,
            axis,
            count: rows.len(),
            duration: last.map_or(0.0, elapsed),
        }
    }

    /// Returns where an event is, in pixels.
    pub(super) fn x(&self, row: &LogRow) -> f64 {
        let share = if self.axis == Axis::Time && self.duration > 0.0 {
            elapsed(row) / self.duration
        } else {
            f64::from(row.id.saturating_sub(1)) / precise(self.count.saturating_sub(1).max(1))
        };
        MARGIN + share.clamp(0.0, 1.0) * (self.width - 2.0 * MARGIN).max(1.0)
    }

    /// Returns the id of the event nearest to a place; 0 where there is none.
    pub(super) fn event_at(&self, rows: &LogRows, x: f64) -> u32 {
        let distance = |row: &LogRow| (self.x(row) - x).abs();
        let nearest = rows
            .iter()
            .min_by(|one, other| distance(one).total_cmp(&distance(other)));
        nearest.map_or(0, |row| row.id)
    }

    /// Returns the kinds of marks there are, each with its path data, the worst last.
    pub(super) fn marks(&self, rows: &LogRows, breakpoints: &[String]) -> Vec<(Mark, String)> {
        let mut paths = [const { String::new() }; Mark::ALL.len()];
        if precise(self.count) * LEAST_ROOM <= self.width {
            for row in rows.iter() {
                let mark = Mark::of(row);
                mark.draw(self.x(row), &mut paths[mark as usize]);
            }
        } else {
            for (x, worst) in self.columns(rows).into_iter().enumerate() {
                if let Some(mark) = worst {
                    mark.fill(x, &mut paths[mark as usize]);
                }
            }
        }
        if !breakpoints.is_empty() {
            self.draw_breakpoints(rows, breakpoints, &mut paths[Mark::Break as usize]);
        }
        let paths = Mark::ALL.into_iter().zip(paths);
        paths.filter(|(_, path)| !path.is_empty()).collect()
    }

    /// Draws a dot where a state with a breakpoint was entered, but none over another.
    fn draw_breakpoints(&self, rows: &LogRows, breakpoints: &[String], path: &mut String) {
        let mut last = f64::NEG_INFINITY;
        for row in rows
            .iter()
            .filter(|row| enters_state(row) && breakpoints.contains(&row.state))
        {
            let x = self.x(row);
            if x - last >= LEAST_ROOM {
                Mark::Break.draw(x, path);
                last = x;
            }
        }
    }

    fn columns(&self, rows: &LogRows) -> Vec<Option<Mark>> {
        let mut columns = vec![None; pixel(self.width) + 1];
        for row in rows.iter() {
            if let Some(column) = columns.get_mut(pixel(self.x(row))) {
                *column = (*column).max(Some(Mark::of(row)));
            }
        }
        columns
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a log has far fewer rows, and a run fewer milliseconds, than 2^53"
)]
fn elapsed(row: &LogRow) -> f64 {
    row.elapsed_ms as f64
}

#[expect(clippy::cast_precision_loss, reason = "a log has far fewer rows than 2^53")]
fn precise(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place on the screen, never below zero"
)]
fn pixel(x: f64) -> usize {
    x as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: u32, change: impl Fn(&mut LogRow)) -> LogRows {
        let row = |id: u32| {
            let mut row = LogRow {
                id,
                event_type: "PassStateExited".into(),
                elapsed_ms: i64::from(id - 1) * 1000,
                ..LogRow::default()
            };
            change(&mut row);
            row
        };
        LogRows::default().with((1..=count).map(row).collect())
    }

    fn failing(id: u32) -> impl Fn(&mut LogRow) {
        move |row| {
            if row.id == id {
                row.event_type = "ExecutionFailed".into();
            }
        }
    }

    #[test]
    fn every_event_has_its_tick_while_there_is_room() {
        let rows = rows(10, failing(10));
        let marks = Track::new(&rows, 400.0, Axis::Events).marks(&rows, &[]);
        let kinds: Vec<_> = marks.iter().map(|(mark, _)| *mark).collect();
        assert_eq!(kinds, [Mark::Plain, Mark::Failure]);
        assert_eq!(marks[0].1.matches('M').count(), 9);
    }

    #[test]
    fn one_failure_among_thousands_is_seen() {
        let rows = rows(25_000, failing(12_345));
        let marks = Track::new(&rows, 300.0, Axis::Events).marks(&rows, &[]);
        let failures = marks.iter().find(|(mark, _)| *mark == Mark::Failure);
        assert_eq!(failures.map(|(_, path)| path.matches('M').count()), Some(1));
        let columns: usize = marks.iter().map(|(_, path)| path.matches('M').count()).sum();
        assert!(columns <= 300, "{columns} columns");
    }

    #[test]
    fn breakpoints_are_marked_where_their_states_were_entered() {
        let rows = rows(20_000, |row| {
            if row.id % 2 == 0 {
                row.event_type = "PassStateEntered".into();
            }
            row.state = if row.id == 6 { "Pack" } else { "Ship" }.into();
        });
        let dots = |state: &str| {
            let marks = Track::new(&rows, 300.0, Axis::Events).marks(&rows, &[state.to_owned()]);
            let path = marks.iter().find(|(mark, _)| *mark == Mark::Break);
            path.map_or(0, |(_, path)| path.matches('M').count())
        };
        assert_eq!((dots("Pack"), dots("gone")), (1, 0));
        assert!(
            (60..=75).contains(&dots("Ship")),
            "no more than there is room for: {}",
            dots("Ship")
        );
    }

    #[test]
    fn a_place_leads_to_the_nearest_event_on_both_axes() {
        let rows = rows(11, |row| {
            if row.id == 11 {
                row.elapsed_ms = 100_000;
            }
        });
        let middle = |axis| Track::new(&rows, 212.0, axis).event_at(&rows, 106.0);
        assert_eq!(middle(Axis::Events), 6);
        assert_eq!(middle(Axis::Time), 10, "half of the time is after the tenth event");
        assert_eq!(Track::new(&rows, 212.0, Axis::Time).event_at(&rows, 300.0), 11);
    }

    #[test]
    fn a_run_that_took_no_time_is_measured_in_events() {
        let rows = rows(3, |row| row.elapsed_ms = 0);
        let track = Track::new(&rows, 112.0, Axis::Time);
        let places: Vec<_> = rows.iter().map(|row| track.x(row)).collect();
        assert_eq!(places, [6.0, 56.0, 106.0]);
    }
}
