//! The recordings that are kept besides the current run.

use crate::run::Run;

/// Most recordings that are kept.
const MOST_RUNS: usize = 20;
/// Most events of all of them together: about 300 MB of memory with their payloads shared.
const MOST_EVENTS: usize = 300_000;

/// Recordings of runs that have ended, the one kept last at the end.
#[derive(Default)]
pub(crate) struct KeptRuns(Vec<Run>);

impl KeptRuns {
    /// Keeps a recording; the ones kept longest go where there is no more room.
    pub(crate) fn keep(&mut self, run: Run) {
        self.0.push(run);
        while self.0.len() > MOST_RUNS || self.0.len() > 1 && self.events() > MOST_EVENTS {
            self.0.remove(0);
        }
    }

    /// Takes a recording out.
    pub(crate) fn take(&mut self, number: u32) -> Option<Run> {
        let at = self.0.iter().position(|run| run.number == number)?;
        Some(self.0.remove(at))
    }

    /// Returns a recording.
    pub(crate) fn find(&self, number: u32) -> Option<&Run> {
        self.0.iter().find(|run| run.number == number)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Run> {
        self.0.iter()
    }

    fn events(&self) -> usize {
        self.0.iter().map(|run| run.history().len()).sum()
    }
}
