//! What the reader is asked about the JavaScript of a link, in the log, where its run would be.

use std::rc::Rc;

use yew::prelude::*;

use crate::commands::use_commands;
use crate::state::{About, Mocks, Pane, Trust};

/// Props of [`ConsentStrip`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ConsentStripProps {
    /// The mocks.
    pub mocks: Rc<Mocks>,
    /// Where they came from.
    pub about: Rc<About>,
}

/// Asks before code from elsewhere runs; where stand-ins took its place, says so and offers it again.
#[component]
pub(crate) fn ConsentStrip(props: &ConsentStripProps) -> Html {
    let commands = use_commands();
    let mocks = &props.mocks;
    if !matches!(mocks.trust, Trust::Asked | Trust::StandIns) {
        return Html::default();
    }
    let decide = |stand_ins: bool| {
        let commands = commands.clone();
        Callback::from(move |_| commands.decide_and_run(stand_ins))
    };
    let on_view = {
        let commands = commands.clone();
        Callback::from(move |_| commands.focus_pane(Pane::Mocks))
    };
    let source = if props.about.origin.starts_with("file:") {
        "file"
    } else {
        "link"
    };
    if mocks.trust == Trust::StandIns {
        return html! {
            <div class="consent" role="group" aria-label="Stand-ins for JavaScript">
                <p>
                    <strong>{ "Stand-ins are in use. " }</strong>
                    { format!("Tasks that the JavaScript of this {source} would answer return their input.") }
                </p>
                <div class="consent-buttons">
                    <button type="button" class="button" onclick={decide(false)}>{ "Run the JavaScript" }</button>
                </div>
            </div>
        };
    }
    let count = mocks.java_script_count();
    html! {
        <div class="consent" role="group" aria-label={format!("JavaScript from a {source}")}>
            <p>
                <strong>{ format!("This {source} includes JavaScript mocks ({count}). ") }</strong>
                { "They run in a sealed worker with no network and no access to this site." }
            </p>
            <div class="consent-buttons">
                <button type="button" class="button button-primary" onclick={decide(false)} aria-label="Run the JavaScript">
                    { "Run" }
                </button>
                <button type="button" class="button" onclick={decide(true)}>{ "Run with declarative stand-ins" }</button>
                <button type="button" class="button button-quiet" onclick={on_view}>{ "View code" }</button>
            </div>
        </div>
    }
}
