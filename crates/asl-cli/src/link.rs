//! `asl link`: files to links of the playground, and links to what they hold.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use asl_files::{FileError, Opened, file_name};
use asl_link::{Codec, Document, read_link, write_link};

use crate::usage_error::UsageError;

/// Prints the fragment of a link for a definition or a playground file; or, for a link, the document that it holds.
pub(crate) fn link(arguments: Vec<String>) -> Result<ExitCode, UsageError> {
    let [argument]: [String; 1] = arguments
        .try_into()
        .map_err(|_| UsageError("Name one file or one link: asl link FILE|LINK".to_owned()))?;
    let fragment = argument
        .rsplit_once('#')
        .map_or(argument.as_str(), |(_, fragment)| fragment);
    match read_link(fragment).filter(|_| !Path::new(&argument).exists()) {
        Some(Ok(document)) => crate::print(&document.to_value().to_pretty_string("  ")),
        Some(Err(error)) => return Err(UsageError(format!("{}. {error}", error.title()))),
        None => crate::print(&format!("#{}", of_file(Path::new(&argument))?)),
    }
    Ok(ExitCode::SUCCESS)
}

fn of_file(path: &Path) -> Result<String, UsageError> {
    let bytes = fs::read(path).map_err(|error| UsageError::file(path, &error))?;
    let stem = path.file_name().unwrap_or_default().to_string_lossy();
    let title = file_name(stem.split('.').next().unwrap_or_default());
    let document = match asl_files::open(&bytes) {
        Ok(Opened::Playground(document)) => *document,
        Ok(Opened::Definition { text, .. }) => Document {
            title,
            asl: text,
            ..Document::default()
        },
        Ok(_) => {
            return Err(UsageError::file(
                path,
                &"A definition or a playground file makes a link.",
            ));
        }
        Err(FileError(problem)) => return Err(UsageError::file(path, &problem)),
    };
    write_link(&document, Codec::Deflate).map_err(|error| UsageError::file(path, &error))
}
