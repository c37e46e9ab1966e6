//! The panes that arrive after the page can be used: code that nobody needs before the first glance is over.
//!
//! The build cuts everything that only [`load`] reaches into a wasm file of its own; see `web/js/wasm.mjs`. What comes
//! back is a table of functions whose code lives there, so that drawing a pane needs no waiting once it has arrived.

#![expect(clippy::unnecessary_wraps, reason = "the macro's code may fail where this does not")]

use std::cell::Cell;

use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

use crate::chunk::use_chunk;
use crate::components::{
    CallbackPanel, CallbackPanelProps, DiagramPane, DiagramPaneProps, FileDrop, InspectorPane, InspectorPaneProps,
    LogPane, LogPaneProps, MocksPane, MocksPaneProps, Scrubber, ScrubberProps, StateTestDialog, StateTestDialogProps,
};
use crate::state::{Action, Notice, NoticeKind, PlaygroundState};

/// What draws the panes.
#[derive(Clone, Copy)]
pub(crate) struct Panes {
    /// The mocks.
    pub mocks: fn(MocksPaneProps) -> Html,
    /// The diagram.
    pub diagram: fn(DiagramPaneProps) -> Html,
    /// What moves the cursor through the recording.
    pub scrubber: fn(ScrubberProps) -> Html,
    /// The execution log.
    pub log: fn(LogPaneProps) -> Html,
    /// The inspector.
    pub inspector: fn(InspectorPaneProps) -> Html,
    /// The tasks that wait for a callback.
    pub callbacks: fn(CallbackPanelProps) -> Html,
    /// The test of one state.
    pub state_test: fn(StateTestDialogProps) -> Html,
    /// Where files come in.
    pub file_drop: fn() -> Html,
}

thread_local! {
    static ARRIVED: Cell<Option<Panes>> = const { Cell::new(None) };
}

#[wasm_split(panes, fallible)]
fn load() -> Result<Panes, SplitLoaderError> {
    Ok(Panes {
        mocks: |props| html! { <MocksPane ..props /> },
        diagram: |props| html! { <DiagramPane ..props /> },
        scrubber: |props| html! { <Scrubber ..props /> },
        log: |props| html! { <LogPane ..props /> },
        inspector: |props| html! { <InspectorPane ..props /> },
        callbacks: |props| html! { <CallbackPanel ..props /> },
        state_test: |props| html! { <StateTestDialog ..props /> },
        file_drop: || html! { <FileDrop /> },
    })
}

/// Returns the panes once they have arrived, and makes the component render when they do; says so where they cannot.
#[hook]
pub(crate) fn use_panes(dispatch: UseReducerDispatcher<PlaygroundState>) -> Option<Panes> {
    use_chunk(&ARRIVED, true, load, move || {
        dispatch.dispatch(Action::NoticeGiven(Notice {
            kind: NoticeKind::Problem,
            text: "Part of the page could not be loaded. Check the network and reload; your text is kept.".into(),
        }));
    })
}
