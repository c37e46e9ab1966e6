//! The commonest expressions only look something up: `$states.input.order.id`, `$total`.
//!
//! They need no engine, and going without keeps integers of 64 bits exact. Where a step meets an array, which maps the
//! rest of the path over its items, the engine takes over.

use std::sync::Arc;

use asl_json::Value;
use jlens_core::ast::{Attrs, Node, NodeKind};

use crate::error::EvalError;
use crate::function;
use crate::payload::looked_up;
use crate::scope::Scope;

/// The names of members to follow from a variable.
#[derive(Debug)]
pub(crate) struct Lookup {
    variable: Arc<str>,
    names: Vec<Arc<str>>,
}

impl Lookup {
    /// Returns the lookup that an expression is, if it is one.
    pub(crate) fn of(root: &Node) -> Option<Lookup> {
        let steps = match &root.kind {
            NodeKind::Path {
                steps,
                keep_singleton_array: false,
            } if is_plain(&root.attrs) => &steps[..],
            _ => std::slice::from_ref(root),
        };
        let (first, rest) = steps.split_first()?;
        let NodeKind::Variable { name: variable } = &first.kind else {
            return None;
        };
        if variable.is_empty() || variable == "$" {
            return None;
        }
        let name = |step: &Node| match &step.kind {
            NodeKind::Name { name } if is_plain(&step.attrs) => Some(name.as_str().into()),
            _ => None,
        };
        Some(Lookup {
            variable: is_plain(&first.attrs).then(|| variable.as_str().into())?,
            names: rest.iter().map(name).collect::<Option<_>>()?,
        })
    }

    /// Returns what was found, or `None` where it takes the engine to tell.
    pub(crate) fn follow(&self, scope: &dyn Scope) -> Option<Result<Value, EvalError>> {
        let (start, names) = match (&*self.variable, &self.names[..]) {
            ("states", []) => (Some(scope.states()), &[][..]),
            ("states", [member, names @ ..]) => (scope.states_member(member), names),
            (variable, names) => (scope.variable(variable), names),
        };
        let Some(start) = start else {
            // Where no variable has the name, a function may.
            return (!function::is_function(&self.variable)).then_some(Err(EvalError::Undefined));
        };
        let mut found = &start;
        for name in names {
            match found {
                Value::Array(_) => return None,
                Value::Object(object) => match object.get(name) {
                    Some(member) => found = member,
                    None => return Some(Err(EvalError::Undefined)),
                },
                _ => return Some(Err(EvalError::Undefined)),
            }
        }
        Some(Ok(looked_up(found.clone())))
    }
}

/// Returns true where nothing is attached to a step: no predicate, order, group or binding.
fn is_plain(attrs: &Attrs) -> bool {
    let bound = attrs.tuple || attrs.focus.is_some() || attrs.index.is_some();
    let filtered = !attrs.stages.is_empty() || !attrs.predicate.is_empty() || attrs.group.is_some();
    let parent = attrs.ancestor.is_some() || attrs.ancestor_label.is_some() || !attrs.seeking_parent.is_empty();
    !(attrs.keep_array || attrs.cons_array || bound || filtered || parent)
}
