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
use asl_jsonpath::Template;

use super::Context;
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::location::Location;

pub(super) fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for part in context
        .parts
        .iter()
        .filter(|part| part.language == QueryLanguage::JsonPath)
    {
        for (field, value) in part.present().filter(|(field, _)| field.kind.is_template()) {
            let at = part.at(field.name);
            let Err(errors) = Template::compile(value) else {
                continue;
            };
            found.extend(errors.into_iter().map(|error| {
                let detail = error
                    .detail
                    .map(|detail| format!("{}. ", detail.message))
                    .unwrap_or_default();
                let help =
                    format!("{detail}Write a path such as \"$.x\", a variable, or a call such as \"States.UUID()\".");
                let span = place(context, &at, &error.pointer);
                context.schema(&at, error.message, help).spanning(span)
            }));
        }
    }
    found
}

/// Returns the place in the text of the value at a JSON pointer inside the template.
fn place(context: &Context, template: &Location, pointer: &str) -> Option<asl_json::Span> {
    let document = &context.definition.document;
    let outer: String = template.steps().iter().map(Step::to_string).collect();
    document.pointer(&format!("{outer}{pointer}")).map(asl_json::Node::span)
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
}
