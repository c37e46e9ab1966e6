//! The diagram: a picture that depends on the definition alone, over which a run only changes attributes.

mod canvas;
mod edge;
mod export_menu;
mod gestures;
mod iteration_picker;
mod moment;
mod node;
mod node_card;
mod outline;
mod overview;
mod scene;
mod text;
mod trail;
mod viewport;
mod walk;
mod zoom_controls;

use std::rc::Rc;

use asl_protocol::{Direction, LayoutOptions};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::{Commands, use_commands};
use crate::state::{Bench, Document, Pane, Run, coverage_view};

use super::common::{Empty, Icon, PaneFrame, Segment, Segmented, Symbol};
use super::coverage::CoveragePanel;
use canvas::DiagramCanvas;
use export_menu::ExportMenu;
use moment::{Moment, MomentProps};
use outline::Outline;

/// Props of [`DiagramPane`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct DiagramPaneProps {
    /// Whose picture.
    pub document: Rc<Document>,
    /// How the states stand.
    pub run: Rc<Run>,
    /// Name of the selected state.
    pub selected: Option<Rc<str>>,
    /// Which way the flow goes.
    pub layout: LayoutOptions,
    /// The picture that the static page held, shown until the engine has drawn.
    pub picture: Option<web_sys::Node>,
    /// What earlier runs have taken.
    pub bench: Rc<Bench>,
}

/// The picture, or what it waits for; above it the first problem, where the picture is older than the text.
#[component]
pub(crate) fn DiagramPane(props: &DiagramPaneProps) -> Html {
    let document = &props.document;
    let other = props.run.picture.as_ref();
    let drawn = other.or(document.drawn.as_ref());
    let commands = use_commands();
    let is_outline = use_state(|| false);
    let is_stale = other.is_none() && document.picture_is_stale();
    // The text may be broken and still give a picture of what could be read.
    let is_broken = document
        .analysis
        .as_ref()
        .is_some_and(|analysis| !analysis.is_json && document.drawn.is_some());
    let on_choose = {
        let is_outline = is_outline.setter();
        Callback::from(move |at: usize| is_outline.set(at == 1))
    };
    let shows_coverage = props.bench.shows_coverage && document.drawn.is_some();
    let coverage = use_memo(props.bench.coverage.clone(), |coverage| {
        ByPtr::new(coverage_view(coverage))
    });
    let view = if shows_coverage {
        ByPtr::clone(&coverage)
    } else {
        props.run.shown_view().clone()
    };
    let header = html! {
        if drawn.is_some() {
            <Segmented label="Form of the diagram" segments={vec![Segment::new("Graph"), Segment::new("Outline")]}
                chosen={usize::from(*is_outline)} on_choose={on_choose} />
            <div class="diagram-tools">
                if let Some(state) = &props.selected {
                    <TestButton state={Rc::clone(state)} />
                }
                <CoverageButton is_on={shows_coverage} />
                <DirectionButton direction={props.layout.direction} />
                <ExportMenu has_run={!props.run.rows.is_empty()} />
            </div>
        }
    };
    html! {
        <PaneFrame pane={Pane::Diagram} {header}>
            if other.is_some() {
                { other_version(&commands) }
            } else if is_stale || is_broken {
                <StaleBar document={Rc::clone(document)} {is_stale} />
            }
            if let Some(drawn) = drawn.filter(|_| *is_outline) {
                <Outline analysis={drawn.clone()} view={props.run.shown_view().clone()} selected={props.selected.clone()} />
            } else if let Some(drawn) = drawn {
                <div class="canvas-area" data-coverage={shows_coverage.then_some("true")}>
                <DiagramCanvas analysis={drawn.clone()} document={other.map_or(document.first_revision, |other| other.revision)}
                    {view} run={props.run.number} variables={props.run.variables.clone()} iteration={props.run.iteration.clone()}
                    selected={props.selected.clone()} direction={props.layout.direction} {is_stale}
                    about={Rc::clone(&document.about)} follow={followed(&props.run)} />
                if shows_coverage {
                    <CoveragePanel coverage={props.bench.coverage.clone()} />
                }
                </div>
            } else if let Some(analysis) = &document.analysis {
                if analysis.is_json {
                    <Empty>
                        <p>{ "No states yet." }</p>
                        <p>{ "A state machine needs \u{201c}StartAt\u{201d} and \u{201c}States\u{201d}. Open an example to see one." }</p>
                    </Empty>
                } else {
                    <Empty>
                        <p>{ "Nothing to draw." }</p>
                        <p>{ "Start from an example, or paste a definition." }</p>
                    </Empty>
                }
            } else if let Some(picture) = &props.picture {
                <div class="picture-before" aria-hidden="true">{ Html::VRef(picture.clone()) }</div>
            } else {
                <Empty><p class="quiet">{ "Drawing\u{2026}" }</p></Empty>
            }
            if document.drawn.is_some() {
                <Moment ..MomentProps::of(&props.run, document) />
            }
        </PaneFrame>
    }
}

/// Props of [`TestButton`].
#[derive(Clone, PartialEq, Properties)]
struct TestButtonProps {
    state: Rc<str>,
}

/// Opens the test of the selected state; the key `t` on a node does the same.
#[component]
fn TestButton(props: &TestButtonProps) -> Html {
    let commands = use_commands();
    let state = Rc::clone(&props.state);
    let label = format!("Test {state} alone");
    html! {
        <button type="button" class="button button-quiet button-small button-icon" aria-label={label.clone()} title={label}
            onclick={Callback::from(move |_| commands.open_state_test(Some(Rc::clone(&state))))}>
            <Icon symbol={Symbol::Test} />
        </button>
    }
}

/// Props of [`CoverageButton`].
#[derive(Clone, PartialEq, Properties)]
struct CoverageButtonProps {
    is_on: bool,
}

/// Shows what the runs so far have taken, or the run again.
#[component]
fn CoverageButton(props: &CoverageButtonProps) -> Html {
    let commands = use_commands();
    let is_on = props.is_on;
    html! {
        <button type="button" class="button button-quiet button-small button-icon" aria-label="Coverage"
            title="Show what the runs so far have taken" aria-pressed={is_on.to_string()}
            onclick={Callback::from(move |_| commands.show_coverage(!is_on))}>
            <Icon symbol={Symbol::Coverage} />
        </button>
    }
}

/// Returns the event that the cursor is on, and its state, which is kept in sight.
fn followed(run: &Run) -> Option<(u32, String)> {
    let row = run.rows.event(run.cursor.event?)?;
    (!row.state.is_empty()).then(|| (row.id, row.state.clone()))
}

/// Says that the execution on the screen ran another definition than the one in the editor.
fn other_version(commands: &Rc<Commands>) -> Html {
    let commands = Rc::clone(commands);
    html! {
        <div class="version-bar">
            <span>{ "This execution ran another version of the definition." }</span>
            <button type="button" class="button button-small" onclick={Callback::from(move |_| commands.reset())}>
                { "Back to the editor\u{2019}s" }
            </button>
        </div>
    }
}

/// Props of [`DirectionButton`].
#[derive(Clone, PartialEq, Properties)]
struct DirectionButtonProps {
    direction: Direction,
}

/// Turns the flow from downward to rightward and back.
#[component]
fn DirectionButton(props: &DirectionButtonProps) -> Html {
    let commands = use_commands();
    let (symbol, other, label) = match props.direction {
        Direction::TopDown => (Symbol::LeftRight, Direction::LeftRight, "Draw from left to right"),
        Direction::LeftRight => (Symbol::TopDown, Direction::TopDown, "Draw from top to bottom"),
    };
    html! {
        <button type="button" class="button button-quiet button-small button-icon" aria-label={label} title={label}
            onclick={Callback::from(move |_| commands.choose_direction(other))}>
            <Icon {symbol} />
        </button>
    }
}

/// Props of [`StaleBar`].
#[derive(Clone, PartialEq, Properties)]
struct StaleBarProps {
    document: Rc<Document>,
    is_stale: bool,
}

#[component]
fn StaleBar(props: &StaleBarProps) -> Html {
    let commands = use_commands();
    let Some(error) = props.document.first_error() else {
        return Html::default();
    };
    let range = error.range;
    let text = props.document.first_error_text().unwrap_or_default().to_owned();
    let on_go = Callback::from(move |_| commands.go_to(range));
    html! {
        <div class="stale-bar">
            <span class="stale-text">
                if props.is_stale {
                    <strong>{ "Last good picture. " }</strong>
                }
                { format!("Line {}: {}", range.line, text) }
            </span>
            <button type="button" class="button button-small" onclick={on_go}>{ "Go to line" }</button>
        </div>
    }
}
