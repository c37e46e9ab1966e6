//! Bytes of a file to what they hold.

use std::fmt;

use asl_json::{Document, LineIndex, Value};

use crate::detect::{Kind, kind_of};
use crate::mock_file::{TestCase, test_cases};
use crate::template::{TemplateMachine, machines};
use crate::yaml::YamlDefinition;

/// Largest file that is read, in bytes: four times what the service takes.
pub const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// A definition.
    Definition {
        /// Its text; of YAML, the JSON that it stands for.
        text: String,
        /// Whether the file was YAML.
        was_yaml: bool,
        /// The first problem, where the text is no JSON. It is opened all the same, to be mended.
        problem: Option<String>,
    },
    /// A playground file.
    Playground(Box<asl_link::Document>),
    /// State machines of a template, at least one.
    Template(Vec<TemplateMachine>),
    /// Test cases of a mock file, at least one.
    Mocks(Vec<TestCase>),
}

/// Why a file is not opened: a sentence with the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError(pub String);

impl fmt::Display for FileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for FileError {}

fn refuse<T>(problem: impl Into<String>) -> Result<T, FileError> {
    Err(FileError(problem.into()))
}

/// Returns what the content of a file holds.
///
/// # Errors
///
/// Where the file is too large, is no text, or holds nothing that the playground knows.
pub fn open(bytes: &[u8]) -> Result<Opened, FileError> {
    if bytes.len() > MAX_FILE_BYTES {
        return refuse(format!(
            "The file has {} bytes. Files of up to {} MiB are opened.",
            bytes.len(),
            MAX_FILE_BYTES / (1024 * 1024)
        ));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return refuse("The file is no text in UTF-8. Definitions, templates and mock files are JSON or YAML.");
    };
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return refuse("The file is empty.");
    }
    if text.trim_start().starts_with(['{', '[']) {
        open_json(text)
    } else {
        open_yaml(text)
    }
}

fn open_json(text: &str) -> Result<Opened, FileError> {
    let document = Document::parse(text);
    let problem = document.errors().first().map(|error| {
        let place = LineIndex::new(text).position(error.span.start);
        format!("{}, in line {}, column {}.", error.message, place.line, place.column)
    });
    let Some(value) = document.value() else {
        return refuse("The file holds no JSON.");
    };
    let opened = opened(&value, None, || text.to_owned());
    match (problem, opened) {
        (None, opened) => opened,
        (Some(problem), Ok(Opened::Definition { text, was_yaml, .. })) => Ok(Opened::Definition {
            text,
            was_yaml,
            problem: Some(problem),
        }),
        (Some(problem), _) => refuse(format!("The file is no JSON: {problem}")),
    }
}

fn open_yaml(text: &str) -> Result<Opened, FileError> {
    let failed = |error: crate::yaml::YamlError| {
        let place = LineIndex::new(text).position(error.span.start);
        let (line, column) = (place.line, place.column);
        FileError(format!(
            "The file is neither JSON nor YAML: {}, in line {line}, column {column}.",
            error.message
        ))
    };
    let yaml = YamlDefinition::parse(text).map_err(failed)?;
    let value = yaml.to_json().map_err(failed)?;
    let template = yaml.to_template().map_err(failed)?;
    opened(&value, Some(&template), || {
        format!("{}\n", value.to_pretty_string("  "))
    })
}

/// Returns what a value is. Of YAML, `template` is the value with its tags as functions.
fn opened(value: &Value, template: Option<&Value>, text: impl FnOnce() -> String) -> Result<Opened, FileError> {
    match kind_of(value) {
        Kind::Definition => Ok(Opened::Definition {
            text: text(),
            was_yaml: template.is_some(),
            problem: None,
        }),
        Kind::Playground => match asl_link::Document::from_value(value) {
            Ok(document) => Ok(Opened::Playground(Box::new(document))),
            Err(error) => refuse(format!("This playground file does not open. {error}")),
        },
        Kind::Template => {
            let found = machines(template.unwrap_or(value));
            if found.is_empty() {
                return refuse(
                    "The template holds no state machine: no resource of type AWS::StepFunctions::StateMachine or \
                     AWS::Serverless::StateMachine.",
                );
            }
            Ok(Opened::Template(found))
        }
        Kind::MockFile => match test_cases(value) {
            Ok(cases) if cases.is_empty() => refuse("There is no test case in this mock file."),
            Ok(cases) => Ok(Opened::Mocks(cases)),
            Err(error) => refuse(format!("The mock file cannot be read. {error}")),
        },
        Kind::History => refuse(
            "The file holds the history of an execution. The playground opens definitions, templates, mock files and \
             its own files.",
        ),
        Kind::Other => refuse(
            "The file holds no state machine: there is no \"States\", and it is no template, no mock file and no \
             playground file.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_of(text: &str) -> String {
        open(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_definition_opens_as_it_is_written() {
        let text = "{ \"StartAt\": \"A\",\n \"States\": {} }";
        let expected = Opened::Definition {
            text: text.into(),
            was_yaml: false,
            problem: None,
        };
        assert_eq!(open(text.as_bytes()), Ok(expected.clone()));
        assert_eq!(open(format!("\u{feff}{text}").as_bytes()), Ok(expected));
    }

    #[test]
    fn a_definition_in_yaml_is_converted() {
        let opened = open(b"StartAt: A\nStates:\n  A: {Type: Succeed}\n").unwrap();
        let Opened::Definition { text, was_yaml, .. } = opened else {
            panic!("{opened:?}")
        };
        assert!(was_yaml);
        assert!(text.starts_with("{\n  \"StartAt\": \"A\","), "{text}");
    }

    #[test]
    fn a_broken_definition_opens_to_be_mended_and_other_broken_files_do_not() {
        let opened = open(b"{\"StartAt\": \"A\"\n \"States\": {}}").unwrap();
        let Opened::Definition { problem, .. } = opened else {
            panic!("{opened:?}")
        };
        assert!(problem.unwrap().contains("in line"));
        assert!(error_of("{\"a\": ").starts_with("The file is no JSON: "));
        assert!(error_of("a: [1\nb: }").starts_with("The file is neither JSON nor YAML: "));
    }

    #[test]
    fn a_playground_file_opens_or_says_why_not() {
        let opened = open(br#"{"v":1,"title":"T","asl":"{}"}"#).unwrap();
        assert!(matches!(opened, Opened::Playground(document) if document.title == "T"));
        assert!(error_of(r#"{"v":9,"asl":"{}"}"#).contains("newer version"));
    }

    #[test]
    fn what_is_nothing_of_ours_is_told() {
        for (text, expected) in [
            ("", "empty"),
            ("just words", "no state machine"),
            ("[1]", "no state machine"),
            ("{}", "no state machine"),
            (
                r#"{"Resources":{"B":{"Type":"AWS::S3::Bucket"}}}"#,
                "The template holds no state machine",
            ),
            (r#"{"StateMachines":{},"MockedResponses":{}}"#, "no test case"),
            (
                r#"{"events":[{"id":1,"type":"ExecutionStarted"}]}"#,
                "history of an execution",
            ),
        ] {
            assert!(error_of(text).contains(expected), "{text}: {}", error_of(text));
        }
        assert!(open(&[0xff, 0xfe]).unwrap_err().0.contains("no text in UTF-8"));
    }

    #[test]
    fn a_file_may_be_as_large_as_the_limit_and_no_larger() {
        let json = r#"{"StartAt":"A"}"#;
        let padded = |length: usize| json.to_owned() + &" ".repeat(length - json.len());
        assert!(open(padded(MAX_FILE_BYTES).as_bytes()).is_ok());
        assert!(error_of(&padded(MAX_FILE_BYTES + 1)).contains("up to 4 MiB"));
    }
}
