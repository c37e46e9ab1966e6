//! The layout of an embedded page, and what it does by itself.

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::MessageEvent;
use yew::prelude::*;

use crate::commands::{Commands, use_commands};
use crate::components::{
    CallbackPanelProps, DefinitionPane, DiagramPaneProps, InspectorPaneProps, LogPaneProps, MocksPaneProps, NoticeBar,
    PaneBar, ScrubberProps, StateTestDialogProps, use_element_size,
};
use crate::panes::{Panes, use_panes};
use crate::state::{Action, EngineStatus, PlaygroundState, RunState, Trust};

use super::bar::{Bar, OpenLink, RunLine};
use super::height::wanted;
use super::message::{Command, Report};
use super::options::{Controls, EmbedOptions, Start, View};

/// Props of [`EmbedFrame`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct EmbedFrameProps {
    /// What the address asks for.
    pub options: EmbedOptions,
    /// Everything the page knows.
    pub state: PlaygroundState,
    /// Takes note of facts.
    pub dispatch: UseReducerDispatcher<PlaygroundState>,
}

/// The whole embedded page.
#[component]
pub(crate) fn EmbedFrame(props: &EmbedFrameProps) -> Html {
    let commands = use_commands();
    let EmbedFrameProps { options, state, .. } = props;
    let place = use_node_ref();
    let arrived = use_panes(props.dispatch.clone());
    let ready = arrived.is_some() && state.document.analysis.is_some();
    use_reports(*options, state, &place, ready);
    use_start(*options, state, &commands, ready);
    use_parent(*options, &commands);
    let has_log = matches!(options.view, View::Log | View::All);
    let bar = (options.controls != Controls::None && options.view != View::Run).then(|| {
        html! { <Bar options={*options} run={Rc::clone(&state.run)} pane={state.settings.pane} /> }
    });
    html! {
        <div class={classes!("embed", (options.view == View::All).then_some("app"))} ref={place}
            data-view={options.view.as_str()} data-ready={ready.to_string()} data-pane={state.settings.pane.as_str()}
            data-inspecting={state.settings.is_inspecting.to_string()}
            data-recorded={(!state.run.rows.is_empty()).to_string()}>
            <div class="strips">
                <NoticeBar notice={state.settings.notice.clone()} />
                { for arrived.map(|arrived| beside(arrived, state)) }
            </div>
            if state.mocks.trust == Trust::Asked && !has_log {
                <Consent />
            }
            <main class={if options.view == View::All { "panes" } else { "embed-panes" }}>{ for arrived.map(|arrived| panes(arrived, *options, state)) }</main>
            if options.view == View::All {
                <PaneBar pane={state.settings.pane} />
            }
            { for bar }
        </div>
    }
}

/// Tasks that wait for the reader, and the test of one state.
fn beside(arrived: Panes, state: &PlaygroundState) -> Html {
    html! {
        <>
        { (arrived.callbacks)(CallbackPanelProps {
            run: Rc::clone(&state.run),
            bench: Rc::clone(&state.bench),
        }) }
        { (arrived.state_test)(StateTestDialogProps {
            document: Rc::clone(&state.document),
            run: Rc::clone(&state.run),
            bench: Rc::clone(&state.bench),
        }) }
        </>
    }
}

fn panes(arrived: Panes, options: EmbedOptions, state: &PlaygroundState) -> Html {
    let definition = || {
        html! {
            <DefinitionPane document={Rc::clone(&state.document)} selected={state.selection.state.clone()} />
        }
    };
    let diagram = || {
        (arrived.diagram)(DiagramPaneProps {
            document: Rc::clone(&state.document),
            run: Rc::clone(&state.run),
            selected: state.selection.state.clone(),
            layout: state.settings.layout.clone(),
            picture: None,
            bench: Rc::clone(&state.bench),
        })
    };
    let log = || {
        (arrived.log)(LogPaneProps {
            run: Rc::clone(&state.run),
            view: Rc::clone(&state.log),
            recordings: Rc::clone(&state.recordings),
            selection: Rc::clone(&state.selection),
            mocks: Rc::clone(&state.mocks),
            about: Rc::clone(&state.document.about),
        })
    };
    let scrubber = || {
        (arrived.scrubber)(ScrubberProps {
            run: Rc::clone(&state.run),
            about: Rc::clone(&state.document.about),
        })
    };
    let rest = || {
        let mocks = MocksPaneProps {
            mocks: Rc::clone(&state.mocks),
            run: Rc::clone(&state.run),
            bench: Rc::clone(&state.bench),
            input: Rc::clone(&state.document.input),
        };
        let inspector = InspectorPaneProps {
            document: Rc::clone(&state.document),
            run: Rc::clone(&state.run),
            selection: Rc::clone(&state.selection),
            mocks: Rc::clone(&state.mocks),
            bench: Rc::clone(&state.bench),
        };
        html! { <>{ (arrived.mocks)(mocks) }{ (arrived.inspector)(inspector) }</> }
    };
    match options.view {
        View::Diagram => diagram(),
        View::Editor => definition(),
        View::Split => html! { <>{ definition() }{ diagram() }</> },
        View::Log => log(),
        View::Run => html! {
            <RunLine {options} run={Rc::clone(&state.run)} pane={state.settings.pane} />
        },
        View::All => html! { <>{ definition() }{ diagram() }{ scrubber() }{ log() }{ rest() }</> },
    }
}

/// Tells the page around this one what happens here.
#[hook]
fn use_reports(options: EmbedOptions, state: &PlaygroundState, place: &NodeRef, is_ready: bool) {
    use_effect_with(is_ready, |is_ready| {
        if *is_ready {
            Report::Ready.send();
        }
    });
    let failure = match &state.run.engine {
        EngineStatus::Failed(reason) => Some(Rc::clone(reason)),
        _ => None,
    };
    use_effect_with(failure, |failure| {
        if let Some(reason) = failure {
            Report::Error(reason).send();
        }
    });
    let ended = (state.run.state == RunState::Ended).then_some(state.run.number);
    let run = Rc::clone(&state.run);
    use_effect_with(ended, move |ended| {
        if ended.is_some() {
            let (status, events) = (run.status().unwrap_or_default(), run.rows.len());
            Report::RunFinished { status, events }.send();
        }
    });
    #[expect(clippy::cast_possible_truncation, reason = "a width of a screen")]
    let width = use_element_size(place).0 as i32;
    let is_shown = options.has_auto_height && is_ready;
    let height = is_shown.then(|| wanted(&options, &state.document, &state.run, width));
    use_effect_with(height, |height| {
        if let Some(pixels) = height {
            Report::Height(*pixels).send();
        }
    });
}

/// Runs by itself where the address asks for it, and picks the event that it names once the run is over.
#[hook]
fn use_start(options: EmbedOptions, state: &PlaygroundState, commands: &Rc<Commands>, is_ready: bool) {
    let may_run = match options.start {
        Start::Auto => !state.mocks.has_java_script(),
        Start::Pressed => true,
        Start::Click | Start::Never => false,
    };
    let is_due = may_run && is_ready;
    {
        let commands = Rc::clone(commands);
        let has_run = use_mut_ref(|| false);
        use_effect_with(is_due, move |is_due| {
            if *is_due && !has_run.replace(true) {
                commands.run();
            }
        });
    }
    let commands = Rc::clone(commands);
    let over = (state.run.state == RunState::Ended).then_some(state.run.number);
    use_effect_with(over, move |over| {
        if let (Some(_), Some(event)) = (*over, options.event) {
            commands.select_event(event);
        }
    });
}

/// Does what the page around this one asks for.
#[hook]
fn use_parent(options: EmbedOptions, commands: &Rc<Commands>) {
    let commands = Rc::clone(commands);
    use_effect_with((), move |()| {
        let listener = options.takes_commands.then(|| {
            EventListener::new(&gloo::utils::window(), "message", move |event| {
                match event.dyn_ref::<MessageEvent>().and_then(Command::read) {
                    Some(Command::Theme(theme)) => commands.tell(Action::ThemeChosen(theme)),
                    Some(Command::Run) if options.start != Start::Never => commands.run(),
                    Some(Command::Seek(event)) => commands.select_event(event),
                    _ => {}
                }
            })
        });
        move || drop(listener)
    });
}

/// Asks before code that came with the page around this one runs.
#[component]
fn Consent() -> Html {
    let commands = use_commands();
    let on_run = Callback::from(move |_| commands.decide_and_run(false));
    html! {
        <div class="consent" role="group" aria-label="JavaScript from this page">
            <p>
                <strong>{ "This example includes JavaScript mocks. " }</strong>
                { "They run in a sealed worker with no network and no access to this site." }
            </p>
            <div class="consent-buttons">
                <button type="button" class="button button-primary" onclick={on_run}>{ "Run them" }</button>
                <OpenLink />
            </div>
        </div>
    }
}
