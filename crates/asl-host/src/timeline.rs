//! What is still to be delivered to executions, in the order of virtual time.

use std::collections::BTreeMap;

use asl_core::{TaskToken, Timestamp};

use crate::answer::{Delivery, Report};
use crate::session::RunId;

/// Reports that wait for their time. Those of one instant keep the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Timeline {
    due: BTreeMap<Position, (RunId, TaskToken, Report)>,
    by_task: BTreeMap<(RunId, TaskToken), Vec<Position>>,
    added: u64,
}

type Position = (Timestamp, u64);

impl Timeline {
    pub(crate) fn add(&mut self, now: Timestamp, run: RunId, token: &TaskToken, deliveries: Vec<Delivery>) {
        for delivery in deliveries {
            let position = (now + delivery.after_ms.max(0), self.added);
            self.added += 1;
            self.due.insert(position, (run, token.clone(), delivery.report));
            self.by_task.entry((run, token.clone())).or_default().push(position);
        }
    }

    /// Forgets what a task still had to report.
    pub(crate) fn cancel(&mut self, run: RunId, token: &TaskToken) {
        for position in self.by_task.remove(&(run, token.clone())).unwrap_or_default() {
            self.due.remove(&position);
        }
    }

    /// Takes the first report that is due.
    pub(crate) fn take_due(&mut self, now: Timestamp) -> Option<(RunId, TaskToken, Report)> {
        let entry = self.due.first_entry().filter(|entry| entry.key().0 <= now)?;
        let (position, (run, token, report)) = entry.remove_entry();
        if let Some(positions) = self.by_task.get_mut(&(run, token.clone())) {
            positions.retain(|other| *other != position);
            if positions.is_empty() {
                self.by_task.remove(&(run, token.clone()));
            }
        }
        Some((run, token, report))
    }

    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.due.first_key_value().map(|(position, _)| position.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl_json::Value;

    fn token(text: &str) -> TaskToken {
        TaskToken(text.into())
    }

    #[test]
    fn reports_come_in_the_order_of_time_and_then_of_arrival() {
        let mut timeline = Timeline::default();
        let late = Delivery {
            after_ms: 5,
            report: Report::Success(Value::Null),
        };
        timeline.add(
            Timestamp(0),
            RunId(0),
            &token("a"),
            vec![late, Delivery::now(Report::Heartbeat)],
        );
        timeline.add(
            Timestamp(0),
            RunId(0),
            &token("b"),
            vec![Delivery::now(Report::TimedOut)],
        );
        assert_eq!(timeline.next(), Some(Timestamp(0)));
        let mut taken = Vec::new();
        while let Some((_, token, _)) = timeline.take_due(Timestamp(4)) {
            taken.push(token);
        }
        assert_eq!(taken, [token("a"), token("b")]);
        assert_eq!(timeline.next(), Some(Timestamp(5)));
    }

    #[test]
    fn a_cancelled_task_reports_nothing() {
        let mut timeline = Timeline::default();
        timeline.add(
            Timestamp(0),
            RunId(0),
            &token("a"),
            vec![Delivery::now(Report::TimedOut)],
        );
        timeline.cancel(RunId(0), &token("a"));
        assert_eq!(timeline.take_due(Timestamp(9)), None);
        assert_eq!(timeline.next(), None);
    }
}
