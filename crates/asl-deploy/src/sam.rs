//! A SAM template in YAML, for a definition in a file beside it: SAM reads the file as it is.

use crate::deployment::Deployment;
use crate::functions::listed;
use crate::names::{definition_file, pascal};

pub(crate) fn write(deployment: &Deployment) -> String {
    let name = pascal(&deployment.name);
    let kind = deployment.type_word();
    let file = definition_file(&deployment.name);
    let policies = policies(&deployment.functions);
    format!(
        "# Save the definition as statemachine/{file} beside this template.
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Description: The state machine {name}

Resources:
  {name}:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: '{machine}'
      Type: {kind}
      DefinitionUri: statemachine/{file}
{policies}
Outputs:
  StateMachineArn:
    Value: !Ref {name}
",
        machine = deployment.name,
    )
}

fn policies(functions: &[String]) -> String {
    if functions.is_empty() {
        return "      # Add a policy for each service that the state machine calls.\n".to_owned();
    }
    let resources = listed(functions, "                - ", "\n");
    format!(
        "      Policies:
        - Version: '2012-10-17'
          Statement:
            - Effect: Allow
              Action: lambda:InvokeFunction
              Resource:
{resources}"
    )
}
