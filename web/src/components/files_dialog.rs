//! The dialog of files: open one, choose what of it, save as one.

use std::rc::Rc;

use asl_protocol::{FileKind, TemplateMachine, TestCase};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::{Commands, use_commands};
use crate::interop::file;
use crate::state::FileFound;

use super::common::{DialogFrame, Icon, Symbol, on_checked};

/// Files to save: what the button says, and what it is for.
const SAVED: [(FileKind, &str, &str); 4] = [
    (
        FileKind::Playground,
        "Playground file",
        "Everything: definition, input, mocks. Opens here again.",
    ),
    (
        FileKind::DefinitionJson,
        "Definition, JSON",
        "As it is in the editor: .asl.json",
    ),
    (
        FileKind::DefinitionYaml,
        "Definition, YAML",
        "Converted from JSON: .asl.yaml",
    ),
    (
        FileKind::MockFile,
        "Mock file",
        "Responses, for Step Functions Local and the command asl.",
    ),
];

/// Props of [`FilesDialog`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct FilesDialogProps {
    /// What the newest file held.
    pub found: FileFound,
}

/// The dialog.
#[component]
pub(crate) fn FilesDialog(props: &FilesDialogProps) -> Html {
    let commands = use_commands();
    let body = match &props.found {
        FileFound::Machines(machines) => html! { <MachineChoice machines={machines.clone()} /> },
        FileFound::TestCases(cases) => test_cases(cases, &commands),
        FileFound::Reading => html! { <p class="quiet" role="status">{ "Reading the file\u{2026}" }</p> },
        FileFound::Refused(reason) => html! {
            <>
                <div class="dialog-problem" role="alert">
                    <strong>{ reason.title.clone() }</strong>
                    <p>{ reason.text.clone() }</p>
                </div>
                { open_and_save(&commands) }
            </>
        },
        FileFound::Nothing => open_and_save(&commands),
    };
    let title = match &props.found {
        FileFound::Machines(_) => "Choose a state machine",
        FileFound::TestCases(_) => "Choose a test case",
        _ => "Files",
    };
    html! { <DialogFrame {title}>{ body }</DialogFrame> }
}

fn open_and_save(commands: &Rc<Commands>) -> Html {
    let row = |(kind, label, about): (FileKind, &'static str, &'static str)| {
        let commands = Rc::clone(commands);
        let on_click = Callback::from(move |_| commands.save_file(kind));
        html! {
            <li key={label}>
                <button type="button" class="choice" onclick={on_click}>
                    <Icon symbol={Symbol::Save} />
                    <span class="choice-title">{ label }</span>
                    <span class="choice-about">{ about }</span>
                </button>
            </li>
        }
    };
    html! {
        <>
            <h3>{ "Open" }</h3>
            <button type="button" class="drop-place" onclick={|_| file::pick()}>
                <Icon symbol={Symbol::Open} />
                <span class="choice-title">{ "Choose a file, or drop one anywhere on the page" }</span>
                <span class="choice-about">
                    { "A definition in JSON or YAML, a CloudFormation, SAM or Serverless template, a mock file of Step \
                       Functions Local, or a playground file. It is read in this browser only." }
                </span>
            </button>
            <h3>{ "Save" }</h3>
            <ul class="choices" aria-label="Save as">{ for SAVED.into_iter().map(row) }</ul>
        </>
    }
}

/// Props of [`MachineChoice`].
#[derive(Clone, PartialEq, Properties)]
struct MachineChoiceProps {
    machines: ByPtr<Vec<TemplateMachine>>,
}

/// The state machines of a template, and what its names in braces stand for.
#[component]
fn MachineChoice(props: &MachineChoiceProps) -> Html {
    let commands = use_commands();
    let is_filled = use_state(|| true);
    let on_check = {
        let is_filled = is_filled.setter();
        on_checked(Callback::from(move |is_checked| is_filled.set(is_checked)))
    };
    let machine = |machine: &TemplateMachine| {
        let on_click = {
            let (commands, machine, is_filled) = (commands.clone(), machine.clone(), *is_filled);
            Callback::from(move |_| commands.open_machine(&machine, is_filled))
        };
        let is_missing = !machine.note.is_empty();
        html! {
            <li class="machine">
                <button type="button" class="choice" disabled={is_missing} onclick={on_click}>
                    <Icon symbol={Symbol::Diagram} />
                    <span class="choice-title">{ machine.name.clone() }</span>
                    <span class="choice-about">
                        if is_missing {
                            { machine.note.clone() }
                        } else {
                            { states_note(machine.substitutions.len()) }
                        }
                    </span>
                </button>
                if !machine.substitutions.is_empty() {
                    { substitutions(machine, *is_filled) }
                }
            </li>
        }
    };
    let has_substitutions = props.machines.iter().any(|machine| !machine.substitutions.is_empty());
    html! {
        <>
            if has_substitutions {
                <label class="check">
                    <input type="checkbox" checked={*is_filled} onchange={on_check} />
                    <span>{ "Fill in substitutions: values of the template, and example ARNs for its resources" }</span>
                </label>
            }
            <ul class="choices choices-single">{ for props.machines.iter().map(machine) }</ul>
        </>
    }
}

fn states_note(substitutions: usize) -> String {
    match substitutions {
        0 => "Its definition is in the template.".to_owned(),
        1 => "Its definition is in the template, with one substitution:".to_owned(),
        count => format!("Its definition is in the template, with {count} substitutions:"),
    }
}

fn substitutions(machine: &TemplateMachine, is_filled: bool) -> Html {
    html! {
        <table class="substitutions" aria-label={format!("Substitutions of {}", machine.name)}>
            <thead><tr><th scope="col">{ "Name" }</th><th scope="col">{ "In the template" }</th><th scope="col">{ "Here" }</th></tr></thead>
            <tbody>
                { for machine.substitutions.iter().map(|substitution| {
                    let here = if is_filled && !substitution.value.is_empty() {
                        html! { <code>{ substitution.value.clone() }</code> }
                    } else {
                        html! { <span class="quiet">{ "stays as it is" }</span> }
                    };
                    html! {
                        <tr>
                            <td><code>{ format!("${{{}}}", substitution.name) }</code></td>
                            <td><code>{ substitution.definition.clone() }</code></td>
                            <td>{ here }</td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}

fn test_cases(cases: &ByPtr<Vec<TestCase>>, commands: &Rc<Commands>) -> Html {
    let row = |case: &TestCase| {
        let on_click = {
            let (commands, case) = (Rc::clone(commands), case.clone());
            Callback::from(move |_| commands.use_test_case(&case))
        };
        let states: Vec<&str> = case.mocks.iter().map(name_of).collect();
        html! {
            <li>
                <button type="button" class="choice" onclick={on_click}>
                    <Icon symbol={Symbol::Mocks} />
                    <span class="choice-title">{ format!("{} / {}", case.machine, case.name) }</span>
                    <span class="choice-about">
                        if states.is_empty() {
                            { "Mocks nothing." }
                        } else {
                            { format!("Mocks {}.", states.join(", ")) }
                        }
                    </span>
                </button>
            </li>
        }
    };
    html! {
        <>
            <p class="dialog-lead">{ "Its responses become the mocks of this document; other mocks stay." }</p>
            <ul class="choices choices-single">{ for cases.iter().map(row) }</ul>
        </>
    }
}

fn name_of(mock: &asl_protocol::Mock) -> &str {
    match &mock.matches {
        asl_protocol::MockMatch::State(name) | asl_protocol::MockMatch::Resource(name) => name,
    }
}
