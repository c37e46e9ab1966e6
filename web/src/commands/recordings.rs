//! The log as a whole and the executions so far: filtering, comparing, opening, saving.

use std::rc::Rc;

use asl_protocol::{ChildId, EngineRequest, HistoryFormat, LogFilter, RecordingOrigin};
use js_sys::Uint8Array;
use wasm_bindgen_futures::spawn_local;

use crate::state::{Action, Dialog, NoticeKind};

use super::Commands;

/// Largest history that is read, in bytes. The service keeps 25,000 events, whose payloads are larger here and there.
pub(super) const MAX_HISTORY_BYTES: u32 = 64 * 1024 * 1024;
/// What every event of a history has, and nothing else that the page opens.
const SIGN_OF_HISTORY: &[u8] = b"\"previousEventId\"";
/// Bytes from the start of a file within which that sign stands.
const BEGINNING: usize = 100_000;

/// Returns whether a file looks like a history, so that the engine is asked to read it.
pub(super) fn looks_like_history(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    beginning
        .windows(SIGN_OF_HISTORY.len())
        .any(|window| window == SIGN_OF_HISTORY)
}

impl Commands {
    /// Shows other rows of the log.
    pub(crate) fn filter_log(&self, filter: LogFilter) {
        self.tell(Action::LogFiltered(filter));
    }

    /// Asks which rows pass the filter.
    pub(crate) fn ask_filtered(&self) {
        let state = self.state();
        if !state.log.filter.is_open() && state.run.number > 0 {
            self.engine.send(EngineRequest::FilterLog {
                run: state.run.number,
                filter: state.log.filter.clone(),
            });
        }
    }

    /// Counts the log's times from the row before, or from the start.
    pub(crate) fn choose_log_times(&self, is_delta: bool) {
        self.tell(Action::LogTimesChosen { is_delta });
    }

    /// Lets the browser save the history.
    pub(crate) fn save_history(self: &Rc<Commands>, format: HistoryFormat) {
        let run = self.state().run;
        let extension = match format {
            HistoryFormat::Json => ".history.json",
            HistoryFormat::JsonLines => ".history.ndjson",
        };
        let name = match &*run.name {
            "" => "execution",
            name => name,
        };
        let name = [file_stem(name).as_str(), extension].concat();
        let request = EngineRequest::WriteHistory {
            run: run.number,
            format,
        };
        let commands = Rc::clone(self);
        spawn_local(async move {
            if let Some(text) = commands.engine.write_file(request).await {
                commands.save_text(&name, &text);
            }
        });
    }

    /// Brings an earlier execution back.
    pub(crate) fn open_recording(&self, run: u32) {
        let layout = self.state().settings.layout.clone();
        self.engine.send(EngineRequest::OpenRecording { run, layout });
    }

    /// Opens an execution that the one on the screen has started.
    pub(crate) fn open_child(&self, event: u32, child: ChildId) {
        let state = self.state();
        let run = &state.run;
        let (number, parent) = (run.next_number(), run.number);
        self.tell(Action::HistoryAsked);
        self.engine.send(EngineRequest::OpenChild {
            run: number,
            parent,
            event,
            child,
            layout: state.settings.layout.clone(),
        });
    }

    /// Brings the execution back that started the one on the screen.
    pub(crate) fn open_parent(&self) {
        if let RecordingOrigin::Child { parent, .. } = self.state().run.origin {
            self.open_recording(parent);
        }
    }

    /// Forgets an execution that is not the one on the screen.
    pub(crate) fn forget_recording(&self, run: u32) {
        self.engine.send(EngineRequest::ForgetRecording { run });
    }

    /// Puts two executions side by side.
    pub(crate) fn compare_runs(&self, left: u32, right: u32) {
        self.engine.send(EngineRequest::CompareRuns { left, right });
    }

    /// Goes back from two executions to the list of all.
    pub(crate) fn leave_comparison(&self) {
        self.tell(Action::ComparisonClosed);
    }

    /// Opens a history as `GetExecutionHistory` returns it, with the definition in the editor.
    pub(crate) fn open_history(&self, name: &str, history: String) {
        let state = self.state();
        if state.run.is_going() {
            return self.notice(NoticeKind::Problem, "Stop the run before you open a history.");
        }
        let run = state.run.next_number();
        self.tell(Action::HistoryAsked);
        self.engine.send(EngineRequest::OpenHistory {
            run,
            text: state.document.definition.to_string(),
            name: name.to_owned(),
            history,
        });
    }

    /// Opens a history out of a file; the dialog says what is wrong with it.
    pub(super) fn open_history_file(&self, name: &str, bytes: Vec<u8>) {
        self.show_dialog(Some(Dialog::History));
        match String::from_utf8(bytes) {
            Ok(text) => self.open_history(name, text.trim_start_matches('\u{feff}').to_owned()),
            Err(_) => self.notice(
                NoticeKind::Problem,
                "This file is not UTF-8 text. Save the history again with that encoding.",
            ),
        }
    }

    /// Reads a file that the reader picked for its history, whatever it looks like.
    pub(crate) fn read_history_file(self: &Rc<Commands>, file: web_sys::File) {
        if file.size() > f64::from(MAX_HISTORY_BYTES) {
            return self.notice(
                NoticeKind::Problem,
                "This file is too large: histories up to 64 MiB are read.",
            );
        }
        let commands = Rc::clone(self);
        spawn_local(async move {
            let buffer = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await;
            if let Ok(buffer) = buffer {
                commands.open_history_file(&file.name(), Uint8Array::new(&buffer).to_vec());
            }
        });
    }
}

/// Returns a name that every file system takes.
fn file_stem(name: &str) -> String {
    let allowed = |character: char| character.is_alphanumeric() || "-_.".contains(character);
    let stem: String = name
        .trim_end_matches(".json")
        .chars()
        .map(|character| if allowed(character) { character } else { '-' })
        .collect();
    stem.trim_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn histories_are_told_by_what_every_event_has() {
        let history = br#"{"events": [{"timestamp": 0, "type": "ExecutionStarted", "id": 1, "previousEventId": 0}]}"#;
        assert!(looks_like_history(history));
        assert!(!looks_like_history(br#"{"StartAt": "A", "States": {}}"#));
    }

    #[test]
    fn files_get_names_without_surprises() {
        assert_eq!(file_stem("../a b.json"), "-a-b");
        assert_eq!(file_stem("0123-abc"), "0123-abc");
    }
}
