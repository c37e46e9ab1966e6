//! Parts that several panes share.

mod coarse;
mod copy_button;
mod dialog;
mod elapsed;
mod element_size;
mod empty;
mod grouped;
mod icon;
mod json_view;
mod menu;
mod notice_bar;
mod pane;
mod pane_bar;
mod segmented;
mod status;
mod typed;
mod value_lines;

pub(crate) use coarse::coarse;
pub(crate) use copy_button::CopyButton;
pub(crate) use dialog::DialogFrame;
pub(crate) use elapsed::elapsed;
pub(crate) use element_size::use_element_size;
pub(crate) use empty::Empty;
pub(crate) use grouped::grouped;
pub(crate) use icon::{Icon, Symbol};
pub(crate) use json_view::JsonView;
pub(crate) use menu::use_menu;
pub(crate) use notice_bar::NoticeBar;
pub(crate) use pane::PaneFrame;
pub(crate) use pane_bar::PaneBar;
pub(crate) use segmented::{Segment, Segmented};
pub(crate) use status::{StatusGlyph, status_name, status_path, status_word};
pub(crate) use typed::{keep_typed, on_checked, on_typed};
pub(crate) use value_lines::value_lines;
