//! Diagrams and run views as messages.

use asl_protocol as page;
use asl_view as view;

use crate::analysis::AnalyzedText;

/// Returns how to lay out, as the page asked for it.
pub(crate) fn layout_options(options: &page::LayoutOptions) -> view::LayoutOptions {
    view::LayoutOptions {
        direction: match options.direction {
            page::Direction::TopDown => view::Direction::TopDown,
            page::Direction::LeftRight => view::Direction::LeftRight,
        },
        collapsed: options.collapsed.iter().map(|name| name.as_str().into()).collect(),
    }
}

/// Returns the picture of a text as a file; none where there is no picture.
pub(crate) fn write(
    text: &AnalyzedText,
    format: page::DiagramFormat,
    title: &str,
    run: Option<&view::RunView>,
) -> Option<String> {
    let picture = text.picture.as_ref()?;
    Some(match format {
        page::DiagramFormat::Svg => {
            let options = view::SvgOptions {
                run,
                title,
                ..view::SvgOptions::default()
            };
            view::write_svg(picture, &options)
        }
        page::DiagramFormat::Mermaid => view::to_mermaid(picture, text.direction),
        page::DiagramFormat::Dot => view::to_dot(picture, text.direction),
    })
}

/// Returns the diagram as a message.
pub(crate) fn diagram(diagram: &view::Diagram) -> page::Diagram {
    page::Diagram {
        width: diagram.width,
        height: diagram.height,
        nodes: diagram.nodes.iter().map(node).collect(),
        edges: diagram.edges.iter().map(edge).collect(),
        regions: diagram.regions.iter().map(region).collect(),
        bars: diagram
            .bars
            .iter()
            .map(|bar| page::DiagramBar {
                node: bar.node,
                rect: rect(bar.rect),
            })
            .collect(),
        description: view::describe_diagram(diagram),
        outline: outline(view::outline(diagram)),
    }
}

/// Returns nested lists as lines that know how deep they are.
fn outline(items: Vec<view::OutlineItem>) -> Vec<page::OutlineLine> {
    let mut lines = Vec::new();
    let mut waiting: Vec<(u32, view::OutlineItem)> = items.into_iter().rev().map(|item| (0, item)).collect();
    while let Some((depth, item)) = waiting.pop() {
        waiting.extend(item.items.into_iter().rev().map(|inner| (depth + 1, inner)));
        lines.push(page::OutlineLine {
            depth,
            node: item.node,
            title: item.title,
            ways: item.ways,
        });
    }
    lines
}

fn node(node: &view::Node) -> page::DiagramNode {
    page::DiagramNode {
        id: node.id,
        kind: node_kind(node.kind),
        name: node.name.to_string(),
        key: node.key.to_string(),
        rect: rect(node.rect),
        region: node.region,
        depth: node.depth,
        is_expanded: node.is_expanded,
        icon: node.icon.as_str().to_owned(),
        summary: node.summary.clone(),
        max_retries: node.max_retries,
        retry_text: node.retry_text.clone(),
        query_language: node
            .query_language
            .map(|language| language.name().to_owned())
            .unwrap_or_default(),
        description: node.description.clone(),
    }
}

fn node_kind(kind: view::NodeKind) -> page::NodeKind {
    match kind {
        view::NodeKind::Task => page::NodeKind::Task,
        view::NodeKind::Pass => page::NodeKind::Pass,
        view::NodeKind::Choice => page::NodeKind::Choice,
        view::NodeKind::Wait => page::NodeKind::Wait,
        view::NodeKind::Succeed => page::NodeKind::Succeed,
        view::NodeKind::Fail => page::NodeKind::Fail,
        view::NodeKind::Parallel => page::NodeKind::Parallel,
        view::NodeKind::Map => page::NodeKind::Map,
        view::NodeKind::Unknown => page::NodeKind::Unknown,
        view::NodeKind::Start => page::NodeKind::Start,
        view::NodeKind::End => page::NodeKind::End,
    }
}

fn edge(edge: &view::Edge) -> page::DiagramEdge {
    page::DiagramEdge {
        id: edge.id,
        key: edge_key(&edge.key),
        from: edge.from,
        to: edge.to,
        kind: edge_kind(edge.kind),
        points: edge
            .points
            .iter()
            .map(|point| page::Point { x: point.x, y: point.y })
            .collect(),
        label: edge.label.as_ref().map(label),
        is_folded: edge.is_folded,
        is_back: edge.is_back,
    }
}

pub(crate) fn edge_key(key: &view::EdgeKey) -> page::EdgeKey {
    page::EdgeKey {
        from: key.from.as_deref().map(str::to_owned),
        to: key.to.as_deref().map(str::to_owned),
        is_catch: key.is_catch,
    }
}

fn edge_kind(kind: view::EdgeKind) -> page::EdgeKind {
    match kind {
        view::EdgeKind::Start => page::EdgeKind::Start,
        view::EdgeKind::Next => page::EdgeKind::Next,
        view::EdgeKind::End => page::EdgeKind::End,
        view::EdgeKind::Choice => page::EdgeKind::Choice,
        view::EdgeKind::Default => page::EdgeKind::Default,
        view::EdgeKind::Catch => page::EdgeKind::Catch,
    }
}

fn label(label: &view::EdgeLabel) -> page::EdgeLabel {
    let line = |line: &view::LabelLine| page::LabelLine {
        number: line.number,
        text: line.text.clone(),
        full_text: line.full_text.clone(),
    };
    page::EdgeLabel {
        rect: rect(label.rect),
        lines: label.lines.iter().map(line).collect(),
    }
}

fn region(region: &view::Region) -> page::DiagramRegion {
    page::DiagramRegion {
        id: region.id,
        node: region.node,
        branch: region.branch,
        rect: rect(region.rect),
    }
}

fn rect(rect: view::Rect) -> page::Rect {
    page::Rect {
        x: rect.x,
        y: rect.y,
        width: rect.width,
        height: rect.height,
    }
}

/// Returns how a run stands as a message.
pub(crate) fn run_view(run: &view::RunView) -> page::RunView {
    let edge = |(key, taken): (&view::EdgeKey, &u32)| page::EdgeStatus {
        edge: edge_key(key),
        taken: *taken,
    };
    page::RunView {
        event: run.event.0,
        timestamp_ms: run.timestamp.0,
        execution: status(run.execution),
        transitions: run.transitions,
        nodes: run
            .states
            .iter()
            .map(|(name, state)| node_status(name, state))
            .collect(),
        edges: run.edges.iter().map(edge).collect(),
    }
}

fn node_status(name: &str, state: &view::StateRun) -> page::NodeStatus {
    page::NodeStatus {
        state: name.to_owned(),
        status: status(state.status),
        visits: state.visits,
        open_visits: state.open_visits,
        attempt: state.attempt,
        retries: state.retries,
        entered: state.entered.0,
        newest: state.newest.0,
        error: state.error.as_deref().map(str::to_owned),
        iterations: state.iterations.map(|counts| page::IterationCounts {
            total: counts.total,
            running: counts.running,
            succeeded: counts.succeeded,
            failed: counts.failed,
            aborted: counts.aborted,
            first_failed: counts.first_failed,
        }),
    }
}

/// Returns a status as a message.
pub(crate) fn status(status: view::Status) -> page::Status {
    match status {
        view::Status::NotRun => page::Status::NotRun,
        view::Status::Running => page::Status::Running,
        view::Status::Waiting => page::Status::Waiting,
        view::Status::Retrying => page::Status::Retrying,
        view::Status::Succeeded => page::Status::Succeeded,
        view::Status::Failed => page::Status::Failed,
        view::Status::Caught => page::Status::Caught,
        view::Status::Aborted => page::Status::Aborted,
    }
}
