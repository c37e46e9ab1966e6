//! The rules of a Choice state in words: what each compared, and why it was or was not taken.

use asl_core::{ConditionOutcome, Verdict};
use asl_json::Value;
use asl_model::{Condition, DataTest, Family, Operator, State, StateKind};

use crate::rule_text::{full_rule, sign};
use crate::text::shorten;

/// Characters of one value in a comparison.
const VALUE_CHARS: usize = 40;

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// Its place in `Choices`, from 1; none for `Default`.
    pub number: Option<u32>,
    /// Where it leads.
    pub next: String,
    /// Whether it was taken.
    pub is_taken: bool,
    /// Why, in a few words: `taken`, `does not hold`, `not evaluated`.
    pub why: String,
    /// Its condition and those inside, outer before inner.
    pub conditions: Vec<ConditionText>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionText {
    /// Conditions around it.
    pub depth: u32,
    /// The condition: `total > 100`, or `And: all must hold`.
    pub text: String,
    /// The same with values: `250 > 100`; empty where it was not evaluated, or has no values.
    pub compared: String,
    /// Whether it held; none where it was not evaluated.
    pub holds: Option<bool>,
    /// What else there is to know: why its evaluation failed, or that the types do not fit.
    pub note: String,
}

/// Returns the rules of a Choice state in words, `Default` last; nothing for other types.
pub fn explain_choice(state: &State, outcomes: &[ConditionOutcome]) -> Vec<RuleText> {
    let StateKind::Choice(choice) = &state.kind else {
        return Vec::new();
    };
    let mut is_decided = false;
    let mut rules = Vec::with_capacity(choice.choices.len() + 1);
    for ((number, rule), outcome) in (1..).zip(&choice.choices).zip(outcomes) {
        let is_taken = outcome.verdict == Verdict::True;
        is_decided |= matches!(outcome.verdict, Verdict::True | Verdict::Failed(_));
        let mut conditions = Vec::new();
        add(&mut conditions, 0, &rule.condition, outcome);
        rules.push(RuleText {
            number: Some(number),
            next: rule.next.to_string(),
            is_taken,
            why: match outcome.verdict {
                Verdict::True => "taken",
                Verdict::False => "does not hold",
                Verdict::Failed(_) => "failed",
                Verdict::NotEvaluated => "not evaluated",
            }
            .to_owned(),
            conditions,
        });
    }
    if let Some(default) = &choice.default {
        let why = if is_decided {
            "not needed"
        } else {
            "taken: no rule holds"
        };
        rules.push(RuleText {
            number: None,
            next: default.to_string(),
            is_taken: !is_decided,
            why: why.to_owned(),
            conditions: Vec::new(),
        });
    }
    rules
}

fn add(rows: &mut Vec<ConditionText>, depth: u32, condition: &Condition, outcome: &ConditionOutcome) {
    let (text, inner): (String, &[Condition]) = match condition {
        Condition::And(inner) => ("And: all must hold".to_owned(), inner),
        Condition::Or(inner) => ("Or: one must hold".to_owned(), inner),
        Condition::Not(inner) => ("Not: must not hold".to_owned(), std::slice::from_ref(&**inner)),
        _ => (full_rule(condition), &[]),
    };
    let (holds, failure) = match &outcome.verdict {
        Verdict::True => (Some(true), None),
        Verdict::False => (Some(false), None),
        Verdict::Failed(cause) => (None, Some(cause.clone())),
        Verdict::NotEvaluated => (None, None),
    };
    rows.push(ConditionText {
        depth,
        text,
        compared: compared(condition, outcome),
        holds,
        note: failure
            .filter(|_| inner.is_empty())
            .unwrap_or_else(|| note(condition, outcome)),
    });
    for (condition, outcome) in inner.iter().zip(&outcome.inner) {
        add(rows, depth + 1, condition, outcome);
    }
}

fn compared(condition: &Condition, outcome: &ConditionOutcome) -> String {
    let operands = &outcome.operands;
    match condition {
        Condition::Test(test) => match (test.operator, operands.as_slice()) {
            (Operator::Compare { relation, .. }, [left, right]) => {
                format!("{} {} {}", shown(left), sign(relation), shown(right))
            }
            (Operator::StringMatches, [left, right]) => format!("{} matches {}", shown(left), shown(right)),
            (_, [only]) => shown(only),
            _ => String::new(),
        },
        Condition::Expression(_) => {
            let pairs: Vec<String> = operands
                .iter()
                .map(|operand| format!("{} = {}", operand.0, shown(operand)))
                .collect();
            pairs.join(", ")
        }
        _ => String::new(),
    }
}

fn shown((_, value): &(String, Option<Value>)) -> String {
    match value {
        Some(value) => shorten(&value.to_string(), VALUE_CHARS),
        None => "nothing there".to_owned(),
    }
}

/// Says that a comparison cannot hold because a side has another type: the commonest surprise.
fn note(condition: &Condition, outcome: &ConditionOutcome) -> String {
    let Condition::Test(DataTest {
        operator: Operator::Compare { family, .. },
        ..
    }) = condition
    else {
        return String::new();
    };
    let wanted = match family {
        Family::String | Family::Timestamp => "string",
        Family::Numeric => "number",
        Family::Boolean => "boolean",
    };
    let odd = outcome
        .operands
        .iter()
        .filter_map(|(_, value)| value.as_ref())
        .find(|value| value.type_name() != wanted);
    odd.map_or(String::new(), |value| {
        format!(
            "{} is of type {}, and the operator compares values of type {wanted}",
            shorten(&value.to_string(), VALUE_CHARS),
            value.type_name()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl_core::ConditionOutcome;

    fn state(choices: &str) -> State {
        let text = format!(
            r#"{{"StartAt": "C", "States": {{"C": {{"Type": "Choice", "Choices": [{choices}], "Default": "E"}}, "E": {{"Type": "Succeed"}}}}}}"#
        );
        asl_model::parse(&text).definition.unwrap().body.states["C"].clone()
    }

    fn outcome(verdict: Verdict, operands: &[&str], inner: Vec<ConditionOutcome>) -> ConditionOutcome {
        let operands = operands
            .iter()
            .map(|text| (String::new(), asl_json::parse_value(text).ok()))
            .collect();
        ConditionOutcome {
            verdict,
            operands,
            inner,
        }
    }

    #[test]
    fn rules_show_what_they_compared_and_why_they_were_not_taken() {
        let state = state(
            r#"{"Variable": "$.total", "NumericGreaterThan": 100, "Next": "E"},
            {"And": [{"Variable": "$.a", "IsPresent": true}, {"Variable": "$.b", "StringMatches": "x*"}], "Next": "E"},
            {"Variable": "$.c", "BooleanEquals": true, "Next": "E"}"#,
        );
        let outcomes = [
            outcome(Verdict::False, &["\"250\"", "100"], Vec::new()),
            outcome(
                Verdict::True,
                &[],
                vec![
                    outcome(Verdict::True, &["1"], Vec::new()),
                    outcome(Verdict::True, &["\"xy\"", "\"x*\""], Vec::new()),
                ],
            ),
            outcome(Verdict::NotEvaluated, &[], Vec::new()),
        ];
        let rules = explain_choice(&state, &outcomes);
        let whys: Vec<&str> = rules.iter().map(|rule| &*rule.why).collect();
        assert_eq!(whys, ["does not hold", "taken", "not evaluated", "not needed"]);
        let first = &rules[0].conditions[0];
        assert_eq!((&*first.text, &*first.compared), ("total > 100", "\"250\" > 100"));
        assert!(first.note.starts_with("\"250\" is of type string"), "{}", first.note);
        let tree: Vec<_> = rules[1]
            .conditions
            .iter()
            .map(|row| (row.depth, &*row.compared))
            .collect();
        assert_eq!(tree, [(0, ""), (1, "1"), (1, "\"xy\" matches \"x*\"")]);
    }

    #[test]
    fn default_is_taken_where_no_rule_holds() {
        let state = state(r#"{"Variable": "$.total", "NumericGreaterThan": 100, "Next": "E"}"#);
        let rules = explain_choice(&state, &[outcome(Verdict::False, &["1", "100"], Vec::new())]);
        assert_eq!((rules[1].number, rules[1].is_taken), (None, true));
    }
}
