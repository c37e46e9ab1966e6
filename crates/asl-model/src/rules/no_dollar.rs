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

use asl_json::{Step, Value};
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
        let mut walk = Walk::default();
        walk.value(value);
        found.extend(
            walk.found
                .iter()
                .filter_map(|way| advice(context, &part.at(field.name), way)),
        );
    }
    found
}

/// Looks for what lacks a dollar in a template. Places are made of what is found only: nearly nothing is.
#[derive(Default)]
struct Walk {
    /// The way to the object or array that is looked at.
    steps: Vec<Step>,
    /// The ways to what was found.
    found: Vec<Vec<Step>>,
}

impl Walk {
    /// The JSON parser bounds how deep values nest.
    fn value(&mut self, value: &Value) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| is_composite(item)) {
                    self.inside(Step::Item(index), item);
                }
            }
            Value::Object(object) => {
                for (name, value) in object.iter() {
                    if is_composite(value) {
                        self.inside(Step::Member(name.clone()), value);
                    } else if !name.ends_with(".$") && value.as_str().is_some_and(looks_computed) {
                        let way = self.steps.iter().cloned().chain([Step::Member(name.clone())]);
                        self.found.push(way.collect());
                    }
                }
            }
            _ => {}
        }
    }

    fn inside(&mut self, step: Step, value: &Value) {
        self.steps.push(step);
        self.value(value);
        self.steps.pop();
    }
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

fn advice(context: &Context, template: &Location, way: &[Step]) -> Option<Diagnostic> {
    let Some(Step::Member(name)) = way.last() else {
        return None;
    };
    let at = Location::from(&*[template.steps(), way].concat());
    let message = format!("The value of '{name}' looks like a path or an intrinsic function, but is passed on as text");
    let help = format!("Name the field \"{name}.$\" to have it computed.");
    let span = context.name_span(&at);
    let diagnostic = context.warning("NO_DOLLAR", &at, message, help).spanning(span);
    Some(diagnostic.replaceable_by(Some(&format!("{name}.$"))))
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
