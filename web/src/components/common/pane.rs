//! The frame around a pane: a region with a header.

use yew::prelude::*;

use crate::state::Pane;

/// Props of [`PaneFrame`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PaneFrameProps {
    /// Which pane.
    pub pane: Pane,
    /// What stands in the header after the title.
    #[prop_or_default]
    pub header: Html,
    /// What the pane shows.
    #[prop_or_default]
    pub children: Html,
}

/// A pane. The region's accessible name is the pane's.
#[component]
pub(crate) fn PaneFrame(props: &PaneFrameProps) -> Html {
    let name = props.pane.as_str();
    html! {
        <section class={classes!("pane", format!("pane-{name}"))} id={name} data-pane={name} tabindex="-1"
            aria-label={props.pane.label()}>
            <header class="pane-header">
                <h2 class="pane-title">{ props.pane.label() }</h2>
                { props.header.clone() }
            </header>
            <div class="pane-body">{ props.children.clone() }</div>
        </section>
    }
}
