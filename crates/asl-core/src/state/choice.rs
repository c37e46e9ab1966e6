//! Choice: goes on with one of several states.

use asl_json::Value;
use asl_jsonpath::Path;
use asl_model::{Family, QueryLanguage, Relation};

use crate::dataflow;
use crate::error::Fault;
use crate::frame::FrameId;
use crate::interpreter::Ctx;
use crate::machine::{Choice, Condition, Operand, State, Transition, TypeTest};
use crate::query::{Scope, unexpected};
use crate::timestamp::Instant;

/// Leaves by the first rule that holds, else by `Default`.
pub(crate) fn enter(ctx: &mut Ctx, frame: FrameId, state: &State, choice: &Choice) -> Result<(), Fault> {
    let effective = dataflow::effective_input(ctx, frame, state)?;
    let (exit, taken) = {
        let scope = Scope::new(ctx, frame, &effective);
        let mut chosen = None;
        for (position, rule) in choice.rules.iter().enumerate() {
            if holds(&scope, &rule.condition)? {
                chosen = Some((position, rule));
                break;
            }
        }
        let (made, to) = match (chosen, choice.default) {
            (Some((_, rule)), _) => ((rule.output.as_ref(), rule.assign.as_ref()), rule.next),
            (None, Some(default)) => ((state.flow.output.as_ref(), state.flow.assign.as_ref()), default),
            (None, None) => return Err(nowhere_to_go(ctx)),
        };
        let default = match state.query_language {
            QueryLanguage::JsonPath => scope.path_field(&state.flow.output_path)?,
            QueryLanguage::Jsonata => effective.clone(),
        };
        let exit = dataflow::exit_by(&scope, made, default, Transition::Next(to))?;
        (exit, chosen.map(|(position, _)| position))
    };
    ctx.trace(frame, |trace| {
        trace.rule = taken.and_then(|position| u32::try_from(position).ok());
    });
    ctx.leave(frame, state, exit)
}

fn nowhere_to_go(ctx: &Ctx) -> Fault {
    Fault::Interpreter {
        error: ctx.options.behavior.no_choice_matched_error,
        message: "Failed to transition out of the state. The state does not point to a next state.".into(),
    }
}

/// Returns whether a condition holds. Recursion is bounded by the depth to which JSON is parsed.
pub(crate) fn holds(scope: &Scope<'_>, condition: &Condition) -> Result<bool, Fault> {
    match condition {
        Condition::Literal(value) => Ok(*value),
        Condition::Expression(template) => match template.evaluate(scope)? {
            Value::Bool(value) => Ok(value),
            value => Err(unexpected(template, "boolean", &value)),
        },
        Condition::And(inner) => every(scope, inner, true),
        Condition::Or(inner) => Ok(!every(scope, inner, false)?),
        Condition::Not(inner) => Ok(!holds(scope, inner)?),
        Condition::Compare {
            variable,
            family,
            relation,
            operand,
        } => {
            let left = referenced(scope, variable)?;
            match operand {
                Operand::Literal(right) => Ok(compare(*family, *relation, &left, right)),
                Operand::Path(path) => Ok(compare(*family, *relation, &left, &referenced(scope, path)?)),
            }
        }
        Condition::StringMatches { variable, pattern } => match referenced(scope, variable)? {
            Value::String(text) => string_matches(&text, pattern),
            _ => Ok(false),
        },
        Condition::Is {
            variable,
            test,
            expected,
        } => Ok(is(scope, variable, *test)? == *expected),
    }
}

/// Returns whether all conditions come out as `wanted`; those after the first that does not are left alone.
fn every(scope: &Scope<'_>, conditions: &[Condition], wanted: bool) -> Result<bool, Fault> {
    for condition in conditions {
        if holds(scope, condition)? != wanted {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(crate) fn referenced(scope: &Scope<'_>, path: &Path) -> Result<Value, Fault> {
    match path.find(scope) {
        Ok(Some(value)) => Ok(value),
        Ok(None) | Err(_) => Err(Fault::runtime(format!(
            "Invalid path '{}': The choice state's condition path references an invalid value.",
            path.text()
        ))),
    }
}

fn is(scope: &Scope<'_>, variable: &Path, test: TypeTest) -> Result<bool, Fault> {
    if test == TypeTest::Present {
        return variable
            .is_present(scope)
            .map_err(|error| Fault::path(variable, &error));
    }
    let value = referenced(scope, variable)?;
    Ok(match test {
        TypeTest::Present => true,
        TypeTest::Null => value.is_null(),
        TypeTest::Numeric => value.as_number().is_some(),
        TypeTest::String => value.as_str().is_some(),
        TypeTest::Boolean => value.as_bool().is_some(),
        TypeTest::Timestamp => value.as_str().and_then(Instant::parse).is_some(),
    })
}

/// Returns whether two values of the family are in the relation. Values of another type are in none.
fn compare(family: Family, relation: Relation, left: &Value, right: &Value) -> bool {
    let order = match family {
        Family::String => left.as_str().zip(right.as_str()).map(|(left, right)| left.cmp(right)),
        Family::Boolean => left
            .as_bool()
            .zip(right.as_bool())
            .map(|(left, right)| left.cmp(&right)),
        Family::Numeric => numeric_order(left, right),
        Family::Timestamp => {
            let instant = |value: &Value| value.as_str().and_then(Instant::parse);
            instant(left).zip(instant(right)).map(|(left, right)| left.cmp(&right))
        }
    };
    order.is_some_and(|order| match relation {
        Relation::Equals => order.is_eq(),
        Relation::LessThan => order.is_lt(),
        Relation::GreaterThan => order.is_gt(),
        Relation::LessThanEquals => order.is_le(),
        Relation::GreaterThanEquals => order.is_ge(),
    })
}

fn numeric_order(left: &Value, right: &Value) -> Option<std::cmp::Ordering> {
    let (left, right) = (left.as_number()?, right.as_number()?);
    match (left.as_i64(), right.as_i64()) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64().partial_cmp(&right.as_f64()),
    }
}

/// One part of a pattern.
enum Glyph {
    Star,
    Char(char),
}

/// Returns whether a pattern matches the whole text. Only `*` is special; a backslash makes it or itself literal.
fn string_matches(text: &str, pattern: &str) -> Result<bool, Fault> {
    let mut glyphs = Vec::new();
    let mut rest = pattern.chars();
    while let Some(char) = rest.next() {
        glyphs.push(match char {
            '*' => Glyph::Star,
            '\\' => match rest.next() {
                Some(escaped @ ('*' | '\\')) => Glyph::Char(escaped),
                _ => return Err(Fault::runtime(format!("Invalid StringMatches pattern: '{pattern}'"))),
            },
            char => Glyph::Char(char),
        });
    }
    Ok(glob(&text.chars().collect::<Vec<char>>(), &glyphs))
}

/// Matches by going back to the last star only: time is bounded by the product of the lengths.
fn glob(text: &[char], glyphs: &[Glyph]) -> bool {
    let (mut at, mut glyph) = (0, 0);
    let mut star = None;
    while at < text.len() {
        match glyphs.get(glyph) {
            Some(Glyph::Star) => {
                star = Some((at, glyph));
                glyph += 1;
            }
            Some(Glyph::Char(char)) if *char == text[at] => {
                at += 1;
                glyph += 1;
            }
            _ => match star {
                Some((from, star_glyph)) => {
                    at = from + 1;
                    glyph = star_glyph + 1;
                    star = Some((at, star_glyph));
                }
                None => return false,
            },
        }
    }
    glyphs[glyph..].iter().all(|glyph| matches!(glyph, Glyph::Star))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_know_one_wildcard_and_one_escape() {
        for (text, pattern, expected) in [
            ("log-2026.txt", "log-*.txt", true),
            ("log-2026.txt", "log-?026.txt", false),
            ("abc", "*c*", true),
            ("aXbXc", "a*b*c", true),
            ("abcd", "a*b", false),
            ("", "*", true),
            ("a*b", "a\\*b", true),
            ("axb", "a\\*b", false),
            ("a\\b", "a\\\\b", true),
        ] {
            assert_eq!(string_matches(text, pattern), Ok(expected), "{text} {pattern}");
        }
        assert!(string_matches("a", "a\\").is_err());
    }
}
