//! Commands of the AWS CLI for a POSIX shell.
//!
//! The definition goes through a here-document whose end word is quoted, so the shell evaluates nothing of it; the input
//! is one quoted word.

use crate::deployment::Deployment;
use crate::names::definition_file;

pub(crate) fn write(deployment: &Deployment) -> String {
    let Deployment {
        name,
        definition,
        input,
        ..
    } = deployment;
    let file = definition_file(name);
    let end = end_word(definition);
    let kind = deployment.type_word();
    let input = quoted(input);
    let start = if deployment.is_express {
        "start-sync-execution"
    } else {
        "start-execution"
    };
    format!(
        "# The role that the state machine runs with: replace it by one of yours.
ROLE_ARN='arn:aws:iam::123456789012:role/StepFunctionsRole'

# The definition, as a file.
cat > {file} <<'{end}'
{definition}{end}

# Create the state machine.
STATE_MACHINE_ARN=$(aws stepfunctions create-state-machine \\
  --name '{name}' \\
  --type {kind} \\
  --role-arn \"$ROLE_ARN\" \\
  --definition 'file://{file}' \\
  --query stateMachineArn --output text)

# Run it with the input of the playground.
aws stepfunctions {start} \\
  --state-machine-arn \"$STATE_MACHINE_ARN\" \\
  --input {input}
"
    )
}

/// Returns a word that no line of the text is.
fn end_word(text: &str) -> String {
    let mut word = "END_OF_DEFINITION".to_owned();
    while text.lines().any(|line| line == word) {
        word.push('_');
    }
    word
}

/// Returns one word of a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_so_that_nothing_is_evaluated() {
        assert_eq!(
            quoted(r#"{"a":"it's $(x) `y` ${z} \n"}"#),
            r#"'{"a":"it'\''s $(x) `y` ${z} \n"}'"#
        );
    }

    #[test]
    fn the_end_word_is_in_no_line() {
        assert_eq!(
            end_word("END_OF_DEFINITION\nEND_OF_DEFINITION_\n"),
            "END_OF_DEFINITION__"
        );
    }
}
