//! The code editor, as `web/js/src/host.d.ts` describes it.

use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::embedding;
use asl_protocol::{Diagnostic, Fix, Severity, TextEdit};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = aslPlayground, js_name = createEditor)]
    fn create_editor(parent: &HtmlElement, options: &Object) -> EditorHandle;

    type EditorHandle;
    #[wasm_bindgen(method, js_name = setText)]
    fn set_text(this: &EditorHandle, text: &str);
    #[wasm_bindgen(method, js_name = applyChanges)]
    fn apply_changes(this: &EditorHandle, changes: &Array);
    #[wasm_bindgen(method, js_name = setDiagnostics)]
    fn set_diagnostics(this: &EditorHandle, diagnostics: &Array);
    #[wasm_bindgen(method)]
    fn select(this: &EditorHandle, from: u32, to: u32, focus: bool);
    #[wasm_bindgen(method)]
    fn mark(this: &EditorHandle, from: u32, to: u32);
    #[wasm_bindgen(method, js_name = setReadOnly)]
    fn set_read_only(this: &EditorHandle, read_only: bool);
    #[wasm_bindgen(method)]
    fn focus(this: &EditorHandle);
    #[wasm_bindgen(method)]
    fn format(this: &EditorHandle);
    #[wasm_bindgen(method)]
    fn destroy(this: &EditorHandle);
}

/// What an editor shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// JSON.
    Json,
    /// JavaScript.
    JavaScript,
}

/// An editor in the page. It owns its text and its caret; it is taken down when this is dropped.
pub(crate) struct Editor {
    handle: EditorHandle,
    _on_change: Closure<dyn Fn(JsValue, Function)>,
    _on_select: Closure<dyn Fn(u32, u32)>,
    _on_rename: Closure<dyn Fn(String, String)>,
    _ask: Option<AskClosure>,
}

/// Asks a question of that kind about an offset, with a name where one is given; resolves to JSON text, or to null.
pub(crate) type Ask = Box<dyn Fn(String, u32, String) -> Promise>;

/// The same, for JavaScript to call.
type AskClosure = Closure<dyn Fn(String, u32, String) -> Promise>;

/// What an editor is made with.
pub(crate) struct EditorOptions<'a> {
    /// Accessible name.
    pub label: &'a str,
    /// What it shows.
    pub language: Language,
    /// The text to begin with.
    pub text: &'a str,
    /// Called with the whole text after the reader changed it.
    pub on_change: Box<dyn Fn(Rc<str>)>,
    /// Called with the selection's ends, in UTF-16 units, after the reader moved it.
    pub on_select: Box<dyn Fn(u32, u32)>,
    /// Called with the name of a state, and with the one it has now, after the reader renamed it.
    pub on_rename: Box<dyn Fn(String, String)>,
    /// Asked for help with editing.
    pub ask: Option<Ask>,
}

impl Editor {
    /// Puts an editor into an empty element.
    pub(crate) fn create(parent: &HtmlElement, options: EditorOptions<'_>) -> Editor {
        let language = match options.language {
            Language::Json => "json",
            Language::JavaScript => "javascript",
        };
        let changed = options.on_change;
        let on_change = Closure::<dyn Fn(JsValue, Function)>::new(move |_changes, text: Function| {
            if let Some(text) = text.call0(&JsValue::NULL).ok().and_then(|text| text.as_string()) {
                changed(text.into());
            }
        });
        let on_select = Closure::<dyn Fn(u32, u32)>::new(options.on_select);
        let on_rename = Closure::<dyn Fn(String, String)>::new(options.on_rename);
        let ask = options.ask.map(Closure::<dyn Fn(String, u32, String) -> Promise>::new);
        let members = object(&[
            ("label", options.label.into()),
            ("language", language.into()),
            ("text", options.text.into()),
            ("readOnly", embedding::is_read_only().into()),
            ("onChange", on_change.as_ref().clone()),
            ("onSelect", on_select.as_ref().clone()),
            ("onRename", on_rename.as_ref().clone()),
            (
                "ask",
                ask.as_ref().map_or(JsValue::UNDEFINED, |ask| ask.as_ref().clone()),
            ),
        ]);
        Editor {
            handle: create_editor(parent, &members),
            _on_change: on_change,
            _on_select: on_select,
            _on_rename: on_rename,
            _ask: ask,
        }
    }

    /// Replaces the text; the history of undoing begins anew.
    pub(crate) fn set_text(&self, text: &str) {
        self.handle.set_text(text);
    }

    /// Lets the reader write, or only read.
    pub(crate) fn set_read_only(&self, is_read_only: bool) {
        self.handle.set_read_only(is_read_only || embedding::is_read_only());
    }

    /// Mends the text as the reader asked for, in one step that can be undone.
    pub(crate) fn apply(&self, fix: &Fix) {
        self.handle.apply_changes(&edits(&fix.edits));
    }

    /// Brings the text into its canonical form.
    pub(crate) fn format(&self) {
        self.handle.format();
    }

    /// Shows squiggles and marks in the gutter in place of those before.
    pub(crate) fn set_diagnostics(&self, diagnostics: &[Diagnostic]) {
        self.handle
            .set_diagnostics(&diagnostics.iter().map(diagnostic).collect());
    }

    /// Selects a range of UTF-16 units and scrolls there.
    pub(crate) fn select(&self, from: u32, to: u32, focus: bool) {
        self.handle.select(from, to, focus);
    }

    /// Tints a range of UTF-16 units; `None` takes the tint away.
    pub(crate) fn mark(&self, range: Option<(u32, u32)>) {
        let (from, to) = range.unwrap_or_default();
        self.handle.mark(from, to);
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.handle.destroy();
    }
}

fn diagnostic(diagnostic: &Diagnostic) -> JsValue {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    let fixes: Array = diagnostic
        .fixes
        .iter()
        .map(|fix| {
            JsValue::from(object(&[
                ("title", fix.title.as_str().into()),
                ("edits", edits(&fix.edits).into()),
            ]))
        })
        .collect();
    object(&[
        ("from", diagnostic.range.from.into()),
        ("to", diagnostic.range.to.into()),
        ("severity", severity.into()),
        ("message", message(diagnostic).into()),
        ("source", diagnostic.code.as_str().into()),
        ("fixes", fixes.into()),
    ])
    .into()
}

/// Returns what is wrong and the way out. What the service says of text that is no JSON quotes all of it: the way out
/// tells enough then.
fn message(diagnostic: &Diagnostic) -> String {
    match diagnostic.help.as_deref() {
        Some(help) if diagnostic.rule == "json_syntax" => help.to_owned(),
        Some(help) => [&diagnostic.message, "\n", help].concat(),
        None => diagnostic.message.clone(),
    }
}

fn edits(edits: &[TextEdit]) -> Array {
    edits
        .iter()
        .map(|edit| {
            JsValue::from(object(&[
                ("from", edit.from.into()),
                ("to", edit.to.into()),
                ("insert", edit.insert.as_str().into()),
            ]))
        })
        .collect()
}

fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}
