//! What an expression may look at.

use asl_json::Value;

use crate::limits::Limits;

/// What an expression may look at: `$states`, variables, time and dice.
///
/// Every method may be called any number of times during one evaluation, but only for what the expression reads.
pub trait Scope {
    /// Returns the whole `$states` object: `input` and `context`, and `result` or `errorOutput` where they exist.
    fn states(&self) -> Value;

    /// Returns one member of `$states`, or `None` where it does not exist.
    ///
    /// Override it where building the whole object costs more than one member does: `$states.input.x` calls this
    /// method alone.
    fn states_member(&self, name: &str) -> Option<Value> {
        self.states().get(name).cloned()
    }

    /// Returns the value of the variable `$name`, or `None` where nothing is assigned to it.
    fn variable(&self, name: &str) -> Option<Value>;

    /// Returns the next 64 random bits: the seed of everything random in one evaluation.
    fn random(&self) -> u64;

    /// Returns the time as `$millis()` gives it: milliseconds since the Unix epoch, the same during one evaluation.
    fn now_ms(&self) -> i64;

    /// Returns how much one evaluation may spend.
    fn limits(&self) -> Limits {
        Limits::default()
    }
}
