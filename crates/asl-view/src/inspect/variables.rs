//! The variables that a state saw, and who set them: a fold over the history before it.

use std::collections::BTreeMap;
use std::sync::Arc;

use asl_core::{Details, EventId, HistoryEvent};
use asl_json::Value;

use crate::text::shorten;
use crate::timeline::Timeline;

/// Variables that a summary names one by one.
const MOST_VARIABLE_LINES: usize = 5;
/// Characters of a variable's line in a summary.
const LONGEST_VARIABLE_LINE: usize = 60;

/// A variable as it stood.
#[derive(Clone, Debug, PartialEq)]
pub struct VariableRecord {
    /// Its name, without `$`.
    pub name: Arc<str>,
    /// Its value.
    pub value: Value,
    /// Number of the scope that it belongs to (see [`Timeline::scope`]).
    pub scope: u32,
    /// Name of the state that set it last.
    pub set_by: Arc<str>,
    /// The Exited event of that state.
    pub event: EventId,
}

/// Returns the variables that were visible in a scope right before an event, by name.
pub fn variables_before(
    timeline: &Timeline,
    history: &[HistoryEvent],
    event: EventId,
    scope: u32,
) -> Vec<VariableRecord> {
    let mut found: BTreeMap<Arc<str>, VariableRecord> = BTreeMap::new();
    let before = (event.0 as usize).saturating_sub(1).min(history.len());
    for event in &history[..before] {
        let Details::StateExited {
            name: state,
            assigned_variables,
            ..
        } = &event.details
        else {
            continue;
        };
        let Some(place) = timeline.place(event.id).filter(|_| !assigned_variables.is_empty()) else {
            continue;
        };
        if !timeline.is_within(scope, place.scope) {
            continue;
        }
        for (name, value) in assigned_variables {
            let record = VariableRecord {
                name: name.clone(),
                value: value.clone(),
                scope: place.scope,
                set_by: state.clone(),
                event: event.id,
            };
            found.insert(name.clone(), record);
        }
    }
    found.into_values().collect()
}

/// Returns a line for each of the first variables, such as `total = 12`, and one that counts the others.
pub fn variable_lines(variables: &[VariableRecord]) -> Vec<String> {
    let line = |variable: &VariableRecord| {
        shorten(
            &format!("{} = {}", variable.name, variable.value),
            LONGEST_VARIABLE_LINE,
        )
    };
    let mut lines: Vec<String> = variables.iter().take(MOST_VARIABLE_LINES).map(line).collect();
    if variables.len() > MOST_VARIABLE_LINES {
        lines.push(format!("and {} more", variables.len() - MOST_VARIABLE_LINES));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::record;

    #[test]
    fn an_iteration_sees_outer_variables_and_none_of_its_neighbors() {
        let recorded = record(
            r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "M"},
                "M": {"Type": "Map", "ItemsPath": "$.list", "MaxConcurrency": 1, "End": true, "ItemProcessor": {"StartAt": "B", "States": {
                    "B": {"Type": "Pass", "Assign": {"y.$": "$"}, "Next": "C"}, "C": {"Type": "Pass", "End": true}}}}}}"#,
            r#"{"list": [5, 6]}"#,
            |_| Err("none"),
        );
        let timeline = recorded.timeline();
        let entered = recorded
            .history
            .iter()
            .rfind(|event| matches!(&event.details, Details::StateEntered { name, .. } if &**name == "C"))
            .unwrap();
        let scope = timeline.place(entered.id).unwrap().scope;
        let variables = variables_before(&timeline, &recorded.history, entered.id, scope);
        let shown: Vec<_> = variables
            .iter()
            .map(|variable| (&*variable.name, variable.value.to_string(), &*variable.set_by))
            .collect();
        assert_eq!(shown, [("x", "1".to_owned(), "A"), ("y", "6".to_owned(), "B")]);
        assert_eq!(variable_lines(&variables), ["x = 1", "y = 6"]);
        let outer = variables_before(&timeline, &recorded.history, entered.id, 0);
        assert_eq!(outer.len(), 1);
    }
}
