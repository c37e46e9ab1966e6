//! Files: opening and saving.

use std::rc::Rc;

use asl_protocol::{
    FileKind, FileRefusal, FilesReply, FilesRequest, MAX_FILE_BYTES, SharedDocument, TemplateMachine, TestCase,
};
use js_sys::Uint8Array;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::by_ptr::ByPtr;
use crate::interop::{file, files_worker};
use crate::state::{Action, Dialog, FileFound, Mocks, NoticeKind, Source};

use super::Commands;
use super::links::Included;
use super::recordings::{MAX_HISTORY_BYTES, looks_like_history};

/// Everything goes into a file.
const EVERYTHING: Included = Included {
    input: true,
    mocks: true,
    moment: false,
    shorten: false,
    redact: false,
};

impl Commands {
    /// Opens a file of the reader: what it is, its content says.
    pub(crate) fn open_file(self: &Rc<Commands>, file: web_sys::File) {
        if file.size() > f64::from(MAX_HISTORY_BYTES) {
            return self.too_large();
        }
        self.found(FileFound::Reading);
        let commands = Rc::clone(self);
        spawn_local(async move {
            let bytes = JsFuture::from(file.array_buffer()).await;
            let bytes = bytes
                .map(|buffer| Uint8Array::new(&buffer).to_vec())
                .unwrap_or_default();
            if looks_like_history(&bytes) {
                return commands.open_history_file(&file.name(), bytes);
            }
            if file.size() > f64::from(MAX_FILE_BYTES) {
                return commands.too_large();
            }
            let reply = files_worker::ask(&FilesRequest::ReadFile(bytes)).await;
            commands.file_read(reply, &file.name());
        });
    }

    fn too_large(&self) {
        let text = "It has more than 4 MiB, and no definition that AWS accepts is as large.";
        self.found(FileFound::Refused(Rc::new(FileRefusal {
            title: "This file is too large".to_owned(),
            text: text.to_owned(),
            can_reload: false,
        })));
    }

    fn file_read(self: &Rc<Commands>, reply: FilesReply, name: &str) {
        match reply {
            FilesReply::Opened {
                mut document,
                digest,
                note,
                is_too_large,
            } => {
                if document.title.is_empty() {
                    stem(name).clone_into(&mut document.title);
                }
                self.open_shared(*document, Source::File, &digest, &note, is_too_large);
            }
            FilesReply::Template(machines) => self.found(FileFound::Machines(ByPtr::new(machines))),
            FilesReply::TestCases(cases) => self.found(FileFound::TestCases(ByPtr::new(cases))),
            FilesReply::Refused(refusal) => self.found(FileFound::Refused(Rc::new(refusal))),
            _ => {}
        }
    }

    /// Shows in the dialog what a file held.
    fn found(&self, found: FileFound) {
        self.show_dialog(Some(Dialog::Files(found)));
    }

    /// Opens a state machine of a template.
    pub(crate) fn open_machine(self: &Rc<Commands>, machine: &TemplateMachine, is_filled: bool) {
        let definition = if is_filled { &machine.filled } else { &machine.written };
        let document = SharedDocument {
            title: machine.name.clone(),
            definition: definition.clone(),
            execution_type: machine.execution_type,
            ..SharedDocument::default()
        };
        self.open_shared(document, Source::File, "", "", false);
    }

    /// Takes the mocks of a test case into this document.
    pub(crate) fn use_test_case(&self, case: &TestCase) {
        for mock in case.mocks.clone() {
            if let Some((key, draft)) = Mocks::draft_of(mock) {
                self.tell(Action::MockEdited { key, draft });
            }
        }
        self.show_dialog(None);
        self.analyze();
        self.notice(
            NoticeKind::Info,
            &["The mocks of the test case ", &case.name, " are set."].concat(),
        );
    }

    /// Saves the document as a file.
    pub(crate) fn save_file(self: &Rc<Commands>, kind: FileKind) {
        let states = self
            .state()
            .mocks
            .to_shared()
            .into_iter()
            .map(|(_, states)| states)
            .collect();
        let request = FilesRequest::WriteFile {
            document: self.shared_document(EVERYTHING),
            kind,
            states,
        };
        self.ask_files(request, |commands, reply| match reply {
            FilesReply::FileWritten { name, text } => commands.save_text(&name, &text),
            FilesReply::Refused(refusal) => commands.found(FileFound::Refused(Rc::new(refusal))),
            _ => {}
        });
    }

    /// Lets the browser save a text.
    pub(crate) fn save_text(&self, name: &str, text: &str) {
        let is_saved =
            file::blob(text, "text/plain;charset=utf-8").is_some_and(|content| file::download(&content, name));
        if is_saved {
            self.notice(NoticeKind::Info, &[name, " saved."].concat());
        } else {
            self.notice(NoticeKind::Problem, "This browser refused to save the file.");
        }
    }
}

/// Returns the name of a file without its extensions.
fn stem(name: &str) -> &str {
    name.split('.').find(|part| !part.is_empty()).unwrap_or(name)
}
