//! The run settings: what the next run begins with.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::commands::use_commands;
use crate::state::{About, name_problem};

use super::common::{DialogFrame, Icon, Symbol, on_typed};
use super::other_machines::OtherMachines;

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
    let problem = use_state(|| None::<&'static str>);
    let on_name = {
        let (commands, problem) = (commands.clone(), problem.setter());
        on_typed::<Event>(Callback::from(move |name: String| {
            let found = name_problem(&name);
            problem.set(found);
            if found.is_none() {
                commands.change_about(move |about| about.name.clone_from(&name));
            }
        }))
    };
    let on_type = field(&commands, |about, text| about.is_express = text == "EXPRESS");
    let on_start = field(&commands, |about, text| about.start = instant(&text));
    let on_seed = field(&commands, |about, text| about.seed = text.trim().parse().ok());
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
                <label>
                    { "Execution name" }
                    <input value={about.name.clone()} placeholder="made from the seed" maxlength="80" spellcheck="false"
                        autocomplete="off" aria-invalid={problem.is_some().to_string()} onchange={on_name} />
                    if let Some(problem) = *problem {
                        <span class="run-settings-error" role="alert">{ problem }</span>
                    }
                </label>
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
                <label>
                    { "Seed" }
                    <input inputmode="numeric" placeholder="1" autocomplete="off"
                        value={about.seed.map(|seed| seed.to_string()).unwrap_or_default()} onchange={on_seed} />
                    <span class="run-settings-note">{ "The same seed gives the same random numbers, jitter and ids." }</span>
                </label>
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
fn field(commands: &Rc<crate::commands::Commands>, change: fn(&mut About, String)) -> Callback<Event> {
    let commands = Rc::clone(commands);
    on_typed(Callback::from(move |text: String| {
        commands.change_about(move |about| change(about, text.clone()));
    }))
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
