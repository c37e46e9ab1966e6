//! Each rule of a Choice state once more, with the values that it compared.

use asl_json::Value;

use super::Moment;
use crate::error::Fault;
use crate::machine::{Condition, Operand, StateKind, TypeTest};
use crate::query::Scope;
use crate::state::choice::{holds, referenced};
use asl_model::QueryLanguage;

/// Values that one JSONata condition names at most.
const MOST_OPERANDS: usize = 8;

/// Whether a condition held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It held.
    True,
    /// It did not.
    False,
    /// Its evaluation failed, for this reason.
    Failed(String),
    /// It was not looked at, because what came before it decided.
    NotEvaluated,
}

/// What came of a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionOutcome {
    /// Whether it held.
    pub verdict: Verdict,
    /// What it looked at, in the order of its text: a path, reference or literal, and the value; `None` where nothing was
    /// there.
    pub operands: Vec<(String, Option<Value>)>,
    /// The conditions inside an `And`, `Or` or `Not`.
    pub inner: Vec<ConditionOutcome>,
}

impl Moment {
    /// Returns what came of each rule's condition, in their order; `None` where the state is no Choice state.
    pub fn choice(&self) -> Option<Vec<ConditionOutcome>> {
        let StateKind::Choice(choice) = &self.state().kind else {
            return None;
        };
        let mut is_decided = false;
        let rules = choice.rules.iter().map(|rule| {
            let outcome = self.outcome(&rule.condition, !is_decided);
            is_decided |= matches!(outcome.verdict, Verdict::True | Verdict::Failed(_));
            outcome
        });
        Some(rules.collect())
    }

    fn outcome(&self, condition: &Condition, is_evaluated: bool) -> ConditionOutcome {
        let inner = match condition {
            Condition::And(inner) => self.inner(inner, &Verdict::True, is_evaluated),
            Condition::Or(inner) => self.inner(inner, &Verdict::False, is_evaluated),
            Condition::Not(inner) => vec![self.outcome(inner, is_evaluated)],
            _ => Vec::new(),
        };
        if !is_evaluated {
            return ConditionOutcome {
                verdict: Verdict::NotEvaluated,
                operands: Vec::new(),
                inner,
            };
        }
        let scope = self.scope(&self.effective);
        ConditionOutcome {
            verdict: match holds(&scope, condition) {
                Ok(true) => Verdict::True,
                Ok(false) => Verdict::False,
                Err(fault) => Verdict::Failed(cause(fault)),
            },
            operands: self.operands(&scope, condition),
            inner,
        }
    }

    /// Returns what came of each condition, up to the first that is not as `wanted`.
    fn inner(&self, conditions: &[Condition], wanted: &Verdict, is_evaluated: bool) -> Vec<ConditionOutcome> {
        let mut goes_on = is_evaluated;
        let outcome = |condition| {
            let outcome = self.outcome(condition, goes_on);
            goes_on &= outcome.verdict == *wanted;
            outcome
        };
        conditions.iter().map(outcome).collect()
    }

    fn operands(&self, scope: &Scope<'_>, condition: &Condition) -> Vec<(String, Option<Value>)> {
        let found = |path: &asl_jsonpath::Path| (path.text().to_string(), referenced(scope, path).ok());
        match condition {
            Condition::Compare { variable, operand, .. } => {
                let right = match operand {
                    Operand::Literal(value) => (value.to_string(), Some(value.clone())),
                    Operand::Path(path) => found(path),
                };
                vec![found(variable), right]
            }
            Condition::StringMatches { variable, pattern } => {
                vec![found(variable), (pattern.to_string(), Some(pattern.as_ref().into()))]
            }
            Condition::Is { variable, test, .. } if *test == TypeTest::Present => {
                vec![(variable.text().to_string(), scope.look_up(variable).ok())]
            }
            Condition::Is { variable, .. } => vec![found(variable)],
            Condition::Expression(template) => {
                let texts = template.expressions();
                let chains = texts.iter().flat_map(|(_, expression)| chains(expression.text()));
                let value = |chain: String| {
                    let value = self.evaluate(QueryLanguage::Jsonata, &chain, None).ok();
                    (chain, value)
                };
                chains.map(value).take(MOST_OPERANDS).collect()
            }
            Condition::Literal(_) | Condition::And(_) | Condition::Or(_) | Condition::Not(_) => Vec::new(),
        }
    }
}

fn cause(fault: Fault) -> String {
    let error = fault.without_state();
    error.cause.as_deref().unwrap_or_default().to_owned()
}

/// Returns the references of a JSONata expression, such as `$states.input.total` and `$limit`, each once. What is called
/// is none, and neither is what stands in a string.
fn chains(expression: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let (mut rest, mut quote) = (expression, None);
    while let Some(char) = rest.chars().next() {
        if char == '$' && quote.is_none() {
            let end = chain_end(rest);
            let chain = rest[..end].trim_end_matches('.');
            let is_called = rest[end..].trim_start().starts_with('(');
            if chain.len() > 1 && !is_called && !found.iter().any(|known| known == chain) {
                found.push(chain.to_owned());
            }
            rest = &rest[end.max(1)..];
            continue;
        }
        match quote {
            Some(open) if open == char => quote = None,
            None if matches!(char, '"' | '\'') => quote = Some(char),
            _ => {}
        }
        rest = &rest[char.len_utf8()..];
    }
    found
}

fn chain_end(text: &str) -> usize {
    let belongs = |char: char| char == '$' || char == '.' || char == '_' || char.is_alphanumeric();
    text.char_indices()
        .find(|(_, char)| !belongs(*char))
        .map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_and_calls_and_strings_are_not() {
        assert_eq!(
            chains(
                r#"$states.input.total > $limit and $count($states.input.lines) = 2 and "$no" != $states.input.total"#
            ),
            ["$states.input.total", "$limit", "$states.input.lines"]
        );
        assert!(chains("1 = 1").is_empty());
    }
}
