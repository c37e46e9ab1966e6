//! Panning and zooming by mouse, touchpad and fingers.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent, WheelEvent};
use yew::prelude::*;

use crate::interop::embedding;

use super::viewport::Viewport;

/// Zooms on Ctrl and wheel or a pinch on a touchpad, pans on a wheel alone.
#[hook]
pub(super) fn use_wheel(place: &NodeRef, viewport: Viewport, move_to: &Callback<Viewport>) {
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
                let zooms = event.ctrl_key() || event.meta_key();
                if !zooms && !embedding::has_wheel() {
                    // The reader scrolls the page around this one.
                    return;
                }
                event.prevent_default();
                let (viewport, move_to) = latest.borrow().clone();
                let rect = element.get_bounding_client_rect();
                let at = (
                    f64::from(event.client_x()) - rect.left(),
                    f64::from(event.client_y()) - rect.top(),
                );
                let next = if zooms {
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
pub(super) struct Drag {
    pub is_dragging: bool,
    pub on_down: Callback<PointerEvent>,
    pub on_move: Callback<PointerEvent>,
    pub on_up: Callback<PointerEvent>,
}

/// Where each pressed pointer was last, and whether it has moved far enough to be no click.
type Pointers = Vec<(i32, f64, f64)>;

/// Pixels a pointer moves before it drags.
const SLACK: f64 = 4.0;

/// Returns the handlers.
#[hook]
pub(super) fn use_drag(viewport: Viewport, move_to: &Callback<Viewport>) -> Drag {
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
