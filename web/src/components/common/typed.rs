//! What the reader typed into a field, picked from a menu, or checked.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Returns a handler of `oninput` and `onchange` that hands on the text.
pub(crate) fn on_typed<E: AsRef<Event> + 'static>(on_text: Callback<String>) -> Callback<E> {
    Callback::from(move |event: E| {
        let Some(target) = event.as_ref().target() else { return };
        let text = if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
            input.value()
        } else if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
            area.value()
        } else if let Some(menu) = target.dyn_ref::<HtmlSelectElement>() {
            menu.value()
        } else {
            return;
        };
        on_text.emit(text);
    })
}

/// Returns a handler that keeps what was typed.
pub(crate) fn keep_typed<E: AsRef<Event> + 'static>(text: &UseStateHandle<String>) -> Callback<E> {
    let setter = text.setter();
    on_typed(Callback::from(move |typed| setter.set(typed)))
}

/// Returns a handler of a box's `onchange` that hands on whether it is checked.
pub(crate) fn on_checked(on_check: Callback<bool>) -> Callback<Event> {
    Callback::from(move |event: Event| {
        let target = event.target();
        if let Some(input) = target.as_ref().and_then(|target| target.dyn_ref::<HtmlInputElement>()) {
            on_check.emit(input.checked());
        }
    })
}
