//! The rules: one file each, with a wrong and a right sample that are also its tests.
//!
//! A rule looks at the definition and returns what it finds; it neither changes anything nor knows of other rules. The
//! order of findings is made here: what concerns single fields first, in the order of the text; then what concerns the
//! graph of states, rule by rule as AWS does; then advice.

mod assign;
mod choice_rule;
mod choice_without_default;
mod credentials;
mod distributed_only;
mod duplicate_key;
mod duplicate_state_name;
mod error_equals;
mod exclusive_fields;
mod express;
mod field_not_supported;
mod field_of_other_language;
mod field_type;
mod item_batcher;
mod item_processor;
pub(crate) mod json_syntax;
mod jsonata_syntax;
mod label;
mod missing_parameter;
mod missing_task_token;
mod never_matches;
mod no_dollar;
mod no_path;
mod no_way_out;
mod pass_result_is_static;
mod path_syntax;
mod payload_template;
mod query_language;
mod read_before_assigned;
mod required_fields;
mod resource;
mod result_writer;
mod state_name;
mod state_type;
mod suggest;
mod terminal_state;
mod timestamp;
mod transition;
mod transition_target;
mod unreachable_state;
mod variable_scope;

use std::collections::HashMap;
use std::ops::Range;

use asl_json::{Fix, Span};
use rustc_hash::FxBuildHasher;

use crate::definition::{Body, Definition, MachineType};
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::Graph;
use crate::location::Location;
use crate::pieces::{Piece, in_pieces};
use crate::schema::{self, Part};
use crate::state::State;

/// About as many objects with a table a state has, itself included.
const PARTS_OF_A_STATE: usize = 3;

const SCHEMA_VALIDATION_FAILED: &str = "SCHEMA_VALIDATION_FAILED";
const MISSING_TRANSITION_TARGET: &str = "MISSING_TRANSITION_TARGET";

/// What a rule looks at.
pub(crate) struct Context<'a> {
    pub(crate) definition: &'a Definition,
    pub(crate) machine_type: MachineType,
    /// True where the text may have a `${Name}` in it.
    has_substitutions: bool,
    /// Every `States` object, each before those inside it, with where its states lead.
    graphs: Vec<Graph<'a>>,
    /// Which of them is that of a body, by its address.
    of_body: HashMap<usize, usize, FxBuildHasher>,
    /// Every state, nested ones included.
    states: Vec<&'a State>,
    /// All objects that have a table of fields.
    pub(crate) parts: Vec<Part<'a>>,
    /// Which of them belong to a state, by its address.
    of_state: HashMap<usize, Range<usize>, FxBuildHasher>,
}

/// A rule: its name, which is that of its file and of its section of `docs/diagnostics.md`, and what it finds.
struct Rule {
    name: &'static str,
    check: Check,
}

/// What a rule looks at, and the function that says what is wrong with it.
enum Check {
    /// The definition as a whole.
    Definition(fn(&Context) -> Vec<Diagnostic>),
    /// Every state.
    State(fn(&Context, &State) -> Vec<Diagnostic>),
    /// Every object that has a table of fields.
    Part(fn(&Context, &Part) -> Vec<Diagnostic>),
}

macro_rules! rules {
    ($($looks_at:ident $name:ident,)*) => {
        &[$(Rule { name: stringify!($name), check: Check::$looks_at($name::check) },)*]
    };
}

/// What concerns single fields.
const SCHEMA: &[Rule] = rules![
    Part required_fields,
    State state_type,
    Definition query_language,
    Part field_not_supported,
    Part field_of_other_language,
    Part field_type,
    Part exclusive_fields,
    State transition,
    Part path_syntax,
    Part payload_template,
    Part jsonata_syntax,
    Part timestamp,
    Part choice_rule,
    State error_equals,
    State resource,
    Definition express,
    State item_processor,
    State item_batcher,
    State result_writer,
    State credentials,
    Definition label,
    Part assign,
    State state_name,
];

/// What concerns the graph of states.
const GRAPH: &[Rule] = rules![
    Definition transition_target,
    Definition duplicate_state_name,
    Definition unreachable_state,
    Definition terminal_state,
];

/// Advice about the graph of states, which makes sense where there is one.
const GRAPH_ADVICE: &[Rule] = rules![Definition no_way_out, Definition read_before_assigned,];

/// Advice.
const ADVICE: &[Rule] = rules![
    Part no_dollar,
    Part no_path,
    State pass_result_is_static,
    State choice_without_default,
    State never_matches,
    State missing_parameter,
    State missing_task_token,
    Definition variable_scope,
    State distributed_only,
    Definition duplicate_key,
];

/// Returns everything the rules find, errors before warnings.
pub(crate) fn check(definition: &Definition, machine_type: MachineType) -> Vec<Diagnostic> {
    let context = Context::new(definition, machine_type);
    // AWS does not look at the graph while the outline is missing.
    let has_outline = definition.raw.contains_key("States") && definition.raw.contains_key("StartAt");
    let (graph, advice): (&[Rule], &[Rule]) = if has_outline { (GRAPH, GRAPH_ADVICE) } else { (&[], &[]) };
    let mut found = context.in_text_order(SCHEMA);
    found.extend(context.find(graph));
    found.extend(context.in_text_order(ADVICE));
    found.extend(context.in_text_order(advice));
    if context.has_substitutions {
        found.retain(|diagnostic| !context.is_about_substitution(diagnostic));
    }
    found
}

/// Returns what is wrong with single fields, leaving the graph of states aside.
pub(crate) fn check_fields(definition: &Definition, machine_type: MachineType) -> Vec<Diagnostic> {
    Context::new(definition, machine_type).in_text_order(SCHEMA)
}

impl<'a> Context<'a> {
    fn new(definition: &'a Definition, machine_type: MachineType) -> Context<'a> {
        let graphs: Vec<Graph> = definition.bodies().into_iter().map(Graph::new).collect();
        let numbered = graphs.iter().enumerate();
        let states: Vec<&State> = graphs.iter().flat_map(|graph| graph.body.states.values()).collect();
        let mut context = Context {
            definition,
            machine_type,
            has_substitutions: definition.document.text().contains("${"),
            of_body: numbered.map(|(index, graph)| (address(graph.body), index)).collect(),
            graphs,
            parts: Vec::with_capacity(PARTS_OF_A_STATE * states.len()),
            of_state: HashMap::with_capacity_and_hasher(states.len(), FxBuildHasher),
            states,
        };
        for graph in &context.graphs {
            let body = graph.body;
            context.parts.push(schema::part_of_body(definition, body));
            for state in body.states.values() {
                let first = context.parts.len();
                schema::add_parts_of_state(state, &mut context.parts);
                context.of_state.insert(address(state), first..context.parts.len());
            }
        }
        context
    }

    /// Returns every state, nested ones included.
    fn states(&self) -> impl Iterator<Item = &'a State> {
        self.states.iter().copied()
    }

    /// Returns where the states of a body of this definition lead.
    fn graph(&self, body: &Body) -> &Graph<'a> {
        &self.graphs[self.of_body[&address(body)]]
    }

    /// Returns the objects that belong to a state, its own first.
    fn parts_of(&self, state: &State) -> &[Part<'a>] {
        let range = self.of_state.get(&address(state));
        range.map_or(&[], |range| &self.parts[range.clone()])
    }

    /// Returns what these rules find, rule by rule.
    ///
    /// The definition is walked once, not once for each rule: a large one does not fit into the processor's caches.
    fn find(&self, rules: &[Rule]) -> Vec<Diagnostic> {
        let whole = rules.iter().map(|rule| match rule.check {
            Check::Definition(check) => check(self),
            Check::State(_) | Check::Part(_) => Vec::new(),
        });
        let mut found: Vec<Vec<Diagnostic>> = whole.collect();
        for piece in in_pieces(self.parts.len(), |piece| self.look(rules, piece)) {
            for (found, more) in found.iter_mut().zip(piece) {
                found.extend(more);
            }
        }
        let named = rules.iter().zip(found).flat_map(|(rule, found)| {
            found.into_iter().map(|found| Diagnostic {
                rule: rule.name,
                ..found
            })
        });
        named.collect()
    }

    /// Returns by rule what those about single states and objects find in a piece of the definition.
    fn look(&self, rules: &[Rule], piece: Piece) -> Vec<Vec<Diagnostic>> {
        let mut found = vec![Vec::new(); rules.len()];
        let (mut of_states, mut of_parts) = (Vec::new(), Vec::new());
        for (rule, found) in rules.iter().zip(&mut found) {
            match rule.check {
                Check::Definition(_) => {}
                Check::State(check) => of_states.push((check, found)),
                Check::Part(check) => of_parts.push((check, found)),
            }
        }
        for state in piece.of(&self.states) {
            for (check, found) in &mut of_states {
                found.extend(check(self, state));
            }
        }
        for part in piece.of(&self.parts) {
            for (check, found) in &mut of_parts {
                found.extend(check(self, part));
            }
        }
        found
    }

    fn in_text_order(&self, rules: &[Rule]) -> Vec<Diagnostic> {
        let mut found = self.find(rules);
        found.sort_by_key(|diagnostic| diagnostic.span.start);
        found
    }

    /// Returns a `SCHEMA_VALIDATION_FAILED` at this place.
    fn schema(&self, at: &Location, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        self.error(SCHEMA_VALIDATION_FAILED, at, message, help)
    }

    fn error(
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

    fn warning(
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
    fn is_about_substitution(&self, diagnostic: &Diagnostic) -> bool {
        let node = self.definition.document.node_at(diagnostic.span.start);
        node.and_then(asl_json::Node::as_str).is_some_and(is_substitution)
    }

    /// Returns the place of a value in the text. An object stands for itself by its name or its opening bracket, so
    /// that an editor does not underline whole states.
    fn span(&self, at: &Location) -> Span {
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
    fn span_inside(&self, at: &Location, expression: &str, bytes: &Range<usize>) -> Span {
        self.span_within(self.span(at), expression, bytes)
    }

    /// Returns the same where the place of the string is known.
    fn span_within(&self, whole: Span, expression: &str, bytes: &Range<usize>) -> Span {
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
    fn name_span(&self, at: &Location) -> Option<Span> {
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
fn is_substitution(text: &str) -> bool {
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
    fn spanning(self, span: Option<Span>) -> Diagnostic {
        Diagnostic {
            span: span.unwrap_or(self.span),
            ..self
        }
    }

    /// Returns the diagnostic with an edit that puts this JSON string in its place, where there is one.
    fn replaceable_by(mut self, text: Option<&str>) -> Diagnostic {
        self.fixes.extend(text.map(|text| Fix {
            title: format!("Change to \"{text}\""),
            span: self.span,
            replacement: asl_json::Value::from(text).to_string(),
        }));
        self
    }
}

/// Checks a rule's samples: the wrong one gets this diagnostic, with help and a place, the right one nothing at all.
#[cfg(test)]
#[track_caller]
fn check_samples(wrong: &str, expected: &str, right: &str) {
    let found = crate::validate_text(wrong, MachineType::Standard);
    let written: Vec<String> = found.iter().map(Diagnostic::to_string).collect();
    let at = written.iter().position(|text| text == expected);
    let diagnostic = &found[at.unwrap_or_else(|| panic!("{expected:?} is not in {written:#?}"))];
    assert!(!diagnostic.help.is_empty(), "{expected} has no help");
    assert!(wrong.get(diagnostic.span.start..diagnostic.span.end).is_some());
    let found = crate::validate_text(right, MachineType::Standard);
    assert_eq!(
        found.iter().map(Diagnostic::to_string).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}

/// Returns a definition with this state named `S`, followed by a state `Z` that ends.
#[cfg(test)]
fn with_state(state: &str) -> String {
    format!(r#"{{"StartAt": "S", "States": {{"S": {state}, "Z": {{"Type": "Succeed"}}}}}}"#)
}
