//! `asl convert`: JSON to YAML and YAML to JSON.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use asl_files::yaml::{self, YamlDefinition};
use asl_json::Document;

use crate::source::Source;
use crate::usage_error::UsageError;

/// Prints the definition in the other language, or writes it to the file after `--output`.
pub(crate) fn convert(arguments: Vec<String>) -> Result<ExitCode, UsageError> {
    let mut input: Option<PathBuf> = None;
    let mut output: Option<PathBuf> = None;
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--output" | "-o" => output = arguments.next().map(PathBuf::from),
            _ if argument.starts_with("--") => return Err(UsageError::option(&argument)),
            _ if input.is_none() => input = Some(argument.into()),
            _ => return Err(UsageError(format!("There is one file too many: {argument}"))),
        }
    }
    let Some(input) = input else {
        return Err(UsageError("Name the file to convert: asl convert FILE".to_owned()));
    };
    let converted = converted(&Source::read(&input)?)?;
    match output {
        Some(path) => fs::write(&path, converted).map_err(|error| UsageError::file(&path, &error))?,
        None => crate::print(converted.trim_end()),
    }
    Ok(ExitCode::SUCCESS)
}

fn converted(source: &Source) -> Result<String, UsageError> {
    if source.is_yaml() {
        return to_json(&source.path, &source.text);
    }
    let document = Document::parse(source.text.as_str());
    match document.errors().first() {
        Some(error) => Err(UsageError::file(&source.path, &error.message)),
        None => Ok(yaml::from_json(&document)),
    }
}

fn to_json(path: &Path, text: &str) -> Result<String, UsageError> {
    let value = YamlDefinition::parse(text).and_then(|yaml| yaml.to_json());
    let value = value.map_err(|error| UsageError::file(path, &error.message))?;
    Ok(format!("{}\n", value.to_pretty_string("  ")))
}
