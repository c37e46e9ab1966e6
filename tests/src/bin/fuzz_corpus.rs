//! `fuzz_corpus CASES FOLDER`: writes the definition and input of every case as a start for the fuzzer.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use asl_tests::case;

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [cases, folder] = arguments.as_slice() else {
        eprintln!("usage: fuzz_corpus CASES FOLDER");
        return ExitCode::from(2);
    };
    match write(cases, folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn write(cases: &Path, folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    for case in case::load(cases).map_err(|error| error.to_string())? {
        let text = format!("{}\0{}", case.definition_text, case.input_text);
        std::fs::write(folder.join(&case.id), text).map_err(|error| error.to_string())?;
    }
    Ok(())
}
