//! What a place in a definition is: which object, field, state and query language it belongs to.

use asl_json::{Document, Node, Step};
use asl_model::QueryLanguage;
use asl_model::schema::{Field, Kind, Shape};

use crate::catalog::operator_kind;

/// A place in a definition, reached from the root step by step.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    /// What stands, or would stand, here.
    pub(crate) role: Role,
    /// The value here, where there is one.
    pub(crate) node: Option<Node<'a>>,
    /// The innermost object with a table of fields: its shape, and the object.
    pub(crate) owner: (Option<Shape>, Node<'a>),
    /// The field of the owner that leads here.
    pub(crate) field: Option<FieldHere>,
    /// The name of the member that leads here.
    pub(crate) name: Option<&'a str>,
    /// The objects with `States` around this place, outermost first.
    pub(crate) bodies: Vec<Node<'a>>,
    /// The states around this place, outermost first; each lies in the body of the same index.
    pub(crate) states: Vec<StateHere<'a>>,
    /// The query language that counts here.
    pub(crate) language: QueryLanguage,
    machine_language: QueryLanguage,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Role {
    /// An object with a table of fields.
    Object(Shape),
    /// A state whose `Type` is missing or unknown.
    StateWithoutType,
    /// An array of objects of that shape.
    Objects(Shape),
    /// `States`
    States,
    /// The value of a field.
    Value,
    /// Something inside the value of a field.
    Inside,
    /// Nothing that a definition has.
    Unknown,
}

/// A field, as far as it matters for what is in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FieldHere {
    /// What its value must be.
    pub(crate) kind: Kind,
    /// The row of the table; operators of Choice rules have none.
    pub(crate) row: Option<&'static Field>,
}

/// A state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StateHere<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Its object.
    pub(crate) node: Node<'a>,
    /// What its `Type` says.
    pub(crate) shape: Option<Shape>,
}

impl<'a> StateHere<'a> {
    pub(crate) fn new(name: &'a str, node: Node<'a>) -> StateHere<'a> {
        let shape = text(node, "Type").and_then(Shape::of_state);
        StateHere { name, node, shape }
    }
}

impl<'a> Place<'a> {
    /// Returns the place of the whole definition.
    pub(crate) fn root(document: &'a Document) -> Option<Place<'a>> {
        let root = document.root()?;
        let language = own_language(root).unwrap_or_default();
        Some(Place {
            role: Role::Object(Shape::Machine),
            node: Some(root),
            owner: (Some(Shape::Machine), root),
            field: None,
            name: None,
            bodies: vec![root],
            states: Vec::new(),
            language,
            machine_language: language,
        })
    }

    /// Returns the place at the end of these steps.
    pub(crate) fn at(document: &'a Document, node: Node<'a>) -> Option<Place<'a>> {
        let mut place = Place::root(document)?;
        for step in node.steps() {
            place = place.step(&step)?;
        }
        Some(place)
    }

    /// Returns the place one step down, where something is written there.
    pub(crate) fn step(&self, step: &Step) -> Option<Place<'a>> {
        match step {
            Step::Member(name) => {
                let member = self.node?.member(name)?;
                Some(self.member(member.name(), member.value()))
            }
            Step::Item(index) => Some(self.item(self.node?.item(*index))),
        }
    }

    /// Returns the innermost state around this place.
    pub(crate) fn state(&self) -> Option<StateHere<'a>> {
        self.states.last().copied()
    }

    /// Returns the innermost object with `States` around this place. In `StartAt` that is the object it stands in.
    pub(crate) fn body(&self) -> Node<'a> {
        *self.bodies.last().unwrap_or(&self.owner.1)
    }

    /// Returns the place of an item.
    pub(crate) fn item(&self, value: Option<Node<'a>>) -> Place<'a> {
        let mut place = self.clone();
        place.node = value;
        place.name = None;
        match self.role {
            Role::Objects(shape) => place.enter(shape),
            Role::Value | Role::Inside => place.role = Role::Inside,
            _ => place.role = Role::Unknown,
        }
        place
    }

    /// Returns the place of a member.
    pub(crate) fn member(&self, name: &'a str, value: Option<Node<'a>>) -> Place<'a> {
        let mut place = self.clone();
        place.node = value;
        place.name = Some(name);
        match self.role {
            Role::Object(shape) => place.enter_field(Some(shape), name),
            Role::StateWithoutType => place.enter_field(None, name),
            Role::States => place.enter_state(name),
            Role::Value | Role::Inside => place.role = Role::Inside,
            _ => place.role = Role::Unknown,
        }
        place
    }

    fn enter(&mut self, shape: Shape) {
        self.role = Role::Object(shape);
        self.field = None;
        if let Some(node) = self.node {
            self.owner = (Some(shape), node);
            if matches!(shape, Shape::Branch | Shape::Processor) {
                self.bodies.push(node);
                self.language = self.machine_language;
            }
        }
    }

    fn enter_field(&mut self, shape: Option<Shape>, name: &str) {
        let is_body = matches!(shape, Some(Shape::Machine | Shape::Branch | Shape::Processor));
        if name == "States" && is_body {
            self.role = Role::States;
            return;
        }
        let Some((owner, field)) = field_of(shape, name) else {
            self.role = Role::Unknown;
            return;
        };
        self.field = Some(field);
        match owner.inside(name) {
            Some(inner) if matches!(field.kind, Kind::Objects(_)) => self.role = Role::Objects(inner),
            Some(inner) => self.enter(inner),
            None => self.role = Role::Value,
        }
    }

    fn enter_state(&mut self, name: &'a str) {
        let Some(node) = self.node else {
            self.role = Role::StateWithoutType;
            return;
        };
        let state = StateHere::new(name, node);
        self.language = own_language(node).unwrap_or(self.machine_language);
        self.owner = (state.shape, node);
        self.field = None;
        self.role = state.shape.map_or(Role::StateWithoutType, Role::Object);
        self.states.push(state);
    }
}

/// Returns a field by name, with the shape that has it. A state of unknown type may have the fields of all types.
fn field_of(shape: Option<Shape>, name: &str) -> Option<(Shape, FieldHere)> {
    let of_table = |shape: Shape| {
        let row = shape.field(name)?;
        let here = FieldHere {
            kind: row.kind,
            row: Some(row),
        };
        Some((shape, here))
    };
    match shape {
        Some(shape @ (Shape::ChoiceRule | Shape::NestedRule)) => of_table(shape).or_else(|| {
            let kind = operator_kind(name)?;
            Some((shape, FieldHere { kind, row: None }))
        }),
        Some(shape) => of_table(shape),
        None => Shape::STATES.iter().find_map(|(_, shape)| of_table(*shape)),
    }
}

fn own_language(node: Node<'_>) -> Option<QueryLanguage> {
    match text(node, "QueryLanguage")? {
        "JSONata" => Some(QueryLanguage::Jsonata),
        "JSONPath" => Some(QueryLanguage::JsonPath),
        _ => None,
    }
}

/// Returns the string in a member.
pub(crate) fn text<'a>(node: Node<'a>, name: &str) -> Option<&'a str> {
    node.member(name)?.value()?.as_str()
}

/// Returns the states of an object with `States`, in the order of the text.
pub(crate) fn states_of(body: Node<'_>) -> impl Iterator<Item = StateHere<'_>> {
    let states = body.member("States").and_then(asl_json::Member::value);
    let members = states.into_iter().flat_map(Node::members);
    members.filter_map(|member| Some(StateHere::new(member.name(), member.value()?)))
}
