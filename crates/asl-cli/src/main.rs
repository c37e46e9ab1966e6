//! The command `asl`: runs a state machine from a file and prints what AWS would answer.
//!
//! Exit code 0 where the execution succeeded, 1 for any other end, 2 for bad usage or a definition that AWS refuses.

use std::process::ExitCode;

/// A definition is many small objects, which the allocator of the C library is slow with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    asl_cli::main(std::env::args().skip(1).collect())
}
