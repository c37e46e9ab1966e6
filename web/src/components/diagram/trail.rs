//! Which edge the run has just passed along: the one that the next moment has and the one before has not.

use asl_protocol::{EdgeKey, RunView};

use crate::by_ptr::ByPtr;

/// Most events between two moments that are next to each other: states of one transition are rarely further apart.
const MOST_EVENTS: u32 = 8;

/// The moment that was shown last, and the edge that led to it.
#[derive(Debug, Default)]
pub(super) struct Trail {
    shown: Option<ByPtr<RunView>>,
    passed: Option<(EdgeKey, u32)>,
}

impl Trail {
    /// Takes note of the moment that is shown now. A jump and a way back leave no trail.
    pub(super) fn show(&mut self, view: &ByPtr<RunView>) {
        let Some(before) = self.shown.replace(view.clone()) else {
            return;
        };
        if before == *view {
            return;
        }
        let is_next = before.event < view.event && view.event - before.event <= MOST_EVENTS;
        if !is_next {
            self.passed = None;
        } else if let Some(edge) = newly_taken(&before, view) {
            self.passed = Some((edge.clone(), view.event));
        }
    }

    /// Returns the id of the event with which the edge was passed; 0 where it was not.
    pub(super) fn passed_at(&self, edge: &EdgeKey) -> u32 {
        let passed = self.passed.as_ref().filter(|(passed, _)| passed == edge);
        passed.map_or(0, |(_, event)| *event)
    }
}

fn newly_taken<'a>(before: &RunView, now: &'a RunView) -> Option<&'a EdgeKey> {
    let taken = |edge: &EdgeKey| {
        let known = before.edges.iter().find(|known| known.edge == *edge);
        known.map_or(0, |known| known.taken)
    };
    let mut edges = now.edges.iter();
    edges.find(|now| now.taken > taken(&now.edge)).map(|now| &now.edge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl_protocol::EdgeStatus;

    fn edge(to: &str) -> EdgeKey {
        EdgeKey {
            from: Some("A".into()),
            to: Some(to.into()),
            is_catch: false,
        }
    }

    fn view(event: u32, taken: &[(&str, u32)]) -> ByPtr<RunView> {
        let edges = taken.iter().map(|(to, taken)| EdgeStatus {
            edge: edge(to),
            taken: *taken,
        });
        ByPtr::new(RunView {
            event,
            edges: edges.collect(),
            ..RunView::default()
        })
    }

    #[test]
    fn a_step_on_leaves_a_trail_and_a_jump_does_not() {
        let mut trail = Trail::default();
        trail.show(&view(4, &[("B", 1)]));
        assert_eq!(trail.passed_at(&edge("B")), 0, "nothing was shown before");
        trail.show(&view(5, &[("B", 1), ("C", 1)]));
        assert_eq!((trail.passed_at(&edge("B")), trail.passed_at(&edge("C"))), (0, 5));
        trail.show(&view(6, &[("B", 1), ("C", 1)]));
        assert_eq!(trail.passed_at(&edge("C")), 5, "the dot may finish its way");
        trail.show(&view(5, &[("B", 1), ("C", 1)]));
        assert_eq!(trail.passed_at(&edge("C")), 0, "back");
        trail.show(&view(50, &[("B", 9), ("C", 1)]));
        assert_eq!(trail.passed_at(&edge("B")), 0, "a jump");
    }
}
