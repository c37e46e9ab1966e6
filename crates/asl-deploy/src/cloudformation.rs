//! A CloudFormation template in YAML.
//!
//! The definition is a literal block: YAML evaluates nothing of it, and without `Fn::Sub` and `DefinitionSubstitutions`
//! CloudFormation fills in nothing.

use crate::deployment::Deployment;
use crate::functions::listed;
use crate::names::pascal;

pub(crate) fn write(deployment: &Deployment) -> String {
    let name = pascal(&deployment.name);
    let kind = deployment.type_word();
    let policies = policies(&deployment.functions);
    let definition = indented(&deployment.definition, 8);
    format!(
        "AWSTemplateFormatVersion: '2010-09-09'
Description: The state machine {name}

Resources:
  {name}:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: '{machine}'
      StateMachineType: {kind}
      RoleArn: !GetAtt {name}Role.Arn
      DefinitionString: |
{definition}
  {name}Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {{Service: states.amazonaws.com}}
            Action: sts:AssumeRole
{policies}
Outputs:
  StateMachineArn:
    Value: !Ref {name}
",
        machine = deployment.name,
    )
}

/// Returns the policy for the Lambda functions, or a note where there are none.
fn policies(functions: &[String]) -> String {
    if functions.is_empty() {
        return "      # Add a policy for each service that the state machine calls.\n".to_owned();
    }
    let resources = listed(functions, "                  - ", "\n");
    format!(
        "      Policies:
        - PolicyName: Tasks
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action: lambda:InvokeFunction
                Resource:
{resources}"
    )
}

/// Returns the text with every line moved to the right.
pub(crate) fn indented(text: &str, columns: usize) -> String {
    let margin = " ".repeat(columns);
    text.lines().flat_map(|line| [margin.as_str(), line, "\n"]).collect()
}
