//! A state refers to a variable that nothing assigns where the state could see it, or assigns one of an outer scope.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "StartAt": "Count",
//!   "States": {
//!     "Count": { "Type": "Pass", "Assign": { "total.$": "$.items" }, "Next": "Report" },
//!     "Report": { "Type": "Pass", "InputPath": "$totl", "End": true }
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
//! A branch or processor sees the variables around it, except for the processor of a distributed Map, and cannot change
//! them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Context, PartVariables, suggest};
use crate::definition::Body;
use crate::diagnostic::Diagnostic;
use crate::state::{ProcessorMode, State, StateKind};

pub(super) type Names = BTreeSet<Arc<str>>;

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut waiting: Vec<(&Body, Names)> = vec![(&context.definition.body, Names::new())];
    while let Some((body, outer)) = waiting.pop() {
        let graph = context.graph(body);
        let variables = |index: usize| context.variables(graph, index).iter();
        let mut visible = outer.clone();
        for part in (0..body.states.len()).flat_map(variables) {
            found.extend(shadowing(context, part, &outer));
            visible.extend(part.assigned.iter().cloned());
        }
        for (index, state) in body.states.values().enumerate() {
            found.extend(variables(index).flat_map(|part| unassigned(context, part, &visible)));
            let inner = state.bodies().into_iter();
            waiting.extend(inner.map(|inner| (inner, seen_inside(state, &visible))));
        }
    }
    found
}

/// Returns which of the names in sight of a state the states inside it see.
pub(super) fn seen_inside(state: &State, visible: &Names) -> Names {
    match &state.kind {
        StateKind::Map(map) if map.item_processor.mode == ProcessorMode::Distributed => Names::new(),
        _ => visible.clone(),
    }
}

fn shadowing(context: &Context, part: &PartVariables, outer: &Names) -> Vec<Diagnostic> {
    let assigned: BTreeSet<_> = part.assigned.iter().filter(|name| outer.contains(*name)).collect();
    let warnings = assigned.into_iter().map(|name| {
        let message = format!("Variable '{name}' belongs to an outer scope and cannot be assigned here");
        let help = "Use another name, and hand the value out through the output of the Map or Parallel.";
        context.warning(
            "VARIABLE_OF_OUTER_SCOPE",
            &part.location.member("Assign"),
            message,
            help,
        )
    });
    warnings.collect()
}

fn unassigned(context: &Context, part: &PartVariables, visible: &Names) -> Vec<Diagnostic> {
    let unknown: BTreeSet<_> = part.read.iter().filter(|name| !visible.contains(*name)).collect();
    let warnings = unknown.into_iter().map(|name| {
        let guess = suggest::did_you_mean(name, visible.iter().map(|known| &**known));
        let message = format!("Nothing assigns the variable '{name}' where this state could see it");
        let help = format!("Assign it in an earlier state, or correct its name.{guess}");
        context.warning("UNASSIGNED_VARIABLE", &part.location, message, help)
    });
    warnings.collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::check_samples;

    fn machine(mode: &str, inner: &str) -> String {
        format!(
            r#"{{"StartAt": "A", "States": {{
                 "A": {{"Type": "Pass", "Assign": {{"total.$": "$.t"}}, "Next": "M"}},
                 "M": {{"Type": "Map", "End": true, "ItemProcessor": {{
                   "ProcessorConfig": {{"Mode": "{mode}", "ExecutionType": "STANDARD"}}, "StartAt": "I",
                   "States": {{"I": {{"Type": "Pass", {inner}, "End": true}}}}}}}}}}}}"#
        )
    }

    #[test]
    fn samples() {
        let right = machine("INLINE", r#""InputPath": "$total""#);
        let at = "at /States/M/ItemProcessor/States/I";
        let unassigned = |name: &str| {
            format!("UNASSIGNED_VARIABLE: Nothing assigns the variable '{name}' where this state could see it {at}")
        };
        check_samples(
            &machine("INLINE", r#""InputPath": "$totl""#),
            &unassigned("totl"),
            &right,
        );
        check_samples(
            &machine("DISTRIBUTED", r#""InputPath": "$total""#),
            &unassigned("total"),
            &right,
        );
        check_samples(
            &machine("INLINE", r#""Assign": {"total": 1}"#),
            &format!(
                "VARIABLE_OF_OUTER_SCOPE: Variable 'total' belongs to an outer scope and cannot be assigned here {at}/Assign"
            ),
            &machine("DISTRIBUTED", r#""Assign": {"total": 1}"#),
        );
    }
}
