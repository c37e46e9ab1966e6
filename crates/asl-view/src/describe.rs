//! The diagram in words, for screen readers, the outline and readers without graphics.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use crate::diagram::{Diagram, Edge, EdgeKind, Node, NodeKind};
use crate::run_view::{RunView, StateRun};
use crate::text::counted;
use asl_drawing::Status;

/// One line of the outline, with what is inside below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    /// Id of the node; none for the heading of a branch.
    pub node: Option<u32>,
    /// Name of the state, or `Branch 1`.
    pub title: String,
    /// Type and second line, such as `Task, function:Charge`; empty for a branch.
    pub detail: String,
    /// Where it leads, one line each: `next Ship`, `if total > 100: Review`, `on States.Timeout: Refund`.
    pub ways: Vec<String>,
    /// The states inside, in the order of execution.
    pub items: Vec<OutlineItem>,
}

/// Returns the whole diagram in a sentence or two.
pub fn describe_diagram(diagram: &Diagram) -> String {
    let states: Vec<&Node> = diagram.nodes.iter().filter(|node| !node.kind.is_terminal()).collect();
    if states.is_empty() {
        return "A state machine without states.".to_owned();
    }
    let mut by_kind: BTreeMap<NodeKind, usize> = BTreeMap::new();
    for node in &states {
        *by_kind.entry(node.kind).or_default() += 1;
    }
    let kinds: Vec<String> = by_kind
        .iter()
        .map(|(kind, count)| format!("{count} {}", kind.as_str()))
        .collect();
    let first = diagram
        .edges
        .iter()
        .find(|edge| edge.kind == EdgeKind::Start && edge.key.to.is_some() && is_outer(diagram, edge));
    let start = first
        .and_then(|edge| edge.key.to.as_deref())
        .map_or(String::new(), |name| format!(" Starts at {name}."));
    format!(
        "State machine of {}: {}.{start}",
        counted(states.len(), "state"),
        kinds.join(", ")
    )
}

fn is_outer(diagram: &Diagram, edge: &Edge) -> bool {
    diagram
        .nodes
        .get(edge.from as usize)
        .is_some_and(|node| node.region.is_none())
}

/// Returns a node in words and, where a run is given, how it stands.
///
/// `Charge card, Task, failed after 3 attempts. 1 of 2 outgoing: next Ship. Catches to Refund.`
pub fn describe_node(diagram: &Diagram, node: &Node, run: Option<&RunView>) -> String {
    if node.kind.is_terminal() {
        return node.description.clone();
    }
    let mut parts = vec![format!("{}, {}", node.name, node.kind.as_str())];
    if let Some(run) = run {
        parts.push(describe_status(run.states.get(&node.name)));
    } else if !node.summary.is_empty() {
        parts.push(node.summary.clone());
    }
    let ways: Vec<&Edge> = diagram.edges.iter().filter(|edge| edge.from == node.id).collect();
    let mut text = format!("{}.", parts.join(", "));
    for (at, edge) in ways.iter().enumerate() {
        let _ = write!(text, " {} of {} outgoing: {}.", at + 1, ways.len(), way(edge));
    }
    if node.max_retries > 0 && run.is_none() {
        let _ = write!(text, " Retries up to {} times.", node.max_retries);
    }
    text
}

fn describe_status(run: Option<&StateRun>) -> String {
    let Some(run) = run else {
        return Status::NotRun.as_str().to_owned();
    };
    let mut text = run.status.as_str().to_owned();
    if run.attempt > 1 {
        let _ = write!(text, " after {}", counted(run.attempt as usize, "attempt"));
    }
    if let Some(counts) = run.iterations {
        let _ = write!(
            text,
            ", {} items, {} done, {} failed",
            counts.total, counts.succeeded, counts.failed
        );
    }
    if run.visits > 1 {
        let _ = write!(text, ", entered {} times", run.visits);
    }
    text
}

/// Returns an edge in words: `From Check to Review, if total > 100.`
pub fn describe_edge(edge: &Edge) -> String {
    let name = |end: &Option<Arc<str>>, terminal: &str| end.as_deref().unwrap_or(terminal).to_owned();
    let (from, to) = (name(&edge.key.from, "the start"), name(&edge.key.to, "the end"));
    match conditions(edge) {
        conditions if conditions.is_empty() => format!("From {from} to {to}."),
        conditions => format!("From {from} to {to}, {conditions}."),
    }
}

fn conditions(edge: &Edge) -> String {
    let lines = edge.label.iter().flat_map(|label| &label.lines);
    let texts: Vec<String> = lines
        .map(|line| match edge.kind {
            EdgeKind::Catch => line.full_text.replace("Catch ", "on "),
            _ if line.number.is_none() => "by default".to_owned(),
            _ => format!("if {}", line.full_text),
        })
        .collect();
    texts.join(", or ")
}

/// Returns where an edge leads, as seen from its source.
fn way(edge: &Edge) -> String {
    let to = edge.key.to.as_deref().unwrap_or("the end");
    match edge.kind {
        EdgeKind::End => "ends".to_owned(),
        EdgeKind::Start | EdgeKind::Next => format!("next {to}"),
        _ => format!("{}: {to}", conditions(edge)),
    }
}

/// Returns the diagram as nested lists. States stand in the order in which the run can come to them, and those that nothing
/// leads to last.
pub fn outline(diagram: &Diagram) -> Vec<OutlineItem> {
    let mut by_region: BTreeMap<Option<u32>, Vec<&Node>> = BTreeMap::new();
    for node in diagram.nodes.iter().filter(|node| !node.kind.is_terminal()) {
        by_region.entry(node.region).or_default().push(node);
    }
    let mut ways: Vec<Vec<&Edge>> = vec![Vec::new(); diagram.nodes.len()];
    let mut starts: BTreeMap<Option<u32>, u32> = BTreeMap::new();
    for edge in &diagram.edges {
        ways[edge.from as usize].push(edge);
        if edge.kind == EdgeKind::Start {
            starts.insert(diagram.nodes[edge.from as usize].region, edge.to);
        }
    }
    // Inner regions have greater ids than those around them, so that this way every inside is ready in time.
    let mut insides: BTreeMap<u32, Vec<OutlineItem>> = BTreeMap::new();
    for region in diagram.regions.iter().rev() {
        let items = items(
            diagram,
            by_region.get(&Some(region.id)),
            starts.get(&Some(region.id)),
            &ways,
            &mut insides,
        );
        let inside = insides.entry(region.node).or_default();
        match region.branch {
            Some(branch) => inside.insert(0, branch_item(branch, items)),
            None => *inside = items,
        }
    }
    items(diagram, by_region.get(&None), starts.get(&None), &ways, &mut insides)
}

fn branch_item(branch: u32, items: Vec<OutlineItem>) -> OutlineItem {
    OutlineItem {
        node: None,
        title: format!("Branch {}", branch + 1),
        detail: String::new(),
        ways: Vec::new(),
        items,
    }
}

fn items(
    diagram: &Diagram,
    nodes: Option<&Vec<&Node>>,
    start: Option<&u32>,
    ways: &[Vec<&Edge>],
    insides: &mut BTreeMap<u32, Vec<OutlineItem>>,
) -> Vec<OutlineItem> {
    let in_order = execution_order(diagram, nodes.map_or(&[], Vec::as_slice), start, ways);
    let item = |node: &Node| OutlineItem {
        node: Some(node.id),
        title: node.name.to_string(),
        detail: format!("{}, {}", node.kind.as_str(), node.summary),
        ways: ways[node.id as usize].iter().map(|edge| way(edge)).collect(),
        items: insides.remove(&node.id).unwrap_or_default(),
    };
    in_order.into_iter().map(item).collect()
}

/// Returns the nodes as a depth-first walk from the start meets them, then the others.
fn execution_order<'a>(
    diagram: &'a Diagram,
    nodes: &[&'a Node],
    start: Option<&u32>,
    ways: &[Vec<&Edge>],
) -> Vec<&'a Node> {
    let mut found = Vec::with_capacity(nodes.len());
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    let roots = start.copied().into_iter().chain(nodes.iter().map(|node| node.id));
    for root in roots {
        let mut waiting = vec![root];
        while let Some(id) = waiting.pop() {
            let node = &diagram.nodes[id as usize];
            if node.kind.is_terminal() || !seen.insert(id) {
                continue;
            }
            found.push(node);
            waiting.extend(ways[id as usize].iter().rev().map(|edge| edge.to));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"StartAt": "Check", "States": {
        "Last": {"Type": "Succeed"},
        "Check": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 1, "Next": "Both"}], "Default": "Last"},
        "Both": {"Type": "Parallel", "Next": "Last", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Bad"}], "Branches": [
            {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}},
            {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}]},
        "Bad": {"Type": "Fail", "Error": "Bad"}}}"#;

    fn diagram() -> Diagram {
        let definition = asl_model::parse(TEXT).definition.unwrap();
        Diagram::lay_out(&definition, &crate::LayoutOptions::default())
    }

    fn lines(items: &[OutlineItem], indent: usize, out: &mut Vec<String>) {
        for item in items {
            out.push(format!(
                "{}{}: {}",
                " ".repeat(indent),
                item.title,
                item.ways.join("; ")
            ));
            lines(&item.items, indent + 1, out);
        }
    }

    #[test]
    fn the_outline_follows_execution() {
        let mut found = Vec::new();
        lines(&outline(&diagram()), 0, &mut found);
        assert_eq!(
            found,
            [
                "Check: if n > 1: Both; by default: Last",
                "Both: next Last; on States.ALL: Bad",
                " Branch 1: ",
                "  A: ends",
                " Branch 2: ",
                "  B: ends",
                "Last: ends",
                "Bad: ",
            ]
        );
    }

    #[test]
    fn nodes_edges_and_the_whole_are_described() {
        let diagram = diagram();
        assert_eq!(
            describe_diagram(&diagram),
            "State machine of 6 states: 2 Pass, 1 Choice, 1 Succeed, 1 Fail, 1 Parallel. Starts at Check."
        );
        let both = diagram.node_named("Both").unwrap();
        assert_eq!(
            describe_node(&diagram, both, None),
            "Both, Parallel, 2 branches. 1 of 2 outgoing: next Last. 2 of 2 outgoing: on States.ALL: Bad."
        );
        let rule = diagram.edges.iter().find(|edge| edge.kind == EdgeKind::Choice).unwrap();
        assert_eq!(describe_edge(rule), "From Check to Both, if n > 1.");
    }
}
