//! `States.Format`, `States.StringSplit` and `States.UUID`.

use std::fmt::Write;

use asl_json::Value;

use super::{Failure, MAX_TEXT_BYTES};
use crate::scope::Scope;

/// How deeply a value may nest that is written into a text.
const MAX_DEPTH: usize = 512;

/// Returns an argument that must be a string.
pub(super) fn text(values: &[Value], position: usize) -> Result<&str, Failure> {
    let value = &values[position];
    value.as_str().ok_or_else(|| {
        let type_name = value.type_name();
        Failure::new(format!(
            "Argument {} must be a string, but is of type {type_name}",
            position + 1
        ))
    })
}

/// The first argument of `States.Format`, cut at its placeholders.
#[derive(Clone, Debug)]
pub(super) struct FormatTemplate {
    /// Text before, between and after the placeholders, hence one more than there are placeholders.
    parts: Vec<String>,
}

impl FormatTemplate {
    /// Cuts a template at each `{}`; a backslash takes the meaning from the character after it.
    pub(super) fn new(template: &str) -> FormatTemplate {
        let mut parts = vec![String::new()];
        let mut characters = template.chars().peekable();
        while let Some(next) = characters.next() {
            let part = parts.last_mut().expect("there is always a last part");
            match next {
                '\\' => part.push(characters.next().unwrap_or('\\')),
                '{' if characters.peek() == Some(&'}') => {
                    characters.next();
                    parts.push(String::new());
                }
                _ => part.push(next),
            }
        }
        FormatTemplate { parts }
    }

    /// Returns the text with the values in the places of the placeholders.
    pub(super) fn fill(&self, values: &[Value]) -> Result<Value, Failure> {
        let placeholders = self.parts.len() - 1;
        if placeholders != values.len() {
            let given = values.len();
            return Err(Failure::new(format!(
                "The number of placeholders ({placeholders}) and of values ({given}) must be the same"
            )));
        }
        let bytes = values.iter().map(Value::text_bytes).sum::<usize>();
        if bytes > MAX_TEXT_BYTES {
            return Err(Failure::new("The text is too long"));
        }
        let mut text = String::with_capacity(bytes + self.parts.iter().map(String::len).sum::<usize>());
        for (index, part) in self.parts.iter().enumerate() {
            text.push_str(part);
            if let Some(value) = values.get(index) {
                write_as_java(value, &mut text, 0)?;
            }
        }
        Ok(text.into())
    }
}

pub(super) fn format(values: &[Value]) -> Result<Value, Failure> {
    FormatTemplate::new(text(values, 0)?).fill(&values[1..])
}

/// Writes a value as Java writes maps and lists: `{a=1, b=[]}`, strings without quotes.
fn write_as_java(value: &Value, text: &mut String, depth: usize) -> Result<(), Failure> {
    if depth == MAX_DEPTH {
        return Err(Failure::new("A value nests too deeply"));
    }
    match value {
        Value::String(string) => text.push_str(string),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index > 0 { ", " } else { "" });
                write_as_java(item, text, depth + 1)?;
            }
            text.push(']');
        }
        Value::Object(object) => {
            text.push('{');
            for (index, (name, member)) in object.iter().enumerate() {
                text.push_str(if index > 0 { ", " } else { "" });
                text.push_str(name);
                text.push('=');
                write_as_java(member, text, depth + 1)?;
            }
            text.push('}');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            write!(text, "{value}").expect("writing to a string does not fail");
        }
    }
    Ok(())
}

/// Splits at every character of the second argument; empty pieces are left out.
pub(super) fn split(values: &[Value]) -> Result<Value, Failure> {
    let (text, separators) = (text(values, 0)?, text(values, 1)?);
    let pieces = text.split(|c| separators.contains(c));
    Ok(Value::array(pieces.filter(|piece| !piece.is_empty()).map(Value::from)))
}

/// Returns a random UUID (version 4, RFC 9562).
pub(super) fn uuid(scope: &dyn Scope) -> Value {
    let high = (scope.random() & !0xF000) | 0x4000;
    let low = (scope.random() >> 2) | (1 << 63);
    let text = format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xFFFF,
        high & 0xFFFF,
        low >> 48,
        low & 0xFFFF_FFFF_FFFF
    );
    text.into()
}
