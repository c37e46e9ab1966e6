//! The command line.

use std::path::PathBuf;

use asl_core::{ExecutionType, Timestamp};

use crate::usage_error::UsageError;

/// What `asl --help` prints.
pub(crate) const HELP: &str = "\
Runs AWS Step Functions state machines on this machine.

usage:
  asl run DEFINITION [options]      run a definition and print what DescribeExecution answers
  asl validate [--format text|json|sarif|github] [--type STANDARD|EXPRESS] FILES...
                                    print everything AWS would refuse, and advice; JSON and YAML
  asl format [--check] FILES...     bring JSON definitions into their canonical form
  asl convert FILE [--output FILE]  write a JSON definition as YAML, or a YAML one as JSON
  asl link FILE|LINK                print the link of the playground that holds a file, or what a link holds

options of run:
  --input FILE|JSON      the execution's input; {} where it is left out
  --mocks FILE|FOLDER    a mock file of Step Functions Local, or a folder of JavaScript functions
                         named after states or Lambda functions: Pack.js
  --test-case NAME       the test case of the mock file
  --history              print what GetExecutionHistory answers instead
  --trace                print the data-flow stages of every state that was entered instead
  --now RFC3339          the instant at which the execution starts; 2025-01-01T00:00:00Z where it is left out
  --seed N               seed of everything random; 0 where it is left out
  --type STANDARD|EXPRESS
  --no-limits            lift the quotas on payload size and history length

Time is virtual: waits, retries and time-outs cost nothing. A task that nobody mocks returns its input.
Exit code of run: 0 SUCCEEDED, 1 any other end, 2 bad usage or a definition that AWS refuses.
Exit code of validate: 0 no error, 1 an error, 2 bad usage.";

/// What to do.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    /// The arguments behind the command.
    Validate(Vec<String>),
    /// The arguments behind the command.
    Format(Vec<String>),
    /// The arguments behind the command.
    Convert(Vec<String>),
    /// The arguments behind the command.
    Link(Vec<String>),
    Run(RunOptions),
}

/// `asl run`
#[derive(Debug)]
pub(crate) struct RunOptions {
    pub(crate) definition: PathBuf,
    pub(crate) input: Option<String>,
    pub(crate) mocks: Option<PathBuf>,
    pub(crate) test_case: Option<String>,
    pub(crate) history: bool,
    pub(crate) trace: bool,
    pub(crate) now: Timestamp,
    pub(crate) seed: u64,
    pub(crate) execution_type: ExecutionType,
    pub(crate) limits: bool,
}

/// 2025-01-01, so that runs without `--now` are alike.
const DEFAULT_NOW: Timestamp = Timestamp(1_735_689_600_000);

/// Reads the command line, without the name of the command itself.
pub(crate) fn parse(arguments: Vec<String>) -> Result<Command, UsageError> {
    let mut arguments = arguments.into_iter();
    let command = arguments.next();
    match command.as_deref() {
        Some("help" | "--help" | "-h") => return Ok(Command::Help),
        Some("run") => {}
        Some(_)
            if arguments
                .as_slice()
                .iter()
                .any(|argument| matches!(argument.as_str(), "--help" | "-h")) =>
        {
            return Ok(Command::Help);
        }
        Some("validate") => return Ok(Command::Validate(arguments.collect())),
        Some("format") => return Ok(Command::Format(arguments.collect())),
        Some("link") => return Ok(Command::Link(arguments.collect())),
        Some("convert") => return Ok(Command::Convert(arguments.collect())),
        _ => return Err(UsageError(HELP.to_owned())),
    }
    let mut rest = Rest {
        arguments,
        options: defaults(),
        definition: None,
        help: false,
    };
    rest.read()?;
    if rest.help {
        return Ok(Command::Help);
    }
    let Some(definition) = rest.definition else {
        return Err(UsageError(
            "Name the file of a definition: asl run DEFINITION".to_owned(),
        ));
    };
    Ok(Command::Run(RunOptions {
        definition,
        ..rest.options
    }))
}

fn defaults() -> RunOptions {
    RunOptions {
        definition: PathBuf::new(),
        input: None,
        mocks: None,
        test_case: None,
        history: false,
        trace: false,
        now: DEFAULT_NOW,
        seed: 0,
        execution_type: ExecutionType::Standard,
        limits: true,
    }
}

/// The command line behind the command.
struct Rest {
    arguments: std::vec::IntoIter<String>,
    options: RunOptions,
    definition: Option<PathBuf>,
    help: bool,
}

impl Rest {
    fn read(&mut self) -> Result<(), UsageError> {
        while let Some(argument) = self.arguments.next() {
            match argument.as_str() {
                "--help" | "-h" => self.help = true,
                "--type" => self.options.execution_type = execution_type(&self.value("--type")?)?,
                _ if argument.starts_with("--") => self.run_option(&argument)?,
                _ if self.definition.is_none() => self.definition = Some(argument.into()),
                _ => return Err(UsageError(format!("There is one definition too many: {argument}"))),
            }
        }
        Ok(())
    }

    fn run_option(&mut self, name: &str) -> Result<(), UsageError> {
        match name {
            "--input" => self.options.input = Some(self.value(name)?),
            "--mocks" => self.options.mocks = Some(self.value(name)?.into()),
            "--test-case" => self.options.test_case = Some(self.value(name)?),
            "--history" => self.options.history = true,
            "--trace" => self.options.trace = true,
            "--no-limits" => self.options.limits = false,
            "--now" => {
                let text = self.value(name)?;
                let now = Timestamp::parse(&text);
                let wrong = || {
                    UsageError(format!(
                        "--now wants a timestamp such as 2026-01-01T12:00:00Z, not {text}"
                    ))
                };
                self.options.now = now.ok_or_else(wrong)?;
            }
            "--seed" => {
                let text = self.value(name)?;
                let wrong = |_| UsageError(format!("--seed wants a whole number from 0 on, not {text}"));
                self.options.seed = text.parse().map_err(wrong)?;
            }
            _ => return Err(UsageError::option(name)),
        }
        Ok(())
    }

    fn value(&mut self, option: &str) -> Result<String, UsageError> {
        self.arguments
            .next()
            .ok_or_else(|| UsageError(format!("{option} wants a value. See asl --help.")))
    }
}

fn execution_type(text: &str) -> Result<ExecutionType, UsageError> {
    match text {
        "STANDARD" => Ok(ExecutionType::Standard),
        "EXPRESS" => Ok(ExecutionType::Express),
        _ => Err(UsageError(format!("--type is STANDARD or EXPRESS, not {text}"))),
    }
}
