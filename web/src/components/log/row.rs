//! One event.

use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::state::LogRows;

use super::super::common::{StatusGlyph, status_word};
use super::window::ROW_HEIGHT;

/// Props of [`EventRow`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct EventRowProps {
    /// The log, shared.
    pub rows: ByPtr<LogRows>,
    /// Id of the event.
    pub event: u32,
    /// The line that it is on, from 0.
    pub line: usize,
    /// Virtual time, as it is written.
    pub time: String,
    /// Whether it is selected.
    pub is_selected: bool,
    /// Whether it belongs to the selected state.
    pub is_of_selected_state: bool,
    /// Called when it is picked.
    pub on_pick: Callback<u32>,
}

/// The row. It carries the event's type and id for tests and tools.
#[component]
pub(super) fn EventRow(props: &EventRowProps) -> Html {
    let Some(row) = props.rows.event(props.event) else {
        return Html::default();
    };
    let id = row.id;
    let on_click = {
        let on_pick = props.on_pick.clone();
        Callback::from(move |_: MouseEvent| on_pick.emit(id))
    };
    let place = match (row.iteration, row.branch) {
        (Some(iteration), _) => format!("[{iteration}]"),
        (None, Some(branch)) => format!("b{}", branch + 1),
        (None, None) => String::new(),
    };
    let style = format!(
        "transform: translateY({}px); --depth: {}",
        props.line * ROW_HEIGHT,
        row.depth.min(8)
    );
    html! {
        <div class="log-row" id={format!("event-{id}")} role="row" aria-rowindex={(props.line + 2).to_string()}
            aria-selected={props.is_selected.to_string()} data-event-id={id.to_string()}
            data-event-type={row.event_type.clone()} data-near={props.is_of_selected_state.then_some("true")} {style}
            onclick={on_click}>
            <span role="gridcell" class="cell-id" title={format!("previous event: {}", row.previous_id)}>{ id }</span>
            <span role="gridcell" class="cell-time">{ props.time.clone() }</span>
            <span role="gridcell" class="cell-state" title={row.state.clone()}>
                <StatusGlyph status={row.status} />
                <span class="visually-hidden">{ status_word(row.status) }</span>
                if row.state.is_empty() {
                    <span class="cell-state-name cell-execution">{ "Execution" }</span>
                } else {
                    <span class="cell-state-name">{ row.state.clone() }</span>
                }
                if !place.is_empty() {
                    <span class="cell-place">{ place }</span>
                }
            </span>
            <span role="gridcell" class="cell-event" title={row.event_type.clone()}>
                { row.event_type.clone() }
            </span>
            <span role="gridcell" class="cell-what" title={row.what.clone()}>{ row.what.clone() }</span>
        </div>
    }
}
