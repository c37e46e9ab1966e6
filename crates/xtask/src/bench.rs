//! `cargo xtask bench`: the workloads natively.

use xshell::{Shell, cmd};

use crate::error::Result;

/// Times the named workloads, or all of them.
pub(crate) fn run(shell: &Shell, workloads: &[String]) -> Result<()> {
    cmd!(shell, "cargo bench --package asl-core -- {workloads...}")
        .quiet()
        .run()?;
    Ok(())
}
