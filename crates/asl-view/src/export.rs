//! The diagram in the languages of other tools: Mermaid and DOT.

use std::fmt::Write as _;

use crate::diagram::{Diagram, Direction, Edge, EdgeKind, Node, NodeKind};

/// Returns the diagram as a Mermaid flowchart. Map and Parallel states become subgraphs.
pub fn to_mermaid(diagram: &Diagram, direction: Direction) -> String {
    let word = if direction == Direction::TopDown { "TD" } else { "LR" };
    let mut out = format!("flowchart {word}\n");
    group(diagram, None, 1, &mut |line| {
        let _ = writeln!(out, "{}{}", "  ".repeat(line.indent), mermaid_line(&line.part));
    });
    for edge in &diagram.edges {
        let arrow = if edge.kind == EdgeKind::Catch { "-.->" } else { "-->" };
        let label = edge_text(edge);
        let label = if label.is_empty() {
            label
        } else {
            format!("|\"{}\"|", mermaid_text(&label))
        };
        let _ = writeln!(out, "  n{} {arrow}{label} n{}", edge.from, edge.to);
    }
    out
}

/// Returns the diagram as a graph in DOT, the language of Graphviz. Map and Parallel states become clusters.
pub fn to_dot(diagram: &Diagram, direction: Direction) -> String {
    let word = if direction == Direction::TopDown { "TB" } else { "LR" };
    let mut out = format!("digraph {{\n  rankdir={word};\n  compound=true;\n  node [shape=box, style=rounded];\n");
    group(diagram, None, 1, &mut |line| {
        let _ = writeln!(out, "{}{}", "  ".repeat(line.indent), dot_line(&line.part));
    });
    for edge in &diagram.edges {
        let style = if edge.kind == EdgeKind::Catch {
            ", style=dashed"
        } else {
            ""
        };
        let label = dot_text(&edge_text(edge));
        let _ = writeln!(out, "  n{} -> n{} [label=\"{label}\"{style}];", edge.from, edge.to);
    }
    out.push_str("}\n");
    out
}

struct Line<'a> {
    indent: usize,
    part: Part<'a>,
}

enum Part<'a> {
    Node(&'a Node),
    Open(&'a Node),
    Close,
}

/// Visits the nodes of a region, containers around what is inside them.
fn group(diagram: &Diagram, region: Option<u32>, indent: usize, visit: &mut dyn FnMut(Line)) {
    for node in diagram.nodes.iter().filter(|node| node.region == region) {
        visit(Line {
            indent,
            part: if node.is_expanded {
                Part::Open(node)
            } else {
                Part::Node(node)
            },
        });
        if node.is_expanded {
            for inside in diagram.regions.iter().filter(|inside| inside.node == node.id) {
                group(diagram, Some(inside.id), indent + 1, visit);
            }
            visit(Line {
                indent,
                part: Part::Close,
            });
        }
    }
}

fn mermaid_line(part: &Part) -> String {
    match part {
        Part::Open(node) => format!("subgraph n{} [\"{}\"]", node.id, mermaid_text(&node.name)),
        Part::Close => "end".to_owned(),
        Part::Node(node) => {
            let text = mermaid_text(&node.name);
            match node.kind {
                NodeKind::Start => format!("n{}((\" \"))", node.id),
                NodeKind::End => format!("n{}(((\" \")))", node.id),
                NodeKind::Choice => format!("n{}{{\"{text}\"}}", node.id),
                NodeKind::Succeed | NodeKind::Fail => format!("n{}([\"{text}\"])", node.id),
                _ => format!("n{}[\"{text}\"]", node.id),
            }
        }
    }
}

fn dot_line(part: &Part) -> String {
    match part {
        Part::Open(node) => format!(
            "subgraph cluster_{0} {{ label=\"{1}\"; style=dashed; n{0} [label=\"{1}\", shape=plaintext];",
            node.id,
            dot_text(&node.name)
        ),
        Part::Close => "}".to_owned(),
        Part::Node(node) => {
            let shape = match node.kind {
                NodeKind::Start => ", shape=point",
                NodeKind::End => ", shape=doublecircle",
                NodeKind::Choice => ", shape=diamond",
                NodeKind::Succeed | NodeKind::Fail => ", peripheries=2",
                _ => "",
            };
            format!("n{} [label=\"{}\"{shape}];", node.id, dot_text(&node.name))
        }
    }
}

fn edge_text(edge: &Edge) -> String {
    let lines = edge.label.iter().flat_map(|label| &label.lines);
    lines.map(|line| line.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// Writes what could be taken for syntax as character references.
fn mermaid_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '#' | '<' | '>' | '&' | '|' | '`' | ';' | '\\' | '{' | '}' | '[' | ']' | '(' | ')' => {
                let _ = write!(out, "#{};", u32::from(character));
            }
            character if character.is_control() => out.push(' '),
            character => out.push(character),
        }
    }
    out
}

fn dot_text(text: &str) -> String {
    let without_controls = text.replace(char::is_control, " ");
    without_controls.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LayoutOptions;

    fn diagram() -> Diagram {
        let text = r#"{"StartAt": "Say \"hi\"", "States": {
            "Say \"hi\"": {"Type": "Task", "Resource": "r", "Next": "All", "Catch": [{"ErrorEquals": ["E"], "Next": "Bad"}]},
            "All": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "One", "States": {"One": {"Type": "Succeed"}}}},
            "Bad": {"Type": "Fail"}}}"#;
        Diagram::lay_out(&asl_model::parse(text).definition.unwrap(), &LayoutOptions::default())
    }

    #[test]
    fn writes_mermaid() {
        let text = to_mermaid(&diagram(), Direction::TopDown);
        assert!(text.starts_with("flowchart TD\n  n0((\" \"))\n  n1[\"Say #34;hi#34;\"]\n  subgraph n2 [\"All\"]\n"));
        assert!(text.contains("  n1 -.->|\"Catch E\"| n6\n"), "{text}");
    }

    #[test]
    fn writes_dot() {
        let text = to_dot(&diagram(), Direction::LeftRight);
        assert!(text.contains("rankdir=LR;") && text.contains("label=\"Say \\\"hi\\\"\""));
        assert!(
            text.contains("subgraph cluster_2") && text.contains("style=dashed];"),
            "{text}"
        );
        assert_eq!(text.matches('{').count(), text.matches('}').count());
    }
}
