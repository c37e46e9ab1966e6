//! Puts frames around what is inside Map and Parallel states, and turns layouts into one diagram.

use std::sync::Arc;

use asl_model::{Body, Definition, QueryLanguage, State, StateKind};

use super::body::{BodyLayout, Size, lay_out};
use super::graph::Graph;
use super::{Bar, Diagram, Direction, Edge, EdgeKey, EdgeLabel, LayoutOptions, Node, NodeKind, Region};
use crate::facts::{MAX_NESTING, StateFacts, collapsed_summary};
use crate::text;
use asl_drawing::Icon;
use asl_drawing::{GridUnits, Point, Rect};

/// Size of the box of a state.
pub(super) const NODE: Size = Size { width: 208, height: 56 };
/// Diameter of terminals.
const TERMINAL: GridUnits = 16;
/// The same inside a Map state.
const INNER_TERMINAL: GridUnits = 12;
/// Thickness of the bars at which a Parallel state forks and joins.
const BAR: GridUnits = 3;
/// How far a bar reaches beyond the lines that meet it.
const BAR_OVERHANG: GridUnits = 16;
/// Height of a frame's header.
const HEADER: GridUnits = 32;
/// Room between a frame and its inside.
const PADDING: GridUnits = 20;
/// Room between two branches.
const GUTTER: GridUnits = 24;
const NAME_FONT_SIZE: GridUnits = 14;
/// Room around the whole diagram.
const MARGIN: GridUnits = 24;

/// Returns the diagram of the definition.
pub(super) fn diagram(definition: &Definition, options: &LayoutOptions) -> Diagram {
    let composer = Composer {
        options,
        language: definition.query_language,
    };
    let plan = composer.plan(&definition.body, Terminals::Outer, 0);
    let mut diagram = Diagram {
        width: plan.layout.size.width + 2 * MARGIN,
        height: plan.layout.size.height + 2 * MARGIN,
        ..Diagram::default()
    };
    composer.draw(
        &mut diagram,
        &plan,
        &Place {
            origin: Point::new(MARGIN, MARGIN),
            region: None,
            depth: 0,
            path: "",
        },
    );
    diagram
}

/// How the terminals of a `States` object look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Terminals {
    /// At the top level.
    Outer,
    /// Inside a Map state.
    Inner,
    /// In a branch: bits of the bars.
    Bars,
}

/// A laid out `States` object with its frames.
struct Plan<'a> {
    body: &'a Body,
    graph: Graph,
    layout: BodyLayout,
    /// For each state its inside, where that is drawn.
    frames: Vec<Option<Frame<'a>>>,
}

/// The inside of a Map or Parallel state; places are relative to the frame.
struct Frame<'a> {
    size: Size,
    insides: Vec<Inside<'a>>,
    bars: Vec<Rect>,
}

struct Inside<'a> {
    branch: Option<u32>,
    rect: Rect,
    plan: Plan<'a>,
}

/// Where a plan goes in the diagram.
struct Place<'a> {
    origin: Point,
    region: Option<u32>,
    depth: u32,
    /// Names the region for the keys of its terminals.
    path: &'a str,
}

struct Composer<'a> {
    options: &'a LayoutOptions,
    language: QueryLanguage,
}

impl Composer<'_> {
    fn plan<'a>(&self, body: &'a Body, terminals: Terminals, nesting: usize) -> Plan<'a> {
        let graph = Graph::new(body);
        let frames: Vec<Option<Frame>> = body.states.values().map(|state| self.frame(state, nesting)).collect();
        let terminal = match terminals {
            Terminals::Outer => TERMINAL,
            Terminals::Inner => INNER_TERMINAL,
            Terminals::Bars => BAR,
        };
        let mut sizes = vec![
            Size {
                width: terminal,
                height: terminal
            };
            graph.vertices
        ];
        for (index, frame) in frames.iter().enumerate() {
            sizes[index + 1] = frame.as_ref().map_or(NODE, |frame| frame.size);
        }
        let layout = lay_out(&graph, &sizes, self.options.direction);
        Plan {
            body,
            graph,
            layout,
            frames,
        }
    }

    fn frame<'a>(&self, state: &'a State, nesting: usize) -> Option<Frame<'a>> {
        let bodies = state.bodies();
        let is_drawn = bodies.iter().any(|body| !body.states.is_empty());
        if !is_drawn || nesting >= MAX_NESTING || self.options.collapsed.contains(&state.name) {
            return None;
        }
        let is_parallel = matches!(state.kind, StateKind::Parallel(_));
        let terminals = if is_parallel { Terminals::Bars } else { Terminals::Inner };
        let plans: Vec<Plan> = bodies
            .into_iter()
            .map(|body| self.plan(body, terminals, nesting + 1))
            .collect();
        let least = text::bold_width(&state.name, NAME_FONT_SIZE).min(360) + 136;
        Some(frame(plans, is_parallel, self.options.direction, least))
    }

    fn draw(&self, diagram: &mut Diagram, plan: &Plan, place: &Place) {
        let mut ids = vec![0; plan.graph.vertices];
        ids[0] = terminal(
            diagram,
            NodeKind::Start,
            plan.layout.rects[0],
            format!("{}▸", place.path),
            place,
        );
        let mut rings = vec![None; plan.graph.vertices];
        for (index, state) in plan.body.states.values().enumerate() {
            let vertex = index + 1;
            let frame = plan.frames[index].as_ref();
            let rect = plan.layout.rects[vertex].moved(place.origin.x, place.origin.y);
            ids[vertex] = self.state(diagram, state, rect, frame.is_some(), place);
            if let Some(frame) = frame {
                self.inside(diagram, frame, state, ids[vertex], rect, place);
            }
            if let Some(rect) = plan.layout.rings[vertex] {
                rings[vertex] = Some(terminal(
                    diagram,
                    NodeKind::End,
                    rect,
                    format!("{}▪", state.name),
                    place,
                ));
            }
        }
        if let Some(end) = plan.graph.end {
            ids[end] = terminal(
                diagram,
                NodeKind::End,
                plan.layout.rects[end],
                format!("{}▪", place.path),
                place,
            );
        }
        edges(diagram, plan, place, &ids, &rings);
    }

    fn state(&self, diagram: &mut Diagram, state: &State, rect: Rect, is_expanded: bool, place: &Place) -> u32 {
        let facts = StateFacts::new(state, self.language);
        let summary = if facts.kind.is_container() && !is_expanded {
            collapsed_summary(state)
        } else {
            facts.summary
        };
        let id = next_id(&diagram.nodes);
        diagram.nodes.push(Node {
            id,
            kind: facts.kind,
            name: state.name.clone(),
            key: state.name.clone(),
            rect,
            region: place.region,
            depth: place.depth,
            is_expanded,
            icon: facts.icon,
            summary,
            max_retries: facts.max_retries,
            retry_text: facts.retry_text,
            query_language: facts.query_language,
            description: facts.description,
            location: Some(state.location.clone()),
        });
        id
    }

    fn inside(&self, diagram: &mut Diagram, frame: &Frame, state: &State, node: u32, rect: Rect, place: &Place) {
        for bar in &frame.bars {
            diagram.bars.push(Bar {
                node,
                rect: bar.moved(rect.x, rect.y),
            });
        }
        for inside in &frame.insides {
            let region = next_id(&diagram.regions);
            let at = inside.rect.moved(rect.x, rect.y);
            diagram.regions.push(Region {
                id: region,
                node,
                branch: inside.branch,
                rect: at,
            });
            let path = match inside.branch {
                Some(branch) => format!("{}/{branch}", state.name),
                None => format!("{}/", state.name),
            };
            let origin = Point::new(at.x, at.y);
            let depth = place.depth + 1;
            self.draw(
                diagram,
                &inside.plan,
                &Place {
                    origin,
                    region: Some(region),
                    depth,
                    path: &path,
                },
            );
        }
    }
}

fn next_id<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

fn terminal(diagram: &mut Diagram, kind: NodeKind, rect: Rect, key: String, place: &Place) -> u32 {
    let id = next_id(&diagram.nodes);
    let is_start = kind == NodeKind::Start;
    diagram.nodes.push(Node {
        id,
        kind,
        name: Arc::from(""),
        key: key.into(),
        rect: rect.moved(place.origin.x, place.origin.y),
        region: place.region,
        depth: place.depth,
        is_expanded: false,
        icon: if is_start { Icon::Start } else { Icon::End },
        summary: String::new(),
        max_retries: 0,
        retry_text: String::new(),
        query_language: None,
        description: if is_start { "Start." } else { "End." }.to_owned(),
        location: None,
    });
    id
}

fn edges(diagram: &mut Diagram, plan: &Plan, place: &Place, ids: &[u32], rings: &[Option<u32>]) {
    let name = |vertex: usize| {
        let state = plan.body.states.get_index(vertex.checked_sub(1)?)?;
        Some(state.0.clone())
    };
    let (dx, dy) = (place.origin.x, place.origin.y);
    for (edge, layout) in plan.graph.edges.iter().zip(&plan.layout.edges) {
        let ring = rings[edge.from].filter(|_| edge.is_to_ring);
        diagram.edges.push(Edge {
            id: next_id(&diagram.edges),
            key: EdgeKey {
                from: name(edge.from),
                to: name(edge.to).filter(|_| ring.is_none()),
                is_catch: edge.kind == super::EdgeKind::Catch,
            },
            from: ids[edge.from],
            to: ring.unwrap_or(ids[edge.to]),
            kind: edge.kind,
            points: layout
                .points
                .iter()
                .map(|point| Point::new(point.x + dx, point.y + dy))
                .collect(),
            label: layout.label.map(|rect| EdgeLabel {
                rect: rect.moved(dx, dy),
                lines: edge.lines.clone(),
            }),
            is_folded: edge.is_folded,
            is_back: layout.is_back,
        });
    }
}

/// Puts the insides beside each other (below each other where the flow goes right) and a frame around them.
fn frame(mut plans: Vec<Plan>, is_parallel: bool, direction: Direction, least_width: GridUnits) -> Frame {
    let room = if is_parallel { 16 } else { 12 };
    let is_down = direction == Direction::TopDown;
    let longest = plans
        .iter()
        .map(|plan| along(plan.layout.size, is_down))
        .max()
        .unwrap_or(0);
    let across_all: GridUnits = plans
        .iter()
        .map(|plan| across(plan.layout.size, is_down))
        .sum::<GridUnits>()
        + GUTTER * (GridUnits::try_from(plans.len()).unwrap_or(1) - 1);
    let (mut left, mut top) = if is_down {
        (PADDING, HEADER + room)
    } else {
        (PADDING + room, HEADER + 8)
    };
    let slack = if is_down {
        (least_width - across_all - 2 * PADDING).max(0)
    } else {
        0
    };
    left += slack / 2;
    let mut insides = Vec::with_capacity(plans.len());
    for (branch, mut plan) in plans.drain(..).enumerate() {
        if is_parallel {
            stretch_end(&mut plan, longest, is_down);
        }
        let size = plan.layout.size;
        let rect = Rect::new(left, top, size.width, size.height);
        if is_down {
            left += size.width + GUTTER;
        } else {
            top += size.height + GUTTER;
        }
        insides.push(Inside {
            branch: u32::try_from(branch).ok().filter(|_| is_parallel),
            rect,
            plan,
        });
    }
    let (width, height) = if is_down {
        (across_all + slack + 2 * PADDING, HEADER + 2 * room + longest)
    } else {
        (longest + 2 * room + 2 * PADDING, HEADER + 8 + across_all + PADDING)
    };
    let bars = if is_parallel {
        bars(&insides, is_down)
    } else {
        Vec::new()
    };
    Frame {
        size: Size {
            width: width.max(least_width),
            height,
        },
        insides,
        bars,
    }
}

fn along(size: Size, is_down: bool) -> GridUnits {
    if is_down { size.height } else { size.width }
}

fn across(size: Size, is_down: bool) -> GridUnits {
    if is_down { size.width } else { size.height }
}

/// Moves the end of a branch to the far side of all branches, and makes the lines to it longer.
fn stretch_end(plan: &mut Plan, length: GridUnits, is_down: bool) {
    let layout = &mut plan.layout;
    let (dx, dy) = if is_down {
        (0, length - layout.size.height)
    } else {
        (length - layout.size.width, 0)
    };
    layout.size = Size {
        width: layout.size.width + dx,
        height: layout.size.height + dy,
    };
    let Some(end) = plan.graph.end else { return };
    layout.rects[end] = layout.rects[end].moved(dx, dy);
    for (edge, drawn) in plan.graph.edges.iter().zip(&mut layout.edges) {
        if edge.to == end
            && let Some(last) = drawn.points.last_mut()
        {
            *last = Point::new(last.x + dx, last.y + dy);
        }
    }
}

/// Returns the bars at which the branches begin and, where any ends well, end.
fn bars(insides: &[Inside], is_down: bool) -> Vec<Rect> {
    let terminals = |vertex: fn(&Graph) -> Option<usize>| {
        let rects: Vec<Rect> = insides
            .iter()
            .filter_map(|inside| {
                let rect = inside.plan.layout.rects[vertex(&inside.plan.graph)?];
                Some(rect.moved(inside.rect.x, inside.rect.y))
            })
            .collect();
        let (first, last) = (rects.first()?, rects.last()?);
        Some(if is_down {
            let (from, to) = (first.x - BAR_OVERHANG, last.right() + BAR_OVERHANG);
            Rect::new(from, first.y, to - from, BAR)
        } else {
            let (from, to) = (first.y - BAR_OVERHANG, last.bottom() + BAR_OVERHANG);
            Rect::new(first.x, from, BAR, to - from)
        })
    };
    [terminals(|_| Some(0)), terminals(|graph| graph.end)]
        .into_iter()
        .flatten()
        .collect()
}
