//! A field of a payload template that ends in `.$` is no path and no intrinsic function.
//!
//! Wrong:
//!
//! ```json
//! { "Type": "Pass", "Parameters": { "id.$": "order.id" }, "Next": "Z" }
//! ```
//!
//! Right:
//!
//! ```json
//! { "Type": "Pass", "Parameters": { "id.$": "$.order.id" }, "Next": "Z" }
//! ```
//!
//! The same goes for intrinsic functions that do not exist or have the wrong number of arguments.

use asl_json::Step;

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
    for template in part.templates() {
        let Err(errors) = &template.compiled else { continue };
        let at = part.at(template.field);
        found.extend(errors.iter().map(|error| {
            let node = node(context, &at, &error.pointer);
            let span = node.map(|node| match (&error.detail, node.as_str()) {
                (Some(detail), Some(text)) => context.span_within(node.span(), text, &detail.span),
                _ => node.span(),
            });
            let detail = error
                .detail
                .as_ref()
                .map(|detail| format!("{}. ", detail.message))
                .unwrap_or_default();
            let help =
                format!("{detail}Write a path such as \"$.x\", a variable, or a call such as \"States.UUID()\".");
            context.schema(&at, error.message.as_str(), help).spanning(span)
        }));
    }
    found
}

/// Returns the value at a JSON pointer inside the template.
pub(super) fn node<'a>(context: &'a Context, template: &Location, pointer: &str) -> Option<asl_json::Node<'a>> {
    let document = &context.definition.document;
    let outer: String = template.steps().iter().map(Step::to_string).collect();
    document.pointer(&format!("{outer}{pointer}"))
}

#[cfg(test)]
mod tests {
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let pass = |value: &str| {
            with_state(&format!(
                r#"{{"Type": "Pass", "Parameters": {{"b": [{{"a.$": "{value}"}}]}}, "Next": "Z"}}"#
            ))
        };
        let expected = "SCHEMA_VALIDATION_FAILED: The value for the field 'a.$' must be a valid JSONPath or a valid \
             intrinsic function call at /States/S/Parameters";
        check_samples(&pass("x"), expected, &pass("$.x"));
        check_samples(&pass("States.Nope()"), expected, &pass("States.Format('{}', $.x)"));
    }

    #[test]
    fn the_place_is_inside_the_string() {
        let text = with_state(r#"{"Type": "Pass", "Parameters": {"a.$": "States.Format('{}', $.x[)"}, "Next": "Z"}"#);
        let found = crate::validate_text(&text, crate::MachineType::Standard);
        let span = found[0].span;
        let string = text.find("States.Format").unwrap();
        assert!(span.start > string, "{:?}", &text[span.start..span.end]);
    }
}
