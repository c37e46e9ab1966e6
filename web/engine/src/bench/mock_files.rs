//! Mock files of Step Functions Local, to and from the steps of the page's mocks.

use std::collections::BTreeMap;

use asl_host::{MockAnswer, MockBehavior, MockFile, MockFileError, MockMatch, MockResponse};
use asl_protocol::{self as page, MockFileContent, MockStep};

/// Steps that one state may have: a range in a file may name millions of invocations.
const MOST_STEPS: u32 = 200;
/// Name of the test case that is written.
const TEST_CASE: &str = "Playground";

/// Reads a mock file; the first test case where none is named.
pub(super) fn read(text: &str, test_case: &str) -> MockFileContent {
    match content(text, test_case) {
        Ok(content) => content,
        Err(error) => MockFileContent {
            problem: Some(error.to_string()),
            ..MockFileContent::default()
        },
    }
}

fn content(text: &str, test_case: &str) -> Result<MockFileContent, MockFileError> {
    let file = MockFile::parse(text)?;
    let test_cases: Vec<String> = file.test_case_names(None).into_iter().map(str::to_owned).collect();
    let named = test_cases.iter().find(|name| *name == test_case).or(test_cases.first());
    let Some(test_case) = named.cloned() else {
        return Err(MockFileError {
            location: "/StateMachines".to_owned(),
            message: "The file has no test case.".to_owned(),
        });
    };
    let machine = file.test_cases.iter().find(|(_, cases)| cases.contains_key(&test_case));
    let mocks = file.mocks(machine.map(|(name, _)| name.as_str()), &test_case)?;
    let states = mocks
        .mocks
        .into_iter()
        .filter_map(|mock| match (mock.matches, mock.behavior) {
            (MockMatch::State(state), MockBehavior::Responses(responses)) => {
                Some((state.to_string(), responses.iter().flat_map(steps).collect()))
            }
            _ => None,
        });
    Ok(MockFileContent {
        states: states.collect(),
        test_cases,
        test_case,
        problem: None,
    })
}

/// Returns one step per invocation that the response answers.
fn steps(response: &MockResponse) -> Vec<MockStep> {
    let last = response.last.unwrap_or(response.first);
    let count = (last - response.first).saturating_add(1).min(MOST_STEPS);
    let answer = match &response.answer {
        MockAnswer::Return(value) => page::MockAnswer::Return(value.to_pretty_string("  ")),
        MockAnswer::Throw { error, cause } => page::MockAnswer::Fail {
            error: error.to_string(),
            cause: cause.as_deref().unwrap_or_default().to_owned(),
        },
        MockAnswer::TimeOut => page::MockAnswer::TimeOut,
        MockAnswer::WaitForToken => page::MockAnswer::WaitForToken,
    };
    let step = MockStep {
        answer,
        delay_ms: u64::try_from(response.delay_ms).unwrap_or(0),
    };
    vec![step; count as usize]
}

/// Writes a mock file with one test case. The last response of each state is for all invocations that follow.
pub(super) fn write(machine: &str, states: &[(String, Vec<MockStep>)]) -> String {
    let mut file = MockFile::default();
    let mut test_case = BTreeMap::new();
    for (state, steps) in states {
        // A result that is no JSON cannot be in a file that is: the state is left out, as one without a mock.
        let Ok(responses) = crate::mocks::responses(state, steps) else {
            continue;
        };
        let name = format!("{state} mock");
        test_case.insert(state.clone(), name.clone());
        file.responses.insert(name, responses);
    }
    let machine = if machine.is_empty() { "StateMachine" } else { machine };
    let cases = BTreeMap::from([(TEST_CASE.to_owned(), test_case)]);
    file.test_cases.insert(machine.to_owned(), cases);
    file.to_value().to_pretty_string("  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(answer: page::MockAnswer, delay_ms: u64) -> MockStep {
        MockStep { answer, delay_ms }
    }

    #[test]
    fn what_is_written_reads_back() {
        let fail = page::MockAnswer::Fail {
            error: "Busy".into(),
            cause: "later".into(),
        };
        let steps = vec![
            step(fail, 0),
            step(page::MockAnswer::WaitForToken, 0),
            step(page::MockAnswer::Return("{\n  \"ok\": true\n}".into()), 1500),
        ];
        let states = vec![("Pack".to_owned(), steps)];
        let content = read(&write("Orders", &states), "");
        assert_eq!((content.problem, &*content.test_case), (None, "Playground"));
        assert_eq!(content.states, states);
    }

    #[test]
    fn ranges_become_steps_and_problems_name_their_place() {
        let text = r#"{"StateMachines": {"M": {"TestCases": {"A": {"S": "R"}, "B": {}}}},
            "MockedResponses": {"R": {"0-1": {"Throw": {"Error": "E"}}, "2-4000000": {"Return": 1}}}}"#;
        let content = read(text, "A");
        assert_eq!(content.test_cases, ["A", "B"]);
        assert_eq!(content.states[0].1.len(), 2 + MOST_STEPS as usize);
        let problem = read(r#"{"MockedResponses": {"R": {"0": {}}}}"#, "").problem.unwrap();
        assert!(problem.starts_with("/MockedResponses/R/0"), "{problem}");
        assert!(read("{}", "").problem.unwrap().contains("no test case"));
    }
}
