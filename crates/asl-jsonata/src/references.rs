//! What an expression reads from outside: variables, and members of `$states`.

use std::sync::Arc;

use jlens_core::ast::{Ast, Node, NodeKind, Stage};

/// What an expression reads from outside, in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct References {
    /// Names of variables, without `$`, each once, without `states`.
    pub(crate) variables: Vec<Arc<str>>,
    /// Whether `$states` is read.
    pub(crate) states: bool,
    /// Names of the members of `$states`, each once.
    pub(crate) states_members: Vec<Arc<str>>,
}

impl References {
    /// Returns what the expression reads and does not bind itself.
    pub(crate) fn of(ast: &Ast) -> References {
        let mut walk = Walk::default();
        walk.node(&ast.root);
        walk.found
    }
}

/// A walk that knows which names are bound where it stands.
#[derive(Default)]
struct Walk<'a> {
    bound: Vec<&'a str>,
    found: References,
}

impl<'a> Walk<'a> {
    fn node(&mut self, node: &'a Node) {
        match &node.kind {
            NodeKind::Variable { name } => self.variable(name),
            NodeKind::Bind { lhs, rhs } => {
                self.node(rhs);
                if let NodeKind::Variable { name } = &lhs.kind {
                    self.bound.push(name);
                }
            }
            NodeKind::Path { steps, .. } => self.path(steps),
            NodeKind::Block { .. } => self.scoped(|walk| walk.children(node)),
            NodeKind::Lambda(def) => self.scoped(|walk| {
                walk.bound.extend(def.params.iter().map(String::as_str));
                walk.node(&def.body);
            }),
            NodeKind::Function { procedure, args } | NodeKind::Partial { procedure, args } => {
                self.procedure(procedure);
                args.iter().for_each(|arg| self.node(arg));
            }
            NodeKind::Apply { lhs, rhs } => {
                self.node(lhs);
                self.procedure(rhs);
            }
            _ => self.children(node),
        }
        if !matches!(node.kind, NodeKind::Block { .. } | NodeKind::Path { .. }) {
            return;
        }
    }

    fn children(&mut self, node: &'a Node) {
        node.for_each_child(|child| self.node(child));
    }

    /// Walks what is called: a built-in function is not a reference there.
    fn procedure(&mut self, procedure: &'a Node) {
        match &procedure.kind {
            NodeKind::Variable { name } if is_built_in(name) => {}
            _ => self.node(procedure),
        }
    }

    /// Walks a path: what a step binds holds for the steps after it.
    fn path(&mut self, steps: &'a [Node]) {
        if let [first, second, ..] = steps
            && let NodeKind::Variable { name } = &first.kind
            && name == "states"
            && let NodeKind::Name { name } = &second.kind
        {
            add(&mut self.found.states_members, name);
        }
        let outer = self.bound.len();
        for step in steps {
            self.bound.extend(step.attrs.focus.as_deref());
            self.bound.extend(step.attrs.index.as_deref());
            for stage in &step.attrs.stages {
                if let Stage::Index { var, .. } = stage {
                    self.bound.push(var);
                }
            }
            self.node(step);
        }
        self.bound.truncate(outer);
    }

    fn scoped(&mut self, walk: impl FnOnce(&mut Self)) {
        let outer = self.bound.len();
        walk(self);
        self.bound.truncate(outer);
    }

    fn variable(&mut self, name: &'a str) {
        if name.is_empty() || name == "$" || self.bound.contains(&name) {
            return;
        }
        if name == "states" {
            self.found.states = true;
        } else if !is_built_in(name) {
            add(&mut self.found.variables, name);
        }
    }
}

fn add(names: &mut Vec<Arc<str>>, name: &str) {
    if !names.iter().any(|known| **known == *name) {
        names.push(name.into());
    }
}

fn is_built_in(name: &str) -> bool {
    jlens_core::function_catalog().iter().any(|function| function.name == name)
        || ["partition", "range", "hash", "uuid", "parse"].contains(&name)
}
