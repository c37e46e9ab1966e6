//! A button that copies a text and says that it did.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::interop::clipboard;

use super::icon::{Icon, Symbol};

/// How long the button says that it copied.
const SAID_FOR_MS: u32 = 1500;

/// Props of [`CopyButton`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct CopyButtonProps {
    /// What is copied.
    pub text: AttrValue,
    /// Accessible name.
    pub label: AttrValue,
}

/// The button.
#[component]
pub(crate) fn CopyButton(props: &CopyButtonProps) -> Html {
    let copied = use_state(|| false);
    let on_click = {
        let (copied, text) = (copied.clone(), props.text.clone());
        Callback::from(move |_| {
            let (copied, text) = (copied.clone(), text.clone());
            spawn_local(async move {
                if clipboard::copy(&text).await {
                    copied.set(true);
                    Timeout::new(SAID_FOR_MS, move || copied.set(false)).forget();
                }
            });
        })
    };
    let (symbol, word) = if *copied {
        (Symbol::Check, "Copied")
    } else {
        (Symbol::Copy, "Copy")
    };
    html! {
        <button type="button" class="button button-quiet button-small" onclick={on_click} aria-label={props.label.clone()}>
            <Icon symbol={symbol} />
            <span>{ word }</span>
        </button>
    }
}
