//! The bar at the foot of an embedded page: run, how it went, and the way to the whole playground.

use std::rc::Rc;

use asl_protocol::RunPhase;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlAnchorElement;
use yew::prelude::*;

use crate::commands::{Commands, use_commands};
use crate::components::{Icon, Segment, Segmented, Symbol};
use crate::interop::location;
use crate::state::{Action, Pane, Run, RunState};

use super::options::{Controls, EmbedOptions, Start, View};

/// Props of [`Bar`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct BarProps {
    /// What the page shows.
    pub options: EmbedOptions,
    /// How the run stands.
    pub run: Rc<Run>,
    /// The pane in front.
    pub pane: Pane,
}

/// The bar.
#[component]
pub(super) fn Bar(props: &BarProps) -> Html {
    let options = props.options;
    html! {
        <footer class="embed-bar">
            if options.start != Start::Never {
                <RunButtons run={Rc::clone(&props.run)} has_all={options.controls == Controls::Full} />
            }
            if options.view == View::Split {
                <PaneSwitch pane={props.pane} />
            }
            { outcome(&props.run) }
            <OpenLink />
        </footer>
    }
}

/// The button and the line of `view=run`, which is the bar and nothing else.
#[component]
pub(super) fn RunLine(props: &BarProps) -> Html {
    let end = props.run.end.as_ref();
    let result = end.and_then(|end| end.output.clone().or_else(|| end.error.clone()));
    html! {
        <div class="embed-bar embed-line">
            if props.options.start != Start::Never {
                <RunButtons run={Rc::clone(&props.run)} has_all={props.options.controls == Controls::Full} />
            }
            { outcome(&props.run) }
            if let Some(result) = result {
                <output class="embed-result" aria-label="Result" title={result.clone()}>{ result }</output>
            }
            if props.options.controls != Controls::None {
                <OpenLink />
            }
        </div>
    }
}

/// Props of [`RunButtons`].
#[derive(Clone, PartialEq, Properties)]
struct RunButtonsProps {
    run: Rc<Run>,
    has_all: bool,
}

#[component]
fn RunButtons(props: &RunButtonsProps) -> Html {
    let commands = use_commands();
    let run = &props.run;
    let is_paused = run.phase == RunPhase::Paused;
    let rests = !run.is_going() || is_paused;
    let button = |label: &'static str, symbol: Symbol, class: &'static str, is_off: bool, deed: fn(&Rc<Commands>)| {
        let commands = commands.clone();
        html! {
            <button type="button" class={classes!("button", "button-small", class)} aria-label={label} title={label}
                disabled={is_off} onclick={Callback::from(move |_: MouseEvent| deed(&commands))}>
                <Icon {symbol} /><span class="button-text">{ label }</span>
            </button>
        }
    };
    html! {
        <>
            if rests {
                { button("Run", Symbol::Run, "button-primary", false, |commands| commands.run()) }
            }
            if props.has_all && rests {
                { button("Step", Symbol::Step, "", false, |commands| commands.step()) }
            }
            if run.is_going() {
                { button("Stop", Symbol::Stop, "", false, Commands::stop) }
            }
            if props.has_all && !run.is_going() {
                { button("Reset", Symbol::Reset, "", run.state == RunState::Idle, |commands| commands.reset()) }
            }
        </>
    }
}

/// Props of [`PaneSwitch`].
#[derive(Clone, PartialEq, Properties)]
struct PaneSwitchProps {
    pane: Pane,
}

/// Chooses between code and diagram where there is room for one; the style sheet shows it there only.
#[component]
fn PaneSwitch(props: &PaneSwitchProps) -> Html {
    let commands = use_commands();
    let on_choose = Callback::from(move |at: usize| {
        commands.tell(Action::PaneShown(if at == 0 {
            Pane::Diagram
        } else {
            Pane::Definition
        }));
    });
    html! {
        <div class="embed-switch">
            <Segmented label="What to show" segments={vec![Segment::new("Diagram"), Segment::new("Code")]}
                chosen={usize::from(props.pane == Pane::Definition)} {on_choose} />
        </div>
    }
}

fn outcome(run: &Run) -> Html {
    let count = run.rows.len();
    html! {
        <div class="embed-outcome" role="status">
            if let Some(status) = run.status() {
                <span class="status-badge" data-execution={status.to_owned()}>{ status.to_owned() }</span>
                if count > 0 {
                    <span class="embed-count">{ [count.to_string().as_str(), if count == 1 { " event" } else { " events" }].concat() }</span>
                }
            }
        </div>
    }
}

/// A link to this very document in the whole playground. The address is made when it is about to be used: it holds the
/// document, which may have been edited.
#[component]
pub(super) fn OpenLink() -> Html {
    let commands = use_commands();
    let place = use_node_ref();
    let address = use_memo((), |()| Commands::first_playground_address());
    let refresh = {
        let place = place.clone();
        Callback::from(move |()| {
            let (place, commands) = (place.clone(), Rc::clone(&commands));
            spawn_local(async move {
                let address = commands.playground_address().await;
                if let Some(link) = place.cast::<HtmlAnchorElement>() {
                    link.set_href(&address);
                }
            });
        })
    };
    // A click may come before the address does; the browser lets a page open another for a while after it.
    let on_click = {
        let commands = use_commands();
        Callback::from(move |event: MouseEvent| {
            if event.ctrl_key() || event.meta_key() || event.shift_key() {
                return;
            }
            event.prevent_default();
            let commands = Rc::clone(&commands);
            spawn_local(async move { location::open(&commands.playground_address().await) });
        })
    };
    html! {
        <a class="embed-open" onclick={on_click} href={(*address).clone()} target="_blank" rel="noopener" ref={place}
            aria-label="Open in playground" onpointerenter={refresh.reform(|_: PointerEvent| ())}
            onpointerdown={refresh.reform(|_: PointerEvent| ())} onfocus={refresh.reform(|_: FocusEvent| ())}>
            <span>{ "Open in playground" }</span><Icon symbol={Symbol::OpenElsewhere} />
        </a>
    }
}
