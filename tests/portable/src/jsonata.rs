//! Runs the official test suite of JSONata: a folder of groups of cases, and data sets that many cases share.
//!
//! The suite is unmodified; `TESTSUITE.md` beside it says what the fields mean.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use asl_json::{Value, parse_value};
use asl_jsonata::{Document, EvalError, Expression, Limits, Profile};

/// Levels of evaluation where a case names no depth.
const DEPTH: usize = 50_000;

/// Steps in the place of a time limit, and where a case names none.
const STEPS: u64 = 20_000_000;

/// The suite: cases, and the data sets they name.
#[derive(Debug, Default)]
pub struct Suite {
    /// All cases, in the order of their names.
    pub cases: Vec<Case>,
    datasets: BTreeMap<String, Value>,
}

/// One case of the suite.
#[derive(Debug)]
pub struct Case {
    /// The group, the file and, where the file has several cases, a number from 0: `joins/index#12`.
    pub name: String,
    fields: Value,
    /// The text of the file that the case names instead of an expression.
    expression: Option<String>,
}

impl Suite {
    /// Reads the suite in a folder.
    ///
    /// # Errors
    ///
    /// Names the first file that cannot be read.
    pub fn load(folder: &Path) -> Result<Suite, String> {
        let mut files = BTreeMap::new();
        for file in entries(&folder.join("datasets"))? {
            files.insert(format!("datasets/{}", name(&file)), read(&file)?);
        }
        for group in entries(&folder.join("groups"))? {
            for file in entries(&group)? {
                files.insert(format!("groups/{}/{}", name(&group), name(&file)), read(&file)?);
            }
        }
        Suite::of(&files)
    }

    /// Returns the suite of files given as texts by their paths, such as `groups/joins/index.json`: for a host without
    /// a file system.
    ///
    /// # Errors
    ///
    /// Names the first file that is not as the suite's files are.
    pub fn of(files: &BTreeMap<String, String>) -> Result<Suite, String> {
        let mut suite = Suite::default();
        for (path, text) in files {
            let Some(path_and_stem) = path.strip_suffix(".json") else {
                continue;
            };
            let content = parse_value(text).map_err(|error| format!("{path}: {error}"))?;
            if let Some(name) = path_and_stem.strip_prefix("datasets/") {
                suite.datasets.insert(name.to_owned(), content);
            } else if let Some(name) = path_and_stem.strip_prefix("groups/") {
                suite.add(name, content, files)?;
            }
        }
        Ok(suite)
    }

    fn add(&mut self, name: &str, content: Value, files: &BTreeMap<String, String>) -> Result<(), String> {
        let group = name.split('/').next().unwrap_or_default();
        let beside = |fields: &Value| {
            let file = fields.get("expr-file").and_then(Value::as_str)?;
            let text = files.get(&format!("groups/{group}/{file}")).cloned();
            Some(text.ok_or_else(|| format!("{name}: there is no {file}")))
        };
        let several = content.as_array().map(|cases| cases.to_vec());
        let numbered = several.is_some();
        for (index, fields) in several.unwrap_or_else(|| vec![content]).into_iter().enumerate() {
            self.cases.push(Case {
                expression: beside(&fields).transpose()?,
                name: if numbered {
                    format!("{name}#{index}")
                } else {
                    name.to_owned()
                },
                fields,
            });
        }
        Ok(())
    }

    /// Runs one case.
    ///
    /// # Errors
    ///
    /// Says what came instead of what the case expects.
    pub fn run(&self, case: &Case) -> Result<(), String> {
        let outcome = self.outcome(case);
        if case.expects(&outcome) {
            return Ok(());
        }
        Err(match outcome {
            Ok(Some(value)) => format!("gave {}", shortened(&value.to_string())),
            Ok(None) => "gave undefined".to_owned(),
            Err(code) => format!("failed with {code}"),
        })
    }

    /// Returns the value of the case's expression, `None` where it is undefined, or the code of the error.
    fn outcome(&self, case: &Case) -> Result<Option<Value>, String> {
        let text = case.expression.as_deref().or_else(|| case.fields.get("expr")?.as_str());
        let expression = Expression::parse_in(text.unwrap_or_default(), Profile::Standard);
        let expression = expression.map_err(|error| error.code.unwrap_or(error.message))?;
        let bindings = case.fields.get("bindings").and_then(Value::as_object);
        let bindings = bindings.into_iter().flat_map(asl_json::Object::iter);
        let variables: Vec<_> = bindings
            .map(|(name, value)| (name.to_string(), value.clone()))
            .collect();
        let named = || self.datasets.get(case.fields.get("dataset")?.as_str()?);
        let document = Document {
            input: case.fields.get("data").or_else(named),
            variables: &variables,
            now_ms: 1_700_000_000_000,
            seed: 1,
            limits: case.limits(),
        };
        expression.evaluate_document(&document).map_err(|error| match error {
            EvalError::Coded { code, .. } => code,
            EvalError::Limit { code, .. } => code.to_owned(),
            other => other.to_string(),
        })
    }
}

impl Case {
    fn limits(&self) -> Limits {
        let depth = self.fields.get("depth").and_then(Value::as_i64);
        Limits {
            max_steps: STEPS,
            max_depth: depth.and_then(|depth| usize::try_from(depth).ok()).unwrap_or(DEPTH),
            max_string_bytes: 1 << 28,
            max_array_items: 1 << 24,
            max_result_bytes: 1 << 28,
        }
    }

    fn expects(&self, outcome: &Result<Option<Value>, String>) -> bool {
        let error = self.fields.get("error").and_then(|error| error.get("code"));
        let code = self.fields.get("code").or(error).and_then(Value::as_str);
        match (outcome, self.fields.get("result")) {
            (Err(found), _) => code == Some(found),
            (Ok(Some(found)), Some(expected)) if self.fields.get("unordered").is_some() => {
                sorted(found) == sorted(expected)
            }
            (Ok(Some(found)), Some(expected)) => found == expected,
            (Ok(None), None) => code.is_none(),
            (Ok(_), _) => false,
        }
    }
}

/// Returns the texts of the items of an array in alphabetical order.
fn sorted(value: &Value) -> Vec<String> {
    let mut texts: Vec<String> = value
        .as_array()
        .into_iter()
        .flat_map(|items| items.iter().map(Value::to_string))
        .collect();
    texts.sort_unstable();
    texts
}

fn shortened(text: &str) -> String {
    text.chars().take(200).collect()
}

/// Returns what is in a folder, in the order of the names.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort_unstable();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}
