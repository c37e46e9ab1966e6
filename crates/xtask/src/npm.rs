//! `cargo xtask npm`: the packages for npm, in `target/npm`.
//!
//! `asl-wasm` is the interpreter, built by wasm-pack once: Node, bundlers and browsers share one wasm, and differ in how
//! they come by it. `asl-playground-element` is the element that the site serves as `embed/v1.js`, to be bundled.

use std::fs;
use std::path::PathBuf;

use xshell::{Shell, cmd};

use crate::error::Result;
use crate::tools;

/// What current browsers have. The same words as in `index.html`.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Returns the folder of the packages.
pub(crate) fn folder() -> PathBuf {
    tools::root().join("target/npm")
}

/// Builds both packages from nothing.
pub(crate) fn build(shell: &Shell) -> Result<()> {
    tools::prepare(shell)?;
    tools::prepare_wasm_pack(shell)?;
    shell.remove_path(folder())?;
    interpreter(shell)?;
    element(shell)?;
    println!("The packages are in target/npm/: publish each with `npm publish`");
    Ok(())
}

fn interpreter(shell: &Shell) -> Result<()> {
    println!("Building asl-wasm (about 3 minutes the first time)");
    let package = folder().join("asl-wasm");
    let source = tools::root().join("crates/asl-wasm");
    cmd!(
        shell,
        "wasm-pack --quiet build {source} --mode no-install --target web --profile wasm --no-pack --no-opt --out-dir {package}"
    )
    .quiet()
    .run()?;
    let wasm = package.join("asl_wasm_bg.wasm");
    cmd!(shell, "wasm-opt -Os --strip-debug {WASM_FEATURES...} -o {wasm} {wasm}")
        .quiet()
        .run()?;
    // It would keep npm from packing anything.
    shell.remove_path(package.join(".gitignore"))?;
    add(shell, &source.join("npm"), &package)
}

fn element(shell: &Shell) -> Result<()> {
    println!("Building asl-playground-element");
    let package = folder().join("asl-playground-element");
    let entry = tools::root().join("web/js/src/embed/element.js");
    let bundle = package.join("index.js");
    cmd!(
        shell,
        "esbuild {entry} --bundle --minify --format=esm --target=es2022 --legal-comments=none --log-level=warning --outfile={bundle}"
    )
    .quiet()
    .run()?;
    add(shell, &tools::root().join("web/npm/element"), &package)
}

/// Copies what is written by hand into a package, and gives it this version.
fn add(shell: &Shell, source: &PathBuf, package: &PathBuf) -> Result<()> {
    for entry in fs::read_dir(source)? {
        shell.copy_file(entry?.path(), package)?;
    }
    let manifest = package.join("package.json");
    let text = shell
        .read_file(&manifest)?
        .replace("{version}", env!("CARGO_PKG_VERSION"));
    Ok(shell.write_file(manifest, text)?)
}
