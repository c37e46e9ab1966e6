//! One state or terminal.

use asl_protocol::{Analysis, DiagramNode, IterationCounts, NodeKind, NodeStatus, Status};
use web_sys::{FocusEvent, MouseEvent, PointerEvent};
use yew::prelude::*;

use crate::by_ptr::ByPtr;

use super::super::common::{status_name, status_path, status_word};
use super::canvas::is_container;
use super::iteration_picker::IterationPicker;
use super::text::{middle_ellipsis, room};

/// Width of the tile that holds the type's glyph.
const TILE: i32 = 38;
/// Height of the header of a container.
const HEADER: i32 = 32;

/// Fewest characters of a summary that say something.
const LEAST_SUMMARY: usize = 10;

/// What a node shows of a run. Few small fields, so that comparing it is cheap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NodeRun {
    pub status: Status,
    pub visits: u32,
    pub attempt: u32,
    pub retries: u32,
    pub iterations: Option<IterationCounts>,
}

impl From<&NodeStatus> for NodeRun {
    fn from(node: &NodeStatus) -> NodeRun {
        NodeRun {
            status: node.status,
            visits: node.visits,
            attempt: node.attempt,
            retries: node.retries,
            iterations: node.iterations,
        }
    }
}

/// What the reader does to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeDeed {
    /// Selects it.
    Pick,
    /// Moves the focus to it.
    Focus,
    /// Takes the focus away.
    Blur,
    /// Points at it.
    Enter,
    /// Points elsewhere.
    Leave,
    /// Collapses or expands it.
    Fold,
    /// Sets a breakpoint on it, or takes it away.
    Break,
    /// Chooses the iteration to see inside, or the newest.
    Iterate(Option<u32>),
}

/// Props of [`StateNode`].
#[derive(Clone, PartialEq, Properties)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one way a node looks, and all combinations occur"
)]
pub(super) struct StateNodeProps {
    /// The diagram, shared.
    pub analysis: ByPtr<Analysis>,
    /// Position of the node in it.
    pub at: usize,
    /// How it stands.
    pub run: NodeRun,
    /// Whether it is selected.
    pub is_selected: bool,
    /// Whether it is the one that Tab reaches.
    pub is_tab_stop: bool,
    /// Whether an edit has just brought it.
    pub is_new: bool,
    /// Whether a run pauses where it enters the state.
    pub has_breakpoint: bool,
    /// The iteration that is shown inside of it, where the reader chose one.
    pub iteration: Option<u32>,
    /// Called with its position and what the reader did to it.
    pub on_deed: Callback<(usize, NodeDeed)>,
}

/// The node. A run changes attributes of it and nothing else.
#[component]
pub(super) fn StateNode(props: &StateNodeProps) -> Html {
    let node = props
        .analysis
        .diagram
        .as_ref()
        .and_then(|diagram| diagram.nodes.get(props.at));
    let Some(node) = node else {
        return Html::default();
    };
    if matches!(node.kind, NodeKind::Start | NodeKind::End) {
        return terminal(node);
    }
    let at = props.at;
    let on_deed = props.on_deed.clone();
    let on_mouse = |deed: NodeDeed| {
        let on_deed = on_deed.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            on_deed.emit((at, deed));
        })
    };
    let on_focus = |deed: NodeDeed| {
        let on_deed = on_deed.clone();
        Callback::from(move |_: FocusEvent| on_deed.emit((at, deed)))
    };
    let on_pointer = |deed: NodeDeed| {
        let on_deed = on_deed.clone();
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() == "mouse" {
                on_deed.emit((at, deed));
            }
        })
    };
    let is_container = is_container(node.kind);
    let rect = node.rect;
    html! {
        <g class="node" id={format!("n{}", node.id)} data-state={node.name.clone()} data-kind={kind_name(node.kind)}
            data-status={status_name(props.run.status)} data-selected={props.is_selected.to_string()}
            data-expanded={node.is_expanded.then_some("true")} data-new={props.is_new.then_some("true")}
            transform={format!("translate({} {})", rect.x, rect.y)} onclick={on_mouse(NodeDeed::Pick)}
            ondblclick={is_container.then(|| on_mouse(NodeDeed::Fold))}>
            // What is drawn says less than the accessible name, so the two are kept apart.
            <g class="node-hit" onpointerenter={on_pointer(NodeDeed::Enter)} onpointerleave={on_pointer(NodeDeed::Leave)} role="button" aria-pressed={props.is_selected.to_string()}
                aria-label={spoken(node, &props.run, props.has_breakpoint)} tabindex={if props.is_tab_stop { "0" } else { "-1" }}
                data-pane-focus={props.is_tab_stop.then_some("true")} onfocus={on_focus(NodeDeed::Focus)} onblur={on_focus(NodeDeed::Blur)}
                aria-expanded={is_container.then(|| node.is_expanded.to_string())}>
                { outline(node) }
            </g>
            <g class="node-face" aria-hidden="true">
                { face(node) }
                { signs(node, &props.run) }
            </g>
            { breakpoint(node, props.has_breakpoint, on_mouse(NodeDeed::Break)) }
            if is_container {
                { fold_button(node, on_mouse(NodeDeed::Fold)) }
            }
            if let Some(counts) = props.run.iterations.filter(|counts| node.is_expanded && counts.total > 0) {
                <IterationPicker map={node.name.clone()} total={counts.total} chosen={props.iteration}
                    first_failed={counts.first_failed}
                    on_choose={Callback::from(move |choice| on_deed.emit((at, NodeDeed::Iterate(choice))))} />
            }
        </g>
    }
}

/// The dot at the corner that sets a breakpoint, and shows it. The keyboard has `b` on the node itself.
fn breakpoint(node: &DiagramNode, is_set: bool, on_click: Callback<MouseEvent>) -> Html {
    let title = if is_set {
        "Runs pause here. Press to go on instead (b)"
    } else {
        "Pause runs here (b)"
    };
    html! {
        <g class="node-break" role="button" tabindex="-1" aria-label={format!("Breakpoint on {}", node.name)}
            aria-pressed={is_set.to_string()} onclick={on_click} ondblclick={Callback::from(|event: MouseEvent| event.stop_propagation())}>
            <title>{ title }</title>
            <rect x="-14" y="-14" width="28" height="28" />
            <circle r="7" />
        </g>
    }
}

/// The chevron that collapses or expands a container. The keyboard has `+` and `-` on the node itself.
fn fold_button(node: &DiagramNode, on_click: Callback<MouseEvent>) -> Html {
    let (word, path) = if node.is_expanded {
        ("Collapse", "M5 12.5 10 7.5l5 5")
    } else {
        ("Expand", "M5 7.5l5 5 5-5")
    };
    let label = format!("{word} {}", node.name);
    // A double click on the chevron is two clicks.
    let on_double_click = Callback::from(|event: MouseEvent| event.stop_propagation());
    let y = if node.is_expanded { 4 } else { 28 };
    html! {
        <g class="node-fold" role="button" tabindex="-1" aria-label={label.clone()} onclick={on_click}
            ondblclick={on_double_click} transform={format!("translate({} {y})", node.rect.width - 30)}>
            <title>{ label }</title>
            <rect width="24" height="24" rx="6" />
            <path d={path} transform="translate(2 2)" />
        </g>
    }
}

fn kind_name(kind: NodeKind) -> &'static str {
    match kind {
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

/// Returns what screen readers say.
fn spoken(node: &DiagramNode, run: &NodeRun, has_breakpoint: bool) -> String {
    let mut spoken = if node.description.is_empty() {
        format!("{}, {}", node.name, kind_name(node.kind))
    } else {
        node.description.clone()
    };
    if run.status != Status::NotRun {
        spoken = format!("{spoken} Status: {}.", status_word(run.status));
    }
    if run.attempt > 1 {
        spoken = format!("{spoken} Attempt {}.", run.attempt);
    }
    if has_breakpoint {
        spoken.push_str(" Breakpoint.");
    }
    spoken
}

/// The shape around a node, and the ring that shows focus and selection.
fn outline(node: &DiagramNode) -> Html {
    let (width, height) = (node.rect.width, node.rect.height);
    let corner = match node.kind {
        NodeKind::Succeed | NodeKind::Fail => height / 2,
        _ => 10,
    };
    let rect = |class: &'static str, inset: i32, corner: i32| {
        html! {
            <rect {class} x={inset.to_string()} y={inset.to_string()} width={(width - 2 * inset).max(0).to_string()}
                height={(height - 2 * inset).max(0).to_string()} rx={corner.to_string()} />
        }
    };
    html! {
        <>
            { rect("node-ring", -5, corner + 5) }
            if node.kind == NodeKind::Map {
                <path class="node-stack" d={stack(width, height)} />
            }
            if node.kind == NodeKind::Choice {
                <path class="node-box" d={cut_box(width, height)} />
            } else {
                { rect("node-box", 0, corner) }
            }
            if matches!(node.kind, NodeKind::Succeed | NodeKind::Fail) {
                { rect("node-inner", 4, corner - 4) }
            }
        </>
    }
}

/// Returns a box with cut corners, the shape of a Choice state.
fn cut_box(width: i32, height: i32) -> String {
    let cut = 10;
    format!(
        "M{cut} 0H{}L{width} {cut}V{}L{} {height}H{cut}L0 {}V{cut}Z",
        width - cut,
        height - cut,
        width - cut,
        height - cut
    )
}

/// Returns the two edges behind a Map state.
fn stack(width: i32, height: i32) -> String {
    format!(
        "M10 -4H{0}a8 8 0 0 1 8 8V{1}M16 -8H{2}a8 8 0 0 1 8 8V{3}",
        width - 4,
        height - 10,
        width,
        height - 16
    )
}

/// The glyph of the type, the name and the second line.
fn face(node: &DiagramNode) -> Html {
    let icon = asl_drawing::Icon::from_name(&node.icon).unwrap_or(asl_drawing::Icon::Unknown);
    let (width, height) = (
        node.rect.width,
        if node.is_expanded { HEADER } else { node.rect.height },
    );
    let middle = height / 2;
    let text_x = TILE + 4;
    let name = middle_ellipsis(&node.name, room(width - text_x - 30, 7000));
    let summary = middle_ellipsis(&node.summary, room(width - text_x - 10, 5900));
    // Beside the name, in the header of a container.
    let name_width = i32::try_from(8 * name.chars().count()).unwrap_or(width);
    let summary_room = room(width - text_x - name_width - 66, 6300);
    let on_one_line = node.is_expanded || summary.is_empty();
    html! {
        <>
            if !node.is_expanded {
                <rect class="node-tile" x="8" y={(middle - 14).to_string()} width="28" height="28" rx="8" />
            }
            <path class="node-icon" d={asl_drawing::icon(icon)}
                transform={format!("translate({} {}) scale(0.8)", 12, middle - 10)} />
            if on_one_line {
                <text class="node-name" x={text_x.to_string()} y={middle.to_string()}>{ name }</text>
            } else {
                <text class="node-name" x={text_x.to_string()} y={(middle - 9).to_string()}>{ name }</text>
                <text class="node-summary" x={text_x.to_string()} y={(middle + 10).to_string()}>{ summary.clone() }</text>
            }
            if node.is_expanded && !node.summary.is_empty() && summary_room >= LEAST_SUMMARY {
                <text class="node-summary node-summary-right" x={(width - 56).to_string()} y={middle.to_string()}>
                    { middle_ellipsis(&node.summary, summary_room) }
                </text>
            }
        </>
    }
}

/// The status glyph, and chips for retries, visits and iterations.
fn signs(node: &DiagramNode, run: &NodeRun) -> Html {
    let height = if node.is_expanded { HEADER } else { node.rect.height };
    let glyph = status_path(run.status);
    // Beside the name, which is above the middle where there is a second line.
    let top = if node.is_expanded || node.summary.is_empty() {
        height / 2 - 8
    } else {
        height / 2 - 17
    };
    let chip = chip_text(node, run);
    html! {
        <>
            <g transform={format!("translate({} {top})", node.rect.width - if node.is_expanded { 50 } else { 26 })}>
                <path class="node-status" d={glyph} />
            </g>
            if let Some((text, title)) = chip {
                { corner_chip(node, &text, title) }
            }
            if let Some(counts) = run.iterations.filter(|counts| counts.total > 0) {
                { iterations(node, counts) }
            }
        </>
    }
}

/// Returns what the chip at the corner says, and its tooltip.
fn chip_text(node: &DiagramNode, run: &NodeRun) -> Option<(String, String)> {
    if run.retries > 0 {
        let most = node.max_retries;
        return Some((format!("\u{21bb} {}/{most}", run.retries), node.retry_text.clone()));
    }
    if run.visits > 1 && run.iterations.is_none() {
        return Some((format!("\u{d7}{}", run.visits), format!("entered {} times", run.visits)));
    }
    (node.max_retries > 0).then(|| (format!("\u{21bb} {}", node.max_retries), node.retry_text.clone()))
}

fn corner_chip(node: &DiagramNode, text: &str, title: String) -> Html {
    let width = 14 + 7 * i32::try_from(text.chars().count()).unwrap_or(0);
    html! {
        <g class="node-chip" transform={format!("translate({} -9)", node.rect.width - width - 10)}>
            <title>{ title }</title>
            <rect width={width.to_string()} height="18" rx="9" />
            <text x={(width / 2).to_string()} y="9.5">{ text.to_owned() }</text>
        </g>
    }
}

/// How many iterations stand how, as a bar in parts under the header.
fn iterations(node: &DiagramNode, counts: IterationCounts) -> Html {
    let width = node.rect.width - 24;
    let y = if node.is_expanded { HEADER } else { node.rect.height - 8 };
    let mut x = 12;
    let parts = [
        ("succeeded", counts.succeeded),
        ("failed", counts.failed),
        ("aborted", counts.aborted),
        ("running", counts.running),
    ];
    let part = |(status, count): (&'static str, u32)| {
        let share = i64::from(width) * i64::from(count) / i64::from(counts.total.max(1));
        let length = i32::try_from(share).unwrap_or(0);
        let from = x;
        x += length;
        html! {
            <rect key={status} class="iteration-part" data-status={status} x={from.to_string()} y={y.to_string()}
                width={length.to_string()} height="4" />
        }
    };
    let title = format!(
        "{} iterations: {} succeeded, {} failed, {} running, {} aborted",
        counts.total, counts.succeeded, counts.failed, counts.running, counts.aborted
    );
    html! {
        <g class="iterations">
            <title>{ title }</title>
            <rect class="iteration-track" x="12" y={y.to_string()} width={width.to_string()} height="4" rx="2" />
            { for parts.into_iter().map(part) }
        </g>
    }
}

/// Start and End: they stand for no state, so nothing about them can be picked.
fn terminal(node: &DiagramNode) -> Html {
    let rect = node.rect;
    let radius = rect.width.min(rect.height) / 2;
    let kind = kind_name(node.kind);
    html! {
        <g class="terminal" data-kind={kind} aria-hidden="true"
            transform={format!("translate({} {})", rect.x + rect.width / 2, rect.y + rect.height / 2)}>
            <circle class="terminal-ring" r={(radius - 1).max(1).to_string()} />
            if node.kind == NodeKind::End {
                <circle class="terminal-dot" r={(radius / 2).max(1).to_string()} />
            }
        </g>
    }
}
