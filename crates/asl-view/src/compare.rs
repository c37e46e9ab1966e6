//! Two histories side by side.

use asl_core::HistoryEvent;

/// How two histories relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryComparison {
    /// Number of events from the start that say the same.
    pub same_start: usize,
    /// Number of events before the end that say the same, not counting those of `same_start`.
    pub same_end: usize,
    left: usize,
    right: usize,
}

/// Returns whether two events say the same: type and details. Ids and instants do not count.
pub fn says_the_same(left: &HistoryEvent, right: &HistoryEvent) -> bool {
    left.event_type == right.event_type && left.details == right.details
}

impl HistoryComparison {
    /// Compares two histories.
    pub fn new(left: &[HistoryEvent], right: &[HistoryEvent]) -> HistoryComparison {
        let is_same = |(left, right): &(&HistoryEvent, &HistoryEvent)| says_the_same(left, right);
        let same_start = left.iter().zip(right).take_while(is_same).count();
        let (left_rest, right_rest) = (&left[same_start..], &right[same_start..]);
        let same_end = left_rest
            .iter()
            .rev()
            .zip(right_rest.iter().rev())
            .take_while(is_same)
            .count();
        HistoryComparison {
            same_start,
            same_end,
            left: left.len(),
            right: right.len(),
        }
    }

    /// Returns whether both say the same from start to end.
    pub fn is_same(&self) -> bool {
        self.same_start == self.left && self.same_start == self.right
    }

    /// Returns the number of lines when they stand side by side.
    pub fn lines(&self) -> usize {
        self.same_start + self.middle() + self.same_end
    }

    /// Returns the positions of the events on a line: those that say the same share one.
    pub fn line(&self, at: usize) -> (Option<usize>, Option<usize>) {
        let end_begins = self.same_start + self.middle();
        if at >= end_begins {
            let from_end = self.lines() - at;
            return (Some(self.left - from_end), Some(self.right - from_end));
        }
        let left = Some(at).filter(|at| *at < self.left - self.same_end);
        let right = Some(at).filter(|at| *at < self.right - self.same_end);
        (left, right)
    }

    fn middle(&self) -> usize {
        let same = self.same_start + self.same_end;
        (self.left - same).max(self.right - same)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Recorded, record};
    use asl_json::Value;

    const MACHINE: &str = r#"{"StartAt": "Charge", "States": {
        "Charge": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Done",
            "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 2}]},
        "Done": {"Type": "Succeed"}}}"#;

    fn run(failures: i64) -> Recorded {
        record(MACHINE, "{}", |task| {
            if i64::from(task.retry_count) < failures {
                Err("Busy")
            } else {
                Ok(Value::Null)
            }
        })
    }

    #[test]
    fn the_same_run_twice_is_the_same() {
        let (left, right) = (run(0), run(0));
        let comparison = HistoryComparison::new(&left.history, &right.history);
        assert!(comparison.is_same());
        assert_eq!(comparison.lines(), left.history.len());
        assert_eq!(comparison.line(2), (Some(2), Some(2)));
    }

    #[test]
    fn a_retry_is_found_and_what_follows_it_stands_side_by_side() {
        let (left, right) = (run(0), run(1));
        let comparison = HistoryComparison::new(&left.history, &right.history);
        let first = &right.history[comparison.same_start];
        assert_eq!(first.event_type.as_str(), "TaskFailed");
        assert_eq!(comparison.lines(), right.history.len());
        let lines: Vec<_> = (0..comparison.lines()).map(|at| comparison.line(at)).collect();
        assert_eq!(lines[comparison.same_start], (None, Some(comparison.same_start)));
        let last = (left.history.len() - 1, right.history.len() - 1);
        assert_eq!(lines.last(), Some(&(Some(last.0), Some(last.1))));
        let lefts: Vec<usize> = lines.iter().filter_map(|line| line.0).collect();
        assert_eq!(
            lefts,
            (0..left.history.len()).collect::<Vec<_>>(),
            "every event has one line"
        );
    }

    #[test]
    fn histories_with_nothing_in_common_and_empty_ones_have_lines_too() {
        let run = run(0);
        let comparison = HistoryComparison::new(&run.history, &[]);
        assert_eq!((comparison.same_start, comparison.lines()), (0, run.history.len()));
        assert_eq!(comparison.line(0), (Some(0), None));
    }
}
