//! Walks the objects of a definition that have a table.

use std::cell::OnceCell;
use std::sync::Arc;

use asl_json::{Object, Value};
use asl_jsonpath::{Template, TemplateSyntaxError};

use super::{Field, PartExpression, PartPath, tables};
use crate::choice_rule::Operator;
use crate::definition::{Body, Definition, QueryLanguage};
use crate::location::Location;
use crate::state::{State, StateKind};
use crate::variable_references;

/// An object of a definition, with the table of its fields.
#[derive(Clone, Debug)]
pub(crate) struct Part<'a> {
    /// What it is.
    pub(crate) kind: PartKind,
    /// Where it is.
    pub(crate) location: Location,
    /// The object itself.
    pub(crate) raw: &'a Object,
    /// The fields it may have.
    pub(crate) fields: &'static [Field],
    /// The query language of the state it belongs to.
    pub(crate) language: QueryLanguage,
    /// What is there, in the order of the text.
    pub(crate) members: Vec<PartMember<'a>>,
    /// The paths in it, once somebody has asked.
    paths: OnceCell<Vec<PartPath<'a>>>,
    /// The payload templates in it, once somebody has asked.
    templates: OnceCell<Vec<PartTemplate>>,
    /// The JSONata expressions in it, once somebody has asked.
    expressions: OnceCell<Vec<PartExpression>>,
}

/// A member of an object of a definition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PartMember<'a> {
    /// Its name.
    pub(crate) name: &'a Arc<str>,
    /// Its value.
    pub(crate) value: &'a Value,
    /// The field it is, where the object may have it.
    pub(crate) field: Option<&'static Field>,
    /// The comparison it is, in a Choice rule.
    pub(crate) operator: Option<Operator>,
}

/// A payload template in an object of a definition.
#[derive(Clone, Debug)]
pub(crate) struct PartTemplate {
    /// The field of the object that it is in.
    pub(crate) field: &'static str,
    /// The template, or which of its fields are refused.
    pub(crate) compiled: Result<Template, Vec<TemplateSyntaxError>>,
}

/// What an object of a definition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartKind {
    /// The top level, a branch or an item processor.
    Body,
    /// A state.
    State,
    /// An object of `Catch`.
    Catcher,
    /// An object of `Choices`.
    ChoiceRule,
    /// A rule inside `And`, `Or` or `Not`.
    NestedRule,
    /// Any other object.
    Other,
}

impl<'a> Part<'a> {
    fn new(
        kind: PartKind,
        location: Location,
        raw: &'a Object,
        fields: &'static [Field],
        language: QueryLanguage,
    ) -> Part<'a> {
        let is_rule = matches!(kind, PartKind::ChoiceRule | PartKind::NestedRule);
        let member = |(name, value): (&'a Arc<str>, &'a Value)| PartMember {
            name,
            value,
            field: fields.iter().find(|field| *field.name == **name),
            operator: if is_rule { Operator::from_name(name) } else { None },
        };
        Part {
            kind,
            location,
            raw,
            fields,
            language,
            members: raw.iter().map(member).collect(),
            paths: OnceCell::new(),
            templates: OnceCell::new(),
            expressions: OnceCell::new(),
        }
    }

    /// Returns the member that is the field of this name, where the object may have it.
    pub(crate) fn member(&self, name: &str) -> Option<&PartMember<'a>> {
        let is_field = |member: &&PartMember| member.field.is_some_and(|field| field.name == name);
        self.members.iter().find(is_field)
    }

    /// Returns the fields that are there and that the query language has, with their values.
    pub(crate) fn present(&self) -> impl Iterator<Item = (&'static Field, &'a Value)> {
        let usable = |field: &&Field| field.language.is_none_or(|only| only == self.language);
        let fields = self.members.iter().map(|member| (member.field, member.value));
        fields.filter_map(move |(field, value)| Some((field.filter(usable)?, value)))
    }

    /// Returns the comparisons that a Choice rule makes, with their operands.
    pub(crate) fn comparisons(&self) -> impl Iterator<Item = (&'a Arc<str>, Operator, &'a Value)> {
        let members = self.members.iter();
        members.filter_map(|member| Some((member.name, member.operator?, member.value)))
    }

    /// Returns the names of the variables that the object refers to, as often as it does.
    pub(crate) fn references(&self) -> Vec<Arc<str>> {
        variable_references::of_part(self)
    }

    /// Returns the names of the variables that the object assigns.
    pub(crate) fn assigned(&self) -> impl Iterator<Item = Arc<str>> {
        let assign = self.member("Assign").and_then(|member| member.value.as_object());
        let keys = assign.into_iter().flat_map(Object::keys);
        keys.map(|key| match (self.language, key.strip_suffix(".$")) {
            (QueryLanguage::JsonPath, Some(name)) => name.into(),
            _ => key.clone(),
        })
    }

    /// Returns the paths in its fields and operands.
    pub(crate) fn paths(&self) -> &[PartPath<'a>] {
        self.paths.get_or_init(|| PartPath::all_in(self))
    }

    /// Returns its payload templates; those of an object in JSONPath only.
    pub(crate) fn templates(&self) -> &[PartTemplate] {
        self.templates.get_or_init(|| {
            let fields = self.present().filter(|(field, _)| field.kind.is_template());
            let compiled = fields.map(|(field, value)| PartTemplate {
                field: field.name,
                compiled: Template::compile(value),
            });
            compiled.collect()
        })
    }

    /// Returns the expressions in the fields that are evaluated; of an object in JSONata only.
    pub(crate) fn expressions(&self) -> &[PartExpression] {
        self.expressions.get_or_init(|| {
            let fields = self.present().filter(|(field, _)| field.kind.is_evaluated());
            let found = fields.flat_map(|(field, value)| PartExpression::all_in(field.name, value, &self.location));
            found.collect()
        })
    }

    /// Returns the place of a field.
    pub(crate) fn at(&self, field: &str) -> Location {
        self.location.member(field)
    }
}

/// Returns the object that holds `States`.
pub(crate) fn part_of_body<'a>(definition: &Definition, body: &'a Body) -> Part<'a> {
    let (location, language) = (body.location.clone(), definition.query_language);
    Part::new(PartKind::Body, location, &body.raw, body_fields(body), language)
}

fn body_fields(body: &Body) -> &'static [Field] {
    match body.location.steps().last() {
        None => tables::MACHINE,
        Some(asl_json::Step::Item(_)) => tables::BRANCH,
        Some(asl_json::Step::Member(_)) => tables::PROCESSOR,
    }
}

/// Returns the objects of one state, its own first, without the `States` inside it. None of a state whose type is unknown.
pub(crate) fn parts_of_state(state: &State) -> Vec<Part<'_>> {
    let mut walk = Walk {
        state,
        found: Vec::new(),
    };
    if state.raw.get("Type").and_then(Value::as_str) != Some(state.kind.type_name()) {
        return walk.found;
    }
    walk.add(
        PartKind::State,
        state_fields(&state.kind),
        &state.raw,
        state.location.clone(),
    );
    match &state.kind {
        StateKind::Map(map) => {
            walk.map();
            let processor = &map.item_processor.body;
            walk.inside(
                &processor.raw,
                &processor.location,
                "ProcessorConfig",
                tables::PROCESSOR_CONFIG,
            );
        }
        StateKind::Choice(_) => walk.choices(),
        _ => {}
    }
    if !state.retry.is_empty() || !state.catch.is_empty() {
        walk.list("Retry", PartKind::Other, tables::RETRIER);
        walk.list("Catch", PartKind::Catcher, tables::CATCHER);
    }
    walk.found
}

fn state_fields(kind: &StateKind) -> &'static [Field] {
    match kind {
        StateKind::Task(_) => tables::TASK,
        StateKind::Choice(_) => tables::CHOICE,
        StateKind::Wait(_) => tables::WAIT,
        StateKind::Pass(_) => tables::PASS,
        StateKind::Succeed(_) => tables::SUCCEED,
        StateKind::Fail(_) => tables::FAIL,
        StateKind::Parallel(_) => tables::PARALLEL,
        StateKind::Map(_) => tables::MAP,
    }
}

struct Walk<'a> {
    state: &'a State,
    found: Vec<Part<'a>>,
}

impl<'a> Walk<'a> {
    fn add(&mut self, kind: PartKind, fields: &'static [Field], raw: &'a Object, location: Location) {
        let language = self.state.query_language;
        self.found.push(Part::new(kind, location, raw, fields, language));
    }

    /// Adds the object in a field of another one and returns it with its place.
    fn inside(
        &mut self,
        outer: &'a Object,
        place: &Location,
        field: &str,
        fields: &'static [Field],
    ) -> Option<(&'a Object, Location)> {
        let raw = outer.get(field)?.as_object()?;
        let location = place.member(field);
        self.add(PartKind::Other, fields, raw, location.clone());
        Some((raw, location))
    }

    fn map(&mut self) {
        let (raw, at) = (&self.state.raw, &self.state.location);
        if let Some((reader, place)) = self.inside(raw, at, "ItemReader", tables::ITEM_READER) {
            self.inside(reader, &place, "ReaderConfig", tables::READER_CONFIG);
        }
        self.inside(raw, at, "ItemBatcher", tables::ITEM_BATCHER);
        if let Some((writer, place)) = self.inside(raw, at, "ResultWriter", tables::RESULT_WRITER) {
            self.inside(writer, &place, "WriterConfig", tables::WRITER_CONFIG);
        }
    }

    fn list(&mut self, field: &str, kind: PartKind, fields: &'static [Field]) {
        let state = self.state;
        for (raw, location) in objects(&state.raw, &state.location, field) {
            self.add(kind, fields, raw, location);
        }
    }

    /// Adds the rules, and breadth first those inside them.
    fn choices(&mut self) {
        let first = self.found.len();
        self.list("Choices", PartKind::ChoiceRule, tables::CHOICE_RULE);
        let mut next = first;
        while let Some(rule) = self.found.get(next) {
            let (raw, place) = (rule.raw, rule.location.clone());
            let mut inner = objects(raw, &place, "And");
            inner.extend(objects(raw, &place, "Or"));
            if let Some(not) = raw.get("Not").and_then(Value::as_object) {
                inner.push((not, place.member("Not")));
            }
            for (raw, location) in inner {
                self.add(PartKind::NestedRule, tables::NESTED_RULE, raw, location);
            }
            next += 1;
        }
    }
}

/// Returns the objects of an array in a field, with their places.
fn objects<'a>(raw: &'a Object, place: &Location, field: &str) -> Vec<(&'a Object, Location)> {
    let Some(items) = raw.get(field).and_then(Value::as_array) else {
        return Vec::new();
    };
    let at = place.member(field);
    let numbered = items.iter().enumerate();
    numbered
        .filter_map(|(index, item)| Some((item.as_object()?, at.item(index))))
        .collect()
}
