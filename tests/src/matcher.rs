//! Compares an expected value with an actual one, as recordings need it: by value, with placeholders.

use asl_json::Value;

use crate::placeholders::{Bindings, Placeholders};

/// The first place where two values differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatch {
    /// Where, as member names and positions joined by dots.
    pub path: String,
    /// What was to be there.
    pub expected: String,
    /// What is there.
    pub actual: String,
}

impl Mismatch {
    fn new(path: &str, expected: &Value, actual: &Value) -> Mismatch {
        Mismatch {
            path: path.to_owned(),
            expected: expected.to_string(),
            actual: actual.to_string(),
        }
    }
}

/// Compares values. `bindings` grow where they match and stay where they do not.
///
/// JSON text counts as the value it writes: an expected value that is not a string is compared with the decoded text (some
/// recordings decode every output), and two texts that differ are decoded and compared again.
///
/// # Errors
///
/// Returns the first difference.
pub fn match_value(
    expected: &Value,
    actual: &Value,
    placeholders: &Placeholders,
    bindings: &mut Bindings,
) -> Result<(), Mismatch> {
    let mut tried = bindings.clone();
    Matcher {
        placeholders,
        bindings: &mut tried,
    }
    .value(expected, actual, "")?;
    *bindings = tried;
    Ok(())
}

struct Matcher<'a> {
    placeholders: &'a Placeholders,
    bindings: &'a mut Bindings,
}

impl Matcher<'_> {
    fn value(&mut self, expected: &Value, actual: &Value, path: &str) -> Result<(), Mismatch> {
        match (expected, actual) {
            (Value::String(text), _) if self.placeholders.is_any(text) => Ok(()),
            (Value::String(expected), Value::String(actual)) => self.text(expected, actual, path),
            (Value::String(expected_text), Value::Number(number)) if self.placeholders.is_wildcard(expected_text) => {
                self.text(expected_text, &number.to_string(), path)
            }
            (_, Value::String(text)) => match asl_json::parse_value(text) {
                Ok(Value::String(_)) | Err(_) => Err(Mismatch::new(path, expected, actual)),
                Ok(decoded) => self.value(expected, &decoded, path),
            },
            (Value::Array(expected_items), Value::Array(actual_items))
                if expected_items.len() == actual_items.len() =>
            {
                let mut pairs = expected_items.iter().zip(actual_items.iter()).enumerate();
                pairs.try_for_each(|(index, (expected, actual))| self.value(expected, actual, &step(path, &index)))
            }
            (Value::Object(_), Value::Object(_)) => self.members(expected, actual, path),
            _ if expected == actual => Ok(()),
            _ => Err(Mismatch::new(path, expected, actual)),
        }
    }

    fn text(&mut self, expected: &str, actual: &str, path: &str) -> Result<(), Mismatch> {
        if self.placeholders.match_text(expected, actual, self.bindings) {
            return Ok(());
        }
        let mismatch = || Mismatch::new(path, &expected.into(), &actual.into());
        match (asl_json::parse_value(expected), asl_json::parse_value(actual)) {
            (Ok(Value::String(_)), _) | (_, Ok(Value::String(_))) => Err(mismatch()),
            (Ok(expected), Ok(actual)) => self.value(&expected, &actual, path),
            _ => Err(mismatch()),
        }
    }

    fn members(&mut self, expected: &Value, actual: &Value, path: &str) -> Result<(), Mismatch> {
        let (Value::Object(wanted), Value::Object(found)) = (expected, actual) else {
            return Err(Mismatch::new(path, expected, actual));
        };
        let mut unmatched: asl_json::Object = (found.iter())
            .filter(|(name, _)| !self.placeholders.is_ignored(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let mut named_by_tokens = Vec::new();
        for (name, value) in wanted.iter().filter(|(name, _)| !self.placeholders.is_ignored(name)) {
            match unmatched.remove(name) {
                Some(actual) => self.value(value, &actual, &step(path, name))?,
                None if self.placeholders.occur_in(name) => named_by_tokens.push((name, value)),
                None => {
                    return Err(Mismatch {
                        path: step(path, name),
                        expected: value.to_string(),
                        actual: "no such member".to_owned(),
                    });
                }
            }
        }
        for (name, value) in named_by_tokens {
            self.member_named_by_token(name, value, &mut unmatched, path)?;
        }
        match unmatched.iter().next() {
            None => Ok(()),
            Some((name, value)) => Err(Mismatch {
                path: step(path, name),
                expected: "no such member".to_owned(),
                actual: value.to_string(),
            }),
        }
    }

    fn member_named_by_token(
        &mut self,
        name: &str,
        value: &Value,
        unmatched: &mut asl_json::Object,
        path: &str,
    ) -> Result<(), Mismatch> {
        let mut first = None;
        let candidates: Vec<_> = unmatched.keys().cloned().collect();
        for candidate in candidates {
            let mut tried = self.bindings.clone();
            if !self.placeholders.match_text(name, &candidate, &mut tried) {
                continue;
            }
            let actual = unmatched.get(&candidate).cloned().unwrap_or_default();
            match match_value(value, &actual, self.placeholders, &mut tried) {
                Ok(()) => {
                    *self.bindings = tried;
                    unmatched.remove(&candidate);
                    return Ok(());
                }
                Err(mismatch) => first = first.or(Some(mismatch)),
            }
        }
        Err(first.unwrap_or_else(|| Mismatch {
            path: step(path, &name),
            expected: value.to_string(),
            actual: "no such member".to_owned(),
        }))
    }
}

fn step(path: &str, next: &dyn std::fmt::Display) -> String {
    if path.is_empty() {
        next.to_string()
    } else {
        format!("{path}.{next}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: &str, actual: &str, normalise: &str) -> Result<(), Mismatch> {
        let read = |text| asl_json::parse_value(text).unwrap();
        let placeholders = Placeholders::read(&read(normalise)).unwrap();
        match_value(&read(expected), &read(actual), &placeholders, &mut Bindings::default())
    }

    #[test]
    fn text_is_decoded_where_a_value_is_expected() {
        assert_eq!(
            check(r#"{"output": {"a": 1}}"#, r#"{"output": "{\"a\": 1.0}"}"#, "[]"),
            Ok(())
        );
        assert!(check(r#"{"output": {"a": 1}}"#, r#"{"output": "{\"a\": 2}"}"#, "[]").is_err());
        assert!(check(r#"{"output": {"a": 1}}"#, r#"{"output": "not json"}"#, "[]").is_err());
    }

    #[test]
    fn spacing_of_json_text_does_not_matter() {
        assert_eq!(check(r#""[1,2]""#, r#""[1, 2]""#, "[]"), Ok(()));
        assert!(check(r#""[1,2]""#, r#""[1, 3]""#, "[]").is_err());
        assert!(check(r#""a b""#, r#""a  b""#, "[]").is_err());
    }

    #[test]
    fn every_member_counts_and_order_does_not() {
        assert_eq!(check(r#"{"a": 1, "b": 2}"#, r#"{"b": 2, "a": 1}"#, "[]"), Ok(()));
        let missing = check(r#"{"a": {"x": 1}}"#, r#"{"a": {}}"#, "[]").unwrap_err();
        assert_eq!(
            (missing.path.as_str(), missing.actual.as_str()),
            ("a.x", "no such member")
        );
        let extra = check(r#"{"a": []}"#, r#"{"a": [], "b": 1}"#, "[]").unwrap_err();
        assert_eq!((extra.path.as_str(), extra.expected.as_str()), ("b", "no such member"));
    }

    #[test]
    fn a_string_is_not_the_number_it_spells() {
        assert!(check(r#""1""#, "1", "[]").is_err());
        assert_eq!(check("1", r#""1""#, "[]"), Ok(()), "an output decoded by the recorder");
        assert!(check("true", "1", "[]").is_err());
    }

    #[test]
    fn any_matches_whatever_is_there() {
        let normalise = r#"[{"token": "start-date", "mode": "any"}]"#;
        assert_eq!(check(r#"{"d": "start-date"}"#, r#"{"d": 17}"#, normalise), Ok(()));
    }

    #[test]
    fn a_bound_token_may_stand_for_a_number() {
        let normalise = r#"[{"token": "<date>", "mode": "bind"}]"#;
        assert_eq!(check(r#"["<date>", "<date>"]"#, "[17, 17]", normalise), Ok(()));
        assert!(check(r#"["<date>", "<date>"]"#, "[17, 18]", normalise).is_err());
    }

    #[test]
    fn member_names_may_be_tokens() {
        let normalise = r#"[{"token": "<k>", "mode": "bind"}]"#;
        assert_eq!(
            check(r#"{"<k>": 1, "v": "<k>"}"#, r#"{"v": "name", "name": 1}"#, normalise),
            Ok(())
        );
        assert!(check(r#"{"v": "<k>", "<k>": 1}"#, r#"{"v": "name", "other": 1}"#, normalise).is_err());
    }
}
