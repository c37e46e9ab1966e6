//! Definitions from files, and what is wrong with them, shown where it is wrong.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use asl_core::{ExecutionType, StateMachine};
use asl_json::{LineIndex, Position};
use asl_model::{Diagnostic, MachineType};

use crate::usage_error::UsageError;

/// Reads, validates and compiles a definition. Warnings are no obstacle and are not shown.
pub(crate) fn compile(path: &Path, execution_type: ExecutionType) -> Result<Arc<StateMachine>, UsageError> {
    let text = read(path)?;
    let refused = |diagnostics: &[Diagnostic]| UsageError(describe(path, &text, diagnostics));
    let mut diagnostics = asl_model::validate_text(&text, machine_type(execution_type));
    diagnostics.retain(Diagnostic::is_error);
    if !diagnostics.is_empty() {
        return Err(refused(&diagnostics));
    }
    let parsed = asl_model::parse(&text);
    match parsed.definition {
        Some(definition) => StateMachine::compile(&definition).map_err(|diagnostics| refused(&diagnostics)),
        None => Err(refused(&parsed.diagnostics)),
    }
}

fn read(path: &Path) -> Result<String, UsageError> {
    fs::read_to_string(path).map_err(|error| UsageError::file(path, &error))
}

fn machine_type(execution_type: ExecutionType) -> MachineType {
    match execution_type {
        ExecutionType::Standard => MachineType::Standard,
        ExecutionType::Express => MachineType::Express,
    }
}

/// Writes each diagnostic with its code, the place, the line of the text and a mark below it.
pub(crate) fn describe(path: &Path, text: &str, diagnostics: &[Diagnostic]) -> String {
    let index = LineIndex::new(text);
    let described = diagnostics
        .iter()
        .map(|diagnostic| describe_one(path, text, &index, diagnostic));
    described.collect::<Vec<_>>().join("\n")
}

fn describe_one(path: &Path, text: &str, index: &LineIndex, diagnostic: &Diagnostic) -> String {
    let start = index.position(diagnostic.span.start);
    let end = index.position(diagnostic.span.end);
    let line_start = index.offset(Position {
        line: start.line,
        column: 1,
    });
    let line = text[line_start..].lines().next().unwrap_or_default();
    let width = if end.line == start.line {
        end.column.saturating_sub(start.column)
    } else {
        1
    };
    let number = start.line.to_string();
    let margin = " ".repeat(number.len());
    let mut described = format!(
        "{}[{}]: {}\n",
        diagnostic.severity.name(),
        diagnostic.code,
        diagnostic.message
    );
    let _ = writeln!(
        described,
        "{margin}--> {}:{}:{}",
        path.display(),
        start.line,
        start.column
    );
    let _ = writeln!(described, "{number} | {line}");
    let _ = writeln!(
        described,
        "{margin} | {}{}",
        " ".repeat(start.column - 1),
        "^".repeat(width.max(1))
    );
    if !diagnostic.help.is_empty() {
        let _ = writeln!(described, "{margin} = {}", diagnostic.help);
    }
    if !diagnostic.rule.is_empty() {
        let _ = writeln!(described, "{margin} = see docs/diagnostics.md#{}", diagnostic.rule);
    }
    described
}
