//! What a call gives without looking at any data.

use std::cell::Cell;

use asl_json::Value;

use super::{Argument, Call, Stop};
use crate::scope::{OutOfFuel, Scope};

/// How many steps a look at a text may take.
const FUEL: u64 = 10_000;

/// Returns the value of a call, or `None` where that depends on data or dice. Looks at the calls in its arguments in any
/// case.
pub(super) fn value(call: &Call) -> Result<Option<Value>, Stop> {
    let mut values = Vec::with_capacity(call.arguments.len());
    for argument in &call.arguments {
        values.push(match argument {
            Argument::Literal(value) => Some(value.clone()),
            Argument::Path(_) => None,
            Argument::Call(inner) => self::value(inner)?,
        });
    }
    let Some(values) = values.into_iter().collect::<Option<Vec<_>>>() else {
        return Ok(None);
    };
    let nothing = Nothing {
        fuel: Cell::new(FUEL),
        has_thrown: Cell::new(false),
    };
    let value = call.apply(&values, &nothing)?;
    Ok(Some(value).filter(|_| !nothing.has_thrown.get()))
}

/// Surroundings without data.
struct Nothing {
    fuel: Cell<u64>,
    /// Whether the dice were thrown.
    has_thrown: Cell<bool>,
}

impl Scope for Nothing {
    fn input(&self) -> &Value {
        &Value::Null
    }

    fn context(&self) -> Value {
        Value::Null
    }

    fn variable(&self, _: &str) -> Option<Value> {
        None
    }

    fn random(&self) -> u64 {
        self.has_thrown.set(true);
        0
    }

    fn spend(&self, steps: u64) -> Result<(), OutOfFuel> {
        let left = self.fuel.get().checked_sub(steps).ok_or(OutOfFuel)?;
        self.fuel.set(left);
        Ok(())
    }
}
