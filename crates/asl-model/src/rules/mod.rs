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
mod jsonata_syntax;
mod label;
mod never_matches;
mod no_dollar;
mod no_path;
mod pass_result_is_static;
mod path_syntax;
mod payload_template;
mod query_language;
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

pub(crate) use jsonata_syntax::states_members;

use std::ops::Range;

use asl_json::{Fix, Span};

use crate::definition::{Definition, MachineType};
use crate::diagnostic::{Diagnostic, Severity};
use crate::location::Location;
use crate::schema::{self, Part};

const SCHEMA_VALIDATION_FAILED: &str = "SCHEMA_VALIDATION_FAILED";
const MISSING_TRANSITION_TARGET: &str = "MISSING_TRANSITION_TARGET";

/// What a rule looks at.
pub(crate) struct Context<'a> {
    pub(crate) definition: &'a Definition,
    pub(crate) machine_type: MachineType,
    /// All objects that have a table of fields.
    pub(crate) parts: Vec<Part<'a>>,
}

type Rule = fn(&Context) -> Vec<Diagnostic>;

/// What concerns single fields.
const SCHEMA: &[Rule] = &[
    required_fields::check,
    state_type::check,
    query_language::check,
    field_not_supported::check,
    field_of_other_language::check,
    field_type::check,
    exclusive_fields::check,
    transition::check,
    path_syntax::check,
    payload_template::check,
    jsonata_syntax::check,
    timestamp::check,
    choice_rule::check,
    error_equals::check,
    resource::check,
    express::check,
    item_processor::check,
    item_batcher::check,
    result_writer::check,
    credentials::check,
    label::check,
    assign::check,
    state_name::check,
];

/// What concerns the graph of states.
const GRAPH: &[Rule] = &[
    transition_target::check,
    duplicate_state_name::check,
    unreachable_state::check,
    terminal_state::check,
];

/// Advice.
const ADVICE: &[Rule] = &[
    no_dollar::check,
    no_path::check,
    pass_result_is_static::check,
    choice_without_default::check,
    never_matches::check,
    variable_scope::check,
    distributed_only::check,
    duplicate_key::check,
];

/// Returns everything the rules find, errors before warnings.
pub(crate) fn check(definition: &Definition, machine_type: MachineType) -> Vec<Diagnostic> {
    let context = Context::new(definition, machine_type);
    // AWS does not look at the graph while the outline is missing.
    let has_outline = definition.raw.contains_key("States") && definition.raw.contains_key("StartAt");
    let graph: &[Rule] = if has_outline { GRAPH } else { &[] };
    let graph = graph.iter().flat_map(|rule| rule(&context)).collect();
    [context.in_text_order(SCHEMA), graph, context.in_text_order(ADVICE)].concat()
}

/// Returns what is wrong with single fields, leaving the graph of states aside.
pub(crate) fn check_fields(definition: &Definition, machine_type: MachineType) -> Vec<Diagnostic> {
    Context::new(definition, machine_type).in_text_order(SCHEMA)
}

impl<'a> Context<'a> {
    fn new(definition: &'a Definition, machine_type: MachineType) -> Context<'a> {
        Context {
            definition,
            machine_type,
            parts: schema::parts(definition),
        }
    }

    fn in_text_order(&self, rules: &[Rule]) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = rules.iter().flat_map(|rule| rule(self)).collect();
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
        let whole = self.span(at);
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
