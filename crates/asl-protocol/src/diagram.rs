//! The picture of a state machine as plain data, in integer layout units of one CSS pixel at 100 %.
//!
//! It depends on the definition alone; how a run stands is in [`crate::RunView`], which names the same ids.

use serde::{Deserialize, Serialize};

/// How the page wants the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayoutOptions {
    /// Which way the flow goes.
    pub direction: Direction,
    /// Names of the Map and Parallel states whose insides are not drawn.
    pub collapsed: Vec<String>,
}

/// Which way the flow goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Direction {
    #[default]
    TopDown,
    LeftRight,
}

/// A laid out state machine. Nothing lies left of or above the origin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagram {
    /// Width of everything.
    pub width: i32,
    /// Height of everything.
    pub height: i32,
    /// States and terminals, in the order of the definition; a container comes before what is inside.
    pub nodes: Vec<DiagramNode>,
    /// Transitions, in the order of the states they leave.
    pub edges: Vec<DiagramEdge>,
    /// Insides of expanded Map and Parallel states, outer before inner.
    pub regions: Vec<DiagramRegion>,
    /// The bars at which a Parallel state forks and joins.
    pub bars: Vec<DiagramBar>,
    /// The whole in a sentence or two.
    pub description: String,
    /// The same as nested lists, in the order in which a run can come to the states: a line, then what is inside of it.
    pub outline: Vec<OutlineLine>,
}

/// A line of the outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineLine {
    /// Lines around it.
    pub depth: u32,
    /// Id of the node; none for the heading of a branch.
    pub node: Option<u32>,
    /// Name of the state, or `Branch 1`.
    pub title: String,
    /// Where it leads: `next Ship`, `if total > 100: Review`, `on States.Timeout: Refund`.
    pub ways: Vec<String>,
}

/// A point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

/// A box: its upper left corner and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Rect {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

/// A state or a terminal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagramNode {
    /// Position among the nodes; `n<id>` names its element.
    pub id: u32,
    /// What it stands for.
    pub kind: NodeKind,
    /// Name of the state, which is unique in the machine; empty for terminals.
    pub name: String,
    /// What names it through edits: the state's name, or the terminal and the region it belongs to.
    pub key: String,
    /// Where it is. For an expanded Map or Parallel state this is its frame.
    pub rect: Rect,
    /// Id of the region it is inside of.
    pub region: Option<u32>,
    /// Regions around it.
    pub depth: u32,
    /// Whether its inside is laid out too.
    pub is_expanded: bool,
    /// Word for the glyph that tells its type, as `asl_view::Icon::from_name` reads it.
    pub icon: String,
    /// The second line, such as `function:Charge` or `3 rules + default`.
    pub summary: String,
    /// Greatest number of retries that one of its retriers allows; 0 where it has none.
    pub max_retries: u64,
    /// Its retriers in words, one a line, for a tooltip; empty where it has none.
    pub retry_text: String,
    /// `JSONata` or `JSONPath` where that differs from the state machine's, else empty.
    pub query_language: String,
    /// One or two sentences for screen readers.
    pub description: String,
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// A state whose type is missing or unknown.
    Unknown,
    Start,
    End,
}

/// The inside of an expanded Map state, or of one branch of a Parallel state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagramRegion {
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagramBar {
    /// Id of the Parallel node.
    pub node: u32,
    /// Where it is.
    pub rect: Rect,
}

/// A transition. Rules of one Choice state that lead to the same state share an edge, and so do catchers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagramEdge {
    /// Position among the edges; `e<id>` names its element.
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

/// What names an edge, whatever is collapsed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EdgeKey {
    /// Name of the state it leaves; none for a start terminal.
    pub from: Option<String>,
    /// Name of the state it enters; none for an end terminal.
    pub to: Option<String>,
    /// Whether a catcher leads along it.
    pub is_catch: bool,
}

/// What makes a transition be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EdgeKind {
    /// From a start terminal to `StartAt`.
    Start,
    /// `Next`.
    Next,
    /// `End`, or a Succeed or Fail state: to an end terminal.
    End,
    /// Choice rules, and perhaps `Default` too.
    Choice,
    /// Nothing but `Default` of a Choice state.
    Default,
    /// Catchers.
    Catch,
}

/// The text of an edge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EdgeLabel {
    /// Where its pill is.
    pub rect: Rect,
    /// One line per rule or catcher, each 18 units high.
    pub lines: Vec<LabelLine>,
}

/// One line of a label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelLine {
    /// Place of the rule or catcher in its array, from 1; none for `Default`.
    pub number: Option<u32>,
    /// At most 28 characters, such as `total > 100`.
    pub text: String,
    /// The whole condition or every error name, for a tooltip.
    pub full_text: String,
}
