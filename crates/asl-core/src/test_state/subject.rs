//! What is tested: one state, made a state machine of its own.

use std::sync::Arc;

use asl_json::{Object, Value};
use asl_model::{Definition, MachineType, QueryLanguage, State};

use super::error::TestStateError;
use super::request::TestStateRequest;
use crate::machine::StateMachine;

/// The name of a state that is tested without its state machine. Source: recordings.
const NAMELESS: &str = "StateName";

/// A state machine of the tested state, its first, and of stand-ins for those it goes to.
pub(super) struct Subject {
    pub(super) definition: Definition,
    pub(super) machine: Arc<StateMachine>,
    name: Arc<str>,
}

impl Subject {
    /// Finds the state that a request is about.
    pub(super) fn of(request: &TestStateRequest) -> Result<Subject, TestStateError> {
        match &request.state_name {
            Some(name) => Subject::in_machine(&request.definition, name),
            None => Subject::alone(&request.definition),
        }
    }

    fn alone(text: &str) -> Result<Subject, TestStateError> {
        refuse_invalid(&asl_model::validate_state_text(text, MachineType::Standard))?;
        let state = asl_json::parse_value(text).unwrap_or_default();
        Subject::new(NAMELESS.into(), state, QueryLanguage::JsonPath)
    }

    fn in_machine(text: &str, name: &str) -> Result<Subject, TestStateError> {
        refuse_invalid(&asl_model::validate_text(text, MachineType::Standard))?;
        let not_found = || TestStateError::validation("State not found in definition");
        let definition = asl_model::parse(text).definition.ok_or_else(not_found)?;
        let state = definition
            .states()
            .find(|state| &*state.name == name)
            .ok_or_else(not_found)?;
        let raw = Value::Object(state.raw.clone());
        Subject::new(Arc::clone(&state.name), raw, definition.query_language)
    }

    fn new(name: Arc<str>, state: Value, language: QueryLanguage) -> Result<Subject, TestStateError> {
        let text = |states: Object| {
            Value::object([
                ("QueryLanguage", Value::from(language.name())),
                ("StartAt", Value::from(Arc::clone(&name))),
                ("States", Value::Object(states)),
            ])
            .to_string()
        };
        let unreadable = || TestStateError::definition("Invalid State Machine Definition");
        let mut states = Object::new();
        states.insert(Arc::clone(&name), state);
        let alone = asl_model::parse(&text(states.clone()))
            .definition
            .ok_or_else(unreadable)?;
        for target in alone.body.states.values().flat_map(State::targets) {
            if !states.contains_key(target) {
                states.insert(Arc::clone(target), Value::object([("Type", Value::from("Succeed"))]));
            }
        }
        let definition = asl_model::parse(&text(states)).definition.ok_or_else(unreadable)?;
        let machine = StateMachine::compile(&definition)
            .map_err(|diagnostics| refuse_invalid(&diagnostics).err().unwrap_or_else(unreadable))?;
        if definition.body.states.contains_key(&name) {
            return Ok(Subject {
                definition,
                machine,
                name,
            });
        }
        Err(unreadable())
    }

    /// Returns the state as it is defined.
    pub(super) fn state(&self) -> &State {
        &self.definition.body.states[&self.name]
    }
}

fn refuse_invalid(diagnostics: &[asl_model::Diagnostic]) -> Result<(), TestStateError> {
    match asl_model::create_error_message(diagnostics) {
        Some(message) => Err(TestStateError::definition(message)),
        None => Ok(()),
    }
}
