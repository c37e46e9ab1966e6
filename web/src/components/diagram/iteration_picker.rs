//! Which iteration of a Map state its inside shows.

use web_sys::{KeyboardEvent, MouseEvent};
use yew::prelude::*;

/// Left edge, below the header and beside the start of the inside.
const LEFT: i32 = 8;
/// Top edge, below the bar that counts iterations.
const TOP: i32 = 40;
/// Width of a button.
const BUTTON: i32 = 20;
/// Width of a character between the buttons.
const CHARACTER: i32 = 6;

/// Props of [`IterationPicker`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct IterationPickerProps {
    /// Name of the Map state.
    pub map: String,
    /// How many iterations it has.
    pub total: u32,
    /// The one that is shown, from 0; none for the newest.
    pub chosen: Option<u32>,
    /// The first one that failed, from 0.
    pub first_failed: Option<u32>,
    /// Called with another one.
    pub on_choose: Callback<Option<u32>>,
}

/// Two buttons with the number between them, and one more for the first that failed. The two go round: past the last one
/// comes the newest, whichever that is.
#[component]
pub(super) fn IterationPicker(props: &IterationPickerProps) -> Html {
    let (previous, next) = neighbors(props.chosen, props.total);
    let text = props.chosen.map_or_else(
        || format!("newest of {}", props.total),
        |chosen| format!("item {} of {}", chosen + 1, props.total),
    );
    let width = CHARACTER * i32::try_from(text.len()).unwrap_or(0);
    let failed = props.first_failed.filter(|failed| props.chosen != Some(*failed));
    let buttons = 2 + i32::from(failed.is_some());
    let button = |label: String, path: &'static str, x: i32, to: Option<u32>| {
        let on_choose = props.on_choose.clone();
        let on_click = Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            on_choose.emit(to);
        });
        let on_double_click = Callback::from(|event: MouseEvent| event.stop_propagation());
        html! {
            <g class="picker-button" role="button" tabindex="0" aria-label={label.clone()} onclick={on_click}
                ondblclick={on_double_click} onkeydown={on_key(&props.on_choose, to)}
                transform={format!("translate({x} 0)")}>
                <title>{ label }</title>
                <rect width={BUTTON.to_string()} height="20" rx="6" />
                <path d={path} />
            </g>
        }
    };
    html! {
        <g class="picker" role="group" aria-label={format!("Iteration of {}", props.map)}
            transform={format!("translate({LEFT} {TOP})")}>
            <rect class="picker-box" width={(buttons * BUTTON + width).to_string()} height="20" rx="6" />
            { button(format!("Previous iteration of {}", props.map), "M12 5 7 10l5 5", 0, previous) }
            <text class="picker-text" x={(BUTTON + width / 2).to_string()} y="10.5" aria-live="polite">{ text }</text>
            { button(format!("Next iteration of {}", props.map), "M8 5l5 5-5 5", BUTTON + width, next) }
            if failed.is_some() {
                { button(format!("First failed iteration of {}", props.map), "M10 4.5v7M10 15v.01", 2 * BUTTON + width, failed) }
            }
        </g>
    }
}

/// Enter and Space press the button; they are not the node's.
fn on_key(on_choose: &Callback<Option<u32>>, to: Option<u32>) -> Callback<KeyboardEvent> {
    let on_choose = on_choose.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" || event.key() == " " {
            event.stop_propagation();
            event.prevent_default();
            on_choose.emit(to);
        }
    })
}

fn neighbors(chosen: Option<u32>, total: u32) -> (Option<u32>, Option<u32>) {
    match chosen {
        None => (total.checked_sub(1), (total > 0).then_some(0)),
        Some(at) => (at.checked_sub(1), Some(at + 1).filter(|next| *next < total)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iterations_go_round_by_way_of_the_newest() {
        assert_eq!(neighbors(None, 3), (Some(2), Some(0)));
        assert_eq!(neighbors(Some(0), 3), (None, Some(1)));
        assert_eq!(neighbors(Some(2), 3), (Some(1), None));
    }
}
