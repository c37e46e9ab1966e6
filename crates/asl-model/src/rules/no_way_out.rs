//! States from which no end can be reached: once there, an execution goes round until it is stopped.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "StartAt": "Check",
//!   "States": {
//!     "Check": {
//!       "Type": "Choice",
//!       "Choices": [{ "Variable": "$.done", "BooleanEquals": true, "Next": "Done" }],
//!       "Default": "Wait"
//!     },
//!     "Wait": { "Type": "Wait", "Seconds": 5, "Next": "Poll" },
//!     "Poll": { "Type": "Pass", "Next": "Wait" },
//!     "Done": { "Type": "Succeed" }
//!   }
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "StartAt": "Check",
//!   "States": {
//!     "Check": {
//!       "Type": "Choice",
//!       "Choices": [{ "Variable": "$.done", "BooleanEquals": true, "Next": "Done" }],
//!       "Default": "Wait"
//!     },
//!     "Wait": { "Type": "Wait", "Seconds": 5, "Next": "Poll" },
//!     "Poll": { "Type": "Pass", "Next": "Check" },
//!     "Done": { "Type": "Succeed" }
//!   }
//! }
//! ```

use super::transition_target::{reached, targets};
use super::{Context, is_substitution, terminal_state};
use crate::definition::Body;
use crate::diagnostic::Diagnostic;
use crate::state::{State, StateKind, Transition};

/// States that a message names.
const MOST_NAMED: usize = 3;

/// Says nothing about the top level of a machine that cannot end at all, which is an error of its own.
pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let bodies = context.bodies.iter().copied();
    let bodies = bodies.filter(|body| !body.location.steps().is_empty() || terminal_state::can_end(body));
    bodies.filter_map(|body| of_body(context, body)).collect()
}

fn of_body(context: &Context, body: &Body) -> Option<Diagnostic> {
    let before = predecessors(body);
    let mut is_free: Vec<bool> = body.states.values().map(|state| ends(body, state)).collect();
    let mut waiting: Vec<usize> = (0..is_free.len()).filter(|index| is_free[*index]).collect();
    while let Some(index) = waiting.pop() {
        for earlier in &before[index] {
            if !std::mem::replace(&mut is_free[*earlier], true) {
                waiting.push(*earlier);
            }
        }
    }
    let caught = body.states.values().zip(is_free.iter().zip(reached(body)));
    let caught = caught.filter(|(_, (is_free, is_reached))| !**is_free && *is_reached);
    let caught: Vec<&State> = caught.map(|(state, _)| state).collect();
    let first = caught.first()?;
    let names: Vec<String> = caught
        .iter()
        .take(MOST_NAMED)
        .map(|state| format!("\"{}\"", state.name))
        .collect();
    let more = if caught.len() > MOST_NAMED { ", ..." } else { "" };
    let message = format!("No end can be reached from {}{more}", names.join(", "));
    let help = "Let one of them go to a state that leads to an end, or give one \"End\": true.";
    Some(context.warning("NO_WAY_OUT", &first.location, message, help))
}

/// Returns for each state the states that may go to it, as indexes.
fn predecessors(body: &Body) -> Vec<Vec<usize>> {
    let mut before = vec![Vec::new(); body.states.len()];
    for (index, state) in body.states.values().enumerate() {
        for next in targets(state) {
            if let Some(next) = body.states.get_index_of(next) {
                before[next].push(index);
            }
        }
    }
    before
}

/// Returns true where an execution may end in this state, or go where nobody knows.
fn ends(body: &Body, state: &State) -> bool {
    let is_end = match (&state.kind, &state.transition) {
        (StateKind::Succeed(_) | StateKind::Fail(_), _) | (_, Some(Transition::End)) => true,
        (StateKind::Choice(_), _) => false,
        (_, transition) => transition.is_none(),
    };
    let leads_out = |name: &str| !body.states.contains_key(name) || is_substitution(name);
    is_end || targets(state).any(|next| leads_out(next))
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let parallel = |last: &str| {
            with_state(&format!(
                r#"{{"Type": "Parallel", "Next": "Z", "Branches": [{{"StartAt": "A", "States": {{
                     "A": {{"Type": "Pass", "Next": "B"}}, "B": {{"Type": "Pass", {last}}}}}}}]}}"#
            ))
        };
        check_samples(
            &parallel(r#""Next": "A""#),
            "NO_WAY_OUT: No end can be reached from \"A\", \"B\" at /States/S/Branches[0]/States/A",
            &parallel(r#""End": true"#),
        );
    }
}
