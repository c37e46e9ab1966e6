//! Puts vertices on layers: each below all it follows, as high as that allows.
//!
//! Edges that lead back to a state on the way are taken out, and so are catchers, so that an error path never moves the
//! layers of the main path. A state that nothing but a catcher leads to is put one layer below the first catcher; the
//! target of many catchers starts beside the first of them.

use super::EdgeKind;
use super::graph::Graph;

/// Vertices on layers. After the vertices of the graph come those of labels on Choice edges, so that each label gets a
/// place that nothing else takes.
#[derive(Debug, Default)]
pub(super) struct Ranked {
    /// Layer of each vertex, from 0.
    pub(super) layer: Vec<usize>,
    /// Group of each vertex; groups stand side by side, lowest first.
    pub(super) group: Vec<Group>,
    /// When each vertex was first met, following the definition.
    pub(super) met: Vec<usize>,
    /// For each edge of the graph the vertex of its label.
    pub(super) label: Vec<Option<usize>>,
    /// Edges as the layers see them, in the order of the graph's edges; to a label and from it are two.
    pub(super) links: Vec<Link>,
}

/// Which part of the picture a vertex belongs to, left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// Reachable without an error.
    Main,
    /// Reachable through a catcher.
    Handler,
    /// Targets of many catchers and what follows them.
    ErrorLane,
    /// Nothing leads here.
    #[default]
    Unreachable,
}

/// An edge, or the half of one before or after its label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// Position of the edge in the graph.
    pub(super) edge: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) form: LinkForm,
}

/// How a link bears on the layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkForm {
    /// Leads to a lower layer.
    Forward,
    /// Leads back up.
    Back,
    /// A catcher.
    Catch,
}

/// Ranks the vertices of the graph and of its labels.
pub(super) fn rank(graph: &Graph) -> Ranked {
    let mut ranked = with_labels(graph);
    let mut search = Search::new(graph, &ranked);
    search.run(graph);
    let Search {
        group,
        met,
        finished,
        is_back,
        is_tree_catch,
        ..
    } = search;
    for (link, back) in ranked.links.iter_mut().zip(&is_back) {
        if *back && link.form == LinkForm::Forward {
            link.form = LinkForm::Back;
        }
    }
    ranked.group = group;
    ranked.met = met;
    // Lanes for loops are at the left, so their labels go left of their siblings.
    for link in ranked
        .links
        .iter()
        .filter(|link| link.form == LinkForm::Back && ranked.label[link.edge] == Some(link.from))
    {
        ranked.met[link.from] = ranked.met[graph.edges[link.edge].from];
    }
    let outgoing = outgoing(&ranked.links, ranked.layer.len());
    // Nothing stands beside the start terminal.
    let mut base = vec![1; ranked.layer.len()];
    base[0] = 0;
    longest_paths(&mut ranked, &finished, &outgoing, &is_tree_catch, &base);
    if lower_lane_roots(graph, &ranked, &finished, &outgoing, &mut base) {
        longest_paths(&mut ranked, &finished, &outgoing, &is_tree_catch, &base);
    }
    if let Some(end) = graph.end {
        let others = ranked.layer.iter().enumerate().filter(|(vertex, _)| *vertex != end);
        ranked.layer[end] = others.map(|(_, layer)| *layer + 1).max().unwrap_or(0);
    }
    ranked
}

fn with_labels(graph: &Graph) -> Ranked {
    let mut ranked = Ranked::default();
    let mut count = graph.vertices;
    for (index, edge) in graph.edges.iter().enumerate() {
        let link = |from, to, form| Link {
            edge: index,
            from,
            to,
            form,
        };
        let label = matches!(edge.kind, EdgeKind::Choice | EdgeKind::Default).then(|| {
            count += 1;
            count - 1
        });
        ranked.label.push(label);
        match label {
            Some(label) => {
                ranked.links.push(link(edge.from, label, LinkForm::Forward));
                ranked.links.push(link(label, edge.to, LinkForm::Forward));
            }
            None if edge.kind == EdgeKind::Catch => ranked.links.push(link(edge.from, edge.to, LinkForm::Catch)),
            None if edge.is_to_ring => {}
            None => ranked.links.push(link(edge.from, edge.to, LinkForm::Forward)),
        }
    }
    ranked.layer = vec![0; count];
    ranked
}

/// Returns for each vertex the positions of the links that leave it, catchers last.
fn outgoing(links: &[Link], vertices: usize) -> Vec<Vec<usize>> {
    let mut outgoing = vec![Vec::new(); vertices];
    let (catches, others): (Vec<usize>, Vec<usize>) =
        (0..links.len()).partition(|at| links[*at].form == LinkForm::Catch);
    for at in others.into_iter().chain(catches) {
        outgoing[links[at].from].push(at);
    }
    outgoing
}

/// A depth-first search in the order of the definition.
struct Search<'a> {
    links: &'a [Link],
    outgoing: Vec<Vec<usize>>,
    is_main: Vec<bool>,
    group: Vec<Group>,
    met: Vec<usize>,
    /// Vertices in the order in which they were left.
    finished: Vec<usize>,
    is_back: Vec<bool>,
    is_tree_catch: Vec<bool>,
    visited: Vec<bool>,
    is_open: Vec<bool>,
    count: usize,
}

impl<'a> Search<'a> {
    fn new(graph: &Graph, ranked: &'a Ranked) -> Search<'a> {
        let (vertices, links) = (ranked.layer.len(), ranked.links.len());
        let outgoing = outgoing(&ranked.links, vertices);
        Search {
            links: &ranked.links,
            is_main: reachable_without_errors(graph, &ranked.links, &outgoing),
            outgoing,
            group: vec![Group::Unreachable; vertices],
            met: vec![0; vertices],
            finished: Vec::with_capacity(vertices),
            is_back: vec![false; links],
            is_tree_catch: vec![false; links],
            visited: vec![false; vertices],
            is_open: vec![false; vertices],
            count: 0,
        }
    }

    fn run(&mut self, graph: &Graph) {
        self.visit(0, Group::Main, graph);
        for target in (0..graph.vertices).filter(|vertex| graph.is_lane_target[*vertex]) {
            self.visit(target, Group::ErrorLane, graph);
        }
        for vertex in 0..graph.vertices {
            self.visit(vertex, Group::Unreachable, graph);
        }
    }

    fn visit(&mut self, root: usize, group: Group, graph: &Graph) {
        if self.visited[root] {
            return;
        }
        self.open(root, group);
        let mut stack = vec![(root, 0)];
        while let Some((vertex, next)) = stack.last_mut() {
            let vertex = *vertex;
            let Some(&at) = self.outgoing[vertex].get(*next) else {
                self.is_open[vertex] = false;
                self.finished.push(vertex);
                stack.pop();
                continue;
            };
            *next += 1;
            let Link { to, form, .. } = self.links[at];
            let is_catch = form == LinkForm::Catch;
            if is_catch && (self.is_main[to] || graph.is_lane_target[to]) {
                continue;
            }
            if self.visited[to] {
                self.is_back[at] = self.is_open[to];
                continue;
            }
            self.is_tree_catch[at] = is_catch;
            let group = match self.group[vertex] {
                _ if self.is_main[to] => Group::Main,
                Group::Main if is_catch => Group::Handler,
                same => same,
            };
            self.open(to, group);
            stack.push((to, 0));
        }
    }

    fn open(&mut self, vertex: usize, group: Group) {
        self.visited[vertex] = true;
        self.is_open[vertex] = true;
        self.group[vertex] = group;
        self.met[vertex] = self.count;
        self.count += 1;
    }
}

fn reachable_without_errors(graph: &Graph, links: &[Link], outgoing: &[Vec<usize>]) -> Vec<bool> {
    let mut is_main = vec![false; outgoing.len()];
    let mut waiting = if graph.vertices > 0 { vec![0] } else { Vec::new() };
    while let Some(vertex) = waiting.pop() {
        if std::mem::replace(&mut is_main[vertex], true) {
            continue;
        }
        let links = outgoing[vertex].iter().map(|at| &links[*at]);
        waiting.extend(links.filter(|link| link.form == LinkForm::Forward).map(|link| link.to));
    }
    is_main
}

fn longest_paths(
    ranked: &mut Ranked,
    finished: &[usize],
    outgoing: &[Vec<usize>],
    is_tree_catch: &[bool],
    base: &[usize],
) {
    ranked.layer.copy_from_slice(base);
    for &vertex in finished.iter().rev() {
        let below = ranked.layer[vertex] + 1;
        for &at in &outgoing[vertex] {
            let link = &ranked.links[at];
            if link.form == LinkForm::Forward || is_tree_catch[at] {
                ranked.layer[link.to] = ranked.layer[link.to].max(below);
            }
        }
    }
}

/// Starts targets of many catchers beside the first of those, unless that would move the main path. Returns whether
/// anything changed.
fn lower_lane_roots(
    graph: &Graph,
    ranked: &Ranked,
    finished: &[usize],
    outgoing: &[Vec<usize>],
    base: &mut [usize],
) -> bool {
    let mut leads_to_main = vec![false; ranked.layer.len()];
    for &vertex in finished {
        let links = outgoing[vertex].iter().map(|at| &ranked.links[*at]);
        let mut targets = links.filter(|link| link.form == LinkForm::Forward).map(|link| link.to);
        leads_to_main[vertex] =
            targets.any(|to| leads_to_main[to]) || ranked.group[vertex] == Group::Main && Some(vertex) != graph.end;
    }
    let mut is_lowered = vec![false; base.len()];
    let mut changed = false;
    for link in ranked.links.iter().filter(|link| link.form == LinkForm::Catch) {
        let is_root = graph.is_lane_target[link.to] && ranked.group[link.to] == Group::ErrorLane;
        if is_root && !leads_to_main[link.to] {
            let beside = ranked.layer[link.from];
            let first = std::mem::replace(&mut is_lowered[link.to], true);
            let lowest = if first { base[link.to].min(beside) } else { beside };
            changed |= lowest != base[link.to];
            base[link.to] = lowest;
        }
    }
    changed
}
