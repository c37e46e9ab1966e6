//! The rules: one file each, with a wrong and a right sample that are also its tests.
//!
//! A rule looks at the definition and returns what it finds; it neither changes anything nor knows of other rules. The
//! order of findings is made here: what concerns single fields first, in the order of the text; then what concerns the
//! graph of states, rule by rule as AWS does; then advice.

mod assign;
mod choice_rule;
mod choice_without_default;
mod context;
mod credentials;
mod distributed_only;
mod duplicate_key;
mod duplicate_state_name;
mod error_equals;
mod exclusive_fields;
mod express;
mod expression_as_text;
mod field_not_supported;
mod field_of_other_language;
mod field_type;
mod intrinsic_failure;
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
mod walk;

use context::{Context, PartVariables, is_substitution};
use walk::{Check, Group, Rule};

use crate::definition::{Definition, MachineType};
use crate::diagnostic::Diagnostic;

const SCHEMA_VALIDATION_FAILED: &str = "SCHEMA_VALIDATION_FAILED";
const MISSING_TRANSITION_TARGET: &str = "MISSING_TRANSITION_TARGET";

macro_rules! rules {
    ($($looks_at:ident $name:ident,)*) => {
        &[$(Rule { name: stringify!($name), check: Check::$looks_at($name::check) },)*]
    };
}

/// What concerns single fields.
const SCHEMA: Group = Group {
    rules: rules![
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
    ],
    in_text_order: true,
};

/// What concerns the graph of states.
const GRAPH: Group = Group {
    rules: rules![
        Definition transition_target,
        Definition duplicate_state_name,
        Definition unreachable_state,
        Definition terminal_state,
    ],
    in_text_order: false,
};

/// Advice about the graph of states, which makes sense where there is one.
const GRAPH_ADVICE: Group = Group {
    rules: rules![Definition no_way_out, Definition read_before_assigned,],
    in_text_order: true,
};

/// Advice.
const ADVICE: Group = Group {
    rules: rules![
        Part no_dollar,
        Part no_path,
        Part expression_as_text,
        Part intrinsic_failure,
        State pass_result_is_static,
        State choice_without_default,
        State never_matches,
        State missing_parameter,
        State missing_task_token,
        Definition variable_scope,
        State distributed_only,
        Definition duplicate_key,
    ],
    in_text_order: true,
};

/// Returns everything the rules find, errors before warnings.
pub(crate) fn check(definition: &Definition, machine_type: MachineType) -> Vec<Diagnostic> {
    // AWS does not look at the graph while the outline is missing.
    let has_outline = definition.raw.contains_key("States") && definition.raw.contains_key("StartAt");
    let groups: &[Group] = if has_outline {
        &[SCHEMA, GRAPH, ADVICE, GRAPH_ADVICE]
    } else {
        &[SCHEMA, ADVICE]
    };
    let mut context = Context::new(definition, machine_type);
    let mut found = context.find(groups);
    if context.has_substitutions {
        found.retain(|diagnostic| !context.is_about_substitution(diagnostic));
    }
    found
}

/// Returns what is wrong with single fields, leaving the graph of states aside.
pub(crate) fn check_fields(definition: &Definition, machine_type: MachineType) -> Vec<Diagnostic> {
    Context::new(definition, machine_type).find(&[SCHEMA])
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
