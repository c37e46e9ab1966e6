//! What a definition's text says: problems, picture, states and tasks.

use std::sync::Arc;

use asl_json::{Document, Member, Node};
use asl_model::{Definition, MachineType, ParsedDefinition, State, StateKind};
use asl_protocol as page;
use asl_view::{Diagram, Direction};

use crate::assist::fixes;
use crate::diagram;
use crate::text::TextPlaces;

/// The fields of [`page::EngineRequest::Analyze`].
#[derive(Debug)]
pub(crate) struct AnalyzeRequest {
    pub(crate) revision: u32,
    pub(crate) text: String,
    pub(crate) execution_type: page::ExecutionType,
    pub(crate) layout: page::LayoutOptions,
    pub(crate) machines: Vec<page::StateMachineText>,
}

/// A text that was analyzed, kept for the questions that follow.
#[derive(Debug)]
pub(crate) struct AnalyzedText {
    /// Counts the texts.
    pub(crate) revision: u32,
    /// The text and its places.
    pub(crate) places: TextPlaces,
    /// What could be understood.
    pub(crate) definition: Option<Definition>,
    /// The picture that was sent.
    pub(crate) picture: Option<Diagram>,
    /// Which way its flow goes.
    pub(crate) direction: Direction,
}

/// Returns what a text says, and what to remember of it. `took_us` is left at 0.
pub(crate) fn analyze(request: &AnalyzeRequest) -> (page::Analysis, AnalyzedText) {
    let text: Arc<str> = request.text.as_str().into();
    let ParsedDefinition {
        document,
        definition,
        diagnostics,
    } = asl_model::parse(&text);
    let diagnostics = match &definition {
        Some(definition) => asl_model::validate(definition, machine_type(request.execution_type)),
        None => diagnostics,
    };
    let places = TextPlaces::new(text);
    let layout = diagram::layout_options(&request.layout);
    let picture = definition
        .as_ref()
        .map(|definition| Diagram::lay_out(definition, &layout));
    let picture = picture.filter(|picture| !picture.nodes.is_empty());
    let analysis = page::Analysis {
        revision: request.revision,
        is_json: document.errors().is_empty() && document.root().is_some(),
        is_runnable: definition.is_some() && !diagnostics.iter().any(asl_model::Diagnostic::is_error),
        diagnostics: messages(&diagnostics, &document, &places),
        diagram: picture.as_ref().map(diagram::diagram),
        states: document
            .root()
            .map(|root| state_spans(root, &places))
            .unwrap_or_default(),
        tasks: tasks(definition.as_ref(), &request.machines),
        took_us: 0,
    };
    let analyzed = AnalyzedText {
        revision: request.revision,
        places,
        definition,
        picture,
        direction: layout.direction,
    };
    (analysis, analyzed)
}

pub(crate) fn machine_type(execution_type: page::ExecutionType) -> MachineType {
    match execution_type {
        page::ExecutionType::Standard => MachineType::Standard,
        page::ExecutionType::Express => MachineType::Express,
    }
}

/// Problems that come with fixes. Looking for fixes takes a look at the whole text for each, and nobody mends more at a
/// time: those behind get theirs when the first ones are mended.
const MOST_MENDED: usize = 200;

/// Returns diagnostics in the order of the text.
pub(crate) fn messages(
    diagnostics: &[asl_model::Diagnostic],
    document: &Document,
    places: &TextPlaces,
) -> Vec<page::Diagnostic> {
    let mut sorted: Vec<_> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| diagnostic.span.start);
    let messages = sorted.into_iter().enumerate().map(|(index, diagnostic)| {
        let fixes = if index < MOST_MENDED {
            fixes(document, diagnostic, places)
        } else {
            Vec::new()
        };
        message(diagnostic, fixes, places)
    });
    messages.collect()
}

fn message(diagnostic: &asl_model::Diagnostic, fixes: Vec<page::Fix>, places: &TextPlaces) -> page::Diagnostic {
    page::Diagnostic {
        code: diagnostic.code.to_owned(),
        severity: match diagnostic.severity {
            asl_model::Severity::Error => page::Severity::Error,
            asl_model::Severity::Warning => page::Severity::Warning,
        },
        message: diagnostic.message.clone(),
        location: diagnostic.location.clone(),
        help: (!diagnostic.help.is_empty()).then(|| diagnostic.help.clone()),
        range: places.range(diagnostic.span),
        fixes,
        rule: diagnostic.rule.to_owned(),
    }
}

/// Returns where each state is written, in the order of the text. One walk over the document: looking every state up by
/// its location would take time in proportion to the square of their number.
fn state_spans(root: Node<'_>, places: &TextPlaces) -> Vec<page::StateSpan> {
    let mut spans = Vec::new();
    let mut bodies = vec![root];
    while let Some(body) = bodies.pop() {
        let Some(states) = body.member("States").and_then(Member::value) else {
            continue;
        };
        for member in states.members() {
            let Some(state) = member.value() else { continue };
            spans.push(page::StateSpan {
                name: member.name().to_owned(),
                state_type: text_member(state, "Type").unwrap_or_default().to_owned(),
                range: places.range(member.span()),
            });
            bodies.extend(inner_bodies(state));
        }
    }
    spans.sort_by_key(|span| span.range.from);
    spans
}

fn inner_bodies(state: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let member = move |name: &str| state.member(name).and_then(Member::value);
    let branches = member("Branches").into_iter().flat_map(Node::items);
    branches.chain(["ItemProcessor", "Iterator"].into_iter().filter_map(member))
}

fn text_member<'a>(object: Node<'a>, name: &str) -> Option<&'a str> {
    object.member(name)?.value()?.as_str()
}

/// Returns the tasks of the definition, and after them those of the other state machines that its tasks may start.
fn tasks(definition: Option<&Definition>, others: &[page::StateMachineText]) -> Vec<page::MockableTask> {
    let mut tasks: Vec<_> = definition
        .into_iter()
        .flat_map(Definition::states)
        .filter_map(task)
        .collect();
    for other in others {
        let other = asl_model::parse(&other.text).definition;
        tasks.extend(other.iter().flat_map(Definition::states).filter_map(task));
    }
    tasks
}

fn task(state: &State) -> Option<page::MockableTask> {
    let StateKind::Task(task) = &state.kind else {
        return None;
    };
    let (kind, function) = match &task.resource.kind {
        asl_model::ResourceKind::Lambda { name, .. } => (page::TaskKind::LambdaFunction, Some(name.to_string())),
        asl_model::ResourceKind::Activity { .. } => (page::TaskKind::Activity, None),
        asl_model::ResourceKind::Integration(integration)
            if &*integration.service == "lambda" && &*integration.action == "invoke" =>
        {
            (page::TaskKind::LambdaInvoke, invoked_function(state))
        }
        asl_model::ResourceKind::Integration(_) => (page::TaskKind::Service, None),
        asl_model::ResourceKind::Unknown => (page::TaskKind::Other, None),
    };
    Some(page::MockableTask {
        state: state.name.to_string(),
        resource: task.resource.text.to_string(),
        function,
        kind,
    })
}

/// Returns the `FunctionName` of `lambda:invoke` where it is written out.
fn invoked_function(state: &State) -> Option<String> {
    let parameters = state
        .data_flow
        .parameters
        .as_ref()
        .or(state.data_flow.arguments.as_ref())?;
    let name = parameters.get("FunctionName")?.as_str()?;
    (!name.starts_with("{%")).then(|| name.to_owned())
}
