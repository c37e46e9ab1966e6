//! Mocks from files: a mock file of Step Functions Local, or a folder of JavaScript functions.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use asl_host::{Mock, MockBehavior, MockFile, MockMatch, Mocks};

use crate::usage_error::UsageError;

/// Reads the mocks of a run.
pub(crate) fn read(path: &Path, test_case: Option<&str>) -> Result<Mocks, UsageError> {
    if path.is_dir() {
        return match test_case {
            None => read_folder(path),
            Some(_) => Err(UsageError(
                "--test-case belongs to a mock file, not to a folder of functions.".to_owned(),
            )),
        };
    }
    let text = fs::read_to_string(path).map_err(|error| UsageError::file(path, &error))?;
    let file = MockFile::parse(&text).map_err(|error| UsageError::file(path, &error))?;
    let names = file.test_case_names(None);
    let test_case = match (test_case, &names[..]) {
        (Some(name), _) => name,
        (None, [only]) => only,
        (None, []) => return Err(UsageError::file(path, &"There is no test case in this mock file.")),
        (None, _) => {
            let choice = format!("Choose one with --test-case: {}.", names.join(", "));
            return Err(UsageError::file(path, &choice));
        }
    };
    file.mocks(None, test_case)
        .map_err(|error| UsageError::file(path, &error))
}

/// Reads every `NAME.js` and `NAME.mjs`. The name is that of a state or of a Lambda function; states come first.
fn read_folder(folder: &Path) -> Result<Mocks, UsageError> {
    let failed = |error: std::io::Error| UsageError::file(folder, &error);
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "js" || extension == "mjs")
    });
    paths.sort();
    let mut mocks = Mocks::default();
    let mut of_functions = Vec::new();
    for path in paths {
        let source: Arc<str> = fs::read_to_string(&path)
            .map_err(|error| UsageError::file(&path, &error))?
            .into();
        let name: Arc<str> = path.file_stem().unwrap_or_default().to_string_lossy().into();
        let behavior = MockBehavior::JavaScript(source);
        mocks.mocks.push(Mock {
            matches: MockMatch::State(name.clone()),
            behavior: behavior.clone(),
        });
        of_functions.push(Mock {
            matches: MockMatch::Resource(name),
            behavior,
        });
    }
    mocks.mocks.extend(of_functions);
    Ok(mocks)
}
