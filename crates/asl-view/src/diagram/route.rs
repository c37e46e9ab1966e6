//! Finds the corners of the edges.
//!
//! Edges that go down pass between the layers through channels and across layers at the places of their dummies. Edges
//! that lead back up run on lanes at the left, catchers that lead further than the next layer on lanes at the right;
//! edges to one target share a lane.

use std::collections::BTreeMap;

use super::align::Extent;
use super::channel::{Channel, Pin};
use super::order::Layers;
use super::rank::{Link, LinkForm, Ranked};
use asl_drawing::GridUnits;

/// Room between a node and the nearest lane.
const FIRST_LANE_GAP: GridUnits = 18;
/// Room between two lanes.
const LANE_GAP: GridUnits = 12;
/// How far from the middle of a side an edge arrives where several kinds of edges do.
const ENTRY_OFFSET: GridUnits = 24;

/// The way of one edge: the line it starts on and its turns, each in a channel.
#[derive(Clone, Debug, Default)]
pub(super) struct Way {
    /// The lane that the line joins at once, without turning beside its source.
    pub(super) lane: Option<GridUnits>,
    pub(super) turns: Vec<Turn>,
}

/// A move from one line to another in a channel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    pub(super) channel: usize,
    pub(super) net: usize,
    pub(super) from: GridUnits,
    pub(super) to: GridUnits,
}

/// What routing looks at.
pub(super) struct Plan<'a> {
    pub(super) ranked: &'a Ranked,
    pub(super) layers: &'a Layers,
    pub(super) extents: &'a [Extent],
    pub(super) lines: &'a [GridUnits],
    /// For each edge of the graph the line on which it leaves its source.
    pub(super) exits: &'a [GridUnits],
    /// Whether catchers leave across the flow, so that they can go straight to a lane.
    pub(super) leaves_across: bool,
}

/// The ways of all edges, and the channels they use: channel `i` is above layer `i`.
pub(super) struct Routes {
    pub(super) ways: Vec<Way>,
    pub(super) channels: Vec<Channel>,
}

/// Kinds of lines that are told apart where they arrive at one target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Down,
    Back,
    Catch,
    Far,
    Fork,
}

/// Which layers a lane passes, and on which line.
#[derive(Clone, Copy, Debug)]
struct Lane {
    first: usize,
    last: usize,
    line: GridUnits,
}

/// Returns the ways of all edges.
pub(super) fn routes(plan: &Plan) -> Routes {
    let mut router = Router {
        plan,
        lanes: BTreeMap::new(),
        arrivals: vec![[false; 3]; plan.ranked.layer.len()],
        routes: Routes {
            ways: vec![Way::default(); plan.exits.len()],
            channels: (0..=plan.layers.rows.len()).map(|_| Channel::default()).collect(),
        },
    };
    router.collect_lanes();
    router.place_lanes();
    for (at, link) in plan.ranked.links.iter().enumerate() {
        router.route(at, *link);
    }
    router.routes
}

struct Router<'a> {
    plan: &'a Plan<'a>,
    lanes: BTreeMap<(Kind, usize), Lane>,
    /// For each vertex whether lines arrive from above, from the left lane and from catchers.
    arrivals: Vec<[bool; 3]>,
    routes: Routes,
}

impl Router<'_> {
    fn kind(&self, at: usize, link: Link) -> Kind {
        match link.form {
            LinkForm::Back => Kind::Back,
            LinkForm::Catch => Kind::Catch,
            LinkForm::Forward if self.plan.layers.chains[at].is_none() => Kind::Far,
            LinkForm::Forward => Kind::Down,
        }
    }

    /// Returns the layers that a lane for this link passes, or none where the target is just below.
    fn passed_layers(&self, kind: Kind, link: Link) -> Option<(usize, usize)> {
        let (from, to) = (self.plan.layers.layer[link.from], self.plan.layers.layer[link.to]);
        match kind {
            Kind::Down | Kind::Fork => None,
            _ if to == from + 1 => None,
            _ if to > from => Some((if self.joins_lane(kind, link) { from } else { from + 1 }, to - 1)),
            _ => Some((to, from)),
        }
    }

    /// Returns true for a catcher with nothing between its source and the lanes.
    fn joins_lane(&self, kind: Kind, link: Link) -> bool {
        kind == Kind::Catch && self.plan.leaves_across && self.plan.layers.is_last(link.from)
    }

    fn collect_lanes(&mut self) {
        for (at, link) in self.plan.ranked.links.iter().enumerate() {
            let kind = self.kind(at, *link);
            let arrival = match kind {
                Kind::Back => 1,
                Kind::Catch => 2,
                _ => 0,
            };
            self.arrivals[link.to][arrival] = true;
            if let Some((first, last)) = self.passed_layers(kind, *link) {
                let lane = self
                    .lanes
                    .entry((kind, link.to))
                    .or_insert(Lane { first, last, line: 0 });
                lane.first = lane.first.min(first);
                lane.last = lane.last.max(last);
            }
        }
    }

    /// Gives each lane a line beside everything in the layers it passes, short lanes inside long ones.
    fn place_lanes(&mut self) {
        let reach = |row: &Vec<usize>, sign: GridUnits| {
            let ends = row.iter().map(|item| {
                let extent = &self.plan.extents[*item];
                sign * self.plan.lines[*item] + if sign < 0 { extent.before } else { extent.after }
            });
            ends.max().unwrap_or(0) + FIRST_LANE_GAP - LANE_GAP
        };
        let rows = &self.plan.layers.rows;
        let mut left: Vec<GridUnits> = rows.iter().map(|row| reach(row, -1)).collect();
        let mut right: Vec<GridUnits> = rows.iter().map(|row| reach(row, 1)).collect();
        let mut order: Vec<(usize, (Kind, usize))> = self
            .lanes
            .iter()
            .map(|(key, lane)| (lane.last - lane.first, *key))
            .collect();
        order.sort_unstable();
        for (_, key) in order {
            let Some(lane) = self.lanes.get_mut(&key) else { continue };
            let (taken, sign) = if key.0 == Kind::Back {
                (&mut left, -1)
            } else {
                (&mut right, 1)
            };
            let passed = &mut taken[lane.first..=lane.last];
            let line = passed.iter().max().copied().unwrap_or(0) + LANE_GAP;
            passed.fill(line);
            lane.line = sign * line;
        }
    }

    fn route(&mut self, at: usize, link: Link) {
        let kind = self.kind(at, link);
        let layer = &self.plan.layers.layer;
        let (below_source, above_target) = (layer[link.from] + 1, layer[link.to]);
        let is_first_half = self.plan.ranked.label[link.edge] == Some(link.to);
        let start = if is_first_half || self.plan.ranked.label[link.edge].is_none() {
            self.plan.exits[link.edge]
        } else {
            self.plan.lines[link.from]
        };
        let entry = self.entry(kind, link.to);
        let vertices = self.plan.ranked.layer.len();
        if is_first_half {
            let net = Kind::Fork as usize * vertices + link.from;
            self.turn(link.edge, below_source, net, (start, true), (entry, false));
            return;
        }
        let net = kind as usize * vertices + link.to;
        if kind == Kind::Down {
            self.follow_dummies(at, link, net, start, entry);
        } else if let Some(lane) = self.lanes.get(&(kind, link.to)).copied()
            && self.passed_layers(kind, link).is_some()
        {
            let leads_down = above_target > below_source;
            if self.joins_lane(kind, link) {
                self.routes.ways[link.edge].lane = Some(lane.line);
            } else {
                self.turn(link.edge, below_source, net, (start, true), (lane.line, !leads_down));
            }
            self.turn(link.edge, above_target, net, (lane.line, leads_down), (entry, false));
        } else {
            self.turn(link.edge, below_source, net, (start, true), (entry, false));
        }
    }

    fn follow_dummies(&mut self, at: usize, link: Link, net: usize, start: GridUnits, entry: GridUnits) {
        let plan = self.plan;
        let mut line = start;
        for &dummy in plan.layers.chains[at].iter().flatten() {
            let next = plan.lines[dummy];
            self.turn(link.edge, plan.layers.layer[dummy], net, (line, true), (next, false));
            line = next;
        }
        self.turn(link.edge, plan.layers.layer[link.to], net, (line, true), (entry, false));
    }

    /// Adds a turn; each end is a line and whether it goes on upward.
    fn turn(&mut self, edge: usize, channel: usize, net: usize, from: (GridUnits, bool), to: (GridUnits, bool)) {
        let pin = |(line, is_upper)| Pin { line, is_upper };
        self.routes.channels[channel].connect(net, [pin(from), pin(to)]);
        self.routes.ways[edge].turns.push(Turn {
            channel,
            net,
            from: from.0,
            to: to.0,
        });
    }

    /// Returns the line on which edges of that kind arrive: the middle, or beside it where another kind has that.
    fn entry(&self, kind: Kind, target: usize) -> GridUnits {
        let middle = self.plan.lines[target];
        let offset = ENTRY_OFFSET.min(self.plan.extents[target].before - 12).max(0);
        match (kind, self.arrivals[target]) {
            (Kind::Back, [down, _, catch]) if down || catch => middle - offset,
            (Kind::Catch, [down, back, _]) if down || back => middle + offset,
            _ => middle,
        }
    }
}
