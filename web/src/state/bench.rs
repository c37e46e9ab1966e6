//! What is tried beside the run, and what the runs so far have taken.

use std::rc::Rc;

use asl_protocol::{BenchReply, Coverage, CoverageKind, EdgeStatus, Evaluated, MockTestResult};
use asl_protocol::{NodeStatus, RunView, StateTestResult, Status};

use crate::by_ptr::ByPtr;

/// Answers of the engine that are no part of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Bench {
    /// The value of the expression asked about last.
    pub evaluated: Option<ByPtr<Evaluated>>,
    /// What the mock tested last answered.
    pub mock_test: Option<ByPtr<MockTestResult>>,
    /// What came of the state tested last.
    pub state_test: Option<ByPtr<StateTestResult>>,
    /// What the runs have taken since the states changed.
    pub coverage: ByPtr<Coverage>,
    /// Whether the diagram shows that.
    pub shows_coverage: bool,
    /// Name of the state whose test is open.
    pub tested_state: Option<Rc<str>>,
    /// Why a task did not take its answer.
    pub callback_problem: Option<Rc<str>>,
}

/// What the reader does.
#[derive(Clone, Debug)]
pub(crate) enum BenchDeed {
    /// Opened the test of a state, or closed it.
    StateTest(Option<Rc<str>>),
    /// Switched coverage on or off.
    Coverage(bool),
    /// Answered a task, so that what was said about it before is over.
    CalledBack,
}

impl Bench {
    /// Takes note of an answer.
    pub(crate) fn replied(self: &Rc<Bench>, reply: BenchReply) -> Rc<Bench> {
        let mut next = Bench::clone(self);
        match reply {
            BenchReply::Evaluated(value) => next.evaluated = Some(ByPtr::new(value)),
            BenchReply::MockTested(result) => next.mock_test = Some(ByPtr::new(result)),
            BenchReply::StateTested(result) => next.state_test = Some(ByPtr::new(result)),
            BenchReply::Covered(coverage) => next.coverage = ByPtr::new(coverage),
        }
        Rc::new(next)
    }

    /// Takes note of a task that did not take its answer.
    pub(crate) fn refused(self: &Rc<Bench>, problem: Rc<str>) -> Rc<Bench> {
        Rc::new(Bench {
            callback_problem: Some(problem),
            ..Bench::clone(self)
        })
    }

    /// Takes note of what the reader did.
    pub(crate) fn done(self: &Rc<Bench>, deed: BenchDeed) -> Rc<Bench> {
        let mut next = Bench::clone(self);
        match deed {
            BenchDeed::StateTest(state) => {
                next.tested_state = state;
                next.state_test = None;
            }
            BenchDeed::Coverage(shows) => next.shows_coverage = shows,
            BenchDeed::CalledBack => next.callback_problem = None,
        }
        Rc::new(next)
    }
}

/// Returns the coverage as the diagram shows a run: what was taken counts as done, with how often.
pub(crate) fn coverage_view(coverage: &Coverage) -> RunView {
    let taken = || coverage.items.iter().filter(|item| item.times > 0);
    let node = |item: &asl_protocol::CoverageItem| NodeStatus {
        state: item.state.clone(),
        status: Status::Succeeded,
        visits: item.times,
        ..NodeStatus::default()
    };
    let edge = |item: &asl_protocol::CoverageItem| {
        Some(EdgeStatus {
            edge: item.edge.clone()?,
            taken: item.times,
        })
    };
    RunView {
        nodes: taken()
            .filter(|item| item.kind == CoverageKind::State)
            .map(node)
            .collect(),
        edges: taken().filter_map(edge).collect(),
        ..RunView::default()
    }
}

/// Returns how many things of a kind were taken, and how many there are.
pub(crate) fn covered(coverage: &Coverage, kind: CoverageKind) -> (usize, usize) {
    let of_kind = || coverage.items.iter().filter(move |item| item.kind == kind);
    (of_kind().filter(|item| item.times > 0).count(), of_kind().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl_protocol::CoverageItem;

    #[test]
    fn the_diagram_shows_what_was_taken() {
        let item = |state: &str, times| CoverageItem {
            state: state.into(),
            times,
            ..CoverageItem::default()
        };
        let coverage = Coverage {
            runs: 1,
            items: vec![item("A", 2), item("B", 0)],
        };
        let view = coverage_view(&coverage);
        assert_eq!((view.nodes.len(), view.nodes[0].visits), (1, 2));
        assert_eq!(covered(&coverage, CoverageKind::State), (1, 2));
        assert_eq!(covered(&coverage, CoverageKind::Rule), (0, 0));
    }

    #[test]
    fn another_test_forgets_the_result_of_the_one_before() {
        let tested = Rc::new(Bench::default()).replied(BenchReply::StateTested(StateTestResult::default()));
        assert!(tested.state_test.is_some());
        let opened = tested.done(BenchDeed::StateTest(Some("A".into())));
        assert_eq!(
            (opened.state_test.is_none(), opened.tested_state.as_deref()),
            (true, Some("A"))
        );
    }
}
