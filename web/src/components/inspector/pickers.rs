//! Which visit to a state, and which of its attempts.

use asl_protocol::{AttemptChoice, StateVisit};
use yew::prelude::*;

use crate::commands::use_commands;

use super::super::common::{Icon, StatusGlyph, Symbol, on_typed, status_word};

/// Props of [`Pickers`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PickersProps {
    /// The visit that is shown.
    pub visit: crate::by_ptr::ByPtr<StateVisit>,
}

/// A menu of visits and a row of attempts, where there are several. Picking one moves the cursor there.
#[component]
pub(super) fn Pickers(props: &PickersProps) -> Html {
    let commands = use_commands();
    let visit = &props.visit;
    let on_visit = {
        let commands = commands.clone();
        on_typed::<Event>(Callback::from(move |newest: String| {
            if let Ok(newest) = newest.parse() {
                commands.select_event(newest);
            }
        }))
    };
    let option = |choice: &asl_protocol::VisitChoice| {
        html! {
            <option key={choice.entered} value={choice.newest.to_string()} selected={choice.entered == visit.entered}>
                { format!("{} \u{b7} {}", choice.label, status_word(choice.status)) }
            </option>
        }
    };
    let attempt = |attempt: &AttemptChoice| {
        let (commands, event) = (commands.clone(), attempt.event);
        let is_chosen = attempt.number == visit.attempt;
        let error = if attempt.error.is_empty() {
            status_word(attempt.status)
        } else {
            &attempt.error
        };
        html! {
            <button key={attempt.number} type="button" class="attempt" aria-pressed={is_chosen.to_string()}
                onclick={Callback::from(move |_| commands.select_event(event))}>
                <StatusGlyph status={attempt.status} />
                <span>{ format!("Attempt {}", attempt.number) }</span>
                <span class="attempt-note">{ error.to_owned() }</span>
            </button>
        }
    };
    html! {
        <>
        if visit.visits.len() > 1 {
            <div class="select visit-picker">
                <select aria-label="Visit" onchange={on_visit}>{ for visit.visits.iter().map(option) }</select>
                <Icon symbol={Symbol::Chevron} />
            </div>
        }
        if visit.attempts.len() > 1 {
            <div class="attempts" role="group" aria-label="Attempts">{ for visit.attempts.iter().map(attempt) }</div>
        }
        </>
    }
}
