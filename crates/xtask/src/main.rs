//! The project's own commands. `cargo xtask` lists them.
//!
//! Each file here is one command, and `tools` is what they share: finding what a machine lacks and installing it, or
//! saying in one sentence what to install.
#![expect(clippy::print_stdout, reason = "commands talk to a terminal")]

mod bench;
mod check;
mod chromium;
mod error;
mod npm;
mod serve;
mod site;
mod size;
mod test;
mod tidy;
mod tools;

use std::process::ExitCode;

use error::{Failure, Result};
use xshell::Shell;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  serve [--port N]      build the playground if anything changed, and serve it on this machine
  test                  run everything: native tests, wasm tests, browser tests
  firefox               run the browser tests in Firefox, where it is installed
  build                 build the release site into dist/ (static files, any host, any sub-path)
  npm                   build the packages for npm into target/npm/
  check [--no-tests]    the whole gate: format, clippy, docs, tidy, sizes, tests
  size                  print what ships, raw, gzip and brotli, against the budget
  tidy                  check the rules that no compiler knows
  bench [WORKLOAD...]   time the interpreter on the shared workloads, natively
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nerror: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let shell = Shell::new()?;
    shell.change_dir(tools::root());
    let (command, options) = arguments
        .split_first()
        .map_or(("", arguments), |(first, rest)| (first.as_str(), rest));
    match command {
        "serve" => serve::run(&shell, serve::port(options)?),
        "test" => test::run(&shell),
        "firefox" => test::firefox(&shell),
        "build" => site::build(&shell),
        "npm" => npm::build(&shell),
        "check" => check::run(&shell, !options.iter().any(|option| option == "--no-tests")),
        "size" => size::run(&shell),
        "tidy" => tidy::run(&shell),
        "bench" => bench::run(&shell, options),
        "" | "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        unknown => Err(Failure::new(format!("there is no command \"{unknown}\".\n\n{USAGE}"))),
    }
}
