//! Terraform.
//!
//! The definition is a here-document in which `${` and `%{` are doubled, as Terraform wants them where they stand for
//! themselves.

use crate::deployment::Deployment;
use crate::functions::listed;
use crate::names::snake;

pub(crate) fn write(deployment: &Deployment) -> String {
    let name = snake(&deployment.name);
    let kind = deployment.type_word();
    let end = end_word(&deployment.definition);
    let definition = literal(&deployment.definition);
    let policies = policies(&name, &deployment.functions);
    format!(
        "resource \"aws_sfn_state_machine\" \"{name}\" {{
  name     = \"{machine}\"
  type     = \"{kind}\"
  role_arn = aws_iam_role.{name}.arn

  definition = <<{end}
{definition}{end}
}}

resource \"aws_iam_role\" \"{name}\" {{
  name = \"{machine}Role\"

  assume_role_policy = jsonencode({{
    Version = \"2012-10-17\"
    Statement = [{{
      Effect    = \"Allow\"
      Principal = {{ Service = \"states.amazonaws.com\" }}
      Action    = \"sts:AssumeRole\"
    }}]
  }})
}}
{policies}",
        machine = deployment.name,
    )
}

fn policies(name: &str, functions: &[String]) -> String {
    if functions.is_empty() {
        return "\n# Add a policy for each service that the state machine calls.\n".to_owned();
    }
    let resources = listed(functions, "        \"", "\",\n");
    format!(
        "
resource \"aws_iam_role_policy\" \"{name}\" {{
  name = \"Tasks\"
  role = aws_iam_role.{name}.id

  policy = jsonencode({{
    Version = \"2012-10-17\"
    Statement = [{{
      Effect = \"Allow\"
      Action = \"lambda:InvokeFunction\"
      Resource = [
{resources}      ]
    }}]
  }})
}}
"
    )
}

/// Returns a word that no line of the text is, whatever stands before it.
fn end_word(text: &str) -> String {
    let mut word = "DEFINITION".to_owned();
    while text.lines().any(|line| line.trim() == word) {
        word.push('_');
    }
    word
}

/// Returns the inside of a here-document.
fn literal(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_here_document_evaluates_nothing() {
        assert_eq!(
            literal(r#"{"a":"${x} $${y} {%{z} %}"}"#),
            r#"{"a":"$${x} $$${y} {%%{z} %}"}"#
        );
        assert_eq!(end_word("DEFINITION\n"), "DEFINITION_");
    }
}
