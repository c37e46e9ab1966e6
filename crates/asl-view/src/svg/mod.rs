//! A diagram as SVG text that stands alone: its own style sheet, light and dark, no script and nothing from elsewhere.
//!
//! It draws what the page draws, from the same geometry and glyphs. Status is told by color, by the pattern of the stroke
//! and by a glyph, so that it can be read without colors.

mod edge;
mod node;
mod xml;

use std::fmt::Write as _;

use crate::describe::describe_diagram;
use crate::diagram::{Diagram, Edge};
use crate::run_view::RunView;
use xml::Escaped;

const STYLE: &str = include_str!("style.css");

/// How to write the picture.
#[derive(Clone, Copy, Debug, Default)]
pub struct SvgOptions<'a> {
    /// Draws how a run stands, too.
    pub run: Option<&'a RunView>,
    /// Name of the picture, for screen readers and as a tooltip; may be empty.
    pub title: &'a str,
    /// Put before every `id` inside, so that several pictures can share a page.
    pub id_prefix: &'a str,
}

/// Returns the diagram as SVG text. Everything that comes from the definition is escaped.
pub fn write_svg(diagram: &Diagram, options: &SvgOptions) -> String {
    let mut out = String::with_capacity(2048 + 900 * diagram.nodes.len());
    let (width, height) = (diagram.width, diagram.height);
    let prefix = Escaped(options.id_prefix);
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"asl-diagram{}\" role=\"img\" \
         aria-labelledby=\"{prefix}title {prefix}description\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">",
        if options.run.is_some() { " has-run" } else { "" },
    );
    let title = if options.title.is_empty() {
        "State machine"
    } else {
        options.title
    };
    let _ = writeln!(out, "<title id=\"{prefix}title\">{}</title>", Escaped(title));
    let _ = writeln!(
        out,
        "<desc id=\"{prefix}description\">{}</desc>",
        Escaped(&describe_diagram(diagram))
    );
    let _ = writeln!(out, "<style>{STYLE}</style>");
    let _ = writeln!(out, "<rect class=\"canvas\" width=\"{width}\" height=\"{height}\"/>");
    for container in diagram.nodes.iter().filter(|node| node.is_expanded) {
        node::frame(&mut out, container, options);
    }
    node::regions(&mut out, diagram);
    edges(&mut out, diagram, options);
    for node in diagram.nodes.iter().filter(|node| !node.is_expanded) {
        node::node(&mut out, node, options);
    }
    for edge in &diagram.edges {
        edge::label(&mut out, edge, options);
    }
    out.push_str("</svg>\n");
    out
}

/// Taken edges come last, so that they lie above the others.
fn edges(out: &mut String, diagram: &Diagram, options: &SvgOptions) {
    let (taken, others): (Vec<&Edge>, Vec<&Edge>) = diagram
        .edges
        .iter()
        .filter(|edge| !edge.is_folded)
        .partition(|edge| edge::times_taken(edge, options) > 0);
    for edge in others.into_iter().chain(taken) {
        edge::edge(out, edge, options);
    }
}

#[cfg(test)]
mod tests;
