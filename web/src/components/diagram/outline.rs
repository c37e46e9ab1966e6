//! The diagram as nested lists, in the order of execution: for readers whom a picture does not serve.

use std::collections::BTreeMap;
use std::rc::Rc;

use asl_protocol::{Analysis, DiagramNode, OutlineLine, RunView, Status};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;
use crate::interop::focus;

use super::super::common::{StatusGlyph, status_word};
use super::canvas::is_container;

/// Props of [`Outline`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct OutlineProps {
    /// What the picture holds.
    pub analysis: ByPtr<Analysis>,
    /// How the states stand.
    pub view: ByPtr<RunView>,
    /// Name of the selected state.
    pub selected: Option<Rc<str>>,
}

/// A tree: arrow keys move, Enter selects, plus and minus expand and collapse.
#[component]
pub(super) fn Outline(props: &OutlineProps) -> Html {
    let commands = use_commands();
    let Some(diagram) = &props.analysis.diagram else {
        return Html::default();
    };
    let statuses: BTreeMap<&str, Status> = props
        .view
        .nodes
        .iter()
        .map(|node| (node.state.as_str(), node.status))
        .collect();
    let selected = props.selected.as_deref();
    let is_shown = diagram.nodes.iter().any(|node| Some(node.name.as_str()) == selected);
    let line = |(at, line): (usize, &OutlineLine)| {
        let node = line.node.and_then(|id| diagram.nodes.get(usize::try_from(id).ok()?));
        let is_selected = node.is_some_and(|node| Some(node.name.as_str()) == selected);
        let is_tab_stop = if is_shown { is_selected } else { at == 0 };
        let status = node
            .and_then(|node| statuses.get(node.name.as_str()))
            .copied()
            .unwrap_or_default();
        let name = node.map(|node| node.name.clone());
        let on_click = {
            let (commands, name) = (commands.clone(), name.clone());
            Callback::from(move |_: MouseEvent| {
                if let Some(name) = &name {
                    commands.select_state(name, false);
                }
            })
        };
        let on_keydown = {
            let (commands, node) = (commands.clone(), node.cloned());
            Callback::from(move |event: KeyboardEvent| {
                if press(&event, node.as_ref(), &commands) {
                    event.prevent_default();
                }
            })
        };
        html! {
            <li key={at} class="outline-line" role="treeitem" aria-level={(line.depth + 1).to_string()}
                aria-selected={is_selected.to_string()} tabindex={if is_tab_stop { "0" } else { "-1" }}
                data-pane-focus={is_tab_stop.then_some("true")} style={format!("--depth: {}", line.depth)}
                aria-expanded={node.filter(|node| is_container(node.kind)).map(|node| node.is_expanded.to_string())}
                onclick={on_click} onkeydown={on_keydown}>
                { text(line, node, status) }
            </li>
        }
    };
    html! {
        <ul class="outline" role="tree" aria-label="Outline of the state machine">
            { for diagram.outline.iter().enumerate().map(line) }
        </ul>
    }
}

fn text(line: &OutlineLine, node: Option<&DiagramNode>, status: Status) -> Html {
    html! {
        <>
            <span class="outline-name">
                if status != Status::NotRun {
                    <StatusGlyph {status} />
                }
                { line.title.clone() }
            </span>
            if let Some(node) = node {
                <span class="outline-about">
                    { format!("{:?}", node.kind) }
                    if !node.summary.is_empty() { { format!(", {}", node.summary) } }
                    if status != Status::NotRun { { format!(", {}", status_word(status)) } }
                </span>
            }
            if !line.ways.is_empty() {
                <span class="outline-ways">{ line.ways.join("; ") }</span>
            }
        </>
    }
}

/// Returns whether the key does something on a line.
fn press(event: &KeyboardEvent, node: Option<&DiagramNode>, commands: &crate::commands::Commands) -> bool {
    let line = event.current_target().and_then(|line| line.dyn_into::<Element>().ok());
    let key = event.key();
    let next = match key.as_str() {
        "ArrowDown" => line.and_then(|line| line.next_element_sibling()),
        "ArrowUp" => line.and_then(|line| line.previous_element_sibling()),
        "Home" => line.and_then(|line| line.parent_element()?.first_element_child()),
        "End" => line.and_then(|line| line.parent_element()?.last_element_child()),
        "Enter" | " " => {
            if let Some(node) = node {
                commands.select_state(&node.name, false);
            }
            return true;
        }
        "+" | "ArrowRight" | "-" | "ArrowLeft" => {
            let is_collapsed = key == "-" || key == "ArrowLeft";
            if let Some(node) = node.filter(|node| is_container(node.kind) && node.is_expanded == is_collapsed) {
                commands.fold(&node.name, is_collapsed);
            }
            return true;
        }
        _ => return false,
    };
    if let Some(next) = next {
        focus::element(&next);
    }
    true
}
