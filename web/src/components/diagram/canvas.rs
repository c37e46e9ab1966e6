//! The sheet that the picture lies on: it pans, zooms and moves the focus.

use std::rc::Rc;

use asl_protocol::{Analysis, Diagram, NodeKind, RunView};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent, WheelEvent};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;
use crate::interop::focus;

use super::super::common::{Icon, Symbol, use_element_size};
use super::scene::DiagramScene;
use super::viewport::Viewport;

/// Factor of one press of a zoom button.
const ZOOM_STEP: f64 = 1.25;
/// Pixels of one press of an arrow key with Shift.
const PAN_STEP: f64 = 60.0;

/// Props of [`DiagramCanvas`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct DiagramCanvasProps {
    /// The picture.
    pub analysis: ByPtr<Analysis>,
    /// How the states stand.
    pub view: ByPtr<RunView>,
    /// Name of the selected state.
    pub selected: Option<Rc<str>>,
    /// Whether the text has moved on to something that cannot be drawn.
    pub is_stale: bool,
}

/// How the reader has moved the picture. While nothing was moved, it is fitted again whenever the room changes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Placement {
    Fitted,
    Moved(Viewport),
}

/// The sheet.
#[component]
pub(super) fn DiagramCanvas(props: &DiagramCanvasProps) -> Html {
    let commands = use_commands();
    let place = use_node_ref();
    let screen = use_element_size(&place);
    let placement = use_state(|| Placement::Fitted);
    let tab_stop = use_state(|| None::<usize>);
    let diagram = props.analysis.diagram.clone().unwrap_or_default();
    let viewport = match *placement {
        Placement::Fitted => Viewport::fit((f64::from(diagram.width), f64::from(diagram.height)), screen),
        Placement::Moved(viewport) => viewport,
    };
    let move_to = {
        let placement = placement.setter();
        Callback::from(move |viewport| placement.set(Placement::Moved(viewport)))
    };
    let drag = use_drag(viewport, &move_to);
    use_wheel(&place, viewport, &move_to);

    let names: Rc<[String]> = diagram.nodes.iter().map(|node| node.name.clone()).collect();
    let on_pick = {
        let (commands, names) = (commands.clone(), Rc::clone(&names));
        use_callback(props.analysis.clone(), move |at: usize, _| {
            if let Some(name) = names.get(at) {
                commands.select_state(name, true);
            }
        })
    };
    let on_focus = {
        let tab_stop = tab_stop.setter();
        use_callback((), move |at: usize, ()| tab_stop.set(Some(at)))
    };
    let stop = tab_stop
        .filter(|at| *at < diagram.nodes.len())
        .unwrap_or_else(|| first_state(&diagram));
    let on_keydown = {
        let (move_to, placement) = (move_to.clone(), placement.setter());
        let analysis = props.analysis.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(diagram) = &analysis.diagram else { return };
            let center = (screen.0 / 2.0, screen.1 / 2.0);
            match event.key().as_str() {
                "Enter" | " " => {
                    if let Some(node) = diagram.nodes.get(stop) {
                        commands.select_state(&node.name, false);
                    }
                }
                "ArrowLeft" if event.shift_key() => move_to.emit(viewport.panned(PAN_STEP, 0.0)),
                "ArrowRight" if event.shift_key() => move_to.emit(viewport.panned(-PAN_STEP, 0.0)),
                "ArrowUp" if event.shift_key() => move_to.emit(viewport.panned(0.0, PAN_STEP)),
                "ArrowDown" if event.shift_key() => move_to.emit(viewport.panned(0.0, -PAN_STEP)),
                key @ ("ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown") => {
                    if let Some(next) = neighbor(diagram, stop, key) {
                        focus_node(next);
                        if let Some(viewport) = viewport.showing(corners(diagram, next), screen) {
                            move_to.emit(viewport);
                        }
                    }
                }
                "+" | "=" => move_to.emit(viewport.zoomed(ZOOM_STEP, center)),
                "-" => move_to.emit(viewport.zoomed(1.0 / ZOOM_STEP, center)),
                "f" => placement.set(Placement::Fitted),
                "0" => move_to.emit(viewport.zoomed(1.0 / viewport.scale, center)),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let transform = format!(
        "translate({:.2} {:.2}) scale({:.4})",
        viewport.x, viewport.y, viewport.scale
    );
    let detail = if viewport.scale < 0.25 {
        "low"
    } else if viewport.scale < 0.45 {
        "medium"
    } else {
        "high"
    };
    html! {
        <div class="canvas" ref={place} data-stale={props.is_stale.to_string()}>
            <svg class="diagram" role="group" aria-label="State machine" aria-roledescription="diagram"
                data-detail={detail} data-dragging={drag.is_dragging.to_string()} onkeydown={on_keydown}
                onpointerdown={drag.on_down} onpointermove={drag.on_move} onpointerup={drag.on_up.clone()}
                onpointercancel={drag.on_up}>
                <g {transform}>
                    <DiagramScene analysis={props.analysis.clone()} view={props.view.clone()}
                        selected={props.selected.clone()} window={viewport.window(screen)} tab_stop={stop} {on_pick}
                        {on_focus} />
                </g>
            </svg>
            <ZoomControls {viewport} {screen} on_move={move_to}
                on_fit={Callback::from(move |()| placement.set(Placement::Fitted))} />
        </div>
    }
}

/// Props of [`ZoomControls`].
#[derive(Clone, PartialEq, Properties)]
struct ZoomControlsProps {
    viewport: Viewport,
    screen: (f64, f64),
    on_move: Callback<Viewport>,
    on_fit: Callback<()>,
}

#[component]
fn ZoomControls(props: &ZoomControlsProps) -> Html {
    let center = (props.screen.0 / 2.0, props.screen.1 / 2.0);
    let to = |viewport: Viewport| {
        let on_move = props.on_move.clone();
        Callback::from(move |_: MouseEvent| on_move.emit(viewport))
    };
    let viewport = props.viewport;
    let on_fit = {
        let on_fit = props.on_fit.clone();
        Callback::from(move |_: MouseEvent| on_fit.emit(()))
    };
    html! {
        <div class="zoom" role="group" aria-label="Zoom">
            <button type="button" class="zoom-button" aria-label="Zoom out" title="Zoom out (-)"
                onclick={to(viewport.zoomed(1.0 / ZOOM_STEP, center))}><Icon symbol={Symbol::Minus} /></button>
            <button type="button" class="zoom-button zoom-percent" aria-label={format!("{:.0}%: actual size", viewport.scale * 100.0)}
                title="Actual size (0)"
                onclick={to(viewport.zoomed(1.0 / viewport.scale, center))}>
                { format!("{:.0}%", viewport.scale * 100.0) }
            </button>
            <button type="button" class="zoom-button" aria-label="Zoom in" title="Zoom in (+)"
                onclick={to(viewport.zoomed(ZOOM_STEP, center))}><Icon symbol={Symbol::Plus} /></button>
            <button type="button" class="zoom-button" aria-label="Fit" title="Show everything (f)" onclick={on_fit}>
                <Icon symbol={Symbol::Fit} />
            </button>
        </div>
    }
}

/// Zooms on Ctrl and wheel or a pinch on a touchpad, pans on a wheel alone.
#[hook]
fn use_wheel(place: &NodeRef, viewport: Viewport, move_to: &Callback<Viewport>) {
    let latest = use_mut_ref(|| (viewport, move_to.clone()));
    latest.replace((viewport, move_to.clone()));
    let place = place.clone();
    use_effect_with((), move |()| {
        let listener = place.cast::<Element>().map(|element| {
            let options = gloo::events::EventListenerOptions::enable_prevent_default();
            gloo::events::EventListener::new_with_options(&element.clone(), "wheel", options, move |event| {
                let Some(event) = event.dyn_ref::<WheelEvent>() else {
                    return;
                };
                event.prevent_default();
                let (viewport, move_to) = latest.borrow().clone();
                let rect = element.get_bounding_client_rect();
                let at = (
                    f64::from(event.client_x()) - rect.left(),
                    f64::from(event.client_y()) - rect.top(),
                );
                let next = if event.ctrl_key() || event.meta_key() {
                    viewport.zoomed((-event.delta_y() * 0.005).exp(), at)
                } else {
                    viewport.panned(-event.delta_x(), -event.delta_y())
                };
                latest.borrow_mut().0 = next;
                move_to.emit(next);
            })
        });
        move || drop(listener)
    });
}

/// Handlers that pan while the reader drags, and zoom while two fingers move apart.
struct Drag {
    is_dragging: bool,
    on_down: Callback<PointerEvent>,
    on_move: Callback<PointerEvent>,
    on_up: Callback<PointerEvent>,
}

/// Where each pressed pointer was last, and whether it has moved far enough to be no click.
type Pointers = Vec<(i32, f64, f64)>;

/// Pixels a pointer moves before it drags.
const SLACK: f64 = 4.0;

#[hook]
fn use_drag(viewport: Viewport, move_to: &Callback<Viewport>) -> Drag {
    let pointers = use_mut_ref(Pointers::new);
    let is_dragging = use_state(|| false);
    let latest = use_mut_ref(|| viewport);
    latest.replace(viewport);
    let on_down = {
        let pointers = Rc::clone(&pointers);
        Callback::from(move |event: PointerEvent| {
            let mut pointers = pointers.borrow_mut();
            pointers.retain(|(id, ..)| *id != event.pointer_id());
            pointers.push((
                event.pointer_id(),
                f64::from(event.client_x()),
                f64::from(event.client_y()),
            ));
        })
    };
    let on_move = {
        let (pointers, is_dragging, move_to) = (Rc::clone(&pointers), is_dragging.clone(), move_to.clone());
        Callback::from(move |event: PointerEvent| {
            let mut pointers = pointers.borrow_mut();
            let to = (f64::from(event.client_x()), f64::from(event.client_y()));
            let Some(at) = pointers.iter().position(|(id, ..)| *id == event.pointer_id()) else {
                return;
            };
            let from = (pointers[at].1, pointers[at].2);
            if !*is_dragging {
                if (to.0 - from.0).hypot(to.1 - from.1) < SLACK {
                    return;
                }
                is_dragging.set(true);
                if let Some(svg) = event
                    .current_target()
                    .and_then(|target| target.dyn_into::<Element>().ok())
                {
                    // A pointer that was let go meanwhile cannot be captured; the drag then ends at the edge.
                    let _ = svg.set_pointer_capture(event.pointer_id());
                }
            }
            let next = dragged(*latest.borrow(), &pointers, at, to, &event);
            pointers[at] = (event.pointer_id(), to.0, to.1);
            latest.replace(next);
            move_to.emit(next);
        })
    };
    let on_up = {
        let (is_dragging, pointers) = (is_dragging.clone(), Rc::clone(&pointers));
        Callback::from(move |event: PointerEvent| {
            let mut pointers = pointers.borrow_mut();
            pointers.retain(|(id, ..)| *id != event.pointer_id());
            if pointers.is_empty() {
                is_dragging.set(false);
            }
        })
    };
    Drag {
        is_dragging: *is_dragging,
        on_down,
        on_move,
        on_up,
    }
}

/// Returns the view after one pointer moved: panned by it alone, zoomed by it and another.
fn dragged(viewport: Viewport, pointers: &Pointers, at: usize, to: (f64, f64), event: &PointerEvent) -> Viewport {
    let (_, x, y) = pointers[at];
    let other = pointers.iter().enumerate().find(|(other, _)| *other != at);
    let Some((_, (_, other_x, other_y))) = other else {
        return viewport.panned(to.0 - x, to.1 - y);
    };
    let before = (x - other_x).hypot(y - other_y).max(1.0);
    let after = (to.0 - other_x).hypot(to.1 - other_y).max(1.0);
    let svg = event
        .current_target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let origin = svg.map_or((0.0, 0.0), |svg| {
        let rect = svg.get_bounding_client_rect();
        (rect.left(), rect.top())
    });
    let center = ((to.0 + other_x) / 2.0 - origin.0, (to.1 + other_y) / 2.0 - origin.1);
    viewport
        .panned((to.0 - x) / 2.0, (to.1 - y) / 2.0)
        .zoomed(after / before, center)
}

fn first_state(diagram: &Diagram) -> usize {
    let is_state = |kind: NodeKind| !matches!(kind, NodeKind::Start | NodeKind::End);
    diagram.nodes.iter().position(|node| is_state(node.kind)).unwrap_or(0)
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

/// Returns the nearest state in a direction: Down and Up follow the flow of the picture, Left and Right go sideways.
fn neighbor(diagram: &Diagram, from: usize, key: &str) -> Option<usize> {
    let middle = |at: usize| {
        let (left, top, right, bottom) = corners(diagram, at);
        (f64::midpoint(left, right), f64::midpoint(top, bottom))
    };
    let (x, y) = middle(from);
    let distance = |at: usize| {
        let (to_x, to_y) = middle(at);
        let (along, across) = match key {
            "ArrowDown" => (to_y - y, to_x - x),
            "ArrowUp" => (y - to_y, to_x - x),
            "ArrowRight" => (to_x - x, to_y - y),
            _ => (x - to_x, to_y - y),
        };
        (along > 1.0).then(|| along + 3.0 * across.abs())
    };
    let is_state = |at: &usize| !diagram.nodes[*at].name.is_empty();
    let others = (0..diagram.nodes.len()).filter(|at| *at != from).filter(is_state);
    others
        .filter_map(|at| distance(at).map(|distance| (at, distance)))
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .map(|(at, _)| at)
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
