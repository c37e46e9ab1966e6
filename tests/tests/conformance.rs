//! The project's own cases, and the recorded ones where they lie beside the project.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use std::path::Path;

use asl_tests::run::{Outcome, run};
use asl_tests::table::Report;
use asl_tests::{case, known, record};

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

/// With `UPDATE_EXPECT=1` the expectations are written anew; read that diff before committing it.
#[test]
fn own_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        for case in case::load(&folder).unwrap() {
            std::fs::write(&case.path, record::record(&case).unwrap()).unwrap();
        }
    }
    check(&folder);
}

/// The comparison itself: whatever is changed in a recorded history must be noticed.
#[test]
fn a_changed_history_is_noticed() {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance");
    for case in case::load(&folder).unwrap() {
        for changed in record::with_changed_events(&case) {
            assert!(matches!(run(&changed), Outcome::Failed(_)), "{}", changed.id);
        }
    }
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
