//! `cargo xtask check`: the whole gate, the same for a contributor and for CI.

use xshell::{Shell, cmd};

use crate::error::{Failure, Result};
use crate::{site, size, test, tidy, tools};

/// Runs every check and then the tests; stops at the first that fails.
pub(crate) fn run(shell: &Shell, with_tests: bool) -> Result<()> {
    tools::prepare(shell)?;
    step("Format", || Ok(cmd!(shell, "cargo fmt --all --check").quiet().run()?))?;
    step("Tidy", || tidy::run(shell))?;
    step("Clippy, native", || {
        Ok(cmd!(shell, "cargo clippy --quiet --all-targets -- -D warnings")
            .quiet()
            .run()?)
    })?;
    step("Clippy, wasm32", || {
        let command = cmd!(
            shell,
            "cargo clippy --quiet --target wasm32-unknown-unknown -p web -p engine -p files -p asl-wasm -- -D warnings"
        );
        Ok(command.quiet().run()?)
    })?;
    step("Documentation", || {
        let _flags = shell.push_env("RUSTDOCFLAGS", "-D warnings");
        Ok(cmd!(shell, "cargo doc --quiet --no-deps --document-private-items")
            .quiet()
            .run()?)
    })?;
    step("Site", || site::build_if_changed(shell))?;
    step("Sizes", || size::run(shell))?;
    if with_tests { test::run(shell) } else { Ok(()) }
}

/// Names a step before it runs, and again where it fails.
pub(crate) fn step(name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("\n== {name}");
    work().map_err(|failure| Failure::new(format!("{name} failed: {failure}")))
}
