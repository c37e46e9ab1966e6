resource "aws_sfn_state_machine" "order_saga_id" {
  name     = "OrderSagaId"
  type     = "STANDARD"
  role_arn = aws_iam_role.order_saga_id.arn

  definition = <<DEFINITION
{
  "Comment": "it's \"quoted\" `id` $(id) $${id} $$${id} %%{if true} <<'EOF'\nEND_OF_DEFINITION\nDEFINITION\n{{ x }} {\u007bresolve:ssm:/x}} \u0024{Token[x.1]} \\ \u001B[201~ !Ref x #",
  "StartAt": "'; rm -rf ~ #",
  "States": {
    "'; rm -rf ~ #": {
      "Type": "Task",
      "Resource": "arn:aws:lambda:us-east-1:123456789012:function:Pack",
      "Next": "$${AWS::StackName}"
    },
    "$${AWS::StackName}": {
      "Type": "Pass",
      "Result": {
        "__proto__": 1,
        "Ref": "AWS::StackId"
      },
      "QueryLanguage": "JSONata",
      "Output": "{%%{\"a\": 1}%}",
      "End": true
    }
  }
}
DEFINITION
}

resource "aws_iam_role" "order_saga_id" {
  name = "OrderSagaIdRole"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "states.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "order_saga_id" {
  name = "Tasks"
  role = aws_iam_role.order_saga_id.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "lambda:InvokeFunction"
      Resource = [
        "arn:aws:lambda:us-east-1:123456789012:function:Pack",
      ]
    }]
  })
}
