//! The page's mocks as a host understands them, with a count of what each did.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use asl_core::{TaskRequest, Timestamp};
use asl_host::{Answer, Answers, Delivery, Mock, MockAnswer, MockBehavior, MockMatch, MockResponse, Mocks, Report};
use asl_protocol as page;

use crate::callbacks::{Callbacks, is_callback};

/// How often each Task state was answered by which mock.
pub(crate) type MockUses = Arc<Mutex<BTreeMap<(Arc<str>, Option<u32>), u32>>>;

/// Mocks that count. Each one is asked by itself, so that it is known which of them answered.
pub(crate) struct CountedMocks {
    mocks: Vec<Mocks>,
    /// Per mock: its steps, which say for whom time stands still.
    steps: Vec<Vec<page::MockAnswer>>,
    uses: MockUses,
    callbacks: Callbacks,
}

/// A mock of the page that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnreadableMock(pub(crate) String);

impl CountedMocks {
    /// Reads the page's mocks.
    pub(crate) fn new(
        mocks: &[page::Mock],
        uses: MockUses,
        callbacks: Callbacks,
    ) -> Result<CountedMocks, UnreadableMock> {
        let steps = mocks.iter().map(steps).collect();
        let mocks = mocks.iter().map(|mock| {
            Ok(Mocks {
                mocks: vec![read(mock)?],
            })
        });
        Ok(CountedMocks {
            mocks: mocks.collect::<Result<_, _>>()?,
            steps,
            uses,
            callbacks,
        })
    }

    /// Takes note of a task that the mock leaves to somebody who calls back.
    fn await_callback(&self, task: &TaskRequest, mock: usize, answer: &Answer, now: Timestamp) {
        let is_open = matches!(answer, Answer::Deliver(deliveries) if deliveries.iter().all(is_on_the_way));
        if is_open && is_callback(task) {
            let steps = &self.steps[mock];
            let step = steps.get(task.invocation as usize).or(steps.last());
            self.callbacks
                .add(task, now, step == Some(&page::MockAnswer::WaitForToken));
        }
    }

    fn count(&self, task: &TaskRequest, mock: Option<usize>) {
        let mock = mock.map(crate::text::saturate);
        let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        *uses.entry((task.state.clone(), mock)).or_default() += 1;
    }
}

impl Answers for CountedMocks {
    fn answer(&mut self, task: &TaskRequest, now: Timestamp) -> Answer {
        let mut unmatched = None;
        for index in 0..self.mocks.len() {
            match self.mocks[index].answer(task, now) {
                answer @ (Answer::Assume(_) | Answer::StartExecution) => unmatched = Some(answer),
                answer => {
                    self.count(task, Some(index));
                    self.await_callback(task, index, &answer, now);
                    return answer;
                }
            }
        }
        self.count(task, None);
        if is_callback(task) {
            // Somebody calls back, and in a playground that is the reader.
            self.callbacks.add(task, now, true);
            return waiting().answer(task, now);
        }
        unmatched.unwrap_or_else(|| Mocks::default().answer(task, now))
    }
}

/// Returns whether more is to come.
fn is_on_the_way(delivery: &Delivery) -> bool {
    matches!(
        delivery.report,
        Report::ActivityStarted { .. } | Report::Submitted(_) | Report::Heartbeat
    )
}

fn steps(mock: &page::Mock) -> Vec<page::MockAnswer> {
    match &mock.behavior {
        page::MockBehavior::Steps(steps) => steps.iter().map(|step| step.answer.clone()).collect(),
        page::MockBehavior::JavaScript(_) => Vec::new(),
    }
}

/// Returns mocks that take up every task and end none.
fn waiting() -> Mocks {
    Mocks {
        mocks: vec![Mock {
            matches: MockMatch::Resource("*".into()),
            behavior: MockBehavior::Responses(vec![MockResponse {
                first: 0,
                last: None,
                answer: MockAnswer::WaitForToken,
                delay_ms: 0,
            }]),
        }],
    }
}

fn read(mock: &page::Mock) -> Result<Mock, UnreadableMock> {
    let (matches, of) = match &mock.matches {
        page::MockMatch::State(name) => (MockMatch::State(name.as_str().into()), name),
        page::MockMatch::Resource(pattern) => (MockMatch::Resource(pattern.as_str().into()), pattern),
    };
    let behavior = match &mock.behavior {
        page::MockBehavior::JavaScript(source) => MockBehavior::JavaScript(source.as_str().into()),
        page::MockBehavior::Steps(steps) => MockBehavior::Responses(responses(of, steps)?),
    };
    Ok(Mock { matches, behavior })
}

/// Returns one response per step; the last one is for all invocations that follow.
pub(crate) fn responses(of: &str, steps: &[page::MockStep]) -> Result<Vec<MockResponse>, UnreadableMock> {
    let response = |(index, step): (usize, &page::MockStep)| {
        let first = crate::text::saturate(index);
        Ok(MockResponse {
            first,
            last: (index + 1 < steps.len()).then_some(first),
            answer: answer(of, index, &step.answer)?,
            delay_ms: i64::try_from(step.delay_ms).unwrap_or(i64::MAX),
        })
    };
    steps.iter().enumerate().map(response).collect()
}

fn answer(of: &str, index: usize, answer: &page::MockAnswer) -> Result<MockAnswer, UnreadableMock> {
    Ok(match answer {
        page::MockAnswer::Return(text) => {
            let number = index + 1;
            let explain = |error: asl_json::ParseError| {
                UnreadableMock(format!(
                    "Step {number} of the mock for \"{of}\" does not return JSON: {}",
                    error.message
                ))
            };
            MockAnswer::Return(asl_json::parse_value(text).map_err(explain)?)
        }
        page::MockAnswer::Fail { error, cause } => MockAnswer::Throw {
            error: error.as_str().into(),
            cause: (!cause.is_empty()).then(|| cause.as_str().into()),
        },
        page::MockAnswer::TimeOut => MockAnswer::TimeOut,
        page::MockAnswer::WaitForToken | page::MockAnswer::NoAnswer => MockAnswer::WaitForToken,
    })
}
