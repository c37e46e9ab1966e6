//! A choice between few things, all in sight: the tabs of a pane.

use web_sys::KeyboardEvent;
use yew::prelude::*;

/// One of the things.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Segment {
    /// What it says.
    pub label: AttrValue,
    /// A quiet word behind it, such as a count.
    pub note: Option<AttrValue>,
}

impl Segment {
    /// Returns a segment that says only this.
    pub(crate) fn new(label: impl Into<AttrValue>) -> Segment {
        Segment {
            label: label.into(),
            note: None,
        }
    }
}

/// Props of [`Segmented`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SegmentedProps {
    /// Accessible name of the choice.
    pub label: AttrValue,
    /// The things.
    pub segments: Vec<Segment>,
    /// Position of the chosen one.
    pub chosen: usize,
    /// Called with the position of another one.
    pub on_choose: Callback<usize>,
}

/// Tabs: one tab stop, arrow keys move.
#[component]
pub(crate) fn Segmented(props: &SegmentedProps) -> Html {
    let on_keydown = {
        let (chosen, count, on_choose) = (props.chosen, props.segments.len().max(1), props.on_choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowRight" => (chosen + 1) % count,
                "ArrowLeft" => (chosen + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            on_choose.emit(next);
            focus_tab(&event, next);
        })
    };
    let tab = |(at, segment): (usize, &Segment)| {
        let is_chosen = at == props.chosen;
        let on_choose = props.on_choose.clone();
        html! {
            <button key={at} type="button" role="tab" class="segment" aria-selected={is_chosen.to_string()}
                tabindex={if is_chosen { "0" } else { "-1" }} onclick={Callback::from(move |_| on_choose.emit(at))}>
                <span>{ segment.label.clone() }</span>
                if let Some(note) = &segment.note {
                    <span class="segment-note" aria-hidden="true">{ note.clone() }</span>
                }
            </button>
        }
    };
    html! {
        <div class="segmented" role="tablist" aria-label={props.label.clone()} onkeydown={on_keydown}>
            { for props.segments.iter().enumerate().map(tab) }
        </div>
    }
}

fn focus_tab(event: &KeyboardEvent, at: usize) {
    let list = event
        .current_target()
        .and_then(|target| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(target).ok());
    let tab = list.and_then(|list| list.children().item(u32::try_from(at).ok()?));
    if let Some(tab) = tab {
        crate::interop::focus::element(&tab);
    }
}
