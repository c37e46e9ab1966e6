//! What mocks wrote, as rows.

use std::rc::Rc;

use asl_protocol::ConsoleLine;
use web_sys::Element;
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;
use crate::state::LogView;

use super::super::common::{Empty, use_element_size};
use super::window::{ROW_HEIGHT, visible};

/// Props of [`ConsoleLog`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ConsoleLogProps {
    /// The lines.
    pub lines: ByPtr<Vec<ConsoleLine>>,
    /// Which of them are seen.
    pub view: Rc<LogView>,
}

/// The lines, of which only those in sight are in the page. A click goes to the event that called the mock.
#[component]
pub(super) fn ConsoleLog(props: &ConsoleLogProps) -> Html {
    let commands = use_commands();
    let place = use_node_ref();
    let scroll_top = use_state(|| 0.0);
    let (_, height) = use_element_size(&place);
    let on_scroll = {
        let (place, scroll_top) = (place.clone(), scroll_top.setter());
        Callback::from(move |_: Event| {
            if let Some(element) = place.cast::<Element>() {
                scroll_top.set(f64::from(element.scroll_top()));
            }
        })
    };
    let seen: &[u32] = props.view.filtered.as_ref().map_or(&[], |filtered| &filtered.rows);
    let row = |at: usize| {
        let line = seen
            .get(at)
            .and_then(|line| props.lines.get(usize::try_from(*line).ok()?));
        let Some(line) = line else {
            return Html::default();
        };
        let (commands, event) = (commands.clone(), line.event);
        let on_click = Callback::from(move |_: MouseEvent| {
            if event > 0 {
                commands.select_event(event);
            }
        });
        html! {
            <li key={at} class="console-row" data-level={line.level.clone()} onclick={on_click}
                style={format!("transform: translateY({}px)", at * ROW_HEIGHT)}>
                <span class="cell-id">{ line.event }</span>
                <span class="console-level">{ line.level.clone() }</span>
                <span class="cell-state-name">{ line.state.clone() }</span>
                <span class="console-said" title={line.text.clone()}>{ line.text.clone() }</span>
            </li>
        }
    };
    html! {
        <div class="log log-console" ref={place} data-pane-focus="true" tabindex="0" role="group"
            aria-label="Console of the mocks" onscroll={on_scroll}>
            if props.lines.is_empty() {
                <Empty><p>{ "No mock has written anything." }</p></Empty>
            }
            <ul class="log-sheet" style={format!("height: {}px", seen.len() * ROW_HEIGHT)}>
                { for visible(*scroll_top, height, seen.len()).map(row) }
            </ul>
        </div>
    }
}
