//! The state machines of a playground: those that executions may start by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use asl_core::{ExecutionType, StateMachine};

/// State machines by their ARN.
#[derive(Clone, Debug, Default)]
pub struct Machines(BTreeMap<Arc<str>, RegisteredMachine>);

/// A state machine and what is known about it besides its definition.
#[derive(Clone, Debug)]
pub struct RegisteredMachine {
    /// The compiled definition.
    pub machine: Arc<StateMachine>,
    /// STANDARD or EXPRESS.
    pub execution_type: ExecutionType,
    /// The role its executions run under.
    pub role_arn: Arc<str>,
}

impl Machines {
    /// Registers a state machine under its ARN.
    pub fn register(&mut self, arn: impl Into<Arc<str>>, machine: RegisteredMachine) {
        self.0.insert(arn.into(), machine);
    }

    /// Returns the state machine of that ARN.
    pub fn by_arn(&self, arn: &str) -> Option<&RegisteredMachine> {
        self.0.get(arn)
    }

    /// Returns true where none is registered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
