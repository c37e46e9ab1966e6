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

use super::{Context, is_substitution, terminal_state};
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::state::{State, StateKind, Transition};

/// States that a message names.
const MOST_NAMED: usize = 3;

/// Says nothing about the top level of a machine that cannot end at all, which is an error of its own.
pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let graphs = terminal_state::graphs_with_end(context);
    graphs.filter_map(|graph| of_body(context, graph)).collect()
}

fn of_body(context: &Context, graph: &Graph) -> Option<Diagnostic> {
    let body = graph.body;
    let before = graph.predecessors();
    let states = body.states.values().zip(&graph.leads_out);
    let mut is_free: Vec<bool> = states
        .map(|(state, leads_out)| *leads_out || ends(context, state))
        .collect();
    let mut waiting: Vec<usize> = (0..is_free.len()).filter(|index| is_free[*index]).collect();
    while let Some(index) = waiting.pop() {
        for earlier in &before[index] {
            if !std::mem::replace(&mut is_free[*earlier], true) {
                waiting.push(*earlier);
            }
        }
    }
    let caught = body.states.values().zip(is_free.iter().zip(&graph.is_reached));
    let caught = caught.filter(|(_, (is_free, is_reached))| !**is_free && **is_reached);
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

/// Returns true where an execution may end in this state, or go where nobody knows.
fn ends(context: &Context, state: &State) -> bool {
    let is_end = match (&state.kind, &state.transition) {
        (StateKind::Succeed(_) | StateKind::Fail(_), _) | (_, Some(Transition::End)) => true,
        (StateKind::Choice(_), _) => false,
        (_, transition) => transition.is_none(),
    };
    is_end || context.has_substitutions && state.targets().any(|next| is_substitution(next))
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
