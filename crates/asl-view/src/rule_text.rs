//! Choice rules in a few plain words.

use asl_json::Value;
use asl_model::{Condition, DataTest, Family, Operator, Relation};

use crate::text::shorten;

/// Characters a rule may take on a label.
pub(crate) const MAX_LABEL_CHARS: usize = 28;

/// Nested conditions below this depth are written as `...`.
const MAX_DEPTH: usize = 24;

/// Returns the rule in at most 28 characters, such as `total > 100` or `status = "PAID" and ...`.
pub(crate) fn short_rule(condition: &Condition) -> String {
    let whole = full_rule(condition);
    let (parts, word) = match condition {
        Condition::And(parts) => (parts, "and"),
        Condition::Or(parts) => (parts, "or"),
        _ => return shorten(&whole, MAX_LABEL_CHARS),
    };
    if whole.chars().count() <= MAX_LABEL_CHARS || parts.len() < 2 {
        return shorten(&whole, MAX_LABEL_CHARS);
    }
    let rest = format!(" {word} ...");
    let first = write(&parts[0], 1);
    format!("{}{rest}", shorten(&first, MAX_LABEL_CHARS - rest.len()))
}

/// Returns the whole rule in one line.
pub(crate) fn full_rule(condition: &Condition) -> String {
    write(condition, 0)
}

fn write(condition: &Condition, depth: usize) -> String {
    if depth > MAX_DEPTH {
        return "...".to_owned();
    }
    match condition {
        Condition::Literal(true) => "always".to_owned(),
        Condition::Literal(false) => "never".to_owned(),
        Condition::Expression(text) => expression(text),
        Condition::Test(test) => data_test(test),
        Condition::And(parts) => joined(parts, " and ", depth),
        Condition::Or(parts) => joined(parts, " or ", depth),
        Condition::Not(inner) => format!("not ({})", write(inner, depth + 1)),
    }
}

fn joined(parts: &[Condition], word: &str, depth: usize) -> String {
    let texts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Condition::And(inner) | Condition::Or(inner) if inner.len() > 1 => format!("({})", write(part, depth + 1)),
            _ => write(part, depth + 1),
        })
        .collect();
    texts.join(word)
}

/// Returns the expression without its marks, and without the prefix that nearly all of them share.
fn expression(text: &str) -> String {
    let inner = text.trim_start_matches("{%").trim_end_matches("%}");
    let words: Vec<&str> = inner.split_whitespace().collect();
    words.join(" ").replace("$states.input.", "")
}

fn data_test(test: &DataTest) -> String {
    let variable = path(&test.variable);
    let holds = test.operand.as_bool().unwrap_or(true);
    let is = if holds { "is" } else { "is not" };
    match test.operator {
        Operator::Compare {
            relation,
            family,
            operand_is_path,
        } => {
            let operand = operand(&test.operand, operand_is_path, family);
            format!("{variable} {} {operand}", sign(relation))
        }
        Operator::StringMatches => format!("{variable} matches {}", test.operand),
        Operator::IsNull => format!("{variable} {is} null"),
        Operator::IsPresent => format!("{variable} {is} present"),
        Operator::IsNumeric => format!("{variable} {is} a number"),
        Operator::IsString => format!("{variable} {is} a string"),
        Operator::IsBoolean => format!("{variable} {is} a boolean"),
        Operator::IsTimestamp => format!("{variable} {is} a timestamp"),
    }
}

pub(crate) fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Equals => "=",
        Relation::LessThan => "<",
        Relation::GreaterThan => ">",
        Relation::LessThanEquals => "<=",
        Relation::GreaterThanEquals => ">=",
    }
}

fn operand(operand: &Value, is_path: bool, family: Family) -> String {
    match operand {
        Value::String(text) if is_path => path(text),
        Value::String(text) if family == Family::Timestamp => text.to_string(),
        operand => operand.to_string(),
    }
}

/// Returns the path without the `$.` that stands for the state's input.
fn path(text: &str) -> String {
    match text.strip_prefix("$.") {
        Some("") | None if text == "$" => "input".to_owned(),
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use asl_model::StateKind;

    use super::*;

    fn check(rule: &str, short: &str) {
        let language = if rule.contains("Condition") {
            "JSONata"
        } else {
            "JSONPath"
        };
        let text = format!(
            r#"{{"StartAt": "C", "QueryLanguage": "{language}", "States": {{"C": {{"Type": "Choice", "Choices": [{rule}]}}}}}}"#
        );
        let definition = asl_model::parse(&text).definition.unwrap();
        let StateKind::Choice(choice) = &definition.body.states["C"].kind else {
            panic!("a Choice state");
        };
        let shortened = short_rule(&choice.choices[0].condition);
        assert_eq!(shortened, short);
        assert!(shortened.chars().count() <= MAX_LABEL_CHARS);
    }

    #[test]
    fn rules_read_as_sentences() {
        check(
            r#"{"Variable": "$.total", "NumericGreaterThan": 100, "Next": "C"}"#,
            "total > 100",
        );
        check(
            r#"{"Variable": "$.a", "StringEqualsPath": "$.b", "Next": "C"}"#,
            "a = b",
        );
        check(
            r#"{"Variable": "$", "IsPresent": false, "Next": "C"}"#,
            "input is not present",
        );
        check(
            r#"{"Not": {"Variable": "$.n", "IsNull": true}, "Next": "C"}"#,
            "not (n is null)",
        );
        check(
            r#"{"Condition": "{% $states.input.total > 5 %}", "Next": "C"}"#,
            "total > 5",
        );
        check(r#"{"Condition": true, "Next": "C"}"#, "always");
    }

    #[test]
    fn long_rules_keep_their_first_part() {
        check(
            r#"{"And": [{"Variable": "$.status", "StringEquals": "PAID"}, {"Variable": "$.total", "NumericLessThan": 1}], "Next": "C"}"#,
            "status = \"PAID\" and ...",
        );
        check(
            r#"{"Variable": "$.customer.address.country", "StringEquals": "CH", "Next": "C"}"#,
            "customer.address.country...",
        );
    }
}
