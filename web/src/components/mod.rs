//! What is on the screen. A component is hooks, then handlers, then one `html!`; it draws what it is given and calls
//! `Commands` for everything it does.

mod callbacks;
mod common;
mod consent;
mod coverage;
mod diagram;
mod editor;
mod executions;
mod file_drop;
mod files_dialog;
mod go_live;
mod history_dialog;
mod inspector;
mod link_screen;
mod log;
mod mocks;
mod other_machines;
mod run_settings;
mod scrubber;
mod setting_field;
mod share_dialog;
mod state_test;
mod toolbar;

pub(crate) use callbacks::{CallbackPanel, CallbackPanelProps};
pub(crate) use common::{Icon, NoticeBar, PaneBar, PaneFrame, Segment, Segmented, Symbol, use_element_size};
pub(crate) use diagram::{DiagramPane, DiagramPaneProps};
pub(crate) use editor::DefinitionPane;
pub(crate) use executions::{ExecutionsDialog, ExecutionsDialogProps};
pub(crate) use file_drop::FileDrop;
pub(crate) use files_dialog::{FilesDialog, FilesDialogProps};
pub(crate) use go_live::GoLiveDialog;
pub(crate) use history_dialog::{HistoryDialog, HistoryDialogProps};
pub(crate) use inspector::{InspectorPane, InspectorPaneProps};
pub(crate) use link_screen::{LinkScreen, LinkScreenProps};
pub(crate) use log::{LogPane, LogPaneProps};
pub(crate) use mocks::{MocksPane, MocksPaneProps};
pub(crate) use run_settings::{RunSettings, RunSettingsProps};
pub(crate) use scrubber::{Scrubber, ScrubberProps};
pub(crate) use share_dialog::ShareDialog;
pub(crate) use state_test::{StateTestDialog, StateTestDialogProps};
pub(crate) use toolbar::Toolbar;
