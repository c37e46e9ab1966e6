//! One state: what it is, how it stands, the way its data took, and its events.

use std::rc::Rc;

use asl_protocol::{DiagramNode, LogRow, NodeStatus, StateVisit};
use yew::prelude::*;

use crate::commands::use_commands;
use crate::state::{Bench, Document, Run};

use super::super::common::{CopyButton, Icon, JsonView, Segment, Segmented, StatusGlyph, Symbol, status_word};
use super::console_lines::console_lines;
use super::outcomes;
use super::pickers::Pickers;
use super::stage_list::stage_list;
use super::try_expression::TryExpression;

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
    /// Answers to expressions.
    pub bench: Rc<Bench>,
    /// Whether a mock answers for the state.
    pub is_mockable: bool,
}

/// What the card can show of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Data,
    Rules,
    Errors,
    Variables,
    Definition,
    Events,
}

impl Part {
    fn label(self) -> &'static str {
        match self {
            Part::Data => "Data",
            Part::Rules => "Rules",
            Part::Errors => "Retry & Catch",
            Part::Variables => "Variables",
            Part::Definition => "Config",
            Part::Events => "Events",
        }
    }

    /// Returns what there is to show, most telling first.
    fn of(visit: Option<&StateVisit>) -> Vec<Part> {
        let mut parts = Vec::new();
        if let Some(visit) = visit {
            if !visit.rules.is_empty() {
                parts.push(Part::Rules);
            }
            parts.push(Part::Data);
            if !visit.failures.is_empty() {
                parts.push(Part::Errors);
            }
            parts.push(Part::Variables);
        }
        parts.push(Part::Definition);
        if visit.is_some() {
            parts.push(Part::Events);
        }
        parts
    }
}

/// The card.
#[component]
pub(super) fn StateCard(props: &StateCardProps) -> Html {
    let chosen = use_state(|| Part::Data);
    let name = &*props.state;
    let node = node(&props.document, name);
    let run = props.run.node(name);
    // At a moment before the state was entered there is no visit yet.
    let visit = props
        .run
        .visit
        .as_ref()
        .filter(|visit| run.is_some() && visit.state == name);
    let parts = Part::of(visit.map(|visit| &**visit));
    let part = Some(*chosen).filter(|part| parts.contains(part)).unwrap_or(parts[0]);
    let on_choose = {
        let (chosen, parts) = (chosen.setter(), parts.clone());
        Callback::from(move |at: usize| {
            if let Some(part) = parts.get(at) {
                chosen.set(*part);
            }
        })
    };
    html! {
        <article class="card">
            { head(name, node, run, visit.map(|visit| &**visit)) }
            <Deeds state={Rc::clone(&props.state)} />
            if let Some(visit) = visit {
                <Pickers visit={visit.clone()} />
            }
            <Segmented label="What to see of the state"
                segments={parts.iter().map(|part| segment(*part, visit.map(|visit| &**visit))).collect::<Vec<_>>()}
                chosen={parts.iter().position(|other| *other == part).unwrap_or(0)} {on_choose} />
            <div class="card-part" role="tabpanel" aria-label={part.label()}>
                <PartView ..PartViewProps { card: props.clone(), part } />
            </div>
        </article>
    }
}

fn segment(part: Part, visit: Option<&StateVisit>) -> Segment {
    let count = match (part, visit) {
        (Part::Variables, Some(visit)) => visit.variables.len(),
        (Part::Errors, Some(visit)) => visit.failures.len(),
        _ => 0,
    };
    Segment {
        label: part.label().into(),
        note: (count > 0).then(|| count.to_string().into()),
    }
}

fn node<'a>(document: &'a Document, name: &str) -> Option<&'a DiagramNode> {
    let diagram = document.drawn.as_ref()?.diagram.as_ref()?;
    diagram.nodes.iter().find(|node| node.name == name)
}

/// Props of [`Deeds`].
#[derive(Clone, PartialEq, Properties)]
struct DeedsProps {
    state: Rc<str>,
}

/// What can be done with a state.
#[component]
fn Deeds(props: &DeedsProps) -> Html {
    let commands = use_commands();
    let on_code = {
        let (commands, state) = (commands.clone(), Rc::clone(&props.state));
        Callback::from(move |_| {
            commands.tell(crate::state::Action::PaneShown(crate::state::Pane::Definition));
            commands.select_state(&state, true);
        })
    };
    let on_test = {
        let state = Rc::clone(&props.state);
        Callback::from(move |_| commands.open_state_test(Some(Rc::clone(&state))))
    };
    html! {
        <div class="card-deeds">
            <button type="button" class="button button-small" onclick={on_code}>
                <Icon symbol={Symbol::Code} /><span>{ "Go to code" }</span>
            </button>
            <button type="button" class="button button-small" onclick={on_test}>
                <Icon symbol={Symbol::Test} /><span>{ "Test state" }</span>
            </button>
        </div>
    }
}

/// Props of [`PartView`].
#[derive(Clone, PartialEq, Properties)]
struct PartViewProps {
    card: StateCardProps,
    part: Part,
}

#[component]
fn PartView(props: &PartViewProps) -> Html {
    let commands = use_commands();
    let PartViewProps { card, part } = props;
    let name = &*card.state;
    let visit = card.run.visit.as_ref().filter(|visit| visit.state == name);
    let on_event = {
        let commands = commands.clone();
        Callback::from(move |id: u32| commands.select_event(id))
    };
    match (part, visit) {
        (Part::Data, Some(visit)) => {
            let on_result = {
                let (commands, state) = (commands.clone(), Rc::clone(&card.state));
                Callback::from(move |result: String| commands.use_as_mock(&state, &result))
            };
            html! {
                <>
                { stage_list(&visit.stages, Some(&on_result).filter(|_| card.is_mockable)) }
                { console_lines(card.run.told_lines().filter(|line| line.state == name)) }
                <TryExpression key={visit.entered} visit={visit.clone()} cursor={card.run.position()} evaluated={card.bench.evaluated.clone()} />
                </>
            }
        }
        (Part::Rules, Some(visit)) => outcomes::rules(&visit.rules),
        (Part::Errors, Some(visit)) => outcomes::failures(&visit.failures, &on_event),
        (Part::Variables, Some(visit)) => outcomes::variables(&visit.variables, &on_event),
        (Part::Events, _) => events(&card.run, name, &on_event),
        _ => definition(&card.document, name),
    }
}

fn definition(document: &Document, name: &str) -> Html {
    let analysis = document.drawn.as_ref();
    match analysis.and_then(|analysis| config(document, analysis, name)) {
        Some(config) => html! {
            <>
            <div class="section-head">
                <h4>{ "Definition" }</h4>
                <CopyButton text={config.clone()} label="Copy the state's definition" />
            </div>
            <JsonView text={config} label="Definition of the state" />
            </>
        },
        None => html! { <p class="quiet card-empty">{ "The text has changed and cannot be read at the moment." }</p> },
    }
}

fn events(run: &Run, name: &str, on_event: &Callback<u32>) -> Html {
    let rows = run.rows.iter().filter(|row| row.state == name).take(MOST_EVENTS);
    html! { <ul class="event-list">{ for rows.map(|row| event(row, on_event)) }</ul> }
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

fn head(name: &str, node: Option<&DiagramNode>, run: Option<&NodeStatus>, visit: Option<&StateVisit>) -> Html {
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
                }
                if let Some(visit) = visit.filter(|visit| visit.elapsed_ms > 0) {
                    <span>{ format!("took {} s", crate::state::seconds_text(visit.elapsed_ms.unsigned_abs())) }</span>
                }
                if let Some(visit) = visit {
                    <span class="tag">{ visit.query_language.clone() }</span>
                }
            </p>
            if let Some(summary) = node.map(|node| node.summary.clone()).filter(|summary| !summary.is_empty()) {
                <p class="card-note">{ summary }</p>
            }
        </header>
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
