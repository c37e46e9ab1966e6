# The role that the state machine runs with: replace it by one of yours.
ROLE_ARN='arn:aws:iam::123456789012:role/StepFunctionsRole'

# The definition, as a file.
cat > order-saga-id.asl.json <<'END_OF_DEFINITION'
{
  "Comment": "it's \"quoted\" `id` $(id) ${id} $${id} %{if true} <<'EOF'\nEND_OF_DEFINITION\nDEFINITION\n{{ x }} {\u007bresolve:ssm:/x}} \u0024{Token[x.1]} \\ \u001B[201~ !Ref x #",
  "StartAt": "'; rm -rf ~ #",
  "States": {
    "'; rm -rf ~ #": {
      "Type": "Task",
      "Resource": "arn:aws:lambda:us-east-1:123456789012:function:Pack",
      "Next": "${AWS::StackName}"
    },
    "${AWS::StackName}": {
      "Type": "Pass",
      "Result": {
        "__proto__": 1,
        "Ref": "AWS::StackId"
      },
      "QueryLanguage": "JSONata",
      "Output": "{%{\"a\": 1}%}",
      "End": true
    }
  }
}
END_OF_DEFINITION

# Create the state machine.
STATE_MACHINE_ARN=$(aws stepfunctions create-state-machine \
  --name 'OrderSagaId' \
  --type STANDARD \
  --role-arn "$ROLE_ARN" \
  --definition 'file://order-saga-id.asl.json' \
  --query stateMachineArn --output text)

# Run it with the input of the playground.
aws stepfunctions start-execution \
  --state-machine-arn "$STATE_MACHINE_ARN" \
  --input '{"note":"it'\''s $(id) `id` ${id}","n":1.5}'
