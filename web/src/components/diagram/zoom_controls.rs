//! The buttons that zoom.

use yew::prelude::*;

use super::super::common::{Icon, Symbol};
use super::canvas::ZOOM_STEP;
use super::viewport::Viewport;

/// Props of [`ZoomControls`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ZoomControlsProps {
    /// What is in sight.
    pub viewport: Viewport,
    /// Size of the sheet on the screen.
    pub screen: (f64, f64),
    /// Called with another view.
    pub on_move: Callback<Viewport>,
    /// Called when everything shall be in sight.
    pub on_fit: Callback<()>,
}

/// Buttons that zoom.
#[component]
pub(super) fn ZoomControls(props: &ZoomControlsProps) -> Html {
    let center = (props.screen.0 / 2.0, props.screen.1 / 2.0);
    let to = |viewport: Viewport| {
        let on_move = props.on_move.clone();
        Callback::from(move |_: MouseEvent| on_move.emit(viewport))
    };
    let viewport = props.viewport;
    let on_fit = {
        let on_fit = props.on_fit.clone();
        Callback::from(move |_: MouseEvent| on_fit.emit(()))
    };
    html! {
        <div class="zoom" role="group" aria-label="Zoom">
            <button type="button" class="zoom-button" aria-label="Zoom out" title="Zoom out (-)"
                onclick={to(viewport.zoomed(1.0 / ZOOM_STEP, center))}><Icon symbol={Symbol::Minus} /></button>
            <button type="button" class="zoom-button zoom-percent" aria-label={format!("{:.0}%: actual size", viewport.scale * 100.0)}
                title="Actual size (0)"
                onclick={to(viewport.zoomed(1.0 / viewport.scale, center))}>
                { format!("{:.0}%", viewport.scale * 100.0) }
            </button>
            <button type="button" class="zoom-button" aria-label="Zoom in" title="Zoom in (+)"
                onclick={to(viewport.zoomed(ZOOM_STEP, center))}><Icon symbol={Symbol::Plus} /></button>
            <button type="button" class="zoom-button" aria-label="Fit" title="Show everything (f)" onclick={on_fit}>
                <Icon symbol={Symbol::Fit} />
            </button>
        </div>
    }
}
