//! Definitions in YAML: to JSON and back, and where in the YAML something of the JSON stands.

use std::fmt::Write as _;

use asl_json::{Document, Node, NodeKind, Number, Span, Step, Value};
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

use crate::bomb::refuse_bombs;

/// How deeply YAML may nest.
pub(crate) const MAX_DEPTH: usize = 128;

/// A definition in YAML.
pub struct YamlDefinition<'a> {
    text: &'a str,
    root: MarkedYaml<'a>,
}

/// Why a text is no definition in YAML, and where.
#[derive(Debug)]
pub struct YamlError {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes.
    pub span: Span,
}

impl<'a> YamlDefinition<'a> {
    /// Reads the first document of a text.
    ///
    /// # Errors
    ///
    /// Names the place where the text is no YAML.
    pub fn parse(text: &'a str) -> Result<YamlDefinition<'a>, YamlError> {
        refuse_bombs(text)?;
        let loaded = MarkedYaml::load_from_str(text).map_err(|error| YamlError {
            message: error.info().to_owned(),
            span: span_of_characters(text, error.marker().index(), error.marker().index() + 1),
        })?;
        let missing = YamlError {
            message: "The text holds no YAML document".to_owned(),
            span: Span::default(),
        };
        let root = loaded.into_iter().next().ok_or(missing)?;
        Ok(YamlDefinition { text, root })
    }

    /// Returns the same as JSON. Tags such as `!Sub` are dropped; their values stay.
    ///
    /// # Errors
    ///
    /// Names the place of what JSON cannot hold.
    pub fn to_json(&self) -> Result<Value, YamlError> {
        self.value(&self.root, 0, Tags::Dropped)
    }

    /// Returns the same as JSON, with the tags of CloudFormation as the functions that they stand for: `!Sub x` is
    /// `{"Fn::Sub": "x"}`.
    ///
    /// # Errors
    ///
    /// Names the place of what JSON cannot hold.
    pub fn to_template(&self) -> Result<Value, YamlError> {
        self.value(&self.root, 0, Tags::Functions)
    }

    fn value(&self, node: &MarkedYaml<'_>, depth: usize, tags: Tags) -> Result<Value, YamlError> {
        let wrong = |message: &str| YamlError {
            message: message.to_owned(),
            span: self.span(node),
        };
        if depth > MAX_DEPTH {
            return Err(wrong("This nests too deeply"));
        }
        match &node.data {
            YamlData::Value(scalar) => scalar_value(scalar).ok_or_else(|| wrong("JSON has no such number")),
            YamlData::Sequence(items) => {
                let items: Result<Vec<Value>, YamlError> =
                    items.iter().map(|item| self.value(item, depth + 1, tags)).collect();
                Ok(Value::from(items?))
            }
            YamlData::Mapping(members) => {
                let members: Result<Vec<(String, Value)>, YamlError> = members
                    .iter()
                    .map(|(name, value)| {
                        let name = name_of(name).ok_or_else(|| wrong("A name must be a string"))?;
                        Ok((name, self.value(value, depth + 1, tags)?))
                    })
                    .collect();
                Ok(Value::object(members?))
            }
            YamlData::Tagged(tag, inner) => {
                let value = self.value(inner, depth + 1, tags)?;
                let is_function = tags == Tags::Functions && tag.handle == "!";
                Ok(if is_function {
                    function(&tag.suffix, value)
                } else {
                    value
                })
            }
            _ => Err(wrong("This is no value")),
        }
    }

    /// Returns where in the YAML stands what stands at this place of the JSON.
    pub fn place(&self, json: &Document, span: Span) -> Span {
        let Some(node) = json.node_at(span.start) else {
            return Span::default();
        };
        let mut found = self.at(&node.steps());
        if node.kind() == NodeKind::Object
            && let Some(member) = node.members().find(|member| member.name_span() == span)
        {
            found = found.and_then(|(_, yaml)| entry(yaml, member.name()));
        } else {
            found = found.map(|(_, yaml)| (yaml, yaml));
        }
        found.map_or_else(Span::default, |(name, _)| self.first_line(self.span(name)))
    }

    /// Returns the name, if any, and the node at the end of these steps.
    fn at(&self, steps: &[Step]) -> Option<(&MarkedYaml<'a>, &MarkedYaml<'a>)> {
        steps
            .iter()
            .try_fold((&self.root, &self.root), |(_, node), step| match step {
                Step::Member(name) => entry(node, name),
                Step::Item(index) => match &untagged(node).data {
                    YamlData::Sequence(items) => items.get(*index).map(|item| (item, item)),
                    _ => None,
                },
            })
    }

    fn span(&self, node: &MarkedYaml<'_>) -> Span {
        span_of_characters(self.text, node.span.start.index(), node.span.end.index())
    }

    /// Blocks end where the next thing begins: what a reader sees of one is its first line.
    fn first_line(&self, span: Span) -> Span {
        let end = self.text[span.start..span.end]
            .find('\n')
            .map_or(span.end, |line| span.start + line);
        Span::new(span.start, end)
    }
}

/// What becomes of tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tags {
    Dropped,
    Functions,
}

/// Returns the function that CloudFormation reads for a tag.
fn function(tag: &str, value: Value) -> Value {
    match (tag, value.as_str()) {
        ("Ref" | "Condition", _) => Value::object([(tag, value)]),
        // The short form of an attribute is one text, the long form a list.
        ("GetAtt", Some(text)) => {
            let (resource, attribute) = text.split_once('.').unwrap_or((text, ""));
            let parts = Value::array([Value::from(resource), Value::from(attribute)]);
            Value::object([("Fn::GetAtt", parts)])
        }
        _ => Value::object([(format!("Fn::{tag}"), value)]),
    }
}

fn untagged<'n, 'a>(node: &'n MarkedYaml<'a>) -> &'n MarkedYaml<'a> {
    match &node.data {
        YamlData::Tagged(_, inner) => inner,
        _ => node,
    }
}

fn entry<'n, 'a>(node: &'n MarkedYaml<'a>, name: &str) -> Option<(&'n MarkedYaml<'a>, &'n MarkedYaml<'a>)> {
    let YamlData::Mapping(members) = &untagged(node).data else {
        return None;
    };
    members.iter().find(|(key, _)| name_of(key).as_deref() == Some(name))
}

fn name_of(node: &MarkedYaml<'_>) -> Option<String> {
    match &node.data {
        YamlData::Value(Scalar::String(text)) => Some(text.to_string()),
        YamlData::Value(scalar) => Some(scalar_value(scalar)?.to_string()),
        _ => None,
    }
}

fn scalar_value(scalar: &Scalar<'_>) -> Option<Value> {
    Some(match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(value) => Value::Bool(*value),
        Scalar::Integer(value) => Value::from(*value),
        Scalar::FloatingPoint(value) => Value::Number(Number::from_f64(value.into_inner())?),
        Scalar::String(text) => Value::from(&**text),
    })
}

/// Returns the bytes of these characters.
pub(crate) fn span_of_characters(text: &str, start: usize, end: usize) -> Span {
    let byte = |index: usize| text.char_indices().nth(index).map_or(text.len(), |(at, _)| at);
    Span::new(byte(start), byte(end.max(start)))
}

/// Returns a JSON document as YAML. The order of members and the text of numbers stay.
pub fn from_json(document: &Document) -> String {
    let mut out = String::new();
    if let Some(root) = document.root() {
        write(document, root, 0, &mut out);
    }
    format!("{}\n", out.trim_start())
}

fn write(document: &Document, node: Node<'_>, level: usize, out: &mut String) {
    let is_empty = node.items().next().is_none() && node.members().next().is_none();
    match node.kind() {
        NodeKind::Object if is_empty => out.push_str(" {}"),
        NodeKind::Array if is_empty => out.push_str(" []"),
        NodeKind::Object => {
            for member in node.members() {
                begin_line(level, out);
                let _ = write!(out, "{}:", plain_or_quoted(member.name()));
                if let Some(value) = member.value() {
                    write(document, value, level + 1, out);
                }
            }
        }
        NodeKind::Array => {
            for item in node.items() {
                begin_line(level, out);
                out.push('-');
                write_item(document, item, level + 1, out);
            }
        }
        NodeKind::String => {
            let _ = write!(out, " {}", plain_or_quoted(node.as_str().unwrap_or_default()));
        }
        _ => {
            let _ = write!(out, " {}", &document.text()[node.span().start..node.span().end]);
        }
    }
}

/// Writes an item; the first member of an object stands on the line of its dash.
fn write_item(document: &Document, item: Node<'_>, level: usize, out: &mut String) {
    let mut text = String::new();
    write(document, item, level, &mut text);
    let first = text.trim_start_matches(['\n', ' ']);
    let _ = write!(out, " {first}");
}

fn begin_line(level: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", level));
}

/// Words that YAML readers, old ones included, take for something else than text.
const RESERVED: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

fn plain_or_quoted(text: &str) -> String {
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '_' | '-' | '.' | '/' | '$'))
        && !text.ends_with(' ')
        && !RESERVED.contains(&text.to_ascii_lowercase().as_str());
    if is_plain {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_comes_back_from_yaml() {
        let json = r#"{"a b":[{"x":1,"z":["yes",[]]},{}],"1":"é: \n","n":{"t":"2024-01-01T00:00:00Z","v":1.5}}"#;
        let yaml = from_json(&Document::parse(json));
        let read = YamlDefinition::parse(&yaml).unwrap();
        assert_eq!(read.to_json().unwrap().to_string(), json, "{yaml}");
        assert!(
            yaml.starts_with("a b:\n  - x: 1\n    z:\n      - \"yes\"\n      - []\n  - {}\n"),
            "{yaml}"
        );
    }

    #[test]
    fn places_are_those_of_the_yaml() {
        let text = "# é\nStates:\n  A: &a\n    Next: !Sub Gone\n";
        let yaml = YamlDefinition::parse(text).unwrap();
        let json = Document::parse(yaml.to_json().unwrap().to_string());
        let check = |pointer: &str, expected: &str| {
            let span = yaml.place(&json, json.pointer(pointer).unwrap().span());
            assert_eq!(&text[span.start..span.end], expected);
        };
        check("/States/A/Next", "!Sub Gone");
        let name = json.pointer("/States").unwrap().member("A").unwrap().name_span();
        let span = yaml.place(&json, name);
        assert_eq!(&text[span.start..span.end], "A");
    }

    #[test]
    fn tags_of_templates_become_functions() {
        let text = "a: !Sub x-${Y}\nb: !GetAtt F.Arn\nc: !Ref P\nd: !Join [\"\", [!Ref Q, z]]\n";
        let json = YamlDefinition::parse(text).unwrap().to_template().unwrap().to_string();
        let expected = concat!(
            r#"{"a":{"Fn::Sub":"x-${Y}"},"b":{"Fn::GetAtt":["F","Arn"]},"c":{"Ref":"P"},"#,
            r#""d":{"Fn::Join":["",[{"Ref":"Q"},"z"]]}}"#
        );
        assert_eq!(json, expected);
    }

    #[test]
    fn what_is_no_yaml_is_told() {
        let error = YamlDefinition::parse("a: [1\nb: }").err().unwrap();
        assert!(error.span.start > 0 && !error.message.is_empty());
    }
}
