//! How virtual time passes: at once, or as fast as wall time, or some times faster or slower.

use asl_core::Timestamp;
use asl_protocol::Pace;

/// Turns deadlines of virtual time into deadlines of wall time.
#[derive(Debug)]
pub(crate) struct Pacing {
    /// Virtual milliseconds per wall microsecond; none where waits cost nothing.
    speed: Option<f64>,
    /// An instant in both times, from which the next deadline is measured.
    anchor: Option<(u64, Timestamp)>,
}

impl Pacing {
    pub(crate) fn new(pace: Pace) -> Pacing {
        let factor = match pace {
            Pace::Virtual => None,
            Pace::Real => Some(1.0),
            Pace::Scaled(factor) => Some(factor).filter(|factor| factor.is_finite() && *factor > 0.0),
        };
        Pacing {
            speed: factor.map(|factor| factor / 1000.0),
            anchor: None,
        }
    }

    /// Returns whether waits cost nothing.
    pub(crate) fn is_virtual(&self) -> bool {
        self.speed.is_none()
    }

    /// Returns the wall time at which virtual time has come to `until`.
    pub(crate) fn due_us(&mut self, until: Timestamp, now: Timestamp, now_us: u64) -> u64 {
        let Some(speed) = self.speed else { return now_us };
        let (anchor_us, anchor) = *self.anchor.get_or_insert((now_us, now));
        #[expect(
            clippy::cast_precision_loss,
            reason = "a wait of more than 2^53 ms need not be exact"
        )]
        let wait = (until.0.saturating_sub(anchor.0).max(0) as f64 / speed).min(1e15);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1e15")]
        let wait = wait as u64;
        anchor_us.saturating_add(wait)
    }

    /// Time stood still: the next wait begins when it begins.
    pub(crate) fn rest(&mut self) {
        self.anchor = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn virtual_time_jumps() {
        let mut pacing = Pacing::new(Pace::Virtual);
        assert_eq!(pacing.due_us(Timestamp(9_000_000), Timestamp(0), 5), 5);
    }

    #[test]
    fn waits_do_not_drift() {
        let mut pacing = Pacing::new(Pace::Scaled(2.0));
        assert_eq!(pacing.due_us(Timestamp(1000), Timestamp(0), 100), 500_100);
        // The wake-up was late; the second wait is measured from the first one's beginning all the same.
        assert_eq!(pacing.due_us(Timestamp(2000), Timestamp(1000), 600_000), 1_000_100);
        pacing.rest();
        assert_eq!(pacing.due_us(Timestamp(3000), Timestamp(2000), 7_000_000), 7_500_000);
    }

    #[test]
    fn impossible_factors_count_as_virtual() {
        for factor in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(
                Pacing::new(Pace::Scaled(factor)).due_us(Timestamp(1000), Timestamp(0), 7),
                7
            );
        }
    }
}
