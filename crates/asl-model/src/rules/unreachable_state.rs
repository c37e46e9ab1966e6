//! No transition leads to a state.
//!
//! Wrong: a state that nothing names. Right: every state is reached from `StartAt`.

use std::collections::BTreeSet;

use super::transition_target::transitions;
use super::{Context, MISSING_TRANSITION_TARGET, terminal_state};
use crate::definition::Body;
use crate::diagnostic::Diagnostic;

/// Says nothing about the top level of a machine that cannot end, as AWS does not.
pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let bodies = context.definition.bodies().into_iter();
    let bodies = bodies.filter(|body| !body.location.steps().is_empty() || terminal_state::can_end(body));
    bodies.flat_map(|body| of_body(context, body)).collect()
}

fn of_body(context: &Context, body: &Body) -> Vec<Diagnostic> {
    let reached = reached(body);
    let unreached = body.states.values().filter(|state| !reached.contains(&*state.name));
    let diagnostics = unreached.map(|state| {
        let help = format!(
            "Let a state go to \"{}\" by \"Next\", \"Default\", a rule or a catcher, or remove it.",
            state.name
        );
        let message = format!("State \"{}\" is not reachable.", state.name);
        context.error(MISSING_TRANSITION_TARGET, &state.location, message, help)
    });
    diagnostics.collect()
}

fn reached(body: &Body) -> BTreeSet<&str> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<&str> = vec![&body.start_at];
    while let Some(name) = waiting.pop() {
        if let Some(state) = body.states.get(name).filter(|_| reached.insert(name)) {
            waiting.extend(transitions(state).into_iter().map(|(next, _)| &**next));
        }
    }
    reached
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
