//! The rows in sight, and how the keyboard walks them.

use std::rc::Rc;

use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;
use crate::state::{LogRows, LogView, Selection};

use super::super::common::{Empty, elapsed, use_element_size};
use super::row::EventRow;
use super::window::{ROW_HEIGHT, follow, scroll_to_show, visible};

/// Props of [`ExecutionLog`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ExecutionLogProps {
    /// Every event.
    pub rows: ByPtr<LogRows>,
    /// Which of them are seen.
    pub view: Rc<LogView>,
    /// What the reader looks at.
    pub selection: Rc<Selection>,
}

impl ExecutionLogProps {
    /// Returns how many rows are seen.
    fn count(&self) -> usize {
        self.view
            .filtered
            .as_ref()
            .map_or(self.rows.len(), |seen| seen.rows.len())
    }

    /// Returns the event on a line, from 0.
    fn event_on(&self, line: usize) -> Option<u32> {
        match &self.view.filtered {
            Some(seen) => seen.rows.get(line).copied(),
            None => u32::try_from(line + 1).ok(),
        }
    }

    /// Returns the line of an event; of the one before it that is seen where it is not.
    fn line_of(&self, event: u32) -> Option<usize> {
        match &self.view.filtered {
            Some(seen) => seen.rows.partition_point(|id| *id <= event).checked_sub(1),
            None => usize::try_from(event).ok()?.checked_sub(1),
        }
    }

    /// Returns the time of a line: since the start, or since the line before it.
    fn time_on(&self, line: usize, elapsed_ms: i64) -> String {
        if !self.view.is_delta {
            return elapsed(elapsed_ms);
        }
        let before = line.checked_sub(1).and_then(|line| self.event_on(line));
        let before = before.and_then(|event| self.rows.event(event));
        elapsed(before.map_or(0, |before| elapsed_ms - before.elapsed_ms))
    }
}

/// The log.
#[component]
pub(super) fn ExecutionLog(props: &ExecutionLogProps) -> Html {
    let commands = use_commands();
    let place = use_node_ref();
    let scroll_top = use_state_eq(|| 0.0);
    let (_, height) = use_element_size(&place);
    let count = props.count();
    let selected = props.selection.event;
    let selected_line = selected.and_then(|event| props.line_of(event));
    let top = use_newest_in_sight(&place, &scroll_top, height, count);
    use_selected_in_sight(&place, selected_line);
    let on_scroll = {
        let (place, scroll_top) = (place.clone(), scroll_top.setter());
        Callback::from(move |_: Event| {
            if let Some(element) = place.cast::<Element>() {
                scroll_top.set(f64::from(element.scroll_top()));
            }
        })
    };
    let on_pick = {
        let commands = commands.clone();
        use_callback((), move |id: u32, ()| {
            commands.select_event(id);
        })
    };
    let on_keydown = {
        let (props, commands) = (props.clone(), commands.clone());
        Callback::from(move |event: KeyboardEvent| {
            let last = count.saturating_sub(1);
            let next = match event.key().as_str() {
                "ArrowDown" => selected_line.map_or(0, |line| line + 1),
                "ArrowUp" => selected_line.map_or(last, |line| line.saturating_sub(1)),
                "PageDown" => selected_line.map_or(0, |line| line + 10),
                "PageUp" => selected_line.map_or(last, |line| line.saturating_sub(10)),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            if let Some(event) = props.event_on(next.min(last)).filter(|_| count > 0) {
                commands.select_event(event);
            }
        })
    };
    let range = visible(top, height, count);
    let active = selected.map(|event| format!("event-{event}"));
    let row = |line: usize| {
        let row = props.event_on(line).and_then(|event| props.rows.event(event));
        let Some(row) = row else {
            return Html::default();
        };
        html! {
            <EventRow key={row.id} rows={props.rows.clone()} event={row.id} {line} time={props.time_on(line, row.elapsed_ms)}
                is_selected={selected == Some(row.id)}
                is_of_selected_state={!row.state.is_empty() && props.selection.state.as_deref() == Some(row.state.as_str())}
                on_pick={on_pick.clone()} />
        }
    };
    html! {
        <div class="log" role="grid" aria-label="Events" aria-rowcount={(count + 1).to_string()} aria-colcount="5"
            ref={place} data-log-scroller="true" data-pane-focus="true" tabindex="0" aria-activedescendant={active}
            onscroll={on_scroll} onkeydown={on_keydown}>
            <div class="log-head" role="row" aria-rowindex="1">
                <span role="columnheader" class="cell-id">{ "#" }</span>
                <TimeHead is_delta={props.view.is_delta} />
                <span role="columnheader" class="cell-state">{ "State" }</span>
                <span role="columnheader" class="cell-event">{ "Event" }</span>
                <span role="columnheader" class="cell-what">{ "What" }</span>
            </div>
            <div class="log-sheet" role="rowgroup" style={format!("height: {}px", count * ROW_HEIGHT)}>
                { for range.map(row) }
            </div>
            if count == 0 {
                <Empty><p>{ "No event passes the filter." }</p></Empty>
            }
        </div>
    }
}

/// Props of [`TimeHead`].
#[derive(Clone, PartialEq, Properties)]
struct TimeHeadProps {
    is_delta: bool,
}

/// The head of the times, which changes where they are counted from.
#[component]
fn TimeHead(props: &TimeHeadProps) -> Html {
    let commands = use_commands();
    let is_delta = !props.is_delta;
    let on_click = Callback::from(move |_: MouseEvent| commands.choose_log_times(is_delta));
    let (word, title) = if props.is_delta {
        (
            "\u{394} time",
            "Virtual time since the row above; show time since the start",
        )
    } else {
        ("Time", "Virtual time since the start; show time since the row above")
    };
    html! {
        <span role="columnheader" class="cell-time">
            <button type="button" class="head-button" {title} aria-label={title} onclick={on_click}>{ word }</button>
        </span>
    }
}

/// Keeps the end of the log in sight while it grows, unless the reader has scrolled up. Returns what to draw from, in pixels.
///
/// Nothing is asked of the element, which would have to be laid out for the answer, and the rows at the end are drawn before
/// it is scrolled there: they are made once, and laid out once.
#[hook]
fn use_newest_in_sight(place: &NodeRef, scroll_top: &UseStateHandle<f64>, height: f64, count: usize) -> f64 {
    let place = place.clone();
    let shown = use_mut_ref(|| 0_usize);
    let end = follow(**scroll_top, height, *shown.borrow(), count);
    let scroll_top = scroll_top.clone();
    let top = end.map_or(*scroll_top, f64::from);
    use_effect_with(count, move |count| {
        shown.replace(*count);
        if let (Some(end), Some(element)) = (end, place.cast::<Element>()) {
            // The browser knows where the end is, even before the height has been measured.
            element.set_scroll_top(i32::MAX);
            scroll_top.set(f64::from(end));
        }
    });
    top
}

/// Scrolls to the selected event when another one is selected.
#[hook]
fn use_selected_in_sight(place: &NodeRef, line: Option<usize>) {
    let place = place.clone();
    use_effect_with(line, move |line| {
        let (Some(line), Some(element)) = (*line, place.cast::<Element>()) else {
            return;
        };
        if let Some(top) = scroll_to_show(line, element.scroll_top(), element.client_height()) {
            element.set_scroll_top(top);
        }
    });
}
