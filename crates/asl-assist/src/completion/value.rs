//! Values: names of states, words, error names, resources.

use std::collections::BTreeSet;

use asl_json::{Document, Node, Step};
use asl_model::schema::{Kind, Shape};
use asl_model::{IntegrationPattern, QueryLanguage, Resource, ResourceKind};

use super::{Asked, Completion, CompletionKind, Completions, Slot, place_of};
use crate::catalog::{self, Documentation};
use crate::graph::all_states;
use crate::place::{Place, Role, states_of, text};
use crate::query::{Query, query_at};
use crate::snippet::{self, Insert};

impl<'a> Asked<'a> {
    /// Returns what may be written as the value.
    pub(super) fn values(&self, container: Node<'a>, step: &Step, value: Option<Node<'a>>) -> Option<Completions> {
        let container = Place::at(self.document, container)?;
        let place = place_of(&container, step)?;
        let slot = self.slot(value.map(Node::span));
        if let Some(query) = query_at(&place)
            && let Some(found) = self.expressions(&place, query, &slot)
        {
            return Some(found);
        }
        let items = match place.role {
            Role::Value | Role::Inside => self.of_field(&place, &slot),
            Role::Objects(_) | Role::Object(_) | Role::StateWithoutType | Role::States => self.skeleton(&place, &slot),
            Role::Unknown => Vec::new(),
        };
        Some(self.in_slot(&slot, items))
    }

    fn of_field(&self, place: &Place<'a>, slot: &Slot) -> Vec<Completion> {
        let field = place.field.and_then(|field| field.row).map_or("", |row| row.name);
        let is_value = place.role == Role::Value;
        match field {
            "Type" if is_value => types(slot),
            "QueryLanguage" if is_value => words(slot, &["JSONata", "JSONPath"], field),
            "StartAt" | "Next" | "Default" if is_value => state_names(place, slot),
            "Resource" if is_value => resources(place, slot),
            "ErrorEquals" => error_names(self.document, place, slot),
            "Error" if is_value => custom_errors(self.document, slot),
            "Parameters" | "Arguments" if !is_value => parameter_words(place, slot),
            _ => match place.field.map(|field| field.kind) {
                Some(Kind::Word(listed)) if is_value => words(slot, listed, field),
                Some(Kind::Bool | Kind::Condition) if slot.literal.is_none() && is_value => {
                    let listed: &[&str] = if field == "End" { &["true"] } else { &["true", "false"] };
                    let items = listed.iter().map(|word| {
                        Completion::new(CompletionKind::Word, *word)
                            .inserting(Insert::plain(format!("{}{word}", slot.gap)))
                    });
                    items.collect()
                }
                Some(_) if is_value => self.skeleton(place, slot),
                _ => Vec::new(),
            },
        }
    }

    /// Returns the usual form of a value that is an object or array.
    fn skeleton(&self, place: &Place<'a>, slot: &Slot) -> Vec<Completion> {
        let holder = place
            .node
            .filter(|node| node.members().next().is_some() || node.items().next().is_some());
        if slot.literal.is_some() || holder.is_some() {
            return Vec::new();
        }
        let Some(name) = place.name else {
            return Vec::new();
        };
        let owner = if matches!(place.role, Role::Object(_)) {
            None
        } else {
            place.owner.0
        };
        let rows = owner.into_iter().chain(Shape::STATES.iter().map(|(_, shape)| *shape));
        let inner = [Shape::Machine, Shape::Processor, Shape::ItemReader, Shape::ResultWriter];
        let Some(field) = rows.chain(inner).find_map(|shape| shape.field(name)) else {
            return Vec::new();
        };
        let marked = snippet::field_value(owner, field, place.language);
        if !marked.starts_with(['{', '[']) {
            return Vec::new();
        }
        let insert = Insert::marked(&marked)
            .indented(self.indent(self.offset))
            .between(slot.gap, "");
        let item = Completion::new(
            CompletionKind::Snippet,
            format!("{name} {}", if marked.starts_with('[') { "[...]" } else { "{...}" }),
        );
        vec![item.documented(catalog::field_doc(owner, name)).inserting(insert)]
    }
}

fn types(slot: &Slot) -> Vec<Completion> {
    let items = Shape::STATES.iter().map(|(name, _)| {
        Completion::new(CompletionKind::Word, *name)
            .documented(catalog::state_type_doc(name))
            .inserting(slot.string(name))
    });
    items.collect()
}

fn words(slot: &Slot, words: &[&str], field: &str) -> Vec<Completion> {
    let items = words.iter().map(|word| {
        Completion::new(CompletionKind::Word, *word)
            .documented(catalog::word_doc(word, field))
            .inserting(slot.string(word))
    });
    items.collect()
}

/// Returns the states of the same body: those that nothing leads to yet first, the state itself last.
fn state_names(place: &Place<'_>, slot: &Slot) -> Vec<Completion> {
    let body = place.body();
    let own = place.state().map(|state| state.name);
    let start = text(body, "StartAt");
    let targets: BTreeSet<&str> = states_of(body)
        .flat_map(|state| crate::graph::targets(state.node))
        .filter_map(Node::as_str)
        .chain(start)
        .collect();
    let mut states: Vec<_> = states_of(body).collect();
    states.sort_by_key(|state| match state.name {
        name if Some(name) == own => 2,
        name if targets.contains(name) => 1,
        _ => 0,
    });
    let items = states.into_iter().map(|state| {
        let comment = text(state.node, "Comment").map(|comment| Documentation::new(comment, "Comment of the state"));
        Completion::new(CompletionKind::State, state.name)
            .detail(text(state.node, "Type").unwrap_or_default())
            .documented(comment)
            .inserting(slot.string(state.name))
    });
    items.collect()
}

fn resources(place: &Place<'_>, slot: &Slot) -> Vec<Completion> {
    let plain = |arn: &str, detail: &str| {
        Completion::new(CompletionKind::Resource, arn)
            .detail(detail)
            .documented(catalog::resource_doc(&Resource::from_text(arn)))
            .inserting(slot.string(arn))
    };
    match place.owner.0 {
        Some(Shape::ItemReader) => return catalog::READER_ACTIONS.map(|arn| plain(arn, "")).into(),
        Some(Shape::ResultWriter) => return catalog::WRITER_ACTIONS.map(|arn| plain(arn, "")).into(),
        _ => {}
    }
    let mut items: Vec<Completion> = catalog::actions()
        .flat_map(crate::catalog::ActionDoc::arns)
        .map(|(arn, pattern)| plain(&arn, waiting(pattern)))
        .collect();
    let templates = [
        (
            "arn:aws:lambda:REGION:ACCOUNT:function:NAME",
            "a Lambda function",
            "arn:aws:lambda:«us-east-1»:«123456789012»:function:«name»",
        ),
        (
            "arn:aws:states:REGION:ACCOUNT:activity:NAME",
            "an activity",
            "arn:aws:states:«us-east-1»:«123456789012»:activity:«name»",
        ),
        (
            "arn:aws:states:::aws-sdk:SERVICE:ACTION",
            "any API of an AWS service",
            "arn:aws:states:::aws-sdk:«s3»:«listBuckets»",
        ),
        (
            "arn:aws:states:::aws-sdk:SERVICE:ACTION.waitForTaskToken",
            "any API, then until the token is returned",
            "arn:aws:states:::aws-sdk:«sns»:«publish».waitForTaskToken",
        ),
    ];
    items.extend(templates.map(|(label, detail, marked)| {
        Completion::new(CompletionKind::Resource, label)
            .detail(detail)
            .inserting(slot.marked_string(marked))
    }));
    items
}

fn waiting(pattern: IntegrationPattern) -> &'static str {
    match pattern {
        IntegrationPattern::RequestResponse => "goes on with the answer",
        IntegrationPattern::Sync => "waits for the job",
        IntegrationPattern::Sync2 => "waits for the job, output as JSON",
        IntegrationPattern::WaitForTaskToken => "waits for the task token",
    }
}

fn error_names(document: &Document, place: &Place<'_>, slot: &Slot) -> Vec<Completion> {
    let used: BTreeSet<&str> = place
        .owner
        .1
        .member("ErrorEquals")
        .and_then(asl_json::Member::value)
        .into_iter()
        .flat_map(Node::items)
        .filter(|item| place.node.is_none_or(|here| here.span() != item.span()))
        .filter_map(Node::as_str)
        .collect();
    let resource = place
        .state()
        .and_then(|state| text(state.node, "Resource"))
        .map(Resource::from_text);
    let service = resource.as_ref().map_or("", |resource| match &resource.kind {
        ResourceKind::Lambda { .. } => "lambda",
        ResourceKind::Integration(integration) => &integration.service,
        _ => "",
    });
    let known = catalog::reserved_errors()
        .iter()
        .chain(catalog::errors_of_service(service));
    let mut seen = used.clone();
    let mut items: Vec<Completion> = known
        .filter(|(name, _)| seen.insert(name))
        .map(|(name, _)| error_item(name, slot).documented(catalog::error_doc(name)))
        .collect();
    let custom = custom_error_names(document, slot);
    items.extend(
        custom
            .iter()
            .filter(|name| !seen.contains(name.as_str()))
            .map(|name| error_item(name, slot).detail("of this definition")),
    );
    items
}

fn error_item(name: &str, slot: &Slot) -> Completion {
    Completion::new(CompletionKind::Error, name).inserting(slot.string(name))
}

fn custom_errors(document: &Document, slot: &Slot) -> Vec<Completion> {
    let names = custom_error_names(document, slot);
    names
        .iter()
        .map(|name| error_item(name, slot).detail("of this definition"))
        .collect()
}

/// Returns the error names that the definition itself makes up elsewhere: in Fail states, retriers and catchers.
fn custom_error_names(document: &Document, slot: &Slot) -> BTreeSet<String> {
    let mut nodes: Vec<Node<'_>> = Vec::new();
    for state in all_states(document) {
        for member in state.node.members() {
            match member.name() {
                "Error" => nodes.extend(member.value()),
                "Retry" | "Catch" => {
                    let items = member.value().into_iter().flat_map(Node::items);
                    let matchers = items.filter_map(|item| item.member("ErrorEquals")?.value());
                    nodes.extend(matchers.flat_map(Node::items));
                }
                _ => {}
            }
        }
    }
    let elsewhere = nodes
        .into_iter()
        .filter(|node| !node.span().touches(slot.replace.start));
    let names: BTreeSet<&str> = elsewhere.filter_map(Node::as_str).collect();
    let is_own = |name: &&str| !name.is_empty() && !name.starts_with("{%") && catalog::error_doc(name).is_none();
    names.into_iter().filter(is_own).map(str::to_owned).collect()
}

/// Closed lists among the parameters of integrations.
const PARAMETER_WORDS: [(&str, &[&str]); 6] = [
    ("Method", &["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]),
    ("InvocationType", &["RequestResponse", "Event", "DryRun"]),
    ("LaunchType", &["FARGATE", "EC2", "EXTERNAL"]),
    ("AuthType", &["NO_AUTH", "IAM_ROLE", "RESOURCE_POLICY"]),
    ("ReturnConsumedCapacity", &["NONE", "TOTAL", "INDEXES"]),
    (
        "ReturnValues",
        &["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"],
    ),
];

fn parameter_words(place: &Place<'_>, slot: &Slot) -> Vec<Completion> {
    let listed = PARAMETER_WORDS.iter().find(|(name, _)| Some(*name) == place.name);
    listed.map_or_else(Vec::new, |(name, listed)| words(slot, listed, name))
}

impl Asked<'_> {
    /// Returns proposals for an expression; nothing where the string is not one yet and could be something else.
    fn expressions(&self, place: &Place<'_>, query: Query, slot: &Slot) -> Option<Completions> {
        match query {
            Query::Jsonata => self.jsonata(place, slot),
            Query::Path => Some(self.json_path(place, slot, None)),
            Query::PathOrCall(strings_only) => Some(self.json_path(place, slot, Some(strings_only))),
        }
    }
}

/// Returns true where `$$` or `$states.context` has a `Task` at this place.
pub(super) fn has_task(place: &Place<'_>) -> bool {
    place
        .state()
        .is_none_or(|state| matches!(state.shape, Some(Shape::Task) | None))
}

/// Returns true where `$$` or `$states.context` has a `Map` at this place.
pub(super) fn has_map(place: &Place<'_>) -> bool {
    place.states.iter().any(|state| state.shape == Some(Shape::Map))
}

/// Returns true for JSONata states.
pub(super) fn is_jsonata(place: &Place<'_>) -> bool {
    place.language == QueryLanguage::Jsonata
}
