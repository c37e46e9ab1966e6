//! The rules: one file each, with a wrong and a right sample that are also its tests.
//!
//! A rule looks at the definition and returns what it finds; it neither changes anything nor knows of other rules. The
//! order of findings is made here: what concerns single fields first, in the order of the text; then what concerns the
//! graph of states, rule by rule as AWS does; then advice.

mod assign;
mod choice_rule;
mod choice_without_default;
mod credentials;
mod distributed_only;
mod duplicate_key;
mod duplicate_state_name;
mod error_equals;
mod exclusive_fields;
mod express;
mod expression_as_text;
mod field_not_supported;
mod field_of_other_language;
mod field_type;
mod intrinsic_failure;
mod item_batcher;
mod item_processor;
pub(crate) mod json_syntax;
mod jsonata_syntax;
mod label;
mod missing_parameter;
mod missing_task_token;
mod never_matches;
mod no_dollar;
mod no_path;
mod no_way_out;
mod pass_result_is_static;
mod path_syntax;
mod payload_template;
mod query_language;
mod read_before_assigned;
mod required_fields;
mod resource;
mod result_writer;
mod state_name;
mod state_type;
mod suggest;
mod terminal_state;
mod timestamp;
mod transition;
mod transition_target;
mod unreachable_state;
mod variable_scope;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use asl_json::{Fix, Span};
use rustc_hash::FxBuildHasher;

use crate::definition::{Body, Definition, MachineType};
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::Graph;
use crate::location::Location;
use crate::parallel::in_pieces;
use crate::schema::{self, Part};
use crate::state::State;

const SCHEMA_VALIDATION_FAILED: &str = "SCHEMA_VALIDATION_FAILED";
const MISSING_TRANSITION_TARGET: &str = "MISSING_TRANSITION_TARGET";

/// What a rule looks at.
pub(crate) struct Context<'a> {
    pub(crate) definition: &'a Definition,
    pub(crate) machine_type: MachineType,
    /// True where the text may have a `${Name}` in it.
    has_substitutions: bool,
    /// Every `States` object, each before those inside it, with where its states lead.
    graphs: Vec<Graph<'a>>,
    /// Which of them is that of a body, by its address.
    of_body: HashMap<usize, usize, FxBuildHasher>,
    /// Every state, nested ones included, in the order of the graphs.
    states: Vec<&'a State>,
    /// By state what it has to do with variables; known once its objects have been looked at.
    variables: Vec<Vec<PartVariables>>,
}

/// What one object that has a table of fields has to do with variables.
struct PartVariables {
    /// Where it is.
    location: Location,
    /// The names of those that it assigns.
    assigned: Vec<Arc<str>>,
    /// The names of those that it refers to, as often as it does.
    read: Vec<Arc<str>>,
}

impl PartVariables {
    /// Returns nothing of an object that has nothing to do with variables.
    fn of(part: &Part) -> Option<PartVariables> {
        let assigned: Vec<Arc<str>> = part.assigned().collect();
        let read = part.references();
        (!assigned.is_empty() || !read.is_empty()).then(|| PartVariables {
            location: part.location.clone(),
            assigned,
            read,
        })
    }
}

/// A rule: its name, which is that of its file and of its section of `docs/diagnostics.md`, and what it finds.
struct Rule {
    name: &'static str,
    check: Check,
}

/// What a rule looks at, and the function that says what is wrong with it.
enum Check {
    /// The definition as a whole.
    Definition(CheckDefinition),
    /// Every state.
    State(CheckState),
    /// Every object that has a table of fields.
    Part(CheckPart),
}

type CheckDefinition = fn(&Context) -> Vec<Diagnostic>;
type CheckState = fn(&Context, &State) -> Vec<Diagnostic>;
type CheckPart = fn(&Context, &Part) -> Vec<Diagnostic>;

/// The functions of some rules, each with the number of its rule.
#[derive(Default)]
struct Checks {
    definition: Vec<(usize, CheckDefinition)>,
    state: Vec<(usize, CheckState)>,
    part: Vec<(usize, CheckPart)>,
}

impl Checks {
    fn of(rules: &[&Rule]) -> Checks {
        let mut checks = Checks::default();
        for (number, rule) in rules.iter().enumerate() {
            match rule.check {
                Check::Definition(check) => checks.definition.push((number, check)),
                Check::State(check) => checks.state.push((number, check)),
                Check::Part(check) => checks.part.push((number, check)),
            }
        }
        checks
    }
}

/// Rules whose findings are told together.
struct Group {
    rules: &'static [Rule],
    /// Whether in the order of the text, instead of rule by rule.
    in_text_order: bool,
}

macro_rules! rules {
    ($($looks_at:ident $name:ident,)*) => {
        &[$(Rule { name: stringify!($name), check: Check::$looks_at($name::check) },)*]
    };
}

/// What concerns single fields.
const SCHEMA: Group = Group {
    rules: rules![
        Part required_fields,
        State state_type,
        Definition query_language,
        Part field_not_supported,
        Part field_of_other_language,
        Part field_type,
        Part exclusive_fields,
        State transition,
        Part path_syntax,
        Part payload_template,
        Part jsonata_syntax,
        Part timestamp,
        Part choice_rule,
        State error_equals,
        State resource,
        Definition express,
        State item_processor,
        State item_batcher,
        State result_writer,
        State credentials,
        Definition label,
        Part assign,
        State state_name,
    ],
    in_text_order: true,
};

/// What concerns the graph of states.
const GRAPH: Group = Group {
    rules: rules![
        Definition transition_target,
        Definition duplicate_state_name,
        Definition unreachable_state,
        Definition terminal_state,
    ],
    in_text_order: false,
};

/// Advice about the graph of states, which makes sense where there is one.
const GRAPH_ADVICE: Group = Group {
    rules: rules![Definition no_way_out, Definition read_before_assigned,],
    in_text_order: true,
};

/// Advice.
const ADVICE: Group = Group {
    rules: rules![
        Part no_dollar,
        Part no_path,
        Part expression_as_text,
        Part intrinsic_failure,
        State pass_result_is_static,
        State choice_without_default,
        State never_matches,
        State missing_parameter,
        State missing_task_token,
        Definition variable_scope,
        State distributed_only,
        Definition duplicate_key,
    ],
    in_text_order: true,
};

/// Returns everything the rules find, errors before warnings.
pub(crate) fn check(definition: &Definition, machine_type: MachineType) -> Vec<Diagnostic> {
    // AWS does not look at the graph while the outline is missing.
    let has_outline = definition.raw.contains_key("States") && definition.raw.contains_key("StartAt");
    let groups: &[Group] = if has_outline {
        &[SCHEMA, GRAPH, ADVICE, GRAPH_ADVICE]
    } else {
        &[SCHEMA, ADVICE]
    };
    let mut context = Context::new(definition, machine_type);
    let mut found = context.find(groups);
    if context.has_substitutions {
        found.retain(|diagnostic| !context.is_about_substitution(diagnostic));
    }
    found
}

/// Returns what is wrong with single fields, leaving the graph of states aside.
pub(crate) fn check_fields(definition: &Definition, machine_type: MachineType) -> Vec<Diagnostic> {
    Context::new(definition, machine_type).find(&[SCHEMA])
}

impl<'a> Context<'a> {
    fn new(definition: &'a Definition, machine_type: MachineType) -> Context<'a> {
        let mut first_state = 0;
        let graphs = definition.bodies().into_iter().map(|body| {
            let graph = Graph::new(body, first_state);
            first_state += body.states.len();
            graph
        });
        let graphs: Vec<Graph> = graphs.collect();
        let numbered = graphs.iter().enumerate();
        Context {
            definition,
            machine_type,
            has_substitutions: definition.document.text().contains("${"),
            of_body: numbered.map(|(index, graph)| (address(graph.body), index)).collect(),
            states: graphs.iter().flat_map(|graph| graph.body.states.values()).collect(),
            graphs,
            variables: Vec::new(),
        }
    }

    /// Returns every state, nested ones included.
    fn states(&self) -> impl Iterator<Item = &'a State> {
        self.states.iter().copied()
    }

    /// Returns where the states of a body of this definition lead.
    fn graph(&self, body: &Body) -> &Graph<'a> {
        &self.graphs[self.of_body[&address(body)]]
    }

    /// Returns what the objects of a state have to do with variables; those that have nothing are left out.
    fn variables(&self, graph: &Graph, index: usize) -> &[PartVariables] {
        &self.variables[graph.first_state + index]
    }

    /// Returns what these rules find, group by group.
    fn find(&mut self, groups: &[Group]) -> Vec<Diagnostic> {
        let rules: Vec<&Rule> = groups.iter().flat_map(|group| group.rules).collect();
        let mut by_rule = self.find_by_rule(&rules).into_iter();
        let mut found = Vec::new();
        for group in groups {
            let first = found.len();
            found.extend(by_rule.by_ref().take(group.rules.len()).flatten());
            if group.in_text_order {
                found[first..].sort_by_key(|diagnostic: &Diagnostic| diagnostic.span.start);
            }
        }
        found
    }

    /// Returns what each of these rules finds.
    ///
    /// The definition is walked once, not once for each rule: a large one does not fit into the processor's caches.
    fn find_by_rule(&mut self, rules: &[&Rule]) -> Vec<Vec<Diagnostic>> {
        let checks = Checks::of(rules);
        let mut found = Vec::new();
        for graph in &self.graphs {
            self.look_at_part(&checks, &schema::part_of_body(self.definition, graph.body), &mut found);
        }
        for (more, variables) in in_pieces(&self.states, |states| self.look(&checks, states)) {
            found.extend(more);
            self.variables.extend(variables);
        }
        for (rule, check) in checks.definition {
            found.extend(check(self).into_iter().map(|one| (rule, one)));
        }
        let mut by_rule = vec![Vec::new(); rules.len()];
        for (rule, found) in found {
            by_rule[rule].push(Diagnostic {
                rule: rules[rule].name,
                ..found
            });
        }
        by_rule
    }

    /// Returns what is found in some states, each with the number of its rule, and by state what it has to do with
    /// variables. Their objects are not kept: most of the time would go into memory.
    fn look(&self, checks: &Checks, states: &[&State]) -> (Vec<(usize, Diagnostic)>, Vec<Vec<PartVariables>>) {
        let mut found = Vec::new();
        let variables = states.iter().map(|state| {
            for (rule, check) in &checks.state {
                found.extend(check(self, state).into_iter().map(|one| (*rule, one)));
            }
            let parts = schema::parts_of_state(state).into_iter();
            let variables = parts.filter_map(|part| {
                self.look_at_part(checks, &part, &mut found);
                PartVariables::of(&part)
            });
            variables.collect()
        });
        let variables = variables.collect();
        (found, variables)
    }

    fn look_at_part(&self, checks: &Checks, part: &Part, found: &mut Vec<(usize, Diagnostic)>) {
        for (rule, check) in &checks.part {
            found.extend(check(self, part).into_iter().map(|one| (*rule, one)));
        }
    }

    /// Returns a `SCHEMA_VALIDATION_FAILED` at this place.
    fn schema(&self, at: &Location, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        self.error(SCHEMA_VALIDATION_FAILED, at, message, help)
    }

    fn error(
        &self,
        code: &'static str,
        at: &Location,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            location: Some(at.to_string()),
            span: self.span(at),
            help: help.into(),
            fixes: Vec::new(),
            rule: "",
        }
    }

    fn warning(
        &self,
        code: &'static str,
        at: &Location,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..self.error(code, at, message, help)
        }
    }

    /// Returns true where the finding is about a string that deployment tools fill in before the service sees it.
    fn is_about_substitution(&self, diagnostic: &Diagnostic) -> bool {
        let node = self.definition.document.node_at(diagnostic.span.start);
        node.and_then(asl_json::Node::as_str).is_some_and(is_substitution)
    }

    /// Returns the place of a value in the text. An object stands for itself by its name or its opening bracket, so
    /// that an editor does not underline whole states.
    fn span(&self, at: &Location) -> Span {
        let document = &self.definition.document;
        let Some(node) = document.node(at.steps()) else {
            return Span::default();
        };
        if !matches!(node.kind(), asl_json::NodeKind::Object | asl_json::NodeKind::Array) {
            return node.span();
        }
        self.name_span(at)
            .unwrap_or(Span::new(node.span().start, node.span().start + 1))
    }

    /// Returns the place in the text of these bytes of an expression, which the string at `at` holds; the whole string
    /// where escapes make that hard to say.
    fn span_inside(&self, at: &Location, expression: &str, bytes: &Range<usize>) -> Span {
        self.span_within(self.span(at), expression, bytes)
    }

    /// Returns the same where the place of the string is known.
    fn span_within(&self, whole: Span, expression: &str, bytes: &Range<usize>) -> Span {
        let written = &self.definition.document.text()[whole.start..whole.end];
        let Some(offset) = written
            .find(expression)
            .filter(|_| expression.get(bytes.clone()).is_some())
        else {
            return whole;
        };
        let start = whole.start + offset + bytes.start;
        let end = if bytes.is_empty() {
            start + 1
        } else {
            start + bytes.len()
        };
        let is_text = self.definition.document.text().get(start..end).is_some();
        if is_text { Span::new(start, end) } else { whole }
    }

    /// Returns the place of a member's name in the text.
    fn name_span(&self, at: &Location) -> Option<Span> {
        let (last, outer) = at.steps().split_last()?;
        let asl_json::Step::Member(name) = last else {
            return None;
        };
        Some(self.definition.document.node(outer)?.member(name)?.name_span())
    }
}

/// Returns where something is in memory, by which a part of a definition is told from others like it.
fn address<T>(of: &T) -> usize {
    std::ptr::from_ref(of).addr()
}

/// Returns true for a text with a `${Name}` in it, as SAM and CloudFormation have it.
fn is_substitution(text: &str) -> bool {
    let names = text.split("${").skip(1).filter_map(|rest| rest.split_once('}'));
    let is_name = |name: &str| {
        let mut characters = name.chars();
        characters.next().is_some_and(char::is_alphabetic)
            && characters.all(|character| character.is_alphanumeric() || matches!(character, '.' | ':' | '_'))
    };
    names.into_iter().any(|(name, _)| is_name(name))
}

impl Diagnostic {
    /// Returns the diagnostic moved to this place in the text, where there is one.
    fn spanning(self, span: Option<Span>) -> Diagnostic {
        Diagnostic {
            span: span.unwrap_or(self.span),
            ..self
        }
    }

    /// Returns the diagnostic with an edit that puts this JSON string in its place, where there is one.
    fn replaceable_by(mut self, text: Option<&str>) -> Diagnostic {
        self.fixes.extend(text.map(|text| Fix {
            title: format!("Change to \"{text}\""),
            span: self.span,
            replacement: asl_json::Value::from(text).to_string(),
        }));
        self
    }
}

/// Checks a rule's samples: the wrong one gets this diagnostic, with help and a place, the right one nothing at all.
#[cfg(test)]
#[track_caller]
fn check_samples(wrong: &str, expected: &str, right: &str) {
    let found = crate::validate_text(wrong, MachineType::Standard);
    let written: Vec<String> = found.iter().map(Diagnostic::to_string).collect();
    let at = written.iter().position(|text| text == expected);
    let diagnostic = &found[at.unwrap_or_else(|| panic!("{expected:?} is not in {written:#?}"))];
    assert!(!diagnostic.help.is_empty(), "{expected} has no help");
    assert!(wrong.get(diagnostic.span.start..diagnostic.span.end).is_some());
    let found = crate::validate_text(right, MachineType::Standard);
    assert_eq!(
        found.iter().map(Diagnostic::to_string).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}

/// Returns a definition with this state named `S`, followed by a state `Z` that ends.
#[cfg(test)]
fn with_state(state: &str) -> String {
    format!(r#"{{"StartAt": "S", "States": {{"S": {state}, "Z": {{"Type": "Succeed"}}}}}}"#)
}
