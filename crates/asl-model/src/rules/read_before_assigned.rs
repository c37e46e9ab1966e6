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
use std::sync::Arc;

use indexmap::IndexSet;

use super::Context;
use super::transition_target::targets;
use super::variable_scope::{Names, assigned, seen_inside};
use crate::definition::Body;
use crate::diagnostic::Diagnostic;
use crate::state::State;

/// A body to look at, with the names around it.
struct Waiting<'a> {
    body: &'a Body,
    /// What states around may have assigned before.
    before: Names,
    /// What states around assign before or after.
    ever: Names,
}

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut waiting = vec![Waiting {
        body: &context.definition.body,
        before: Names::new(),
        ever: Names::new(),
    }];
    while let Some(at) = waiting.pop() {
        let flow = Flow::new(context, at.body);
        let mut ever = at.ever;
        ever.extend(flow.names.iter().cloned());
        for (index, state) in at.body.states.values().enumerate() {
            if !flow.is_reached(index) {
                continue;
            }
            let is_early = |name: &Arc<str>| ever.contains(name) && !at.before.contains(name) && !flow.has(index, name);
            found.extend(too_early(context, state, is_early));
            waiting.extend(state.bodies().into_iter().map(|body| Waiting {
                body,
                before: seen_inside(state, &at.before.iter().cloned().chain(flow.before(index)).collect()),
                ever: seen_inside(state, &ever),
            }));
        }
    }
    found
}

fn too_early(context: &Context, state: &State, is_early: impl Fn(&Arc<str>) -> bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for part in context.parts_of(state) {
        let early = part.references().iter().filter(|name| is_early(name));
        for name in early.collect::<BTreeSet<_>>() {
            let message = format!("Nothing has assigned the variable '{name}' when this state reads it");
            let help = "Assign it in a state that comes before this one. What a state assigns is in sight from the next one on.";
            found.push(context.warning("READ_BEFORE_ASSIGNED", &part.location, message, help));
        }
    }
    found
}

/// Which variables of a body may be assigned when a state begins.
struct Flow {
    /// The variables that the body assigns.
    names: IndexSet<Arc<str>>,
    /// By state: a bit for each name that may be assigned before it; nothing for states that are not reached.
    before: Vec<Option<Vec<u64>>>,
}

impl Flow {
    fn new(context: &Context, body: &Body) -> Flow {
        let mut names = IndexSet::new();
        let assigns: Vec<Vec<usize>> = body
            .states
            .values()
            .map(|state| {
                let assigned = context.parts_of(state).iter().flat_map(assigned);
                assigned.map(|name| names.insert_full(name).0).collect()
            })
            .collect();
        let mut flow = Flow {
            before: vec![None; assigns.len()],
            names,
        };
        flow.fill(body, &assigns);
        flow
    }

    fn fill(&mut self, body: &Body, assigns: &[Vec<usize>]) {
        let Some(start) = body.states.get_index_of(&body.start_at) else {
            return;
        };
        self.before[start] = Some(vec![0; self.names.len().div_ceil(64)]);
        let mut waiting = vec![start];
        while let Some(index) = waiting.pop() {
            let Some(mut after) = self.before[index].clone() else {
                continue;
            };
            for name in &assigns[index] {
                after[name / 64] |= 1 << (name % 64);
            }
            for next in targets(&body.states[index]) {
                let next = body.states.get_index_of(next);
                waiting.extend(next.filter(|next| self.arrive(*next, &after)));
            }
        }
    }

    /// Takes note that a state may begin with these variables; returns true where that is news.
    fn arrive(&mut self, index: usize, variables: &[u64]) -> bool {
        let Some(known) = &mut self.before[index] else {
            self.before[index] = Some(variables.to_vec());
            return true;
        };
        let mut is_news = false;
        for (known, more) in known.iter_mut().zip(variables) {
            is_news |= *more & !*known != 0;
            *known |= more;
        }
        is_news
    }

    fn is_reached(&self, index: usize) -> bool {
        self.before[index].is_some()
    }

    /// Returns true where a state that assigns the variable may come before a state.
    fn has(&self, index: usize, name: &str) -> bool {
        let bits = self.before[index].as_ref();
        let at = self.names.get_index_of(name);
        bits.zip(at)
            .is_some_and(|(bits, at)| bits[at / 64] & (1 << (at % 64)) != 0)
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
