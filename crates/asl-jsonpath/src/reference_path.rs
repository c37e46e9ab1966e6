//! Reference paths: the places a result can be written to.

use std::fmt;
use std::sync::Arc;

use asl_json::Value;

use crate::error::SyntaxError;
use crate::path::{Path, Root, Segment};

/// A path of names and single indexes below `$`, such as `$.detail.items[0]`.
///
/// ```
/// let path = asl_jsonpath::ReferencePath::parse("$.a.b").unwrap();
/// let raw = asl_json::parse_value(r#"{"c":1}"#).unwrap();
/// assert_eq!(path.set(&raw, 2.into()).unwrap().to_string(), r#"{"c":1,"a":{"b":2}}"#);
/// ```
#[derive(Clone, Debug)]
pub struct ReferencePath {
    path: Path,
}

/// The input has something at a step of the path that the step does not apply to.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferencePathConflict {
    /// The name or index that does not apply.
    pub step: Arc<str>,
    /// What it was applied to.
    pub input: Value,
}

impl fmt::Display for ReferencePathConflict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Unable to apply step \"{}\" to input {}", self.step, self.input)
    }
}

impl std::error::Error for ReferencePathConflict {}

impl ReferencePath {
    /// Parses a whole text as a Reference Path below `$`.
    ///
    /// # Errors
    /// Names the first part that does not fit, or says that the path is none that can be written to.
    pub fn parse(text: &str) -> Result<ReferencePath, SyntaxError> {
        let path = Path::parse(text)?;
        let message = if *path.root() != Root::Input {
            "A Reference Path begins with \"$\", not with the context object or a variable"
        } else if !path.is_reference() {
            "A Reference Path consists of names and single indexes only"
        } else {
            return Ok(ReferencePath { path });
        };
        Err(SyntaxError {
            message: message.into(),
            span: 0..text.len(),
        })
    }

    /// Returns the text the path was parsed from.
    pub fn text(&self) -> &Arc<str> {
        self.path.text()
    }

    /// Returns the path, for reading what is there.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns `raw` with `value` at this path. Missing objects on the way are made; only the way itself is copied.
    ///
    /// # Errors
    /// Fails where a name meets something other than an object, or an index something that is no array with such an item.
    pub fn set(&self, raw: &Value, value: Value) -> Result<Value, ReferencePathConflict> {
        let mut result = raw.clone();
        let mut at = &mut result;
        for segment in self.path.segments() {
            at = match segment {
                Segment::Name(name) => member(at, name)?,
                Segment::Index(index) => item(at, *index)?,
                _ => unreachable!("a reference path has names and indexes only"),
            };
        }
        *at = value;
        Ok(result)
    }
}

fn member<'v>(at: &'v mut Value, name: &Arc<str>) -> Result<&'v mut Value, ReferencePathConflict> {
    let Value::Object(object) = at else {
        return Err(ReferencePathConflict {
            step: Arc::clone(name),
            input: at.clone(),
        });
    };
    if !object.contains_key(name) {
        object.insert(Arc::clone(name), Value::empty_object());
    }
    Ok(object
        .get_mut(name)
        .expect("the member was put there if it was missing"))
}

fn item(at: &mut Value, index: i64) -> Result<&mut Value, ReferencePathConflict> {
    let length = at.as_array().map_or(0, |items| items.len());
    let position = crate::path::position(length, index).filter(|position| *position < length);
    let Some(position) = position else {
        return Err(ReferencePathConflict {
            step: index.to_string().into(),
            input: at.clone(),
        });
    };
    match at {
        Value::Array(items) => Ok(&mut items.make_mut()[position]),
        _ => unreachable!("only an array has a position"),
    }
}

#[cfg(test)]
mod tests {
    use asl_json::parse_value;

    use super::*;

    /// Checks the result of writing 6, or, where `expected` begins with `!`, the text of the conflict.
    #[track_caller]
    fn check(path: &str, raw: &str, expected: &str) {
        let raw = parse_value(raw).unwrap();
        let shown = match ReferencePath::parse(path).unwrap().set(&raw, Value::from(6)) {
            Ok(value) => value.to_string(),
            Err(conflict) => format!("!{conflict}"),
        };
        assert_eq!(shown, expected, "{path}");
    }

    #[test]
    fn writes_to_the_place_and_keeps_the_rest() {
        check("$", "[1]", "6");
        check(
            "$.master.detail",
            r#"{"master":{"detail":[1,2,3]}}"#,
            r#"{"master":{"detail":6}}"#,
        );
        check(
            "$.master.result.sum",
            r#"{"master":{"detail":[1,2,3]}}"#,
            r#"{"master":{"detail":[1,2,3],"result":{"sum":6}}}"#,
        );
        check("$.a[1].b", r#"{"a":[0,{}]}"#, r#"{"a":[0,{"b":6}]}"#);
        check("$[-1]", "[1,2]", "[1,6]");
        check("$['a b']", r#"{"x":1,"a b":2,"y":3}"#, r#"{"x":1,"a b":6,"y":3}"#);
    }

    #[test]
    fn conflicts_name_the_step_and_its_input() {
        check("$.x", "[1,2]", "!Unable to apply step \"x\" to input [1,2]");
        check("$.x", "\"foo\"", "!Unable to apply step \"x\" to input \"foo\"");
        check("$.a.b", r#"{"a":null}"#, "!Unable to apply step \"b\" to input null");
        check("$.a[2]", r#"{"a":[1]}"#, "!Unable to apply step \"2\" to input [1]");
        check("$.a[0]", "{}", "!Unable to apply step \"0\" to input {}");
    }

    #[test]
    fn copies_the_way_only() {
        let raw = parse_value(r#"{"big":[1,2],"a":{"b":1}}"#).unwrap();
        let result = ReferencePath::parse("$.a.b").unwrap().set(&raw, Value::Null).unwrap();
        let big = |value: &Value| value.get("big").unwrap().as_array().unwrap().clone();
        assert!(big(&raw).ptr_eq(&big(&result)));
        assert_eq!(raw.to_string(), r#"{"big":[1,2],"a":{"b":1}}"#);
    }

    #[test]
    fn refuses_what_cannot_be_written_to() {
        for path in [
            "$$",
            "$$.a",
            "$x.a",
            "$.a[*]",
            "$..a",
            "$.a[0:1]",
            "$.a[?(@.b)]",
            "$.a,b",
            "a",
        ] {
            assert!(ReferencePath::parse(path).is_err(), "{path}");
        }
    }
}
