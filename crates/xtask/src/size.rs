//! `cargo xtask size`: what ships, against the committed budget.
//!
//! `web/size-budget.json` holds groups of files with limits in bytes; a group may name several files by prefix and
//! suffix, because shipped names carry a hash of their content. A limit above the design brief's is a ratchet: it holds
//! what ships today, and the brief's figure stands beside it as the target.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use xshell::Shell;

use crate::error::{Failure, Result};
use crate::{site, tools};

/// One group of shipped files and what it may weigh. Source of the numbers: the design brief's size budgets.
#[derive(Deserialize)]
struct Group {
    /// What the reader of the table sees.
    name: String,
    /// Patterns of paths below `dist/`, each with at most one `*`.
    files: Vec<String>,
    /// Largest sum of gzip sizes, in bytes.
    gzip: Option<usize>,
    /// Largest sum of brotli sizes, in bytes.
    brotli: Option<usize>,
    /// The gzip size to come down to, where the limit is above it.
    target_gzip: Option<usize>,
    /// The brotli size to come down to, where the limit is above it.
    target_brotli: Option<usize>,
}

#[derive(Clone, Copy, Default)]
struct Sizes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Sizes {
    fn plus(self, other: Sizes) -> Sizes {
        Sizes {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }

    fn of(content: &[u8]) -> Result<Sizes> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(content)?;
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams {
            quality: 11,
            ..Default::default()
        };
        brotli::BrotliCompress(&mut &*content, &mut brotli, &parameters)?;
        Ok(Sizes {
            raw: content.len(),
            gzip: gzip.finish()?.len(),
            brotli: brotli.len(),
        })
    }
}

/// Prints every shipped file and every group with its limits, and fails where a limit is passed.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    site::build_if_changed(shell)?;
    let files = measure(&tools::root().join("dist"))?;
    println!("{:<44} {:>10} {:>10} {:>10}", "file", "raw", "gzip", "brotli");
    for (path, sizes) in &files {
        println!("{path:<44} {:>10} {:>10} {:>10}", sizes.raw, sizes.gzip, sizes.brotli);
    }
    let budget = shell.read_file("web/size-budget.json")?;
    let groups: Vec<Group> = serde_json::from_str(&budget)
        .map_err(|error| Failure::new(format!("web/size-budget.json does not read: {error}")))?;
    println!(
        "\n{:<44} {:>10} {:>21} {:>21}",
        "group", "raw", "gzip / limit", "brotli / limit"
    );
    let over: Vec<String> = groups.iter().filter_map(|group| compare(group, &files)).collect();
    if over.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(over.join("\n")))
    }
}

/// Prints the row of a group; returns a sentence where it matches nothing or passes a limit.
fn compare(group: &Group, files: &BTreeMap<String, Sizes>) -> Option<String> {
    let members: Vec<&Sizes> = files
        .iter()
        .filter(|(path, _)| group.files.iter().any(|pattern| matches(pattern, path)))
        .map(|(_, sizes)| sizes)
        .collect();
    let sum = members.iter().fold(Sizes::default(), |sum, sizes| sum.plus(**sizes));
    let against =
        |size: usize, limit: Option<usize>| format!("{size} / {}", limit.map_or("-".into(), |limit| limit.to_string()));
    println!(
        "{:<44} {:>10} {:>21} {:>21}",
        group.name,
        sum.raw,
        against(sum.gzip, group.gzip),
        against(sum.brotli, group.brotli)
    );
    for (word, size, target) in [
        ("gzip", sum.gzip, group.target_gzip),
        ("brotli", sum.brotli, group.target_brotli),
    ] {
        if let Some(target) = target.filter(|target| size > *target) {
            println!("    above its target of {target} bytes {word}");
        }
    }
    if members.is_empty() {
        return Some(format!(
            "The budget's group \"{}\" matches no shipped file: correct web/size-budget.json.",
            group.name
        ));
    }
    let over = |size: usize, limit: Option<usize>| limit.is_some_and(|limit| size > limit);
    (over(sum.gzip, group.gzip) || over(sum.brotli, group.brotli)).then(|| {
        format!(
            "\"{}\" is over its budget: make it smaller, or raise the limit with a reason.",
            group.name
        )
    })
}

fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => path.len() >= start.len() + end.len() && path.starts_with(start) && path.ends_with(end),
        None => pattern == path,
    }
}

fn measure(dist: &Path) -> Result<BTreeMap<String, Sizes>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![dist.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(dist)
                    .expect("the walk stays below dist")
                    .to_string_lossy()
                    .replace('\\', "/");
                files.insert(name, Sizes::of(&fs::read(&path)?)?);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_has_one_star() {
        assert!(matches("web-*_bg.wasm", "web-0123_bg.wasm"));
        assert!(!matches("web-*_bg.wasm", "engine-0123_bg.wasm"));
        assert!(matches("index.html", "index.html"));
        assert!(!matches("index.html", "a/index.html"));
    }
}
