//! A scope made of parts, for the tests of this crate.

use std::cell::Cell;

use asl_json::{Value, parse_value};

use crate::scope::{OutOfFuel, Scope};

pub(crate) struct TestScope {
    input: Value,
    context: Value,
    variables: Value,
    fuel: Cell<u64>,
    draws: Cell<u64>,
}

impl TestScope {
    /// Returns a scope with this JSON text as its input and a million steps of fuel.
    pub(crate) fn new(input: &str) -> TestScope {
        TestScope {
            input: parse_value(input).unwrap(),
            context: parse_value(r#"{"Execution":{"Name":"run-1"},"State":{"Name":"S"}}"#).unwrap(),
            variables: parse_value(r#"{"x":42,"order":{"items":[1,2]},"größe":"L"}"#).unwrap(),
            fuel: Cell::new(1_000_000),
            draws: Cell::new(0),
        }
    }

    pub(crate) fn with_input(self, input: Value) -> TestScope {
        TestScope { input, ..self }
    }

    pub(crate) fn with_fuel(self, fuel: u64) -> TestScope {
        self.fuel.set(fuel);
        self
    }

    pub(crate) fn fuel_left(&self) -> u64 {
        self.fuel.get()
    }
}

impl Scope for TestScope {
    fn input(&self) -> &Value {
        &self.input
    }

    fn context(&self) -> Value {
        self.context.clone()
    }

    fn variable(&self, name: &str) -> Option<Value> {
        self.variables.get(name).cloned()
    }

    fn random(&self) -> u64 {
        self.draws.set(self.draws.get() + 1);
        self.draws.get().wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    fn spend(&self, steps: u64) -> Result<(), OutOfFuel> {
        let left = self.fuel.get().checked_sub(steps).ok_or(OutOfFuel)?;
        self.fuel.set(left);
        Ok(())
    }
}
