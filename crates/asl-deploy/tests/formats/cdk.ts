import { Stack, StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export class OrderSagaIdStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const machine = new sfn.StateMachine(this, 'OrderSagaId', {
      stateMachineName: 'OrderSagaId',
      stateMachineType: sfn.StateMachineType.STANDARD,
      definitionBody: sfn.DefinitionBody.fromString(definition),
    });
    machine.addToRolePolicy(new iam.PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [
        'arn:aws:lambda:us-east-1:123456789012:function:Pack',
      ],
    }));
  }
}

const definition = `{
  "Comment": "it's \\"quoted\\" \`id\` $(id) \${id} $\${id} %{if true} <<'EOF'\\nEND_OF_DEFINITION\\nDEFINITION\\n{{ x }} {\\u007bresolve:ssm:/x}} \\u0024{Token[x.1]} \\\\ \\u001B[201~ !Ref x #",
  "StartAt": "'; rm -rf ~ #",
  "States": {
    "'; rm -rf ~ #": {
      "Type": "Task",
      "Resource": "arn:aws:lambda:us-east-1:123456789012:function:Pack",
      "Next": "\${AWS::StackName}"
    },
    "\${AWS::StackName}": {
      "Type": "Pass",
      "Result": {
        "__proto__": 1,
        "Ref": "AWS::StackId"
      },
      "QueryLanguage": "JSONata",
      "Output": "{%{\\"a\\": 1}%}",
      "End": true
    }
  }
}`;
