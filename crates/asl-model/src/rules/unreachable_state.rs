//! No transition leads to a state.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Pass", "End": true }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Pass", "Next": "Z" }
//! ```

use super::{Context, MISSING_TRANSITION_TARGET, is_substitution, terminal_state};
use crate::definition::Body;
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::state::State;

/// Says nothing about the top level of a machine that cannot end, as AWS does not.
pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let graphs = terminal_state::graphs_with_end(context);
    graphs.flat_map(|graph| of_body(context, graph)).collect()
}

fn of_body(context: &Context, graph: &Graph) -> Vec<Diagnostic> {
    if context.has_substitutions && is_open(graph.body) {
        return Vec::new();
    }
    let all = graph.body.states.values().zip(&graph.is_reached);
    let unreached = all.filter(|(_, is_reached)| !**is_reached);
    let diagnostics = unreached.map(|(state, _)| {
        let help = format!(
            "Let a state go to \"{}\" by \"Next\", \"Default\", a rule or a catcher, or remove it.",
            state.name
        );
        let message = format!("State \"{}\" is not reachable.", state.name);
        context.error(MISSING_TRANSITION_TARGET, &state.location, message, help)
    });
    diagnostics.collect()
}

/// Returns true where a substitution decides where a state goes, so that nobody can say what is reached.
fn is_open(body: &Body) -> bool {
    let mut names = body.states.values().flat_map(State::targets);
    is_substitution(&body.start_at) || names.any(|next| is_substitution(next))
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        check_samples(
            &with_state(r#"{"Type": "Pass", "End": true}"#),
            "MISSING_TRANSITION_TARGET: State \"Z\" is not reachable. at /States/Z",
            &with_state(r#"{"Type": "Pass", "Next": "Z"}"#),
        );
    }
}
