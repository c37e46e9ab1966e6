//! What an expression reads from outside: variables, and members of `$states`.

use std::ops::Range;
use std::sync::Arc;

use jlens_core::ast::{Ast, Node, NodeKind, Stage};

use crate::error::SyntaxError;
use crate::function;
use crate::walk::operands;

/// What an expression reads from outside, in the order of the text.
#[derive(Clone, Debug, Default)]
pub(crate) struct References {
    /// Names of variables, without `$`, each once, without `states` and without functions that are called.
    pub(crate) variables: Vec<Arc<str>>,
    /// Whether `$states` is read.
    pub(crate) states: bool,
    /// The members of `$states` by name, each once.
    pub(crate) states_members: Vec<StatesMember>,
}

/// A member of `$states` that an expression names.
#[derive(Clone, Debug)]
pub(crate) struct StatesMember {
    /// Such as `input`.
    pub(crate) name: Arc<str>,
    /// Where in the expression it is named first, with `$states`.
    pub(crate) span: Range<usize>,
}

impl References {
    /// Returns what the expression reads and does not bind itself.
    pub(crate) fn of(ast: &Ast) -> References {
        let mut walk = Walk::default();
        walk.node(&ast.root);
        walk.found
    }

    /// Checks that no other members of `$states` are named than these.
    pub(crate) fn check_states_members(&self, available: &[&str]) -> Result<(), SyntaxError> {
        let missing = |member: &&StatesMember| !available.contains(&&*member.name);
        match self.states_members.iter().find(missing) {
            Some(member) => Err(SyntaxError::missing_states_member(&member.name, member.span.clone())),
            None => Ok(()),
        }
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
            NodeKind::Bind { lhs, rhs } => self.bind(lhs, rhs),
            NodeKind::Path { steps, .. } => return self.scoped(|walk| walk.path(node, steps)),
            NodeKind::Block { .. } => self.scoped(|walk| operands(node, &mut |operand| walk.node(operand))),
            NodeKind::Lambda(def) => self.scoped(|walk| {
                walk.bound.extend(def.params.iter().map(String::as_str));
                walk.node(&def.body);
            }),
            NodeKind::Transform(def) => {
                self.node(&def.pattern);
                self.node(&def.update);
                def.delete.iter().for_each(|delete| self.node(delete));
            }
            NodeKind::Sort { terms } => terms.iter().for_each(|term| self.node(&term.expr)),
            NodeKind::Function { procedure, args } | NodeKind::Partial { procedure, args } => {
                self.procedure(procedure);
                for arg in args {
                    self.node(arg);
                }
            }
            NodeKind::Apply { lhs, rhs } => {
                self.node(lhs);
                self.procedure(rhs);
            }
            _ => operands(node, &mut |operand| self.node(operand)),
        }
        self.attributes(node);
    }

    /// Walks a binding. A function may call itself by the name it is bound to.
    fn bind(&mut self, target: &'a Node, value: &'a Node) {
        let NodeKind::Variable { name } = &target.kind else {
            return self.node(value);
        };
        if matches!(value.kind, NodeKind::Lambda(_)) {
            self.bound.push(name);
            self.node(value);
        } else {
            self.node(value);
            self.bound.push(name);
        }
    }

    /// Walks what is called: a function of the language is not a reference there.
    fn procedure(&mut self, procedure: &'a Node) {
        match &procedure.kind {
            NodeKind::Variable { name } if function::is_function(name) => {}
            _ => self.node(procedure),
        }
    }

    /// Walks a path: what a step binds holds for the rest of it.
    fn path(&mut self, path: &'a Node, steps: &'a [Node]) {
        self.states_member(steps);
        for step in steps {
            self.bound.extend(step.attrs.focus.as_deref());
            self.bound.extend(step.attrs.index.as_deref());
            self.node(step);
        }
        self.attributes(path);
    }

    fn states_member(&mut self, steps: &'a [Node]) {
        let [first, second, ..] = steps else { return };
        let (NodeKind::Variable { name: states }, NodeKind::Name { name }) = (&first.kind, &second.kind) else {
            return;
        };
        let known = |member: &StatesMember| *member.name == **name;
        if states == "states" && !self.bound.contains(&"states") && !self.found.states_members.iter().any(known) {
            self.found.states_members.push(StatesMember {
                name: name.as_str().into(),
                span: first.span.start..second.span.end,
            });
        }
    }

    /// Walks predicates and groups, and binds the positions that follow a predicate.
    fn attributes(&mut self, node: &'a Node) {
        for stage in node.attrs.stages.iter().chain(&node.attrs.predicate) {
            match stage {
                Stage::Filter { expr, .. } => self.node(expr),
                Stage::Index { var, .. } => self.bound.push(var),
            }
        }
        for (key, value) in node.attrs.group.iter().flat_map(|group| &group.pairs) {
            self.node(key);
            self.node(value);
        }
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
        } else if !self.found.variables.iter().any(|known| **known == *name) {
            self.found.variables.push(name.into());
        }
    }
}
