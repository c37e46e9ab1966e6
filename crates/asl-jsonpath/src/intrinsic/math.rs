//! `States.MathAdd` and `States.MathRandom`.

use asl_json::Value;

use super::Failure;
use super::random::JavaRandom;
use crate::scope::Scope;

/// Returns an argument as an integer; a fraction is rounded as `java.lang.Math.round` does, halves upwards.
pub(super) fn integer(values: &[Value], position: usize) -> Result<i64, Failure> {
    let argument = position + 1;
    let Some(number) = values[position].as_number() else {
        let type_name = values[position].type_name();
        return Err(Failure::new(format!(
            "Argument {argument} must be a number, but is of type {type_name}"
        )));
    };
    let integer = number.as_i64().unwrap_or_else(|| round(number.as_f64()));
    if i32::try_from(integer).is_err() {
        let range = "between -2147483648 and 2147483647";
        return Err(Failure::new(format!("Argument {argument} must be {range}")));
    }
    Ok(integer)
}

#[expect(clippy::cast_possible_truncation, reason = "Java saturates as well")]
fn round(number: f64) -> i64 {
    let floor = number.floor();
    (if number - floor >= 0.5 { floor + 1.0 } else { floor }) as i64
}

pub(super) fn add(values: &[Value]) -> Result<Value, Failure> {
    Ok((integer(values, 0)? + integer(values, 1)?).into())
}

pub(super) fn random(values: &[Value], scope: &dyn Scope) -> Result<Value, Failure> {
    let (start, end) = (integer(values, 0)?, integer(values, 1)?);
    if start >= end {
        return Err(Failure::new("The start of the range must be less than its end"));
    }
    let seed = match values.get(2) {
        Some(_) => integer(values, 2)?,
        None => scope.random().cast_signed(),
    };
    Ok((start + JavaRandom::new(seed).below(end - start)).into())
}
