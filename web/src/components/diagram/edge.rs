//! One transition.

use asl_protocol::{DiagramEdge, EdgeKind, EdgeLabel};
use yew::prelude::*;

use crate::by_ptr::ByPtr;

/// Radius of a line's corners, in layout units.
const CORNER: i32 = 8;
/// Height of one line of a label, in layout units.
const LINE_HEIGHT: i32 = 18;

/// Returns the word for the style sheet.
pub(super) fn edge_name(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Start => "start",
        EdgeKind::Next => "next",
        EdgeKind::End => "end",
        EdgeKind::Choice => "choice",
        EdgeKind::Default => "default",
        EdgeKind::Catch => "catch",
    }
}

/// Returns path data of the line.
fn path(edge: &DiagramEdge) -> String {
    let points: Vec<_> = edge
        .points
        .iter()
        .map(|point| asl_drawing::Point::new(point.x, point.y))
        .collect();
    asl_drawing::rounded_path(&points, CORNER)
}

/// Props of [`TransitionEdge`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TransitionEdgeProps {
    /// The diagram, shared.
    pub analysis: ByPtr<asl_protocol::Analysis>,
    /// Position of the edge in it.
    pub at: usize,
    /// How often it was taken.
    pub taken: u32,
    /// Whether it leaves or enters the selected state.
    pub is_near: bool,
    /// Id of the event with which the run has just passed along it; 0 where it has not.
    pub passed_at: u32,
}

/// The line with its arrow, and its label.
#[component]
pub(super) fn TransitionEdge(props: &TransitionEdgeProps) -> Html {
    let edge = props
        .analysis
        .diagram
        .as_ref()
        .and_then(|diagram| diagram.edges.get(props.at));
    let Some(edge) = edge else {
        return Html::default();
    };
    let taken = (props.taken > 0).then_some("true");
    html! {
        <g class="edge" id={format!("e{}", edge.id)} data-kind={edge_name(edge.kind)} data-taken={taken}
            data-folded={(edge.is_folded && !props.is_near).then_some("true")} data-near={props.is_near.then_some("true")}>
            <path class="edge-line" d={path(edge)} />
            if let Some(arrow) = arrow(edge) {
                <path class="edge-arrow" d={arrow} />
            }
            if let Some(label) = &edge.label {
                { label_pill(label) }
            }
            if props.taken > 1 {
                { count_chip(edge, props.taken) }
            }
            if props.passed_at > 0 {
                <circle key={props.passed_at} class="edge-dot" r="6" style={dot_path(edge)} />
            }
        </g>
    }
}

/// Returns the way of the dot that runs along the line, and how long it takes.
fn dot_path(edge: &DiagramEdge) -> String {
    let length: i32 = edge
        .points
        .windows(2)
        .map(|pair| (pair[0].x - pair[1].x).abs() + (pair[0].y - pair[1].y).abs())
        .sum();
    let duration = (120 + length / 2).min(450);
    format!("offset-path: path(\"{}\"); --along: {duration}ms", path(edge))
}

/// Returns the head of the arrow at the last point, along the last segment.
fn arrow(edge: &DiagramEdge) -> Option<String> {
    let [.., before, tip] = edge.points.as_slice() else {
        return None;
    };
    let (dx, dy) = ((tip.x - before.x).signum(), (tip.y - before.y).signum());
    let (back_x, back_y) = (tip.x - 7 * dx, tip.y - 7 * dy);
    let (side_x, side_y) = (4 * dy, 4 * dx);
    Some(format!(
        "M{} {}L{} {}L{} {}Z",
        tip.x,
        tip.y,
        back_x + side_x,
        back_y + side_y,
        back_x - side_x,
        back_y - side_y
    ))
}

fn label_pill(label: &EdgeLabel) -> Html {
    let rect = label.rect;
    let line = |(at, line): (usize, &asl_protocol::LabelLine)| {
        let row = i32::try_from(at).unwrap_or(0);
        let y = rect.y + LINE_HEIGHT * row + LINE_HEIGHT / 2 + (rect.height % LINE_HEIGHT) / 2;
        html! {
            <text key={at} class="label-text" x={(rect.x + rect.width / 2).to_string()} y={y.to_string()}>
                if let Some(number) = line.number.filter(|_| !line.text.is_empty()) {
                    <tspan class="label-number">{ format!("{number} ") }</tspan>
                }
                <tspan>{ line.text.clone() }</tspan>
            </text>
        }
    };
    let title: Vec<_> = label.lines.iter().map(|line| line.full_text.as_str()).collect();
    html! {
        <g class="label">
            <title>{ title.join("\n") }</title>
            <rect class="label-pill" x={rect.x.to_string()} y={rect.y.to_string()} width={rect.width.to_string()}
                height={rect.height.to_string()} rx="9" />
            { for label.lines.iter().enumerate().map(line) }
        </g>
    }
}

/// A chip that counts how often the edge was taken, at the middle of its longest part.
fn count_chip(edge: &DiagramEdge, taken: u32) -> Html {
    let longest = edge.points.windows(2).max_by_key(|pair| {
        let &[from, to] = pair else { return 0 };
        (from.x - to.x).abs() + (from.y - to.y).abs()
    });
    let Some(&[from, to]) = longest else {
        return Html::default();
    };
    let (x, y) = (i32::midpoint(from.x, to.x), i32::midpoint(from.y, to.y));
    html! {
        <g class="edge-count" transform={format!("translate({x} {y})")}>
            <rect x="-14" y="-9" width="28" height="18" rx="9" />
            <text>{ format!("\u{d7}{taken}") }</text>
        </g>
    }
}
