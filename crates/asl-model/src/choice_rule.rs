//! Choice rules and the 39 comparison operators.

use std::sync::Arc;

use asl_json::Value;

/// One object of a `Choices` array.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceRule {
    /// What must hold.
    pub condition: Condition,
    /// The state to go on with.
    pub next: Arc<str>,
    /// `Assign`: an object whose names are variables.
    pub assign: Option<Value>,
    /// `Output` (JSONata): a template.
    pub output: Option<Value>,
    /// `Comment`
    pub comment: Option<Arc<str>>,
}

/// What a Choice rule asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// JSONata: `"Condition": true`.
    Literal(bool),
    /// JSONata: `"Condition": "{% $x > 1 %}"`, text with its marks.
    Expression(Arc<str>),
    /// JSONPath: a data test.
    Test(DataTest),
    /// JSONPath: all of them, left to right, until one fails.
    And(Vec<Condition>),
    /// JSONPath: any of them, left to right, until one holds.
    Or(Vec<Condition>),
    /// JSONPath: the opposite.
    Not(Box<Condition>),
}

/// A comparison of what a path finds with an operand.
#[derive(Clone, Debug, PartialEq)]
pub struct DataTest {
    /// `Variable`: the text of a path.
    pub variable: Arc<str>,
    /// How to compare.
    pub operator: Operator,
    /// The operand: a literal, or the text of a path where the operator's name ends in `Path`.
    pub operand: Value,
}

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `StringEquals`, `NumericLessThanPath` and so on.
    Compare {
        /// The type both sides must have.
        family: Family,
        /// The order both sides must be in.
        relation: Relation,
        /// True for the `Path` variant.
        operand_is_path: bool,
    },
    /// `StringMatches`
    StringMatches,
    /// `IsNull`
    IsNull,
    /// `IsPresent`
    IsPresent,
    /// `IsNumeric`
    IsNumeric,
    /// `IsString`
    IsString,
    /// `IsBoolean`
    IsBoolean,
    /// `IsTimestamp`
    IsTimestamp,
}

/// The type of value that an operator compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Strings, code unit by code unit.
    String,
    /// Numbers.
    Numeric,
    /// Booleans; only [`Relation::Equals`].
    Boolean,
    /// RFC 3339 timestamps, by instant.
    Timestamp,
}

/// The order in which an operator wants its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Equals,
    /// `<`
    LessThan,
    /// `>`
    GreaterThan,
    /// `<=`
    LessThanEquals,
    /// `>=`
    GreaterThanEquals,
}

const FAMILIES: [(Family, &str); 4] = [
    (Family::String, "String"),
    (Family::Numeric, "Numeric"),
    (Family::Boolean, "Boolean"),
    (Family::Timestamp, "Timestamp"),
];

const RELATIONS: [(Relation, &str); 5] = [
    (Relation::Equals, "Equals"),
    (Relation::LessThan, "LessThan"),
    (Relation::GreaterThan, "GreaterThan"),
    (Relation::LessThanEquals, "LessThanEquals"),
    (Relation::GreaterThanEquals, "GreaterThanEquals"),
];

const TESTS: [(Operator, &str); 7] = [
    (Operator::StringMatches, "StringMatches"),
    (Operator::IsNull, "IsNull"),
    (Operator::IsPresent, "IsPresent"),
    (Operator::IsNumeric, "IsNumeric"),
    (Operator::IsString, "IsString"),
    (Operator::IsBoolean, "IsBoolean"),
    (Operator::IsTimestamp, "IsTimestamp"),
];

impl Operator {
    /// Returns the operator of that field name, such as `StringEqualsPath`.
    pub fn from_name(name: &str) -> Option<Operator> {
        if let Some((operator, _)) = TESTS.iter().find(|(_, test)| *test == name) {
            return Some(*operator);
        }
        let (family, rest) = FAMILIES
            .iter()
            .find_map(|(family, prefix)| Some((*family, name.strip_prefix(prefix)?)))?;
        let (rest, operand_is_path) = match rest.strip_suffix("Path") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let (relation, _) = RELATIONS.iter().find(|(_, word)| *word == rest)?;
        let exists = family != Family::Boolean || *relation == Relation::Equals;
        exists.then_some(Operator::Compare {
            family,
            relation: *relation,
            operand_is_path,
        })
    }

    /// Returns the field name of the operator.
    pub fn name(self) -> String {
        if let Operator::Compare {
            family,
            relation,
            operand_is_path,
        } = self
        {
            let path = if operand_is_path { "Path" } else { "" };
            return format!("{family:?}{relation:?}{path}");
        }
        format!("{self:?}")
    }

    /// Returns all 39 names.
    pub fn names() -> impl Iterator<Item = String> {
        let compared = FAMILIES.iter().flat_map(|(_, family)| {
            let with_family = move |(_, relation): &(Relation, &str)| format!("{family}{relation}");
            RELATIONS.iter().map(with_family)
        });
        let both = compared.flat_map(|name| [name.clone(), name + "Path"]);
        both.chain(TESTS.iter().map(|(_, name)| (*name).to_owned()))
            .filter(|name| Operator::from_name(name).is_some())
    }
}

impl Condition {
    /// Returns this condition and those inside it, outermost first.
    pub fn walk(&self) -> Vec<&Condition> {
        let mut found = vec![self];
        let mut at = 0;
        while let Some(condition) = found.get(at).copied() {
            match condition {
                Condition::And(inner) | Condition::Or(inner) => found.extend(inner),
                Condition::Not(inner) => found.push(inner),
                Condition::Literal(_) | Condition::Expression(_) | Condition::Test(_) => {}
            }
            at += 1;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_39_operators_and_names_read_back() {
        let names: Vec<String> = Operator::names().collect();
        assert_eq!(names.len(), 39);
        for name in names {
            assert_eq!(Operator::from_name(&name).unwrap().name(), name);
        }
    }

    #[test]
    fn unknown_operators_are_refused() {
        for name in ["StringMatchesPath", "BooleanLessThan", "IsPresentPath", "Equals", ""] {
            assert_eq!(Operator::from_name(name), None, "{name}");
        }
    }
}
