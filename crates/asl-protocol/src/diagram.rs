//! The picture of a state machine as plain data, in integer layout units of one CSS pixel at 100 %.
//!
//! It depends on the definition alone; how a run stands is in [`crate::RunView`], which names the same ids.

use serde::{Deserialize, Serialize};

/// A laid out state machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagram {
    /// Width of everything.
    pub width: i32,
    /// Height of everything.
    pub height: i32,
    /// States and terminals; a container comes before what is inside.
    pub nodes: Vec<DiagramNode>,
    /// Transitions.
    pub edges: Vec<DiagramEdge>,
    /// Frames of expanded Map and Parallel states, outer before inner.
    pub regions: Vec<DiagramRegion>,
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
    /// Name of the state; empty for terminals.
    pub name: String,
    /// Where it is. For an expanded Map or Parallel state this is its frame.
    pub rect: Rect,
    /// The second line, such as `function:Charge` or `3 rules + default`.
    pub summary: String,
    /// Greatest number of retries of its retriers together; 0 where it has none.
    pub max_retries: u32,
    /// `JSONata` or `JSONPath` where that differs from the state machine's, else empty.
    pub query_language: String,
    /// Id of the region it is inside of.
    pub region: Option<u32>,
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

/// The frame of an expanded Map or Parallel state, or of one branch of it.
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

/// A transition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagramEdge {
    /// Position among the edges; `e<id>` names its element.
    pub id: u32,
    /// Id of the node it leaves.
    pub from: u32,
    /// Id of the node it enters.
    pub to: u32,
    /// What makes it be taken.
    pub kind: EdgeKind,
    /// Corners from the first to the last point; between two of them the line is straight.
    pub points: Vec<Point>,
    /// What is written at its source.
    pub label: Option<EdgeLabel>,
}

/// What makes a transition be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EdgeKind {
    /// From the start terminal to `StartAt`.
    Start,
    /// `Next`.
    Next,
    /// `End`, or a Succeed or Fail state: to an end terminal.
    End,
    /// A choice rule, numbered from 0.
    Choice(u32),
    /// `Default` of a Choice state.
    Default,
    /// A catcher, numbered from 0.
    Catch(u32),
}

impl EdgeKind {
    /// Returns how the line is drawn.
    pub fn line_style(self) -> LineStyle {
        match self {
            EdgeKind::Catch(_) => LineStyle::Dashed,
            _ => LineStyle::Solid,
        }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum LineStyle {
    Solid,
    Dashed,
}

/// The text of an edge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EdgeLabel {
    /// Short form, such as `total > 100` or `Catch States.Timeout`.
    pub text: String,
    /// The whole condition, for a tooltip.
    pub full_text: String,
    /// Where it is.
    pub rect: Rect,
}
