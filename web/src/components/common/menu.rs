//! What a button with a list under it does: opens and closes it, and gives the focus back.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, KeyboardEvent, Node};
use yew::prelude::*;

use crate::interop::focus;

/// The handlers of a menu, and how it stands. Its list has `tabindex="-1"`, so that a click on what is in it and takes no
/// focus itself stays inside.
pub(crate) struct Menu {
    /// Whether the list is there.
    pub is_open: bool,
    /// The button.
    pub button: NodeRef,
    /// For the button's click.
    pub on_toggle: Callback<MouseEvent>,
    /// Closes the list; the focus is on the button again.
    pub close: Callback<()>,
    /// For the keys in all of the menu: Escape closes.
    pub on_keydown: Callback<KeyboardEvent>,
    /// For the focus leaving any part of the menu: where it goes elsewhere, the list closes.
    pub on_focus_out: Callback<FocusEvent>,
}

/// Returns a menu that is closed at first.
#[hook]
pub(crate) fn use_menu() -> Menu {
    let is_open = use_state_eq(|| false);
    let button = use_node_ref();
    let close = {
        let (is_open, button) = (is_open.setter(), button.clone());
        Callback::from(move |()| {
            is_open.set(false);
            if let Some(button) = button.cast::<Element>() {
                focus::element(&button);
            }
        })
    };
    let on_keydown = {
        let (is_open, close) = (*is_open, close.clone());
        Callback::from(move |event: KeyboardEvent| {
            if is_open && event.key() == "Escape" {
                event.prevent_default();
                close.emit(());
            }
        })
    };
    let on_focus_out = {
        let is_open = is_open.setter();
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
            let menu = event.current_target().and_then(|menu| menu.dyn_into::<Node>().ok());
            if !menu.is_some_and(|menu| menu.contains(to.as_ref())) {
                is_open.set(false);
            }
        })
    };
    Menu {
        is_open: *is_open,
        button,
        on_toggle: Callback::from(move |_| is_open.set(!*is_open)),
        close,
        on_keydown,
        on_focus_out,
    }
}
