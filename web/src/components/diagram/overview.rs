//! The picture in few strokes: one path per status. It stands for the real one where that would be too much to draw.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use asl_protocol::{Analysis, Diagram, DiagramNode, RunView, Status};
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use crate::by_ptr::ByPtr;

use super::super::common::status_name;
use super::viewport::Viewport;

/// States from which on a map of the whole helps.
const LARGE: usize = 150;
/// Size of the map, in pixels; the style sheet has the same numbers.
const MAP: (f64, f64) = (160.0, 110.0);

/// Props of [`Overview`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct OverviewProps {
    /// The picture.
    pub analysis: ByPtr<Analysis>,
    /// How the states stand.
    pub view: ByPtr<RunView>,
}

/// Boxes and lines without any text.
#[component]
pub(super) fn Overview(props: &OverviewProps) -> Html {
    let Some(diagram) = &props.analysis.diagram else {
        return Html::default();
    };
    let boxes = |(status, path): (&'static str, String)| {
        html! { <path key={status} class="overview-boxes" data-status={status} d={path} /> }
    };
    html! {
        <g class="overview" aria-hidden="true">
            <path class="overview-frames" d={frames(diagram)} />
            <path class="overview-lines" d={lines(diagram)} />
            { for boxes_by_status(diagram, &props.view).into_iter().map(boxes) }
        </g>
    }
}

fn rectangle(path: &mut String, node: &DiagramNode) {
    let rect = node.rect;
    // Writing to a string does not fail.
    let _ = write!(
        path,
        "M{} {}h{}v{}h-{}z",
        rect.x, rect.y, rect.width, rect.height, rect.width
    );
}

fn frames(diagram: &Diagram) -> String {
    let mut path = String::new();
    for node in diagram.nodes.iter().filter(|node| node.is_expanded) {
        rectangle(&mut path, node);
    }
    path
}

fn boxes_by_status(diagram: &Diagram, view: &RunView) -> BTreeMap<&'static str, String> {
    let statuses: BTreeMap<&str, Status> = view
        .nodes
        .iter()
        .map(|node| (node.state.as_str(), node.status))
        .collect();
    let mut paths: BTreeMap<&'static str, String> = BTreeMap::new();
    for node in diagram.nodes.iter().filter(|node| !node.is_expanded) {
        let status = statuses.get(node.name.as_str()).copied().unwrap_or_default();
        rectangle(paths.entry(status_name(status)).or_default(), node);
    }
    paths
}

fn lines(diagram: &Diagram) -> String {
    let mut path = String::new();
    for edge in diagram.edges.iter().filter(|edge| !edge.is_folded) {
        for (at, point) in edge.points.iter().enumerate() {
            let _ = write!(path, "{}{} {}", if at == 0 { 'M' } else { 'L' }, point.x, point.y);
        }
    }
    path
}

/// Returns the innermost state at a point of the diagram.
pub(super) fn state_at(diagram: &Diagram, x: f64, y: f64) -> Option<usize> {
    let holds = |node: &DiagramNode| {
        let rect = node.rect;
        let (left, top) = (f64::from(rect.x), f64::from(rect.y));
        let is_inside = x >= left && y >= top && x <= left + f64::from(rect.width) && y <= top + f64::from(rect.height);
        is_inside && !node.name.is_empty()
    };
    // A container comes before what is inside of it.
    diagram.nodes.iter().rposition(holds)
}

/// Props of [`Minimap`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct MinimapProps {
    /// The picture.
    pub analysis: ByPtr<Analysis>,
    /// How the states stand.
    pub view: ByPtr<RunView>,
    /// What is in sight.
    pub viewport: Viewport,
    /// Size of the sheet on the screen.
    pub screen: (f64, f64),
    /// Called with another view.
    pub on_move: Callback<Viewport>,
}

/// A map of a large picture, with a frame around what is in sight. For the mouse only: the keyboard has shorter ways.
#[component]
pub(super) fn Minimap(props: &MinimapProps) -> Html {
    let Some(diagram) = props
        .analysis
        .diagram
        .as_ref()
        .filter(|diagram| diagram.nodes.len() > LARGE)
    else {
        return Html::default();
    };
    let (viewport, screen) = (props.viewport, props.screen);
    let (width, height) = (f64::from(diagram.width.max(1)), f64::from(diagram.height.max(1)));
    let scale = (MAP.0 / width).min(MAP.1 / height);
    let on_pointer = {
        let on_move = props.on_move.clone();
        Callback::from(move |event: PointerEvent| {
            let map = event.current_target().and_then(|map| map.dyn_into::<Element>().ok());
            let Some(map) = map.filter(|_| event.buttons() == 1) else {
                return;
            };
            event.prevent_default();
            let rect = map.get_bounding_client_rect();
            let x = (f64::from(event.client_x()) - rect.left() - (rect.width() - width * scale) / 2.0) / scale;
            let y = (f64::from(event.client_y()) - rect.top() - (rect.height() - height * scale) / 2.0) / scale;
            on_move.emit(viewport.centered(x, y, screen));
        })
    };
    let (left, top) = (-viewport.x / viewport.scale, -viewport.y / viewport.scale);
    html! {
        <svg class="minimap" aria-hidden="true" viewBox={format!("0 0 {width} {height}")}
            onpointerdown={on_pointer.clone()} onpointermove={on_pointer}>
            <Overview analysis={props.analysis.clone()} view={props.view.clone()} />
            <rect class="minimap-window" x={format!("{left:.0}")} y={format!("{top:.0}")}
                width={format!("{:.0}", screen.0 / viewport.scale)} height={format!("{:.0}", screen.1 / viewport.scale)} />
        </svg>
    }
}
