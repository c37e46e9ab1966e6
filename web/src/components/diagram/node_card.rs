//! The facts of a state, beside its node while it is pointed at or has the focus.

use asl_protocol::{Diagram, DiagramNode, EdgeKind, NodeStatus, Status};
use yew::prelude::*;

use super::super::common::{status_name, status_word};
use super::viewport::Viewport;

/// Width of the card, in pixels; the style sheet has the same number.
const WIDTH: f64 = 264.0;
/// Room that a card needs, in pixels.
const HEIGHT: f64 = 150.0;
/// Pixels between the node and the card.
const GAP: f64 = 10.0;

/// Returns the card of a node. All of it is in the node's accessible description and in the inspector too.
pub(super) fn node_card(
    diagram: &Diagram,
    at: usize,
    run: Option<&NodeStatus>,
    variables: &[String],
    (viewport, screen): (Viewport, (f64, f64)),
) -> Html {
    let Some(node) = diagram.nodes.get(at).filter(|node| !node.name.is_empty()) else {
        return Html::default();
    };
    let facts = facts(diagram, node, run, variables);
    let fact = |(term, text): &(&'static str, String)| {
        html! { <><dt>{ *term }</dt><dd>{ text.clone() }</dd></> }
    };
    html! {
        <div class="node-card" aria-hidden="true" style={place(node, viewport, screen)}
            data-status={run.map(|run| status_name(run.status))}>
            <p class="node-card-name">{ node.name.clone() }</p>
            <dl>{ for facts.iter().map(fact) }</dl>
        </div>
    }
}

/// Beside the node, or below it, or above it, wherever there is room; else in a corner of the sheet.
fn place(node: &DiagramNode, viewport: Viewport, screen: (f64, f64)) -> String {
    let rect = node.rect;
    let (left, top) = viewport.on_screen(rect.x, rect.y);
    let (right, bottom) = viewport.on_screen(rect.x + rect.width, rect.y + rect.height);
    let level = top.min(screen.1 - HEIGHT - GAP).max(GAP);
    if right + GAP + WIDTH <= screen.0 {
        return format!("left: {:.0}px; top: {level:.0}px", right + GAP);
    }
    if left - GAP - WIDTH >= 0.0 {
        return format!("left: {:.0}px; top: {level:.0}px", left - GAP - WIDTH);
    }
    let left = left.min(screen.0 - WIDTH - GAP).max(GAP);
    if bottom + GAP + HEIGHT <= screen.1 {
        format!("left: {left:.0}px; top: {:.0}px", bottom + GAP)
    } else if top - GAP - HEIGHT >= 0.0 {
        format!("left: {left:.0}px; bottom: {:.0}px", screen.1 - top + GAP)
    } else {
        format!("left: {GAP:.0}px; bottom: {GAP:.0}px")
    }
}

fn facts(
    diagram: &Diagram,
    node: &DiagramNode,
    run: Option<&NodeStatus>,
    variables: &[String],
) -> Vec<(&'static str, String)> {
    let catchers = diagram
        .edges
        .iter()
        .filter(|edge| edge.from == node.id && edge.kind == EdgeKind::Catch)
        .filter_map(|edge| {
            let names: Vec<_> = edge.label.iter().flat_map(|label| &label.lines).collect();
            let names: Vec<_> = names
                .iter()
                .map(|line| line.full_text.trim_start_matches("Catch "))
                .collect();
            Some(format!("{} \u{2192} {}", names.join(", "), edge.key.to.as_deref()?))
        });
    let catchers: Vec<String> = catchers.collect();
    let texts = [
        ("Type", format!("{:?}", node.kind)),
        ("Does", node.summary.clone()),
        ("Language", node.query_language.clone()),
        ("Retry", node.retry_text.clone()),
        ("Catch", catchers.join("\n")),
        ("In this run", run.map(in_this_run).unwrap_or_default()),
        ("Error", run.and_then(|run| run.error.clone()).unwrap_or_default()),
        ("Variables", variables.join("\n")),
    ];
    texts.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

fn in_this_run(run: &NodeStatus) -> String {
    if run.status == Status::NotRun {
        return String::new();
    }
    let mut parts = vec![status_word(run.status).to_owned()];
    if run.visits > 1 {
        parts.push(format!("entered {} times", run.visits));
    }
    if run.attempt > 1 {
        parts.push(format!("attempt {}", run.attempt));
    }
    if run.retries > 0 {
        parts.push(format!("{} retries", run.retries));
    }
    if let Some(counts) = run.iterations {
        parts.push(format!(
            "{} items: {} done, {} failed",
            counts.total, counts.succeeded, counts.failed
        ));
    }
    parts.join(", ")
}
