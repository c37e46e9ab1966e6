//! Parallel: runs branches at the same time.

use crate::definition::Body;

/// A Parallel state.
#[derive(Clone, Debug)]
pub struct ParallelState {
    /// `Branches`, whose results become an array in this order.
    pub branches: Vec<Body>,
}
