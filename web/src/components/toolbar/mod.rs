//! The bar on top: what is open, and what can be done with it.

mod examples_menu;
mod more;

use std::rc::Rc;

use asl_protocol::RunPhase;
use yew::prelude::*;

use crate::commands::{Commands, use_commands};
use crate::state::{Dialog, Document, EngineStatus, FileFound, Run, RunState, Speed, Theme};

use super::common::{Icon, Symbol, on_typed};
use examples_menu::ExamplesMenu;
use more::More;

/// Props of [`Toolbar`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ToolbarProps {
    /// What is open.
    pub document: Rc<Document>,
    /// How the run stands.
    pub run: Rc<Run>,
    /// The theme.
    pub theme: Theme,
    /// The speed.
    pub speed: Speed,
}

/// The bar.
#[component]
pub(crate) fn Toolbar(props: &ToolbarProps) -> Html {
    let commands = use_commands();
    let open = |dialog: Dialog| {
        let commands = commands.clone();
        Callback::from(move |_| commands.show_dialog(Some(dialog.clone())))
    };
    let on_theme = {
        let (commands, next) = (commands.clone(), props.theme.next());
        Callback::from(move |_| commands.choose_theme(next))
    };
    let (symbol, theme) = match props.theme {
        Theme::System => (Symbol::ThemeSystem, "Theme: as the system"),
        Theme::Light => (Symbol::ThemeLight, "Theme: light"),
        Theme::Dark => (Symbol::ThemeDark, "Theme: dark"),
    };
    html! {
        <header class="toolbar">
            <h1 class="brand"><Icon symbol={Symbol::Mark} /><span>{ "ASL Playground" }</span></h1>
            <ExamplesMenu title={props.document.title.to_string()} />
            <RunControls run={Rc::clone(&props.run)} />
            <ExecutionStatus run={Rc::clone(&props.run)} />
            if props.run.is_redrivable() {
                <Redrive />
            }
            <span class="toolbar-space"></span>
            <More>
                <button type="button" class="button button-quiet" onclick={open(Dialog::RunSettings)} aria-label="Run settings"
                    aria-haspopup="dialog" title="Name, type, start time and seed of the next run">
                    <Icon symbol={Symbol::Tune} /><span class="more-text">{ "Run settings" }</span>
                    if props.document.about.is_express {
                        <span class="button-text">{ "EXPRESS" }</span>
                    }
                </button>
                <SpeedMenu speed={props.speed} />
                <button type="button" class="button button-quiet" onclick={open(Dialog::Files(FileFound::Nothing))}
                    aria-label="Files" title="Open and save files (Ctrl+O opens one)">
                    <Icon symbol={Symbol::Open} /><span class="button-text">{ "Files" }</span>
                </button>
                <button type="button" class="button button-quiet" onclick={open(Dialog::GoLive)} aria-label="Go live"
                    title="Commands and templates that bring this state machine to AWS">
                    <Icon symbol={Symbol::Live} /><span class="button-text">{ "Go live" }</span>
                </button>
                <button type="button" class="button button-quiet" onclick={on_theme} aria-label={theme} title={theme}>
                    <Icon {symbol} /><span class="more-text">{ theme }</span>
                </button>
            </More>
            <button type="button" class="button" onclick={open(Dialog::Share)} aria-label="Share"
                title="A link to this document, and other ways to hand it on">
                <Icon symbol={Symbol::Share} /><span class="button-text">{ "Share" }</span>
            </button>
        </header>
    }
}

/// Props of [`RunControls`] and [`ExecutionStatus`].
#[derive(Clone, PartialEq, Properties)]
struct RunProps {
    run: Rc<Run>,
}

#[component]
fn RunControls(props: &RunProps) -> Html {
    let commands = use_commands();
    let run = &props.run;
    let is_going = run.is_going();
    let is_paused = is_going && run.phase == RunPhase::Paused;
    let is_queued = run.state == RunState::Requested && run.engine == EngineStatus::Starting;
    let deed = |deed: fn(&Rc<Commands>)| {
        let commands = commands.clone();
        Callback::from(move |_: MouseEvent| deed(&commands))
    };
    let run_title = if is_queued {
        "The engine is loading; the run starts as soon as it is there"
    } else if is_paused {
        "Go on to the end (Ctrl+Enter)"
    } else {
        "Run the state machine (Ctrl+Enter)"
    };
    html! {
        <div class="run-controls" role="group" aria-label="Execution">
            <button type="button" class="button button-primary" onclick={deed(|commands| commands.run())} aria-label="Run"
                title={run_title} disabled={is_going && !is_paused} data-busy={is_queued.to_string()}>
                <Icon symbol={Symbol::Run} /><span class="button-text">{ "Run" }</span>
            </button>
            <button type="button" class="button button-icon" onclick={deed(|commands| commands.pause())} aria-label="Pause"
                data-turn="pause" title="Pause the run" disabled={!is_going || is_paused}>
                <Icon symbol={Symbol::Pause} />
            </button>
            <button type="button" class="button" onclick={deed(|commands| commands.step())} aria-label="Step"
                data-turn="step" title="Take one step (Ctrl+Shift+Enter)" disabled={is_going && !is_paused}>
                <Icon symbol={Symbol::Step} /><span class="button-text">{ "Step" }</span>
            </button>
            <button type="button" class="button button-icon" onclick={deed(|commands| commands.step_over())}
                aria-label="Step over" data-turn="over" title="Go on until the state has ended (Ctrl+Alt+Enter)"
                disabled={is_going && !is_paused}>
                <Icon symbol={Symbol::StepOver} />
            </button>
            <button type="button" class="button" onclick={deed(Commands::stop)} aria-label="Stop"
                data-turn="stop" title="Abort the execution (Ctrl+.)" disabled={!is_going}>
                <Icon symbol={Symbol::Stop} /><span class="button-text">{ "Stop" }</span>
            </button>
            <button type="button" class="button" onclick={deed(|commands| commands.reset())} aria-label="Reset"
                data-turn="reset" title="Clear the execution" disabled={run.state == RunState::Idle}>
                <Icon symbol={Symbol::Reset} /><span class="button-text">{ "Reset" }</span>
            </button>
        </div>
    }
}

/// What can be done once an execution has ended badly.
#[component]
fn Redrive() -> Html {
    let commands = use_commands();
    html! {
        <button type="button" class="button redrive" onclick={Callback::from(move |_| commands.redrive())} aria-label="Redrive"
            title="Go on where the execution failed, as RedriveExecution does">
            <Icon symbol={Symbol::Redrive} /><span class="button-text">{ "Redrive" }</span>
        </button>
    }
}

/// The API's word for the execution's status, for eyes and screen readers.
#[component]
fn ExecutionStatus(props: &RunProps) -> Html {
    let run = &props.run;
    let status = run.status();
    let note = match (&run.phase, run.state) {
        (_, RunState::Requested) if run.engine == EngineStatus::Starting => "waiting for the engine",
        (RunPhase::Paused, RunState::Requested | RunState::Recording) => "paused",
        (RunPhase::Sleeping { .. }, RunState::Recording) => "letting time pass",
        (RunPhase::AwaitingMock { .. }, RunState::Recording) => "waiting for a mock",
        (RunPhase::AwaitingCallback { .. }, RunState::Recording) => "waiting for a callback",
        (RunPhase::Stuck, RunState::Recording) if !run.waiting.is_empty() => "waiting for a callback",
        (RunPhase::Stuck, RunState::Recording) => "nothing will ever answer: Stop ends it",
        _ => "",
    };
    html! {
        <div class="execution-status" role="status">
            if let Some(status) = status {
                <span class="status-badge" data-execution={status.to_owned()}>{ status.to_owned() }</span>
                if !note.is_empty() {
                    <span class="status-note">{ note }</span>
                }
            }
        </div>
    }
}

/// Props of [`SpeedMenu`].
#[derive(Clone, PartialEq, Properties)]
struct SpeedMenuProps {
    speed: Speed,
}

#[component]
fn SpeedMenu(props: &SpeedMenuProps) -> Html {
    let commands = use_commands();
    let on_change = on_typed::<Event>(Callback::from(move |name: String| {
        commands.choose_speed(Speed::from_name(&name));
    }));
    let option = |speed: Speed| {
        html! {
            <option key={speed.as_str()} value={speed.as_str()} selected={speed == props.speed}>{ speed.label() }</option>
        }
    };
    html! {
        <div class="select">
            <select onchange={on_change} aria-label="Speed" title="How waiting time passes in the next run">
                { for Speed::ALL.into_iter().map(option) }
            </select>
            <Icon symbol={Symbol::Chevron} />
        </div>
    }
}
