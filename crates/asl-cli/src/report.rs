//! Diagnostics of files, written for people and for machines. Lines and columns count from 1, columns in UTF-16 units.

use asl_json::{LineIndex, Position, Value};
use asl_model::{Diagnostic, Severity};

use crate::definition;
use crate::source::Source;

/// How to write diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ReportFormat {
    /// For people: the line of the text with a mark below.
    #[default]
    Text,
    /// `{"diagnostics": [...]}`
    Json,
    /// SARIF 2.1.0, which code scanning services read.
    Sarif,
    /// Commands of GitHub Actions' log, which become annotations.
    GitHub,
}

/// A file and what is wrong with it.
pub(crate) struct Checked {
    pub(crate) source: Source,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Writes what is wrong with files.
pub(crate) fn report(checked: &[Checked], format: ReportFormat) -> String {
    match format {
        ReportFormat::Text => text(checked),
        ReportFormat::Json => {
            let listed = each(checked, json);
            Value::object([("diagnostics", Value::from(listed))]).to_pretty_string("  ")
        }
        ReportFormat::Sarif => sarif(checked).to_pretty_string("  "),
        ReportFormat::GitHub => each(checked, github).join("\n"),
    }
}

/// What one diagnostic is written from.
struct Finding<'a> {
    file: String,
    diagnostic: &'a Diagnostic,
    index: &'a LineIndex,
    start: Position,
    end: Position,
}

fn each<T>(checked: &[Checked], write: impl Fn(&Finding<'_>) -> T) -> Vec<T> {
    let mut written = Vec::new();
    for file in checked {
        let index = file.source.lines();
        let findings = file.diagnostics.iter().map(|diagnostic| Finding {
            file: file.source.path.display().to_string(),
            diagnostic,
            index: &index,
            start: index.position(diagnostic.span.start),
            end: index.position(diagnostic.span.end),
        });
        written.extend(findings.map(|finding| write(&finding)));
    }
    written
}

fn text(checked: &[Checked]) -> String {
    let mut parts = Vec::new();
    for file in checked {
        if !file.diagnostics.is_empty() {
            parts.push(definition::describe(
                &file.source.path,
                &file.source.text,
                &file.diagnostics,
            ));
        }
    }
    let all = || checked.iter().flat_map(|file| &file.diagnostics);
    let errors = all().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = all().count() - errors;
    parts.push(match (errors, warnings, checked.len()) {
        (0, 0, 1) => "The definition is valid.".to_owned(),
        (0, 0, files) => format!("All {files} definitions are valid."),
        _ => format!("{}, {}.", counted(errors, "error"), counted(warnings, "warning")),
    });
    parts.join("\n")
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

fn number(value: usize) -> Value {
    Value::from(i64::try_from(value).unwrap_or(i64::MAX))
}

/// The members that say where something stands, as each format names them.
fn region(start: Position, end: Position, names: [&'static str; 4]) -> Vec<(&'static str, Value)> {
    let values = [start.line, start.column, end.line, end.column];
    names.into_iter().zip(values.map(number)).collect()
}

fn json(finding: &Finding<'_>) -> Value {
    let diagnostic = finding.diagnostic;
    let fixes = diagnostic.fixes.iter().map(|fix| {
        let (start, end) = (
            finding.index.position(fix.span.start),
            finding.index.position(fix.span.end),
        );
        let mut members = vec![("title", Value::from(fix.title.as_str()))];
        members.extend(region(start, end, ["line", "column", "endLine", "endColumn"]));
        members.push(("replacement", Value::from(fix.replacement.as_str())));
        Value::object(members)
    });
    let location = diagnostic.location.as_deref().map_or(Value::Null, Value::from);
    let mut members = vec![
        ("file", Value::from(finding.file.as_str())),
        ("severity", Value::from(diagnostic.severity.name())),
        ("code", Value::from(diagnostic.code)),
        ("message", Value::from(diagnostic.message.as_str())),
        ("location", location),
    ];
    members.extend(region(
        finding.start,
        finding.end,
        ["line", "column", "endLine", "endColumn"],
    ));
    members.push(("rule", Value::from(diagnostic.rule)));
    members.push(("help", Value::from(diagnostic.help.as_str())));
    members.push(("fixes", Value::array(fixes)));
    Value::object(members)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn sarif(checked: &[Checked]) -> Value {
    let text = |text: &str| Value::object([("text", Value::from(text))]);
    let results = each(checked, |finding| {
        let diagnostic = finding.diagnostic;
        let region = region(
            finding.start,
            finding.end,
            ["startLine", "startColumn", "endLine", "endColumn"],
        );
        let uri = Value::object([("uri", Value::from(finding.file.replace('\\', "/")))]);
        let place = Value::object([("artifactLocation", uri), ("region", Value::object(region))]);
        Value::object([
            ("ruleId", Value::from(diagnostic.code)),
            ("level", Value::from(level(diagnostic.severity))),
            ("message", text(&diagnostic.message)),
            (
                "locations",
                Value::array([Value::object([("physicalLocation", place)])]),
            ),
            ("properties", Value::object([("rule", Value::from(diagnostic.rule))])),
        ])
    });
    let driver = Value::object([
        ("name", Value::from("asl")),
        ("version", Value::from(env!("CARGO_PKG_VERSION"))),
    ]);
    let run = Value::object([
        ("tool", Value::object([("driver", driver)])),
        ("columnKind", Value::from("utf16CodeUnits")),
        ("results", Value::from(results)),
    ]);
    Value::object([
        ("$schema", Value::from("https://json.schemastore.org/sarif-2.1.0.json")),
        ("version", Value::from("2.1.0")),
        ("runs", Value::array([run])),
    ])
}

fn github(finding: &Finding<'_>) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let diagnostic = finding.diagnostic;
    format!(
        "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}",
        level(diagnostic.severity),
        property(&finding.file),
        finding.start.line,
        finding.start.column,
        finding.end.line,
        finding.end.column,
        property(diagnostic.code),
        data(&diagnostic.message)
    )
}
