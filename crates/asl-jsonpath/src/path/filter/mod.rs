//! Filters such as `[?(@.price < 10 && @.isbn)]`, in Jayway's grammar and with its comparison rules.

mod compare;
pub(super) mod parse;

use asl_json::Value;
use regex_lite::Regex;

use super::search::Search;
use super::segment::Operand;
use crate::error::PathError;
use compare::Operator;

/// What trying a pattern costs per byte of text: more than a value, since many states of the pattern are alive at once.
const STEPS_PER_BYTE: u64 = 8;

/// A condition on one value.
#[derive(Clone, Debug)]
pub(crate) enum Filter {
    /// `a || b`
    Any(Vec<Filter>),
    /// `a && b`
    All(Vec<Filter>),
    /// `!a`
    Not(Box<Filter>),
    /// `@.a`: there is something other than `null`.
    Exists(Operand),
    /// `@.a < 10`
    Compare {
        left: Operand,
        operator: Operator,
        right: Operand,
    },
    /// `@.a =~ /b.*/i`: the pattern fits the whole text.
    Matches { operand: Operand, pattern: Regex },
}

impl Filter {
    /// Returns true where the condition holds for `current`, which is what `@` stands for.
    pub(super) fn accepts(&self, current: &Value, search: &Search) -> Result<bool, PathError> {
        match self {
            Filter::Any(filters) => {
                for filter in filters {
                    if filter.accepts(current, search)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Filter::All(filters) => {
                for filter in filters {
                    if !filter.accepts(current, search)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Filter::Not(filter) => Ok(!filter.accepts(current, search)?),
            Filter::Exists(operand) => exists(operand, current, search),
            Filter::Compare { left, operator, right } => {
                let left = search.operand(left, current)?;
                let right = search.operand(right, current)?;
                search.spend(operator.steps(left.as_ref(), right.as_ref()))?;
                Ok(operator.holds(left.as_ref(), right.as_ref()))
            }
            Filter::Matches { operand, pattern } => matches(operand, pattern, current, search),
        }
    }
}

fn exists(operand: &Operand, current: &Value, search: &Search) -> Result<bool, PathError> {
    let found = search.operand(operand, current)?;
    let indefinite = matches!(operand, Operand::Path { steps, .. } if !steps.definite);
    Ok(match found {
        Some(Value::Array(items)) if indefinite => !items.is_empty(),
        Some(value) => !value.is_null(),
        None => false,
    })
}

fn matches(operand: &Operand, pattern: &Regex, current: &Value, search: &Search) -> Result<bool, PathError> {
    let text = match search.operand(operand, current)? {
        Some(Value::String(text)) => text,
        Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string().into(),
        _ => return Ok(false),
    };
    search.spend(text.len() as u64 * STEPS_PER_BYTE)?;
    Ok(pattern.is_match(&text))
}
