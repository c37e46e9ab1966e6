//! The frame that says that the diagram shows an earlier moment, and the way back.

use yew::prelude::*;

use crate::commands::use_commands;
use crate::state::Jump;

/// Props of [`Moment`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct MomentProps {
    /// Id of the event that is shown.
    pub position: u32,
    /// Id of the newest event.
    pub newest: u32,
}

/// The frame and its chip.
#[component]
pub(super) fn Moment(props: &MomentProps) -> Html {
    let commands = use_commands();
    html! {
        <div class="moment">
            <p class="moment-chip">
                <span>{ format!("Viewing event {} of {}", props.position, props.newest) }</span>
                <button type="button" class="button button-quiet button-small" title="Show the newest event (End)"
                    onclick={Callback::from(move |_| commands.travel(Jump::Last))}>{ "Back to end" }</button>
            </p>
        </div>
    }
}
