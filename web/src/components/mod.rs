//! What is on the screen. A component is hooks, then handlers, then one `html!`; it draws what it is given and calls
//! `Commands` for everything it does.

mod common;
mod diagram;
mod editor;
mod inspector;
mod log;
mod mocks;
mod toolbar;

pub(crate) use common::{NoticeBar, PaneBar, PaneFrame};
pub(crate) use diagram::{DiagramPane, DiagramPaneProps};
pub(crate) use editor::DefinitionPane;
pub(crate) use inspector::{InspectorPane, InspectorPaneProps};
pub(crate) use log::{LogPane, LogPaneProps};
pub(crate) use mocks::{MocksPane, MocksPaneProps};
pub(crate) use toolbar::Toolbar;
