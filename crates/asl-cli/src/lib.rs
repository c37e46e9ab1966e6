//! The native host: it runs state machines from files, with mocks written in JavaScript, and waits for nothing.
//!
//! The binary `asl` is a thin shell around [`main`]. Read [`javascript::call`] for how a mock runs.

mod arguments;
mod convert;
mod definition;
mod format;
pub mod javascript;
mod link;
mod mocks;
mod report;
mod run;
mod source;
mod usage_error;
mod validate;

use std::process::ExitCode;

use arguments::Command;

/// Runs the command line and returns the exit code. Answers go to standard output, everything else to standard error.
pub fn main(arguments: Vec<String>) -> ExitCode {
    let done = arguments::parse(arguments).and_then(|command| match command {
        Command::Help => {
            print(arguments::HELP);
            Ok(ExitCode::SUCCESS)
        }
        Command::Validate(arguments) => validate::validate(arguments),
        Command::Format(arguments) => format::format(arguments),
        Command::Convert(arguments) => convert::convert(arguments),
        Command::Link(arguments) => link::link(arguments),
        Command::Run(options) => run::run(&options),
    });
    done.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::from(2)
    })
}

/// Writes a line to standard output. A reader that has gone away is no reason to fail.
pub(crate) fn print(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{text}");
}
