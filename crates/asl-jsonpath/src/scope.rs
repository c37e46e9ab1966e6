//! What an expression may look at while it is evaluated.

use std::fmt;

use asl_json::Value;

/// The surroundings of an expression: data, context object, variables, dice and fuel.
pub trait Scope {
    /// Returns what `$` stands for.
    fn input(&self) -> &Value;

    /// Returns what `$$` stands for. Asked for only by expressions that look at it, so it may be built on the spot.
    fn context(&self) -> Value;

    /// Returns the value of the variable `$name`, or `None` where nothing is assigned to it.
    fn variable(&self, name: &str) -> Option<Value>;

    /// Returns the next 64 random bits, for `States.UUID` and for `States.MathRandom` without a seed.
    fn random(&self) -> u64;

    /// Takes `steps` off the fuel; one step is about one value visited.
    ///
    /// # Errors
    /// Fails once the fuel is used up; the evaluation then stops with the error of its kind.
    fn spend(&self, steps: u64) -> Result<(), OutOfFuel>;
}

/// The fuel of an execution is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfFuel;

impl fmt::Display for OutOfFuel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("The evaluation of the expression takes too many steps")
    }
}

impl std::error::Error for OutOfFuel {}
