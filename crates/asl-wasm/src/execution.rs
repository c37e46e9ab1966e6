//! Executions: poll for what they do, hand them what happened.

use asl_core::{EventId, ExecutionType, StateMachine, Timestamp};
use asl_model::MachineType;
use wasm_bindgen::prelude::*;

use crate::definition::Definition;
use crate::dto::{self, ExecutionOptionsDto, InputDto};
use crate::error::{invalid_definition, refused};
use crate::json;
use crate::{History, Input, Json, MaybeExecutionOptions, MaybeStateTrace, Output, Status};

/// A running or finished execution. The rule: after `start` and after every `handle`, `poll` until the answer is `Waiting`
/// or `Finished`.
#[wasm_bindgen]
pub struct Execution {
    inner: asl_core::Execution,
}

#[wasm_bindgen]
impl Execution {
    /// Starts an execution. Nothing happens before the first `poll`.
    ///
    /// Throws an `AslError` where the definition has errors, or an argument is wrong.
    pub fn start(
        definition: &Definition,
        input: Option<Json>,
        options: Option<MaybeExecutionOptions>,
    ) -> Result<Execution, JsValue> {
        let options: ExecutionOptionsDto = dto::from_js(options.map(JsValue::from), "options")?;
        let options = options.into_options()?;
        let machine_type = match options.execution_type {
            ExecutionType::Standard => MachineType::Standard,
            ExecutionType::Express => MachineType::Express,
        };
        let problems = definition.problems(machine_type);
        let refuse = |problems: &[asl_model::Diagnostic]| invalid_definition(problems, definition.places());
        let Some(understood) = definition
            .understood()
            .filter(|_| !problems.iter().any(asl_model::Diagnostic::is_error))
        else {
            return Err(refuse(&problems));
        };
        let machine = StateMachine::compile(understood).map_err(|problems| refuse(&problems))?;
        let input = match input {
            Some(input) => json::from_js(&input, "the input")?,
            None => asl_json::Value::empty_object(),
        };
        Ok(Execution {
            inner: asl_core::Execution::start(machine, input, options),
        })
    }

    /// Tells the next thing that happened. At most one thing per call.
    pub fn poll(&mut self) -> Output {
        dto::to_js(&dto::output(self.inner.poll())).unchecked_into()
    }

    /// Takes in what happened outside.
    ///
    /// Throws an `AslError` where the input cannot be taken; the execution is then as it was before.
    pub fn handle(&mut self, input: Input) -> Result<(), JsValue> {
        let input: InputDto = dto::from_js(Some(input.into()), "the input")?;
        self.inner.handle(input.into_input()?).map_err(|error| refused(&error))
    }

    /// Goes on with an execution that ended badly, at the states it stood in.
    ///
    /// Throws an `AslError` where it cannot be redriven.
    pub fn redrive(&mut self, time: f64) -> Result<(), JsValue> {
        let time = dto::timestamp(time, "time")?;
        self.inner.redrive(time).map_err(|error| refused(&error))
    }

    /// Returns virtual time, in milliseconds since the Unix epoch.
    #[wasm_bindgen(getter)]
    pub fn now(&self) -> f64 {
        let Timestamp(milliseconds) = self.inner.now();
        dto::number(milliseconds)
    }

    /// Returns the word of the API for how it stands.
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> Status {
        JsValue::from(self.inner.status().as_str()).unchecked_into()
    }

    /// Returns the events after that number, all of them where none is given, as `GetExecutionHistory` does.
    pub fn history(&self, after: Option<u32>) -> History {
        let after = after.unwrap_or(0) as usize;
        let events = self.inner.history().iter().skip(after);
        let events: js_sys::Array = events.map(|event| json::to_js(&event.to_value())).collect();
        JsValue::from(events).unchecked_into()
    }

    /// Returns the stages of the visit to a state that this event entered; none for other events.
    pub fn trace(&self, entered: u32) -> MaybeStateTrace {
        let trace = self.inner.trace(EventId(entered)).map(dto::trace);
        trace
            .map_or(JsValue::UNDEFINED, |trace| dto::to_js(&trace))
            .unchecked_into()
    }
}
