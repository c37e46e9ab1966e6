//! A transition goes to a state that does not exist beside it.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "StartAt": "Pack",
//!   "States": {
//!     "Pack": { "Type": "Pass", "Next": "Shiped" },
//!     "Shipped": { "Type": "Succeed" }
//!   }
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "StartAt": "Pack",
//!   "States": {
//!     "Pack": { "Type": "Pass", "Next": "Shipped" },
//!     "Shipped": { "Type": "Succeed" }
//!   }
//! }
//! ```
//!
//! A state inside a Map or Parallel can only go to states inside the same one.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Context, MISSING_TRANSITION_TARGET, suggest};
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::location::Location;
use crate::state::{State, StateKind};

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let graphs = context.graphs.iter();
    graphs.flat_map(|graph| of_body(context, graph)).collect()
}

fn of_body(context: &Context, graph: &Graph) -> Vec<Diagnostic> {
    let body = graph.body;
    let start = (!body.start_at.is_empty()).then(|| (&body.start_at, body.location.member("StartAt")));
    let is_missing = |name: &Arc<str>| !body.states.contains_key(name);
    let suspects = body.states.values().zip(&graph.leads_out);
    let suspects = suspects.filter(|(_, leads_out)| **leads_out).map(|(state, _)| state);
    let all = start.into_iter().chain(suspects.flat_map(transitions));
    let dangling = all.filter(|(name, _)| is_missing(name));
    // A state that was renamed or removed is missed wherever it was named.
    let mut guesses: HashMap<&Arc<str>, Option<&str>> = HashMap::new();
    let names = || body.states.keys().map(|known| &**known);
    let diagnostics = dangling.map(|(name, at)| {
        let guess = guesses.entry(name).or_insert_with(|| suggest::nearest(name, names()));
        missing(context, name, *guess, &at)
    });
    diagnostics.collect()
}

/// Returns where a state may go, with the places that say so.
fn transitions(state: &State) -> Vec<(&Arc<str>, Location)> {
    let at = &state.location;
    let mut found: Vec<(&Arc<str>, Location)> =
        state.next().map(|next| (next, at.member("Next"))).into_iter().collect();
    if let StateKind::Choice(choice) = &state.kind {
        let rules = choice.choices.iter().enumerate();
        found.extend(rules.map(|(index, rule)| (&rule.next, at.member("Choices").item(index).member("Next"))));
        found.extend(choice.default.as_ref().map(|default| (default, at.member("Default"))));
    }
    let catchers = state.catch.iter().enumerate();
    found.extend(catchers.map(|(index, catcher)| (&catcher.next, at.member("Catch").item(index).member("Next"))));
    found.retain(|(name, _)| !name.is_empty());
    found
}

fn missing(context: &Context, name: &Arc<str>, guess: Option<&str>, at: &Location) -> Diagnostic {
    let mut help = format!(
        "There is no state \"{name}\" beside this one.{}",
        suggest::question(guess)
    );
    if context.graphs.iter().any(|graph| graph.body.states.contains_key(name)) {
        help.push_str(" Transitions cannot cross the border of a Map or Parallel.");
    }
    let message = format!("Missing 'Next' target: {name}");
    context
        .error(MISSING_TRANSITION_TARGET, at, message, help)
        .replaceable_by(guess)
}

#[cfg(test)]
mod tests {
    use crate::rules::check_samples;

    #[test]
    fn samples() {
        let machine = |start: &str, next: &str, inner: &str| {
            format!(
                r#"{{"StartAt": "{start}", "States": {{
                     "Pack": {{"Type": "Pass", "Next": "{next}"}},
                     "Shipped": {{"Type": "Parallel", "End": true, "Branches": [
                       {{"StartAt": "I", "States": {{"I": {{"Type": "Pass", "Next": "{inner}"}}, "J": {{"Type": "Succeed"}}}}}}]}}}}}}"#
            )
        };
        let right = machine("Pack", "Shipped", "J");
        let missing = "MISSING_TRANSITION_TARGET: Missing 'Next' target";
        check_samples(
            &machine("Pack", "Shiped", "J"),
            &format!("{missing}: Shiped at /States/Pack/Next"),
            &right,
        );
        check_samples(
            &machine("Pak", "Shipped", "J"),
            &format!("{missing}: Pak at /StartAt"),
            &right,
        );
        check_samples(
            &machine("Pack", "Shipped", "Pack"),
            &format!("{missing}: Pack at /States/Shipped/Branches[0]/States/I/Next"),
            &right,
        );
    }
}
