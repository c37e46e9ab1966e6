//! The track with its marks, and the handle that is dragged along it.

use std::cell::Cell;
use std::rc::Rc;

use gloo::render::{AnimationFrame, request_animation_frame};
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;
use crate::state::{About, Axis, Jump, LogRows};

use super::super::common::{coarse, elapsed, status_word, use_element_size};
use super::marks::{self, HEIGHT, Mark};

/// Rows that are all looked at with every new event.
const MANY_ROWS: usize = 5000;

/// Props of [`Track`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TrackProps {
    /// Number of the run.
    pub run: u32,
    /// Whether more events are coming.
    pub is_going: bool,
    /// The recording.
    pub rows: ByPtr<LogRows>,
    /// Id of the event that is shown.
    pub position: u32,
    /// What the track is measured in.
    pub axis: Axis,
    /// What tells of the breakpoints.
    pub about: Rc<About>,
}

/// The track. It is a slider for screen readers; the keys are the whole bar's.
#[component]
pub(super) fn Track(props: &TrackProps) -> Html {
    let place = use_node_ref();
    let (width, _) = use_element_size(&place);
    let hovered = use_state(|| None::<(f64, u32)>);
    let track = marks::Track::new(&props.rows, width, props.axis);
    let paths = use_marks(props, width);
    let (on_pointer, on_leave) = use_drag(props, &track, &place, &hovered);
    let row = props.rows.event(props.position);
    let at = row.map_or(0.0, |row| track.x(row));
    let path = |(mark, path): &(Mark, String)| {
        html! { <path key={mark.as_str()} class={format!("mark mark-{}", mark.as_str())} d={path.clone()} /> }
    };
    let newest = props.rows.len();
    html! {
        <div class="scrubber-track" ref={place} role="slider" tabindex="0" aria-label="Event"
            aria-valuemin="1" aria-valuemax={newest.to_string()} aria-valuenow={props.position.to_string()}
            aria-valuetext={spoken(&props.rows, props.position)} onpointerdown={on_pointer.clone()}
            onpointermove={on_pointer.clone()} onpointerup={on_pointer.clone()} onpointercancel={on_pointer} onpointerleave={on_leave}>
            <svg class="scrubber-marks" width="100%" height={HEIGHT.to_string()} aria-hidden="true" focusable="false">
                <path class="scrubber-line" d={format!("M0 19.5H{width:.0}")} />
                { for paths.iter().map(path) }
            </svg>
            <span class="scrubber-handle" style={format!("left: {at:.1}px")}></span>
            if let Some((x, event)) = *hovered {
                <span class="scrubber-hint" aria-hidden="true" style={format!("left: {:.0}px", x.clamp(60.0, (width - 60.0).max(60.0)))}>
                    { hint(&props.rows, event) }
                </span>
            }
        </div>
    }
}

/// Returns the marks. Those of a recording that grows are drawn anew the less often the longer it gets: there is one look at
/// every event in each.
#[hook]
fn use_marks(props: &TrackProps, width: f64) -> Rc<Vec<(Mark, String)>> {
    let (rows, axis) = (props.rows.clone(), props.axis);
    let count = if props.is_going && rows.len() > MANY_ROWS {
        coarse(rows.len())
    } else {
        rows.len()
    };
    let breakpoints = props.about.breakpoints.clone();
    use_memo(
        (props.run, count, width, axis, breakpoints),
        move |(.., breakpoints)| marks::Track::new(&rows, width, axis).marks(&rows, breakpoints),
    )
}

/// Returns the handlers: a pressed pointer moves the cursor, at most once per frame; one that is not shows what is there.
#[hook]
fn use_drag(
    props: &TrackProps,
    track: &marks::Track,
    place: &NodeRef,
    hovered: &UseStateHandle<Option<(f64, u32)>>,
) -> (Callback<PointerEvent>, Callback<PointerEvent>) {
    let commands = use_commands();
    let latest = use_mut_ref(|| (props.rows.clone(), track.clone()));
    latest.replace((props.rows.clone(), track.clone()));
    let due = use_mut_ref(|| None::<AnimationFrame>);
    let next = use_memo((), |()| Cell::new(None::<f64>));
    let on_pointer = {
        let (place, hovered, latest) = (place.clone(), hovered.setter(), Rc::clone(&latest));
        use_callback((), move |event: PointerEvent, ()| {
            let Some(element) = place.cast::<Element>() else { return };
            let x = f64::from(event.client_x()) - element.get_bounding_client_rect().left();
            if event.type_() == "pointerdown" {
                // A pointer that was let go meanwhile cannot be captured; the drag then ends at the edge.
                let _ = element.set_pointer_capture(event.pointer_id());
            } else if event.buttons() & 1 == 0 {
                let (rows, track) = &*latest.borrow();
                hovered.set(Some((x, track.event_at(rows, x))).filter(|_| event.pointer_type() == "mouse"));
                return;
            }
            hovered.set(None);
            if next.replace(Some(x)).is_some() {
                return;
            }
            let (commands, latest, next) = (Rc::clone(&commands), Rc::clone(&latest), Rc::clone(&next));
            due.replace(Some(request_animation_frame(move |_| {
                let (rows, track) = latest.borrow().clone();
                if let Some(x) = next.take() {
                    commands.travel(Jump::To(track.event_at(&rows, x)));
                }
            })));
        })
    };
    let on_leave = {
        let hovered = hovered.setter();
        use_callback((), move |_: PointerEvent, ()| hovered.set(None))
    };
    (on_pointer, on_leave)
}

/// Returns what screen readers say about an event.
fn spoken(rows: &LogRows, event: u32) -> String {
    let Some(row) = rows.event(event) else {
        return String::new();
    };
    let what = if row.state.is_empty() {
        row.label.clone()
    } else {
        format!("{} {}", row.state, status_word(row.status))
    };
    let (seconds, tenths) = (row.elapsed_ms / 1000, row.elapsed_ms % 1000 / 100);
    format!("Event {event} of {}, {seconds}.{tenths} seconds, {what}", rows.len())
}

/// Returns what the hint above the track says.
fn hint(rows: &LogRows, event: u32) -> String {
    rows.event(event).map_or_else(String::new, |row| {
        let state = if row.state.is_empty() { "Execution" } else { &row.state };
        format!(
            "{event} \u{b7} {} \u{b7} {state} \u{b7} {}",
            elapsed(row.elapsed_ms),
            row.label
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl_protocol::{LogRow, Status};

    #[test]
    fn a_screen_reader_hears_where_the_cursor_is() {
        let row = LogRow {
            id: 1,
            state: "Charge card".into(),
            status: Status::Failed,
            elapsed_ms: 2500,
            ..LogRow::default()
        };
        let rows = LogRows::default().with(vec![row]);
        assert_eq!(spoken(&rows, 1), "Event 1 of 1, 2.5 seconds, Charge card failed");
    }
}
