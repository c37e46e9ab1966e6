//! A visit to a state, looked at once more: what its expressions saw, and what others would have seen in their place.
//!
//! Nothing here changes the execution. A moment has working state of its own, in which the interpreter's own evaluation
//! runs, with the input, the context object and the variables of the visit.

mod choice;

use std::fmt;
use std::sync::Arc;

use asl_json::{Object, Value};
use asl_jsonpath::{Intrinsic, Path};
use asl_model::QueryLanguage;

use crate::contract::ExecutionOptions;
use crate::error::{Fault, StateError};
use crate::frame::FrameId;
use crate::history::{Details, EventId};
use crate::interpreter::Ctx;
use crate::limits::Limits;
use crate::machine::{BodyId, Payload, State, StateId};
use crate::object_store::ObjectStore;
use crate::query::Scope;
use crate::record::{ExecutionRecord, RunId};
use crate::{context_object, map_run, recover};

pub use choice::{ConditionOutcome, Verdict};

/// Steps that one evaluation may take: a tenth of what an execution may, since somebody waits for the answer.
const QUERY_STEPS: u64 = 1_000_000;

/// A visit to a state, looked at once more.
#[derive(Debug)]
pub struct Moment {
    ctx: Ctx,
    frame: FrameId,
    /// What `$` stands for in JSONPath: the input after `InputPath`.
    effective: Value,
    result: Option<Value>,
    error_output: Option<Value>,
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvaluationError {
    /// Name of the error that a state with this expression would fail with; none where it is no expression at all.
    pub error: Option<Arc<str>>,
    /// What is wrong, in a sentence.
    pub cause: Arc<str>,
}

impl fmt::Display for EvaluationError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.error {
            Some(error) => write!(out, "{error}: {}", self.cause),
            None => out.write_str(&self.cause),
        }
    }
}

impl std::error::Error for EvaluationError {}

impl EvaluationError {
    fn syntax(problem: impl fmt::Display) -> EvaluationError {
        EvaluationError {
            error: None,
            cause: problem.to_string().into(),
        }
    }
}

impl From<Fault> for EvaluationError {
    fn from(fault: Fault) -> EvaluationError {
        let StateError { error, cause, .. } = fault.without_state();
        EvaluationError {
            error,
            cause: cause.unwrap_or_default(),
        }
    }
}

impl Moment {
    pub(crate) fn new(of: &Ctx, entered: EventId, variables: Object) -> Option<Moment> {
        let record = of.records.first()?;
        let trace = record.trace(entered)?;
        let event = record.history.get((entered.0 as usize).checked_sub(1)?)?;
        let Details::StateEntered { name, .. } = &event.details else {
            return None;
        };
        let position = of.machine.states.iter().position(|state| state.name == *name)?;
        let mut ctx = Ctx::new(Arc::clone(&of.machine), options(&of.options));
        ctx.now = event.timestamp;
        ctx.records.push(copy_of(record));
        let frame = map_run::start_record(&mut ctx, RunId(0), None, BodyId(0), record.input.clone());
        let visit = &mut ctx.frames[frame];
        visit.state = StateId(u32::try_from(position).ok()?);
        visit.input = trace.input.clone();
        visit.entered = entered;
        visit.entered_time = event.timestamp;
        visit.variables = variables;
        visit.retry_count =
            u32::try_from(trace.failures.iter().filter(|failure| failure.retry.is_some()).count()).ok()?;
        if let Some(item) = &trace.map_item {
            let mut context = context_object::own(&ctx, frame);
            context.insert("Map", Value::object([("Item", item.clone())]));
            ctx.given_context = Some(context);
        }
        let caught = trace.failures.last().filter(|failure| failure.catch_index.is_some());
        Some(Moment {
            ctx,
            frame,
            effective: trace.after_input_path.as_ref().unwrap_or(&trace.input).clone(),
            result: trace.result.clone(),
            error_output: caught.map(|failure| {
                recover::error_output(&StateError {
                    error: failure.error.clone(),
                    cause: failure.cause.clone(),
                    ..StateError::default()
                })
            }),
        })
    }

    /// Returns the moment as it was while the result, or an error that was caught, was not known yet.
    #[must_use]
    pub fn knowing(self, result: bool, error_output: bool) -> Moment {
        Moment {
            result: self.result.filter(|_| result),
            error_output: self.error_output.filter(|_| error_output),
            ..self
        }
    }

    /// Returns the value that an expression has here.
    ///
    /// In JSONPath the text is a path, an intrinsic function or a payload template, and `root` is what `$` stands for, the
    /// effective input where that is `None`. In JSONata it is an expression, with its marks or without.
    ///
    /// # Errors
    /// Where the text is no expression, or its evaluation fails or takes too many steps.
    pub fn evaluate(
        &self,
        language: QueryLanguage,
        text: &str,
        root: Option<&Value>,
    ) -> Result<Value, EvaluationError> {
        let scope = self.scope(root.unwrap_or(&self.effective));
        match language {
            QueryLanguage::JsonPath => json_path(&scope, text.trim()),
            QueryLanguage::Jsonata => jsonata(&scope, text.trim()),
        }
    }

    /// Returns the context object, as `$$` and `$states.context` show it.
    pub fn context(&self) -> Value {
        context_object::context_object(&self.ctx, self.frame, None)
    }

    fn scope<'a>(&'a self, root: &'a Value) -> Scope<'a> {
        let scope = Scope::new(&self.ctx, self.frame, root).with_result(self.result.as_ref());
        match &self.error_output {
            Some(output) => scope.with_error_output(output),
            None => scope,
        }
    }

    fn state(&self) -> &State {
        self.ctx.machine.state(self.ctx.frames[self.frame].state)
    }
}

fn options(options: &ExecutionOptions) -> ExecutionOptions {
    ExecutionOptions {
        objects: ObjectStore::default(),
        trace: false,
        limits: Limits {
            query_steps: QUERY_STEPS,
            ..options.limits.clone()
        },
        ..options.clone()
    }
}

/// Returns the record without what it recorded.
fn copy_of(record: &ExecutionRecord) -> ExecutionRecord {
    ExecutionRecord {
        redrive_count: record.redrive_count,
        redrive_time: record.redrive_time,
        ..ExecutionRecord::new(
            Arc::clone(&record.arn),
            Arc::clone(&record.name),
            Arc::clone(&record.state_machine_arn),
            record.execution_type,
            record.input.clone(),
            record.start_time,
        )
    }
}

fn json_path(scope: &Scope<'_>, text: &str) -> Result<Value, EvaluationError> {
    if text.starts_with("States.") {
        let intrinsic = Intrinsic::parse(text).map_err(EvaluationError::syntax)?;
        return Ok(intrinsic.evaluate(scope).map_err(Fault::from)?);
    }
    if text.starts_with('{') {
        let template = asl_json::parse_value(text).map_err(EvaluationError::syntax)?;
        let template = asl_jsonpath::Template::compile(&template)
            .map_err(|errors| EvaluationError::syntax(errors.first().map_or("", |error| error.message.as_str())))?;
        return Ok(scope.payload(&Payload::JsonPath(template))?);
    }
    let path = Path::parse(text).map_err(EvaluationError::syntax)?;
    Ok(scope.path(&path)?)
}

fn jsonata(scope: &Scope<'_>, text: &str) -> Result<Value, EvaluationError> {
    let bare = asl_jsonata::expression_text(text).unwrap_or(text);
    let marked = Value::from(format!("{{% {bare} %}}"));
    let template = asl_jsonata::Template::compile(&marked, "Expression").map_err(|errors| {
        let first = errors.first().map(ToString::to_string);
        EvaluationError::syntax(first.unwrap_or_default())
    })?;
    Ok(scope.payload(&Payload::Jsonata(template))?)
}

#[cfg(test)]
mod tests;
