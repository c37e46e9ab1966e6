//! A CDK stack in TypeScript.
//!
//! The definition is a template literal in which backslashes, backquotes and `${` are escaped. It is no object literal:
//! there a member named `__proto__` would be lost.

use crate::cloudformation::indented;
use crate::deployment::Deployment;
use crate::functions::listed;
use crate::names::pascal;

pub(crate) fn write(deployment: &Deployment) -> String {
    let name = pascal(&deployment.name);
    let kind = deployment.type_word();
    let definition = literal(deployment.definition.trim_end());
    let policies = policies(&deployment.functions);
    format!(
        "import {{ Stack, StackProps }} from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {{ Construct }} from 'constructs';

export class {name}Stack extends Stack {{
  constructor(scope: Construct, id: string, props?: StackProps) {{
    super(scope, id, props);

    const machine = new sfn.StateMachine(this, '{name}', {{
      stateMachineName: '{machine}',
      stateMachineType: sfn.StateMachineType.{kind},
      definitionBody: sfn.DefinitionBody.fromString(definition),
    }});
{policies}  }}
}}

const definition = `{definition}`;
",
        machine = deployment.name,
    )
}

fn policies(functions: &[String]) -> String {
    if functions.is_empty() {
        return "    // Add a policy for each service that the state machine calls: machine.addToRolePolicy(...)\n"
            .to_owned();
    }
    let resources = listed(functions, "'", "',\n");
    let resources = indented(&resources, 8);
    format!(
        "    machine.addToRolePolicy(new iam.PolicyStatement({{
      actions: ['lambda:InvokeFunction'],
      resources: [
{resources}      ],
    }}));
"
    )
}

/// Returns the inside of a template literal.
fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_literal_evaluates_nothing() {
        assert_eq!(
            literal(r#"{"a":"\n ` ${x} \${y} $"}"#),
            r#"{"a":"\\n \` \${x} \\\${y} $"}"#
        );
    }
}
