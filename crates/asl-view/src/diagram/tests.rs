//! What every diagram must hold, over random machines and over real ones; and a few pictures by hand.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;

use super::*;

fn diagram_of(text: &str, direction: Direction) -> Diagram {
    let definition = asl_model::parse(text).definition.expect("the text is a JSON object");
    let options = LayoutOptions {
        direction,
        ..LayoutOptions::default()
    };
    Diagram::lay_out(&definition, &options)
}

/// Returns what is wrong with a diagram; nothing for a good one.
fn faults(diagram: &Diagram) -> Vec<String> {
    let mut faults = Vec::new();
    let canvas = Rect::new(0, 0, diagram.width, diagram.height);
    for (at, node) in diagram.nodes.iter().enumerate() {
        if !canvas.contains(&node.rect) || node.id as usize != at {
            faults.push(format!("{} is off the canvas or misnumbered", node.key));
        }
        if let Some(region) = node.region
            && !diagram.regions[region as usize].rect.contains(&node.rect)
        {
            faults.push(format!("{} sticks out of its region", node.key));
        }
        for other in &diagram.nodes[at + 1..] {
            if node.region == other.region && node.rect.overlaps(&other.rect) {
                faults.push(format!("{} overlaps {}", node.key, other.key));
            }
        }
    }
    for region in &diagram.regions {
        if !diagram.nodes[region.node as usize].rect.contains(&region.rect) {
            faults.push(format!("region {} sticks out of its frame", region.id));
        }
    }
    for edge in &diagram.edges {
        edge_faults(diagram, edge, &canvas, &mut faults);
    }
    faults
}

fn edge_faults(diagram: &Diagram, edge: &Edge, canvas: &Rect, faults: &mut Vec<String>) {
    let name = crate::describe_edge(edge);
    let region = diagram.nodes[edge.from as usize].region;
    let siblings: Vec<&Node> = diagram.nodes.iter().filter(|node| node.region == region).collect();
    for pair in edge.points.windows(2) {
        if (pair[0].x == pair[1].x) == (pair[0].y == pair[1].y) {
            faults.push(format!("{name} has a segment that is not upright or level: {pair:?}"));
        }
        for node in siblings.iter().filter(|node| node.rect.is_crossed_by(pair[0], pair[1])) {
            faults.push(format!("{name} runs through {}", node.key));
        }
    }
    for (point, node) in [(edge.points.first(), edge.from), (edge.points.last(), edge.to)] {
        let rect = diagram.nodes[node as usize].rect;
        let touches = point.is_some_and(|point| {
            rect.x <= point.x && point.x <= rect.right() && rect.y <= point.y && point.y <= rect.bottom()
        });
        if !touches {
            faults.push(format!("{name} does not touch {}", diagram.nodes[node as usize].key));
        }
    }
    if !edge
        .points
        .iter()
        .all(|point| canvas.contains(&Rect::new(point.x, point.y, 0, 0)))
    {
        faults.push(format!("{name} leaves the canvas"));
    }
    let Some(label) = &edge.label else { return };
    if !canvas.contains(&label.rect) {
        faults.push(format!("the label of {name} leaves the canvas"));
    }
    for node in siblings.iter().filter(|node| node.rect.overlaps(&label.rect)) {
        faults.push(format!("the label of {name} overlaps {}", node.key));
    }
    for other in diagram
        .edges
        .iter()
        .filter(|other| other.id != edge.id && diagram.nodes[other.from as usize].region == region)
    {
        if other
            .label
            .as_ref()
            .is_some_and(|other| other.rect.overlaps(&label.rect))
        {
            faults.push(format!(
                "the labels of {name} and of {} overlap",
                crate::describe_edge(other)
            ));
        }
        if other
            .points
            .windows(2)
            .any(|pair| label.rect.is_crossed_by(pair[0], pair[1]))
        {
            faults.push(format!(
                "{} runs through the label of {name}",
                crate::describe_edge(other)
            ));
        }
    }
}

/// Random choices out of a stream of bytes; zeros when it is spent.
struct Dice<'a>(std::slice::Iter<'a, u8>);

impl Dice<'_> {
    fn below(&mut self, bound: usize) -> usize {
        usize::from(*self.0.next().unwrap_or(&0)) % bound.max(1)
    }
}

/// Writes a well-formed `States` object with its `StartAt`; names are unique through `counter`.
fn machine(dice: &mut Dice, depth: usize, counter: &mut usize, out: &mut String) {
    let count = 1 + dice.below(if depth == 0 { 14 } else { 4 });
    let first = *counter;
    *counter += count;
    let _ = write!(out, "\"StartAt\": \"S{}\", \"States\": {{", first + dice.below(count));
    for at in first..first + count {
        let _ = write!(out, "{}\"S{at}\": {{", if at > first { ", " } else { "" });
        state(dice, depth, counter, first, count, out);
        out.push('}');
    }
    out.push('}');
}

fn state(dice: &mut Dice, depth: usize, counter: &mut usize, first: usize, count: usize, out: &mut String) {
    let target = |dice: &mut Dice| first + dice.below(count + 1);
    let kind = dice.below(10);
    match kind {
        0 => return out.push_str("\"Type\": \"Succeed\""),
        1 => return out.push_str("\"Type\": \"Fail\", \"Error\": \"E\""),
        2 | 3 => {
            out.push_str("\"Type\": \"Choice\", \"Choices\": [");
            for rule in 0..=dice.below(4) {
                let comma = if rule > 0 { ", " } else { "" };
                let _ = write!(
                    out,
                    "{comma}{{\"Variable\": \"$.x\", \"NumericEquals\": {rule}, \"Next\": \"S{}\"}}",
                    target(dice)
                );
            }
            let _ = write!(out, "], \"Default\": \"S{}\"", target(dice));
            return;
        }
        4 if depth < 2 => {
            out.push_str("\"Type\": \"Parallel\", \"Branches\": [{");
            machine(dice, depth + 1, counter, out);
            for _ in 0..dice.below(3) {
                out.push_str("}, {");
                machine(dice, depth + 1, counter, out);
            }
            out.push_str("}]");
        }
        5 if depth < 2 => {
            out.push_str("\"Type\": \"Map\", \"ItemProcessor\": {");
            machine(dice, depth + 1, counter, out);
            out.push('}');
        }
        6 => out.push_str("\"Type\": \"Wait\", \"Seconds\": 1"),
        _ => out.push_str("\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::sqs:sendMessage\""),
    }
    if kind != 6 {
        out.push_str(", \"Catch\": [");
        for catcher in 0..dice.below(4) {
            let comma = if catcher > 0 { ", " } else { "" };
            let _ = write!(
                out,
                "{comma}{{\"ErrorEquals\": [\"E{catcher}\"], \"Next\": \"S{}\"}}",
                target(dice)
            );
        }
        out.push(']');
    }
    match dice.below(6) {
        0 => out.push_str(", \"End\": true"),
        _ => {
            let _ = write!(out, ", \"Next\": \"S{}\"", target(dice));
        }
    }
}

fn machine_text(bytes: &[u8]) -> String {
    let mut text = String::from("{");
    machine(&mut Dice(bytes.iter()), 0, &mut 0, &mut text);
    text.push('}');
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_machines_have_sound_diagrams(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let text = machine_text(&bytes);
        for direction in [Direction::TopDown, Direction::LeftRight] {
            let diagram = diagram_of(&text, direction);
            prop_assert_eq!(faults(&diagram), Vec::<String>::new(), "{:?} {}", direction, text);
            prop_assert_eq!(&diagram, &diagram_of(&text, direction));
        }
    }

    #[test]
    fn keys_are_unique_and_do_not_depend_on_what_is_collapsed(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = machine_text(&bytes);
        let whole = diagram_of(&text, Direction::TopDown);
        let keys: BTreeSet<&str> = whole.nodes.iter().map(|node| &*node.key).collect();
        prop_assert_eq!(keys.len(), whole.nodes.len());
        let edges: BTreeSet<&EdgeKey> = whole.edges.iter().map(|edge| &edge.key).collect();
        prop_assert_eq!(edges.len(), whole.edges.len());
        let definition = asl_model::parse(&text).definition.expect("the text is a JSON object");
        let containers = whole.nodes.iter().filter(|node| node.is_expanded).map(|node| node.name.clone());
        let options = LayoutOptions { collapsed: containers.collect(), ..LayoutOptions::default() };
        let collapsed = Diagram::lay_out(&definition, &options);
        prop_assert_eq!(faults(&collapsed), Vec::<String>::new());
        prop_assert!(collapsed.regions.is_empty());
        prop_assert!(collapsed.nodes.iter().all(|node| keys.contains(&*node.key)));
    }
}

#[test]
fn recorded_definitions_have_sound_diagrams() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance/localstack/cases");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("SKIPPED: the recorded cases are not on this machine");
        return;
    };
    let mut seen = 0;
    for entry in entries.flatten() {
        let Ok(text) = std::fs::read_to_string(entry.path()) else {
            continue;
        };
        let case = asl_json::parse_value(&text).expect("cases are JSON");
        let Some(definition) = case.get("definition") else {
            continue;
        };
        let text = definition.to_string();
        if asl_model::parse(&text).definition.is_none() {
            continue;
        }
        seen += 1;
        for direction in [Direction::TopDown, Direction::LeftRight] {
            assert_eq!(
                faults(&diagram_of(&text, direction)),
                Vec::<String>::new(),
                "{}",
                entry.path().display()
            );
        }
    }
    assert!(seen > 500, "only {seen} definitions were found");
}

const CHAIN: &str = r#"{"StartAt": "A", "States": {
    "A": {"Type": "Task", "Resource": "r", "Next": "B", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "H"}]},
    "B": {"Type": "Pass", "Next": "C"},
    "C": {"Type": "Pass", "End": true},
    "H": {"Type": "Pass", "Next": "C"}}}"#;

#[test]
fn the_main_path_is_one_straight_line() {
    let diagram = diagram_of(CHAIN, Direction::TopDown);
    let centers: BTreeSet<GridUnits> = diagram
        .nodes
        .iter()
        .filter(|node| &*node.name != "H")
        .map(|node| node.rect.center().x)
        .collect();
    assert_eq!(centers.len(), 1);
    let handler = diagram.node_named("H").unwrap();
    assert!(handler.rect.x > *centers.first().unwrap());
}

#[test]
fn a_catcher_moves_no_layer_of_the_main_path() {
    let without = r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "r", "Next": "B"},
        "B": {"Type": "Pass", "Next": "C"}, "C": {"Type": "Pass", "End": true}}}"#;
    let (with, without) = (
        diagram_of(CHAIN, Direction::TopDown),
        diagram_of(without, Direction::TopDown),
    );
    for name in ["A", "B", "C"] {
        let top = |diagram: &Diagram| diagram.node_named(name).unwrap().rect.y;
        assert_eq!(top(&with), top(&without), "{name}");
    }
}

#[test]
fn what_is_written_by_halves_is_drawn_by_halves() {
    let text = r#"{"StartAt": "Nowhere", "States": {
        "A": {"Type": "Pass", "Next": "Missing"},
        "B": {"Type": "Choice", "Choices": [{"Next": "A"}, {}], "Default": 7},
        "C": {},
        "D": {"Type": "Map"},
        "E": 1}}"#;
    let diagram = diagram_of(text, Direction::TopDown);
    let names: Vec<&str> = diagram
        .nodes
        .iter()
        .map(|node| &*node.name)
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(names, ["A", "B", "C", "D"]);
    assert_eq!(diagram.edges.len(), 1);
    assert_eq!(faults(&diagram), Vec::<String>::new());
    assert_eq!(diagram_of("{}", Direction::TopDown).edges.len(), 0);
}

#[test]
fn a_target_of_three_catchers_goes_to_the_error_lane() {
    let task = |next: &str| {
        format!(
            r#"{{"Type": "Task", "Resource": "r", {next}, "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "F"}}]}}"#
        )
    };
    let text = format!(
        r#"{{"StartAt": "A", "States": {{"A": {}, "B": {}, "C": {}, "F": {{"Type": "Fail"}}}}}}"#,
        task(r#""Next": "B""#),
        task(r#""Next": "C""#),
        task(r#""End": true"#),
    );
    let diagram = diagram_of(&text, Direction::TopDown);
    let folded: Vec<&Edge> = diagram.edges.iter().filter(|edge| edge.is_folded).collect();
    assert_eq!(folded.len(), 3);
    assert_eq!(folded[0].label.as_ref().unwrap().lines[0].text, "→ F");
    let (fail, a) = (
        diagram.node_named("F").unwrap().rect,
        diagram.node_named("A").unwrap().rect,
    );
    assert!(fail.y == a.y && fail.x > a.right());
}

#[test]
fn rules_with_one_target_share_an_edge() {
    let text = r#"{"StartAt": "C", "States": {"C": {"Type": "Choice", "Choices": [
        {"Variable": "$.a", "NumericGreaterThan": 1, "Next": "P"},
        {"Variable": "$.b", "NumericGreaterThan": 2, "Next": "C"}], "Default": "P"},
        "P": {"Type": "Pass", "End": true}}}"#;
    let diagram = diagram_of(text, Direction::TopDown);
    let label = |to: &str| {
        let edge = diagram
            .edges
            .iter()
            .find(|edge| edge.key.to.as_deref() == Some(to) && edge.label.is_some());
        let lines = edge.unwrap().label.as_ref().unwrap().lines.iter();
        lines.map(|line| (line.number, line.text.as_str())).collect::<Vec<_>>()
    };
    assert_eq!(label("P"), [(Some(1), "a > 1"), (None, "Default")]);
    assert_eq!(label("C"), [(Some(2), "b > 2")]);
    assert!(diagram.edges.iter().any(|edge| edge.is_back));
}
