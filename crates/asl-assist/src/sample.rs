//! Data of an earlier run, out of which names are proposed and values shown.

use std::cell::Cell;
use std::collections::BTreeMap;

use asl_json::Value;
use asl_jsonpath::{OutOfFuel, Path, Scope};
use asl_model::schema::Shape;

use crate::place::{Place, text};

/// What states worked with in an earlier run. Empty where there was none.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// By name of the state, which is unique in a definition.
    pub states: BTreeMap<String, StateSample>,
}

/// What one state worked with.
#[derive(Clone, Debug, Default)]
pub struct StateSample {
    /// Its input, as it was entered with.
    pub input: Option<Value>,
    /// The raw result of a Task, Parallel or Map.
    pub result: Option<Value>,
    /// The context object.
    pub context: Option<Value>,
    /// The variables it could see, by name without dollar sign.
    pub variables: BTreeMap<String, Value>,
}

/// What expressions at one place see.
#[derive(Clone, Debug)]
pub(crate) struct Data {
    /// `$` of a path.
    input: Value,
    /// `$states`
    states: Value,
    context: Value,
    variables: BTreeMap<String, Value>,
    /// True where an earlier run gave the input.
    pub(crate) is_known: bool,
    spent: Cell<u64>,
}

/// How much the look-ups for one answer may cost.
const MOST_STEPS: u64 = 100_000;

impl Data {
    /// Returns what expressions at this place saw in an earlier run.
    pub(crate) fn at(place: &Place<'_>, sample: &Sample) -> Data {
        let known = place.state().and_then(|state| sample.states.get(state.name));
        let known = known.cloned().unwrap_or_default();
        let context = known.context.unwrap_or_else(Value::empty_object);
        let mut data = Data {
            input: Value::Null,
            states: Value::Null,
            context: context.clone(),
            variables: known.variables,
            is_known: known.input.is_some(),
            spent: Cell::new(0),
        };
        let raw = known.input.unwrap_or_default();
        let mut states = vec![("input", raw.clone()), ("context", context)];
        let seen = members_of_states(place);
        if let Some(result) = known.result.clone().filter(|_| seen.contains(&"result")) {
            states.push(("result", result));
        }
        if seen.contains(&"errorOutput") {
            states.push(("errorOutput", error_output()));
        }
        data.states = Value::object(states);
        data.input = match root(place) {
            Root::Raw => raw,
            Root::Result => known.result.unwrap_or_default(),
            Root::Error => error_output(),
            Root::Effective => {
                data.input = raw;
                data.effective(place)
            }
        };
        data.is_known |= !data.input.is_null();
        data
    }

    /// Returns what `InputPath` leaves of the input.
    fn effective(&self, place: &Place<'_>) -> Value {
        let selected = place.state().and_then(|state| text(state.node, "InputPath"));
        let path = selected.and_then(|path| Path::parse(path).ok());
        path.and_then(|path| path.evaluate(self).ok())
            .unwrap_or_else(|| self.input.clone())
    }

    /// Returns the variable of that name.
    pub(crate) fn variable_value(&self, name: &str) -> Option<&Value> {
        self.variables.get(name)
    }
}

/// Returns the members that `$states` has at a place.
pub(crate) fn members_of_states(place: &Place<'_>) -> Vec<&'static str> {
    let mut members = vec!["input", "context"];
    let field = place.field.and_then(|field| field.row).map(|row| row.name);
    let is_final = matches!(field, Some("Output" | "Assign"));
    match place.owner.0 {
        Some(Shape::Task | Shape::Parallel | Shape::Map) if is_final => members.push("result"),
        Some(Shape::Catcher) if is_final => members.push("errorOutput"),
        _ => {}
    }
    members
}

/// What `$` stands for.
enum Root {
    Raw,
    Effective,
    Result,
    Error,
}

fn root(place: &Place<'_>) -> Root {
    let field = place.field.and_then(|field| field.row).map_or("", |row| row.name);
    match (place.owner.0, field) {
        (Some(Shape::Catcher), "Assign") => Root::Error,
        (Some(Shape::Task | Shape::Parallel | Shape::Map), "Assign" | "ResultSelector") => Root::Result,
        (_, "InputPath" | "OutputPath" | "ResultPath") => Root::Raw,
        _ => Root::Effective,
    }
}

fn error_output() -> Value {
    Value::object([
        ("Error", Value::from("States.TaskFailed")),
        ("Cause", Value::from("...")),
    ])
}

impl Scope for Data {
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
        0
    }

    fn spend(&self, steps: u64) -> Result<(), OutOfFuel> {
        self.spent.set(self.spent.get().saturating_add(steps));
        if self.spent.get() > MOST_STEPS {
            Err(OutOfFuel)
        } else {
            Ok(())
        }
    }
}

impl asl_jsonata::Scope for Data {
    fn states(&self) -> Value {
        self.states.clone()
    }

    fn variable(&self, name: &str) -> Option<Value> {
        self.variables.get(name).cloned()
    }

    fn random(&self) -> u64 {
        0
    }

    fn now_ms(&self) -> i64 {
        0
    }
}
