//! One state: what it is, how it stands, the way its data took, and its events.

use std::rc::Rc;

use asl_protocol::{DiagramNode, LogRow, NodeStatus, Stage, StateVisit, VariableValue};
use yew::prelude::*;

use crate::commands::use_commands;
use crate::state::{Document, Run};

use super::super::common::{CopyButton, JsonView, StatusGlyph, status_word};
use super::console_lines::console_lines;

/// Events that are listed; the log has the rest.
const MOST_EVENTS: usize = 50;

/// Props of [`StateCard`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct StateCardProps {
    /// The text and what is known about it.
    pub document: Rc<Document>,
    /// The recording.
    pub run: Rc<Run>,
    /// Name of the state.
    pub state: Rc<str>,
}

/// The card.
#[component]
pub(super) fn StateCard(props: &StateCardProps) -> Html {
    let commands = use_commands();
    let name = &*props.state;
    let analysis = props.document.drawn.as_ref();
    let node = analysis
        .and_then(|analysis| analysis.diagram.as_ref())
        .and_then(|diagram| diagram.nodes.iter().find(|node| node.name == name));
    let config = analysis.and_then(|analysis| config(&props.document, analysis, name));
    let run = props.run.node(name);
    // At a moment before the state was entered there is no visit yet.
    let visit = props
        .run
        .visit
        .as_ref()
        .filter(|visit| run.is_some() && visit.state == name);
    let events: Vec<&LogRow> = props
        .run
        .rows
        .iter()
        .filter(|row| row.state == name)
        .take(MOST_EVENTS)
        .collect();
    let on_event = Callback::from(move |id: u32| commands.select_event(id));
    html! {
        <article class="card">
            { head(name, node, run) }
            if let Some(visit) = visit {
                { data_flow(visit) }
            }
            if let Some(config) = config {
                <div class="section-head">
                    <h4>{ "Definition" }</h4>
                    <CopyButton text={config.clone()} label="Copy the state's definition" />
                </div>
                <JsonView text={config} label="Definition of the state" />
            }
            { console_lines(props.run.console.iter().filter(|line| line.state == name)) }
            if !events.is_empty() {
                <div class="section-head"><h4>{ "Events" }</h4></div>
                <ul class="event-list">{ for events.into_iter().map(|row| event(row, &on_event)) }</ul>
            }
        </article>
    }
}

/// Returns the text of a state, as long as the text is the one that was analyzed.
fn config(document: &Document, analysis: &asl_protocol::Analysis, name: &str) -> Option<String> {
    if analysis.revision != document.revision {
        return None;
    }
    let span = analysis.states.iter().find(|span| span.name == name)?;
    let units: Vec<u16> = document.definition.encode_utf16().collect();
    let range = usize::try_from(span.range.from).ok()?..usize::try_from(span.range.to).ok()?;
    Some(without_indent(&String::from_utf16_lossy(units.get(range)?)))
}

/// Takes away the indentation that a piece of text has in common after its first line.
fn without_indent(text: &str) -> String {
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let common = text
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| indent(&line))
        .min();
    let mut lines: Vec<&str> = text.lines().collect();
    for line in lines.iter_mut().skip(1) {
        *line = line.get(common.unwrap_or(0)..).unwrap_or("");
    }
    lines.join("\n")
}

fn head(name: &str, node: Option<&DiagramNode>, run: Option<&NodeStatus>) -> Html {
    let kind = node.map(|node| format!("{:?}", node.kind));
    let status = run.map(|run| run.status).unwrap_or_default();
    html! {
        <header class="card-head">
            <h3 class="card-title">{ name.to_owned() }</h3>
            <p class="card-subtitle">
                if let Some(kind) = kind {
                    <span class="tag">{ kind }</span>
                }
                <span class="state-status" data-status={super::super::common::status_name(status)}>
                    <StatusGlyph {status} />{ status_word(status) }
                </span>
                if let Some(run) = run {
                    if run.visits > 1 {
                        <span>{ format!("entered {} times", run.visits) }</span>
                    }
                    if run.attempt > 1 {
                        <span>{ format!("attempt {}", run.attempt) }</span>
                    }
                }
            </p>
            if let Some(summary) = node.map(|node| node.summary.clone()).filter(|summary| !summary.is_empty()) {
                <p class="card-note">{ summary }</p>
            }
        </header>
    }
}

/// The way of the data through one visit, stage by stage. Stages whose field is not set are one quiet line.
fn data_flow(visit: &StateVisit) -> Html {
    let stage = |stage: &Stage| {
        html! { <StageItem key={stage.name.clone()} stage={stage.clone()} /> }
    };
    html! {
        <>
            <div class="section-head"><h4>{ "Data flow" }</h4></div>
            <ol class="stages">{ for visit.stages.iter().map(stage) }</ol>
            if let Some(error) = &visit.error {
                <dl class="facts facts-error">
                    <dt>{ "Error" }</dt><dd>{ error.clone() }</dd>
                    if let Some(cause) = visit.cause.as_ref().filter(|cause| !cause.is_empty()) {
                        <dt>{ "Cause" }</dt><dd>{ cause.clone() }</dd>
                    }
                </dl>
            }
            { variables("Assigned here", &visit.assigned) }
            { variables("Variables", &visit.variables) }
        </>
    }
}

/// Props of [`StageItem`].
#[derive(Clone, PartialEq, Properties)]
struct StageItemProps {
    stage: Stage,
}

#[component]
fn StageItem(props: &StageItemProps) -> Html {
    let stage = &props.stage;
    let is_end = stage.field.is_empty();
    let is_set = is_end || !stage.expression.is_empty();
    if !is_set {
        return html! {
            <li class="stage stage-unset"><span class="stage-name">{ stage.field.clone() }</span>{ " not set" }</li>
        };
    }
    html! {
        <li class="stage">
            <div class="stage-head">
                <span class="stage-name">{ stage.name.clone() }</span>
                if !stage.expression.is_empty() {
                    <code class="stage-expression" title={stage.expression.clone()}>{ stage.expression.clone() }</code>
                }
                if stage.value.is_some() {
                    <span class="stage-size">{ format!("{} B", stage.payload_bytes) }</span>
                }
            </div>
            if let Some(value) = &stage.value {
                <JsonView text={value.clone()} label={format!("Value of {}", stage.name)} />
            } else {
                <p class="quiet">{ "The run never came here." }</p>
            }
        </li>
    }
}

fn variables(title: &'static str, variables: &[VariableValue]) -> Html {
    let variable = |variable: &VariableValue| {
        html! {
            <li key={variable.name.clone()} class="stage">
                <div class="stage-head"><code class="stage-name">{ format!("${}", variable.name) }</code></div>
                <JsonView text={variable.value.clone()} label={format!("Value of {}", variable.name)} />
            </li>
        }
    };
    html! {
        if !variables.is_empty() {
            <div class="section-head"><h4>{ title }</h4></div>
            <ul class="stages">{ for variables.iter().map(variable) }</ul>
        }
    }
}

fn event(row: &LogRow, on_event: &Callback<u32>) -> Html {
    let (id, on_event) = (row.id, on_event.clone());
    html! {
        <li key={id}>
            <button type="button" class="event-link" onclick={Callback::from(move |_| on_event.emit(id))}>
                <StatusGlyph status={row.status} />
                <span class="event-link-type">{ row.event_type.clone() }</span>
                <span class="event-link-id">{ id }</span>
            </button>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_text_moves_to_the_left() {
        assert_eq!(
            without_indent("\"A\": {\n      \"x\": 1\n    }"),
            "\"A\": {\n  \"x\": 1\n}"
        );
        assert_eq!(without_indent("one line"), "one line");
        assert_eq!(without_indent("{\n\n  }"), "{\n\n}");
    }
}
