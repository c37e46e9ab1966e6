//! The mock file of Step Functions Local: test cases per state machine, and the responses they name.
//!
//! Each response may also say what Step Functions Local cannot: `"DelaySeconds": number` beside `Return` or `Throw`, and
//! in their place `"TimeOut": true` or `"WaitForToken": true`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use asl_json::{Number, Object, Value};

use crate::mock::{Mock, MockAnswer, MockBehavior, MockMatch, MockResponse, Mocks};

/// A mock file, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MockFile {
    /// Per state machine, per test case, per Task state: the name of a response.
    pub test_cases: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>,
    /// The responses by name.
    pub responses: BTreeMap<String, Vec<MockResponse>>,
}

/// Why a mock file was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MockFileError {
    /// Where in the file, as member names joined by slashes.
    pub location: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for MockFileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.location, self.message)
    }
}

impl std::error::Error for MockFileError {}

fn refuse<T>(location: &str, message: impl Into<String>) -> Result<T, MockFileError> {
    Err(MockFileError {
        location: location.to_owned(),
        message: message.into(),
    })
}

impl MockFile {
    /// Reads the text of a mock file.
    ///
    /// # Errors
    ///
    /// Names the first place that is not as the format wants it.
    pub fn parse(text: &str) -> Result<MockFile, MockFileError> {
        let value = match asl_json::parse_value(text) {
            Ok(value) => value,
            Err(error) => return refuse("/", format!("This is not JSON: {error}.")),
        };
        let mut file = MockFile::default();
        for (name, machine) in members(&value, "StateMachines", "")? {
            let location = format!("/StateMachines/{name}");
            for (case, states) in members(machine, "TestCases", &location)? {
                let states = read_test_case(states, &format!("{location}/TestCases/{case}"))?;
                file.test_cases
                    .entry(name.to_string())
                    .or_default()
                    .insert(case.to_string(), states);
            }
        }
        for (name, response) in members(&value, "MockedResponses", "")? {
            let location = format!("/MockedResponses/{name}");
            file.responses
                .insert(name.to_string(), MockFile::read_responses(response, &location)?);
        }
        Ok(file)
    }

    /// Reads the responses of one state: an object whose keys are invocations, such as `0` or `1-2`.
    ///
    /// # Errors
    ///
    /// Names the first place that is not as the format wants it, below `location`.
    pub fn read_responses(value: &Value, location: &str) -> Result<Vec<MockResponse>, MockFileError> {
        let Some(entries) = value.as_object() else {
            return refuse(
                location,
                "A mocked response is an object whose keys are invocations, such as \"0\" or \"1-2\".",
            );
        };
        let read = entries
            .iter()
            .map(|(key, entry)| read_response(key, entry, &format!("{location}/{key}")));
        let mut responses: Vec<MockResponse> = read.collect::<Result<_, _>>()?;
        responses.sort_by_key(|response| response.first);
        match responses
            .windows(2)
            .find(|pair| pair[0].last.is_none_or(|last| last >= pair[1].first))
        {
            Some(pair) => refuse(location, format!("Invocation {} is answered twice.", pair[1].first)),
            None => Ok(responses),
        }
    }

    /// Returns the names of the test cases of a state machine; of all state machines where it is `None`.
    pub fn test_case_names(&self, machine: Option<&str>) -> Vec<&str> {
        let machines = self
            .test_cases
            .iter()
            .filter(|(name, _)| machine.is_none_or(|machine| machine == *name));
        machines
            .flat_map(|(_, cases)| cases.keys().map(String::as_str))
            .collect()
    }

    /// Returns the mocks of a test case; `machine` may be left out where only one has a test case of that name.
    ///
    /// # Errors
    ///
    /// Where there is no such test case, or it names a response that does not exist.
    pub fn mocks(&self, machine: Option<&str>, test_case: &str) -> Result<Mocks, MockFileError> {
        let machines = self
            .test_cases
            .iter()
            .filter(|(name, _)| machine.is_none_or(|machine| machine == *name));
        let found: Vec<_> = machines
            .filter_map(|(name, cases)| Some((name, cases.get(test_case)?)))
            .collect();
        let (name, states) = match found[..] {
            [one] => one,
            [] => return refuse("/StateMachines", format!("There is no test case \"{test_case}\".")),
            _ => {
                return refuse(
                    "/StateMachines",
                    format!("Several state machines have a test case \"{test_case}\"."),
                );
            }
        };
        let mock = |(state, response): (&String, &String)| match self.responses.get(response) {
            Some(responses) => Ok(Mock {
                matches: MockMatch::State(state.as_str().into()),
                behavior: MockBehavior::Responses(responses.clone()),
            }),
            None => refuse(
                &format!("/StateMachines/{name}/TestCases/{test_case}/{state}"),
                format!("There is no mocked response \"{response}\"."),
            ),
        };
        Ok(Mocks {
            mocks: states.iter().map(mock).collect::<Result<_, _>>()?,
        })
    }

    /// Writes the file.
    pub fn to_value(&self) -> Value {
        let machines = self.test_cases.iter().map(|(name, cases)| {
            let cases = cases.iter().map(|(case, states)| {
                let states = states
                    .iter()
                    .map(|(state, response)| (state.as_str(), Value::from(response.as_str())));
                (case.as_str(), Value::object(states))
            });
            (name.as_str(), Value::object([("TestCases", Value::object(cases))]))
        });
        let responses = self.responses.iter().map(|(name, responses)| {
            let entries = responses
                .iter()
                .map(|response| (invocations(response), write_response(response)));
            (name.as_str(), Value::object(entries))
        });
        Value::object([
            ("StateMachines", Value::object(machines)),
            ("MockedResponses", Value::object(responses)),
        ])
    }
}

/// Returns the members of an object's member; none where it is left out.
fn members<'a>(value: &'a Value, name: &str, location: &str) -> Result<Vec<(&'a Arc<str>, &'a Value)>, MockFileError> {
    let Some(object) = value.as_object() else {
        return refuse(
            if location.is_empty() { "/" } else { location },
            "An object belongs here.",
        );
    };
    match object.get(name) {
        None => Ok(Vec::new()),
        Some(Value::Object(members)) => Ok(members.iter().collect()),
        Some(_) => refuse(&format!("{location}/{name}"), "An object belongs here."),
    }
}

fn read_test_case(value: &Value, location: &str) -> Result<BTreeMap<String, String>, MockFileError> {
    let Some(states) = value.as_object() else {
        return refuse(
            location,
            "A test case is an object that names a mocked response for each Task state.",
        );
    };
    let read = states.iter().map(|(state, response)| match response.as_str() {
        Some(response) => Ok((state.to_string(), response.to_owned())),
        None => refuse(
            &format!("{location}/{state}"),
            "The name of a mocked response belongs here.",
        ),
    });
    read.collect()
}

fn read_response(key: &str, entry: &Value, location: &str) -> Result<MockResponse, MockFileError> {
    let (first, last) = match key.split_once('-') {
        Some((first, last)) => (first, Some(last)),
        None => (key, Some(key)),
    };
    let last = last.filter(|last| !last.is_empty()).map(str::parse::<u32>).transpose();
    let (Ok(first), Ok(last)) = (first.parse::<u32>(), last) else {
        return refuse(
            location,
            "A key is the number of an invocation, or a range such as \"1-2\".",
        );
    };
    if last.is_some_and(|last| last < first) {
        return refuse(location, "The range ends before it begins.");
    }
    let Some(entry) = entry.as_object() else {
        return refuse(location, "An object with \"Return\" or \"Throw\" belongs here.");
    };
    Ok(MockResponse {
        first,
        last,
        answer: read_answer(entry, location)?,
        delay_ms: read_delay(entry, location)?,
    })
}

fn read_answer(entry: &Object, location: &str) -> Result<MockAnswer, MockFileError> {
    let known = ["Return", "Throw", "TimeOut", "WaitForToken"];
    let mut given = known.into_iter().filter_map(|name| Some((name, entry.get(name)?)));
    let (Some((name, value)), None) = (given.next(), given.next()) else {
        return refuse(
            location,
            "Exactly one of \"Return\", \"Throw\", \"TimeOut\" and \"WaitForToken\" belongs here.",
        );
    };
    match name {
        "Return" => Ok(MockAnswer::Return(value.clone())),
        "TimeOut" => Ok(MockAnswer::TimeOut),
        "WaitForToken" => Ok(MockAnswer::WaitForToken),
        _ => {
            let text = |name| value.get(name).and_then(Value::as_str).map(Arc::from);
            match text("Error") {
                Some(error) => Ok(MockAnswer::Throw {
                    error,
                    cause: text("Cause"),
                }),
                None => refuse(&format!("{location}/Throw"), "\"Error\", a string, is required."),
            }
        }
    }
}

fn read_delay(entry: &Object, location: &str) -> Result<i64, MockFileError> {
    /// A year: no execution lasts longer.
    const MOST_SECONDS: f64 = 31_536_000.0;
    let Some(value) = entry.get("DelaySeconds") else {
        return Ok(0);
    };
    let seconds = value.as_number().map(Number::as_f64);
    match seconds.filter(|seconds| (0.0..=MOST_SECONDS).contains(seconds)) {
        #[expect(clippy::cast_possible_truncation, reason = "bounded by a year")]
        Some(seconds) => Ok((seconds * 1000.0).round() as i64),
        None => refuse(
            &format!("{location}/DelaySeconds"),
            "A number of seconds from 0 to a year belongs here.",
        ),
    }
}

fn invocations(response: &MockResponse) -> String {
    match response.last {
        Some(last) if last == response.first => last.to_string(),
        Some(last) => format!("{}-{last}", response.first),
        None => format!("{}-", response.first),
    }
}

fn write_response(response: &MockResponse) -> Value {
    let (name, value) = match &response.answer {
        MockAnswer::Return(result) => ("Return", result.clone()),
        MockAnswer::Throw { error, cause } => {
            let mut thrown = vec![("Error", Value::from(error.clone()))];
            thrown.extend(cause.clone().map(|cause| ("Cause", Value::from(cause))));
            ("Throw", Value::object(thrown))
        }
        MockAnswer::TimeOut => ("TimeOut", Value::Bool(true)),
        MockAnswer::WaitForToken => ("WaitForToken", Value::Bool(true)),
    };
    let mut entry = vec![(name, value)];
    if response.delay_ms != 0 {
        #[expect(clippy::cast_precision_loss, reason = "delays are far below 2^53 milliseconds")]
        let seconds = Number::from_f64(response.delay_ms as f64 / 1000.0);
        entry.extend(seconds.map(|seconds| ("DelaySeconds", Value::from(seconds))));
    }
    Value::object(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{
        "StateMachines": {"Orders": {"TestCases": {"Flaky": {"Pack": "FlakyPack"}}}},
        "MockedResponses": {"FlakyPack": {
            "0-1": {"Throw": {"Error": "Busy", "Cause": "later"}},
            "2": {"Return": {"ok": true}, "DelaySeconds": 1.5}}}}"#;

    #[test]
    fn reads_a_test_case() {
        let mocks = MockFile::parse(FILE).unwrap().mocks(None, "Flaky").unwrap();
        let MockBehavior::Responses(responses) = &mocks.mocks[0].behavior else {
            panic!("responses")
        };
        assert_eq!(mocks.mocks[0].matches, MockMatch::State("Pack".into()));
        assert_eq!((responses[0].first, responses[0].last), (0, Some(1)));
        assert_eq!(responses[1].delay_ms, 1500);
    }

    #[test]
    fn writes_what_it_reads() {
        let file = MockFile::parse(FILE).unwrap();
        assert_eq!(file.to_value(), asl_json::parse_value(FILE).unwrap());
    }

    #[test]
    fn refuses_with_the_place() {
        for (text, expected) in [
            ("{", "/: This is not JSON"),
            ("[]", "/: An object belongs here."),
            (
                r#"{"MockedResponses": {"A": {"x": {"Return": 1}}}}"#,
                "/MockedResponses/A/x: A key is the number",
            ),
            (
                r#"{"MockedResponses": {"A": {"2-1": {"Return": 1}}}}"#,
                "/MockedResponses/A/2-1: The range",
            ),
            (
                r#"{"MockedResponses": {"A": {"0": {}}}}"#,
                "/MockedResponses/A/0: Exactly one",
            ),
            (
                r#"{"MockedResponses": {"A": {"0": {"Throw": {}}}}}"#,
                "/MockedResponses/A/0/Throw: \"Error\"",
            ),
            (
                r#"{"MockedResponses": {"A": {"0-2": {"Return": 1}, "1": {"Return": 2}}}}"#,
                "/MockedResponses/A: Invocation 1 is answered twice.",
            ),
        ] {
            let error = MockFile::parse(text).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn a_missing_response_or_test_case_is_named() {
        let file = MockFile::parse(r#"{"StateMachines": {"M": {"TestCases": {"C": {"S": "R"}}}}}"#).unwrap();
        assert!(
            file.mocks(None, "D")
                .unwrap_err()
                .message
                .contains("no test case \"D\"")
        );
        assert_eq!(
            file.mocks(Some("M"), "C").unwrap_err().location,
            "/StateMachines/M/TestCases/C/S"
        );
    }
}
