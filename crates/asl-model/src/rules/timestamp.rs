//! A timestamp is not written as RFC 3339 wants it.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Wait", "Timestamp": "2016-13-05T21:29:29Z", "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Wait", "Timestamp": "2016-03-14T01:59:00Z", "Next": "Z" }
//! ```

use super::Context;
use crate::choice_rule::{Family, Operator};
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::lower::is_expression;
use crate::schema::{Kind, Part};

pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let fields = part.present().filter(|(field, _)| field.kind == Kind::DynamicTimestamp);
    let fields = fields.map(|(field, value)| (field.name, value));
    let operands = part.comparisons().filter(|(_, operator, _)| takes_timestamp(*operator));
    let operands = operands.map(|(name, _, value)| (&**name, value));
    for (name, value) in fields.chain(operands) {
        let Some(text) = value.as_str() else { continue };
        let is_evaluated = part.language == QueryLanguage::Jsonata && is_expression(text);
        if !is_evaluated && !is_rfc3339(text) {
            found.push(context.schema(
                &part.at(name),
                "String does not match RFC3339 timestamp",
                "Write it like 2016-03-14T01:59:00Z, with a capital T and with Z or an offset such as +01:00.",
            ));
        }
    }
    found
}

fn takes_timestamp(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::Compare {
            family: Family::Timestamp,
            operand_is_path: false,
            ..
        }
    )
}

/// Returns true for `YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm)` with a date that exists.
fn is_rfc3339(text: &str) -> bool {
    let field = |from: usize, to: usize| {
        let digits = text.get(from..to)?;
        digits
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| digits.parse::<u32>().ok())?
    };
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    let has_marks = marks.iter().all(|(at, mark)| text.as_bytes().get(*at) == Some(mark));
    let fields = (|| {
        Some([
            field(0, 4)?,
            field(5, 7)?,
            field(8, 10)?,
            field(11, 13)?,
            field(14, 16)?,
            field(17, 19)?,
        ])
    })();
    let Some([year, month, day, hour, minute, second]) = fields.filter(|_| has_marks) else {
        return false;
    };
    let is_date = (1..=12).contains(&month) && (1..=days(year, month)).contains(&day);
    is_date && hour < 24 && minute < 60 && second < 60 && is_zone(without_fraction(&text[19..]))
}

fn days(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn without_fraction(rest: &str) -> &str {
    let Some(fraction) = rest.strip_prefix('.') else {
        return rest;
    };
    let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = fraction.len() - zone.len();
    if (1..=9).contains(&digits) { zone } else { "" }
}

fn is_zone(zone: &str) -> bool {
    let Some(offset) = zone.strip_prefix(['+', '-']) else {
        return zone == "Z";
    };
    let number = |digits: &str| {
        digits
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| digits.parse::<u32>().ok())?
    };
    match offset.split_once(':') {
        Some((hours, minutes)) if hours.len() == 2 && minutes.len() == 2 => {
            number(hours).is_some_and(|hours| hours <= 18) && number(minutes).is_some_and(|minutes| minutes < 60)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_rfc3339;
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let wait = |text: &str| with_state(&format!(r#"{{"Type": "Wait", "Timestamp": "{text}", "Next": "Z"}}"#));
        let expected = "SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/S/Timestamp";
        check_samples(&wait("2016-13-05T21:29:29Z"), expected, &wait("2016-03-14T01:59:00Z"));
        check_samples(
            &wait("{% '2016-03-14T01:59:00Z' %}"),
            expected,
            &wait("2016-03-14T01:59:00+01:00"),
        );
        let rule = |text: &str| {
            with_state(&format!(
                r#"{{"Type": "Choice", "Choices": [{{"Variable": "$.a", "TimestampEquals": "{text}", "Next": "Z"}}],
                     "Default": "Z"}}"#
            ))
        };
        check_samples(
            &rule("now"),
            "SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/S/Choices[0]/TimestampEquals",
            &rule("2016-03-14T01:59:00.123456789Z"),
        );
    }

    #[test]
    fn knows_the_profile() {
        for right in ["2024-02-29T00:00:00Z", "2016-01-01T23:59:59.1-12:30"] {
            assert!(is_rfc3339(right), "{right}");
        }
        for wrong in [
            "",
            "2016-01-01",
            "2016-01-01T00:00:00",
            "2016-01-01t00:00:00Z",
            "2016-01-01T00:00:00z",
            "2016-01-01T00:00Z",
            "2016-01-01T25:00:00Z",
            "2023-02-29T00:00:00Z",
            "2016-01-01T00:00:00+0100",
            "2016-01-01T00:00:00.Z",
            "2016-01-01T00:00:00.1234567890Z",
            "2016-01-01T00:00:00Z ",
            "é016-01-01T00:00:00Z",
        ] {
            assert!(!is_rfc3339(wrong), "{wrong}");
        }
    }
}
