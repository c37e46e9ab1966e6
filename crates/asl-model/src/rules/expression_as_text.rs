//! A string looks like a JSONata expression, but is passed on as text.
//!
//! Wrong:
//!
//! ```json
//! {
//!   "Type": "Pass",
//!   "QueryLanguage": "JSONata",
//!   "Output": { "greeting": "Hello {% $states.input.name %}" },
//!   "Next": "Z"
//! }
//! ```
//!
//! Right:
//!
//! ```json
//! {
//!   "Type": "Pass",
//!   "QueryLanguage": "JSONata",
//!   "Output": { "greeting": "{% 'Hello ' & $states.input.name %}" },
//!   "Next": "Z"
//! }
//! ```
//!
//! An expression starts with `{%` and ends with `%}`, and nothing stands around it in its string. JSONPath has none.

use asl_jsonata::expression_text;

use super::Context;
use crate::definition::QueryLanguage;
use crate::diagnostic::Diagnostic;
use crate::schema::{Kind, Part, texts_inside};

const OPEN: &str = "{%";
const CLOSE: &str = "%}";

pub(super) fn check(context: &Context, part: &Part) -> Vec<Diagnostic> {
    let is_jsonata = part.language == QueryLanguage::Jsonata;
    let is_asked = |kind: Kind| {
        if is_jsonata {
            kind.is_evaluated()
        } else {
            kind.is_template() || kind == Kind::DynamicText
        }
    };
    let looks_evaluated = |text: &str| match expression_text(text) {
        Some(_) => !is_jsonata,
        None => is_jsonata && (text.contains(OPEN) || text.contains(CLOSE)),
    };
    let mut found = Vec::new();
    for (field, value) in part.present().filter(|(field, _)| is_asked(field.kind)) {
        for suspect in texts_inside(value, |_, text| looks_evaluated(text)) {
            let (help, mended) = if is_jsonata {
                way_out(suspect.text)
            } else {
                ("Set \"QueryLanguage\" to \"JSONata\" to have it evaluated.", None)
            };
            let at = part.at(field.name).inside(&suspect.way);
            let message = "This text looks like a JSONata expression, but is passed on as it stands";
            let diagnostic = context.warning("EXPRESSION_AS_TEXT", &at, message, help);
            found.push(diagnostic.replaceable_by(mended.as_deref()));
        }
    }
    found
}

/// Returns help for a text that is nearly an expression, and the expression it may have been meant to be.
fn way_out(text: &str) -> (&'static str, Option<String>) {
    let inner = text.trim();
    if expression_text(inner).is_some() {
        return (
            "Remove the blanks around the expression: nothing may stand there.",
            Some(inner.to_owned()),
        );
    }
    match (inner.strip_prefix(OPEN), inner.strip_suffix(CLOSE)) {
        (Some(rest), None) if !rest.contains(CLOSE) => {
            let rest = rest.strip_suffix('%').unwrap_or(rest).trim();
            (
                "End the expression with \"%}\".",
                Some(format!("{OPEN} {rest} {CLOSE}")),
            )
        }
        (None, Some(rest)) if !rest.contains(OPEN) => {
            let rest = rest.strip_prefix('%').unwrap_or(rest).trim();
            (
                "Begin the expression with \"{%\".",
                Some(format!("{OPEN} {rest} {CLOSE}")),
            )
        }
        _ => (
            "Make the whole text one expression, which joins its parts with \"&\".",
            None,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::way_out;
    use crate::rules::{check_samples, with_state};

    #[test]
    fn samples() {
        let output = |text: &str| {
            with_state(&format!(
                r#"{{"Type": "Pass", "QueryLanguage": "JSONata", "Output": {{"a": ["{text}"]}}, "Next": "Z"}}"#
            ))
        };
        let looks = "EXPRESSION_AS_TEXT: This text looks like a JSONata expression, but is passed on as it stands";
        for wrong in ["a {% 1 %}", " {% 1 %}", "{% 1", "1 %}", "{% 1 %", "{% 1 %} {% 2 %} "] {
            check_samples(
                &output(wrong),
                &format!("{looks} at /States/S/Output/a[0]"),
                &output("{% 1 %}"),
            );
        }
        let parameters = |text: &str| {
            with_state(&format!(
                r#"{{"Type": "Pass", "Parameters": {{"a": "{text}"}}, "Next": "Z"}}"#
            ))
        };
        check_samples(
            &parameters("{% 1 %}"),
            &format!("{looks} at /States/S/Parameters/a"),
            &parameters("100 %"),
        );
    }

    #[test]
    fn what_was_meant_is_offered() {
        let mended = |text: &str| way_out(text).1;
        for text in [" {% 1 %}", "{% 1", "{% 1 %", "1 %}", "% 1 %}"] {
            assert_eq!(mended(text).as_deref(), Some("{% 1 %}"), "{text}");
        }
        assert_eq!(mended("a {% 1 %} b"), None);
        assert_eq!(mended("{% 1 %} {% 2"), None);
    }
}
