//! Tells a regular expression that runs away from an expression that is merely busy.
//!
//! Both run out of steps, and the engine does not say on what they were spent. Run again under observation, a busy
//! expression spends them on the nodes it evaluates, and a runaway match on going back and trying anew.

use jlens_core::ast::{Node, NodeId, NodeKind};
use jlens_core::audit::{Tracer, ValueRef};
use jlens_core::{Bindings, Expression, Options};
use rustc_hash::FxHashSet;
use serde_json::Value as Json;

/// Steps spent within matches that raise no suspicion.
const UNSUSPICIOUS: u64 = 2_500;

/// Returns true where a budget that ran out was spent within matches: at least half as many steps as on nodes.
pub(crate) fn is_runaway(
    expression: &Expression,
    input: &Json,
    bindings: &Bindings,
    options: &Options,
    budget: u64,
) -> bool {
    let mut steps = Steps::new(&expression.ast().root);
    let ended = expression.evaluate_traced(Some(input), bindings, options, &mut steps);
    let within_matches = budget.saturating_sub(steps.on_nodes);
    ended.is_err() && within_matches > UNSUSPICIOUS.max(steps.on_nodes / 2)
}

/// Counts the steps that are not spent within matches.
struct Steps {
    /// The bodies of functions. To call a function is a step, and so is to evaluate its body.
    bodies: FxHashSet<NodeId>,
    on_nodes: u64,
}

impl Steps {
    fn new(root: &Node) -> Steps {
        let mut bodies = FxHashSet::default();
        root.walk(&mut |node| {
            if let NodeKind::Lambda(def) = &node.kind {
                bodies.insert(def.body.id);
            }
        });
        Steps { bodies, on_nodes: 0 }
    }
}

impl Tracer for Steps {
    fn enter(&mut self, node: &Node, _input: ValueRef<'_>) {
        self.on_nodes += 1 + u64::from(self.bodies.contains(&node.id));
    }
}
