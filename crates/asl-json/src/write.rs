//! Compact JSON text, and its length without writing it.

use std::fmt::{self, Write};

use crate::number::Number;
use crate::value::Value;

/// Writes compact JSON text: no spaces, members in order, only what must be escaped escaped.
impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => out.write_str("null"),
            Value::Bool(value) => write!(out, "{value}"),
            Value::Number(number) => write!(out, "{number}"),
            Value::String(text) => write_string(text, out),
            Value::Array(items) => {
                out.write_char('[')?;
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.write_char(',')?;
                    }
                    write!(out, "{item}")?;
                }
                out.write_char(']')
            }
            Value::Object(object) => {
                out.write_char('{')?;
                for (index, (name, value)) in object.iter().enumerate() {
                    if index > 0 {
                        out.write_char(',')?;
                    }
                    write_string(name, out)?;
                    write!(out, ":{value}")?;
                }
                out.write_char('}')
            }
        }
    }
}

fn write_string(text: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    out.write_char('"')?;
    let mut written = 0;
    for (index, byte) in text.bytes().enumerate() {
        if escaped_bytes(byte) == 1 {
            continue;
        }
        out.write_str(&text[written..index])?;
        written = index + 1;
        match byte {
            b'"' => out.write_str("\\\"")?,
            b'\\' => out.write_str("\\\\")?,
            b'\n' => out.write_str("\\n")?,
            b'\r' => out.write_str("\\r")?,
            b'\t' => out.write_str("\\t")?,
            0x08 => out.write_str("\\b")?,
            0x0c => out.write_str("\\f")?,
            _ => write!(out, "\\u{byte:04X}")?,
        }
    }
    out.write_str(&text[written..])?;
    out.write_char('"')
}

/// Returns how many bytes the text takes as a JSON string, quotes included.
pub(crate) fn string_bytes(text: &str) -> usize {
    2 + text.bytes().map(escaped_bytes).sum::<usize>()
}

/// Returns how many bytes a number takes. Integers, by far the most frequent, are counted without writing them.
pub(crate) fn number_bytes(number: &Number) -> usize {
    if let Some(integer) = number.as_i64() {
        let digits = integer.unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
        return digits as usize + usize::from(integer < 0);
    }
    written_bytes(number)
}

fn written_bytes(number: &Number) -> usize {
    struct Count(usize);
    impl Write for Count {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len();
            Ok(())
        }
    }
    let mut count = Count(0);
    write!(count, "{number}").expect("counting does not fail");
    count.0
}

fn escaped_bytes(byte: u8) -> usize {
    match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 2,
        0..=0x1f => 6,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use crate::parse_value;

    #[test]
    fn text_bytes_is_the_length_of_the_text() {
        for text in [
            "null",
            "true",
            "false",
            "-1.5",
            "0",
            "10",
            "-999",
            "9223372036854775807",
            "-9223372036854775808",
            "\"a\\\"\\n\\u0001é\"",
            "[]",
            "{}",
            r#"{"a":[1,{"b":"ü"}],"c":{}}"#,
        ] {
            let value = parse_value(text).unwrap();
            assert_eq!(value.text_bytes(), value.to_string().len(), "{text}");
        }
    }
}
