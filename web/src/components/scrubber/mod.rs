//! The scrubber: goes through the recording, forward and back, by mouse, touch and keyboard.

mod marks;
mod track;

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::commands::{Commands, use_commands};
use crate::state::{About, Action, Axis, Jump, PlaySpeed, Run, Travel};

use super::common::{Icon, Symbol, elapsed, on_typed};
use track::Track;

/// Props of [`Scrubber`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ScrubberProps {
    /// The recording.
    pub run: Rc<Run>,
    /// What tells of the breakpoints.
    pub about: Rc<About>,
}

/// The bar; nothing as long as nothing is recorded.
#[component]
pub(crate) fn Scrubber(props: &ScrubberProps) -> Html {
    let commands = use_commands();
    let run = &props.run;
    use_playback(&commands, run);
    if run.rows.is_empty() {
        return Html::default();
    }
    let cursor = run.cursor;
    let (position, newest) = (run.position(), run.newest());
    let jump = |jump: Jump| {
        let commands = commands.clone();
        Callback::from(move |_: MouseEvent| commands.travel(jump))
    };
    let on_play = {
        let commands = commands.clone();
        Callback::from(move |_: MouseEvent| commands.play_or_pause())
    };
    let (play, play_label) = if cursor.is_playing {
        (Symbol::Pause, "Pause the playback (Space)")
    } else {
        (Symbol::Run, "Play the recording (Space)")
    };
    let time = run.rows.event(position).map_or(0, |row| row.elapsed_ms);
    let on_keydown = {
        let commands = commands.clone();
        Callback::from(move |event: KeyboardEvent| pressed(&commands, &event))
    };
    html! {
        <div class="scrubber" role="group" aria-label="Time travel" onkeydown={on_keydown}>
            <div class="scrubber-buttons">
                { button(Symbol::First, "First event (Home)", jump(Jump::First), position <= 1) }
                { button(Symbol::Back, "One event back (Left)", jump(Jump::Back), position <= 1) }
                { button(play, play_label, on_play, false) }
                { button(Symbol::On, "One event on (Right)", jump(Jump::On), !run.is_in_the_past() && !run.is_going()) }
                { button(Symbol::Last, "Newest event (End)", jump(Jump::Last), cursor.event.is_none()) }
            </div>
            <Track run={run.number} is_going={run.is_going()} rows={run.rows.clone()} {position} axis={cursor.axis}
                about={Rc::clone(&props.about)} />
            <p class="scrubber-position">
                <span class="scrubber-count">{ format!("{position} / {newest}") }</span>
                <span class="scrubber-time">{ elapsed(time) }</span>
            </p>
            <AxisButton axis={cursor.axis} />
            <SpeedMenu speed={cursor.speed} />
        </div>
    }
}

fn button(symbol: Symbol, label: &'static str, on_click: Callback<MouseEvent>, is_disabled: bool) -> Html {
    // Without the key in parentheses, which the tooltip alone names.
    let name = label.split(" (").next().unwrap_or(label);
    html! {
        <button type="button" class="button button-quiet button-icon" aria-label={name} title={label}
            aria-disabled={is_disabled.then_some("true")} onclick={on_click}>
            <Icon {symbol} />
        </button>
    }
}

/// Does what a key says, wherever in the bar the focus is; a button keeps its Space.
fn pressed(commands: &Rc<Commands>, event: &KeyboardEvent) {
    let target: Option<web_sys::Element> = event.target().and_then(|target| target.dyn_into().ok());
    let tag = target.map(|target| target.tag_name()).unwrap_or_default();
    if tag == "SELECT" || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    if event.key() == " " {
        if tag == "BUTTON" {
            return;
        }
        commands.play_or_pause();
    } else if let Some(jump) = jump_of(&event.key(), event.shift_key()) {
        commands.travel(jump);
    } else {
        return;
    }
    event.prevent_default();
}

/// Returns what a key does on the scrubber.
fn jump_of(key: &str, shift: bool) -> Option<Jump> {
    Some(match (key, shift) {
        ("ArrowLeft" | "ArrowDown", false) | (",", _) => Jump::Back,
        ("ArrowRight" | "ArrowUp", false) | (".", _) => Jump::On,
        ("ArrowLeft" | "ArrowDown", true) => Jump::StateBack,
        ("ArrowRight" | "ArrowUp", true) => Jump::StateOn,
        ("PageDown", _) => Jump::PageBack,
        ("PageUp", _) => Jump::PageOn,
        ("Home", _) => Jump::First,
        ("End", _) => Jump::Last,
        ("[", _) => Jump::ErrorBack,
        ("]", _) => Jump::ErrorOn,
        _ => return None,
    })
}

/// Moves the cursor on as long as it is playing.
#[hook]
fn use_playback(commands: &Rc<Commands>, run: &Rc<Run>) {
    let commands = Rc::clone(commands);
    let cursor = run.cursor;
    let due = cursor
        .is_playing
        .then(|| (run.position(), cursor.speed.stride(run.newest())));
    use_effect_with(due, move |due| {
        let timeout = due.map(|(_, (pause, events))| Timeout::new(pause, move || commands.play_on(events)));
        move || drop(timeout)
    });
}

/// Props of [`AxisButton`].
#[derive(Clone, PartialEq, Properties)]
struct AxisButtonProps {
    axis: Axis,
}

/// Measures the track in events or in virtual time.
#[component]
fn AxisButton(props: &AxisButtonProps) -> Html {
    let commands = use_commands();
    let is_time = props.axis == Axis::Time;
    let (symbol, other, title) = if is_time {
        (
            Symbol::Clock,
            Axis::Events,
            "The track shows virtual time. Press for one place per event.",
        )
    } else {
        (
            Symbol::Events,
            Axis::Time,
            "The track has one place per event. Press for virtual time.",
        )
    };
    html! {
        <button type="button" class="button button-quiet button-icon scrubber-axis" aria-label="Track in virtual time"
            aria-pressed={is_time.to_string()} {title}
            onclick={Callback::from(move |_| commands.tell(Action::Traveled(Travel::Axis(other))))}>
            <Icon {symbol} />
        </button>
    }
}

/// Props of [`SpeedMenu`].
#[derive(Clone, PartialEq, Properties)]
struct SpeedMenuProps {
    speed: PlaySpeed,
}

/// How fast to play.
#[component]
fn SpeedMenu(props: &SpeedMenuProps) -> Html {
    let commands = use_commands();
    let on_change = on_typed::<Event>(Callback::from(move |label: String| {
        commands.tell(Action::Traveled(Travel::Speed(PlaySpeed::from_label(&label))));
    }));
    let option = |speed: PlaySpeed| {
        let label = speed.label();
        html! { <option key={label} value={label} selected={speed == props.speed}>{ label }</option> }
    };
    html! {
        <div class="select scrubber-speed">
            <select onchange={on_change} aria-label="Playback speed"
                title="How fast the recording is played. Fit: all of it in 20 seconds at most.">
                { for PlaySpeed::ALL.into_iter().map(option) }
            </select>
            <Icon symbol={Symbol::Chevron} />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_one_event_or_with_shift_one_state() {
        assert_eq!(jump_of("ArrowLeft", false), Some(Jump::Back));
        assert_eq!(jump_of("ArrowRight", true), Some(Jump::StateOn));
        assert_eq!(jump_of("]", false), Some(Jump::ErrorOn));
        assert_eq!(jump_of("End", false), Some(Jump::Last));
        assert_eq!(jump_of("x", false), None);
    }
}
