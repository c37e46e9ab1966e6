//! `States.StringToJson`, `States.JsonToString` and `States.JsonMerge`.

use asl_json::{Object, Value, parse_value};

use super::string::text;
use super::{Failure, MAX_TEXT_BYTES};

/// Blank text gives `null`, as recorded from Step Functions.
pub(super) fn from_string(values: &[Value]) -> Result<Value, Failure> {
    let text = text(values, 0)?;
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    parse_value(text).map_err(|error| Failure::new(format!("Argument 1 is not valid JSON: {error}")))
}

pub(super) fn to_string(values: &[Value]) -> Result<Value, Failure> {
    if values[0].text_bytes() > MAX_TEXT_BYTES {
        return Err(Failure::new("The JSON text is too long"));
    }
    Ok(values[0].to_string().into())
}

pub(super) fn merge(values: &[Value]) -> Result<Value, Failure> {
    if values[2].as_bool() != Some(false) {
        return Err(Failure::new(
            "Argument 3 must be false: objects cannot be merged deeply",
        ));
    }
    let mut merged = object(values, 0)?.clone();
    for (name, value) in object(values, 1)?.iter() {
        merged.insert(name.clone(), value.clone());
    }
    Ok(merged.into())
}

fn object(values: &[Value], position: usize) -> Result<&Object, Failure> {
    let value = &values[position];
    value.as_object().ok_or_else(|| {
        let type_name = value.type_name();
        Failure::new(format!(
            "Argument {} must be an object, but is of type {type_name}",
            position + 1
        ))
    })
}
