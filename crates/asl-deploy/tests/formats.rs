//! What each format writes for a definition that tries to break out of it. The expected texts are in `formats/`; with
//! `UPDATE_EXPECT=1` they are written anew.

#![expect(clippy::unwrap_used, reason = "a definition that is no JSON is a defect of the test")]

use asl_deploy::{Deployment, Format};
use expect_test::expect_file;

/// Quotes, backquotes, substitutions of every language, line breaks, an escape character and a here-document's end.
const HOSTILE: &str = r#"{
  "Comment": "it's \"quoted\" `id` $(id) ${id} $${id} %{if true} <<'EOF'\nEND_OF_DEFINITION\nDEFINITION\n{{ x }} {{resolve:ssm:/x}} ${Token[x.1]} \\ \u001b[201~ !Ref x #",
  "StartAt": "'; rm -rf ~ #",
  "States": {
    "'; rm -rf ~ #": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:Pack", "Next": "${AWS::StackName}"},
    "${AWS::StackName}": {"Type": "Pass", "Result": {"__proto__": 1, "Ref": "AWS::StackId"}, "QueryLanguage": "JSONata", "Output": "{%{\"a\": 1}%}", "End": true}
  }
}"#;
const INPUT: &str = r#"{"note": "it's $(id) `id` ${id}", "n": 1.50}"#;

fn deployment(definition: &str) -> Deployment {
    Deployment::new("Order saga: $(id)", definition, INPUT, false).unwrap()
}

#[test]
fn every_format_keeps_a_hostile_definition_inside() {
    let deployment = deployment(HOSTILE);
    expect_file!["formats/aws-cli.sh"].assert_eq(&deployment.write(Format::AwsCli));
    expect_file!["formats/cloudformation.yaml"].assert_eq(&deployment.write(Format::CloudFormation));
    expect_file!["formats/sam.yaml"].assert_eq(&deployment.write(Format::Sam));
    expect_file!["formats/cdk.ts"].assert_eq(&deployment.write(Format::Cdk));
    expect_file!["formats/terraform.tf"].assert_eq(&deployment.write(Format::Terraform));
}

#[test]
fn an_express_machine_without_functions_is_said_to_be_one() {
    let deployment = Deployment::new("", r#"{"StartAt":"A"}"#, "", true).unwrap();
    for format in Format::ALL {
        let text = deployment.write(format);
        assert!(text.contains("EXPRESS"), "{text}");
        assert!(!text.contains("lambda:InvokeFunction"), "{text}");
    }
    assert!(deployment.write(Format::AwsCli).contains("start-sync-execution"));
}

/// A shell gets the definition and the input back as they were, and runs nothing on the way.
#[test]
fn a_shell_hands_over_exactly_what_was_written() {
    let folder = std::env::temp_dir().join(format!("asl-deploy-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let script = deployment(HOSTILE).write(Format::AwsCli);
    // In place of the AWS CLI, a function that answers with an ARN, and prints the word behind --input.
    let script = format!(
        "set -eu\naws() {{ if [ \"$2\" = create-state-machine ]; then echo arn; else while [ \"$1\" != --input ]; do shift; done; \
         printf %s \"$2\"; fi; }}\n{script}"
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(&folder)
        .output()
        .unwrap();
    let written = std::fs::read_to_string(folder.join("order-saga-id.asl.json")).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let parse = |text: &str| asl_json::parse_value(text).unwrap();
    assert_eq!(parse(&written), parse(HOSTILE));
    assert_eq!(parse(&String::from_utf8(output.stdout).unwrap()), parse(INPUT));
}
