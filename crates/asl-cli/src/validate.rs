//! `asl validate`: says what is wrong with definitions.

use std::path::PathBuf;
use std::process::ExitCode;

use asl_model::{Diagnostic, MachineType};

use crate::report::{Checked, ReportFormat, report};
use crate::source::Source;
use crate::usage_error::UsageError;

/// What to validate and how to tell.
#[derive(Debug, Default)]
struct Options {
    files: Vec<PathBuf>,
    format: ReportFormat,
    machine_type: MachineType,
}

/// Prints the diagnostics of all files; the exit code is 1 where AWS would refuse one of them.
pub(crate) fn validate(arguments: Vec<String>) -> Result<ExitCode, UsageError> {
    let options = parse(arguments)?;
    let mut checked = Vec::new();
    for path in &options.files {
        let source = Source::read(path)?;
        let diagnostics = source.diagnostics(options.machine_type);
        checked.push(Checked { source, diagnostics });
    }
    let written = report(&checked, options.format);
    if !written.is_empty() {
        crate::print(&written);
    }
    let is_refused = checked
        .iter()
        .any(|file| file.diagnostics.iter().any(Diagnostic::is_error));
    Ok(ExitCode::from(u8::from(is_refused)))
}

fn parse(arguments: Vec<String>) -> Result<Options, UsageError> {
    let mut options = Options::default();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--format" => options.format = format(&arguments.next().unwrap_or_default())?,
            "--type" => options.machine_type = machine_type(&arguments.next().unwrap_or_default())?,
            _ if argument.starts_with("--") => return Err(UsageError::option(&argument)),
            _ => options.files.push(argument.into()),
        }
    }
    if options.files.is_empty() {
        return Err(UsageError(
            "Name the files to validate: asl validate FILES...".to_owned(),
        ));
    }
    Ok(options)
}

fn format(text: &str) -> Result<ReportFormat, UsageError> {
    match text {
        "text" => Ok(ReportFormat::Text),
        "json" => Ok(ReportFormat::Json),
        "sarif" => Ok(ReportFormat::Sarif),
        "github" => Ok(ReportFormat::GitHub),
        _ => Err(UsageError(format!(
            "--format is text, json, sarif or github, not {text}"
        ))),
    }
}

fn machine_type(text: &str) -> Result<MachineType, UsageError> {
    match text {
        "STANDARD" => Ok(MachineType::Standard),
        "EXPRESS" => Ok(MachineType::Express),
        _ => Err(UsageError(format!("--type is STANDARD or EXPRESS, not {text}"))),
    }
}
