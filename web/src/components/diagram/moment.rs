//! What lies over the diagram where it does not show the newest: of which moment or definition it is, and the way on.

use asl_protocol::RecordingOrigin;
use yew::prelude::*;

use crate::commands::use_commands;
use crate::state::{Document, Jump, Run, RunState};

/// Props of [`Moment`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct MomentProps {
    /// Id of the event that is shown and of the newest, where that is a later one.
    pub past: Option<(u32, u32)>,
    /// Whether the definition was changed since it was run.
    pub is_outdated: bool,
}

impl MomentProps {
    /// Returns what there is to say about a recording.
    pub(super) fn of(run: &Run, document: &Document) -> MomentProps {
        MomentProps {
            past: run.is_in_the_past().then(|| (run.position(), run.newest())),
            is_outdated: run.state == RunState::Ended
                && run.origin == RecordingOrigin::Run
                && run.picture.is_none()
                && run.revision != document.revision,
        }
    }
}

/// The frame around an earlier moment, and a chip for each thing to know.
#[component]
pub(super) fn Moment(props: &MomentProps) -> Html {
    let commands = use_commands();
    let on_end = {
        let commands = commands.clone();
        Callback::from(move |_| commands.travel(Jump::Last))
    };
    html! {
        <div class="moment" data-past={props.past.is_some().to_string()}>
            if let Some((position, newest)) = props.past {
                <p class="moment-chip">
                    <span>{ format!("Viewing event {position} of {newest}") }</span>
                    <button type="button" class="button button-quiet button-small" title="Show the newest event (End)"
                        onclick={on_end}>{ "Back to end" }</button>
                </p>
            }
            if props.is_outdated {
                <p class="moment-chip moment-outdated">
                    <span>{ "Recorded before your last change" }</span>
                    <button type="button" class="button button-quiet button-small"
                        onclick={Callback::from(move |_| commands.run())}>{ "Run again" }</button>
                </p>
            }
        </div>
    }
}
