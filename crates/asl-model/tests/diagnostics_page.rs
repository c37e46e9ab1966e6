//! `docs/diagnostics.md` and the page that ships with the playground are made of what the rules say about themselves, and
//! what they say is true.
//!
//! `UPDATE_EXPECT=1 cargo test -p asl-model --test diagnostics_page` writes both anew.

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
        .filter(|(name, _)| !matches!(name.as_str(), "mod" | "context" | "suggest" | "walk"));
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

/// What a rule says about its wrong sample.
struct Finding {
    code: &'static str,
    /// How bad it is, in words.
    kind: &'static str,
    message: String,
    help: String,
}

/// Returns what a rule says about its wrong sample, having made sure that it says nothing about the right one.
fn finding(rule: &Rule) -> Finding {
    let found = found_by(&rule.name, &rule.wrong);
    let first = found
        .first()
        .unwrap_or_else(|| panic!("{} finds nothing in its wrong sample", rule.name));
    let right = found_by(&rule.name, &rule.right);
    assert!(
        right.is_empty(),
        "{} finds something in its right sample: {right:?}",
        rule.name
    );
    Finding {
        code: first.code,
        kind: match (first.is_error(), first.is_known_to_aws()) {
            (true, _) => "error",
            (false, true) => "warning",
            (false, false) => "warning that the service does not have",
        },
        message: first.message.lines().next().unwrap_or_default().to_owned(),
        help: first.help.clone(),
    }
}

/// Returns what a rule finds in a sample, which is a machine, or a state that stands as `S` in front of a state `Z`.
fn found_by(rule: &str, sample: &str) -> Vec<Diagnostic> {
    let text =
        if sample.contains("\"States\": {") && sample.contains("\"StartAt\"") && !sample.starts_with("{\n  \"Type\"") {
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

/// Returns the section of the page in the repository.
fn section(rule: &Rule) -> String {
    let Finding {
        code,
        kind,
        message,
        help,
    } = finding(rule);
    let Rule {
        name,
        title,
        wrong,
        right,
        rest,
    } = rule;
    let mut text = format!("## {name}\n\n{title}\n\n`{code}`, {kind}\n\n");
    let _ = write!(text, "Wrong:\n\n```json\n{wrong}\n```\n\n> {message}\n>\n> {help}\n\n");
    let _ = writeln!(text, "Right:\n\n```json\n{right}\n```");
    if !rest.is_empty() {
        let _ = write!(text, "\n{rest}\n");
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Returns prose as HTML: what stands between backticks is code.
fn prose(text: &str) -> String {
    let pieces = escaped(text);
    let pieces = pieces.split('`').enumerate();
    let html = pieces.map(|(at, piece)| match at % 2 {
        0 => piece.to_owned(),
        _ => format!("<code>{piece}</code>"),
    });
    html.collect()
}

/// Returns the section of the page that ships with the playground.
fn html_section(rule: &Rule) -> String {
    let Finding {
        code,
        kind,
        message,
        help,
    } = finding(rule);
    let pre = |text: &str| format!("<pre tabindex=\"0\">{}</pre>\n", escaped(text));
    let mut html = format!("<section id=\"{0}\">\n<h2><a href=\"#{0}\">{0}</a></h2>\n", rule.name);
    let _ = writeln!(
        html,
        "<p>{}</p>\n<p><code>{code}</code>, {kind}</p>",
        prose(&rule.title)
    );
    let _ = write!(html, "<h3>Wrong</h3>\n{}", pre(&rule.wrong));
    let _ = writeln!(
        html,
        "<blockquote><p>{}</p><p>{}</p></blockquote>",
        escaped(&message),
        escaped(&help)
    );
    let _ = write!(html, "<h3>Right</h3>\n{}", pre(&rule.right));
    if !rule.rest.is_empty() {
        let _ = writeln!(html, "<p>{}</p>", prose(&rule.rest));
    }
    html.push_str("</section>\n");
    html
}

const HTML_HEAD: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Diagnostics - ASL Playground</title>
<style>
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; background: light-dark(#fff, #0f131a); color: light-dark(#1b2028, #f2f4f8); font: 1rem/1.55 Inter, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.5rem; } h2 { margin-top: 3rem; font-size: 1.125rem; } h3 { margin-bottom: 0.25rem; font-size: 0.875rem; }
a { color: light-dark(#084f9f, #93c6ff); }
section:target h2 a { padding: 0 0.375rem; border-radius: 6px; background: light-dark(#e7f0fb, #12263c); }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.875em; overflow-wrap: anywhere; }
pre { overflow-x: auto; margin: 0; padding: 0.75rem 1rem; border: 1px solid light-dark(#e2e5ea, #222935); border-radius: 8px; background: light-dark(#f7f8fa, #0b0f15); overflow-wrap: normal; }
blockquote { margin: 0.75rem 0; padding: 0 1rem; border-left: 3px solid light-dark(#a1140d, #ff7a68); }
blockquote p { margin: 0.25rem 0; }
li { margin: 0.25rem 0; }
</style>
</head>
<body>
"#;

fn html_page(rules: &[Rule]) -> String {
    let mut html = HTML_HEAD.to_owned();
    html.push_str("<h1>Diagnostics</h1>\n<p><a href=\"./\">Back to the playground</a></p>\n");
    for paragraph in INTRODUCTION.split("\n\n").skip(1).take(2) {
        let _ = writeln!(html, "<p>{}</p>", prose(paragraph.trim()));
    }
    html.push_str("<ul>\n");
    for rule in rules {
        let _ = writeln!(
            html,
            "<li><a href=\"#{0}\">{0}</a>: {1}</li>",
            rule.name,
            prose(&rule.title)
        );
    }
    html.push_str("</ul>\n");
    html.extend(rules.iter().map(html_section));
    html.push_str("</body>\n</html>\n");
    html
}

const INTRODUCTION: &str = "\
# Diagnostics

Everything that the editor and `asl validate` find in a definition, rule by rule: what is wrong, what is said about it, the
way out, and how it looks when it is right. An error is what CreateStateMachine refuses, in its words; a warning is advice.

A sample that is no whole state machine is a state: think of it as `S`, the first of a machine, with a state `Z` beside it
that ends.

This page is written from the rules in `crates/asl-model/src/rules` by a test, which holds every sample to what it says.
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
    expect_file!["../../../web/help/diagnostics.html"].assert_eq(&html_page(&rules));
}

#[test]
fn every_diagnostic_names_its_section() {
    let names: Vec<String> = rules().into_iter().map(|rule| rule.name).collect();
    for rule in rules() {
        for text in [
            &rule.wrong,
            &format!("{{\"StartAt\": 1, \"States\": {{\"S\": {}}}}}", rule.wrong),
        ] {
            for diagnostic in validate_text(text, MachineType::Express) {
                assert!(names.iter().any(|name| name == diagnostic.rule), "{diagnostic}");
            }
        }
    }
}
