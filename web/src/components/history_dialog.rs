//! The dialog that opens a history of a real execution: picked, dropped or pasted.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::commands::use_commands;

use super::common::{CopyButton, DialogFrame, Icon, Symbol};

/// What fetches a history.
const COMMAND: &str = "aws stepfunctions get-execution-history --execution-arn ARN > history.json";

/// Props of [`HistoryDialog`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct HistoryDialogProps {
    /// Why the newest one could not be opened.
    pub problem: Option<Rc<str>>,
}

/// The dialog. It closes by itself once a history is open.
#[component]
pub(crate) fn HistoryDialog(props: &HistoryDialogProps) -> Html {
    let commands = use_commands();
    let picker = use_node_ref();
    let area = use_node_ref();
    let is_empty = use_state(|| true);
    let on_choose = {
        let picker = picker.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(picker) = picker.cast::<HtmlElement>() {
                picker.click();
            }
        })
    };
    let on_pick = {
        let commands = commands.clone();
        Callback::from(move |event: Event| {
            let picker = event
                .target()
                .and_then(|picker| picker.dyn_into::<HtmlInputElement>().ok());
            let Some(picker) = picker else { return };
            if let Some(file) = picker.files().and_then(|files| files.item(0)) {
                commands.read_history_file(file);
            }
            // The same file can be picked again.
            picker.set_value("");
        })
    };
    let on_input = {
        let (area, is_empty) = (area.clone(), is_empty.setter());
        Callback::from(move |_: InputEvent| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                is_empty.set(area.value().trim().is_empty());
            }
        })
    };
    let on_open = {
        let (commands, area) = (commands.clone(), area.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                commands.open_history("pasted history", area.value());
            }
        })
    };
    html! {
        <DialogFrame title="Open a history">
            <p class="dialog-lead">
                { "The history of a real execution plays here like one of this page, on the diagram of the definition in the \
                   editor. It stays in this browser." }
            </p>
            if let Some(problem) = &props.problem {
                <div class="dialog-problem" role="alert">
                    <strong>{ "This history does not open" }</strong>
                    <p>{ problem.to_string() }</p>
                </div>
            }
            <button type="button" class="drop-place" onclick={on_choose}>
                <Icon symbol={Symbol::Open} />
                <span class="choice-title">{ "Choose a file, or drop one anywhere on the page" }</span>
                <span class="choice-about">{ "JSON as the AWS CLI or GetExecutionHistory gives it, up to 64 MiB." }</span>
            </button>
            <input ref={picker} type="file" hidden={true} accept=".json,application/json" aria-label="History to open"
                onchange={on_pick} />
            <label class="history-paste">
                <span>{ "Or paste it" }</span>
                <textarea ref={area} class="input-area" rows="5" spellcheck="false" oninput={on_input}
                    placeholder="{ \"events\": [ \u{2026} ] }" />
            </label>
            <div class="share-forms">
                <button type="button" class="button button-primary" disabled={*is_empty} onclick={on_open}>
                    { "Open the history" }
                </button>
            </div>
            <div class="dialog-note">
                <code>{ COMMAND }</code>
                <CopyButton text={COMMAND} label="Copy the command that fetches a history" />
            </div>
        </DialogFrame>
    }
}
