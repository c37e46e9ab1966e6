//! `conformance FOLDER [--area A] [--kind K] [--id SUBSTRING] [--json FILE] [--quiet]`: runs a folder of cases.
//!
//! The exit code is 0 where nothing failed but known failures, 1 otherwise, 2 for bad usage or unreadable files.

use std::path::PathBuf;
use std::process::ExitCode;

use asl_tests::case::{self, Case};
use asl_tests::known;
use asl_tests::run::run;
use asl_tests::table::Report;

const KNOWN_FAILURES: &str = include_str!("../../conformance/known_failures.txt");

#[derive(Default)]
struct Options {
    folder: PathBuf,
    area: Option<String>,
    kind: Option<String>,
    id: Option<String>,
    json: Option<PathBuf>,
    quiet: bool,
}

fn main() -> ExitCode {
    match options(std::env::args().skip(1)).and_then(|options| conformance(&options)) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let usage = "usage: conformance FOLDER [--area A] [--kind K] [--id SUBSTRING] [--json FILE] [--quiet]";
    let mut options = Options::default();
    let mut folder = None;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(usage);
        match argument.as_str() {
            "--area" => options.area = Some(value()?),
            "--kind" => options.kind = Some(value()?),
            "--id" => options.id = Some(value()?),
            "--json" => options.json = Some(value()?.into()),
            "--quiet" => options.quiet = true,
            _ if argument.starts_with('-') || folder.is_some() => return Err(usage.to_owned()),
            _ => folder = Some(PathBuf::from(argument)),
        }
    }
    options.folder = folder.ok_or(usage)?;
    Ok(options)
}

fn conformance(options: &Options) -> Result<ExitCode, String> {
    let cases = case::load(&options.folder).map_err(|error| error.to_string())?;
    let known = known::read(KNOWN_FAILURES)?;
    // A panic becomes a failure with its message; the default hook would print it a second time.
    std::panic::set_hook(Box::new(|_| {}));
    let mut report = Report::default();
    for case in cases.iter().filter(|case| wanted(options, case)) {
        report.add(case, run(case));
    }
    if !options.quiet {
        print(&report.failures());
    }
    if let Some(path) = &options.json {
        std::fs::write(path, report.to_value().to_string()).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let surprises = known::surprises(&known, report.failed(), report.passed());
    for surprise in surprises.iter().filter(|surprise| surprise.contains("passes")) {
        print(&format!("{surprise}\n"));
    }
    print(&report.summary());
    Ok(if surprises.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn wanted(options: &Options, case: &Case) -> bool {
    let is = |wanted: &Option<String>, actual: &str| wanted.as_deref().is_none_or(|wanted| wanted == actual);
    is(&options.area, &case.area)
        && is(&options.kind, case.kind.as_str())
        && options.id.as_deref().is_none_or(|part| case.id.contains(part))
}

#[expect(clippy::print_stdout, reason = "the report is what the command is for")]
fn print(text: &str) {
    print!("{text}");
}
