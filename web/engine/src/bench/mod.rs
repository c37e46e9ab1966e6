//! What is tried beside the run: expressions, one mock, one state; mock files, and what the runs so far have taken.

mod coverage;
mod mock_test;
mod state_test;

use std::collections::{BTreeMap, VecDeque};

use asl_host::QuestionId;
use asl_model::Definition;
use asl_protocol as page;
use asl_protocol::{BenchReply, BenchRequest, ConsoleLine, EngineReply};
use asl_view::Coverage;

use crate::engine::Engine;
use crate::run::Run;
use crate::sandbox::{Ended, Sandbox};
use crate::visit;
use mock_test::MockBench;
use state_test::StateBench;

/// Who waits for a call of the sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Caller {
    /// The run, with this question.
    Run(QuestionId),
    /// The test of that number.
    Bench(u32),
}

/// Tests that go on, and what has been found out.
#[derive(Default)]
pub(crate) struct Bench {
    tests: BTreeMap<u32, Box<dyn Test>>,
    /// Whether a test called the sandbox, and none does any more.
    is_done: bool,
    coverage: Coverage,
    replies: VecDeque<BenchReply>,
}

/// A test that may wait for the sandbox. What only tests need arrives with the tools, behind this.
pub(crate) trait Test {
    /// Goes on until there is a result, or the sandbox is asked.
    fn go_on(&mut self, id: u32, sandbox: &mut Sandbox<Caller>, now_us: u64) -> Option<BenchReply>;
    /// Takes in what the sandbox found.
    fn answer(&mut self, ended: Ended<u32>);
    /// Returns the result of a test that came to nothing.
    fn problem(&self, id: u32, problem: String) -> BenchReply;
}

/// Answers a request.
pub(crate) fn receive(engine: &mut Engine, request: &BenchRequest, now_us: u64) {
    let Engine {
        bench, run, sandbox, ..
    } = engine;
    match request {
        BenchRequest::Evaluate(request) => {
            let run = run.as_mut().filter(|run| run.number == request.run);
            let gone = Err("The run is gone.".to_owned());
            let value = run.map_or(gone, |run| visit::evaluate(run, request));
            bench
                .replies
                .push_back(BenchReply::Evaluated(page::Evaluated { id: request.id, value }));
        }
        BenchRequest::TestMock(request) => match MockBench::new(request) {
            Ok(test) => bench.go_on(request.id, Box::new(test), sandbox, now_us),
            Err(problem) => bench.replies.push_back(mock_test::problem(request.id, problem)),
        },
        BenchRequest::TestState(request) => match StateBench::new(request) {
            Ok(test) => bench.go_on(request.id, Box::new(test), sandbox, now_us),
            Err(problem) => bench.replies.push_back(state_test::problem(request.id, problem)),
        },
        BenchRequest::ResetCoverage => {
            bench.coverage.reset();
            bench.tell_coverage();
        }
    }
}

impl Bench {
    /// Takes in how a call ended that a test made.
    pub(crate) fn answer(&mut self, ended: Ended<u32>, sandbox: &mut Sandbox<Caller>, now_us: u64) {
        let id = ended.id;
        let Some(mut test) = self.tests.remove(&id) else { return };
        test.answer(ended);
        self.go_on(id, test, sandbox, now_us);
        self.is_done = self.tests.is_empty();
    }

    fn go_on(&mut self, id: u32, mut test: Box<dyn Test>, sandbox: &mut Sandbox<Caller>, now_us: u64) {
        match test.go_on(id, sandbox, now_us) {
            Some(reply) => self.replies.push_back(reply),
            None => {
                self.tests.insert(id, test);
            }
        }
    }

    /// Ends the tests that wait for a sandbox which was closed under them.
    pub(crate) fn give_up(&mut self, sandbox: &Sandbox<Caller>) {
        if !sandbox.is_at_rest() {
            return;
        }
        let problem = "A run began or ended meanwhile, and took the sandbox with it. Test again.";
        for (id, test) in std::mem::take(&mut self.tests) {
            self.replies.push_back(test.problem(id, problem.to_owned()));
        }
    }

    /// Returns once whether the last test has ended that used the sandbox.
    pub(crate) fn is_done(&mut self) -> bool {
        std::mem::take(&mut self.is_done)
    }

    /// Takes note of another text: what runs of other states have taken says nothing about it.
    pub(crate) fn definition_changed(&mut self, definition: &Definition) {
        if self.coverage.runs > 0 {
            self.run_started(definition);
        }
    }

    /// Takes note of a run of that definition.
    pub(crate) fn run_started(&mut self, definition: &Definition) {
        let empty = Coverage::new(definition);
        if !self.coverage.is_of_same_machine(&empty) {
            self.coverage = empty;
            self.tell_coverage();
        }
    }

    /// Adds what a run has taken.
    pub(crate) fn run_ended(&mut self, run: &mut Run) {
        if run.cover(&mut self.coverage) {
            self.tell_coverage();
        }
    }

    fn tell_coverage(&mut self) {
        self.replies
            .push_back(BenchReply::Covered(coverage::message(&self.coverage)));
    }

    /// Returns what the page has not heard yet.
    pub(crate) fn take_replies(&mut self) -> impl Iterator<Item = EngineReply> {
        std::mem::take(&mut self.replies).into_iter().map(EngineReply::Bench)
    }
}

/// Returns what a mock wrote, as lines of a state.
fn console(state: &str, lines: Vec<(String, String)>) -> Vec<ConsoleLine> {
    let line = |(level, text)| ConsoleLine {
        event: 0,
        state: state.to_owned(),
        level,
        text,
    };
    lines.into_iter().map(line).collect()
}
