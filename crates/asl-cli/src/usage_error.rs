//! What the author of a command line has to mend.

use std::fmt;
use std::path::Path;

/// A command line, file or definition that cannot be run; the text says how to mend it.
#[derive(Debug)]
pub(crate) struct UsageError(pub(crate) String);

impl UsageError {
    pub(crate) fn file(path: &Path, error: &dyn fmt::Display) -> UsageError {
        UsageError(format!("{}: {error}", path.display()))
    }

    pub(crate) fn option(name: &str) -> UsageError {
        UsageError(format!("There is no option {name}. See asl --help."))
    }
}

impl fmt::Display for UsageError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}
