//! State machines in templates of CloudFormation, SAM and the Serverless Framework.
//!
//! Names in braces, `${Name}`, stand for values that a deployment fills in. Each is shown with what the template says
//! about it; where its value can be told before any deployment, or a stand-in does, the definition is offered filled in.

use asl_json::{Object, Value, parse_value};

use crate::resolve::{Resolver, joined, texts_for_functions};

/// A state machine in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateMachine {
    /// Its name in the template.
    pub name: String,
    /// Whether it is an EXPRESS state machine.
    pub is_express: bool,
    /// Where its definition is.
    pub source: MachineSource,
}

/// Where a definition is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MachineSource {
    /// In the template.
    Inline {
        /// The text with its `${...}`.
        written: String,
        /// The text with a value for every `${...}` that has one.
        filled: String,
        /// Every `${...}` in order of appearance.
        substitutions: Vec<Substitution>,
    },
    /// In another file or object: its address.
    Elsewhere(String),
    /// Nowhere that can be told: why.
    Unknown(String),
}

/// A name in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitution {
    /// The name, without `${` and `}`.
    pub name: String,
    /// What the template says about it; empty where it says nothing.
    pub definition: String,
    /// What is filled in; none where there is no telling.
    pub value: Option<String>,
}

/// Returns the state machines of a template, in its order.
pub fn machines(template: &Value) -> Vec<TemplateMachine> {
    let resolver = Resolver::new(template);
    let resources = template.get("Resources").and_then(Value::as_object);
    let resources = resources.into_iter().flat_map(Object::iter);
    let mut found: Vec<TemplateMachine> = resources
        .filter_map(|(name, resource)| resource_machine(name, resource, &resolver))
        .collect();
    let serverless = template.get("stepFunctions").and_then(|part| part.get("stateMachines"));
    let serverless = serverless.and_then(Value::as_object).into_iter().flat_map(Object::iter);
    found.extend(serverless.map(|(name, machine)| serverless_machine(name, machine, &resolver)));
    found
}

fn resource_machine(name: &str, resource: &Value, resolver: &Resolver<'_>) -> Option<TemplateMachine> {
    let is_sam = match resource.get("Type")?.as_str()? {
        "AWS::StepFunctions::StateMachine" => false,
        "AWS::Serverless::StateMachine" => true,
        _ => return None,
    };
    let empty = Value::empty_object();
    let properties = resource.get("Properties").unwrap_or(&empty);
    let kind = if is_sam { "Type" } else { "StateMachineType" };
    let substitutions = properties.get("DefinitionSubstitutions").and_then(Value::as_object);
    let source = if let Some(text) = properties.get("DefinitionString") {
        from_text(text, substitutions, resolver)
    } else if let Some(definition) = properties.get("Definition") {
        inline(
            &definition.to_pretty_string("  "),
            substitutions,
            &Object::new(),
            resolver,
        )
    } else if let Some(uri) = properties
        .get("DefinitionUri")
        .or(properties.get("DefinitionS3Location"))
    {
        MachineSource::Elsewhere(address(uri))
    } else {
        MachineSource::Unknown("The template gives it no definition.".into())
    };
    Some(TemplateMachine {
        name: name.to_owned(),
        is_express: properties.get(kind).and_then(Value::as_str) == Some("EXPRESS"),
        source,
    })
}

fn serverless_machine(name: &str, machine: &Value, resolver: &Resolver<'_>) -> TemplateMachine {
    let source = match machine.get("definition") {
        Some(Value::String(text)) => MachineSource::Elsewhere(text.to_string()),
        Some(definition) => {
            // The plugin lets functions of CloudFormation stand in a definition where a text belongs.
            let definition = texts_for_functions(definition);
            inline(&definition.to_pretty_string("  "), None, &Object::new(), resolver)
        }
        None => MachineSource::Unknown("The file gives it no definition.".into()),
    };
    TemplateMachine {
        name: name.to_owned(),
        is_express: machine.get("type").and_then(Value::as_str) == Some("EXPRESS"),
        source,
    }
}

fn address(uri: &Value) -> String {
    let part = |name| uri.get(name).and_then(Value::as_str);
    match (uri.as_str(), part("Bucket"), part("Key")) {
        (Some(text), ..) => text.to_owned(),
        (None, Some(bucket), Some(key)) => format!("s3://{bucket}/{key}"),
        _ => uri.to_string(),
    }
}

/// Returns what a `DefinitionString` holds: a text, or a function that makes one.
fn from_text(text: &Value, substitutions: Option<&Object>, resolver: &Resolver<'_>) -> MachineSource {
    let none = Object::new();
    if let Some(text) = text.as_str() {
        return inline(text, substitutions, &none, resolver);
    }
    if let Some(sub) = text.get("Fn::Sub") {
        let parts = sub.as_array();
        let text = sub.as_str().or_else(|| parts?.first()?.as_str());
        let values = parts.and_then(|parts| parts.get(1)).and_then(Value::as_object);
        if let Some(text) = text {
            let mut all = values.cloned().unwrap_or_default();
            for (name, value) in substitutions.into_iter().flat_map(Object::iter) {
                all.insert(name.clone(), value.clone());
            }
            return inline(text, Some(&all), &none, resolver);
        }
    }
    if let Some(made) = joined(text) {
        return inline(&made.text, substitutions, &made.names, resolver);
    }
    MachineSource::Unknown(format!(
        "Its definition is made by a function that only a deployment can evaluate: {text}"
    ))
}

/// Returns a definition with its names in braces. `given` says what names mean that stand for no name of the template.
fn inline(text: &str, substitutions: Option<&Object>, given: &Object, resolver: &Resolver<'_>) -> MachineSource {
    let mut found: Vec<Substitution> = Vec::new();
    let filled = replaced(text, |name| {
        if let Some(known) = found.iter().find(|known| known.name == name) {
            return known.value.clone();
        }
        let definition = substitutions.and_then(|map| map.get(name)).or_else(|| given.get(name));
        let value = match definition {
            Some(definition) => resolver.text(definition),
            None => resolver.name(name),
        };
        found.push(Substitution {
            name: name.to_owned(),
            definition: definition.map_or_else(|| resolver.describe(name), written),
            value: value.clone(),
        });
        value
    });
    MachineSource::Inline {
        written: tidy(text),
        filled: tidy(&filled),
        substitutions: found,
    }
}

/// Returns what a template says about a name, on one line.
fn written(definition: &Value) -> String {
    definition
        .as_str()
        .map_or_else(|| definition.to_string(), str::to_owned)
}

/// Returns JSON on one line as JSON on many; any other text as it is.
fn tidy(text: &str) -> String {
    let text = text.trim();
    match parse_value(text) {
        Ok(value) if !text.contains('\n') => value.to_pretty_string("  "),
        _ => text.to_owned(),
    }
}

/// Replaces every `${Name}` by what `value` returns for it; `${!Name}`, which stands for `${Name}` itself, stays.
pub(crate) fn replaced(text: &str, mut value: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("${") {
        out.push_str(before);
        let name = behind
            .split_once('}')
            .map(|(name, _)| name)
            .filter(|name| is_name(name.trim()));
        let Some(name) = name else {
            out.push_str("${");
            rest = behind;
            continue;
        };
        match value(name.trim()) {
            Some(value) => out.push_str(&value),
            None => out.extend(["${", name, "}"]),
        }
        rest = &behind[name.len() + 1..];
    }
    out.push_str(rest);
    out
}

/// Names of resources, their attributes, parameters and pseudo parameters such as `AWS::Region`.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::YamlDefinition;

    fn from_yaml(text: &str) -> Vec<TemplateMachine> {
        machines(&YamlDefinition::parse(text).unwrap().to_template().unwrap())
    }

    /// Name, definition and value of a substitution.
    type Row = (String, String, Option<String>);

    fn only(text: &str) -> (String, String, Vec<Row>) {
        let machine = from_yaml(text).remove(0);
        let MachineSource::Inline {
            written,
            filled,
            substitutions,
        } = machine.source
        else {
            panic!("{machine:?}")
        };
        let rows = substitutions
            .into_iter()
            .map(|row| (row.name, row.definition, row.value));
        (written, filled, rows.collect())
    }

    #[test]
    fn a_sam_template_gives_its_machines_and_what_their_names_stand_for() {
        let (written, filled, rows) = only(
            "Resources:
  Pack:
    Type: AWS::Serverless::Function
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Pack
        States:
          Pack: {Type: Task, Resource: '${PackArn}', Next: Wait}
          Wait: {Type: Wait, Seconds: 1, Comment: '${Unknown}', End: true}
      DefinitionSubstitutions:
        PackArn: !GetAtt Pack.Arn
",
        );
        assert!(written.contains("\"Resource\": \"${PackArn}\""), "{written}");
        let arn = "arn:aws:lambda:us-east-1:123456789012:function:Pack";
        assert!(filled.contains(&format!("\"Resource\": \"{arn}\"")), "{filled}");
        assert!(filled.contains("${Unknown}"), "{filled}");
        let attribute = r#"{"Fn::GetAtt":["Pack","Arn"]}"#.to_owned();
        assert_eq!(rows[0], ("PackArn".into(), attribute, Some(arn.into())));
        assert_eq!(rows[1], ("Unknown".into(), String::new(), None));
    }

    #[test]
    fn a_definition_string_may_be_a_text_or_be_made_by_functions() {
        let template = |definition: &str| {
            format!(
                "Parameters:
  Stage: {{Type: String, Default: test}}
Resources:
  F: {{Type: AWS::Lambda::Function}}
  M:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineType: EXPRESS
      DefinitionString: {definition}
"
            )
        };
        let arn = "arn:aws:lambda:us-east-1:123456789012:function:F";
        for (definition, expected) in [
            (r#"'{"StartAt":"A"}'"#, "{\n  \"StartAt\": \"A\"\n}".to_owned()),
            (
                r#"!Sub '{"a":"${F.Arn} ${Stage}"}'"#,
                format!("{{\n  \"a\": \"{arn} test\"\n}}"),
            ),
            (
                r#"!Sub ['{"a":"${X}"}', {X: !GetAtt F.Arn}]"#,
                format!("{{\n  \"a\": \"{arn}\"\n}}"),
            ),
            (
                r#"!Join ['', ['{"a":"', !GetAtt F.Arn, '"}']]"#,
                format!("{{\n  \"a\": \"{arn}\"\n}}"),
            ),
            (
                r#"!Sub '{"a":"${!Kept} ${AWS::Region}"}'"#,
                "{\n  \"a\": \"${!Kept} us-east-1\"\n}".to_owned(),
            ),
        ] {
            assert!(from_yaml(&template(definition))[0].is_express);
            assert_eq!(only(&template(definition)).1, expected, "{definition}");
        }
    }

    #[test]
    fn what_is_not_in_the_template_is_said() {
        let found = from_yaml(
            "Resources:
  A: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: statemachine/a.asl.json}}
  B: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionS3Location: {Bucket: b, Key: k}}}
  C: {Type: AWS::StepFunctions::StateMachine}
  D: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionString: !ImportValue x}}
",
        );
        let sources: Vec<_> = found.into_iter().map(|machine| machine.source).collect();
        assert_eq!(sources[0], MachineSource::Elsewhere("statemachine/a.asl.json".into()));
        assert_eq!(sources[1], MachineSource::Elsewhere("s3://b/k".into()));
        assert!(matches!(&sources[2], MachineSource::Unknown(why) if why.contains("no definition")));
        assert!(matches!(&sources[3], MachineSource::Unknown(why) if why.contains("Fn::ImportValue")));
    }

    #[test]
    fn a_serverless_file_gives_its_machines() {
        let (_, filled, _) = only(
            "stepFunctions:
  stateMachines:
    hello:
      definition:
        StartAt: A
        States: {A: {Type: Task, Resource: !GetAtt hello.Arn, End: true}}
",
        );
        assert!(filled.contains("\"Resource\": \"${hello.Arn}\""), "{filled}");
    }
}
