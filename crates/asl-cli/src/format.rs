//! `asl format`: brings definitions into their canonical form.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use asl_json::Document;

use crate::source::Source;
use crate::usage_error::UsageError;

/// Rewrites the files; with `--check` it only names those that would change, and the exit code is 1 where there are any.
pub(crate) fn format(arguments: Vec<String>) -> Result<ExitCode, UsageError> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut is_check = false;
    for argument in arguments {
        match argument.as_str() {
            "--check" => is_check = true,
            _ if argument.starts_with("--") => return Err(UsageError::option(&argument)),
            _ => files.push(argument.into()),
        }
    }
    if files.is_empty() {
        return Err(UsageError("Name the files to format: asl format FILES...".to_owned()));
    }
    let mut changed = false;
    for path in files {
        let source = Source::read(&path)?;
        let formatted = formatted(&source)?;
        if formatted == source.text {
            continue;
        }
        changed = true;
        crate::print(&path.display().to_string());
        if !is_check {
            fs::write(&path, formatted).map_err(|error| UsageError::file(&path, &error))?;
        }
    }
    Ok(ExitCode::from(u8::from(is_check && changed)))
}

fn formatted(source: &Source) -> Result<String, UsageError> {
    if source.is_yaml() {
        let reason = "only JSON has a canonical form here; see asl convert";
        return Err(UsageError::file(&source.path, &reason));
    }
    asl_assist::format(&Document::parse(source.text.as_str())).map_err(|errors| {
        let first = errors.first().map_or("it is no JSON", |error| error.message.as_str());
        UsageError::file(&source.path, &first)
    })
}
