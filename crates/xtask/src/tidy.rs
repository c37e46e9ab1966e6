//! `cargo xtask tidy`: the rules that no compiler knows.

use std::fs;

use xshell::{Shell, cmd};

use crate::error::{Failure, Result};
use crate::tools;

/// Which of our crates each crate may depend on: the arrows of ARCHITECTURE.md.
const ARROWS: [(&str, &[&str]); 21] = [
    ("asl-json", &[]),
    ("asl-jsonpath", &["asl-json"]),
    ("asl-jsonata", &["asl-json"]),
    ("asl-model", &["asl-json", "asl-jsonpath", "asl-jsonata"]),
    ("asl-core", &["asl-json", "asl-jsonpath", "asl-jsonata", "asl-model"]),
    ("asl-assist", &["asl-json", "asl-jsonpath", "asl-jsonata", "asl-model"]),
    ("asl-host", &["asl-json", "asl-model", "asl-core"]),
    ("asl-link", &["asl-json"]),
    ("asl-files", &["asl-json", "asl-host", "asl-link"]),
    ("asl-deploy", &["asl-json"]),
    ("asl-drawing", &[]),
    (
        "asl-view",
        &[
            "asl-json",
            "asl-jsonpath",
            "asl-jsonata",
            "asl-model",
            "asl-core",
            "asl-drawing",
        ],
    ),
    ("asl-protocol", &[]),
    ("asl-wasm", &["asl-json", "asl-model", "asl-core", "asl-view"]),
    (
        "asl-cli",
        &[
            "asl-json",
            "asl-model",
            "asl-assist",
            "asl-core",
            "asl-host",
            "asl-view",
            "asl-link",
            "asl-files",
        ],
    ),
    (
        "files",
        &["asl-json", "asl-link", "asl-files", "asl-deploy", "asl-protocol"],
    ),
    (
        "engine",
        &[
            "asl-json",
            "asl-jsonata",
            "asl-model",
            "asl-assist",
            "asl-core",
            "asl-host",
            "asl-view",
            "asl-protocol",
            "asl-cli",
            "asl-portable-tests",
        ],
    ),
    ("web", &["asl-protocol", "asl-drawing"]),
    ("xtask", &[]),
    (
        "asl-portable-tests",
        &["asl-json", "asl-jsonata", "asl-model", "asl-core", "asl-host"],
    ),
    (
        "asl-tests",
        &[
            "asl-json",
            "asl-jsonpath",
            "asl-jsonata",
            "asl-model",
            "asl-core",
            "asl-host",
            "asl-view",
            "asl-protocol",
            "asl-cli",
            "asl-portable-tests",
        ],
    ),
];

/// Crates that know nothing of browsers.
const NATIVE: [&str; 12] = [
    "asl-json",
    "asl-jsonpath",
    "asl-jsonata",
    "asl-model",
    "asl-core",
    "asl-assist",
    "asl-host",
    "asl-link",
    "asl-files",
    "asl-deploy",
    "asl-drawing",
    "asl-view",
];

/// A file longer than this does a second job.
const LONGEST_FILE: usize = 900;

/// Runs every rule and reports all that is found.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    let mut found = Vec::new();
    arrows(shell, &mut found)?;
    no_browser_below_view(shell, &mut found)?;
    for path in tracked_files(shell)? {
        if let Ok(text) = fs::read_to_string(tools::root().join(&path)) {
            check_text(&path, &text, &mut found);
        }
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(found.join("\n")))
    }
}

fn tracked_files(shell: &Shell) -> Result<Vec<String>> {
    let listed = cmd!(shell, "git ls-files").quiet().read()?;
    Ok(listed.lines().map(str::to_owned).collect())
}

/// Every dependency between our crates is one that the architecture allows.
fn arrows(shell: &Shell, found: &mut Vec<String>) -> Result<()> {
    let metadata = cmd!(shell, "cargo metadata --no-deps --format-version 1 --offline")
        .quiet()
        .read()?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)
        .map_err(|error| Failure::new(format!("cargo metadata does not read: {error}")))?;
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = ARROWS.iter().find(|(from, _)| *from == name) else {
            found.push(format!(
                "crate {name} has no row in the table of arrows: add it to tidy.rs and ARCHITECTURE.md"
            ));
            continue;
        };
        let ours = package["dependencies"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|dependency| !dependency["path"].is_null());
        for to in ours
            .filter_map(|dependency| dependency["name"].as_str())
            .filter(|to| !allowed.contains(to))
        {
            found.push(format!("{name} depends on {to}, against the arrows of ARCHITECTURE.md"));
        }
    }
    Ok(())
}

/// The crates at or below asl-view build without any browser binding.
fn no_browser_below_view(shell: &Shell, found: &mut Vec<String>) -> Result<()> {
    for name in NATIVE {
        let tree = cmd!(
            shell,
            "cargo tree --quiet --offline --edges normal --prefix none --package {name}"
        )
        .quiet()
        .read()?;
        let bindings = ["wasm-bindgen ", "js-sys ", "web-sys "];
        if let Some(line) = tree
            .lines()
            .find(|line| bindings.iter().any(|binding| line.starts_with(binding)))
        {
            found.push(format!("{name} pulls in {line}: browser bindings belong to the leaves"));
        }
    }
    Ok(())
}

fn check_text(path: &str, text: &str, found: &mut Vec<String>) {
    let is_data = path.starts_with("tests/") && extension(path) == "json";
    if is_data || extension(path) == "lock" {
        return;
    }
    let lines = text.lines().count();
    if extension(path) == "rs" && lines > LONGEST_FILE {
        found.push(format!(
            "{path} has {lines} lines: over {LONGEST_FILE}, ask what second thing it does"
        ));
    }
    for (number, line) in text.lines().enumerate() {
        if let Some(reason) = forbidden(path, line) {
            found.push(format!("{path}:{}: {reason}", number + 1));
        }
    }
}

/// Returns why a line may not stand in the repository.
fn forbidden(path: &str, line: &str) -> Option<&'static str> {
    let is_this_file = path == "crates/xtask/src/tidy.rs";
    if is_this_file {
        return None;
    }
    if extension(path) == "rs" && line.contains("from_html_unchecked") {
        return Some("raw HTML: everything a link or a snippet produced reaches the page as text");
    }
    if path.ends_with("package-lock.json") && line.contains("\"resolved\": \"http") {
        return Some("a registry's host in a lock file: write it with omit-lockfile-registry-resolved");
    }
    let is_prose = matches!(extension(path), "md" | "txt");
    let names = |folder: &str| line.contains(&format!("/{folder}/"));
    if names("root") || names("home") && !is_prose {
        return Some("a path of one machine");
    }
    (line.ends_with(' ') && !is_prose).then_some("white space at the end of a line")
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_may_not_stand() {
        assert!(
            forbidden(
                "web/package-lock.json",
                "  \"resolved\": \"https://example.org/a.tgz\","
            )
            .is_some()
        );
        assert!(forbidden("a.rs", "let x = 1; ").is_some());
        assert!(forbidden("a.rs", &format!("let path = \"/{}/a\";", "root")).is_some());
        assert!(forbidden("a.rs", &format!("let path = \"/{}/a\";", "home")).is_some());
        assert!(forbidden("a.rs", "Html::from_html_unchecked(text)").is_some());
        assert!(forbidden("a.rs", "let x = 1;").is_none());
    }
}
