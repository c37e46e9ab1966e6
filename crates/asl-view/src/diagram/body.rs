//! Lays out one `States` object whose inner boxes have a known size.
//!
//! All of it is computed in two directions, *across* the flow and *along* it; only the end turns those into x and y.

use super::align::{Extent, center_lines};
use super::channel::Tracks;
use super::graph::Graph;
use super::order::Layers;
use super::rank::{Ranked, rank};
use super::route::{Plan, Routes, Way, routes};
use super::{Direction, EdgeKind, LabelLine};
use crate::text;
use asl_drawing::{GridUnits, Point, Rect};

pub(super) const LABEL_FONT_SIZE: GridUnits = 11;
pub(super) const LABEL_LINE_HEIGHT: GridUnits = 18;
/// Room between two layers.
const CHANNEL: GridUnits = 34;
/// The same where labels are on one side.
const LABEL_CHANNEL: GridUnits = 22;
/// Room between two tracks.
const TRACK_GAP: GridUnits = 12;
/// Room above the first and below the last track: an arrow and a rounded corner.
const TRACK_MARGIN: GridUnits = 16;
/// Diameter of an end ring that belongs to one state.
const RING: GridUnits = 14;
/// Length of the line to it.
const RING_LINE: GridUnits = 20;
/// Room between a node and the label of a catcher.
const PILL_GAP: GridUnits = 16;
const BADGE_WIDTH: GridUnits = 18;

/// Width and height of a box.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Size {
    pub(super) width: GridUnits,
    pub(super) height: GridUnits,
}

/// Where everything is; the origin is the upper left corner of what is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct BodyLayout {
    pub(super) size: Size,
    /// Boxes of the vertices.
    pub(super) rects: Vec<Rect>,
    /// Rings of those vertices that have one of their own.
    pub(super) rings: Vec<Option<Rect>>,
    /// Corners and label of each edge.
    pub(super) edges: Vec<EdgeLayout>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct EdgeLayout {
    pub(super) points: Vec<Point>,
    pub(super) label: Option<Rect>,
    pub(super) is_back: bool,
}

/// Where the line and the label of a catcher are, relative to the center line and the upper end of its state.
#[derive(Clone, Debug, Default)]
struct CatchExit {
    /// Corners before the line turns along the flow, as (across, along).
    corners: Vec<(GridUnits, GridUnits)>,
    /// Upper left corner of the label, as (across, along).
    label: (GridUnits, GridUnits),
    label_size: Size,
}

/// Lays out the graph; `sizes` has the box of each vertex.
pub(super) fn lay_out(graph: &Graph, sizes: &[Size], direction: Direction) -> BodyLayout {
    let ranked = rank(graph);
    let layers = Layers::new(&ranked);
    let mut exits = vec![CatchExit::default(); graph.edges.len()];
    let (sizes, extents) = extents(graph, sizes, &ranked, &layers, direction, &mut exits);
    let lines = center_lines(&layers, &extents);
    let exit_lines: Vec<GridUnits> = graph
        .edges
        .iter()
        .zip(&exits)
        .map(|(edge, exit)| lines[edge.from] + exit.corners.last().map_or(0, |corner| corner.0))
        .collect();
    let routes = routes(&Plan {
        ranked: &ranked,
        layers: &layers,
        extents: &extents,
        lines: &lines,
        exits: &exit_lines,
        leaves_across: direction == Direction::TopDown,
    });
    let along = Along::new(&layers, &extents, &ranked, graph, &routes);
    Finish {
        graph,
        sizes: &sizes,
        ranked: &ranked,
        layers: &layers,
        lines: &lines,
        exits: &exits,
        along: &along,
        direction,
    }
    .finish(&routes)
}

/// Returns the size of a label.
fn label_size(lines: &[LabelLine]) -> Size {
    let widths = lines.iter().map(|line| {
        let badge = if line.number.is_some() { BADGE_WIDTH } else { 0 };
        text::width(&line.text, LABEL_FONT_SIZE) + badge
    });
    let count = GridUnits::try_from(lines.len()).unwrap_or(1);
    Size {
        width: widths.max().unwrap_or(0) + 16,
        height: count * LABEL_LINE_HEIGHT + 2,
    }
}

/// Returns the boxes of the vertices, some made higher, and the room that each item takes.
fn extents(
    graph: &Graph,
    sizes: &[Size],
    ranked: &Ranked,
    layers: &Layers,
    direction: Direction,
    exits: &mut [CatchExit],
) -> (Vec<Size>, Vec<Extent>) {
    let mut sizes = sizes.to_vec();
    let mut catches: Vec<Vec<usize>> = vec![Vec::new(); graph.vertices];
    for (at, edge) in graph.edges.iter().enumerate() {
        if edge.kind == EdgeKind::Catch {
            catches[edge.from].push(at);
        }
    }
    let mut extents = vec![Extent::default(); layers.layer.len()];
    for vertex in 0..graph.vertices {
        let pills: Vec<Size> = catches[vertex]
            .iter()
            .map(|at| label_size(&graph.edges[*at].lines))
            .collect();
        let size = &mut sizes[vertex];
        let (mut extent, found) = match direction {
            Direction::TopDown => beside(size, &pills),
            Direction::LeftRight => beneath(*size, &pills),
        };
        for (at, exit) in catches[vertex].iter().zip(found) {
            exits[*at] = exit;
        }
        if graph.has_ring[vertex] {
            extent.length += RING_LINE + RING;
        }
        extents[vertex] = extent;
    }
    for (at, edge) in graph.edges.iter().enumerate() {
        if let Some(vertex) = ranked.label[at] {
            extents[vertex] = plain_extent(label_size(&edge.lines), direction);
        }
    }
    (sizes, extents)
}

fn plain_extent(size: Size, direction: Direction) -> Extent {
    let (across, along) = match direction {
        Direction::TopDown => (size.width, size.height),
        Direction::LeftRight => (size.height, size.width),
    };
    Extent {
        before: across / 2,
        after: across - across / 2,
        length: along,
    }
}

/// Puts the labels of catchers beside a box, one below the other, for a flow from top to bottom.
fn beside(size: &mut Size, pills: &[Size]) -> (Extent, Vec<CatchExit>) {
    let total: GridUnits = pills.iter().map(|pill| pill.height + 4).sum::<GridUnits>() - 4;
    size.height = size.height.max(if pills.is_empty() { 0 } else { total + 4 });
    let mut extent = plain_extent(*size, Direction::TopDown);
    let Some(widest) = pills.iter().map(|pill| pill.width).max() else {
        return (extent, Vec::new());
    };
    let side = extent.after;
    let mut along = if size.height > 2 * super::compose::NODE.height {
        40
    } else {
        (size.height - total) / 2
    };
    let mut gutter = side + PILL_GAP + widest + 4 + 8 * GridUnits::try_from(pills.len()).unwrap_or(0);
    extent.after = gutter;
    let exits = pills
        .iter()
        .map(|pill| {
            let middle = along + pill.height / 2;
            let exit = CatchExit {
                corners: vec![(side, middle), (gutter, middle)],
                label: (side + PILL_GAP, along),
                label_size: *pill,
            };
            along += pill.height + 4;
            gutter -= 8;
            exit
        })
        .collect();
    (extent, exits)
}

/// Puts the labels of catchers beneath a box, for a flow from left to right.
fn beneath(size: Size, pills: &[Size]) -> (Extent, Vec<CatchExit>) {
    let mut extent = plain_extent(size, Direction::LeftRight);
    let Some(widest) = pills.iter().map(|pill| pill.width).max() else {
        return (extent, Vec::new());
    };
    let side = extent.after;
    let count = GridUnits::try_from(pills.len()).unwrap_or(0);
    let left = 14 + 10 * count + 4;
    let mut drop = 4 + 10 * count;
    let mut across = side + 8;
    extent.length = extent.length.max(left + widest + 8);
    let exits = pills
        .iter()
        .map(|pill| {
            let middle = across + pill.height / 2;
            let exit = CatchExit {
                corners: vec![(side, drop), (middle, drop)],
                label: (across, left),
                label_size: *pill,
            };
            across += pill.height + 4;
            drop -= 10;
            exit
        })
        .collect();
    extent.after = across + 4;
    (extent, exits)
}

/// Where layers and channels are along the flow.
struct Along {
    layer_start: Vec<GridUnits>,
    channel_start: Vec<GridUnits>,
    channel_margin: Vec<GridUnits>,
    tracks: Vec<Tracks>,
    end: GridUnits,
}

impl Along {
    fn new(layers: &Layers, extents: &[Extent], ranked: &Ranked, graph: &Graph, routes: &Routes) -> Along {
        let mut along = Along {
            layer_start: Vec::new(),
            channel_start: Vec::new(),
            channel_margin: Vec::new(),
            tracks: routes.channels.iter().map(super::channel::Channel::tracks).collect(),
            end: 0,
        };
        let is_label = |item: &usize| *item >= graph.vertices && *item < ranked.layer.len();
        let labels_only = |row: &Vec<usize>| {
            let real = row.iter().filter(|item| !layers.is_dummy(**item));
            row.iter().any(is_label) && real.into_iter().all(is_label)
        };
        let has_labels: Vec<bool> = layers.rows.iter().map(labels_only).collect();
        let mut at = 0;
        for channel in 0..routes.channels.len() {
            let is_outer = channel == 0 || channel == layers.rows.len();
            let touches_labels = has_labels.get(channel) == Some(&true) || channel > 0 && has_labels[channel - 1];
            let least = match (is_outer, touches_labels) {
                (true, _) => 0,
                (_, true) => LABEL_CHANNEL,
                _ => CHANNEL,
            };
            let tracks = along.tracks[channel].count;
            let between = (tracks - 1).max(0) * TRACK_GAP;
            let needed = if tracks == 0 { 0 } else { between + 2 * TRACK_MARGIN };
            let height = least.max(needed);
            along.channel_start.push(at);
            along.channel_margin.push((height - between) / 2);
            at += height;
            if let Some(row) = layers.rows.get(channel) {
                along.layer_start.push(at);
                at += row.iter().map(|item| extents[*item].length).max().unwrap_or(0);
            }
        }
        along.end = at;
        along
    }

    fn track(&self, channel: usize, net: usize) -> GridUnits {
        self.channel_start[channel] + self.channel_margin[channel] + TRACK_GAP * self.tracks[channel].of(net)
    }
}

/// Turns lines, layers and tracks into boxes and points.
struct Finish<'a> {
    graph: &'a Graph,
    sizes: &'a [Size],
    ranked: &'a Ranked,
    layers: &'a Layers,
    lines: &'a [GridUnits],
    exits: &'a [CatchExit],
    along: &'a Along,
    direction: Direction,
}

impl Finish<'_> {
    fn finish(&self, routes: &Routes) -> BodyLayout {
        let mut layout = BodyLayout::default();
        for vertex in 0..self.graph.vertices {
            let rect = self.boxed(vertex, self.sizes[vertex]);
            layout
                .rings
                .push(self.graph.has_ring[vertex].then(|| self.ring(vertex)));
            layout.rects.push(rect);
        }
        for at in 0..self.graph.edges.len() {
            layout.edges.push(self.edge(at, &routes.ways[at]));
        }
        for link in &self.ranked.links {
            layout.edges[link.edge].is_back |= link.form == super::rank::LinkForm::Back;
        }
        layout.move_to_origin();
        layout
    }

    fn start(&self, item: usize) -> GridUnits {
        self.along.layer_start[self.layers.layer[item]]
    }

    fn length(&self, vertex: usize) -> GridUnits {
        plain_extent(self.sizes[vertex], self.direction).length
    }

    fn point(&self, across: GridUnits, along: GridUnits) -> Point {
        match self.direction {
            Direction::TopDown => Point::new(across, along),
            Direction::LeftRight => Point::new(along, across),
        }
    }

    /// Returns the box of that size on the center line of the item.
    fn boxed(&self, item: usize, size: Size) -> Rect {
        let across = self.lines[item] - plain_extent(size, self.direction).before;
        let corner = self.point(across, self.start(item));
        Rect::new(corner.x, corner.y, size.width, size.height)
    }

    fn ring(&self, vertex: usize) -> Rect {
        let along = self.start(vertex) + self.length(vertex) + RING_LINE;
        let corner = self.point(self.lines[vertex] - RING / 2, along);
        Rect::new(corner.x, corner.y, RING, RING)
    }

    fn edge(&self, at: usize, way: &Way) -> EdgeLayout {
        let edge = &self.graph.edges[at];
        let (line, start) = (self.lines[edge.from], self.start(edge.from));
        let exit = &self.exits[at];
        let mut corners: Vec<(GridUnits, GridUnits)> = exit
            .corners
            .iter()
            .map(|(across, along)| (line + across, start + along))
            .collect();
        if corners.is_empty() {
            corners.push((line, start + self.length(edge.from)));
        }
        if let (Some(lane), Some(last)) = (way.lane, corners.last_mut()) {
            last.0 = lane;
        }
        for turn in &way.turns {
            let track = self.along.track(turn.channel, turn.net);
            corners.push((turn.from, track));
            corners.push((turn.to, track));
        }
        let last = corners.last().map_or(line, |corner| corner.0);
        corners.push(if edge.is_to_ring {
            (line, start + self.length(edge.from) + RING_LINE)
        } else {
            (last, self.start(edge.to))
        });
        let points = corners
            .into_iter()
            .map(|(across, along)| self.point(across, along))
            .collect();
        EdgeLayout {
            points: without_idle_corners(points),
            label: self.label(at),
            is_back: false,
        }
    }

    fn label(&self, at: usize) -> Option<Rect> {
        let edge = &self.graph.edges[at];
        if let Some(vertex) = self.ranked.label[at] {
            return Some(self.boxed(vertex, label_size(&edge.lines)));
        }
        let exit = &self.exits[at];
        (edge.kind == EdgeKind::Catch).then(|| {
            let (across, along) = exit.label;
            let corner = self.point(self.lines[edge.from] + across, self.start(edge.from) + along);
            Rect::new(corner.x, corner.y, exit.label_size.width, exit.label_size.height)
        })
    }
}

/// Returns the points without those between which or at which the line does not turn.
fn without_idle_corners(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        if kept.last() == Some(&point) {
            continue;
        }
        if let [.., before, at] = kept[..]
            && (before.x == at.x && at.x == point.x || before.y == at.y && at.y == point.y)
        {
            kept.pop();
        }
        kept.push(point);
    }
    kept
}

impl BodyLayout {
    fn boxes(&self) -> impl Iterator<Item = Rect> {
        let labels = self.edges.iter().filter_map(|edge| edge.label);
        let points = self.edges.iter().flat_map(|edge| &edge.points);
        let rings = self.rings.iter().copied().flatten();
        let rects = self.rects.iter().copied().chain(rings).chain(labels);
        rects.chain(points.map(|point| Rect::new(point.x, point.y, 0, 0)))
    }

    fn move_to_origin(&mut self) {
        let left = self.boxes().map(|rect| rect.x).min().unwrap_or(0);
        let top = self.boxes().map(|rect| rect.y).min().unwrap_or(0);
        let right = self.boxes().map(|rect| rect.right()).max().unwrap_or(0);
        let bottom = self.boxes().map(|rect| rect.bottom()).max().unwrap_or(0);
        self.size = Size {
            width: right - left,
            height: bottom - top,
        };
        let rects = self.rects.iter_mut().chain(self.rings.iter_mut().flatten());
        let labels = self.edges.iter_mut().filter_map(|edge| edge.label.as_mut());
        for rect in rects.chain(labels) {
            *rect = rect.moved(-left, -top);
        }
        for point in self.edges.iter_mut().flat_map(|edge| &mut edge.points) {
            *point = Point::new(point.x - left, point.y - top);
        }
    }
}
