//! Tells a regular expression that runs away from an expression that is merely busy.
//!
//! Both run out of steps, and the engine does not say on what they were spent. Run again under observation, a busy
//! expression spends them on the nodes it evaluates, and a runaway match on going back and trying anew.

use jlens_core::ast::Node;
use jlens_core::audit::{Tracer, ValueRef};
use jlens_core::{Bindings, Expression, Options};
use serde_json::Value as Json;

/// Returns true where most of a budget that ran out was spent within matches.
pub(crate) fn is_runaway(
    expression: &Expression,
    input: &Json,
    bindings: &Bindings,
    options: &Options,
    budget: u64,
) -> bool {
    let mut nodes = Nodes(0);
    let ended = expression.evaluate_traced(Some(input), bindings, options, &mut nodes);
    // Besides each node, each call of a function costs a step, and it evaluates at least one node.
    ended.is_err() && nodes.0 < budget / 4
}

/// Counts the nodes evaluated.
struct Nodes(u64);

impl Tracer for Nodes {
    fn enter(&mut self, _node: &Node, _input: ValueRef<'_>) {
        self.0 += 1;
    }
}
