//! The comparison operators of Choice rules.

use asl_model::schema::Kind;
use asl_model::{Family, Operator, Relation};

use super::Documentation;

const SOURCE: &str = "Amazon States Language specification, \"Choice rules\"";

/// Returns what an operator asks, by its field name.
pub(crate) fn operator_doc(name: &str) -> Option<Documentation> {
    Some(Documentation::new(text(Operator::from_name(name)?), SOURCE))
}

/// Returns what the operand of an operator must be, by its field name.
pub(crate) fn operator_kind(name: &str) -> Option<Kind> {
    Some(match Operator::from_name(name)? {
        Operator::Compare {
            operand_is_path: true, ..
        } => Kind::Path(false),
        Operator::Compare {
            family: Family::Numeric,
            ..
        } => Kind::Number(f64::MIN, f64::MAX),
        Operator::Compare {
            family: Family::Boolean,
            ..
        } => Kind::Bool,
        Operator::Compare { .. } | Operator::StringMatches => Kind::Text,
        _ => Kind::Bool,
    })
}

fn text(operator: Operator) -> String {
    let is = |what: &str| format!("true asks that the value {what}, false that it does not.");
    match operator {
        Operator::Compare {
            family,
            relation,
            operand_is_path,
        } => comparison(family, relation, operand_is_path),
        Operator::StringMatches => {
            "Holds where the value is a string that fits the pattern. \"*\" stands for any characters; \"\\\\*\" for a star."
                .to_owned()
        }
        Operator::IsNull => is("is null"),
        Operator::IsPresent => is("exists; null exists too"),
        Operator::IsNumeric => is("is a number"),
        Operator::IsString => is("is a string"),
        Operator::IsBoolean => is("is a boolean"),
        Operator::IsTimestamp => is("is an RFC 3339 timestamp"),
    }
}

fn comparison(family: Family, relation: Relation, operand_is_path: bool) -> String {
    let (what, how) = match family {
        Family::String => ("a string", "Strings compare character by character, case included."),
        Family::Numeric => ("a number", "Numbers compare by value: 5 equals 5.0."),
        Family::Boolean => ("a boolean", "A string such as \"true\" is no boolean."),
        Family::Timestamp => ("a timestamp", "Timestamps compare as instants, whatever their offset."),
    };
    let relation = match relation {
        Relation::Equals => "equal to",
        Relation::LessThan => "less than",
        Relation::GreaterThan => "greater than",
        Relation::LessThanEquals => "less than or equal to",
        Relation::GreaterThanEquals => "greater than or equal to",
    };
    let other = if operand_is_path {
        "what this path finds"
    } else {
        "this"
    };
    format!("Holds where the value is {what} {relation} {other}. {how}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_is_documented() {
        for name in Operator::names() {
            assert!(operator_doc(&name).unwrap().text.ends_with('.'), "{name}");
            assert!(operator_kind(&name).is_some());
        }
        assert_eq!(operator_kind("StringEqualsPath"), Some(Kind::Path(false)));
        assert_eq!(operator_kind("IsNull"), Some(Kind::Bool));
    }
}
