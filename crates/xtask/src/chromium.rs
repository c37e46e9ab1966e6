//! Where the browser for tests is.

use std::path::PathBuf;

use xshell::{Shell, cmd};

use crate::tools::on_path;

/// The names under which distributions install Chromium or Chrome.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Returns a Chromium: the one `CHROMIUM` names, one on the PATH, or one that the package manager installs now.
///
/// Packages are installed only as root on a system with apt; elsewhere the answer is `None` and the caller says so.
pub(crate) fn find(shell: &Shell) -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    named
        .or_else(|| on_path(&NAMES))
        .or_else(|| install(shell).and_then(|()| on_path(&NAMES)))
}

fn install(shell: &Shell) -> Option<()> {
    let is_root = cmd!(shell, "id -u")
        .quiet()
        .ignore_stderr()
        .read()
        .is_ok_and(|id| id == "0");
    let has_apt = cmd!(shell, "apt-get --version")
        .quiet()
        .ignore_stdout()
        .ignore_stderr()
        .run()
        .is_ok();
    if !is_root || !has_apt {
        return None;
    }
    println!("Installing Chromium for the browser tests (about a minute)");
    cmd!(shell, "apt-get update").quiet().ignore_stdout().run().ok()?;
    cmd!(shell, "apt-get install --yes --no-install-recommends chromium")
        .quiet()
        .ignore_stdout()
        .run()
        .ok()
}
