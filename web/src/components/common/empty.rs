//! What a pane says while it has nothing to show.

use yew::prelude::*;

/// Props of [`Empty`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct EmptyProps {
    /// What is missing, and what brings it.
    pub children: Html,
}

/// A quiet sentence or two in the middle of a pane.
#[component]
pub(crate) fn Empty(props: &EmptyProps) -> Html {
    html! { <div class="empty">{ props.children.clone() }</div> }
}
