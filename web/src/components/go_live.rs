//! The dialog with commands and templates that bring the state machine to AWS.

use asl_protocol::{DeploymentText, FileKind, FilesReply, FilesRequest};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::{Included, use_commands};
use crate::interop::files_worker;

use super::common::{CopyButton, DialogFrame, Icon, Segment, Segmented, Symbol};

/// What is known so far.
#[derive(Clone, PartialEq)]
enum Texts {
    Asked,
    Written(ByPtr<Vec<DeploymentText>>),
    Refused(String),
}

/// The dialog.
#[component]
pub(crate) fn GoLiveDialog() -> Html {
    let commands = use_commands();
    let texts = use_state(|| Texts::Asked);
    let chosen = use_state(|| 0_usize);
    {
        let (commands, texts) = (commands.clone(), texts.setter());
        use_effect_with((), move |()| {
            let document = commands.shared_document(Included {
                input: true,
                mocks: false,
                moment: false,
                shorten: false,
                redact: false,
            });
            spawn_local(async move {
                texts.set(match files_worker::ask(&FilesRequest::Deploy(document)).await {
                    FilesReply::Deployment(written) => Texts::Written(ByPtr::new(written)),
                    FilesReply::Refused(refusal) => Texts::Refused(refusal.text),
                    _ => Texts::Asked,
                });
            });
        });
    }
    let on_definition = {
        let commands = commands.clone();
        Callback::from(move |_| commands.save_file(FileKind::DefinitionJson))
    };
    let body = match &*texts {
        Texts::Asked => html! { <p class="quiet" role="status">{ "Writing\u{2026}" }</p> },
        Texts::Refused(text) => html! { <p class="dialog-problem" role="alert">{ text.clone() }</p> },
        Texts::Written(written) => {
            let segments: Vec<Segment> = written.iter().map(|text| Segment::new(text.label.clone())).collect();
            let on_choose = {
                let chosen = chosen.setter();
                Callback::from(move |at| chosen.set(at))
            };
            html! {
                <>
                    <Segmented label="Format" {segments} chosen={*chosen} {on_choose} />
                    { for written.get(*chosen).map(|text| shown(text, &commands)) }
                </>
            }
        }
    };
    html! {
        <DialogFrame title="Go live on AWS">
            <p class="dialog-lead">
                { "The state machine as it is in the editor. Mocks stay here: on AWS the tasks call the real services." }
            </p>
            { body }
            <p class="dialog-note">
                <span>{ "Account ids and the role are examples where yours are not in the definition." }</span>
                <button type="button" class="button button-quiet button-small" onclick={on_definition}>
                    <Icon symbol={Symbol::Save} /><span>{ "Save the definition" }</span>
                </button>
            </p>
        </DialogFrame>
    }
}

fn shown(text: &DeploymentText, commands: &std::rc::Rc<crate::commands::Commands>) -> Html {
    let on_save = {
        let (commands, name, content) = (commands.clone(), text.file_name.clone(), text.text.clone());
        Callback::from(move |_| commands.save_text(&name, &content))
    };
    html! {
        <div class="snippet" role="tabpanel" aria-label={text.label.clone()}>
            <div class="snippet-head">
                <p>{ text.about.clone() }</p>
                <CopyButton text={text.text.clone()} label={format!("Copy {}", text.label)} />
                <button type="button" class="button button-quiet button-small" onclick={on_save}
                    aria-label={format!("Save {}", text.file_name)}>
                    <Icon symbol={Symbol::Save} /><span>{ "Save" }</span>
                </button>
            </div>
            <pre class="snippet-text" tabindex="0" aria-label={format!("{} text", text.label)}>{ text.text.clone() }</pre>
        </div>
    }
}
