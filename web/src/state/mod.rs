//! What the page knows, as plain data with pure reducers: no browser in here, so all of it is tested natively.
//!
//! [`PlaygroundState`] holds one `Rc` per slice. A reducer that changes nothing returns the same `Rc`, which lets every
//! component that depends on the slice skip its render.

mod action;
mod bench;
mod cursor;
mod dialog;
mod document;
mod examples;
mod fragment;
mod log_rows;
mod log_view;
mod mocks;
mod recordings;
mod reduce;
mod run;
mod run_setup;
mod selection;
mod settings;
mod shared;
mod snapshot;
mod travel;

pub(crate) use action::{AboutChange, Action};
pub(crate) use bench::{Bench, BenchDeed, coverage_view, covered};
pub(crate) use cursor::{Axis, Jump, PlaySpeed, Travel, destination, enters_state, is_error};
pub(crate) use dialog::{Dialog, FileFound, LinkPage};
pub(crate) use document::Document;
pub(crate) use examples::{EXAMPLES, Example};
pub(crate) use fragment::Fragment;
pub(crate) use log_rows::LogRows;
pub(crate) use log_view::LogView;
pub(crate) use mocks::{AnswerKind, MockDraft, MockKind, MockTarget, Mocks, StepDraft, Trust, seconds_text};
pub(crate) use recordings::Recordings;
pub(crate) use reduce::PlaygroundState;
pub(crate) use run::{EngineStatus, Refusal, Run, RunState};
pub(crate) use run_setup::{name_problem, seed_problem};
pub(crate) use selection::Selection;
pub(crate) use settings::{Notice, NoticeKind, Pane, Settings, Speed, Theme};
pub(crate) use shared::Source;
pub(crate) use snapshot::{About, OtherMachine, Snapshot};
