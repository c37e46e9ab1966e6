//! Everything in the picture that is in sight. It renders again when the picture, the run or the selection changes, and
//! not while the reader pans or zooms.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use asl_protocol::{Analysis, Diagram, DiagramEdge, EdgeKey, IterationChoice, NodeStatus, RunView, Status};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::state::About;

use super::edge::TransitionEdge;
use super::node::{NodeDeed, NodeRun, StateNode};
use super::overview::Overview;
use super::trail::Trail;
use super::viewport::Window;

/// Props of [`DiagramScene`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct DiagramSceneProps {
    /// The picture.
    pub analysis: ByPtr<Analysis>,
    /// How the states stand.
    pub view: ByPtr<RunView>,
    /// The iteration of a Map state that is shown.
    pub iteration: Option<IterationChoice>,
    /// Name of the selected state.
    pub selected: Option<Rc<str>>,
    /// What tells of the breakpoints.
    pub about: Rc<About>,
    /// The part in sight.
    pub window: Window,
    /// Position of the node that Tab reaches.
    pub tab_stop: usize,
    /// Called with the position of a node and what the reader did to it.
    pub on_deed: Callback<(usize, NodeDeed)>,
}

/// Nodes in sight from which on only boxes are drawn.
const CROWD: usize = 600;

/// Frames first, then lines, then nodes, so that nothing hides a name.
#[component]
pub(super) fn DiagramScene(props: &DiagramSceneProps) -> Html {
    let known = use_mut_ref(Known::default);
    let trail = use_mut_ref(Trail::default);
    let Some(diagram) = &props.analysis.diagram else {
        return Html::default();
    };
    known.borrow_mut().show(&props.analysis);
    trail.borrow_mut().show(&props.view);
    let runs: BTreeMap<&str, &NodeStatus> = props
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
                has_breakpoint={props.about.breakpoints.contains(&node.name)}
                iteration={iteration_of(props, &node.name)} is_tab_stop={at == props.tab_stop}
                is_new={known.borrow().is_new(&node.key)} on_deed={props.on_deed.clone()} />
        }
    };
    let edge = |(at, edge): (usize, &DiagramEdge)| {
        let is_near = is_near(diagram, edge, props.selected.as_deref());
        html! {
            <TransitionEdge key={edge_name(edge)} analysis={props.analysis.clone()} {at}
                taken={taken.get(&edge.key).copied().unwrap_or(0)} {is_near}
                passed_at={trail.borrow().passed_at(&edge.key)} />
        }
    };
    let mut in_sight: Vec<usize> = nodes_in_sight(props, diagram, &runs).collect();
    let is_crowd = in_sight.len() > CROWD;
    if is_crowd {
        in_sight.retain(|at| is_kept(props, diagram, *at));
    }
    let (containers, leaves): (Vec<_>, Vec<_>) = in_sight.into_iter().partition(|at| diagram.nodes[*at].is_expanded);
    if is_crowd {
        return html! {
            <>
                <Overview analysis={props.analysis.clone()} view={props.view.clone()} />
                <g>{ for containers.into_iter().chain(leaves).map(node) }</g>
            </>
        };
    }
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

/// Which nodes there were before the newest edit, so that those it brought can fade in.
#[derive(Default)]
struct Known {
    shown: Option<ByPtr<Analysis>>,
    /// Keys before; none for the first picture, which does not fade in.
    before: Option<BTreeSet<String>>,
}

impl Known {
    fn show(&mut self, analysis: &ByPtr<Analysis>) {
        if self.shown.as_ref() == Some(analysis) {
            return;
        }
        let keys = |shown: &ByPtr<Analysis>| {
            let nodes = shown.diagram.iter().flat_map(|diagram| &diagram.nodes);
            nodes.map(|node| node.key.clone()).collect()
        };
        self.before = self.shown.as_ref().map(keys);
        self.shown = Some(analysis.clone());
    }

    fn is_new(&self, key: &str) -> bool {
        self.before.as_ref().is_some_and(|before| !before.contains(key))
    }
}

/// Returns what names an edge through edits.
fn edge_name(edge: &DiagramEdge) -> String {
    let EdgeKey { from, to, is_catch } = &edge.key;
    format!("{from:?} {to:?} {is_catch} {:?}", edge.kind)
}

fn iteration_of(props: &DiagramSceneProps, state: &str) -> Option<u32> {
    let choice = props.iteration.as_ref().filter(|choice| choice.map == state);
    choice.map(|choice| choice.iteration)
}

fn is_kept(props: &DiagramSceneProps, diagram: &Diagram, at: usize) -> bool {
    at == props.tab_stop || props.selected.as_deref() == Some(diagram.nodes[at].name.as_str())
}

fn is_at_work(status: Status) -> bool {
    matches!(status, Status::Running | Status::Waiting | Status::Retrying)
}

/// Returns the positions of the nodes to draw. Those that are selected, at work or the tab stop are drawn wherever they are.
fn nodes_in_sight<'a>(
    props: &'a DiagramSceneProps,
    diagram: &'a Diagram,
    runs: &'a BTreeMap<&str, &NodeStatus>,
) -> impl Iterator<Item = usize> + 'a {
    diagram.nodes.iter().enumerate().filter_map(|(at, node)| {
        let rect = node.rect;
        let is_kept =
            is_kept(props, diagram, at) || runs.get(node.name.as_str()).is_some_and(|run| is_at_work(run.status));
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
