//! A state reads a variable that only states after it assign.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "StartAt": "Report",
//!   "States": {
//!     "Report": { "Type": "Pass", "InputPath": "$total", "Next": "Count" },
//!     "Count": { "Type": "Pass", "Assign": { "total.$": "$.items" }, "End": true }
//!   }
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "StartAt": "Count",
//!   "States": {
//!     "Count": { "Type": "Pass", "Assign": { "total.$": "$.items" }, "Next": "Report" },
//!     "Report": { "Type": "Pass", "InputPath": "$total", "End": true }
//!   }
//! }
//! ```
//!
//! A variable that is assigned on one of several ways to the state counts as assigned.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::variable_scope::{Names, seen_inside};
use super::{Context, PartVariables};
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;

/// A body to look at, with the names around it.
struct Waiting<'a> {
    graph: &'a Graph<'a>,
    /// What states around may have assigned before.
    before: Names,
    /// What states around assign before or after.
    ever: Names,
}

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let first = Waiting {
        graph: context.graph(&context.definition.body),
        before: Names::new(),
        ever: Names::new(),
    };
    let mut waiting = vec![first];
    while let Some(at) = waiting.pop() {
        let flow = Flow::new(context, at.graph);
        let mut ever = at.ever;
        ever.extend(flow.names.iter().cloned());
        for (index, state) in at.graph.body.states.values().enumerate() {
            if !at.graph.is_reached[index] {
                continue;
            }
            let is_early = |name: &Arc<str>| ever.contains(name) && !at.before.contains(name) && !flow.has(index, name);
            for part in context.variables(at.graph, index) {
                found.extend(too_early(context, part, is_early));
            }
            waiting.extend(state.bodies().into_iter().map(|body| Waiting {
                graph: context.graph(body),
                before: seen_inside(state, &at.before.iter().cloned().chain(flow.before(index)).collect()),
                ever: seen_inside(state, &ever),
            }));
        }
    }
    found
}

fn too_early(context: &Context, part: &PartVariables, is_early: impl Fn(&Arc<str>) -> bool) -> Vec<Diagnostic> {
    let early: BTreeSet<_> = part.read.iter().filter(|name| is_early(name)).collect();
    let warnings = early.into_iter().map(|name| {
        let message = format!("Nothing has assigned the variable '{name}' when this state reads it");
        let help =
            "Assign it in a state that comes before this one. What a state assigns is in sight from the next one on.";
        context.warning("READ_BEFORE_ASSIGNED", &part.location, message, help)
    });
    warnings.collect()
}

/// Which variables of a body may be assigned when a state begins.
struct Flow {
    /// The variables that the body assigns.
    names: IndexSet<Arc<str>, FxBuildHasher>,
    /// How many words have a bit for each name.
    words: usize,
    /// By state so many words: the names that may be assigned before it.
    before: Vec<u64>,
}

impl Flow {
    fn new(context: &Context, graph: &Graph) -> Flow {
        let mut names = IndexSet::default();
        let assigns = (0..graph.body.states.len()).map(|index| {
            let assigned = context.variables(graph, index).iter().flat_map(|part| &part.assigned);
            assigned.map(|name| names.insert_full(name.clone()).0).collect()
        });
        let assigns: Vec<Vec<usize>> = assigns.collect();
        let words = names.len().div_ceil(64);
        let mut flow = Flow {
            before: vec![0; words * assigns.len()],
            words,
            names,
        };
        flow.fill(graph, &assigns);
        flow
    }

    fn fill(&mut self, graph: &Graph, assigns: &[Vec<usize>]) {
        let mut is_seen = vec![false; assigns.len()];
        let mut after = vec![0; self.words];
        let mut waiting: Vec<usize> = graph.start().into_iter().collect();
        while let Some(index) = waiting.pop() {
            after.copy_from_slice(&self.before[self.bits(index)]);
            for name in &assigns[index] {
                after[name / 64] |= 1 << (name % 64);
            }
            for next in graph.next(index) {
                let is_news = self.arrive(*next, &after);
                if is_news || !std::mem::replace(&mut is_seen[*next], true) {
                    waiting.push(*next);
                }
            }
        }
    }

    /// Takes note that a state may begin with these variables; returns true where that is news.
    fn arrive(&mut self, index: usize, variables: &[u64]) -> bool {
        let bits = self.bits(index);
        let mut is_news = false;
        for (known, more) in self.before[bits].iter_mut().zip(variables) {
            is_news |= *more & !*known != 0;
            *known |= more;
        }
        is_news
    }

    fn bits(&self, index: usize) -> Range<usize> {
        index * self.words..(index + 1) * self.words
    }

    /// Returns true where a state that assigns the variable may come before a state.
    fn has(&self, index: usize, name: &str) -> bool {
        let at = self.names.get_index_of(name);
        at.is_some_and(|at| self.before[self.bits(index)][at / 64] & (1 << (at % 64)) != 0)
    }

    /// Returns the names that may be assigned before a state.
    fn before(&self, index: usize) -> impl Iterator<Item = Arc<str>> {
        self.names.iter().filter(move |name| self.has(index, name)).cloned()
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::check_samples;

    fn machine(first: &str, inner: &str) -> String {
        format!(
            r#"{{"StartAt": "A", "States": {{
                 "A": {{"Type": "Pass", {first} "Next": "M"}},
                 "M": {{"Type": "Map", "Next": "L", "ItemProcessor": {{"StartAt": "I",
                   "States": {{"I": {{"Type": "Pass", {inner} "End": true}}}}}}}},
                 "L": {{"Type": "Pass", "Assign": {{"late": 1, "also": 2}}, "End": true}}}}}}"#
        )
    }

    #[test]
    fn samples() {
        check_samples(
            &machine("", r#""InputPath": "$late","#),
            "READ_BEFORE_ASSIGNED: Nothing has assigned the variable 'late' when this state reads it \
             at /States/M/ItemProcessor/States/I",
            &machine(r#""Assign": {"late": 0},"#, r#""InputPath": "$late","#),
        );
        check_samples(
            &machine(r#""Assign": {"late": 0, "twice.$": "$late"},"#, ""),
            "READ_BEFORE_ASSIGNED: Nothing has assigned the variable 'late' when this state reads it at /States/A",
            &machine(r#""Assign": {"twice.$": "$.late"},"#, ""),
        );
    }
}
