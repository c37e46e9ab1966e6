//! Deeds beside the run: trying expressions, mocks and states, answering tasks that wait, mock files, coverage.

use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use asl_protocol::{BenchRequest, CallbackRequest, EngineRequest, EvaluateRequest, MockTest, StateTest, TaskAnswer};

use super::Commands;
use crate::state::{Action, BenchDeed, MockDraft, MockKind, MockTarget, NoticeKind, Pane, StepDraft};

/// Numbers the questions, so that answers find them.
static ASKED: AtomicU32 = AtomicU32::new(0);

impl Commands {
    fn ask_bench(&self, request: BenchRequest) {
        self.engine.send(EngineRequest::Bench(request));
    }

    /// Asks for the value of an expression; returns the number of the question.
    pub(crate) fn evaluate(&self, request: EvaluateRequest) -> u32 {
        let id = next_number();
        self.ask_bench(BenchRequest::Evaluate(EvaluateRequest { id, ..request }));
        id
    }

    /// Lets a mock answer one call, and returns the number of the test.
    pub(crate) fn test_mock(&self, target: &MockTarget, draft: &MockDraft, invocation: u32, event: String) -> u32 {
        let id = next_number();
        let state = target.states.first().map_or(&target.label, |state| state).to_string();
        self.ask_bench(BenchRequest::TestMock(MockTest {
            id,
            mock: asl_protocol::Mock {
                matches: asl_protocol::MockMatch::State(state.clone()),
                behavior: draft.to_behavior(),
            },
            state,
            resource: target.resource.to_string(),
            function: target.label.to_string(),
            invocation,
            event,
        }));
        id
    }

    /// Runs one state alone, and returns the number of the test.
    pub(crate) fn test_state(&self, request: StateTest) -> u32 {
        let id = next_number();
        let state = self.state();
        self.ask_bench(BenchRequest::TestState(StateTest {
            id,
            definition: state.document.definition.to_string(),
            mocks: state.mocks.to_request(),
            ..request
        }));
        id
    }

    /// Opens the test of a state, or closes it.
    pub(crate) fn open_state_test(&self, state: Option<Rc<str>>) {
        self.tell(Action::Bench(BenchDeed::StateTest(state)));
    }

    /// Answers a task that waits.
    pub(crate) fn call_back(&self, token: &str, answer: TaskAnswer) {
        let token = token.to_owned();
        self.send_callback(CallbackRequest::Answer { token, answer });
    }

    /// Lets virtual time go on, as nobody answers.
    pub(crate) fn let_time_pass(&self) {
        self.send_callback(CallbackRequest::LetTimePass);
    }

    fn send_callback(&self, request: CallbackRequest) {
        self.tell(Action::Bench(BenchDeed::CalledBack));
        let run = self.state().run.number;
        self.engine.send(EngineRequest::Callback { run, request });
    }

    /// Shows on the diagram what runs have taken, or no more.
    pub(crate) fn show_coverage(&self, shows: bool) {
        self.tell(Action::Bench(BenchDeed::Coverage(shows)));
    }

    /// Forgets what runs have taken.
    pub(crate) fn reset_coverage(&self) {
        self.ask_bench(BenchRequest::ResetCoverage);
    }

    /// Lets the mock of a state return this result from now on.
    pub(crate) fn use_as_mock(&self, state: &str, result: &str) {
        let mocks = self.state().mocks;
        let Some(target) = mocks.target_of(state) else { return };
        let draft = MockDraft {
            kind: MockKind::Responses,
            steps: vec![StepDraft {
                result: result.to_owned(),
                ..StepDraft::default()
            }],
            ..mocks.draft(&target.key)
        };
        let key = Rc::clone(&target.key);
        self.tell(Action::MockEdited {
            key: Rc::clone(&key),
            draft,
        });
        self.tell(Action::MockOpened(key));
        self.tell(Action::PaneShown(Pane::Mocks));
        self.notice(NoticeKind::Info, "The mock returns this result from the next run on.");
    }
}

fn next_number() -> u32 {
    ASKED.fetch_add(1, Ordering::Relaxed) + 1
}
