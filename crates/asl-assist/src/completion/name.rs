//! Names of members: fields, parameters, states, operators.

use std::collections::BTreeSet;

use asl_json::{Member, Node, Span};
use asl_model::schema::{Field, Shape};
use asl_model::{Operator, QueryLanguage, Resource};

use super::{Asked, Completion, CompletionKind, Completions};
use crate::catalog::{self, ParameterKind, field_doc};
use crate::graph::{assigned_name, assigns, visible_bodies};
use crate::literal::Literal;
use crate::place::{Place, Role, states_of, text};
use crate::snippet::{self, Insert, PATTERNS};

/// A name that may be written, with the value that would follow it.
struct Name {
    item: Completion,
    /// The value, with marked places.
    value: String,
}

/// What surrounds a name.
struct Surroundings {
    /// What is replaced: the name with its quotes, or nothing.
    replace: Span,
    /// What has been typed of it.
    word: Span,
    /// The member has its colon already: only the name is written.
    has_value: bool,
    before: &'static str,
    after: &'static str,
}

impl<'a> Asked<'a> {
    /// Returns the names that the object may have and lacks.
    pub(super) fn names(&self, object: Node<'a>, member: Option<Member<'a>>) -> Option<Completions> {
        let place = Place::at(self.document, object)?;
        let around = self.surroundings(member);
        let present: BTreeSet<&str> = object
            .members()
            .filter(|other| member.is_none_or(|here| here.name_span() != other.name_span()))
            .map(Member::name)
            .collect();
        let names = match place.role {
            Role::Object(shape) => fields(&place, shape),
            Role::StateWithoutType => fields_without_type(&place),
            Role::States => return Some(self.states(&place, &around)),
            Role::Value => payload(&place),
            _ => Vec::new(),
        };
        let lacking = names.into_iter().filter(|name| {
            let label = name.item.label.as_str();
            let bare = label.strip_suffix(".$").unwrap_or(label);
            !present.contains(bare) && !present.contains(format!("{bare}.$").as_str()) && !excluded(bare, &present)
        });
        let items = lacking.map(|name| self.finished(name, &around)).collect();
        Some(Completions {
            word: around.word,
            replace: around.replace,
            items,
        })
    }

    fn surroundings(&self, member: Option<Member<'a>>) -> Surroundings {
        let here = Span::new(self.offset, self.offset);
        let replace = member.map_or(here, Member::name_span);
        let inner = member.map_or(here.start, |member| {
            Literal::read(self.text(), member.name_span()).inner.start
        });
        let rest = self.text()[replace.end..].trim_start();
        let before = self.text()[..replace.start].trim_end();
        Surroundings {
            replace,
            word: Span::new(inner.min(self.offset), self.offset),
            has_value: rest.starts_with(':'),
            before: if before.ends_with(['{', '[', ',']) { "" } else { ", " },
            after: if rest.starts_with('"') { "," } else { "" },
        }
    }

    fn finished(&self, name: Name, around: &Surroundings) -> Completion {
        let quoted = format!("\"{}\"", name.item.label);
        let insert = if around.has_value {
            Insert::plain(quoted)
        } else {
            let indent = self.indent(around.replace.start);
            let insert = Insert::marked(&format!("{quoted}: {}", name.value)).indented(indent);
            insert.between(around.before, around.after)
        };
        name.item.inserting(insert)
    }

    /// Returns whole states to put into `States`, and names that are gone to but do not exist.
    fn states(&self, place: &Place<'a>, around: &Surroundings) -> Completions {
        let language = place.language;
        let mut items: Vec<Completion> = missing_targets(place)
            .into_iter()
            .map(|name| {
                let item = Completion::new(CompletionKind::State, name).detail("a state that is gone to, but missing");
                let value = "{\n  \"Type\": \"«Task»\",\n  «»\n}".to_owned();
                self.finished(Name { item, value }, around)
            })
            .collect();
        if !around.has_value {
            items.extend(PATTERNS.iter().map(|pattern| {
                let insert = Insert::marked(&(pattern.members)(language));
                let insert = insert.indented(self.indent(around.replace.start));
                Completion::new(CompletionKind::Snippet, pattern.label)
                    .detail(pattern.text)
                    .inserting(insert.between(around.before, around.after))
            }));
        }
        Completions {
            word: around.word,
            replace: around.replace,
            items,
        }
    }
}

/// Returns the names that transitions of this body go to and that no state has.
fn missing_targets<'a>(place: &Place<'a>) -> BTreeSet<&'a str> {
    let body = place.body();
    let known: BTreeSet<&str> = states_of(body).map(|state| state.name).collect();
    let start = body.member("StartAt").and_then(Member::value);
    let all = start
        .into_iter()
        .chain(states_of(body).flat_map(|state| crate::graph::targets(state.node)));
    all.filter_map(Node::as_str)
        .filter(|name| !name.is_empty() && !known.contains(name))
        .collect()
}

fn fields(place: &Place<'_>, shape: Shape) -> Vec<Name> {
    let mut found: Vec<&Field> = shape
        .fields()
        .iter()
        .filter(|field| is_usable(place, shape, field))
        .collect();
    found.sort_by_key(|field| importance(field));
    let mut names: Vec<Name> = found
        .into_iter()
        .map(|field| name_of(place, Some(shape), field))
        .collect();
    let is_rule = matches!(shape, Shape::ChoiceRule | Shape::NestedRule);
    if is_rule && place.language == QueryLanguage::JsonPath && !has_operator(place.owner.1) {
        names.extend(Operator::names().map(|name| operator(&name)));
    }
    names
}

fn is_usable(place: &Place<'_>, shape: Shape, field: &Field) -> bool {
    let is_of_language = field.language.is_none_or(|only| only == place.language);
    let is_old = matches!(field.name, "Iterator") || field.name == "Parameters" && shape == Shape::Map;
    let is_repeated_language =
        field.name == "QueryLanguage" && place.language == QueryLanguage::Jsonata && shape.is_state();
    is_of_language && !is_old && !is_repeated_language
}

/// Returns how soon a field is wanted: what every such object needs comes first, what few have last.
fn importance(field: &Field) -> u8 {
    match field.name {
        "Type" => 0,
        _ if field.is_required => 1,
        "Arguments" | "Parameters" | "ItemProcessor" | "Condition" | "Variable" | "Seconds" | "Error" => 2,
        "Next" | "End" | "Default" => 3,
        "Output" | "Assign" | "Retry" | "Catch" | "Result" | "ItemsPath" | "Items" | "ResultPath" => 4,
        "Comment" | "QueryLanguage" | "Version" => 7,
        name if name.ends_with("Path") => 6,
        _ => 5,
    }
}

fn name_of(place: &Place<'_>, shape: Option<Shape>, field: &Field) -> Name {
    let detail = match (field.is_required, field.language) {
        (true, _) => "required",
        (_, Some(language)) => language.name(),
        _ => "",
    };
    let item = Completion::new(CompletionKind::Field, field.name)
        .detail(detail)
        .documented(field_doc(shape, field.name));
    Name {
        item,
        value: snippet::field_value(shape, field, place.language),
    }
}

fn fields_without_type(place: &Place<'_>) -> Vec<Name> {
    let common = ["Type", "Next", "End", "Comment", "QueryLanguage"].into_iter();
    let fields = common.filter_map(|name| Shape::Task.field(name));
    fields.map(|field| name_of(place, None, field)).collect()
}

fn has_operator(rule: Node<'_>) -> bool {
    let is_test = |name: &str| Operator::from_name(name).is_some() || matches!(name, "And" | "Or" | "Not");
    rule.members().any(|member| is_test(member.name()))
}

fn operator(name: &str) -> Name {
    let kind = catalog::operator_kind(name).unwrap_or(asl_model::schema::Kind::Any);
    Name {
        item: Completion::new(CompletionKind::Operator, name).documented(catalog::operator_doc(name)),
        value: snippet::value_of_kind(kind, QueryLanguage::JsonPath),
    }
}

/// Names that cannot stand beside each other: when one is there, the others are not proposed.
const EXCLUSIVE: [&[&str]; 12] = [
    &["Next", "End"],
    &["Seconds", "SecondsPath", "Timestamp", "TimestampPath"],
    &["TimeoutSeconds", "TimeoutSecondsPath"],
    &["HeartbeatSeconds", "HeartbeatSecondsPath"],
    &["Error", "ErrorPath"],
    &["Cause", "CausePath"],
    &["ItemProcessor", "Iterator"],
    &["MaxConcurrency", "MaxConcurrencyPath"],
    &["ToleratedFailureCount", "ToleratedFailureCountPath"],
    &["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"],
    &["And", "Or", "Not", "Variable"],
    &["MaxItems", "MaxItemsPath"],
];

fn excluded(name: &str, present: &BTreeSet<&str>) -> bool {
    let mut groups = EXCLUSIVE.iter().filter(|group| group.contains(&name));
    groups.any(|group| group.iter().any(|other| *other != name && present.contains(other)))
}

/// Returns the names that the value of a field may have: parameters of the resource, the role of credentials, variables.
fn payload(place: &Place<'_>) -> Vec<Name> {
    match place.name {
        Some("Parameters" | "Arguments") => {
            let resource = text(place.owner.1, "Resource").map(Resource::from_text);
            let parameters = resource.map_or_else(Vec::new, |resource| catalog::parameters(&resource));
            parameters
                .iter()
                .flat_map(|parameter| parameter_names(place, parameter))
                .collect()
        }
        Some("Credentials") => with_computed(place, Completion::new(CompletionKind::Parameter, "RoleArn"), "\"«»\""),
        Some("Assign") => assigned_elsewhere(place),
        _ => Vec::new(),
    }
}

fn parameter_names(place: &Place<'_>, parameter: &catalog::Parameter) -> Vec<Name> {
    let value = match parameter.kind {
        ParameterKind::Text => "\"«»\"",
        ParameterKind::Object => "{\n  «»\n}",
        ParameterKind::Array => "[\n  «»\n]",
        ParameterKind::Number => "«1»",
        ParameterKind::Bool => "«true»",
    };
    let detail = if parameter.is_required { "required" } else { "" };
    let item = Completion::new(CompletionKind::Parameter, parameter.name).detail(detail);
    with_computed(place, item, value)
}

/// Returns a name, and in JSONPath also the computed form of it.
fn with_computed(place: &Place<'_>, item: Completion, value: &str) -> Vec<Name> {
    let mut names = vec![Name {
        item: item.clone(),
        value: value.to_owned(),
    }];
    if place.language == QueryLanguage::JsonPath {
        let label = format!("{}.$", item.label);
        names.push(Name {
            item: Completion { label, ..item },
            value: "\"$.«»\"".to_owned(),
        });
    }
    names
}

/// Returns the variables that other states of the same scope assign.
fn assigned_elsewhere(place: &Place<'_>) -> Vec<Name> {
    let innermost = visible_bodies(place).last().copied();
    let members = innermost
        .into_iter()
        .flat_map(|body| states_of(body))
        .flat_map(|state| assigns(state.node));
    let is_here = |member: &Member<'_>| {
        place
            .node
            .is_some_and(|here| here.span().touches(member.name_span().start))
    };
    let elsewhere = members.filter(|member| !is_here(member));
    let names: BTreeSet<&str> = elsewhere.map(|member| assigned_name(&member)).collect();
    names
        .into_iter()
        .flat_map(|name| {
            let item = Completion::new(CompletionKind::Variable, name).detail("assigned by another state");
            with_computed(place, item, "«»")
        })
        .collect()
}
