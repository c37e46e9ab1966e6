//! What of the bar has no room on a phone: a list under a button there, a part of the bar everywhere else.

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::super::common::{Icon, Symbol, use_menu};

/// Props of [`More`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct MoreProps {
    /// Buttons and fields.
    pub children: Html,
}

/// The list. The styles say whether it is one.
#[component]
pub(super) fn More(props: &MoreProps) -> Html {
    let menu = use_menu();
    let on_pick = {
        let (close, is_open) = (menu.close.clone(), menu.is_open);
        Callback::from(move |event: MouseEvent| {
            let picked = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let is_button = picked.is_some_and(|picked| picked.closest("button").is_ok_and(|button| button.is_some()));
            if is_open && is_button {
                close.emit(());
            }
        })
    };
    html! {
        <div class="more" data-open={menu.is_open.to_string()} onfocusout={menu.on_focus_out} onkeydown={menu.on_keydown}>
            <button ref={menu.button} type="button" class="button button-quiet button-icon more-button" onclick={menu.on_toggle}
                aria-label="More" aria-expanded={menu.is_open.to_string()} title="Settings, files and more">
                <Icon symbol={Symbol::More} />
            </button>
            <div class="more-list" tabindex="-1" onclick={on_pick}>{ props.children.clone() }</div>
        </div>
    }
}
