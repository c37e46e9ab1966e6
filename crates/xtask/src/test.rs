//! `cargo xtask test`: native tests, wasm tests, browser tests.

use std::path::Path;
use std::thread;

use xshell::{Shell, cmd};

use crate::check::step;
use crate::error::{Failure, Result};
use crate::{chromium, npm, serve, site, tools};

/// Runs everything there is. Where no browser can be had, the browser tests are reported as skipped; CI fails then.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    tools::prepare(shell)?;
    step("Native tests", || {
        Ok(cmd!(shell, "cargo test --quiet").quiet().run()?)
    })?;
    step("Recorded behavior", || recorded(shell))?;
    step("WebAssembly tests", || wasm(shell))?;
    step("Browser tests", || browser(shell))?;
    step("npm packages", || packages(shell))
}

/// Runs the recordings of the real service, where they lie beside the repository.
fn recorded(shell: &Shell) -> Result<()> {
    let shared = tools::root().join("../shared/conformance");
    if !shared.exists() {
        println!("SKIPPED: the recordings of the service are not on this machine (../shared/conformance)");
        return Ok(());
    }
    let cases = shared.join("localstack");
    cmd!(
        shell,
        "cargo run --quiet --release --package asl-tests --bin conformance -- {cases}"
    )
    .quiet()
    .run()?;
    let suite = shared.join("jsonata");
    cmd!(
        shell,
        "cargo run --quiet --release --package asl-tests --bin jsonata -- {suite}"
    )
    .quiet()
    .run()?;
    Ok(())
}

fn wasm(shell: &Shell) -> Result<()> {
    let _runner = shell.push_env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    cmd!(
        shell,
        "cargo test --target wasm32-unknown-unknown --package asl-portable-tests --tests"
    )
    .quiet()
    .run()?;
    Ok(())
}

fn browser(shell: &Shell) -> Result<()> {
    let Some(chromium) = chromium::find(shell) else {
        return without_browser();
    };
    site::build_if_changed(shell)?;
    tools::npm_ci(shell, "tests/browser")?;
    tools::prepare_doc_generators(shell)?;
    let server = serve::Server::listen(8190)?;
    let address = server.address.clone();
    thread::spawn(move || server.serve());
    run_stories(shell, &chromium, &address)
}

/// `cargo xtask firefox`: the same stories in another engine, driven over WebDriver BiDi. A command of its own, since
/// what drives Firefox is younger than what drives Chromium.
pub(crate) fn firefox(shell: &Shell) -> Result<()> {
    let Some(firefox) = tools::on_path(&["firefox", "firefox-esr"]) else {
        return Err(Failure::new(
            "Firefox is not on the PATH: install it, then run the command again.",
        ));
    };
    tools::prepare(shell)?;
    site::build_if_changed(shell)?;
    tools::npm_ci(shell, "tests/browser")?;
    let server = serve::Server::listen(8190)?;
    let address = server.address.clone();
    thread::spawn(move || server.serve());
    let _dir = shell.push_dir(tools::root().join("tests/browser"));
    let _browser = shell.push_env("BROWSER", "firefox");
    let _firefox = shell.push_env("FIREFOX", firefox);
    let _site = shell.push_env("SITE", address);
    cmd!(
        shell,
        "node --test --test-concurrency=1 --test-reporter=spec stories/ embeds/"
    )
    .quiet()
    .run()?;
    Ok(())
}

/// Builds the packages for npm and uses them as a stranger would.
fn packages(shell: &Shell) -> Result<()> {
    npm::build(shell)?;
    tools::npm_ci(shell, "tests/npm")?;
    let _chromium = chromium::find(shell).map(|chromium| shell.push_env("CHROMIUM", chromium));
    let _dir = shell.push_dir(tools::root().join("tests/npm"));
    cmd!(shell, "node --test --test-concurrency=1 --test-reporter=spec")
        .quiet()
        .run()?;
    Ok(())
}

fn run_stories(shell: &Shell, chromium: &Path, address: &str) -> Result<()> {
    let _dir = shell.push_dir(tools::root().join("tests/browser"));
    let _chromium = shell.push_env("CHROMIUM", chromium);
    let _site = shell.push_env("SITE", address);
    cmd!(
        shell,
        "node --test --test-concurrency=1 --test-reporter=spec stories/ sandbox/ embeds/"
    )
    .quiet()
    .run()?;
    Ok(())
}

fn without_browser() -> Result<()> {
    let reason = "no Chromium on the PATH, and none could be installed: install Chromium or set CHROMIUM to its path";
    if std::env::var_os("CI").is_some() {
        return Err(Failure::new(format!("{reason}. In CI that is a failure.")));
    }
    println!("SKIPPED: {reason}.");
    Ok(())
}
