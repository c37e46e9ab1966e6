//! The picture of a state machine: boxes, lines and labels at integer coordinates.
//!
//! Each `States` object is laid out by itself, inner ones first; a Map or Parallel state is then a box of known size in
//! the one around it, and no edge crosses a frame. The way: [`graph`] takes the edges out of the definition, [`rank`]
//! puts vertices on layers, [`order`] orders each layer, [`align`] finds the place across the flow, [`route`] and
//! [`channel`] the corners of the lines, [`body`] brings that together, and [`compose`] puts frames around the results.

mod align;
mod body;
mod channel;
mod compose;
mod graph;
mod order;
mod rank;
mod route;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use asl_model::{Definition, Location, QueryLanguage};

use asl_drawing::Icon;
use asl_drawing::{GridUnits, Point, Rect};

/// How to lay out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayoutOptions {
    /// Which way the flow goes.
    pub direction: Direction,
    /// Names of the Map and Parallel states whose insides are not drawn.
    pub collapsed: BTreeSet<Arc<str>>,
}

/// Which way the flow goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From top to bottom.
    #[default]
    TopDown,
    /// From left to right.
    LeftRight,
}

/// A laid out state machine. Nothing lies left of or above the origin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagram {
    /// Width of everything.
    pub width: GridUnits,
    /// Height of everything.
    pub height: GridUnits,
    /// States and terminals, in the order of the definition; a container comes before what is inside.
    pub nodes: Vec<Node>,
    /// Transitions, in the order of the states they leave.
    pub edges: Vec<Edge>,
    /// Insides of expanded Map and Parallel states, outer before inner.
    pub regions: Vec<Region>,
    /// The bars at which a Parallel state forks and joins.
    pub bars: Vec<Bar>,
}

/// A state or a terminal.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Position among the nodes.
    pub id: u32,
    /// What it stands for.
    pub kind: NodeKind,
    /// Name of the state, which is unique in the machine; empty for terminals.
    pub name: Arc<str>,
    /// What names it through edits: the state's name, or the terminal and the region it belongs to.
    pub key: Arc<str>,
    /// Where it is. For an expanded Map or Parallel state this is its frame.
    pub rect: Rect,
    /// Id of the region it is inside of.
    pub region: Option<u32>,
    /// Regions around it.
    pub depth: u32,
    /// Whether its inside is laid out too.
    pub is_expanded: bool,
    /// The glyph that tells its type.
    pub icon: Icon,
    /// The second line, such as `function:Charge` or `3 rules + default`.
    pub summary: String,
    /// Greatest number of retries that one of its retriers allows; 0 where it has none.
    pub max_retries: u64,
    /// Its retriers in words, one a line, for a tooltip; empty where it has none.
    pub retry_text: String,
    /// Its query language where that differs from the machine's.
    pub query_language: Option<QueryLanguage>,
    /// One or two sentences for screen readers.
    pub description: String,
    /// Where it is written; none for terminals.
    pub location: Option<Location>,
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the field's words say it")]
pub enum NodeKind {
    Task,
    Pass,
    Choice,
    Wait,
    Succeed,
    Fail,
    Parallel,
    Map,
    /// A state whose `Type` is missing or unknown.
    Unknown,
    Start,
    End,
}

/// The inside of an expanded Map state, or of one branch of a Parallel state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Position among the regions.
    pub id: u32,
    /// Id of the Map or Parallel node.
    pub node: u32,
    /// Number of the branch of a Parallel state, from 0; none for a Map state.
    pub branch: Option<u32>,
    /// Where it is.
    pub rect: Rect,
}

/// A bar at which a Parallel state forks or joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Id of the Parallel node.
    pub node: u32,
    /// Where it is.
    pub rect: Rect,
}

/// A transition. Rules of one Choice state that lead to the same state share an edge, and so do catchers.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Position among the edges.
    pub id: u32,
    /// What names it through edits and in a [`crate::RunView`].
    pub key: EdgeKey,
    /// Id of the node it leaves.
    pub from: u32,
    /// Id of the node it enters.
    pub to: u32,
    /// What makes it be taken.
    pub kind: EdgeKind,
    /// Corners from the first to the last point; every segment is level or upright.
    pub points: Vec<Point>,
    /// What is written at its source.
    pub label: Option<EdgeLabel>,
    /// True for a catcher whose target is that of three or more states: only the label is shown until the edge is
    /// pointed at, focused or selected.
    pub is_folded: bool,
    /// True where it leads back up the flow.
    pub is_back: bool,
}

/// What names an edge.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeKey {
    /// Name of the state it leaves; none for a start terminal.
    pub from: Option<Arc<str>>,
    /// Name of the state it enters; none for an end terminal.
    pub to: Option<Arc<str>>,
    /// Whether a catcher leads along it.
    pub is_catch: bool,
}

/// What makes a transition be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// From a start terminal to `StartAt`.
    Start,
    /// `Next`.
    Next,
    /// `End`, or a Succeed state: to an end terminal.
    End,
    /// Choice rules, and perhaps `Default` too.
    Choice,
    /// Nothing but `Default` of a Choice state.
    Default,
    /// Catchers.
    Catch,
}

/// The text of an edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdgeLabel {
    /// Where its pill is.
    pub rect: Rect,
    /// One line per rule or catcher, each 18 units high.
    pub lines: Vec<LabelLine>,
}

/// One line of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelLine {
    /// Place of the rule in `Choices`, from 1; none for `Default` and for catchers.
    pub number: Option<u32>,
    /// At most 28 characters, such as `total > 100`.
    pub text: String,
    /// The whole condition or every error name, for a tooltip.
    pub full_text: String,
}

impl Diagram {
    /// Returns the picture of the definition, as far as that could be understood.
    ///
    /// The same definition and options give the same coordinates everywhere. Takes time in proportion to the number of
    /// states and edges, but for a logarithm.
    pub fn lay_out(definition: &Definition, options: &LayoutOptions) -> Diagram {
        compose::diagram(definition, options)
    }

    /// Returns the node of the state of that name.
    pub fn node_named(&self, name: &str) -> Option<&Node> {
        self.nodes
            .iter()
            .find(|node| !node.name.is_empty() && &*node.name == name)
    }
}

impl NodeKind {
    /// Returns the `Type`, or `Start` and `End` for terminals.
    pub fn as_str(self) -> &'static str {
        match self {
            NodeKind::Task => "Task",
            NodeKind::Pass => "Pass",
            NodeKind::Choice => "Choice",
            NodeKind::Wait => "Wait",
            NodeKind::Succeed => "Succeed",
            NodeKind::Fail => "Fail",
            NodeKind::Parallel => "Parallel",
            NodeKind::Map => "Map",
            NodeKind::Unknown => "Unknown",
            NodeKind::Start => "Start",
            NodeKind::End => "End",
        }
    }

    /// Returns true for the terminals, which stand for no state.
    pub fn is_terminal(self) -> bool {
        matches!(self, NodeKind::Start | NodeKind::End)
    }

    /// Returns true for Map and Parallel states.
    pub fn is_container(self) -> bool {
        matches!(self, NodeKind::Map | NodeKind::Parallel)
    }
}
