//! States, terminals and frames.

use std::fmt::Write as _;

use super::SvgOptions;
use super::xml::Escaped;
use crate::diagram::{Diagram, Node, NodeKind};
use crate::run_view::StateRun;
use crate::text;
use asl_drawing::Status;
use asl_drawing::{GridUnits, Rect};
use asl_drawing::{icon, status_glyph};

const HEADER: GridUnits = 32;
const CUT: GridUnits = 10;

fn run_of<'a>(node: &Node, options: &SvgOptions<'a>) -> Option<&'a StateRun> {
    options.run?.states.get(&node.name)
}

fn status_of(node: &Node, options: &SvgOptions) -> Status {
    run_of(node, options).map_or(Status::NotRun, |run| run.status)
}

/// Opens the group of a state, with a tooltip and its status in words.
fn open(out: &mut String, node: &Node, class: &str, options: &SvgOptions) {
    let status = status_of(node, options);
    let tinted = if status == Status::NotRun { "" } else { " tinted" };
    let _ = write!(
        out,
        "<g class=\"{class} status-{}{tinted}\"><title>",
        status.class_name()
    );
    let _ = write!(out, "{}", Escaped(&node.description));
    if status != Status::NotRun {
        let _ = write!(out, " Status: {}.", status.as_str());
    }
    out.push_str("</title>");
}

/// Writes the frame of an expanded Map or Parallel state.
pub(super) fn frame(out: &mut String, node: &Node, options: &SvgOptions) {
    open(out, node, "frame", options);
    let rect = node.rect;
    if node.kind == NodeKind::Map {
        for offset in [8, 4] {
            sheet(out, rect, offset);
        }
    }
    boxed(out, "box", rect, 12);
    let (left, middle) = (rect.x + 12, rect.y + HEADER / 2 + 2);
    glyph(out, node, left, middle - 10, 20);
    let room = rect.width - 44 - 34;
    let name = text::fit_middle(&node.name, 14, room);
    let _ = write!(
        out,
        "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text>",
        left + 28,
        middle + 5,
        Escaped(&name)
    );
    let used = text::bold_width(&name, 14) + 10;
    if room - used >= text::width(&node.summary, 12) {
        let (x, y) = (left + 28 + used, middle + 5);
        let _ = write!(
            out,
            "<text class=\"summary\" x=\"{x}\" y=\"{y}\">{}</text>",
            Escaped(&node.summary)
        );
    }
    status(out, node, rect.right() - 28, middle - 8, options);
    chips(out, node, options);
    out.push_str("</g>\n");
}

/// Writes the edge of a sheet that lies behind the frame.
fn sheet(out: &mut String, rect: Rect, offset: GridUnits) {
    let (left, top) = (rect.x + 12 + offset, rect.y + 12 + offset);
    let (right, bottom) = (rect.right() + offset, rect.bottom() + offset);
    let _ = write!(
        out,
        "<path class=\"sheet\" d=\"M{left} {bottom}H{}Q{right} {bottom} {right} {}V{top}\"/>",
        right - 12,
        bottom - 12
    );
}

/// Writes numbers of branches and the bars at which they begin and end.
pub(super) fn regions(out: &mut String, diagram: &Diagram) {
    for bar in &diagram.bars {
        boxed(out, "bar", bar.rect, 1);
    }
    for start in diagram.nodes.iter().filter(|node| node.kind == NodeKind::Start) {
        let region = start.region.and_then(|id| diagram.regions.get(id as usize));
        if let Some(branch) = region.and_then(|region| region.branch) {
            let (x, y) = (start.rect.x - 5, start.rect.bottom() + 15);
            let _ = writeln!(
                out,
                "<text class=\"branch-number\" x=\"{x}\" y=\"{y}\">{}</text>",
                branch + 1
            );
        }
    }
}

/// Writes a state that is one box, or a terminal.
pub(super) fn node(out: &mut String, node: &Node, options: &SvgOptions) {
    if node.kind.is_terminal() {
        terminal(out, node);
        return;
    }
    open(out, node, "node", options);
    shape(out, node);
    let rect = node.rect;
    let middle = rect.y + rect.height / 2;
    let _ = write!(
        out,
        "<rect class=\"tile\" x=\"{}\" y=\"{}\" width=\"32\" height=\"32\" rx=\"{}\"/>",
        rect.x + 12,
        middle - 16,
        if is_pill(node) { 16 } else { 7 }
    );
    glyph(out, node, rect.x + 17, middle - 11, 22);
    let has_status = status_of(node, options) != Status::NotRun;
    let room = rect.width - 54 - if has_status { 32 } else { 14 };
    let left = rect.x + 54;
    let name = text::fit_middle(&node.name, 14, room);
    let summary = text::fit_middle(&node.summary, 12, room);
    let _ = write!(
        out,
        "<text class=\"name\" x=\"{left}\" y=\"{}\">{}</text>",
        middle - 3,
        Escaped(&name)
    );
    let _ = write!(
        out,
        "<text class=\"summary\" x=\"{left}\" y=\"{}\">{}</text>",
        middle + 15,
        Escaped(&summary)
    );
    status(out, node, rect.right() - 26, middle - 8, options);
    chips(out, node, options);
    out.push_str("</g>\n");
}

fn is_pill(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Succeed | NodeKind::Fail)
}

fn shape(out: &mut String, node: &Node) {
    let rect = node.rect;
    match node.kind {
        NodeKind::Choice => {
            let (right, bottom) = (rect.right(), rect.bottom());
            let _ = write!(
                out,
                "<path class=\"box\" d=\"M{} {}H{}L{right} {}V{}L{} {bottom}H{}L{} {}V{}Z\"/>",
                rect.x + CUT,
                rect.y,
                right - CUT,
                rect.y + CUT,
                bottom - CUT,
                right - CUT,
                rect.x + CUT,
                rect.x,
                bottom - CUT,
                rect.y + CUT
            );
        }
        _ if is_pill(node) => {
            boxed(out, "box", rect, rect.height / 2);
            let inner = Rect::new(rect.x + 4, rect.y + 4, rect.width - 8, rect.height - 8);
            boxed(out, "inner-line", inner, inner.height / 2);
        }
        kind if kind.is_container() => {
            if kind == NodeKind::Map {
                sheet(out, rect, 8);
                sheet(out, rect, 4);
            }
            boxed(out, "box", rect, 12);
        }
        _ => boxed(out, "box", rect, 8),
    }
}

fn boxed(out: &mut String, class: &str, rect: Rect, radius: GridUnits) {
    let _ = write!(
        out,
        "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{radius}\"/>",
        rect.x, rect.y, rect.width, rect.height
    );
}

/// Writes the glyph of the type into a square.
fn glyph(out: &mut String, node: &Node, x: GridUnits, y: GridUnits, size: GridUnits) {
    let _ = write!(
        out,
        "<svg x=\"{x}\" y=\"{y}\" width=\"{size}\" height=\"{size}\" viewBox=\"0 0 24 24\"><path class=\"glyph\" d=\"{}\"/></svg>",
        icon(node.icon)
    );
}

fn status(out: &mut String, node: &Node, x: GridUnits, y: GridUnits, options: &SvgOptions) {
    let path = status_glyph(status_of(node, options));
    if !path.is_empty() {
        let _ = write!(
            out,
            "<svg x=\"{x}\" y=\"{y}\" width=\"16\" height=\"16\" viewBox=\"0 0 16 16\"><path class=\"status-glyph\" d=\"{path}\"/></svg>"
        );
    }
}

/// Writes the chips on the upper side, from the right: retries, then the query language.
fn chips(out: &mut String, node: &Node, options: &SvgOptions) {
    let mut right = node.rect.right() - 12;
    if node.max_retries > 0 {
        let used = run_of(node, options).map_or(0, |run| run.attempt.saturating_sub(1));
        let text = if used > 0 {
            format!("↻ {used}/{}", node.max_retries)
        } else {
            format!("↻ {}", node.max_retries)
        };
        right = chip(out, node, right, &text, &node.retry_text);
    }
    if let Some(language) = node.query_language {
        chip(out, node, right, language.name(), "Query language of this state");
    }
}

fn chip(out: &mut String, node: &Node, right: GridUnits, text: &str, tooltip: &str) -> GridUnits {
    let width = text::width(text, 11) + 14;
    let (left, top) = (right - width, node.rect.y - 9);
    let _ = write!(
        out,
        "<g class=\"chip\"><title>{}</title><rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"18\" rx=\"9\"/>\
         <text x=\"{}\" y=\"{}\">{}</text></g>",
        Escaped(tooltip),
        left + width / 2,
        top + 13,
        Escaped(text)
    );
    left - 6
}

fn terminal(out: &mut String, node: &Node) {
    let center = node.rect.center();
    let radius = node.rect.width / 2;
    if radius < 4 {
        return;
    }
    let (x, y) = (center.x, center.y);
    let word = node.kind.as_str();
    if node.kind == NodeKind::Start {
        let _ = writeln!(
            out,
            "<circle class=\"start\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"><title>{word}</title></circle>"
        );
        return;
    }
    let _ = writeln!(
        out,
        "<g><title>{word}</title><circle class=\"end\" cx=\"{x}\" cy=\"{y}\" r=\"{}\"/><circle class=\"end-dot\" cx=\"{x}\" cy=\"{y}\" r=\"{}\"/></g>",
        radius - 1,
        (radius - 4).max(2)
    );
}
