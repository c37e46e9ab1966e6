//! Which JSONata an expression is written in.

/// Which JSONata an expression is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// What Step Functions runs: JSONata 2.0.6 without `$eval`, with the functions of AWS, without an input document.
    #[default]
    StepFunctions,
    /// JSONata as jsonata-js runs it, for the official test suite.
    Standard,
}
