//! Succeed: ends the execution, branch or iteration well.

/// A Succeed state. It has nothing but the fields every state shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SucceedState;
