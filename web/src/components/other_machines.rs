//! The state machines that tasks may start with `startExecution`: a part of the run settings.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::commands::{Commands, use_commands};
use crate::state::{About, OtherMachine};

use super::common::{Icon, Symbol};

/// What a new one begins with.
const FIRST_TEXT: &str =
    "{\n  \"StartAt\": \"Work\",\n  \"States\": {\n    \"Work\": { \"Type\": \"Pass\", \"End\": true }\n  }\n}";

/// Props of [`OtherMachines`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct OtherMachinesProps {
    /// What is known about the document.
    pub about: Rc<About>,
}

/// The list, each with its name and definition.
#[component]
pub(super) fn OtherMachines(props: &OtherMachinesProps) -> Html {
    let commands = use_commands();
    let about = &props.about;
    let on_add = {
        let (about, commands) = (Rc::clone(about), commands.clone());
        Callback::from(move |_: MouseEvent| {
            let mut next = About::clone(&about);
            let number = next.machines.len() + 1;
            next.machines.push(OtherMachine {
                name: ["Child", &number.to_string()].concat(),
                asl: FIRST_TEXT.to_owned(),
            });
            commands.change_about(next);
        })
    };
    html! {
        <fieldset class="other-machines">
            <legend>{ "State machines that tasks may start" }</legend>
            <p class="run-settings-note">
                { "A task with startExecution runs the one whose name or ARN it gives. They are kept in this browser; a link \
                   does not carry them." }
            </p>
            { for about.machines.iter().enumerate().map(|(at, machine)| row(at, machine, about, &commands)) }
            <button type="button" class="button button-small" onclick={on_add}>
                <Icon symbol={Symbol::Plus} /><span>{ "Add a state machine" }</span>
            </button>
        </fieldset>
    }
}

fn row(at: usize, machine: &OtherMachine, about: &Rc<About>, commands: &Rc<Commands>) -> Html {
    let change = |change: fn(&mut Vec<OtherMachine>, usize, String)| {
        let (about, commands) = (Rc::clone(about), Rc::clone(commands));
        Callback::from(move |event: Event| {
            let mut next = About::clone(&about);
            change(&mut next.machines, at, text_of(&event));
            commands.change_about(next);
        })
    };
    let on_remove = {
        let (about, commands) = (Rc::clone(about), Rc::clone(commands));
        Callback::from(move |_: MouseEvent| {
            let mut next = About::clone(&about);
            next.machines.remove(at);
            commands.change_about(next);
        })
    };
    html! {
        <div key={at} class="other-machine">
            <div class="other-machine-head">
                <input aria-label={format!("Name or ARN of state machine {}", at + 1)} value={machine.name.clone()}
                    spellcheck="false" autocomplete="off" onchange={change(|machines, at, text| machines[at].name = text)} />
                <button type="button" class="button button-quiet button-small button-icon" onclick={on_remove}
                    aria-label={format!("Remove {}", machine.name)} title="Remove it">
                    <Icon symbol={Symbol::Trash} />
                </button>
            </div>
            <textarea class="input-area" rows="5" spellcheck="false" aria-label={format!("Definition of {}", machine.name)}
                value={machine.asl.clone()} onchange={change(|machines, at, text| machines[at].asl = text)} />
        </div>
    }
}

fn text_of(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(target) => target
            .dyn_into::<HtmlTextAreaElement>()
            .map(|area| area.value())
            .unwrap_or_default(),
    }
}
