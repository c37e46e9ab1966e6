//! The sheet that the picture lies on: it pans, zooms and moves the focus.

use std::rc::Rc;

use asl_protocol::{
    Analysis, Diagram, DiagramNode, Direction, IterationChoice, NodeKind, Rect, RunView, VisibleVariables,
};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;
use crate::interop::focus;
use crate::state::{About, Jump};

use super::super::common::use_element_size;
use super::gestures::{use_drag, use_wheel};
use super::node::NodeDeed;
use super::node_card::node_card;
use super::overview::{Minimap, state_at};
use super::scene::DiagramScene;
use super::viewport::Viewport;
use super::walk::{Step, first_state, walk};
use super::zoom_controls::ZoomControls;

/// Factor of one press of a zoom button.
pub(super) const ZOOM_STEP: f64 = 1.25;
/// Pixels of one press of an arrow key with Shift.
const PAN_STEP: f64 = 60.0;
/// How long the pointer rests on a state before its card comes.
const CARD_AFTER_MS: u32 = 350;
/// What the keys do, for screen readers.
const KEYS: &str = "Arrow keys follow the transitions, Enter selects, b sets a breakpoint, plus and minus expand \
                    and collapse Map and Parallel states.";

/// Props of [`DiagramCanvas`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct DiagramCanvasProps {
    /// The picture.
    pub analysis: ByPtr<Analysis>,
    /// Revision with which the document came that is drawn: another one is fitted anew.
    pub document: u32,
    /// How the states stand.
    pub view: ByPtr<RunView>,
    /// Number of the run.
    pub run: u32,
    /// The variables that a state saw, as the engine told last.
    pub variables: Option<ByPtr<VisibleVariables>>,
    /// The iteration of a Map state that the reader chose to see.
    pub iteration: Option<IterationChoice>,
    /// Name of the selected state.
    pub selected: Option<Rc<str>>,
    /// Which way the flow goes.
    pub direction: Direction,
    /// Whether the text has moved on to something that cannot be drawn.
    pub is_stale: bool,
    /// What tells of the breakpoints.
    pub about: Rc<About>,
    /// The event that the cursor has been moved to, and its state, which is brought into sight.
    pub follow: Option<(u32, String)>,
}

/// How the picture lies on the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Placement {
    /// As it came: opened while it had this size, with its start there and the flow that way. An edit moves nothing.
    Opened((f64, f64), (f64, f64), Direction),
    /// Fitted while it had this size. An edit that changes the size moves nothing.
    Fitted((f64, f64)),
    /// As the reader has moved it.
    Moved(Viewport),
}

/// What is to happen to the placement once the picture that was asked for is there.
#[derive(Clone, Debug, PartialEq)]
enum Due {
    Open,
    /// The state of that name stays at this place of the screen.
    Hold(String, f64, f64),
}

/// The sheet.
#[component]
pub(super) fn DiagramCanvas(props: &DiagramCanvasProps) -> Html {
    let commands = use_commands();
    let place = use_node_ref();
    let screen = use_element_size(&place);
    let placement = use_state(|| opened(&props.analysis, props.direction));
    let tab_stop = use_state(|| None::<String>);
    let viewport = match *placement {
        Placement::Opened(picture, start, direction) => Viewport::opening(picture, start, direction, screen),
        Placement::Fitted(picture) => Viewport::fit(picture, screen),
        Placement::Moved(viewport) => viewport,
    };
    let move_to = {
        let placement = placement.setter();
        use_callback((), move |viewport, ()| placement.set(Placement::Moved(viewport)))
    };
    let due = use_placement(props, viewport, &placement);
    let card = use_state(|| None::<String>);
    let card_due = use_mut_ref(|| None::<Timeout>);
    let drag = use_drag(viewport, &move_to);
    use_wheel(&place, viewport, &move_to);
    use_follow(props, viewport, screen, &move_to);

    let on_deed = {
        let (commands, tab_stop, due) = (commands.clone(), tab_stop.setter(), Rc::clone(&due));
        let (card, card_due) = (card.setter(), Rc::clone(&card_due));
        use_callback(
            props.analysis.clone(),
            move |(at, deed): (usize, NodeDeed), analysis| {
                let Some(node) = node_at(analysis, at) else { return };
                match deed {
                    NodeDeed::Pick => commands.select_state(&node.name, true),
                    NodeDeed::Focus => {
                        tab_stop.set(Some(node.key.clone()));
                        if focus::is_visible() {
                            card.set(Some(node.key.clone()));
                        }
                    }
                    NodeDeed::Enter => {
                        let (card, key) = (card.clone(), node.key.clone());
                        let show = Timeout::new(CARD_AFTER_MS, move || card.set(Some(key)));
                        card_due.replace(Some(show));
                    }
                    NodeDeed::Leave | NodeDeed::Blur => {
                        card_due.replace(None);
                        card.set(None);
                    }
                    NodeDeed::Fold => {
                        due.borrow_mut().hold(node);
                        commands.fold(&node.name, node.is_expanded);
                    }
                    NodeDeed::Break => commands.toggle_breakpoint(&node.name),
                    NodeDeed::Iterate(iteration) => {
                        commands.choose_iteration(iteration.map(|iteration| IterationChoice {
                            map: node.name.clone(),
                            iteration,
                        }));
                    }
                }
            },
        )
    };
    let stop = *use_memo((props.analysis.clone(), (*tab_stop).clone()), |(analysis, key)| {
        tab_stop_of(analysis, key.as_deref())
    });
    let on_fit = {
        let (placement, analysis) = (placement.setter(), props.analysis.clone());
        Callback::from(move |()| placement.set(Placement::Fitted(size(&analysis))))
    };
    let on_keydown = {
        let (commands, hide_card) = (commands.clone(), card.setter());
        let keys = Keys {
            analysis: props.analysis.clone(),
            direction: props.direction,
            viewport,
            screen,
            stop,
            move_to: move_to.clone(),
            on_fit: on_fit.clone(),
            on_deed: on_deed.clone(),
        };
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                hide_card.set(None);
            } else if event.key() == "Enter" || event.key() == " " {
                if let Some(node) = node_at(&keys.analysis, keys.stop) {
                    commands.select_state(&node.name, false);
                }
                event.prevent_default();
            } else if event.key() == "t" && !event.ctrl_key() && !event.meta_key() {
                if let Some(node) = node_at(&keys.analysis, keys.stop).filter(|node| !node.name.is_empty()) {
                    commands.open_state_test(Some(node.name.as_str().into()));
                }
            } else if let Some(jump) = jump_of(&event.key()) {
                commands.travel(jump);
            } else if keys.press(&event) {
                event.prevent_default();
            }
        })
    };
    let on_click = {
        let analysis = props.analysis.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(node) = node_in_overview(&event, &analysis, viewport) {
                commands.select_state(&node.name, true);
            }
        })
    };
    let shown = card.as_deref().and_then(|key| {
        let diagram = props.analysis.diagram.as_ref()?;
        let at = diagram.nodes.iter().position(|node| node.key == key)?;
        let run = props.view.nodes.iter().find(|run| run.state == diagram.nodes[at].name);
        Some((diagram, at, run))
    });
    let newest = shown.and_then(|(.., run)| run).map_or(0, |run| run.newest);
    use_question(props.run, newest);
    let variables = props.variables.as_ref().filter(|variables| variables.event == newest);
    let shown_card = shown.map(|(diagram, at, run)| {
        let variables = variables.map_or(&[][..], |variables| &variables.lines);
        node_card(diagram, at, run, variables, (viewport, screen))
    });
    let transform = format!(
        "translate({:.2} {:.2}) scale({:.4})",
        viewport.x, viewport.y, viewport.scale
    );
    let description = props
        .analysis
        .diagram
        .as_ref()
        .map_or("", |diagram| &diagram.description);
    html! {
        <div class="canvas" ref={place} data-stale={props.is_stale.to_string()}>
            <p id="diagram-description" class="visually-hidden">{ format!("{description} {KEYS}") }</p>
            <svg class="diagram" role="group" aria-label="State machine" aria-roledescription="workflow diagram"
                aria-describedby="diagram-description" data-detail={detail(viewport)}
                data-dragging={drag.is_dragging.to_string()} onkeydown={on_keydown} onclick={on_click}
                onpointerdown={drag.on_down} onpointermove={drag.on_move} onpointerup={drag.on_up.clone()}
                onpointercancel={drag.on_up}>
                <g {transform}>
                    <DiagramScene analysis={props.analysis.clone()} view={props.view.clone()}
                        iteration={props.iteration.clone()} selected={props.selected.clone()}
                        about={Rc::clone(&props.about)} window={viewport.window(screen)} tab_stop={stop} {on_deed} />
                </g>
            </svg>
            { shown_card.unwrap_or_default() }
            <Minimap analysis={props.analysis.clone()} view={props.view.clone()} {viewport} {screen} on_move={move_to.clone()} />
            <ZoomControls {viewport} {screen} on_move={move_to} {on_fit} />
        </div>
    }
}

/// Asks which variables the state of the card saw at its newest event, if there is one.
#[hook]
fn use_question(run: u32, newest: u32) {
    let commands = use_commands();
    use_effect_with((run, newest), move |(_, newest)| {
        if *newest > 0 {
            commands.describe_variables(*newest);
        }
    });
}

/// What is due, and where things are now.
struct Pending {
    due: Option<Due>,
    viewport: Viewport,
}

impl Pending {
    fn hold(&mut self, node: &DiagramNode) {
        let (x, y) = self.viewport.on_screen(node.rect.x, node.rect.y);
        self.due = Some(Due::Hold(node.name.clone(), x, y));
    }
}

/// Keeps the picture where it is while it changes; fits it where another document or direction came.
#[hook]
fn use_placement(
    props: &DiagramCanvasProps,
    viewport: Viewport,
    placement: &UseStateHandle<Placement>,
) -> Rc<std::cell::RefCell<Pending>> {
    let pending = use_mut_ref(|| Pending { due: None, viewport });
    pending.borrow_mut().viewport = viewport;
    let shown = use_mut_ref(|| (props.document, props.direction, props.analysis.clone()));
    let (pending_now, setter) = (Rc::clone(&pending), placement.setter());
    let (document, direction) = (props.document, props.direction);
    let is_fitted = !matches!(**placement, Placement::Moved(_));
    use_effect_with(props.analysis.clone(), move |analysis| {
        let mut pending = pending_now.borrow_mut();
        if analysis.revision >= document {
            let before = shown.replace((document, direction, analysis.clone()));
            let is_same = (before.0, before.1) == (document, direction);
            if !is_same || is_fitted && !has_common_state(&before.2, analysis) {
                pending.due = Some(Due::Open);
            }
        }
        match pending.due.take() {
            Some(Due::Open) => setter.set(opened(analysis, direction)),
            Some(Due::Hold(name, x, y)) => {
                let mut nodes = analysis.diagram.iter().flat_map(|diagram| &diagram.nodes);
                if let Some(node) = nodes.find(|node| node.name == name) {
                    let (now_x, now_y) = pending.viewport.on_screen(node.rect.x, node.rect.y);
                    setter.set(Placement::Moved(pending.viewport.panned(x - now_x, y - now_y)));
                    refocus(node.id);
                }
            }
            None => {}
        }
    });
    pending
}

/// Pans as little as brings the state of the cursor into sight, whenever the cursor has moved.
#[hook]
fn use_follow(props: &DiagramCanvasProps, viewport: Viewport, screen: (f64, f64), move_to: &Callback<Viewport>) {
    let (analysis, move_to) = (props.analysis.clone(), move_to.clone());
    use_effect_with(props.follow.clone(), move |follow| {
        let (Some((_, state)), Some(diagram)) = (follow, &analysis.diagram) else {
            return;
        };
        // A container that is open may be larger than the screen; the states inside of it are followed.
        let mut nodes = diagram.nodes.iter();
        let at = nodes.position(|node| node.name == *state && !node.is_expanded);
        if let Some(viewport) = at.and_then(|at| viewport.showing(corners(diagram, at), screen)) {
            move_to.emit(viewport);
        }
    });
}

/// Returns what a key does to the cursor.
fn jump_of(key: &str) -> Option<Jump> {
    Some(match key {
        "," => Jump::Back,
        "." => Jump::On,
        "[" => Jump::ErrorBack,
        "]" => Jump::ErrorOn,
        _ => return None,
    })
}

/// What a key press needs to know.
struct Keys {
    analysis: ByPtr<Analysis>,
    direction: Direction,
    viewport: Viewport,
    screen: (f64, f64),
    stop: usize,
    move_to: Callback<Viewport>,
    on_fit: Callback<()>,
    on_deed: Callback<(usize, NodeDeed)>,
}

impl Keys {
    /// Returns whether the key does something here.
    fn press(&self, event: &KeyboardEvent) -> bool {
        let Some(diagram) = &self.analysis.diagram else {
            return false;
        };
        let key = event.key();
        let center = (self.screen.0 / 2.0, self.screen.1 / 2.0);
        let foldable = diagram.nodes.get(self.stop).filter(|node| is_container(node.kind));
        match key.as_str() {
            "+" | "=" | "-" if foldable.is_some() => {
                if foldable.is_some_and(|node| node.is_expanded == (key == "-")) {
                    self.on_deed.emit((self.stop, NodeDeed::Fold));
                }
            }
            "+" | "=" => self.move_to.emit(self.viewport.zoomed(ZOOM_STEP, center)),
            "-" => self.move_to.emit(self.viewport.zoomed(1.0 / ZOOM_STEP, center)),
            "f" => self.on_fit.emit(()),
            "b" => self.on_deed.emit((self.stop, NodeDeed::Break)),
            "0" => self
                .move_to
                .emit(self.viewport.zoomed(1.0 / self.viewport.scale, center)),
            key if event.shift_key() && pan(key).is_some() => {
                let (dx, dy) = pan(key).unwrap_or_default();
                self.move_to.emit(self.viewport.panned(dx, dy));
            }
            key => return self.step(diagram, key),
        }
        true
    }

    fn step(&self, diagram: &Diagram, key: &str) -> bool {
        let Some(step) = Step::from_key(key, self.direction) else {
            return false;
        };
        if let Some(next) = walk(diagram, self.stop, step) {
            self.on_deed.emit((next, NodeDeed::Focus));
            if let Some(viewport) = self.viewport.showing(corners(diagram, next), self.screen) {
                self.move_to.emit(viewport);
            }
            // A node out of sight is drawn once it is the tab stop.
            Timeout::new(0, move || focus_node(next)).forget();
        }
        true
    }
}

/// Returns the state that was clicked where only boxes are drawn, which have no elements of their own.
fn node_in_overview<'a>(event: &MouseEvent, analysis: &'a Analysis, viewport: Viewport) -> Option<&'a DiagramNode> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(".overview").ok()??;
    let sheet: Element = event.current_target()?.dyn_into().ok()?;
    let rect = sheet.closest(".canvas").ok()??.get_bounding_client_rect();
    let (x, y) = viewport.in_diagram(
        f64::from(event.client_x()) - rect.left(),
        f64::from(event.client_y()) - rect.top(),
    );
    let diagram = analysis.diagram.as_ref()?;
    diagram.nodes.get(state_at(diagram, x, y)?)
}

fn pan(key: &str) -> Option<(f64, f64)> {
    Some(match key {
        "ArrowLeft" => (PAN_STEP, 0.0),
        "ArrowRight" => (-PAN_STEP, 0.0),
        "ArrowUp" => (0.0, PAN_STEP),
        "ArrowDown" => (0.0, -PAN_STEP),
        _ => return None,
    })
}

/// Returns how much is drawn at this scale.
fn detail(viewport: Viewport) -> &'static str {
    if viewport.scale < 0.25 {
        "low"
    } else if viewport.scale < 0.45 {
        "medium"
    } else {
        "high"
    }
}

fn size(analysis: &Analysis) -> (f64, f64) {
    let size = analysis.diagram.as_ref().map(|diagram| (diagram.width, diagram.height));
    let (width, height) = size.unwrap_or_default();
    (f64::from(width), f64::from(height))
}

/// How a picture lies on the sheet when it comes.
fn opened(analysis: &Analysis, direction: Direction) -> Placement {
    let mut nodes = analysis.diagram.iter().flat_map(|diagram| &diagram.nodes);
    let start = nodes.find(|node| node.kind == NodeKind::Start);
    let start = start.map_or((0.0, 0.0), |node| {
        let Rect { x, y, width, height } = node.rect;
        match direction {
            Direction::TopDown => (f64::from(x) + f64::from(width) / 2.0, f64::from(y)),
            Direction::LeftRight => (f64::from(x), f64::from(y) + f64::from(height) / 2.0),
        }
    });
    Placement::Opened(size(analysis), start, direction)
}

fn node_at(analysis: &Analysis, at: usize) -> Option<&DiagramNode> {
    analysis.diagram.as_ref()?.nodes.get(at)
}

/// Returns the node that Tab reaches: the one that had the focus last, or the first state.
fn tab_stop_of(analysis: &Analysis, key: Option<&str>) -> usize {
    let Some(diagram) = &analysis.diagram else { return 0 };
    let known = key.and_then(|key| diagram.nodes.iter().position(|node| node.key == key));
    known.unwrap_or_else(|| first_state(diagram))
}

/// Returns whether states of that kind hold others.
pub(super) fn is_container(kind: NodeKind) -> bool {
    matches!(kind, NodeKind::Map | NodeKind::Parallel)
}

fn corners(diagram: &Diagram, at: usize) -> (f64, f64, f64, f64) {
    let rect = diagram.nodes.get(at).map(|node| node.rect).unwrap_or_default();
    (
        f64::from(rect.x),
        f64::from(rect.y),
        f64::from(rect.x + rect.width),
        f64::from(rect.y + rect.height),
    )
}

/// Returns whether a state of one picture is in the other, too: if none is, the text was replaced as a whole.
fn has_common_state(one: &Analysis, other: &Analysis) -> bool {
    let names = |analysis| -> std::collections::BTreeSet<&str> {
        let analysis: &Analysis = analysis;
        analysis.states.iter().map(|state| state.name.as_str()).collect()
    };
    !names(one).is_disjoint(&names(other))
}

/// Gives the focus back to a node that was drawn anew while it had the focus.
fn refocus(id: u32) {
    Timeout::new(0, move || {
        if focus::is_nowhere() {
            focus_node(usize::try_from(id).unwrap_or(usize::MAX));
        }
    })
    .forget();
}

fn focus_node(at: usize) {
    if let Some(node) = gloo::utils::document()
        .query_selector(&format!("#n{at} > .node-hit"))
        .ok()
        .flatten()
    {
        focus::element(&node);
    }
}
