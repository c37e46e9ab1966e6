//! What a syntax tree tells about an expression before it runs: what it uses, and what its result may be.

use jlens_core::ast::{Ast, BinaryOp, Node, NodeKind};

use crate::function::{self, Function};
use crate::walk::{Context, Visitor, walk};

/// What an expression uses.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "findings that have nothing to do with each other"
)]
pub(crate) struct Uses {
    /// The functions of AWS that it names.
    pub(crate) functions: Vec<Function>,
    /// It throws dice.
    pub(crate) random: bool,
    /// It names `$eval`, which AWS disables.
    pub(crate) eval: bool,
    /// It has a regular expression, whose backtracking is dear.
    pub(crate) regex: bool,
    /// It divides, or parses an integer: what may give a number that is not one.
    pub(crate) not_a_number: bool,
    /// It reads a context item where there is none.
    pub(crate) missing_context: bool,
    /// Its result may be a function.
    pub(crate) function_values: bool,
    /// Its result is an array or an object that holds a function.
    pub(crate) holds_function: bool,
}

impl Uses {
    /// Returns what an expression uses.
    pub(crate) fn of(ast: &Ast) -> Uses {
        let mut uses = Uses::default();
        walk(&ast.root, &mut uses);
        uses.holds_function = holds_function(&ast.root);
        uses
    }

    fn name(&mut self, name: &str) {
        match name {
            "eval" => self.eval = true,
            "shuffle" => self.random = true,
            "parseInteger" => self.not_a_number = true,
            _ => {}
        }
        if let Some(function) = Function::named(name)
            && !self.functions.contains(&function)
        {
            self.functions.push(function);
            self.random |= function.is_random();
        }
    }
}

impl Visitor for Uses {
    fn visit(&mut self, node: &Node, context: Context) {
        match &node.kind {
            NodeKind::Variable { name } => {
                self.name(name);
                self.missing_context |= name.is_empty() && context != Context::Item;
                // A variable of the expression's own may hold a function as well, but a function made it.
                self.function_values |= function::is_function(name);
            }
            NodeKind::Name { .. } | NodeKind::Wildcard | NodeKind::Descendant => {
                self.missing_context |= context != Context::Item;
            }
            NodeKind::Function { procedure, args } => {
                if let NodeKind::Variable { name } = &procedure.kind {
                    self.missing_context |= context != Context::Item && function::takes_context(name, args.len());
                }
            }
            NodeKind::Regex { .. } => {
                self.regex = true;
                self.function_values = true;
            }
            NodeKind::Binary { op, .. } => self.not_a_number |= matches!(op, BinaryOp::Div | BinaryOp::Mod),
            NodeKind::Lambda(_) | NodeKind::Partial { .. } | NodeKind::Transform(_) => self.function_values = true,
            _ => {}
        }
    }
}

/// Returns true where the result is an array or an object into which a function is written.
fn holds_function(node: &Node) -> bool {
    let held = |node: &Node| is_function(node) || holds_function(node);
    match &node.kind {
        NodeKind::Array { items } => items.iter().any(held),
        NodeKind::Object { pairs } => pairs.iter().any(|(_, value)| held(value)),
        NodeKind::Block { exprs, .. } => exprs.last().is_some_and(holds_function),
        NodeKind::Bind { rhs, .. } => holds_function(rhs),
        NodeKind::Path { steps, .. } => matches!(&steps[..], [only] if holds_function(only)),
        _ => false,
    }
}

fn is_function(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Lambda(_) | NodeKind::Partial { .. } | NodeKind::Transform(_) | NodeKind::Regex { .. } => true,
        NodeKind::Variable { name } => function::is_function(name),
        _ => false,
    }
}
