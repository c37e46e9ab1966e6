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

use super::{Context, suggest};
use crate::definition::{Body, QueryLanguage};
use crate::diagnostic::Diagnostic;
use crate::schema::Part;
use crate::state::{ProcessorMode, State, StateKind};

pub(super) type Names = BTreeSet<Arc<str>>;

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut waiting: Vec<(&Body, Names)> = vec![(&context.definition.body, Names::new())];
    while let Some((body, outer)) = waiting.pop() {
        let mut visible = outer.clone();
        for state in body.states.values() {
            for part in context.parts_of(state) {
                let assigned: Names = assigned(part).collect();
                found.extend(shadowing(context, part, assigned.intersection(&outer)));
                visible.extend(assigned);
            }
        }
        for state in body.states.values() {
            found.extend(unassigned(context, state, &visible));
            waiting.extend(
                state
                    .bodies()
                    .into_iter()
                    .map(|inner| (inner, seen_inside(state, &visible))),
            );
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

/// Returns the names of the variables that one object assigns.
pub(super) fn assigned(part: &Part) -> impl Iterator<Item = Arc<str>> {
    let assign = part.member("Assign").and_then(|member| member.value.as_object());
    let keys = assign.into_iter().flat_map(asl_json::Object::keys);
    keys.map(|key| match (part.language, key.strip_suffix(".$")) {
        (QueryLanguage::JsonPath, Some(name)) => name.into(),
        _ => key.clone(),
    })
}

fn shadowing<'a>(context: &Context, part: &Part, names: impl Iterator<Item = &'a Arc<str>>) -> Vec<Diagnostic> {
    let warnings = names.map(|name| {
        let message = format!("Variable '{name}' belongs to an outer scope and cannot be assigned here");
        let help = "Use another name, and hand the value out through the output of the Map or Parallel.";
        context.warning("VARIABLE_OF_OUTER_SCOPE", &part.at("Assign"), message, help)
    });
    warnings.collect()
}

fn unassigned(context: &Context, state: &State, visible: &Names) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for part in context.parts_of(state) {
        let unknown = part.references().iter().filter(|name| !visible.contains(*name));
        for name in unknown.collect::<BTreeSet<_>>() {
            let guess = suggest::did_you_mean(name, visible.iter().map(|known| &**known));
            let message = format!("Nothing assigns the variable '{name}' where this state could see it");
            let help = format!("Assign it in an earlier state, or correct its name.{guess}");
            found.push(context.warning("UNASSIGNED_VARIABLE", &part.location, message, help));
        }
    }
    found
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
