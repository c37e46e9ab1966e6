//! Functions at the end of a path, such as `$.prices.max()`.

use asl_json::{Number, Value};

use crate::error::PathError;

/// A function that Jayway knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Length,
    Size,
    Min,
    Max,
    Avg,
    Sum,
    StdDev,
    Keys,
    Concat,
    Append,
    First,
    Last,
    Index,
}

const FUNCTIONS: [(&str, Function); 13] = [
    ("length", Function::Length),
    ("size", Function::Size),
    ("min", Function::Min),
    ("max", Function::Max),
    ("avg", Function::Avg),
    ("sum", Function::Sum),
    ("stddev", Function::StdDev),
    ("keys", Function::Keys),
    ("concat", Function::Concat),
    ("append", Function::Append),
    ("first", Function::First),
    ("last", Function::Last),
    ("index", Function::Index),
];

impl Function {
    /// Returns the function of that name.
    pub(super) fn named(name: &str) -> Option<Function> {
        let found = FUNCTIONS.into_iter().find(|(known, _)| *known == name)?;
        Some(found.1)
    }

    pub(super) fn name(self) -> &'static str {
        let found = FUNCTIONS.into_iter().find(|(_, function)| *function == self);
        found.expect("every function has a name").0
    }

    /// Returns the result for what the path has found and for the arguments between the parentheses.
    pub(super) fn apply(self, found: &Value, arguments: &[Value]) -> Result<Value, PathError> {
        match self {
            Function::Length | Function::Size => Ok(length(arguments.first().unwrap_or(found))),
            Function::Min => fold(found, arguments, |numbers| {
                numbers.iter().copied().fold(f64::MAX, f64::min)
            }),
            Function::Max => fold(found, arguments, |numbers| {
                numbers.iter().copied().fold(f64::MIN, f64::max)
            }),
            Function::Sum => fold(found, arguments, |numbers| numbers.iter().sum()),
            Function::Avg => fold(found, arguments, average),
            Function::StdDev => fold(found, arguments, standard_deviation),
            Function::Keys => Ok(found.as_object().map_or(Value::Null, |object| {
                Value::array(object.keys().map(|name| Value::String(name.clone())))
            })),
            Function::Concat => Ok(concat(found, arguments)),
            Function::Append => Ok(append(found, arguments)),
            Function::First => item(found, Some(0)),
            Function::Last => item(found, Some(-1)),
            Function::Index => item(found, arguments.first().and_then(Value::as_i64)),
        }
    }
}

fn empty() -> PathError {
    PathError::Function("Aggregation function attempted to calculate value using empty array".into())
}

fn length(value: &Value) -> Value {
    let length = match value {
        Value::Array(items) => items.len(),
        Value::Object(object) => object.len(),
        _ => return Value::Null,
    };
    i64::try_from(length).map_or(Value::Null, Value::from)
}

/// Applies an aggregation to the numbers found and given; everything else among them is passed over.
fn fold(found: &Value, arguments: &[Value], aggregate: impl Fn(&[f64]) -> f64) -> Result<Value, PathError> {
    let mut numbers = Vec::new();
    for value in std::iter::once(found).chain(arguments) {
        match value {
            Value::Array(items) => numbers.extend(items.iter().filter_map(Value::as_number).map(Number::as_f64)),
            Value::Number(number) if !std::ptr::eq(value, found) => numbers.push(number.as_f64()),
            _ => {}
        }
    }
    if numbers.is_empty() {
        return Err(empty());
    }
    let result = Number::from_f64(aggregate(&numbers));
    result
        .map(Value::Number)
        .ok_or_else(|| PathError::Function("The result is beyond the range of a number".into()))
}

#[expect(clippy::cast_precision_loss, reason = "no array has 2^53 items")]
fn average(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

fn standard_deviation(numbers: &[f64]) -> f64 {
    let mean = average(numbers);
    let squares: Vec<f64> = numbers.iter().map(|number| (number - mean).powi(2)).collect();
    average(&squares).sqrt()
}

fn concat(found: &Value, arguments: &[Value]) -> Value {
    let mut text = String::new();
    let mut add = |value: &Value| match value {
        Value::String(part) => text.push_str(part),
        Value::Number(number) => text.push_str(&number.to_string()),
        _ => {}
    };
    for value in std::iter::once(found).chain(arguments) {
        match value {
            Value::Array(items) => items.iter().for_each(&mut add),
            _ if std::ptr::eq(value, found) => {}
            _ => add(value),
        }
    }
    text.into()
}

fn append(found: &Value, arguments: &[Value]) -> Value {
    match found {
        Value::Array(items) => Value::array(items.iter().chain(arguments).cloned()),
        _ => found.clone(),
    }
}

fn item(found: &Value, index: Option<i64>) -> Result<Value, PathError> {
    let items = found.as_array().ok_or_else(empty)?;
    let item = index.and_then(|index| super::search::item(items, index));
    item.cloned().ok_or_else(empty)
}
