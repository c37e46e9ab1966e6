//! `docs/diagnostics.md` is made of what the rules say about themselves, and what they say is true.
//!
//! `UPDATE_EXPECT=1 cargo test -p asl-model --test diagnostics_page` writes the page anew.

#![expect(clippy::unwrap_used, reason = "a test speaks by panicking")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use asl_model::{Diagnostic, MachineType, validate_text};
use expect_test::expect_file;

/// What a rule's file says about it.
struct Rule {
    /// The name of its file.
    name: String,
    /// The first paragraph.
    title: String,
    wrong: String,
    right: String,
    /// What follows the samples; may be empty.
    rest: String,
}

/// Returns the rules in the order of their names.
fn rules() -> Vec<Rule> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let rules = paths
        .iter()
        .map(|path| (name(path), fs::read_to_string(path).unwrap()))
        .filter(|(name, _)| !matches!(name.as_str(), "mod" | "suggest"));
    rules.map(|(name, source)| rule(name, &source)).collect()
}

fn rule(name: String, source: &str) -> Rule {
    let comment: Vec<&str> = source
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let comment = comment.join("\n");
    let parts = || comment.split_once("\n\nWrong:\n\n```json\n");
    let (title, samples) = parts().unwrap_or_else(|| panic!("{name} has no wrong sample"));
    let (wrong, samples) = samples
        .split_once("\n```\n\nRight:\n\n```json\n")
        .unwrap_or_else(|| panic!("{name} has no right sample"));
    let (right, rest) = samples.split_once("\n```").unwrap();
    Rule {
        title: title.to_owned(),
        wrong: wrong.to_owned(),
        right: right.to_owned(),
        rest: rest.trim().to_owned(),
        name,
    }
}

/// Returns what a rule finds in a sample, which is a machine, or a state that stands as `S` in front of a state `Z`.
fn found_by(rule: &str, sample: &str) -> Vec<Diagnostic> {
    let text = if sample.contains("\"States\": {") && sample.contains("\"StartAt\"") && !sample.starts_with("{\n  \"Type\"") {
        sample.to_owned()
    } else {
        format!(r#"{{"StartAt": "S", "States": {{"S": {sample}, "Z": {{"Type": "Succeed"}}}}}}"#)
    };
    let found = [MachineType::Standard, MachineType::Express].map(|machine_type| {
        let mut found = validate_text(&text, machine_type);
        found.retain(|diagnostic| diagnostic.rule == rule);
        found
    });
    let [standard, express] = found;
    if standard.is_empty() { express } else { standard }
}

fn section(rule: &Rule) -> String {
    let found = found_by(&rule.name, &rule.wrong);
    let first = found.first().unwrap_or_else(|| panic!("{} finds nothing in its wrong sample", rule.name));
    let right = found_by(&rule.name, &rule.right);
    assert!(right.is_empty(), "{} finds something in its right sample: {right:?}", rule.name);
    let message = first.message.lines().next().unwrap_or_default();
    let mut text = format!("## {}\n\n{}\n\n", rule.name, rule.title);
    let severity = if first.is_error() { "error" } else { "warning" };
    let _ = write!(text, "`{}`, {severity}", first.code);
    if !first.is_known_to_aws() && first.code != "JSON_SYNTAX" {
        text.push_str(", which the service does not have");
    }
    let _ = write!(text, "\n\n```json\n{}\n```\n\n", rule.wrong);
    let _ = write!(text, "> {message}\n>\n> {}\n\n", first.help);
    let _ = write!(text, "Right:\n\n```json\n{}\n```\n", rule.right);
    if !rule.rest.is_empty() {
        let _ = write!(text, "\n{}\n", rule.rest);
    }
    text
}

const INTRODUCTION: &str = "\
# Diagnostics

Everything that the editor and `asl validate` find in a definition, rule by rule: what is wrong, what is said about it, the
way out, and how it looks when it is right. An error is what CreateStateMachine refuses, in its words; a warning is advice.

A sample that is no whole state machine is a state: think of it as `S`, the first of a machine, with a state `Z` beside it
that ends. This page is written from the rules in `crates/asl-model/src/rules` by a test, which holds every sample to it.
";

#[test]
fn the_page_is_what_the_rules_say() {
    let rules = rules();
    let mut page = INTRODUCTION.to_owned();
    page.push('\n');
    for rule in &rules {
        let title = rule.title.replace('\n', " ");
        let _ = writeln!(page, "- [{}](#{}): {title}", rule.name, rule.name);
    }
    for rule in &rules {
        page.push('\n');
        page.push_str(&section(rule));
    }
    expect_file!["../../../docs/diagnostics.md"].assert_eq(&page);
}

#[test]
fn every_diagnostic_names_its_section() {
    let names: Vec<String> = rules().into_iter().map(|rule| rule.name).collect();
    for rule in rules() {
        for text in [&rule.wrong, &format!("{{\"StartAt\": 1, \"States\": {{\"S\": {}}}}}", rule.wrong)] {
            for diagnostic in validate_text(text, MachineType::Express) {
                assert!(names.iter().any(|name| name == diagnostic.rule), "{diagnostic}");
            }
        }
    }
}
