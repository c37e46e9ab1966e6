//! The frame around a dialog: the browser's own modal dialog, which holds the focus and closes on Escape.

use gloo::timers::callback::Timeout;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::commands::use_commands;
use crate::interop::focus;

use super::icon::{Icon, Symbol};

/// Props of [`DialogFrame`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct DialogFrameProps {
    /// Its heading and accessible name.
    pub title: AttrValue,
    /// Called when it has been closed; without it, the open dialog of the page is.
    #[prop_or_default]
    pub on_close: Option<Callback<()>>,
    /// What it shows.
    pub children: Html,
}

/// A dialog. Closing it closes the open dialog of the page; the focus goes back to where it was.
#[component]
pub(crate) fn DialogFrame(props: &DialogFrameProps) -> Html {
    let commands = use_commands();
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with((), move |()| {
            let dialog = place.cast::<HtmlDialogElement>();
            let before = gloo::utils::document().active_element();
            if let Some(dialog) = &dialog {
                // It fails only where the dialog is open already.
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
                // Nothing behind a modal dialog takes the focus before the browser has seen the dialog go.
                Timeout::new(0, move || {
                    if let Some(before) = before.filter(|_| focus::is_nowhere()) {
                        focus::element(&before);
                    }
                })
                .forget();
            }
        });
    }
    let on_close = match &props.on_close {
        Some(on_close) => on_close.reform(|_: Event| ()),
        None => Callback::from(move |_: Event| commands.show_dialog(None)),
    };
    let on_button = {
        let place = place.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = place.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    html! {
        <dialog ref={place} class="dialog" aria-label={props.title.clone()} onclose={on_close}>
            <header class="dialog-head">
                <h2>{ props.title.clone() }</h2>
                <button type="button" class="button button-quiet button-icon" aria-label="Close" onclick={on_button}>
                    <Icon symbol={Symbol::Close} />
                </button>
            </header>
            <div class="dialog-body">{ props.children.clone() }</div>
        </dialog>
    }
}
