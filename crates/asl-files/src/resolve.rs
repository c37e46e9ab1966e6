//! What the functions of a template evaluate to, as far as that can be told before a deployment.
//!
//! Account and region are those of AWS's own documentation; an ARN of a resource is the one that it would get there with
//! its logical name. That is enough to read a definition, to mock its tasks and to run it here.

use asl_json::{Object, Value};

use crate::template::replaced;

const ACCOUNT: &str = "123456789012";
const REGION: &str = "us-east-1";
/// How many functions may stand inside of each other.
const MAX_DEPTH: usize = 16;

/// Evaluates functions of one template.
pub(crate) struct Resolver<'a> {
    parameters: Option<&'a Object>,
    resources: Option<&'a Object>,
}

/// A text with names in braces for what could not be told, and what those names mean.
#[derive(Default)]
pub(crate) struct Joined {
    pub(crate) text: String,
    pub(crate) names: Object,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(template: &'a Value) -> Resolver<'a> {
        let part = |name| template.get(name).and_then(Value::as_object);
        Resolver {
            parameters: part("Parameters"),
            resources: part("Resources"),
        }
    }

    /// Returns the text that a value or a function evaluates to.
    pub(crate) fn text(&self, value: &Value) -> Option<String> {
        self.text_at(value, 0)
    }

    fn text_at(&self, value: &Value, depth: usize) -> Option<String> {
        match value {
            Value::String(text) => return Some(text.to_string()),
            Value::Number(_) | Value::Bool(_) => return Some(value.to_string()),
            _ if depth > MAX_DEPTH => return None,
            _ => {}
        }
        if let Some(name) = value.get("Ref") {
            return self.reference(name.as_str()?);
        }
        if let Some(sub) = value.get("Fn::Sub") {
            return self.sub(sub, depth);
        }
        if let Some(attribute) = value.get("Fn::GetAtt") {
            let (resource, name) = attribute_parts(attribute)?;
            return self.attribute(resource, name);
        }
        let parts = value.get("Fn::Join")?.as_array()?;
        let separator = parts.first()?.as_str()?;
        let items = parts.get(1)?.as_array()?;
        let items: Option<Vec<String>> = items.iter().map(|item| self.text_at(item, depth + 1)).collect();
        Some(items?.join(separator))
    }

    /// Returns what a name in braces stands for.
    pub(crate) fn name(&self, name: &str) -> Option<String> {
        match name.split_once('.') {
            Some((resource, attribute)) => self.attribute(resource, attribute),
            None => self.reference(name),
        }
    }

    /// Returns what the template says about a name in braces, in a few words.
    pub(crate) fn describe(&self, name: &str) -> String {
        let resource = name.split('.').next().unwrap_or(name);
        if let Some(kind) = self.kind(resource) {
            return kind.to_owned();
        }
        let is_parameter = self.parameters.is_some_and(|parameters| parameters.contains_key(name));
        if is_parameter {
            "a parameter of the template"
        } else {
            ""
        }
        .to_owned()
    }

    fn sub(&self, sub: &Value, depth: usize) -> Option<String> {
        let parts = sub.as_array();
        let text = sub.as_str().or_else(|| parts?.first()?.as_str())?;
        let values = parts.and_then(|parts| parts.get(1)).and_then(Value::as_object);
        let mut is_whole = true;
        let text = replaced(text, |name| {
            let value = match values.and_then(|values| values.get(name)) {
                Some(value) => self.text_at(value, depth + 1),
                None => self.name(name),
            };
            is_whole &= value.is_some();
            value
        });
        is_whole.then(|| text.replace("${!", "${"))
    }

    fn kind(&self, resource: &str) -> Option<&'a str> {
        self.resources?.get(resource)?.get("Type")?.as_str()
    }

    fn reference(&self, name: &str) -> Option<String> {
        let pseudo = match name {
            "AWS::Region" => REGION,
            "AWS::AccountId" => ACCOUNT,
            "AWS::Partition" => "aws",
            "AWS::URLSuffix" => "amazonaws.com",
            "AWS::StackName" => "stack",
            _ => "",
        };
        if !pseudo.is_empty() {
            return Some(pseudo.to_owned());
        }
        if let Some(parameter) = self.parameters.and_then(|parameters| parameters.get(name)) {
            return self.text_at(parameter.get("Default")?, MAX_DEPTH);
        }
        match self.kind(name)? {
            "AWS::SQS::Queue" => Some(format!("https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}")),
            "AWS::SNS::Topic" | "AWS::StepFunctions::StateMachine" | "AWS::Serverless::StateMachine" => self.arn(name),
            _ => Some(name.to_owned()),
        }
    }

    fn attribute(&self, resource: &str, name: &str) -> Option<String> {
        match name {
            "Arn" | "TopicArn" => self.arn(resource),
            "Name" | "QueueName" | "TopicName" => self.kind(resource).map(|_| resource.to_owned()),
            _ => None,
        }
    }

    fn arn(&self, name: &str) -> Option<String> {
        let (service, path) = match self.kind(name)? {
            "AWS::Lambda::Function" | "AWS::Serverless::Function" => ("lambda", "function:"),
            "AWS::StepFunctions::StateMachine" | "AWS::Serverless::StateMachine" => ("states", "stateMachine:"),
            "AWS::StepFunctions::Activity" => ("states", "activity:"),
            "AWS::SQS::Queue" => ("sqs", ""),
            "AWS::SNS::Topic" => ("sns", ""),
            "AWS::DynamoDB::Table" | "AWS::Serverless::SimpleTable" => ("dynamodb", "table/"),
            "AWS::ECS::Cluster" => ("ecs", "cluster/"),
            _ => return None,
        };
        Some(format!("arn:aws:{service}:{REGION}:{ACCOUNT}:{path}{name}"))
    }
}

/// Returns the resource and the attribute that an `Fn::GetAtt` names, in its short or its long form.
fn attribute_parts(attribute: &Value) -> Option<(&str, &str)> {
    if let Some(text) = attribute.as_str() {
        return text.split_once('.');
    }
    let parts = attribute.as_array()?;
    Some((parts.first()?.as_str()?, parts.get(1)?.as_str()?))
}

/// Returns the text of an `Fn::Join`, with names in braces for its items that are functions.
pub(crate) fn joined(value: &Value) -> Option<Joined> {
    let parts = value.get("Fn::Join")?.as_array()?;
    let separator = parts.first()?.as_str()?;
    let mut joined = Joined::default();
    for (at, item) in parts.get(1)?.as_array()?.iter().enumerate() {
        if at > 0 {
            joined.text.push_str(separator);
        }
        if let Some(text) = item.as_str() {
            joined.text.push_str(text);
        } else {
            let name = name_of(item).unwrap_or_else(|| format!("Value{at}"));
            joined.text.extend(["${", &name, "}"]);
            joined.names.insert(name, item.clone());
        }
    }
    Some(joined)
}

/// Returns a definition with a name in braces where a function stands.
pub(crate) fn texts_for_functions(value: &Value) -> Value {
    if let Some(name) = name_of(value) {
        return Value::from(["${", &name, "}"].concat());
    }
    match value {
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| (name.clone(), texts_for_functions(value)));
            Value::object(members)
        }
        Value::Array(items) => Value::array(items.iter().map(texts_for_functions)),
        other => other.clone(),
    }
}

/// Returns how the name of a `Ref` or `Fn::GetAtt` is written in braces.
fn name_of(function: &Value) -> Option<String> {
    let members = function.as_object().filter(|members| members.len() == 1)?;
    if let Some(name) = members.get("Ref") {
        return name.as_str().map(str::to_owned);
    }
    let attribute = members.get("Fn::GetAtt")?;
    let (resource, name) = attribute_parts(attribute)?;
    Some([resource, ".", name].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl_json::parse_value;

    fn text(function: &str) -> Option<String> {
        let template = r#"{"Parameters":{"P":{"Default":7},"Q":{}},
            "Resources":{"F":{"Type":"AWS::Lambda::Function"},"S":{"Type":"AWS::SQS::Queue"},"T":{"Type":"AWS::SNS::Topic"}}}"#;
        let template = parse_value(template).unwrap();
        Resolver::new(&template).text(&parse_value(function).unwrap())
    }

    #[test]
    fn what_can_be_told_is_told() {
        for (function, expected) in [
            (r#""plain""#, "plain"),
            (r#"{"Ref":"P"}"#, "7"),
            (r#"{"Ref":"F"}"#, "F"),
            (r#"{"Ref":"S"}"#, "https://sqs.us-east-1.amazonaws.com/123456789012/S"),
            (r#"{"Ref":"T"}"#, "arn:aws:sns:us-east-1:123456789012:T"),
            (
                r#"{"Fn::GetAtt":"F.Arn"}"#,
                "arn:aws:lambda:us-east-1:123456789012:function:F",
            ),
            (r#"{"Fn::Sub":"${AWS::Partition}-${P}-${!P}"}"#, "aws-7-${P}"),
            (r#"{"Fn::Join":["/",["a",{"Ref":"P"}]]}"#, "a/7"),
        ] {
            assert_eq!(text(function).as_deref(), Some(expected), "{function}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_not_guessed() {
        for function in [
            "null",
            "{}",
            r#"{"Ref":"Gone"}"#,
            r#"{"Ref":"Q"}"#,
            r#"{"Fn::GetAtt":["F","Version"]}"#,
            r#"{"Fn::Sub":"${Gone}"}"#,
            r#"{"Fn::ImportValue":"x"}"#,
        ] {
            assert_eq!(text(function), None, "{function}");
        }
        let deep = format!("{}1{}", r#"{"Fn::Join":["",["#.repeat(60), "]]}".repeat(60));
        assert_eq!(text(&deep), None);
    }
}
