//! JSON text with line breaks and an indent of four, as the AWS command line prints it.

use std::fmt::Write as _;

use asl_json::Value;

/// Levels that get lines of their own; what nests deeper stays on its line.
const MOST_LEVELS: usize = 32;

/// Writes a value.
pub(crate) fn pretty(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, &mut text);
    text
}

fn write(value: &Value, level: usize, text: &mut String) {
    let inner = level + 1;
    match value {
        Value::Object(members) if !members.is_empty() && level < MOST_LEVELS => {
            text.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                separate(index, inner, text);
                let _ = write!(text, "{}: ", Value::from(name.clone()));
                write(value, inner, text);
            }
            line(level, text);
            text.push('}');
        }
        Value::Array(items) if !items.is_empty() && level < MOST_LEVELS => {
            text.push('[');
            for (index, value) in items.iter().enumerate() {
                separate(index, inner, text);
                write(value, inner, text);
            }
            line(level, text);
            text.push(']');
        }
        _ => {
            let _ = write!(text, "{value}");
        }
    }
}

fn separate(index: usize, level: usize, text: &mut String) {
    if index > 0 {
        text.push(',');
    }
    line(level, text);
}

fn line(level: usize, text: &mut String) {
    text.push('\n');
    text.extend(std::iter::repeat_n("    ", level));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_lines_and_reads_back() {
        let value = asl_json::parse_value(r#"{"a":[1,{"b":[]}],"c":{}}"#).unwrap();
        let text = "{\n    \"a\": [\n        1,\n        {\n            \"b\": []\n        }\n    ],\n    \"c\": {}\n}";
        assert_eq!(pretty(&value), text);
        assert_eq!(asl_json::parse_value(text).unwrap(), value);
    }
}
