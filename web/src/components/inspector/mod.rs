//! The inspector: what is known about the selected event, the selected state, and the execution.

mod children;
mod console_lines;
mod event_card;
mod execution_card;
mod outcomes;
mod pickers;
mod stage_list;
mod state_card;
mod try_expression;

use std::rc::Rc;

use yew::prelude::*;

use crate::commands::use_commands;
use crate::state::{Action, Bench, Document, Mocks, Pane, Run, Selection};

use super::common::{Empty, Icon, PaneFrame, Segment, Segmented, Symbol};
pub(super) use console_lines::console_lines;
use event_card::EventCard;
use execution_card::ExecutionCard;
pub(super) use stage_list::stage_list;
use state_card::StateCard;

/// Props of [`InspectorPane`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct InspectorPaneProps {
    /// The text and what is known about it.
    pub document: Rc<Document>,
    /// The recording.
    pub run: Rc<Run>,
    /// What the reader looks at.
    pub selection: Rc<Selection>,
    /// What answers the tasks.
    pub mocks: Rc<Mocks>,
    /// What is tried beside the run.
    pub bench: Rc<Bench>,
}

/// What the inspector can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Event,
    State,
    Execution,
}

impl Subject {
    fn label(self) -> &'static str {
        match self {
            Subject::Event => "Event",
            Subject::State => "State",
            Subject::Execution => "Execution",
        }
    }
}

/// The newest selection in front, the rest behind tabs.
#[component]
pub(crate) fn InspectorPane(props: &InspectorPaneProps) -> Html {
    let chosen = use_state(|| None::<Subject>);
    {
        let chosen = chosen.setter();
        // What the reader chose to see stays while the cursor moves.
        use_effect_with(props.run.number, move |_| chosen.set(None));
    }
    let commands = use_commands();
    let on_close = Callback::from(move |_| commands.tell(Action::InspectorClosed));
    let selection = &props.selection;
    let mut subjects = Vec::new();
    if selection.event.is_some() {
        subjects.push(Subject::Event);
    }
    if selection.state.is_some() {
        subjects.push(Subject::State);
    }
    if props.run.status().is_some() {
        subjects.push(Subject::Execution);
    }
    let subject = chosen
        .filter(|chosen| subjects.contains(chosen))
        .or(subjects.first().copied());
    let on_choose = {
        let (chosen, subjects) = (chosen.setter(), subjects.clone());
        Callback::from(move |at: usize| chosen.set(subjects.get(at).copied()))
    };
    let header = html! {
        <>
        if subjects.len() > 1 {
            <Segmented label="What to inspect"
                segments={subjects.iter().map(|subject| Segment::new(subject.label())).collect::<Vec<_>>()}
                chosen={subjects.iter().position(|other| Some(*other) == subject).unwrap_or(0)} {on_choose} />
        }
        <button type="button" class="button button-quiet button-icon inspector-close" aria-label="Close the inspector"
            onclick={on_close}>
            <Icon symbol={Symbol::Close} />
        </button>
        </>
    };
    html! {
        <PaneFrame pane={Pane::Inspector} {header}>
            <div class="inspector" tabindex="0" role="group" aria-label="Details" data-pane-focus="true">
                { match (subject, &selection.event, &selection.state) {
                    (Some(Subject::Event), Some(event), _) => html! {
                        <EventCard run={Rc::clone(&props.run)} event={*event} />
                    },
                    (Some(Subject::State), _, Some(state)) => html! {
                        <StateCard document={Rc::clone(&props.document)} run={Rc::clone(&props.run)}
                            state={Rc::clone(state)} bench={Rc::clone(&props.bench)}
                            is_mockable={props.mocks.target_of(state).is_some()} />
                    },
                    (Some(Subject::Execution), _, _) => html! { <ExecutionCard run={Rc::clone(&props.run)} /> },
                    _ => html! {
                        <Empty>
                            <p>{ "Nothing selected." }</p>
                            <p>{ "Pick a state in the diagram or an event in the log to see its data." }</p>
                        </Empty>
                    },
                } }
            </div>
        </PaneFrame>
    }
}
