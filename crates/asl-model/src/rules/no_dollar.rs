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

use asl_json::Step;
use asl_jsonpath::{Intrinsic, Path};

use super::Context;
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::location::Location;
use crate::schema::{Part, texts_inside};

pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    if part.language != QueryLanguage::JsonPath {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (field, value) in part.present().filter(|(field, _)| field.kind.is_template()) {
        let suspects = texts_inside(value, |way, text| {
            name(way).is_some_and(is_passed_on) && looks_computed(text)
        });
        found.extend(suspects.iter().filter_map(|suspect| {
            let at = part.at(field.name).inside(&suspect.way);
            Some(advice(context, name(&suspect.way)?, &at))
        }));
    }
    found
}

/// Returns the name of the member at the end of a way.
fn name(way: &[Step]) -> Option<&str> {
    match way.last() {
        Some(Step::Member(name)) => Some(name),
        _ => None,
    }
}

fn is_passed_on(name: &str) -> bool {
    !name.ends_with(".$")
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
