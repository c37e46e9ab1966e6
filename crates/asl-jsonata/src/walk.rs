//! One way through a syntax tree for everything that asks what an expression reads.

use jlens_core::ast::{Node, NodeKind, Stage};

/// What `$` and bare names refer to at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// Nothing: Step Functions evaluates without an input document.
    None,
    /// Nothing either, but within a function, where AWS does not look.
    Function,
    /// An item of a path, a predicate, an order or a group.
    Item,
}

/// What is told of every node.
pub(crate) trait Visitor {
    /// Takes note of a node, before its children.
    fn visit(&mut self, node: &Node, context: Context);
}

/// Visits every node in the order of the text.
pub(crate) fn walk(root: &Node, visitor: &mut dyn Visitor) {
    visit(root, Context::None, visitor);
}

fn visit(node: &Node, context: Context, visitor: &mut dyn Visitor) {
    visitor.visit(node, context);
    match &node.kind {
        NodeKind::Path { steps, .. } => visit_path(steps, context, visitor),
        NodeKind::Lambda(def) => {
            let inner = if context == Context::None {
                Context::Function
            } else {
                context
            };
            visit(&def.body, inner, visitor);
        }
        NodeKind::Transform(def) => {
            visit(&def.pattern, Context::Item, visitor);
            visit(&def.update, Context::Item, visitor);
            def.delete
                .iter()
                .for_each(|delete| visit(delete, Context::Item, visitor));
        }
        NodeKind::Sort { terms } => terms.iter().for_each(|term| visit(&term.expr, Context::Item, visitor)),
        _ => operands(node, &mut |operand| visit(operand, context, visitor)),
    }
    for stage in node.attrs.stages.iter().chain(&node.attrs.predicate) {
        if let Stage::Filter { expr, .. } = stage {
            visit(expr, Context::Item, visitor);
        }
    }
    for (key, value) in node.attrs.group.iter().flat_map(|group| &group.pairs) {
        visit(key, Context::Item, visitor);
        visit(value, Context::Item, visitor);
    }
}

/// Visits the steps of a path: the first looks at what is outside, each other at the items of the one before.
fn visit_path(steps: &[Node], context: Context, visitor: &mut dyn Visitor) {
    let mut context = context;
    for step in steps {
        visit(step, context, visitor);
        context = Context::Item;
    }
}

/// Calls `each` for the operands of a node that see the same context as the node itself.
pub(crate) fn operands<'n>(node: &'n Node, each: &mut dyn FnMut(&'n Node)) {
    match &node.kind {
        NodeKind::Binary { lhs, rhs, .. }
        | NodeKind::Fallback { lhs, rhs, .. }
        | NodeKind::Bind { lhs, rhs }
        | NodeKind::Apply { lhs, rhs } => {
            each(lhs);
            each(rhs);
        }
        NodeKind::Negate { expr } => each(expr),
        NodeKind::Array { items: nodes } | NodeKind::Block { exprs: nodes, .. } => nodes.iter().for_each(each),
        NodeKind::Object { pairs } => pairs.iter().for_each(|(key, value)| {
            each(key);
            each(value);
        }),
        NodeKind::Condition {
            condition,
            then,
            otherwise,
        } => {
            each(condition);
            each(then);
            if let Some(otherwise) = otherwise {
                each(otherwise);
            }
        }
        NodeKind::Function { procedure, args } | NodeKind::Partial { procedure, args } => {
            each(procedure);
            args.iter().for_each(each);
        }
        _ => {}
    }
}
