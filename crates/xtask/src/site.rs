//! `cargo xtask build`: the release site in `dist/`.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::time::{Instant, SystemTime};

use xshell::{Shell, cmd};

use crate::error::Result;
use crate::tools;

/// What the site is made of.
const INPUTS: [&str; 6] = ["crates", "web", "index.html", "Trunk.toml", "Cargo.toml", "Cargo.lock"];
/// Folders below them that are made by builds, or hold nothing of the site.
const LEFT_OUT: [&str; 5] = ["node_modules", "target", "build", "xtask", "asl-cli"];

/// Builds the site.
pub(crate) fn build(shell: &Shell) -> Result<()> {
    tools::prepare(shell)?;
    println!("Building the site (the first time about 5 minutes on two cores, later well under one)");
    let start = Instant::now();
    let inputs = fingerprint()?;
    cmd!(shell, "trunk --quiet build --release --offline")
        .quiet()
        .env_remove("NO_COLOR")
        .run()?;
    shell.write_file(stamp(), inputs)?;
    println!("The site is in dist/ ({} seconds)", start.elapsed().as_secs());
    Ok(())
}

/// Builds the site where an input changed since `dist/` was made.
pub(crate) fn build_if_changed(shell: &Shell) -> Result<()> {
    let current =
        tools::root().join("dist/index.html").exists() && shell.read_file(stamp()).ok() == Some(fingerprint()?);
    if current { Ok(()) } else { build(shell) }
}

/// Beside what the site's scripts make, and not in `dist/`, which is shipped as it is.
fn stamp() -> std::path::PathBuf {
    tools::root().join("web/js/build/.inputs")
}

/// Returns a text that changes whenever an input file is added, removed or written.
fn fingerprint() -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for input in INPUTS {
        hash_files(&tools::root().join(input), &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn hash_files(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    if path.is_dir() {
        let mut entries = fs::read_dir(path)?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<Vec<_>>>()?;
        entries.sort();
        return entries
            .iter()
            .filter(|entry| !LEFT_OUT.iter().any(|folder| entry.ends_with(folder)))
            .try_for_each(|entry| hash_files(entry, hasher));
    }
    let metadata = fs::metadata(path)?;
    path.hash(hasher);
    metadata.len().hash(hasher);
    metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH).hash(hasher);
    Ok(())
}
