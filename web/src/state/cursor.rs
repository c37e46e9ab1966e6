//! Which moment of the recording is on the screen: a run is recorded once, and everything that is shown is a cursor on it.

use asl_protocol::{LogRow, Status};

use super::log_rows::LogRows;

/// A moment of the recording, and how playing it back goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// Id of the event that is looked at; none for the newest, whatever comes.
    pub event: Option<u32>,
    /// Whether the cursor moves on by itself.
    pub is_playing: bool,
    /// How fast it does.
    pub speed: PlaySpeed,
    /// What the track of the scrubber is measured in.
    pub axis: Axis,
}

impl Cursor {
    /// Returns the cursor of another recording: at its end, with what the reader has chosen.
    pub(crate) fn rewound(self) -> Cursor {
        Cursor {
            event: None,
            is_playing: false,
            ..self
        }
    }
}

/// What the reader does with the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Travel {
    /// Moves it to an event, or to the end; playing stops.
    To(Option<u32>),
    /// Playing has moved it to an event, or has come to the end.
    Played(Option<u32>),
    /// Plays, or stops playing.
    Play(bool),
    /// Chooses how fast to play.
    Speed(PlaySpeed),
    /// Chooses what the track is measured in.
    Axis(Axis),
}

/// What the track of the scrubber is measured in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Axis {
    /// Every event takes the same room.
    #[default]
    Events,
    /// Virtual time.
    Time,
}

/// How fast a recording is played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PlaySpeed {
    /// A quarter of the usual speed.
    Quarter,
    /// Half of it.
    Half,
    /// An event takes [`EVENT_MS`].
    #[default]
    Usual,
    /// Twice as fast.
    Double,
    /// Four times as fast.
    Fourfold,
    /// As usual, but the whole recording takes [`FIT_MS`] at most.
    Fit,
    /// The end, at once.
    Instant,
}

/// Milliseconds that an event is shown for at the usual speed.
const EVENT_MS: u32 = 420;
/// Most milliseconds that a whole recording takes at the speed that fits.
const FIT_MS: u32 = 20_000;
/// Fewest milliseconds between two moves: a frame of the screen.
const FRAME_MS: u32 = 16;

impl PlaySpeed {
    /// Every speed, in the order of the menu.
    pub(crate) const ALL: [PlaySpeed; 7] = [
        PlaySpeed::Quarter,
        PlaySpeed::Half,
        PlaySpeed::Usual,
        PlaySpeed::Double,
        PlaySpeed::Fourfold,
        PlaySpeed::Fit,
        PlaySpeed::Instant,
    ];

    /// Returns what the menu says, which is also its value.
    pub(crate) fn label(self) -> &'static str {
        match self {
            PlaySpeed::Quarter => "0.25\u{d7}",
            PlaySpeed::Half => "0.5\u{d7}",
            PlaySpeed::Usual => "1\u{d7}",
            PlaySpeed::Double => "2\u{d7}",
            PlaySpeed::Fourfold => "4\u{d7}",
            PlaySpeed::Fit => "Fit",
            PlaySpeed::Instant => "Instant",
        }
    }

    /// Returns the speed of a menu's value; the usual one for any other word.
    pub(crate) fn from_label(label: &str) -> PlaySpeed {
        let mut all = PlaySpeed::ALL.into_iter();
        all.find(|speed| speed.label() == label).unwrap_or_default()
    }

    /// Returns after how many milliseconds the cursor of a recording of `count` events moves, and by how many events.
    pub(crate) fn stride(self, count: u32) -> (u32, u32) {
        let per_event = match self {
            PlaySpeed::Quarter => EVENT_MS * 4,
            PlaySpeed::Half => EVENT_MS * 2,
            PlaySpeed::Usual => EVENT_MS,
            PlaySpeed::Double => EVENT_MS / 2,
            PlaySpeed::Fourfold => EVENT_MS / 4,
            PlaySpeed::Fit if u64::from(count) * u64::from(EVENT_MS) <= u64::from(FIT_MS) => EVENT_MS,
            PlaySpeed::Fit => {
                let moves = (FIT_MS / FRAME_MS).min(count.max(1));
                return (FIT_MS / moves, count.div_ceil(moves));
            }
            PlaySpeed::Instant => return (0, count),
        };
        (per_event, 1)
    }
}

/// A way to go from one event to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Jump {
    /// To the first event.
    First,
    /// One event back.
    Back,
    /// One event on.
    On,
    /// To the newest event, and along with it.
    Last,
    /// To where the state before was entered.
    StateBack,
    /// To where the next state is entered.
    StateOn,
    /// A tenth of the recording back.
    PageBack,
    /// A tenth of the recording on.
    PageOn,
    /// To the error before.
    ErrorBack,
    /// To the next error.
    ErrorOn,
    /// To an event.
    To(u32),
}

/// Returns where a jump from an event leads; none for the end of the recording.
pub(crate) fn destination(rows: &LogRows, from: u32, jump: Jump) -> Option<u32> {
    let newest = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let page = (newest / 10).max(1);
    let matches = |id: &u32, test: fn(&LogRow) -> bool| rows.event(*id).is_some_and(test);
    let to = match jump {
        Jump::First => 1,
        Jump::Back => from.saturating_sub(1),
        Jump::On => from + 1,
        Jump::Last => return None,
        Jump::StateBack => (1..from).rev().find(|id| matches(id, enters_state)).unwrap_or(1),
        Jump::StateOn => (from + 1..=newest).find(|id| matches(id, enters_state))?,
        Jump::PageBack => from.saturating_sub(page),
        Jump::PageOn => from + page,
        Jump::ErrorBack => (1..from).rev().find(|id| matches(id, is_error)).unwrap_or(from),
        Jump::ErrorOn => (from + 1..=newest).find(|id| matches(id, is_error)).unwrap_or(from),
        Jump::To(event) => event,
    };
    Some(to.clamp(1, newest.max(1)))
}

/// Returns whether a state begins with the event.
pub(crate) fn enters_state(row: &LogRow) -> bool {
    row.event_type.ends_with("StateEntered")
}

/// Returns whether the event tells of an error, though it may have been retried or caught later.
pub(crate) fn is_error(row: &LogRow) -> bool {
    let ends = ["Failed", "TimedOut", "Aborted"];
    row.status == Status::Failed || ends.iter().any(|end| row.event_type.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> LogRows {
        let types = [
            "ExecutionStarted",
            "TaskStateEntered",
            "LambdaFunctionScheduled",
            "LambdaFunctionFailed",
            "TaskStateExited",
            "PassStateEntered",
            "PassStateExited",
            "ExecutionFailed",
        ];
        let row = |(at, event_type): (usize, &&str)| LogRow {
            id: u32::try_from(at + 1).unwrap(),
            event_type: (*event_type).to_owned(),
            ..LogRow::default()
        };
        LogRows::default().with(types.iter().enumerate().map(row).collect())
    }

    #[test]
    fn jumps_stay_inside_of_the_recording() {
        let rows = rows();
        let from = |from, jump| destination(&rows, from, jump);
        assert_eq!(from(5, Jump::First), Some(1));
        assert_eq!(from(1, Jump::Back), Some(1));
        assert_eq!(from(8, Jump::On), Some(8));
        assert_eq!(from(3, Jump::PageOn), Some(4));
        assert_eq!(from(3, Jump::Last), None);
        assert_eq!(from(3, Jump::To(99)), Some(8));
    }

    #[test]
    fn states_and_errors_are_found_both_ways() {
        let rows = rows();
        let from = |from, jump| destination(&rows, from, jump);
        assert_eq!(from(2, Jump::StateOn), Some(6));
        assert_eq!(from(6, Jump::StateBack), Some(2));
        assert_eq!(from(2, Jump::StateBack), Some(1));
        assert_eq!(from(6, Jump::StateOn), None, "after the last state comes the end");
        assert_eq!(from(1, Jump::ErrorOn), Some(4));
        assert_eq!(from(8, Jump::ErrorBack), Some(4));
        assert_eq!(from(4, Jump::ErrorBack), Some(4), "there is none before");
    }

    #[test]
    fn a_recording_that_fits_takes_no_longer_than_it_should() {
        assert_eq!(PlaySpeed::Fit.stride(10), (EVENT_MS, 1));
        for count in [48, 100, 1_250, 25_000, 100_000] {
            let (pause, events) = PlaySpeed::Fit.stride(count);
            assert!(pause >= FRAME_MS, "{count}");
            assert!(count.div_ceil(events) * pause <= FIT_MS, "{count}");
        }
        assert_eq!(PlaySpeed::Instant.stride(7), (0, 7));
    }

    #[test]
    fn speeds_are_found_by_what_the_menu_says() {
        for speed in PlaySpeed::ALL {
            assert_eq!(PlaySpeed::from_label(speed.label()), speed);
        }
    }
}
