//! The machine can never end.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "StartAt": "A",
//!   "States": {
//!     "A": { "Type": "Pass", "Next": "B" },
//!     "B": { "Type": "Pass", "Next": "A" }
//!   }
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "StartAt": "A",
//!   "States": {
//!     "A": { "Type": "Pass", "Next": "B" },
//!     "B": { "Type": "Pass", "End": true }
//!   }
//! }
//! ```

use super::Context;
use crate::definition::Body;
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::Graph;
use crate::state::{StateKind, Transition};

/// AWS asks for this at the top level only, and gives no place.
pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let body = &context.definition.body;
    if can_end(body) {
        return Vec::new();
    }
    vec![Diagnostic {
        code: "MISSING_END_STATE",
        severity: Severity::Error,
        message: "Workflow has no terminal state".to_owned(),
        location: None,
        span: context.span(&body.location.member("States")),
        help: "Give the last state \"End\": true, or add a Succeed or Fail state.".to_owned(),
        fixes: Vec::new(),
        rule: "",
    }]
}

/// Returns the graphs of all bodies, without the top level where that cannot end.
pub(super) fn graphs_with_end<'a>(context: &'a Context) -> impl Iterator<Item = &'a Graph<'a>> {
    let is_inner = |graph: &Graph| !graph.body.location.steps().is_empty();
    let graphs = context.graphs.iter();
    graphs.filter(move |graph| is_inner(graph) || can_end(graph.body))
}

/// Returns true where some state of the body ends it.
fn can_end(body: &Body) -> bool {
    let ends = |kind: &StateKind| matches!(kind, StateKind::Succeed(_) | StateKind::Fail(_));
    body.states
        .values()
        .any(|state| ends(&state.kind) || state.transition == Some(Transition::End))
}

#[cfg(test)]
mod tests {
    use crate::rules::check_samples;

    #[test]
    fn samples() {
        let loops =
            r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}}"#;
        check_samples(
            loops,
            "MISSING_END_STATE: Workflow has no terminal state",
            &loops.replace("\"Next\": \"A\"", "\"End\": true"),
        );
    }
}
