//! Moving the keyboard's focus.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::state::Pane;

/// Puts the focus into a pane: on what it marks with `data-pane-focus`, or on the pane itself.
pub(crate) fn pane(pane: Pane) {
    let document = gloo::utils::document();
    let Some(region) = document.get_element_by_id(pane.as_str()) else {
        return;
    };
    let inner = region
        .query_selector(
            ":scope [data-pane-focus], :scope .tab-panel:not([hidden]) .cm-content, :scope .mock .cm-content",
        )
        .ok()
        .flatten();
    element(inner.as_ref().unwrap_or(&region));
}

/// Returns the pane that has the focus.
pub(crate) fn focused_pane() -> Option<Pane> {
    let active = gloo::utils::document().active_element()?;
    let region = active.closest("section[data-pane]").ok().flatten()?;
    Pane::ALL.into_iter().find(|pane| pane.as_str() == region.id())
}

/// Returns whether the focus is in a dialog over the page.
pub(crate) fn is_in_dialog() -> bool {
    let active = gloo::utils::document().active_element();
    active.is_some_and(|active| active.closest("dialog").ok().flatten().is_some())
}

/// Returns whether the focus is in a code editor.
pub(crate) fn is_in_editor() -> bool {
    let active = gloo::utils::document().active_element();
    active.is_some_and(|active| matches!(active.closest(".cm-editor"), Ok(Some(_))))
}

/// Returns whether a dialog lies over the page.
pub(crate) fn is_behind_dialog() -> bool {
    let open = gloo::utils::document().query_selector("dialog[open]");
    matches!(open, Ok(Some(_)))
}

/// Returns whether the browser marks what has the focus, as it does for the keyboard.
pub(crate) fn is_visible() -> bool {
    let active = gloo::utils::document().active_element();
    active.is_some_and(|active| active.matches(":focus-visible").unwrap_or(false))
}

/// Returns whether nothing has the focus, as after the removal of what had it.
pub(crate) fn is_nowhere() -> bool {
    let active = gloo::utils::document().active_element();
    active.is_none_or(|active| active.tag_name() == "BODY")
}

/// Puts the focus on an element.
pub(crate) fn element(element: &Element) {
    let focus = element
        .dyn_ref::<HtmlElement>()
        .map(HtmlElement::focus)
        .or_else(|| element.dyn_ref::<web_sys::SvgElement>().map(web_sys::SvgElement::focus));
    // An element that cannot take the focus leaves it where it is.
    drop(focus);
}
