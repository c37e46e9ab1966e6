//! JSON text with line breaks, for people.

use std::fmt::Write as _;

use crate::value::Value;

/// Levels that get lines of their own; what nests deeper stays on its line.
const MOST_LEVELS: usize = 64;

impl Value {
    /// Returns the text with one member or item per line, each level further in by `indent`. Reads back as the same value.
    pub fn to_pretty_string(&self, indent: &str) -> String {
        let mut text = String::new();
        write(self, 0, indent, &mut text);
        text
    }
}

fn write(value: &Value, level: usize, indent: &str, text: &mut String) {
    let inner = level + 1;
    match value {
        Value::Object(members) if !members.is_empty() && level < MOST_LEVELS => {
            text.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                begin_line(index, inner, indent, text);
                let _ = write!(text, "{}: ", Value::from(name.clone()));
                write(value, inner, indent, text);
            }
            begin_line(0, level, indent, text);
            text.push('}');
        }
        Value::Array(items) if !items.is_empty() && level < MOST_LEVELS => {
            text.push('[');
            for (index, value) in items.iter().enumerate() {
                begin_line(index, inner, indent, text);
                write(value, inner, indent, text);
            }
            begin_line(0, level, indent, text);
            text.push(']');
        }
        _ => {
            let _ = write!(text, "{value}");
        }
    }
}

fn begin_line(index: usize, level: usize, indent: &str, text: &mut String) {
    if index > 0 {
        text.push(',');
    }
    text.push('\n');
    text.extend(std::iter::repeat_n(indent, level));
}

#[cfg(test)]
mod tests {
    use crate::parse_value;

    #[test]
    fn breaks_lines_and_reads_back() {
        let value = parse_value(r#"{"a":[1,{"b":[]}],"c":{}}"#).unwrap();
        let text = "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}";
        assert_eq!(value.to_pretty_string("  "), text);
        assert_eq!(parse_value(text).unwrap(), value);
    }

    #[test]
    fn deep_values_stay_readable() {
        let text = format!("{}{}", "[".repeat(100), "]".repeat(100));
        let value = parse_value(&text).unwrap();
        assert_eq!(parse_value(&value.to_pretty_string("\t")).unwrap(), value);
    }
}
