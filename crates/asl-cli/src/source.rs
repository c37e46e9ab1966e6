//! Definitions in files, JSON or YAML, and what is wrong with them.

use std::fs;
use std::path::{Path, PathBuf};

use asl_files::yaml::{YamlDefinition, YamlError};
use asl_json::{Document, LineIndex, Span};
use asl_model::{Diagnostic, MachineType, Severity, validate_text};

use crate::usage_error::UsageError;

/// A file with a definition.
pub(crate) struct Source {
    /// Its path as given.
    pub(crate) path: PathBuf,
    /// What it holds.
    pub(crate) text: String,
}

impl Source {
    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Result<Source, UsageError> {
        let text = fs::read_to_string(path).map_err(|error| UsageError::file(path, &error))?;
        Ok(Source {
            path: path.to_owned(),
            text,
        })
    }

    /// Returns true where the name of the file says that it holds YAML.
    pub(crate) fn is_yaml(&self) -> bool {
        let extension = self.path.extension().and_then(|extension| extension.to_str());
        matches!(extension, Some("yaml" | "yml"))
    }

    /// Returns everything that is wrong with the definition, with the places in this text.
    pub(crate) fn diagnostics(&self, machine_type: MachineType) -> Vec<Diagnostic> {
        if !self.is_yaml() {
            return validate_text(&self.text, machine_type);
        }
        self.of_yaml(machine_type)
            .unwrap_or_else(|error| vec![unreadable(error)])
    }

    /// The edits are dropped: they are edits of JSON.
    fn of_yaml(&self, machine_type: MachineType) -> Result<Vec<Diagnostic>, YamlError> {
        let yaml = YamlDefinition::parse(&self.text)?;
        let json = yaml.to_json()?.to_string();
        let document = Document::parse(json.as_str());
        let found = validate_text(&json, machine_type)
            .into_iter()
            .map(|diagnostic| Diagnostic {
                span: yaml.place(&document, diagnostic.span),
                fixes: Vec::new(),
                ..diagnostic
            });
        Ok(found.collect())
    }

    /// Returns the index of the lines.
    pub(crate) fn lines(&self) -> LineIndex {
        LineIndex::new(self.text.as_str())
    }
}

fn unreadable(error: YamlError) -> Diagnostic {
    Diagnostic {
        code: "YAML_SYNTAX",
        severity: Severity::Error,
        message: error.message,
        location: None,
        span: Span::new(error.span.start, error.span.end.max(error.span.start)),
        help: "Mend the YAML here.".to_owned(),
        fixes: Vec::new(),
        rule: "yaml_syntax",
    }
}
