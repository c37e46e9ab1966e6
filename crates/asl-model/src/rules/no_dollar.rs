//! A value looks like a path, but the field's name lacks the `.$` that would compute it.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Pass", "Parameters": { "id": "$.order.id" }, "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Pass", "Parameters": { "id.$": "$.order.id" }, "Next": "Z" }
//! ```

use asl_json::Value;
use asl_jsonpath::{Intrinsic, Path};

use super::Context;
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::location::Location;
use crate::schema::Part;

pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    if part.language != QueryLanguage::JsonPath {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (field, value) in part.present().filter(|(field, _)| field.kind.is_template()) {
        found.extend(of_template(context, value, part.at(field.name)));
    }
    found
}

fn of_template(context: &Context, value: &Value, at: Location) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut waiting = vec![(at, value)];
    while let Some((at, value)) = waiting.pop() {
        match value {
            Value::Array(items) => {
                let inner = items.iter().enumerate().rev().filter(|(_, item)| is_composite(item));
                waiting.extend(inner.map(|(index, item)| (at.item(index), item)));
            }
            Value::Object(object) => {
                for (name, value) in object.iter().rev() {
                    if is_composite(value) {
                        waiting.push((at.member(name.clone()), value));
                    } else if !name.ends_with(".$") && value.as_str().is_some_and(looks_computed) {
                        found.push(advice(context, name, &at.member(name.clone())));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn is_composite(value: &Value) -> bool {
    matches!(value, Value::Array(_) | Value::Object(_))
}

/// Returns true for the text of a path or of an intrinsic function.
pub(super) fn looks_computed(text: &str) -> bool {
    match text.as_bytes() {
        [b'$', ..] => Path::parse(text).is_ok(),
        [b'S', ..] if text.starts_with("States.") => Intrinsic::parse(text).is_ok(),
        _ => false,
    }
}

fn advice(context: &Context, name: &str, at: &Location) -> Diagnostic {
    let message = format!("The value of '{name}' looks like a path or an intrinsic function, but is passed on as text");
    let help = format!("Name the field \"{name}.$\" to have it computed.");
    let span = context.name_span(at);
    let diagnostic = context.warning("NO_DOLLAR", at, message, help).spanning(span);
    diagnostic.replaceable_by(Some(&format!("{name}.$")))
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let pass = |field: &str| {
            with_state(&format!(
                r#"{{"Type": "Pass", "Parameters": {{{field}}}, "Next": "Z"}}"#
            ))
        };
        check_samples(
            &pass(r#""a": "$.x""#),
            "NO_DOLLAR: The value of 'a' looks like a path or an intrinsic function, but is passed on as text \
             at /States/S/Parameters/a",
            &pass(r#""a.$": "$.x", "price": "$ 5""#),
        );
    }
}
