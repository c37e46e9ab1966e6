//! One event, as `GetExecutionHistory` has it.

use std::rc::Rc;

use yew::prelude::*;

use crate::commands::use_commands;
use crate::state::Run;

use super::super::common::{CopyButton, JsonView, StatusGlyph};
use super::children::children;

/// Props of [`EventCard`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct EventCardProps {
    /// The recording.
    pub run: Rc<Run>,
    /// Id of the event.
    pub event: u32,
}

/// The event's JSON, fetched from the engine when it is looked at.
#[component]
pub(super) fn EventCard(props: &EventCardProps) -> Html {
    let commands = use_commands();
    let Some(row) = props.run.rows.event(props.event) else {
        return Html::default();
    };
    let details = props
        .run
        .details
        .as_ref()
        .filter(|details| details.event == props.event);
    html! {
        <article class="card">
            <header class="card-head">
                <h3 class="card-title"><StatusGlyph status={row.status} />{ row.event_type.clone() }</h3>
                <p class="card-subtitle">{ format!("Event {} \u{b7} {}", row.id, row.label) }</p>
            </header>
            if let Some(details) = details {
                { children(details, props.run.is_going(), &commands) }
                <div class="section-head">
                    <h4>{ "As the API returns it" }</h4>
                    <CopyButton text={details.json.clone()} label="Copy the event as JSON" />
                </div>
                <JsonView text={details.json.clone()} label="Event" />
                if let Some(payload) = &details.payload {
                    <div class="section-head">
                        <h4>{ "Its data" }</h4>
                        <CopyButton text={payload.clone()} label="Copy the data as JSON" />
                    </div>
                    <JsonView text={payload.clone()} label="Data of the event" />
                }
            }
        </article>
    }
}
