//! A scope that tests fill as they need it.

use std::cell::Cell;

use asl_json::{Value, parse_value};

use crate::error::EvalError;
use crate::expression::Expression;
use crate::limits::Limits;
use crate::scope::Scope;

/// A scope with `$states.input`, variables, and dice that count how often they were thrown.
#[derive(Debug, Default)]
pub(crate) struct TestScope {
    pub(crate) input: Value,
    pub(crate) variables: Value,
    pub(crate) thrown: Cell<u64>,
    pub(crate) limits: Limits,
}

impl TestScope {
    /// Returns the scope of an input given as JSON text.
    pub(crate) fn with_input(input: &str) -> TestScope {
        TestScope {
            input: parse_value(input).unwrap(),
            ..TestScope::default()
        }
    }

    /// Returns the scope of variables given as the JSON text of an object.
    pub(crate) fn with_variables(variables: &str) -> TestScope {
        TestScope {
            variables: parse_value(variables).unwrap(),
            ..TestScope::default()
        }
    }
}

impl Scope for TestScope {
    fn states(&self) -> Value {
        Value::object([("input", self.input.clone())])
    }

    fn variable(&self, name: &str) -> Option<Value> {
        self.variables.get(name).cloned()
    }

    fn random(&self) -> u64 {
        self.thrown.set(self.thrown.get() + 1);
        self.thrown.get()
    }

    fn now_ms(&self) -> i64 {
        1_700_000_000_123
    }

    fn limits(&self) -> Limits {
        self.limits
    }
}

/// Returns what an expression gives without any input, as JSON text or as the end of AWS's cause.
pub(crate) fn outcome(text: &str) -> String {
    outcome_in(text, &TestScope::default())
}

/// Returns what an expression gives, as JSON text or as the end of AWS's cause; a refused one gives its diagnostic.
pub(crate) fn outcome_in(text: &str, scope: &TestScope) -> String {
    let expression = match Expression::parse(text) {
        Ok(expression) => expression,
        Err(error) => return error.to_string(),
    };
    let outcome: Result<Value, EvalError> = expression.evaluate(scope);
    outcome.map_or_else(|error| error.to_string(), |value| value.to_string())
}
