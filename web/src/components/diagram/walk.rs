//! Where the arrow keys lead: along the edges, and among the states that follow the same one.

use asl_protocol::{Diagram, DiagramEdge, Direction, EdgeKind, NodeKind};

/// A step of the focus, as seen by the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// To the state that follows, or into a container.
    Forward,
    /// To the state before, or out of a container.
    Back,
    /// To the sibling before.
    Before,
    /// To the sibling after.
    After,
}

impl Step {
    /// Returns the step of an arrow key: the flow goes down, or to the right.
    pub(super) fn from_key(key: &str, direction: Direction) -> Option<Step> {
        Some(match (key, direction) {
            ("ArrowDown", Direction::TopDown) | ("ArrowRight", Direction::LeftRight) => Step::Forward,
            ("ArrowUp", Direction::TopDown) | ("ArrowLeft", Direction::LeftRight) => Step::Back,
            ("ArrowLeft", Direction::TopDown) | ("ArrowUp", Direction::LeftRight) => Step::Before,
            ("ArrowRight", Direction::TopDown) | ("ArrowDown", Direction::LeftRight) => Step::After,
            _ => return None,
        })
    }
}

/// Returns where a step leads.
pub(super) fn walk(diagram: &Diagram, from: usize, step: Step) -> Option<usize> {
    match step {
        Step::Forward => entrance(diagram, from).or_else(|| following(diagram, from)),
        Step::Back => preceding(diagram, from),
        Step::Before => sibling(diagram, from, false),
        Step::After => sibling(diagram, from, true),
    }
}

/// Returns the node of the first state, which Tab reaches at first.
pub(super) fn first_state(diagram: &Diagram) -> usize {
    let outer = |edge: &&DiagramEdge| edge.kind == EdgeKind::Start && region_of(diagram, position(edge.from)).is_none();
    let start = diagram.edges.iter().find(outer).map(|edge| position(edge.to));
    let is_state = |kind: NodeKind| !matches!(kind, NodeKind::Start | NodeKind::End);
    start
        .or_else(|| diagram.nodes.iter().position(|node| is_state(node.kind)))
        .unwrap_or(0)
}

fn position(id: u32) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}

fn is_state(diagram: &Diagram, at: usize) -> bool {
    diagram.nodes.get(at).is_some_and(|node| !node.name.is_empty())
}

fn region_of(diagram: &Diagram, at: usize) -> Option<u32> {
    diagram.nodes.get(at)?.region
}

/// Returns the container around a node.
fn container_of(diagram: &Diagram, at: usize) -> Option<usize> {
    let region = diagram.regions.get(position(region_of(diagram, at)?))?;
    Some(position(region.node))
}

/// Returns the first states of a container's inside, one per branch.
fn entrances(diagram: &Diagram, container: usize) -> Vec<usize> {
    let regions = diagram
        .regions
        .iter()
        .filter(|region| position(region.node) == container);
    let start_in = |region: u32| {
        let starts = diagram.edges.iter().filter(|edge| edge.kind == EdgeKind::Start);
        let mut targets = starts.filter(move |edge| region_of(diagram, position(edge.from)) == Some(region));
        targets.next().map(|edge| position(edge.to))
    };
    regions.filter_map(|region| start_in(region.id)).collect()
}

fn entrance(diagram: &Diagram, at: usize) -> Option<usize> {
    entrances(diagram, at).first().copied()
}

/// Returns the state that follows; the last one inside a container is followed by what follows that.
fn following(diagram: &Diagram, from: usize) -> Option<usize> {
    let mut at = from;
    // Every turn leaves a container, so that this ends.
    loop {
        let leaving = diagram.edges.iter().filter(|edge| position(edge.from) == at);
        let ahead = leaving.filter(|edge| is_state(diagram, position(edge.to)));
        let best = ahead.min_by_key(|edge| (edge.is_back, edge.kind == EdgeKind::Catch));
        if let Some(edge) = best {
            return Some(position(edge.to));
        }
        at = container_of(diagram, at)?;
    }
}

fn preceding(diagram: &Diagram, from: usize) -> Option<usize> {
    let entering = diagram.edges.iter().filter(|edge| position(edge.to) == from);
    let before = entering.filter(|edge| is_state(diagram, position(edge.from)));
    let best = before.min_by_key(|edge| (edge.is_back, edge.kind == EdgeKind::Catch));
    best.map(|edge| position(edge.from))
        .or_else(|| container_of(diagram, from))
}

/// Returns the next of the states that follow the same state, or of those that begin branches.
fn sibling(diagram: &Diagram, from: usize, is_after: bool) -> Option<usize> {
    let siblings = match preceding(diagram, from) {
        Some(before) if container_of(diagram, from) == Some(before) => entrances(diagram, before),
        Some(before) => {
            let leaving = diagram.edges.iter().filter(|edge| position(edge.from) == before);
            leaving.map(|edge| position(edge.to)).collect()
        }
        None => Vec::new(),
    };
    let mut siblings: Vec<usize> = siblings.into_iter().filter(|at| is_state(diagram, *at)).collect();
    siblings.sort_by_key(|at| {
        let rect = diagram.nodes[*at].rect;
        (rect.x, rect.y)
    });
    siblings.dedup();
    let at = siblings.iter().position(|sibling| *sibling == from)?;
    let next = if is_after { at.checked_add(1) } else { at.checked_sub(1) };
    siblings.get(next?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl_protocol::{DiagramNode, DiagramRegion, EdgeKey, Rect};

    /// Start → Check → (Pay or Wait); Pay → Both, with branches of one state each.
    fn diagram() -> Diagram {
        let node = |id: u32, name: &str, region, x| DiagramNode {
            id,
            kind: if name.is_empty() {
                NodeKind::Start
            } else {
                NodeKind::Pass
            },
            name: name.to_owned(),
            key: id.to_string(),
            rect: Rect { x, ..Rect::default() },
            region,
            depth: 0,
            is_expanded: name == "Both",
            icon: String::new(),
            summary: String::new(),
            max_retries: 0,
            retry_text: String::new(),
            query_language: String::new(),
            description: String::new(),
        };
        let edge = |from, to, kind| DiagramEdge {
            id: 0,
            key: EdgeKey::default(),
            from,
            to,
            kind,
            points: Vec::new(),
            label: None,
            is_folded: false,
            is_back: false,
        };
        let region = |id, branch| DiagramRegion {
            id,
            node: 4,
            branch: Some(branch),
            rect: Rect::default(),
        };
        Diagram {
            nodes: vec![
                node(0, "", None, 0),
                node(1, "Check", None, 0),
                node(2, "Pay", None, 10),
                node(3, "Wait", None, 0),
                node(4, "Both", None, 0),
                node(5, "", Some(0), 0),
                node(6, "Left", Some(0), 0),
                node(7, "", Some(1), 10),
                node(8, "Right", Some(1), 10),
                node(9, "Last", None, 0),
            ],
            edges: vec![
                edge(5, 6, EdgeKind::Start),
                edge(0, 1, EdgeKind::Start),
                edge(1, 2, EdgeKind::Choice),
                edge(1, 3, EdgeKind::Default),
                edge(2, 4, EdgeKind::Next),
                edge(7, 8, EdgeKind::Start),
                edge(4, 9, EdgeKind::Next),
            ],
            regions: vec![region(0, 0), region(1, 1)],
            ..Diagram::default()
        }
    }

    fn check(from: usize, step: Step, expected: Option<usize>) {
        assert_eq!(walk(&diagram(), from, step), expected, "{from} {step:?}");
    }

    #[test]
    fn steps_follow_edges_into_and_out_of_containers() {
        assert_eq!(first_state(&diagram()), 1);
        check(1, Step::Forward, Some(2));
        check(2, Step::Forward, Some(4));
        check(4, Step::Forward, Some(6));
        check(6, Step::Forward, Some(9));
        check(9, Step::Forward, None);
        check(9, Step::Back, Some(4));
        check(8, Step::Back, Some(4));
        check(4, Step::Back, Some(2));
        check(1, Step::Back, None);
    }

    #[test]
    fn siblings_stand_side_by_side() {
        check(3, Step::After, Some(2));
        check(2, Step::Before, Some(3));
        check(2, Step::After, None);
        check(6, Step::After, Some(8));
        check(8, Step::Before, Some(6));
    }

    #[test]
    fn arrows_follow_the_direction_of_the_flow() {
        assert_eq!(Step::from_key("ArrowDown", Direction::TopDown), Some(Step::Forward));
        assert_eq!(Step::from_key("ArrowDown", Direction::LeftRight), Some(Step::After));
        assert_eq!(Step::from_key("Tab", Direction::TopDown), None);
    }
}
