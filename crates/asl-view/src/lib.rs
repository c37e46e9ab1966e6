//! What the screen shows, as plain data: the diagram of a state machine, how a run stands, and the rows of its log.
//!
//! It knows no DOM and no colors (the exported SVG, which has to stand alone, carries its own style sheet), and it decides
//! nothing: a [`Diagram`] follows from the definition alone, a [`RunView`] from the history alone. Nothing here re-lays out
//! when a run moves on, and nothing asks the interpreter for what the history can tell.
//!
//! Read [`Diagram`] first, then [`Timeline`] and [`RunView`].
//!
//! ```
//! let text = r#"{"StartAt": "Hello", "States": {"Hello": {"Type": "Pass", "End": true}}}"#;
//! let definition = asl_model::parse(text).definition.unwrap();
//! let diagram = asl_view::Diagram::lay_out(&definition, &asl_view::LayoutOptions::default());
//! let names: Vec<&str> = diagram.nodes.iter().map(|node| &*node.name).collect();
//! assert_eq!(names, ["", "Hello", ""]);
//! ```

mod compare;
mod coverage;
mod describe;
mod diagram;
mod export;
mod facts;
mod inspect;
mod log_filter;
mod log_row;
mod resource_icon;
mod rule_text;
mod run_view;
mod svg;
#[cfg(test)]
mod testing;
mod text;
mod timeline;
mod topology;

pub use asl_drawing::{GridUnits, Icon, Point, Rect, Status, icon, rounded_path, status_glyph};
pub use compare::{HistoryComparison, says_the_same};
pub use coverage::{Coverage, CoverageItem, ItemKey, RuleTaken};
pub use describe::{OutlineItem, describe_diagram, describe_edge, describe_node, outline};
pub use diagram::{
    Bar, Diagram, Direction, Edge, EdgeKey, EdgeKind, EdgeLabel, LabelLine, LayoutOptions, Node, NodeKind, Region,
};
pub use export::{to_dot, to_mermaid};
pub use facts::StateFacts;
pub use inspect::{
    Attempt, ClauseText, ClauseVerdict, ConditionText, DiffLine, FailureText, RuleText, Sign, VariableRecord, Visit,
    attempts, diff_values, explain_choice, explain_failures, scope_text, variable_lines, variables_before, visits,
};
pub use log_filter::{LogFilter, LogKind};
pub use log_row::{LogRow, log_row};
pub use run_view::{IterationCounts, RunView, StateRun};
pub use svg::{SvgOptions, write_svg};
pub use timeline::{Place, Scope, Timeline};
pub use topology::{StateEntry, Topology};
