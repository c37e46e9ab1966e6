//! A dialog over the page: the platform's own, which keeps the focus inside and closes on Escape.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::icon::{Icon, Symbol};

/// Props of [`Dialog`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct DialogProps {
    /// Accessible name, and the title.
    pub label: AttrValue,
    /// Called when the reader wants it closed.
    pub on_close: Callback<()>,
    /// What it shows.
    pub children: Html,
}

/// The dialog. It is open as long as it is in the page.
#[component]
pub(crate) fn Dialog(props: &DialogProps) -> Html {
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = place.cast::<HtmlDialogElement>() {
                // Only a dialog that is open already refuses.
                let _ = dialog.show_modal();
            }
        });
    }
    let on_cancel = props.on_close.reform(|event: Event| event.prevent_default());
    let on_click = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <dialog class="dialog" ref={place} aria-label={props.label.clone()} oncancel={on_cancel}>
            <header class="dialog-head">
                <h2 class="dialog-title">{ props.label.clone() }</h2>
                <button type="button" class="button button-quiet button-icon" aria-label="Close" onclick={on_click}>
                    <Icon symbol={Symbol::Close} />
                </button>
            </header>
            <div class="dialog-body">{ props.children.clone() }</div>
        </dialog>
    }
}
