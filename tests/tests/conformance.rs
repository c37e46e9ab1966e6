//! The project's own cases, and the recorded ones where they lie beside the project.

use std::path::Path;

use asl_tests::run::run;
use asl_tests::table::Report;
use asl_tests::{case, known};

const KNOWN_FAILURES: &str = include_str!("../conformance/known_failures.txt");

/// Runs a folder of cases and returns the summary.
fn check(folder: &Path) -> String {
    let cases = case::load(folder).unwrap();
    assert!(!cases.is_empty(), "no cases in {}", folder.display());
    let mut report = Report::default();
    for case in &cases {
        report.add(case, run(case));
    }
    let known = known::read(KNOWN_FAILURES).unwrap();
    let surprises = known::surprises(&known, report.failed(), report.passed());
    assert!(surprises.is_empty(), "{}\n{}", report.failures(), surprises.join("\n"));
    report.summary()
}

#[test]
fn own_cases() {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance"));
}

#[test]
fn recorded_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance/localstack");
    if folder.is_dir() {
        println!("{}", check(&folder));
    } else {
        println!(
            "0 passed, 0 failed, all skipped: the recorded cases are not at {}",
            folder.display()
        );
    }
}
