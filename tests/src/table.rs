//! The report: failures with their reasons, a table of counts, and the closing line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use asl_json::Value;

use crate::case::Case;
use crate::run::Outcome;

/// What became of each case, in the order of the files.
#[derive(Debug, Default)]
pub struct Report<'a> {
    results: Vec<(&'a Case, Outcome)>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Counts {
    fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed(_) => self.failed += 1,
            Outcome::Skipped(_) => self.skipped += 1,
        }
    }
}

impl<'a> Report<'a> {
    /// Adds what became of a case.
    pub fn add(&mut self, case: &'a Case, outcome: Outcome) {
        self.results.push((case, outcome));
    }

    /// Returns the ids of the cases that failed.
    pub fn failed(&self) -> impl Iterator<Item = &str> {
        self.results
            .iter()
            .filter(|(_, outcome)| matches!(outcome, Outcome::Failed(_)))
            .map(|(case, _)| &*case.id)
    }

    /// Returns the ids of the cases that passed.
    pub fn passed(&self) -> impl Iterator<Item = &str> {
        self.results
            .iter()
            .filter(|(_, outcome)| *outcome == Outcome::Passed)
            .map(|(case, _)| &*case.id)
    }

    /// Writes every failure with its reason.
    pub fn failures(&self) -> String {
        let mut text = String::new();
        for (case, outcome) in &self.results {
            if let Outcome::Failed(reason) = outcome {
                let _ = writeln!(text, "FAILED {}\n  {reason}\n", case.id);
            }
        }
        text
    }

    /// Writes a line per kind and area, the reasons of what was skipped, and `N passed, N failed, N skipped`.
    pub fn summary(&self) -> String {
        let mut rows: BTreeMap<(&str, &str), Counts> = BTreeMap::new();
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        let mut total = Counts::default();
        for (case, outcome) in &self.results {
            rows.entry((case.kind.as_str(), &case.area)).or_default().add(outcome);
            total.add(outcome);
            if let Outcome::Skipped(reason) = outcome {
                *reasons.entry(reason).or_default() += 1;
            }
        }
        let mut text = format!(
            "{:<20} {:<22} {:>7} {:>7} {:>8}\n",
            "kind", "area", "passed", "failed", "skipped"
        );
        for ((kind, area), counts) in rows {
            let Counts {
                passed,
                failed,
                skipped,
            } = counts;
            let _ = writeln!(text, "{kind:<20} {area:<22} {passed:>7} {failed:>7} {skipped:>8}");
        }
        for (reason, count) in reasons {
            let _ = writeln!(text, "skipped {count}: {reason}");
        }
        let Counts {
            passed,
            failed,
            skipped,
        } = total;
        let _ = writeln!(text, "{passed} passed, {failed} failed, {skipped} skipped");
        text
    }

    /// Returns the report as JSON: `[{"id", "kind", "area", "outcome", "reason"?}]`.
    pub fn to_value(&self) -> Value {
        Value::array(self.results.iter().map(|(case, outcome)| {
            let (word, reason) = match outcome {
                Outcome::Passed => ("passed", None),
                Outcome::Failed(reason) => ("failed", Some(reason.as_str())),
                Outcome::Skipped(reason) => ("skipped", Some(*reason)),
            };
            let mut members = vec![
                ("id", Value::from(case.id.as_str())),
                ("kind", case.kind.as_str().into()),
                ("area", case.area.as_str().into()),
                ("outcome", word.into()),
            ];
            members.extend(reason.map(|reason| ("reason", reason.into())));
            Value::object(members)
        }))
    }
}
