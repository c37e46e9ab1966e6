//! The state machines that tasks may start with `startExecution`: a part of the run settings.

use std::rc::Rc;

use yew::prelude::*;

use crate::commands::{Commands, use_commands};
use crate::state::{About, OtherMachine};

use super::common::{Icon, Symbol, on_typed};

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
        let commands = commands.clone();
        Callback::from(move |_: MouseEvent| commands.change_about(add))
    };
    html! {
        <fieldset class="other-machines">
            <legend>{ "State machines that tasks may start" }</legend>
            <p class="run-settings-note">
                { "A task with startExecution runs the one whose name or ARN it gives. They are kept in this browser; a link \
                   does not carry them." }
            </p>
            { for about.machines.iter().enumerate().map(|(at, machine)| row(at, machine, &commands)) }
            <button type="button" class="button button-small" onclick={on_add}>
                <Icon symbol={Symbol::Plus} /><span>{ "Add a state machine" }</span>
            </button>
        </fieldset>
    }
}

fn add(about: &mut About) {
    let number = about.machines.len() + 1;
    about.machines.push(OtherMachine {
        name: ["Child", &number.to_string()].concat(),
        asl: FIRST_TEXT.to_owned(),
    });
}

fn row(at: usize, machine: &OtherMachine, commands: &Rc<Commands>) -> Html {
    let change = |change: fn(&mut OtherMachine, String)| {
        let commands = Rc::clone(commands);
        on_typed::<InputEvent>(Callback::from(move |text: String| {
            commands.change_about(move |about| {
                if let Some(machine) = about.machines.get_mut(at) {
                    change(machine, text.clone());
                }
            });
        }))
    };
    let on_remove = {
        let commands = Rc::clone(commands);
        Callback::from(move |_: MouseEvent| {
            commands.change_about(move |about| {
                if at < about.machines.len() {
                    about.machines.remove(at);
                }
            });
        })
    };
    html! {
        <div key={at} class="other-machine">
            <div class="other-machine-head">
                <input aria-label={format!("Name or ARN of state machine {}", at + 1)} value={machine.name.clone()}
                    spellcheck="false" autocomplete="off" oninput={change(|machine, text| machine.name = text)} />
                <button type="button" class="button button-quiet button-small button-icon" onclick={on_remove}
                    aria-label={format!("Remove {}", machine.name)} title="Remove it">
                    <Icon symbol={Symbol::Trash} />
                </button>
            </div>
            <textarea class="input-area" rows="5" spellcheck="false" aria-label={format!("Definition of {}", machine.name)}
                value={machine.asl.clone()} oninput={change(|machine, text| machine.asl = text)} />
        </div>
    }
}
