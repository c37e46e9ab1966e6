//! What a build needs besides Rust and Node: found where it is, installed where it is missing.
//!
//! Tools go to the user's cache folder, one folder per version, so that they serve every clone and disturb nothing.

use std::env;
use std::path::{Path, PathBuf};

use xshell::{Shell, cmd};

use crate::error::{Failure, Result};

/// Trunk's version. 0.22 needs a newer Rust than the project does.
const TRUNK: &str = "0.21.14";
/// The version of the tool that cuts wasm into chunks; it reads what `wasm_split_helpers` in Cargo.toml marks.
const WASM_SPLIT: &str = "0.2.4";
/// wasm-pack's version.
const WASM_PACK: &str = "0.15.0";
/// What pages with embeds are built with in tests.
const DOC_GENERATORS: [&str; 2] = ["mkdocs==1.6.1", "sphinx==7.4.7"];
/// The oldest Node that the editor bundle and the browser tests run on.
const NODE_MAJOR: u32 = 20;

/// Returns the top of the repository: where `cargo run` runs this from, for clones that share a target folder share the
/// executable too.
pub(crate) fn root() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&manifest)
        .ancestors()
        .nth(2)
        .expect("xtask lies two folders below the top")
        .into()
}

/// Returns the folder that holds what is installed for this project only.
pub(crate) fn cache() -> PathBuf {
    let home = || env::home_dir().unwrap_or_else(env::temp_dir).join(".cache");
    env::var_os("XDG_CACHE_HOME")
        .map_or_else(home, PathBuf::from)
        .join("asl-playground")
}

/// Makes sure that the site can be built, and puts the tools first on the PATH of `shell`.
pub(crate) fn prepare(shell: &Shell) -> Result<()> {
    node(shell)?;
    wasm_target(shell)?;
    let bindgen = format!("wasm-bindgen-{}", locked_version("wasm-bindgen")?);
    let bindgen = installed(shell, &bindgen, "wasm-bindgen", |version| {
        // Its own lock file may name a crate version that the registry does not serve, hence no `--locked`.
        vec!["wasm-bindgen-cli".into(), "--version".into(), version.into()]
    })?;
    let trunk = installed(shell, &format!("trunk-{TRUNK}"), "trunk", |version| {
        vec!["trunk".into(), "--locked".into(), "--version".into(), version.into()]
    })?;
    let split = installed(
        shell,
        &format!("wasm-split-cli-{WASM_SPLIT}"),
        "wasm-split-cli",
        |version| {
            let package = ["wasm_split_cli_support", "--features", "build-binary"].map(Into::into);
            [
                package.to_vec(),
                vec!["--locked".into(), "--version".into(), version.into()],
            ]
            .concat()
        },
    )?;
    prepend_path(
        shell,
        [bindgen, trunk, split, root().join("web/node_modules/.bin")].into_iter(),
    );
    npm_ci(shell, "web")
}

/// Makes sure that npm packages can be built too.
pub(crate) fn prepare_wasm_pack(shell: &Shell) -> Result<()> {
    let wasm_pack = installed(shell, &format!("wasm-pack-{WASM_PACK}"), "wasm-pack", |version| {
        vec![
            "wasm-pack".into(),
            "--locked".into(),
            "--version".into(),
            version.into(),
        ]
    })?;
    let path = shell.var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(wasm_pack).chain(env::split_paths(&path));
    shell.set_var(
        "PATH",
        env::join_paths(folders).expect("no folder of ours has a separator in its name"),
    );
    Ok(())
}

/// Puts the generators of documentation on the PATH that the tests of embeds build pages with. Where Python or its
/// packages cannot be had, the tests of those generators say that they were skipped.
pub(crate) fn prepare_doc_generators(shell: &Shell) -> Result<()> {
    let home = cache().join("tools").join(format!("docs-{}", DOC_GENERATORS.join("-")));
    let bin = home.join("bin");
    if !home.join("whole").exists() {
        println!("Installing MkDocs and Sphinx for the tests of embeds (once; about 20 seconds)");
        let pip = bin.join("pip");
        let installed = cmd!(shell, "python3 -m venv {home}")
            .quiet()
            .ignore_stderr()
            .run()
            .is_ok()
            && cmd!(
                shell,
                "{pip} install --quiet --disable-pip-version-check {DOC_GENERATORS...}"
            )
            .quiet()
            .ignore_stderr()
            .run()
            .is_ok();
        if !installed {
            println!("SKIPPED: MkDocs and Sphinx could not be installed (python3 with venv and pip, and the network).");
            return Ok(());
        }
        shell.write_file(home.join("whole"), "")?;
    }
    let path = shell.var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).chain(std::iter::once(bin));
    shell.set_var(
        "PATH",
        env::join_paths(folders).expect("no folder of ours has a separator in its name"),
    );
    Ok(())
}

/// Returns the first of several executables that is on the PATH.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}

/// Puts folders first on the PATH that commands of `shell` see.
fn prepend_path(shell: &Shell, folders: impl Iterator<Item = PathBuf>) {
    let path = env::var_os("PATH").unwrap_or_default();
    let joined =
        env::join_paths(folders.chain(env::split_paths(&path))).expect("no folder of ours has a separator in its name");
    shell.set_var("PATH", joined);
}

fn node(shell: &Shell) -> Result<()> {
    let missing = || {
        Failure::new(format!(
            "Node.js is missing: install Node {NODE_MAJOR} or later, with npm, from nodejs.org or your package manager."
        ))
    };
    let version = cmd!(shell, "node --version")
        .quiet()
        .ignore_stderr()
        .read()
        .map_err(|_| missing())?;
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    if major.is_some_and(|major| major >= NODE_MAJOR) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "Node {version} is too old: install Node {NODE_MAJOR} or later."
    )))
}

fn wasm_target(shell: &Shell) -> Result<()> {
    let sysroot = cmd!(shell, "rustc --print sysroot").quiet().read()?;
    if Path::new(&sysroot).join("lib/rustlib/wasm32-unknown-unknown").exists() {
        return Ok(());
    }
    println!("Adding Rust's WebAssembly target (about 10 seconds)");
    cmd!(shell, "rustup target add wasm32-unknown-unknown")
        .quiet()
        .run()
        .map_err(|_| {
            Failure::new(
                "Rust's WebAssembly target could not be added: check the network, and run \
             `rustup target add wasm32-unknown-unknown` (a Rust without rustup: install its wasm32 standard library).",
            )
        })
}

/// Returns the folder of a tool's executable, after installing it where neither PATH nor the cache has that version.
fn installed(shell: &Shell, folder: &str, tool: &str, arguments: impl Fn(&str) -> Vec<String>) -> Result<PathBuf> {
    let version = folder
        .strip_prefix(tool)
        .and_then(|rest| rest.strip_prefix('-'))
        .expect("a folder is tool-version");
    let home = cache().join("tools").join(folder);
    let bin = home.join("bin");
    // The folder's name holds the version, and an executable lies there only once it is whole.
    if bin.join(tool).with_extension(env::consts::EXE_EXTENSION).exists() {
        return Ok(bin);
    }
    if has_version(shell, Path::new(tool), version) {
        return Ok(PathBuf::new());
    }
    println!("Installing {tool} {version} (once; 2 to 10 minutes on two cores)");
    let arguments = arguments(version);
    let build = cache().join("tools/target");
    let _dir = shell.push_env("CARGO_TARGET_DIR", build);
    cmd!(shell, "cargo install --quiet --root {home} {arguments...}")
        .quiet()
        .run()
        .map_err(|_| {
            Failure::new(format!(
                "{tool} {version} could not be installed: check the network, or put it on the PATH yourself."
            ))
        })?;
    Ok(bin)
}

fn has_version(shell: &Shell, tool: &Path, version: &str) -> bool {
    let output = cmd!(shell, "{tool} --version").quiet().ignore_stderr().read();
    output.is_ok_and(|output| output.split_whitespace().any(|word| word == version))
}

/// Installs the npm packages of a folder where its lock file changed since the last time.
pub(crate) fn npm_ci(shell: &Shell, folder: &str) -> Result<()> {
    let lock = root().join(folder).join("package-lock.json");
    let stamp = root().join(folder).join("node_modules/.installed");
    let wanted = shell.read_file(&lock)?;
    if shell.read_file(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("Installing the npm packages of {folder} (about 20 seconds)");
    let _dir = shell.push_dir(root().join(folder));
    cmd!(shell, "npm ci --no-audit --no-fund --loglevel=error")
        .quiet()
        .run()
        .map_err(|_| {
            Failure::new(format!(
                "`npm ci` failed in {folder}: check the network, then run the command again."
            ))
        })?;
    Ok(shell.write_file(stamp, wanted)?)
}

/// Returns the version of a crate in Cargo.lock: tools that must match a crate follow it.
fn locked_version(name: &str) -> Result<String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))?;
    let entry = format!("name = \"{name}\"\nversion = \"");
    let version = lock
        .split_once(&entry)
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(version, _)| version.to_owned());
    version.ok_or_else(|| {
        Failure::new(format!(
            "Cargo.lock names no crate {name}: run `cargo generate-lockfile`."
        ))
    })
}
