//! How much one evaluation may spend.

/// How much one evaluation may spend. Running out is [`EvalError::Limit`](crate::EvalError::Limit), never a hang.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nodes evaluated and functions called back; the backtracking of a regular expression counts as well.
    pub max_steps: u64,
    /// Nesting of evaluations: a level of parentheses, an array in an array, a call within a call.
    pub max_depth: usize,
    /// Bytes of the longest string that may be built.
    pub max_string_bytes: usize,
    /// Items of the longest array that may be built.
    pub max_array_items: usize,
    /// Bytes of the result as compact JSON text.
    pub max_result_bytes: usize,
}

impl Default for Limits {
    /// Returns the limits of AWS Step Functions: a nesting of 100 levels, and 6.99 MB for the largest value, which is
    /// an array of 873,782 items. The number of steps is ours: AWS stops by the clock.
    fn default() -> Limits {
        Limits {
            max_steps: 4_000_000,
            max_depth: 100,
            max_string_bytes: 6_990_256,
            max_array_items: 873_782,
            max_result_bytes: 6_990_256,
        }
    }
}
