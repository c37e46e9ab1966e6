//! The rules: one file each, with a wrong and a right sample that are also its tests.
//!
//! A rule looks at the definition and returns what it finds; it neither changes anything nor knows of other rules. The
//! order of findings is made here: what concerns single fields first, in the order of the text, then what concerns the
//! graph of states, then advice.

mod assign;
mod choice_rule;
mod choice_without_default;
mod credentials;
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

use asl_json::Span;

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
    pass_result_is_static::check,
    choice_without_default::check,
    never_matches::check,
    duplicate_key::check,
];

/// Returns everything the rules find, errors before warnings.
pub(crate) fn check(definition: &Definition, machine_type: MachineType) -> Vec<Diagnostic> {
    let context = Context {
        definition,
        machine_type,
        parts: schema::parts(definition),
    };
    let group = |rules: &[Rule]| {
        let mut found: Vec<Diagnostic> = rules.iter().flat_map(|rule| rule(&context)).collect();
        found.sort_by_key(|diagnostic| (diagnostic.location.is_none(), diagnostic.span.start));
        found
    };
    // AWS does not look at the graph while the outline is missing.
    let has_outline = context.definition.raw.contains_key("States") && context.definition.raw.contains_key("StartAt");
    let graph = if has_outline { group(GRAPH) } else { Vec::new() };
    [group(SCHEMA), graph, group(ADVICE)].concat()
}

impl Context<'_> {
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
