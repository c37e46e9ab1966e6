//! Everything in the picture that is in sight. It renders again when the picture, the run or the selection changes, and
//! not while the reader pans or zooms.

use std::collections::BTreeMap;
use std::rc::Rc;

use asl_protocol::{Analysis, Diagram, DiagramEdge, EdgeKey, RunView};
use yew::prelude::*;

use crate::by_ptr::ByPtr;

use super::edge::TransitionEdge;
use super::node::{NodeRun, StateNode};
use super::viewport::Window;

/// Props of [`DiagramScene`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct DiagramSceneProps {
    /// The picture.
    pub analysis: ByPtr<Analysis>,
    /// How the states stand.
    pub view: ByPtr<RunView>,
    /// Name of the selected state.
    pub selected: Option<Rc<str>>,
    /// The part in sight.
    pub window: Window,
    /// Position of the node that Tab reaches.
    pub tab_stop: usize,
    /// Called when a node is picked.
    pub on_pick: Callback<usize>,
    /// Called when a node takes the focus.
    pub on_focus: Callback<usize>,
}

/// Frames first, then lines, then nodes, so that nothing hides a name.
#[component]
pub(super) fn DiagramScene(props: &DiagramSceneProps) -> Html {
    let Some(diagram) = &props.analysis.diagram else {
        return Html::default();
    };
    let runs: BTreeMap<&str, &asl_protocol::NodeStatus> = props
        .view
        .nodes
        .iter()
        .map(|node| (node.state.as_str(), node))
        .collect();
    let taken: BTreeMap<&EdgeKey, u32> = props.view.edges.iter().map(|edge| (&edge.edge, edge.taken)).collect();
    let node = |at: usize| {
        let node = &diagram.nodes[at];
        let is_selected = !node.name.is_empty() && props.selected.as_deref() == Some(node.name.as_str());
        html! {
            <StateNode key={node.key.clone()} analysis={props.analysis.clone()} {at}
                run={runs.get(node.name.as_str()).map(|run| NodeRun::from(*run)).unwrap_or_default()} {is_selected}
                is_tab_stop={at == props.tab_stop} on_pick={props.on_pick.clone()} on_focus={props.on_focus.clone()} />
        }
    };
    let edge = |(at, edge): (usize, &DiagramEdge)| {
        let is_near = is_near(diagram, edge, props.selected.as_deref());
        html! {
            <TransitionEdge key={edge.id} analysis={props.analysis.clone()} {at}
                taken={taken.get(&edge.key).copied().unwrap_or(0)} {is_near} />
        }
    };
    let (containers, leaves): (Vec<_>, Vec<_>) =
        nodes_in_sight(props, diagram).partition(|at| diagram.nodes[*at].is_expanded);
    html! {
        <>
            <g>{ for containers.into_iter().map(node) }</g>
            <g aria-hidden="true">{ regions(diagram) }</g>
            <g aria-hidden="true">
                { for diagram.edges.iter().enumerate().filter(|(_, edge)| edge_in_sight(edge, props.window)).map(edge) }
            </g>
            <g>{ for leaves.into_iter().map(node) }</g>
        </>
    }
}

/// Returns the positions of the nodes to draw. The selected node and the tab stop are drawn wherever they are.
fn nodes_in_sight<'a>(props: &'a DiagramSceneProps, diagram: &'a Diagram) -> impl Iterator<Item = usize> + 'a {
    diagram.nodes.iter().enumerate().filter_map(|(at, node)| {
        let rect = node.rect;
        let is_kept = at == props.tab_stop || props.selected.as_deref() == Some(node.name.as_str());
        let in_sight = props
            .window
            .touches(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height);
        (is_kept || in_sight).then_some(at)
    })
}

fn edge_in_sight(edge: &DiagramEdge, window: Window) -> bool {
    let xs = edge.points.iter().map(|point| point.x);
    let ys = edge.points.iter().map(|point| point.y);
    match (xs.clone().min(), ys.clone().min(), xs.max(), ys.max()) {
        (Some(left), Some(top), Some(right), Some(bottom)) => window.touches(left, top, right, bottom),
        _ => false,
    }
}

fn is_near(diagram: &Diagram, edge: &DiagramEdge, selected: Option<&str>) -> bool {
    let is_selected = |id: u32| {
        let node = usize::try_from(id).ok().and_then(|at| diagram.nodes.get(at));
        node.is_some_and(|node| !node.name.is_empty() && Some(node.name.as_str()) == selected)
    };
    is_selected(edge.from) || is_selected(edge.to)
}

/// The lanes of branches and the bars at which they fork and join.
fn regions(diagram: &Diagram) -> Html {
    let lane = |region: &asl_protocol::DiagramRegion| {
        let rect = region.rect;
        html! {
            <rect key={format!("r{}", region.id)} class="region" x={rect.x.to_string()} y={rect.y.to_string()}
                width={rect.width.to_string()} height={rect.height.to_string()} rx="8" />
        }
    };
    let bar = |(at, bar): (usize, &asl_protocol::DiagramBar)| {
        let rect = bar.rect;
        html! {
            <rect key={format!("b{at}")} class="fork-bar" x={rect.x.to_string()} y={rect.y.to_string()}
                width={rect.width.to_string()} height={rect.height.to_string()} rx="1" />
        }
    };
    html! {
        <>
            { for diagram.regions.iter().filter(|region| region.branch.is_some()).map(lane) }
            { for diagram.bars.iter().enumerate().map(bar) }
        </>
    }
}
