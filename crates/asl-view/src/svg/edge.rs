//! Edges and their labels.

use std::fmt::Write as _;

use super::SvgOptions;
use super::xml::Escaped;
use crate::describe::describe_edge;
use crate::diagram::{Edge, EdgeKind};
use crate::text;
use asl_drawing::{GridUnits, Point, rounded_path};

const CORNER_RADIUS: GridUnits = 8;
const ARROW: GridUnits = 8;
const LINE_HEIGHT: GridUnits = 18;

/// Returns how often the run took the edge.
pub(super) fn times_taken(edge: &Edge, options: &SvgOptions) -> u32 {
    options
        .run
        .and_then(|run| run.edges.get(&edge.key))
        .copied()
        .unwrap_or(0)
}

pub(super) fn edge(out: &mut String, edge: &Edge, options: &SvgOptions) {
    let taken = times_taken(edge, options);
    let class = match edge.kind {
        EdgeKind::Catch => "edge catch",
        _ => "edge",
    };
    let _ = write!(out, "<g class=\"{class}{}\">", if taken > 0 { " taken" } else { "" });
    let _ = write!(out, "<title>{}</title>", Escaped(&describe_edge(edge)));
    let _ = write!(
        out,
        "<path d=\"{}\"/>",
        rounded_path(&shaft(&edge.points), CORNER_RADIUS)
    );
    if let [.., before, tip] = edge.points[..] {
        let _ = write!(out, "<polygon class=\"arrow\" points=\"{}\"/>", arrow(before, tip));
    }
    if taken > 1 {
        count(out, edge, taken);
    }
    out.push_str("</g>\n");
}

/// Returns the points with the last one pulled back, so that the line ends inside the arrow.
fn shaft(points: &[Point]) -> Vec<Point> {
    let mut points = points.to_vec();
    if let [.., before, last] = &mut points[..] {
        let (dx, dy) = ((last.x - before.x).signum(), (last.y - before.y).signum());
        *last = Point::new(last.x - dx * (ARROW - 2), last.y - dy * (ARROW - 2));
    }
    points
}

fn arrow(before: Point, tip: Point) -> String {
    let (dx, dy) = ((tip.x - before.x).signum(), (tip.y - before.y).signum());
    let base = Point::new(tip.x - dx * ARROW, tip.y - dy * ARROW);
    let (wx, wy) = (dy * ARROW / 2, dx * ARROW / 2);
    format!(
        "{},{} {},{} {},{}",
        tip.x,
        tip.y,
        base.x + wx,
        base.y + wy,
        base.x - wx,
        base.y - wy
    )
}

/// Writes how often the edge was taken, beside the middle of its last segment.
fn count(out: &mut String, edge: &Edge, taken: u32) {
    let [.., before, tip] = edge.points[..] else { return };
    let text = format!("×{taken}");
    let width = text::width(&text, 11) + 10;
    let (x, y) = (
        GridUnits::midpoint(before.x, tip.x),
        GridUnits::midpoint(before.y, tip.y),
    );
    let left = if before.x == tip.x { x + 6 } else { x - width / 2 };
    let _ = write!(
        out,
        "<g class=\"count\"><rect x=\"{left}\" y=\"{}\" width=\"{width}\" height=\"16\" rx=\"8\"/>\
         <text x=\"{}\" y=\"{}\">{text}</text></g>",
        y - 8,
        left + width / 2,
        y + 4
    );
}

/// Writes the beginning of a folded edge, up to its label.
fn stub(out: &mut String, edge: &Edge, left: GridUnits) {
    if let [first, second, ..] = edge.points[..] {
        let corner = if first.y == second.y { first } else { second };
        let points = [first, corner, Point::new(left, corner.y)];
        let _ = write!(
            out,
            "<g class=\"edge catch\"><path d=\"{}\"/></g>",
            rounded_path(&points, 4)
        );
    }
}

pub(super) fn label(out: &mut String, edge: &Edge, options: &SvgOptions) {
    let Some(label) = &edge.label else { return };
    let is_catch = edge.kind == EdgeKind::Catch;
    let class = match (is_catch, times_taken(edge, options) > 0) {
        (true, true) => "pill catch taken",
        (true, false) => "pill catch",
        (false, true) => "pill taken",
        (false, false) => "pill",
    };
    let whole: Vec<&str> = label.lines.iter().map(|line| &*line.full_text).collect();
    let rect = label.rect;
    if edge.is_folded {
        stub(out, edge, rect.x);
    }
    let _ = write!(
        out,
        "<g class=\"{class}\"><title>{}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"10\"/>",
        Escaped(&whole.join("\n")),
        rect.x,
        rect.y,
        rect.width,
        rect.height
    );
    let mut middle = rect.y + 1 + LINE_HEIGHT / 2;
    for line in &label.lines {
        let mut left = rect.x + 8;
        if let Some(number) = line.number {
            let center = left + 6;
            let _ = write!(
                out,
                "<circle cx=\"{center}\" cy=\"{middle}\" r=\"7\"/><text class=\"number\" x=\"{center}\" y=\"{}\">{number}</text>",
                middle + 4
            );
            left += 18;
        }
        let is_default = line.number.is_none() && !is_catch;
        // Widths are estimates; without a number before it a text looks best in the middle of what was reserved.
        let (class, left) = match (is_default, line.number.is_none()) {
            (true, _) => (" class=\"middle default\"", rect.center().x),
            (false, true) => (" class=\"middle\"", rect.center().x),
            (false, false) => ("", left),
        };
        let _ = write!(
            out,
            "<text{class} x=\"{left}\" y=\"{}\">{}</text>",
            middle + 4,
            Escaped(&line.text)
        );
        middle += LINE_HEIGHT;
    }
    out.push_str("</g>\n");
}
