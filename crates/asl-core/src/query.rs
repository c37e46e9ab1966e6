//! Evaluating fields: what an expression of a frame may look at, and what comes of it.

use std::cell::Cell;

use asl_json::Value;
use asl_jsonpath::{OutOfFuel, Path, PathError};

use crate::context_object::context_object;
use crate::error::Fault;
use crate::frame::{FrameId, Item};
use crate::interpreter::Ctx;
use crate::machine::{PathField, Payload, Scalar};

/// What an expression may look at, in either query language.
pub(crate) struct Scope<'a> {
    ctx: &'a Ctx,
    frame: FrameId,
    /// What `$` stands for in JSONPath.
    input: &'a Value,
    item: Option<&'a Item>,
    result: Option<&'a Value>,
    error_output: Option<&'a Value>,
    steps: Cell<u64>,
}

impl<'a> Scope<'a> {
    /// Returns the scope of a frame with `input` as `$`.
    pub(crate) fn new(ctx: &'a Ctx, frame: FrameId, input: &'a Value) -> Scope<'a> {
        Scope {
            ctx,
            frame,
            input,
            item: None,
            result: None,
            error_output: None,
            steps: Cell::new(0),
        }
    }

    /// Returns the scope with that item as the context object's.
    pub(crate) fn with_item(self, item: &'a Item) -> Scope<'a> {
        Scope {
            item: Some(item),
            ..self
        }
    }

    /// Returns the scope with `$states.result`.
    pub(crate) fn with_result(self, result: Option<&'a Value>) -> Scope<'a> {
        Scope { result, ..self }
    }

    /// Returns the scope with `$states.errorOutput`.
    pub(crate) fn with_error_output(self, error_output: &'a Value) -> Scope<'a> {
        Scope {
            error_output: Some(error_output),
            ..self
        }
    }

    /// Returns the value of a field that computes one.
    pub(crate) fn payload(&self, payload: &Payload) -> Result<Value, Fault> {
        match payload {
            Payload::JsonPath(template) => Ok(template.evaluate(self)?),
            Payload::Jsonata(template) => Ok(template.evaluate(self)?),
        }
    }

    /// Returns what a field such as `InputPath` selects.
    pub(crate) fn path_field(&self, field: &PathField) -> Result<Value, Fault> {
        match field {
            PathField::Root => Ok(self.input.clone()),
            PathField::Null => Ok(Value::empty_object()),
            PathField::Path(path) => self.path(path),
        }
    }

    /// Returns what is at a path.
    pub(crate) fn path(&self, path: &Path) -> Result<Value, Fault> {
        path.evaluate(self).map_err(|error| Fault::path(path, &error))
    }

    /// Returns what is at a path, or why nothing is.
    pub(crate) fn look_up(&self, path: &Path) -> Result<Value, PathError> {
        path.evaluate(self)
    }

    /// Returns a whole number that a field states or computes. A path's value is for `refer` to judge.
    pub(crate) fn integer(
        &self,
        scalar: &Scalar<i64>,
        refer: impl Fn(&Path, Value) -> Result<i64, Fault>,
    ) -> Result<i64, Fault> {
        match scalar {
            Scalar::Literal(value) => Ok(*value),
            Scalar::Path(path) => refer(path, self.path(path)?),
            Scalar::Expression(template) => {
                let value = template.evaluate(self)?;
                integer_of(&value).ok_or_else(|| unexpected(template, "integer", &value))
            }
        }
    }

    /// Returns a number that a field states or computes. A path's value is for `refer` to judge.
    pub(crate) fn number(
        &self,
        scalar: &Scalar<f64>,
        refer: impl Fn(&Path, Value) -> Result<f64, Fault>,
    ) -> Result<f64, Fault> {
        match scalar {
            Scalar::Literal(value) => Ok(*value),
            Scalar::Path(path) => refer(path, self.path(path)?),
            Scalar::Expression(template) => {
                let value = template.evaluate(self)?;
                let number = value.as_number().map(asl_json::Number::as_f64);
                number.ok_or_else(|| unexpected(template, "number", &value))
            }
        }
    }
}

/// Returns the fault of an expression whose value is of a type that the field cannot take.
pub(crate) fn unexpected(template: &asl_jsonata::Template, expected: &str, value: &Value) -> Fault {
    match template.unexpected_type(expected, value.clone()) {
        Some(error) => error.into(),
        None => Fault::query(
            format!(
                "Expected '{expected}', but was '{}' for value: {value}",
                value.type_name()
            ),
            None,
        ),
    }
}

/// Returns the whole number that a value is, written with a fraction of zero or not.
#[expect(clippy::cast_possible_truncation, reason = "the value is whole and within range")]
pub(crate) fn integer_of(value: &Value) -> Option<i64> {
    let number = value.as_number()?;
    if let Some(integer) = number.as_i64() {
        return Some(integer);
    }
    let double = number.as_f64();
    (double.fract() == 0.0 && double.abs() < 9e15).then_some(double as i64)
}

impl asl_jsonpath::Scope for Scope<'_> {
    fn input(&self) -> &Value {
        self.input
    }

    fn context(&self) -> Value {
        context_object(self.ctx, self.frame, self.item)
    }

    fn variable(&self, name: &str) -> Option<Value> {
        self.ctx.variable(self.frame, name)
    }

    fn random(&self) -> u64 {
        self.ctx.draw(self.frame)
    }

    fn spend(&self, steps: u64) -> Result<(), OutOfFuel> {
        let spent = self.steps.get().saturating_add(steps);
        self.steps.set(spent);
        if spent > self.ctx.options.limits.query_steps {
            return Err(OutOfFuel);
        }
        Ok(())
    }
}

impl asl_jsonata::Scope for Scope<'_> {
    fn states(&self) -> Value {
        let names = ["input", "context", "result", "errorOutput"];
        Value::object(
            names
                .into_iter()
                .filter_map(|name| Some((name, self.states_member(name)?))),
        )
    }

    fn states_member(&self, name: &str) -> Option<Value> {
        match name {
            "input" => Some(self.ctx.frames[self.frame].input.clone()),
            "context" => Some(context_object(self.ctx, self.frame, self.item)),
            "result" => self.result.cloned(),
            "errorOutput" => self.error_output.cloned(),
            _ => None,
        }
    }

    fn variable(&self, name: &str) -> Option<Value> {
        self.ctx.variable(self.frame, name)
    }

    fn random(&self) -> u64 {
        self.ctx.draw(self.frame)
    }

    fn now_ms(&self) -> i64 {
        self.ctx.now.0
    }

    fn limits(&self) -> asl_jsonata::Limits {
        let limits = asl_jsonata::Limits::default();
        asl_jsonata::Limits {
            max_steps: limits.max_steps.min(self.ctx.options.limits.query_steps),
            ..limits
        }
    }
}
