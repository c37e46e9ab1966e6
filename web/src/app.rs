//! The whole page: the reducer, the side effects that follow from it, and the panes.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::commands::{Commands, CommandsContext};
use crate::components::{
    CallbackPanelProps, DefinitionPane, DiagramPaneProps, InspectorPaneProps, LogPaneProps, MocksPaneProps, NoticeBar,
    PaneBar, PaneFrame, ScrubberProps, StateTestDialogProps, Toolbar,
};
use crate::dialogs::{Dialogs, use_dialogs};
use crate::embed::{EmbedFrameProps, use_embed};
use crate::engine::use_engine;
use crate::interop::theme;
use crate::keyboard::use_keyboard;
use crate::opening::Opening;
use crate::panes::{Panes, use_panes};
use crate::state::{LinkPage, Pane, PlaygroundState};

/// How long the reader's hand has to rest before the text is looked at.
const ANALYZE_AFTER_MS: u32 = 60;
/// How long the reader's hand has to rest before the draft is kept.
const KEEP_AFTER_MS: u32 = 300;

/// Props of [`App`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct AppProps {
    /// What the page begins with.
    pub opening: Opening,
}

/// The page.
#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let state = {
        let opening = props.opening.clone();
        use_reducer(move || opening.state())
    };
    let engine = use_engine(state.dispatcher());
    let commands = {
        let (dispatch, opened) = (state.dispatcher(), props.opening.opened);
        let first = PlaygroundState::clone(&state);
        use_memo((), move |()| Rc::new(Commands::new(dispatch, engine, first, opened)))
    };
    let commands = Rc::clone(&commands);
    commands.rendered(&state);
    use_side_effects(&commands, &state);
    use_keyboard(Rc::clone(&commands));
    let panes = use_panes(state.dispatcher());
    let settings = &state.settings;
    let dialogs = use_dialogs(state.dispatcher(), settings.dialog.is_some() || settings.link.is_some());

    let is_reading = settings.link == Some(LinkPage::Reading);
    // Each is one node, there or empty: a list that grew would move its neighbors, and make them anew.
    let link = settings
        .link
        .as_ref()
        .map(|link| link_page(dialogs, link))
        .unwrap_or_default();
    let embed = use_embed(props.opening.embed.is_some());
    if let Some(options) = props.opening.embed {
        let dispatch = state.dispatcher();
        let has_link = settings.link.is_some();
        let state = PlaygroundState::clone(&state);
        return html! {
            <ContextProvider<CommandsContext> context={CommandsContext(Rc::clone(&commands))}>
                if has_link {
                    { link }
                } else {
                    { for embed.map(|frame| frame(EmbedFrameProps { options, state, dispatch })) }
                }
            </ContextProvider<CommandsContext>>
        };
    }
    let dialog = dialogs
        .zip(settings.dialog.as_ref())
        .map(|(dialogs, open)| dialogs.dialog(open, &state))
        .unwrap_or_default();
    let ready = panes.is_some() && state.document.analysis.is_some() && !is_reading;
    html! {
        <ContextProvider<CommandsContext> context={CommandsContext(Rc::clone(&commands))}>
            <div class="app" data-ready={ready.to_string()} data-pane={state.settings.pane.as_str()}
                data-inspecting={state.settings.is_inspecting.to_string()}
                data-recorded={(!state.run.rows.is_empty()).to_string()}>
                <Toolbar document={Rc::clone(&state.document)} run={Rc::clone(&state.run)}
                    theme={state.settings.theme} speed={state.settings.speed} />
                <div class="strips">
                    <NoticeBar notice={state.settings.notice.clone()} />
                    { for panes.map(|panes| (panes.callbacks)(CallbackPanelProps {
                        run: Rc::clone(&state.run),
                        bench: Rc::clone(&state.bench),
                    })) }
                </div>
                { link }
                <main class="panes" inert={settings.link.is_some()}>
                    <DefinitionPane document={Rc::clone(&state.document)} selected={state.selection.state.clone()} />
                    { match panes {
                        Some(panes) => shown(panes, &state, &props.opening),
                        None => awaited(&props.opening),
                    } }
                </main>
                <PaneBar pane={state.settings.pane} />
                { for panes.map(|panes| (panes.state_test)(StateTestDialogProps {
                    document: Rc::clone(&state.document),
                    run: Rc::clone(&state.run),
                    bench: Rc::clone(&state.bench),
                })) }
                { dialog }
            </div>
        </ContextProvider<CommandsContext>>
    }
}

/// The page of a link; while its code is on the way, the sign that something happens.
fn link_page(dialogs: Option<Dialogs>, link: &LinkPage) -> Html {
    match dialogs {
        Some(dialogs) if *link != LinkPage::Reading => dialogs.link(link),
        _ => html! {
            <main class="link-screen" aria-busy="true">
                <p class="link-reading" role="status">{ "Opening the link\u{2026}" }</p>
            </main>
        },
    }
}

/// The panes that arrive later.
fn shown(panes: Panes, state: &PlaygroundState, opening: &Opening) -> Html {
    html! {
        <>
        { (panes.mocks)(MocksPaneProps {
            mocks: Rc::clone(&state.mocks),
            run: Rc::clone(&state.run),
            bench: Rc::clone(&state.bench),
            input: Rc::clone(&state.document.input),
        }) }
        { (panes.diagram)(DiagramPaneProps {
            document: Rc::clone(&state.document),
            run: Rc::clone(&state.run),
            selected: state.selection.state.clone(),
            layout: state.settings.layout.clone(),
            picture: opening.picture.clone(),
            bench: Rc::clone(&state.bench),
        }) }
        { (panes.scrubber)(ScrubberProps {
            run: Rc::clone(&state.run),
            about: Rc::clone(&state.document.about),
        }) }
        { (panes.log)(LogPaneProps {
            run: Rc::clone(&state.run),
            view: Rc::clone(&state.log),
            recordings: Rc::clone(&state.recordings),
            selection: Rc::clone(&state.selection),
            mocks: Rc::clone(&state.mocks),
            about: Rc::clone(&state.document.about),
        }) }
        { (panes.inspector)(InspectorPaneProps {
            document: Rc::clone(&state.document),
            run: Rc::clone(&state.run),
            selection: Rc::clone(&state.selection),
            mocks: Rc::clone(&state.mocks),
            bench: Rc::clone(&state.bench),
        }) }
        { (panes.file_drop)() }
        </>
    }
}

/// What stands in the places of those panes: their frames, and the picture that the static page held.
fn awaited(opening: &Opening) -> Html {
    html! {
        <>
        <PaneFrame pane={Pane::Mocks} />
        <PaneFrame pane={Pane::Diagram}>
            if let Some(picture) = &opening.picture {
                <div class="picture-before" aria-hidden="true">{ Html::VRef(picture.clone()) }</div>
            }
        </PaneFrame>
        <PaneFrame pane={Pane::Log} />
        <PaneFrame pane={Pane::Inspector} />
        </>
    }
}

/// What has to be done because something changed.
#[hook]
fn use_side_effects(commands: &Rc<Commands>, state: &PlaygroundState) {
    {
        let commands = Rc::clone(commands);
        let first = use_mut_ref(|| true);
        use_effect_with(state.document.revision, move |_| {
            let wait = if first.replace(false) { 0 } else { ANALYZE_AFTER_MS };
            let timeout = Timeout::new(wait, move || commands.analyze_newest());
            move || drop(timeout)
        });
    }
    {
        let commands = Rc::clone(commands);
        let kept = (
            state.document.revision,
            Rc::clone(&state.document.input),
            state.mocks.drafts.clone(),
            Rc::clone(&state.document.about),
        );
        use_effect_with(kept, move |_| {
            let timeout = Timeout::new(KEEP_AFTER_MS, move || commands.keep_draft());
            move || drop(timeout)
        });
    }
    {
        let commands = Rc::clone(commands);
        let asked = (state.selection.event, state.run.number);
        use_effect_with(asked, move |(event, _)| {
            if let Some(event) = *event {
                commands.describe_event(event);
            }
        });
    }
    {
        let commands = Rc::clone(commands);
        let selected = state
            .selection
            .state
            .clone()
            .filter(|_| state.selection.event.is_none());
        let newest = selected
            .as_deref()
            .and_then(|name| state.run.node(name))
            .map(|node| (node.newest, node.status));
        use_effect_with((selected, newest, state.run.number), move |(selected, _, _)| {
            if let Some(name) = selected {
                commands.describe_state(name);
            }
        });
    }
    {
        let commands = Rc::clone(commands);
        let first = use_mut_ref(|| true);
        use_effect_with(state.settings.layout.clone(), move |_| {
            if !first.replace(false) {
                commands.layout_changed();
            }
        });
    }
    {
        let commands = Rc::clone(commands);
        let asked = (state.run.asked_moment(), state.run.number);
        use_effect_with(asked, move |_| commands.look_at_moment());
    }
    {
        let commands = Rc::clone(commands);
        use_effect_with((state.run.rows.len(), state.run.state), move |_| commands.recorded());
    }
    use_effect_with(state.settings.theme, |theme| theme::show(*theme));
    {
        let commands = Rc::clone(commands);
        use_effect_with((), move |()| {
            commands.open_first_link();
            let listener = EventListener::new(&gloo::utils::window(), "hashchange", move |_| commands.open_fragment());
            move || drop(listener)
        });
    }
}
