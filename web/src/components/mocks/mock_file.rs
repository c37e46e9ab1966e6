//! The mock file of Step Functions Local, out and in.

use std::rc::Rc;

use asl_protocol::MockFileContent;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;
use crate::interop::file;
use crate::state::Bench;

use super::super::common::{CopyButton, DialogFrame, Icon, JsonView, Segment, Segmented, Symbol, keep_typed, on_typed};

/// Largest file that is read, in bytes.
const MOST_BYTES: f64 = 2_000_000.0;

/// Props of [`MockFileDialog`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct MockFileDialogProps {
    /// What was read and written.
    pub bench: Rc<Bench>,
    /// Called when the reader wants it closed.
    pub on_close: Callback<()>,
}

/// Two sides: the mocks as a file, and a file as mocks.
#[component]
pub(super) fn MockFileDialog(props: &MockFileDialogProps) -> Html {
    let is_import = use_state(|| false);
    let on_choose = {
        let is_import = is_import.setter();
        Callback::from(move |at| is_import.set(at == 1))
    };
    html! {
        <DialogFrame title="Mock file of Step Functions Local" on_close={props.on_close.clone()}>
            <Segmented label="Direction" segments={vec![Segment::new("Export"), Segment::new("Import")]}
                chosen={usize::from(*is_import)} {on_choose} />
            if *is_import {
                <Import content={props.bench.mock_file.clone()} on_close={props.on_close.clone()} />
            } else {
                <Export text={props.bench.written.clone()} />
            }
        </DialogFrame>
    }
}

/// Props of [`Export`].
#[derive(Clone, PartialEq, Properties)]
struct ExportProps {
    text: Option<ByPtr<String>>,
}

#[component]
fn Export(props: &ExportProps) -> Html {
    let commands = use_commands();
    use_effect_with((), move |()| commands.write_mock_file());
    let Some(text) = &props.text else {
        return html! { <p class="quiet card-empty">{ "Writing\u{2026}" }</p> };
    };
    let on_save = {
        let text = text.clone();
        Callback::from(move |_| {
            if let Some(content) = file::blob(&text, "application/json") {
                file::download(&content, "MockConfigFile.json");
            }
        })
    };
    html! {
        <>
        <p class="quiet">{ "Responses become a test case \u{201c}Playground\u{201d}. Mocks in JavaScript have no place in such a file and are left out." }</p>
        <div class="section-head">
            <button type="button" class="button button-small" onclick={on_save}>
                <Icon symbol={Symbol::Save} /><span>{ "Save" }</span>
            </button>
            <CopyButton text={text.to_string()} label="Copy the mock file" />
        </div>
        <JsonView text={text.to_string()} label="Mock file" />
        </>
    }
}

/// Props of [`Import`].
#[derive(Clone, PartialEq, Properties)]
struct ImportProps {
    content: Option<ByPtr<MockFileContent>>,
    on_close: Callback<()>,
}

#[component]
fn Import(props: &ImportProps) -> Html {
    let commands = use_commands();
    let text = use_state(String::new);
    let on_file = {
        let text = text.setter();
        Callback::from(move |event: Event| {
            let input = event
                .target()
                .and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
            let chosen = input.and_then(|input| input.files()?.get(0));
            let Some(chosen) = chosen.filter(|file| file.size() <= MOST_BYTES) else {
                return;
            };
            let text = text.clone();
            spawn_local(async move {
                if let Ok(content) = JsFuture::from(chosen.text()).await {
                    text.set(content.as_string().unwrap_or_default());
                }
            });
        })
    };
    let read = |test_case: String| {
        let (commands, text) = (commands.clone(), text.clone());
        move || commands.read_mock_file((*text).clone(), test_case.clone())
    };
    let on_read = {
        let read = read(String::new());
        Callback::from(move |_| read())
    };
    let on_case = {
        let (commands, text) = (commands.clone(), text.clone());
        on_typed::<Event>(Callback::from(move |case: String| {
            commands.read_mock_file((*text).clone(), case);
        }))
    };
    let on_adopt = {
        let (commands, content, on_close) = (commands.clone(), props.content.clone(), props.on_close.clone());
        Callback::from(move |_| {
            if let Some(content) = &content {
                commands.adopt_mock_file(content);
                on_close.emit(());
            }
        })
    };
    html! {
        <>
        <label class="area-field">
            <span>{ "Paste the file, or choose it" }</span>
            <textarea class="input-area" rows="8" spellcheck="false" aria-label="Text of the mock file" value={(*text).clone()}
                oninput={keep_typed::<InputEvent>(&text)} />
        </label>
        <div class="mock-file-deeds">
            <input type="file" accept=".json,application/json" aria-label="Choose a mock file" onchange={on_file} />
            <button type="button" class="button" onclick={on_read} disabled={text.trim().is_empty()}>{ "Read" }</button>
        </div>
        <div aria-live="polite">
            if let Some(content) = &props.content {
                { found(content, on_case, on_adopt) }
            }
        </div>
        </>
    }
}

fn found(content: &MockFileContent, on_case: Callback<Event>, on_adopt: Callback<MouseEvent>) -> Html {
    if let Some(problem) = &content.problem {
        return html! { <p class="stage-card-error">{ problem.clone() }</p> };
    }
    let option = |name: &String| {
        html! { <option key={name.clone()} value={name.clone()} selected={*name == content.test_case}>{ name.clone() }</option> }
    };
    let states: Vec<String> = content
        .states
        .iter()
        .map(|(state, steps)| format!("{state} ({})", steps.len()))
        .collect();
    html! {
        <>
        <div class="mock-file-deeds">
            <span class="select">
                <select aria-label="Test case" onchange={on_case}>{ for content.test_cases.iter().map(option) }</select>
                <Icon symbol={Symbol::Chevron} />
            </span>
            <button type="button" class="button button-primary" onclick={on_adopt}>{ "Use these responses" }</button>
        </div>
        <p class="quiet">{ format!("Responses for: {}", states.join(", ")) }</p>
        </>
    }
}
