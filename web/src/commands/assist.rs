//! Help with editing: questions of the definition's editor go to the engine.

use asl_protocol::AssistQuestion;
use js_sys::Promise;
use wasm_bindgen::JsValue;

use super::Commands;

impl Commands {
    /// Carries a question of the editor to the engine; the promise resolves to the answer's text, or to null.
    pub(crate) fn ask(&self, kind: &str, offset: u32, name: String) -> Promise {
        let Some(question) = question(kind, offset, name) else {
            return Promise::resolve(&JsValue::NULL);
        };
        // The reader may have typed since the text was last looked at.
        self.analyze_newest();
        self.engine.assist(self.state().document.revision, question)
    }

    /// Brings the definition into its canonical form.
    pub(crate) fn format(&self) {
        if let Some(editor) = self.definition.borrow().as_ref() {
            editor.format();
        }
    }
}

/// Returns the question that the editor calls by that name.
fn question(kind: &str, offset: u32, name: String) -> Option<AssistQuestion> {
    Some(match kind {
        "complete" => AssistQuestion::Complete(offset),
        "hover" => AssistQuestion::Hover(offset),
        "symbol" => AssistQuestion::Symbol(offset),
        "rename" => AssistQuestion::Rename(offset, name),
        "format" => AssistQuestion::Format,
        "folds" => AssistQuestion::Folds,
        "outline" => AssistQuestion::Outline,
        _ => return None,
    })
}
