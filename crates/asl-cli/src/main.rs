//! The command `asl`.

fn main() {}
