//! `jsonata FOLDER`: runs the official test suite of JSONata.
//!
//! The exit code is 0 where nothing failed but known failures, 1 otherwise, 2 for bad usage or unreadable files.

use std::path::Path;
use std::process::ExitCode;

use asl_tests::jsonata::Suite;
use asl_tests::known;

const KNOWN_FAILURES: &str = include_str!("../../portable/jsonata_known_failures.txt");

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match &arguments[..] {
        [folder] if !folder.starts_with('-') => jsonata(Path::new(folder)),
        _ => Err("usage: jsonata FOLDER".to_owned()),
    };
    outcome.unwrap_or_else(|message| {
        eprintln!("{message}");
        ExitCode::from(2)
    })
}

#[expect(clippy::print_stdout, reason = "the report is what the program is for")]
fn jsonata(folder: &Path) -> Result<ExitCode, String> {
    let suite = Suite::load(folder)?;
    let known = known::read(KNOWN_FAILURES)?;
    let (mut passed, mut failed) = (Vec::new(), Vec::new());
    for case in &suite.cases {
        match suite.run(case) {
            Ok(()) => passed.push(case.name.as_str()),
            Err(reason) => {
                let note = known.get(case.name.as_str()).map_or("", |_| " (known)");
                println!("{}{note}: {reason}", case.name);
                failed.push(case.name.as_str());
            }
        }
    }
    let surprises = known::surprises(&known, failed.iter().copied(), passed.iter().copied());
    for surprise in &surprises {
        println!("{surprise}");
    }
    println!("{} passed, {} failed, 0 skipped", passed.len(), failed.len());
    Ok(ExitCode::from(u8::from(!surprises.is_empty())))
}
