//! Which variables the states of a definition refer to.

use std::collections::BTreeSet;
use std::sync::Arc;

use asl_json::Value;
use asl_jsonata::Expression;
use asl_jsonpath::{Intrinsic, Path, Template, VariableReference};
use indexmap::IndexMap;

use crate::choice_rule::Operator;
use crate::definition::{Definition, QueryLanguage};
use crate::schema::{Part, PartKind, parts_of_state};

/// Returns the names of the variables that each state refers to, without dollar signs, as DescribeStateMachine does:
/// states in the order of the text, those that refer to none left out.
pub fn variable_references(definition: &Definition) -> IndexMap<Arc<str>, BTreeSet<Arc<str>>> {
    let states = definition.states().map(|state| {
        let parts = parts_of_state(state);
        let names = parts.iter().flat_map(Part::references).cloned().collect();
        (state.name.clone(), names)
    });
    states
        .filter(|(_, names): &(_, BTreeSet<_>)| !names.is_empty())
        .collect()
}

/// Returns the names of the variables that one object refers to, as often as it does. [`Part::references`] keeps them.
pub(crate) fn of_part(part: &Part) -> Vec<Arc<str>> {
    let mut names = Vec::new();
    match part.language {
        QueryLanguage::JsonPath => {
            let templates = part.templates().iter();
            let compiled = templates.filter_map(|template| template.compiled.as_ref().ok());
            names.extend(named(compiled.flat_map(Template::variables)));
            let paths = part.present().filter(|(field, _)| field.kind.is_path());
            names.extend(paths.flat_map(|(_, value)| of_path(value)));
        }
        QueryLanguage::Jsonata => {
            let expressions = part.expressions().iter();
            let parsed = expressions.filter_map(|expression| expression.parsed.as_ref().ok());
            names.extend(parsed.flat_map(Expression::references).cloned());
        }
    }
    if matches!(part.kind, PartKind::ChoiceRule | PartKind::NestedRule) {
        let is_path = |name: &str| {
            matches!(
                Operator::from_name(name),
                Some(Operator::Compare {
                    operand_is_path: true,
                    ..
                })
            )
        };
        names.extend(
            part.raw
                .iter()
                .filter(|(name, _)| is_path(name))
                .flat_map(|(_, operand)| of_path(operand)),
        );
    }
    names
}

fn named<'a>(references: impl IntoIterator<Item = &'a VariableReference>) -> Vec<Arc<str>> {
    references.into_iter().map(|reference| reference.name.clone()).collect()
}

fn of_path(value: &Value) -> Vec<Arc<str>> {
    let text = value.as_str().unwrap_or_default();
    if text.starts_with('$') {
        return Path::parse(text)
            .map(|path| named(path.variables()))
            .unwrap_or_default();
    }
    Intrinsic::parse(text)
        .map(|call| named(call.variables()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(states: &str, expected: &str) {
        let definition = crate::parse(&format!(r#"{{"StartAt": "A", "States": {states}}}"#))
            .definition
            .unwrap();
        let found = variable_references(&definition);
        let written = found
            .iter()
            .map(|(state, names)| format!("{state}: {}", names.iter().cloned().collect::<Vec<_>>().join(" ")));
        assert_eq!(written.collect::<Vec<_>>().join("; "), expected);
    }

    #[test]
    fn finds_references_in_both_languages() {
        check(
            r#"{"A": {"Type": "Pass", "InputPath": "$a.b", "Parameters": {"x.$": "States.Format('{}', $b)", "y": "$no"},
                 "Next": "B"},
                "B": {"Type": "Choice", "Choices": [{"And": [{"Variable": "$c", "StringEqualsPath": "$d[0]"}],
                 "Next": "C"}]},
                "C": {"Type": "Fail", "QueryLanguage": "JSONata", "Cause": "{% $e & $states.input %}"}}"#,
            "A: a b; B: c d; C: e",
        );
        check(r#"{"A": {"Type": "Pass", "Result": "$a", "End": true}}"#, "");
    }
}
