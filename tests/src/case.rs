//! One recorded situation: reading the files of a folder of cases.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use asl_core::{ExecutionType, Timestamp};
use asl_json::Value;

use crate::placeholders::Placeholders;

/// What to do with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "named as the case files name them")]
pub enum Kind {
    Execution,
    CreateError,
    StartError,
    TestState,
    Validate,
    VariableReferences,
}

/// A recorded situation and what AWS answered. The members are those of the file.
#[derive(Debug)]
#[expect(missing_docs, reason = "named as the case files name them")]
pub struct Case {
    /// Where it was read from; empty where it was not read from a file.
    pub path: PathBuf,
    pub id: String,
    pub area: String,
    pub kind: Kind,
    pub execution_type: ExecutionType,
    /// The definition as text: as submitted where that is given, else written out.
    pub definition_text: String,
    /// The input as text: as submitted where that is given, else written out.
    pub input_text: String,
    pub placeholders: Placeholders,
    pub unordered: bool,
    pub expect: Value,
    /// The whole file, for the members that only some kinds have.
    pub file: Value,
}

/// Why a file is not a case.
#[derive(Debug)]
pub struct LoadError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for LoadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for LoadError {}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 6] = [
        Kind::Execution,
        Kind::CreateError,
        Kind::StartError,
        Kind::TestState,
        Kind::Validate,
        Kind::VariableReferences,
    ];

    /// Returns the word of the case files.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Execution => "execution",
            Kind::CreateError => "createError",
            Kind::StartError => "startError",
            Kind::TestState => "testState",
            Kind::Validate => "validate",
            Kind::VariableReferences => "variableReferences",
        }
    }
}

impl Case {
    /// Reads a case.
    ///
    /// # Errors
    ///
    /// Says which member is missing or unusable.
    pub fn read(text: &str) -> Result<Case, String> {
        let file = asl_json::parse_value(text).map_err(|error| format!("not JSON: {error}"))?;
        let required = |name: &str| {
            let value = file.get(name).and_then(Value::as_str);
            value.map(str::to_owned).ok_or_else(|| format!("no \"{name}\""))
        };
        let kind = required("kind")?;
        let kind = Kind::ALL.into_iter().find(|known| known.as_str() == kind);
        Ok(Case {
            path: PathBuf::new(),
            id: required("id")?,
            area: required("area")?,
            kind: kind.ok_or("unknown kind")?,
            execution_type: match file.get("type").and_then(Value::as_str) {
                Some("EXPRESS") => ExecutionType::Express,
                _ => ExecutionType::Standard,
            },
            definition_text: text_of(&file, "definitionText", "definition"),
            input_text: text_of(&file, "inputText", "input"),
            placeholders: placeholders(&file)?,
            unordered: file.get("unordered").and_then(Value::as_bool) == Some(true),
            expect: file.get("expect").cloned().ok_or("no \"expect\"")?,
            file,
        })
    }

    /// Returns a member of `environment`.
    pub fn environment(&self, name: &str) -> Option<&str> {
        self.file.get("environment")?.get(name)?.as_str()
    }

    /// Returns the items of a member that is a list; none where it is missing.
    pub fn list(&self, name: &str) -> &[Value] {
        self.file.get(name).and_then(Value::as_array).map_or(&[], |items| items)
    }

    /// Returns when AWS was recorded: `provenance.recorded`, written `28-11-2024, 09:56:00`.
    pub fn recorded(&self) -> Option<Timestamp> {
        let text = self.file.get("provenance")?.get("recorded")?.as_str()?;
        let (date, time) = text.split_once(", ")?;
        let mut date = date.split('-');
        let (day, month, year) = (date.next()?, date.next()?, date.next()?);
        Timestamp::parse(&format!("{year}-{month}-{day}T{time}Z"))
    }
}

/// Returns the placeholders of a case.
///
/// Beside those it names, an id in the expectation that the case gives nowhere else was made by the service. And where
/// tasks are not answered by a recording, the circumstances of an HTTP response are not those that were recorded.
fn placeholders(file: &Value) -> Result<Placeholders, String> {
    let mut placeholders = Placeholders::read(&file.get("normalise").cloned().unwrap_or_default())?;
    let mut given = file.clone();
    if let Value::Object(members) = &mut given {
        members.remove("expect");
    }
    let given = given.to_string();
    let expected = file.get("expect").map(Value::to_string).unwrap_or_default();
    for (at, _) in expected.match_indices(TEST_ID) {
        match expected.get(at..at + 36) {
            Some(id) if !given.contains(id) => placeholders.add_bound(id),
            _ => {}
        }
    }
    if file.get("replayComplete").and_then(Value::as_bool) != Some(true) {
        placeholders.ignore_members(&["SdkHttpMetadata", "SdkResponseMetadata"]);
    }
    Ok(placeholders)
}

/// How the ids begin that stand in cases for generated ones.
const TEST_ID: &str = "00000000-0000-4000-8000-";

fn text_of(file: &Value, text: &str, value: &str) -> String {
    match file.get(text).and_then(Value::as_str) {
        Some(text) => text.to_owned(),
        None => file.get(value).map_or_else(String::new, Value::to_string),
    }
}

/// Reads every case below a folder, in the order of their paths. Where the folder has a folder `cases`, only that is read.
///
/// # Errors
///
/// Names the first file that cannot be read.
pub fn load(folder: &Path) -> Result<Vec<Case>, LoadError> {
    let cases = folder.join("cases");
    let mut files = Vec::new();
    collect(if cases.is_dir() { &cases } else { folder }, &mut files)?;
    files.sort();
    let read = files.into_iter().map(|path| {
        let text = fs::read_to_string(&path).map_err(|error| error.to_string());
        match text.and_then(|text| Case::read(&text)) {
            Ok(case) => Ok(Case { path, ..case }),
            Err(message) => Err(LoadError { path, message }),
        }
    });
    read.collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), LoadError> {
    let failed = |error: std::io::Error| LoadError {
        path: folder.to_owned(),
        message: error.to_string(),
    };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_case_says() {
        let case = Case::read(
            r#"{"id": "a", "area": "x", "kind": "execution", "type": "EXPRESS", "definition": {"a": 1},
                "inputText": "{ }", "environment": {"region": "r"}, "expect": {},
                "provenance": {"recorded": "28-11-2024, 09:56:00"}}"#,
        )
        .unwrap();
        assert_eq!(case.execution_type, ExecutionType::Express);
        assert_eq!(case.definition_text, r#"{"a":1}"#);
        assert_eq!(case.input_text, "{ }");
        assert_eq!(case.environment("region"), Some("r"));
        assert_eq!(case.recorded().unwrap().to_string(), "2024-11-28T09:56:00.000Z");
    }

    #[test]
    fn says_what_is_missing() {
        assert_eq!(Case::read(r#"{"kind": "execution"}"#).unwrap_err(), "no \"id\"");
        assert!(Case::read("{").unwrap_err().starts_with("not JSON"));
    }
}
