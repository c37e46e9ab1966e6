//! Where files come in: dropped anywhere on the page, or picked.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, HtmlInputElement};
use yew::prelude::*;

use crate::commands::use_commands;
use crate::interop::file::PICKER;

/// What the system's picker offers first; what a file is, its content says.
const ACCEPTED: &str = ".json,.yaml,.yml,.template,.asl,application/json,text/yaml";

/// The picker, which Ctrl+O and the dialog open, and the sign that a file may be dropped.
#[component]
pub(crate) fn FileDrop() -> Html {
    let commands = use_commands();
    let is_over = use_state(|| false);
    {
        let (commands, is_over) = (commands.clone(), is_over.setter());
        use_effect_with((), move |()| {
            let listen = |name: &'static str, deed: Box<dyn Fn(&DragEvent)>| {
                // Before the editor, which would write a dropped file into the text.
                let options = EventListenerOptions {
                    phase: EventListenerPhase::Capture,
                    passive: false,
                };
                EventListener::new_with_options(&gloo::utils::document(), name, options, move |event| {
                    if let Some(event) = event.dyn_ref::<DragEvent>().filter(|event| brings_files(event)) {
                        event.prevent_default();
                        event.stop_propagation();
                        deed(event);
                    }
                })
            };
            let (over, left) = (is_over.clone(), is_over.clone());
            let listeners = [
                listen("dragover", Box::new(move |_| over.set(true))),
                listen(
                    "dragleave",
                    Box::new(move |event| {
                        if event.related_target().is_none() {
                            left.set(false);
                        }
                    }),
                ),
                listen(
                    "drop",
                    Box::new(move |event| {
                        is_over.set(false);
                        let files = event.data_transfer().and_then(|transfer| transfer.files());
                        if let Some(file) = files.and_then(|files| files.item(0)) {
                            commands.open_file(file);
                        }
                    }),
                ),
            ];
            move || drop(listeners)
        });
    }
    let on_pick = Callback::from(move |event: Event| {
        let picker = event
            .target()
            .and_then(|picker| picker.dyn_into::<HtmlInputElement>().ok());
        let Some(picker) = picker else { return };
        if let Some(file) = picker.files().and_then(|files| files.item(0)) {
            commands.open_file(file);
        }
        // The same file can be picked again.
        picker.set_value("");
    });
    html! {
        <>
            <input id={PICKER} type="file" hidden={true} accept={ACCEPTED} aria-label="File to open" onchange={on_pick} />
            if *is_over {
                <div class="drop-sign" aria-hidden="true"><p>{ "Drop the file to open it" }</p></div>
            }
        </>
    }
}

fn brings_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}
