//! What is deployed, and how it is written.

use std::fmt::{self, Write as _};

use asl_json::{Document, Value};

use crate::names;
use crate::{aws_cli, cdk, cloudformation, functions, sam, terraform};

/// A state machine on its way to AWS.
#[derive(Clone, Debug, PartialEq)]
pub struct Deployment {
    /// Name of the state machine, as the service allows it.
    pub(crate) name: String,
    /// Whether it is an EXPRESS state machine.
    pub(crate) is_express: bool,
    /// The definition: JSON on many lines, with a final line break.
    pub(crate) definition: String,
    /// The execution input: JSON, `{}` where none is given.
    pub(crate) input: String,
    /// ARNs of the Lambda functions that it calls.
    pub(crate) functions: Vec<String>,
}

/// Formats, in the order in which they are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Commands of the AWS CLI for a POSIX shell.
    AwsCli,
    /// A CloudFormation template in YAML.
    CloudFormation,
    /// A SAM template in YAML, for a definition in a file beside it.
    Sam,
    /// A CDK stack in TypeScript.
    Cdk,
    /// Terraform.
    Terraform,
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Format; 5] = [
        Format::AwsCli,
        Format::CloudFormation,
        Format::Sam,
        Format::Cdk,
        Format::Terraform,
    ];
}

/// Why nothing can be deployed: a sentence with the way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReady {
    /// The definition is no JSON object.
    Definition,
    /// The input is no JSON.
    Input,
}

impl fmt::Display for NotReady {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            NotReady::Definition => {
                "The definition is no JSON object yet. Mend the problems below the editor, then come back."
            }
            NotReady::Input => "The execution input is no JSON yet. Mend it in the Input tab, then come back.",
        })
    }
}

impl std::error::Error for NotReady {}

impl Deployment {
    /// Returns a deployment of these texts. The title becomes a name that the service allows.
    ///
    /// # Errors
    ///
    /// Where a text is no JSON.
    pub fn new(title: &str, definition: &str, input: &str, is_express: bool) -> Result<Deployment, NotReady> {
        let value = parsed(definition).filter(|value| value.as_object().is_some());
        let value = value.ok_or(NotReady::Definition)?;
        let input = match input.trim() {
            "" => Value::empty_object(),
            text => parsed(text).ok_or(NotReady::Input)?,
        };
        Ok(Deployment {
            name: names::machine_name(title),
            is_express,
            definition: format!("{}\n", harmless(&value.to_pretty_string("  "))),
            input: harmless(&input.to_string()),
            functions: functions::called(&value),
        })
    }

    /// Writes the text of a format.
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::AwsCli => aws_cli::write(self),
            Format::CloudFormation => cloudformation::write(self),
            Format::Sam => sam::write(self),
            Format::Cdk => cdk::write(self),
            Format::Terraform => terraform::write(self),
        }
    }

    /// Returns the service's word for the type.
    pub(crate) fn type_word(&self) -> &'static str {
        if self.is_express { "EXPRESS" } else { "STANDARD" }
    }
}

fn parsed(text: &str) -> Option<Value> {
    let document = Document::parse(text);
    document.errors().is_empty().then(|| document.value()).flatten()
}

/// Writes characters that are not what they seem as JSON escapes: control characters, which end a pasted text in some
/// terminals; characters that turn the direction of writing; line and paragraph separators, which end a line in YAML and
/// JavaScript. In JSON such characters stand inside of strings only, so the escapes mean the same.
fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        let is_harmful = character != '\n' && character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{ffff}');
        if is_harmful {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{:04x}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    // CloudFormation resolves the first anywhere in a template, and CDK the second.
    out.replace("{{resolve:", "{\\u007bresolve:")
        .replace("${Token[", "\\u0024{Token[")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_is_not_deployed() {
        let refused = |definition, input| Deployment::new("", definition, input, false).unwrap_err();
        assert_eq!(refused("{", ""), NotReady::Definition);
        assert_eq!(refused("[]", ""), NotReady::Definition);
        assert_eq!(refused("{}", "{"), NotReady::Input);
    }

    #[test]
    fn an_empty_input_is_an_empty_object() {
        assert_eq!(Deployment::new("", "{}", " ", false).unwrap().input, "{}");
    }

    #[test]
    fn characters_that_are_not_what_they_seem_are_escaped() {
        let json = "\"\u{1b}[201~\u{202e}\u{2028}\u{85}\u{7f}é\u{1f600}\"";
        let references = harmless("{{resolve:ssm:x}} ${Token[1]} {{x}}");
        assert_eq!(references, "{\\u007bresolve:ssm:x}} \\u0024{Token[1]} {{x}}");
        assert_eq!(harmless(json), "\"\\u001b[201~\\u202e\\u2028\\u0085\\u007fé\u{1f600}\"");
    }
}
