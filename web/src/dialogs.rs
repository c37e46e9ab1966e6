//! What lies over the page: code that arrives when it is needed first, as [`crate::panes`] does right after the start.

#![expect(clippy::unnecessary_wraps, reason = "the splitter asks for functions that can fail")]

use std::cell::Cell;
use std::rc::Rc;

use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

use crate::chunk::use_chunk;
use crate::components::{
    ExecutionsDialog, ExecutionsDialogProps, FilesDialog, FilesDialogProps, GoLiveDialog, HistoryDialog,
    HistoryDialogProps, LinkScreen, LinkScreenProps, RunSettings, RunSettingsProps, ShareDialog,
};
use crate::state::{Action, Dialog, LinkPage, Notice, NoticeKind, PlaygroundState};

/// What draws dialogs and the page of a link.
#[derive(Clone, Copy)]
pub(crate) struct Dialogs {
    share: fn() -> Html,
    files: fn(FilesDialogProps) -> Html,
    go_live: fn() -> Html,
    run_settings: fn(RunSettingsProps) -> Html,
    executions: fn(ExecutionsDialogProps) -> Html,
    history: fn(HistoryDialogProps) -> Html,
    link: fn(LinkScreenProps) -> Html,
}

thread_local! {
    static ARRIVED: Cell<Option<Dialogs>> = const { Cell::new(None) };
}

#[wasm_split(dialogs, fallible)]
fn load() -> Result<Dialogs, SplitLoaderError> {
    Ok(Dialogs {
        share: || html! { <ShareDialog /> },
        files: |props| html! { <FilesDialog ..props /> },
        go_live: || html! { <GoLiveDialog /> },
        run_settings: |props| html! { <RunSettings ..props /> },
        executions: |props| html! { <ExecutionsDialog ..props /> },
        history: |props| html! { <HistoryDialog ..props /> },
        link: |props| html! { <LinkScreen ..props /> },
    })
}

impl Dialogs {
    /// Returns the dialog that is open.
    pub(crate) fn dialog(self, open: &Dialog, state: &PlaygroundState) -> Html {
        match open {
            Dialog::Share => (self.share)(),
            Dialog::Files(found) => (self.files)(FilesDialogProps { found: found.clone() }),
            Dialog::GoLive => (self.go_live)(),
            Dialog::RunSettings => (self.run_settings)(RunSettingsProps {
                about: Rc::clone(&state.document.about),
            }),
            Dialog::Executions => (self.executions)(ExecutionsDialogProps {
                recordings: Rc::clone(&state.recordings),
                shown: state.run.number,
                is_going: state.run.is_going(),
            }),
            Dialog::History => (self.history)(HistoryDialogProps {
                problem: state.recordings.problem.clone(),
            }),
        }
    }

    /// Returns the page of a link.
    pub(crate) fn link(self, link: &LinkPage) -> Html {
        (self.link)(LinkScreenProps { link: link.clone() })
    }
}

/// Fetches the dialogs as soon as one is needed; makes the component render when they have arrived. Where the network
/// fails, the next need tries again.
#[hook]
pub(crate) fn use_dialogs(dispatch: UseReducerDispatcher<PlaygroundState>, is_needed: bool) -> Option<Dialogs> {
    use_chunk(&ARRIVED, is_needed, load, move || {
        dispatch.dispatch(Action::DialogShown(None));
        dispatch.dispatch(Action::NoticeGiven(Notice {
            kind: NoticeKind::Problem,
            text: "Part of the page could not be loaded. Check the network and try again; your text is kept.".into(),
        }));
    })
}
