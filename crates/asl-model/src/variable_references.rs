//! Which variables the states of a definition refer to.

use std::collections::BTreeSet;
use std::sync::Arc;

use asl_jsonata::Expression;
use asl_jsonpath::{Template, VariableReference};
use indexmap::IndexMap;

use crate::definition::{Definition, QueryLanguage};
use crate::schema::{Part, parts_of_state};

/// Returns the names of the variables that each state refers to, without dollar signs, as DescribeStateMachine does:
/// states in the order of the text, those that refer to none left out.
pub fn variable_references(definition: &Definition) -> IndexMap<Arc<str>, BTreeSet<Arc<str>>> {
    let states = definition.states().map(|state| {
        let parts = parts_of_state(state);
        let names = parts.iter().flat_map(Part::references).collect();
        (state.name.clone(), names)
    });
    states
        .filter(|(_, names): &(_, BTreeSet<_>)| !names.is_empty())
        .collect()
}

/// Returns the names of the variables that one object refers to, as often as it does.
pub(crate) fn of_part(part: &Part) -> Vec<Arc<str>> {
    let mut names = Vec::new();
    match part.language {
        QueryLanguage::JsonPath => {
            let templates = part.templates().iter();
            let compiled = templates.filter_map(|template| template.compiled.as_ref().ok());
            names.extend(named(compiled.flat_map(Template::variables)));
            let paths = part.paths().iter().filter_map(|path| path.parsed.as_ref().ok());
            names.extend(named(paths.flatten()));
        }
        QueryLanguage::Jsonata => {
            let expressions = part.expressions().iter();
            let parsed = expressions.filter_map(|expression| expression.parsed.as_ref().ok());
            names.extend(parsed.flat_map(Expression::references).cloned());
        }
    }
    names
}

fn named<'a>(references: impl Iterator<Item = &'a VariableReference>) -> impl Iterator<Item = Arc<str>> {
    references.map(|reference| reference.name.clone())
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
