//! A code editor. It owns its text: the page writes to it only when another document takes the place of this one.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::interop::editor::{Ask, Editor, EditorOptions, Language};

/// Props of [`CodeEditor`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct CodeEditorProps {
    /// Accessible name.
    pub label: AttrValue,
    /// What it shows.
    pub language: Language,
    /// The text of the document; looked at only when `epoch` changes.
    pub text: Rc<str>,
    /// Names the document.
    pub epoch: u32,
    /// Whether the text is only shown.
    #[prop_or_default]
    pub is_read_only: bool,
    /// Called with the whole text after the reader changed it.
    pub on_change: Callback<Rc<str>>,
    /// Called when the reader moved the selection.
    #[prop_or_default]
    pub on_select: Callback<(u32, u32)>,
    /// Called with the name of a state and the one it has now, after the reader renamed it or undid that.
    #[prop_or_default]
    pub on_rename: Callback<(String, String)>,
    /// Called with the editor once it is there, and with none when it goes.
    #[prop_or_default]
    pub on_editor: Callback<Option<Rc<Editor>>>,
    /// Asked for help with editing: a kind of question, an offset and a name.
    #[prop_or_default]
    pub ask: Option<Callback<(String, u32, String), Promise>>,
}

/// The editor.
#[component]
pub(crate) fn CodeEditor(props: &CodeEditorProps) -> Html {
    let place = use_node_ref();
    let editor = use_mut_ref(|| None::<Rc<Editor>>);
    // The editor outlives renders, so it calls whatever the newest props say.
    let latest = use_mut_ref(|| props.clone());
    latest.replace(props.clone());
    {
        let (place, editor) = (place.clone(), Rc::clone(&editor));
        use_effect_with((), move |()| {
            if let Some(parent) = place.cast::<HtmlElement>() {
                let made = Rc::new(create(&parent, &latest));
                editor.replace(Some(Rc::clone(&made)));
                latest.borrow().on_editor.clone().emit(Some(made));
            }
            move || {
                let on_editor = latest.borrow().on_editor.clone();
                on_editor.emit(None);
                editor.take();
            }
        });
    }
    {
        let (editor, text) = (Rc::clone(&editor), Rc::clone(&props.text));
        let shown = use_mut_ref(|| props.epoch);
        use_effect_with(props.epoch, move |epoch| {
            if shown.replace(*epoch) != *epoch
                && let Some(editor) = editor.borrow().as_ref()
            {
                editor.set_text(&text);
            }
        });
    }
    use_effect_with(props.is_read_only, move |is_read_only| {
        if let Some(editor) = editor.borrow().as_ref() {
            editor.set_read_only(*is_read_only);
        }
    });
    html! { <div class="code-editor" ref={place}></div> }
}

fn create(parent: &HtmlElement, latest: &Rc<RefCell<CodeEditorProps>>) -> Editor {
    let props = latest.borrow().clone();
    let (on_change, on_select, on_rename) = (Rc::clone(latest), Rc::clone(latest), Rc::clone(latest));
    Editor::create(
        parent,
        EditorOptions {
            label: &props.label,
            language: props.language,
            text: &props.text,
            on_change: Box::new(move |text| {
                let callback = on_change.borrow().on_change.clone();
                callback.emit(text);
            }),
            on_select: Box::new(move |from, to| {
                let callback = on_select.borrow().on_select.clone();
                callback.emit((from, to));
            }),
            on_rename: Box::new(move |from, to| {
                let callback = on_rename.borrow().on_rename.clone();
                callback.emit((from, to));
            }),
            ask: props
                .ask
                .map(|ask| Box::new(move |kind, offset, name| ask.emit((kind, offset, name))) as Ask),
        },
    )
}
