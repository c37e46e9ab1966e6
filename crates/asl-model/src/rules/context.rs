//! What rules look at, and how they say what they find.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use asl_json::{Fix, Span};
use rustc_hash::FxBuildHasher;

use super::SCHEMA_VALIDATION_FAILED;
use crate::definition::{Body, Definition, MachineType};
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::Graph;
use crate::location::Location;
use crate::schema::Part;
use crate::state::State;

/// What a rule looks at.
pub(super) struct Context<'a> {
    pub(super) definition: &'a Definition,
    pub(super) machine_type: MachineType,
    /// True where the text may have a `${Name}` in it.
    pub(super) has_substitutions: bool,
    /// Every `States` object, each before those inside it, with where its states lead.
    pub(super) graphs: Vec<Graph<'a>>,
    /// Which of them is that of a body, by its address.
    of_body: HashMap<usize, usize, FxBuildHasher>,
    /// Every state, nested ones included, in the order of the graphs.
    pub(super) states: Vec<&'a State>,
    /// By state what it has to do with variables; known once its objects have been looked at.
    pub(super) variables: Vec<Vec<PartVariables>>,
}

/// What one object that has a table of fields has to do with variables.
pub(super) struct PartVariables {
    /// Where it is.
    pub(super) location: Location,
    /// The names of those that it assigns.
    pub(super) assigned: Vec<Arc<str>>,
    /// The names of those that it refers to, as often as it does.
    pub(super) read: Vec<Arc<str>>,
}

impl PartVariables {
    /// Returns nothing of an object that has nothing to do with variables.
    pub(super) fn of(part: &Part) -> Option<PartVariables> {
        let assigned: Vec<Arc<str>> = part.assigned().collect();
        let read = part.references();
        (!assigned.is_empty() || !read.is_empty()).then(|| PartVariables {
            location: part.location.clone(),
            assigned,
            read,
        })
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(definition: &'a Definition, machine_type: MachineType) -> Context<'a> {
        let mut first_state = 0;
        let graphs = definition.bodies().into_iter().map(|body| {
            let graph = Graph::new(body, first_state);
            first_state += body.states.len();
            graph
        });
        let graphs: Vec<Graph> = graphs.collect();
        let numbered = graphs.iter().enumerate();
        Context {
            definition,
            machine_type,
            has_substitutions: definition.document.text().contains("${"),
            of_body: numbered.map(|(index, graph)| (address(graph.body), index)).collect(),
            states: graphs.iter().flat_map(|graph| graph.body.states.values()).collect(),
            graphs,
            variables: Vec::new(),
        }
    }

    /// Returns every state, nested ones included.
    pub(super) fn states(&self) -> impl Iterator<Item = &'a State> {
        self.states.iter().copied()
    }

    /// Returns where the states of a body of this definition lead.
    pub(super) fn graph(&self, body: &Body) -> &Graph<'a> {
        &self.graphs[self.of_body[&address(body)]]
    }

    /// Returns what the objects of a state have to do with variables; those that have nothing are left out.
    pub(super) fn variables(&self, graph: &Graph, index: usize) -> &[PartVariables] {
        &self.variables[graph.first_state + index]
    }

    /// Returns a `SCHEMA_VALIDATION_FAILED` at this place.
    pub(super) fn schema(&self, at: &Location, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        self.error(SCHEMA_VALIDATION_FAILED, at, message, help)
    }

    pub(super) fn error(
        &self,
        code: &'static str,
        at: &Location,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            location: Some(at.to_string()),
            span: self.span(at),
            help: help.into(),
            fixes: Vec::new(),
            rule: "",
        }
    }

    pub(super) fn warning(
        &self,
        code: &'static str,
        at: &Location,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..self.error(code, at, message, help)
        }
    }

    /// Returns true where the finding is about a string that deployment tools fill in before the service sees it.
    pub(super) fn is_about_substitution(&self, diagnostic: &Diagnostic) -> bool {
        let node = self.definition.document.node_at(diagnostic.span.start);
        node.and_then(asl_json::Node::as_str).is_some_and(is_substitution)
    }

    /// Returns the place of a value in the text. An object stands for itself by its name or its opening bracket, so
    /// that an editor does not underline whole states.
    pub(super) fn span(&self, at: &Location) -> Span {
        let document = &self.definition.document;
        let Some(node) = document.node(at.steps()) else {
            return Span::default();
        };
        if !matches!(node.kind(), asl_json::NodeKind::Object | asl_json::NodeKind::Array) {
            return node.span();
        }
        self.name_span(at)
            .unwrap_or(Span::new(node.span().start, node.span().start + 1))
    }

    /// Returns the place in the text of these bytes of an expression, which the string at `at` holds; the whole string
    /// where escapes make that hard to say.
    pub(super) fn span_inside(&self, at: &Location, expression: &str, bytes: &Range<usize>) -> Span {
        self.span_within(self.span(at), expression, bytes)
    }

    /// Returns the same where the place of the string is known.
    pub(super) fn span_within(&self, whole: Span, expression: &str, bytes: &Range<usize>) -> Span {
        let written = &self.definition.document.text()[whole.start..whole.end];
        let Some(offset) = written
            .find(expression)
            .filter(|_| expression.get(bytes.clone()).is_some())
        else {
            return whole;
        };
        let start = whole.start + offset + bytes.start;
        let end = if bytes.is_empty() {
            start + 1
        } else {
            start + bytes.len()
        };
        let is_text = self.definition.document.text().get(start..end).is_some();
        if is_text { Span::new(start, end) } else { whole }
    }

    /// Returns the place of a member's name in the text.
    pub(super) fn name_span(&self, at: &Location) -> Option<Span> {
        let (last, outer) = at.steps().split_last()?;
        let asl_json::Step::Member(name) = last else {
            return None;
        };
        Some(self.definition.document.node(outer)?.member(name)?.name_span())
    }
}

/// Returns where something is in memory, by which a part of a definition is told from others like it.
fn address<T>(of: &T) -> usize {
    std::ptr::from_ref(of).addr()
}

/// Returns true for a text with a `${Name}` in it, as SAM and CloudFormation have it.
pub(super) fn is_substitution(text: &str) -> bool {
    let names = text.split("${").skip(1).filter_map(|rest| rest.split_once('}'));
    let is_name = |name: &str| {
        let mut characters = name.chars();
        characters.next().is_some_and(char::is_alphabetic)
            && characters.all(|character| character.is_alphanumeric() || matches!(character, '.' | ':' | '_'))
    };
    names.into_iter().any(|(name, _)| is_name(name))
}

impl Diagnostic {
    /// Returns the diagnostic moved to this place in the text, where there is one.
    pub(super) fn spanning(self, span: Option<Span>) -> Diagnostic {
        Diagnostic {
            span: span.unwrap_or(self.span),
            ..self
        }
    }

    /// Returns the diagnostic with an edit that puts this JSON string in its place, where there is one.
    pub(super) fn replaceable_by(mut self, text: Option<&str>) -> Diagnostic {
        self.fixes.extend(text.map(|text| Fix {
            title: format!("Change to \"{text}\""),
            span: self.span,
            replacement: asl_json::Value::from(text).to_string(),
        }));
        self
    }
}
