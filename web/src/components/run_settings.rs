//! The run settings: what the next run begins with.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::commands::{Commands, use_commands};
use crate::state::{About, name_problem, seed_problem};

use super::common::{DialogFrame, Icon, Symbol, on_typed};
use super::other_machines::OtherMachines;
use super::setting_field::SettingField;

/// Props of [`RunSettings`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct RunSettingsProps {
    /// What is chosen.
    pub about: Rc<About>,
}

/// The settings, over the page. Every change counts at once, from the next run on.
#[component]
pub(crate) fn RunSettings(props: &RunSettingsProps) -> Html {
    let commands = use_commands();
    let on_name = checked(name_problem, change(&commands, |about, text| about.name = text));
    let on_type = on_typed(change(&commands, |about, text| about.is_express = text == "EXPRESS"));
    let on_start = on_typed(change(&commands, |about, text| about.start = instant(&text)));
    let set_seed = change(&commands, |about, text| about.seed = text.trim().parse().ok());
    let on_seed = checked(seed_problem, set_seed);
    let none = AttrValue::default;
    let about = &props.about;
    let is_express = about.is_express;
    let breakpoint = |state: &String| {
        let (commands, state) = (commands.clone(), state.clone());
        html! {
            <li key={state.clone()}>
                <button type="button" class="button button-small" title="Take the breakpoint away"
                    aria-label={format!("Remove the breakpoint on {state}")}
                    onclick={{ let state = state.clone(); Callback::from(move |_| commands.toggle_breakpoint(&state)) }}>
                    { state }<Icon symbol={Symbol::Close} />
                </button>
            </li>
        }
    };
    html! {
        <DialogFrame title="Run settings">
            <div class="run-settings">
                <p class="run-settings-note">{ "They count from the next run on and are kept with the document." }</p>
                <SettingField label="Execution name" value={about.name.clone()} placeholder="made from the seed" inputmode="text"
                    on_text={on_name} />
                <label>
                    { "Type" }
                    <span class="select">
                        <select onchange={on_type}>
                            <option value="STANDARD" selected={!is_express}>{ "STANDARD" }</option>
                            <option value="EXPRESS" selected={is_express}>{ "EXPRESS" }</option>
                        </select>
                        <Icon symbol={Symbol::Chevron} />
                    </span>
                </label>
                <label>
                    { "Start time (UTC)" }
                    <input type="datetime-local" class="input-area" step="1" value={written(&about.start)} onchange={on_start} />
                    <span class="run-settings-note">{ "Empty: the moment you press Run." }</span>
                </label>
                <SettingField label="Seed" value={about.seed.map_or_else(none, |seed| seed.to_string().into())} placeholder="1"
                    inputmode="numeric" on_text={on_seed}>
                    <span class="run-settings-note">{ "The same seed gives the same random numbers, jitter and ids." }</span>
                </SettingField>
                <OtherMachines about={Rc::clone(about)} />
                if !about.breakpoints.is_empty() {
                    <div>
                        <p class="run-settings-note">{ "Breakpoints" }</p>
                        <ul class="run-settings-breaks">{ for about.breakpoints.iter().map(breakpoint) }</ul>
                    </div>
                }
            </div>
        </DialogFrame>
    }
}

/// Returns what takes note of a field's text.
fn change(commands: &Rc<Commands>, change: fn(&mut About, String)) -> Callback<String> {
    let commands = Rc::clone(commands);
    Callback::from(move |text: String| commands.change_about(move |about| change(about, text.clone())))
}

/// Returns what hands on a text that has no problem.
fn checked(
    problem: fn(&str) -> Option<&'static str>,
    on_text: Callback<String>,
) -> Callback<String, Option<&'static str>> {
    Callback::from(move |text: String| {
        let found = problem(&text);
        if found.is_none() {
            on_text.emit(text);
        }
        found
    })
}

/// Returns the instant that a field of date and time holds, RFC 3339. The field knows no zone: UTC here, and no seconds
/// where they are zero.
fn instant(text: &str) -> String {
    match text.len() {
        0 => String::new(),
        16 => format!("{text}:00Z"),
        _ => format!("{text}Z"),
    }
}

/// Returns the text of such a field.
fn written(instant: &str) -> String {
    let date = js_sys::Date::new(&JsValue::from_str(instant));
    if date.get_time().is_nan() {
        return String::new();
    }
    let text = String::from(date.to_iso_string());
    text.get(..19).unwrap_or_default().to_owned()
}
