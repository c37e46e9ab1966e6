//! Mock files of Step Functions Local, as mocks of a document and back.

use asl_host::{MockAnswer, MockFile, MockResponse};
use asl_json::{Value, parse_value};
use asl_link::{Failure, Mock, MockBehavior, MockTarget, Step, StepAnswer};

/// Most steps that a range of invocations becomes; the last one repeats anyway.
const MAX_STEPS: usize = 100;

/// A test case of a mock file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestCase {
    /// Name of the state machine in the file.
    pub machine: String,
    /// Name of the test case.
    pub name: String,
    /// What answers which state.
    pub mocks: Vec<Mock>,
}

/// Returns every test case of a mock file.
pub(crate) fn test_cases(value: &Value) -> Result<Vec<TestCase>, asl_host::MockFileError> {
    let file = MockFile::parse(&value.to_string())?;
    let mut cases = Vec::new();
    for (machine, of_machine) in &file.test_cases {
        for name in of_machine.keys() {
            let mocks = file.mocks(Some(machine), name)?.mocks;
            cases.push(TestCase {
                machine: machine.clone(),
                name: name.clone(),
                mocks: mocks.iter().filter_map(mock).collect(),
            });
        }
    }
    Ok(cases)
}

fn mock(mock: &asl_host::Mock) -> Option<Mock> {
    let asl_host::MockMatch::State(state) = &mock.matches else {
        return None;
    };
    let asl_host::MockBehavior::Responses(responses) = &mock.behavior else {
        return None;
    };
    Some(Mock {
        target: MockTarget::State(state.to_string()),
        behavior: MockBehavior::Steps(steps(responses)),
    })
}

/// Returns one step per invocation. An invocation that the file leaves out gets the response after it.
fn steps(responses: &[MockResponse]) -> Vec<Step> {
    let mut steps = Vec::new();
    for response in responses {
        let until = response.last.unwrap_or(response.first);
        let until = usize::try_from(until).unwrap_or(MAX_STEPS).min(MAX_STEPS - 1);
        while steps.len() <= until {
            steps.push(step(response));
        }
    }
    steps
}

fn step(response: &MockResponse) -> Step {
    let answer = match &response.answer {
        MockAnswer::Return(value) => StepAnswer::Return(value.to_pretty_string("  ")),
        MockAnswer::Throw { error, cause } => StepAnswer::Fail(Failure {
            error: error.to_string(),
            cause: cause.as_deref().unwrap_or_default().to_owned(),
        }),
        MockAnswer::TimeOut => StepAnswer::TimeOut,
        MockAnswer::WaitForToken => StepAnswer::WaitForToken,
    };
    Step {
        answer,
        delay_ms: u64::try_from(response.delay_ms).unwrap_or(0),
    }
}

/// Returns a mock file with one test case, `Playground`, for the mocks that are responses to states. `states_of` names
/// the states that a mock's target stands for. JavaScript has no place in such a file; neither has a result that is no
/// JSON.
pub fn mock_file_text(machine: &str, mocks: &[Mock], states_of: impl Fn(&MockTarget) -> Vec<String>) -> String {
    let mut file = MockFile::default();
    let cases = file.test_cases.entry(machine.to_owned()).or_default();
    let case = cases.entry("Playground".to_owned()).or_default();
    for mock in mocks {
        let MockBehavior::Steps(steps) = &mock.behavior else {
            continue;
        };
        let responses: Option<Vec<MockResponse>> = (0..).zip(steps).map(|(at, step)| response(at, step)).collect();
        let Some(mut responses) = responses else { continue };
        if let Some(last) = responses.last_mut() {
            last.last = None;
        }
        for state in states_of(&mock.target) {
            let name = format!("{state} responses");
            file.responses.insert(name.clone(), responses.clone());
            case.insert(state, name);
        }
    }
    format!("{}\n", file.to_value().to_pretty_string("  "))
}

fn response(at: u32, step: &Step) -> Option<MockResponse> {
    let answer = match &step.answer {
        StepAnswer::Return(text) => MockAnswer::Return(parse_value(text).ok()?),
        StepAnswer::Fail(failure) => MockAnswer::Throw {
            error: failure.error.as_str().into(),
            cause: Some(failure.cause.as_str().into()),
        },
        StepAnswer::TimeOut => MockAnswer::TimeOut,
        StepAnswer::WaitForToken | StepAnswer::NoAnswer => MockAnswer::WaitForToken,
    };
    Some(MockResponse {
        first: at,
        last: Some(at),
        answer,
        delay_ms: i64::try_from(step.delay_ms).unwrap_or(i64::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{
        "StateMachines": {"Orders": {"TestCases": {"Flaky": {"Pack": "FlakyPack"}, "Good": {}}}},
        "MockedResponses": {"FlakyPack": {
            "0-1": {"Throw": {"Error": "Busy", "Cause": "later"}},
            "3-": {"Return": {"ok": true}, "DelaySeconds": 1.5}}}}"#;

    fn cases() -> Vec<TestCase> {
        test_cases(&parse_value(FILE).unwrap()).unwrap()
    }

    #[test]
    fn every_test_case_is_offered_with_one_step_per_invocation() {
        let cases = cases();
        let names: Vec<_> = cases.iter().map(|case| (&*case.machine, &*case.name)).collect();
        assert_eq!(names, [("Orders", "Flaky"), ("Orders", "Good")]);
        let MockBehavior::Steps(steps) = &cases[0].mocks[0].behavior else {
            panic!("steps")
        };
        assert_eq!(cases[0].mocks[0].target, MockTarget::State("Pack".into()));
        assert_eq!(steps.len(), 4);
        assert!(matches!(&steps[1].answer, StepAnswer::Fail(failure) if failure.error == "Busy"));
        assert_eq!((steps[2].delay_ms, steps[3].delay_ms), (1500, 1500));
    }

    #[test]
    fn a_range_without_end_in_sight_stays_short() {
        let file = FILE.replace("0-1", "0-4000000").replace("3-", "4000001-");
        let cases = test_cases(&parse_value(&file).unwrap()).unwrap();
        let MockBehavior::Steps(steps) = &cases[0].mocks[0].behavior else {
            panic!("steps")
        };
        assert_eq!(steps.len(), MAX_STEPS);
    }

    #[test]
    fn what_is_written_reads_as_the_same_mocks() {
        let mocks = &cases()[0].mocks;
        let text = mock_file_text("M", mocks, |target| vec![target.name().to_owned()]);
        let again = test_cases(&parse_value(&text).unwrap()).unwrap();
        assert_eq!((&again[0].machine[..], &again[0].mocks), ("M", mocks));
    }
}
