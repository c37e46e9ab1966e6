//! The graph of one `States` object: what the rest of the layout looks at instead of the definition.
//!
//! Vertex 0 is the start terminal, vertex `i + 1` the state at `i` in the order of the text, and the vertex after those,
//! where there is one, the end terminal that all ends share. Edges whose target does not exist are left out.

use std::collections::BTreeMap;

use asl_model::{Body, Catcher, ChoiceRule, State, StateKind, Transition};

use super::{EdgeKind, LabelLine};
use crate::rule_text::{MAX_LABEL_CHARS, full_rule, short_rule};
use crate::text::shorten;

/// So many ends at most share one end terminal; otherwise each state has a ring of its own.
const MAX_SHARED_ENDS: usize = 3;

/// A target of the catchers of at least so many states is drawn on the error lane, and the edges to it are folded.
const MIN_LANE_SOURCES: usize = 3;

/// One `States` object as vertices and edges.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    /// Number of vertices.
    pub(super) vertices: usize,
    /// Edges in the order of the states they leave; of one state: rules, `Default`, `Next` or `End`, catchers.
    pub(super) edges: Vec<GraphEdge>,
    /// The shared end terminal.
    pub(super) end: Option<usize>,
    /// Vertices that have an end ring of their own.
    pub(super) has_ring: Vec<bool>,
    /// Vertices that belong on the error lane.
    pub(super) is_lane_target: Vec<bool>,
}

/// One edge, as drawn: rules with one target are one edge, and so are catchers.
#[derive(Clone, Debug)]
pub(super) struct GraphEdge {
    pub(super) from: usize,
    /// The target; the same as `from` for an edge to the state's own ring.
    pub(super) to: usize,
    pub(super) kind: EdgeKind,
    pub(super) lines: Vec<LabelLine>,
    pub(super) is_folded: bool,
    pub(super) is_to_ring: bool,
}

impl Graph {
    /// Returns the graph of the states.
    pub(super) fn new(body: &Body) -> Graph {
        let count = body.states.len();
        let ends: Vec<bool> = body.states.values().map(ends_well).collect();
        let shares_end = (1..=MAX_SHARED_ENDS).contains(&ends.iter().filter(|ends| **ends).count());
        let mut graph = Graph {
            vertices: count + 1 + usize::from(shares_end),
            end: shares_end.then_some(count + 1),
            has_ring: vec![false; count + 2],
            is_lane_target: lane_targets(body),
            edges: Vec::new(),
        };
        if let Some(first) = body.states.get_index_of(&*body.start_at) {
            graph.edges.push(GraphEdge::new(0, first + 1, EdgeKind::Start));
        }
        for (index, state) in body.states.values().enumerate() {
            graph.add_state(body, index + 1, state, ends[index]);
        }
        graph
    }

    fn add_state(&mut self, body: &Body, vertex: usize, state: &State, ends: bool) {
        let find = |name: &str| body.states.get_index_of(name).map(|index| index + 1);
        if let StateKind::Choice(choice) = &state.kind {
            let rules = choice.choices.iter().enumerate();
            let targets = rules.map(|(at, rule)| (find(&rule.next), EdgeKind::Choice, rule_line(at, rule)));
            let default = choice
                .default
                .iter()
                .map(|name| (find(name), EdgeKind::Default, default_line()));
            self.add_merged(vertex, targets.chain(default));
        }
        if let Some(next) = state.next().and_then(|name| find(name)) {
            self.edges.push(GraphEdge::new(vertex, next, EdgeKind::Next));
        }
        if ends {
            let to = self.end.unwrap_or(vertex);
            self.has_ring[vertex] = self.end.is_none();
            let mut edge = GraphEdge::new(vertex, to, EdgeKind::End);
            edge.is_to_ring = self.end.is_none();
            self.edges.push(edge);
        }
        let catchers = state.catch.iter();
        let targets = catchers.map(|catcher| (find(&catcher.next), EdgeKind::Catch, catch_line(catcher)));
        let first = self.edges.len();
        self.add_merged(vertex, targets);
        for edge in &mut self.edges[first..] {
            fold_where_many(edge, &self.is_lane_target, body);
        }
    }

    /// Adds one edge per target, in the order of their first mention.
    fn add_merged(&mut self, from: usize, targets: impl Iterator<Item = (Option<usize>, EdgeKind, LabelLine)>) {
        let first = self.edges.len();
        for (to, kind, line) in targets {
            let Some(to) = to else { continue };
            if let Some(edge) = self.edges[first..].iter_mut().find(|edge| edge.to == to) {
                edge.lines.push(line);
            } else {
                let mut edge = GraphEdge::new(from, to, kind);
                edge.lines.push(line);
                self.edges.push(edge);
            }
        }
    }
}

impl GraphEdge {
    fn new(from: usize, to: usize, kind: EdgeKind) -> GraphEdge {
        GraphEdge {
            from,
            to,
            kind,
            lines: Vec::new(),
            is_folded: false,
            is_to_ring: false,
        }
    }
}

/// Returns true for states that end their part of the machine without an error. A Fail state does not lead to an end
/// terminal: it is drawn as an end itself, and a branch that fails never joins.
fn ends_well(state: &State) -> bool {
    matches!(state.kind, StateKind::Succeed(_)) || state.transition == Some(Transition::End)
}

fn lane_targets(body: &Body) -> Vec<bool> {
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    for state in body.states.values() {
        let mut targets: Vec<&str> = state.catch.iter().map(|catcher| &*catcher.next).collect();
        targets.sort_unstable();
        targets.dedup();
        for target in targets {
            *sources.entry(target).or_default() += 1;
        }
    }
    let mut is_lane_target = vec![false; body.states.len() + 2];
    for (index, name) in body.states.keys().enumerate() {
        is_lane_target[index + 1] = sources.get(&**name).is_some_and(|count| *count >= MIN_LANE_SOURCES);
    }
    is_lane_target
}

fn fold_where_many(edge: &mut GraphEdge, is_lane_target: &[bool], body: &Body) {
    if !is_lane_target[edge.to] {
        return;
    }
    let Some((name, _)) = body.states.get_index(edge.to - 1) else {
        return;
    };
    edge.is_folded = true;
    let whole: Vec<&str> = edge.lines.iter().map(|line| &*line.full_text).collect();
    edge.lines = vec![LabelLine {
        number: None,
        text: shorten(&format!("→ {name}"), MAX_LABEL_CHARS),
        full_text: format!("{} → {name}", whole.join("; ")),
    }];
}

fn rule_line(at: usize, rule: &ChoiceRule) -> LabelLine {
    LabelLine {
        number: u32::try_from(at + 1).ok(),
        text: short_rule(&rule.condition),
        full_text: full_rule(&rule.condition),
    }
}

fn default_line() -> LabelLine {
    LabelLine {
        number: None,
        text: "Default".to_owned(),
        full_text: "Default: no rule holds".to_owned(),
    }
}

fn catch_line(catcher: &Catcher) -> LabelLine {
    let names: Vec<&str> = catcher.error_equals.iter().map(|name| &**name).collect();
    let first = names.first().copied().unwrap_or("nothing");
    let more = match names.len() {
        0 | 1 => String::new(),
        count => format!(" +{}", count - 1),
    };
    let room = MAX_LABEL_CHARS - more.len();
    LabelLine {
        number: None,
        text: format!("{}{more}", shorten(&format!("Catch {first}"), room)),
        full_text: format!("Catch {}", names.join(", ")),
    }
}
