//! The definition and the execution input.

mod code_editor;
mod diagnostics_list;

use std::rc::Rc;

use yew::prelude::*;

use crate::commands::use_commands;
use crate::interop::editor::{Editor, Language};
use crate::state::{Action, Document, Pane};

use super::common::{PaneFrame, Segment, Segmented};
use diagnostics_list::DiagnosticsList;

pub(crate) use code_editor::CodeEditor;

/// Props of [`DefinitionPane`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct DefinitionPaneProps {
    /// The text and what is known about it.
    pub document: Rc<Document>,
    /// Name of the selected state.
    pub selected: Option<Rc<str>>,
}

/// The definition with its problems, and the input behind a tab.
#[component]
pub(crate) fn DefinitionPane(props: &DefinitionPaneProps) -> Html {
    let commands = use_commands();
    let tab = use_state(|| 0_usize);
    let editor = use_state(|| None::<Rc<Editor>>);
    use_editor_decorations(editor.as_ref(), props);

    let on_definition = {
        let commands = commands.clone();
        Callback::from(move |text| commands.tell(Action::DefinitionEdited(text)))
    };
    let on_input = {
        let commands = commands.clone();
        Callback::from(move |text| commands.tell(Action::InputEdited(text)))
    };
    let ask = {
        let commands = commands.clone();
        Callback::from(move |(kind, offset, name): (String, u32, String)| commands.ask(&kind, offset, name))
    };
    let on_select = {
        let commands = commands.clone();
        Callback::from(move |(from, to): (u32, u32)| {
            if from == to {
                commands.caret_moved(from);
            }
        })
    };
    let on_rename = {
        let commands = commands.clone();
        Callback::from(move |(from, to): (String, String)| {
            commands.tell(Action::StateRenamed {
                from: from.into(),
                to: to.into(),
            });
        })
    };
    let on_format = {
        let commands = commands.clone();
        Callback::from(move |_| commands.format())
    };
    let on_editor = {
        let editor = editor.setter();
        Callback::from(move |made: Option<Rc<Editor>>| {
            commands.definition_editor(made.clone());
            editor.set(made);
        })
    };
    let document = &props.document;
    let on_choose = {
        let tab = tab.setter();
        Callback::from(move |chosen| tab.set(chosen))
    };
    let header = html! {
        <>
            <Segmented label="What to edit" segments={vec![Segment::new("State machine"), Segment::new("Input")]}
                chosen={*tab} {on_choose} />
            if *tab == 0 {
                <button type="button" class="button button-small pane-action" onclick={on_format}
                    title="One field per line, two spaces per level (Ctrl+Shift+F)">{ "Format" }</button>
            }
        </>
    };
    html! {
        <PaneFrame pane={Pane::Definition} {header}>
            <div class="tab-panel" role="tabpanel" aria-label="State machine" hidden={*tab != 0}>
                <CodeEditor label="Definition of the state machine" language={Language::Json}
                    text={Rc::clone(&document.definition)} epoch={document.first_revision} on_change={on_definition}
                    is_read_only={document.about.is_read_only}
                    {on_select} {on_rename} {on_editor} {ask} />
                <DiagnosticsList analysis={document.analysis.clone()} />
            </div>
            <div class="tab-panel" role="tabpanel" aria-label="Input" hidden={*tab != 1}>
                <CodeEditor label="Execution input" language={Language::Json} text={Rc::clone(&document.input)}
                    epoch={document.first_revision} on_change={on_input} is_read_only={document.about.is_read_only} />
            </div>
        </PaneFrame>
    }
}

/// Shows the problems and the selected state in the editor.
#[hook]
fn use_editor_decorations(editor: Option<&Rc<Editor>>, props: &DefinitionPaneProps) {
    let analysis = props.document.analysis.clone();
    {
        let editor = editor.cloned();
        use_effect_with((editor.is_some(), analysis.clone()), move |(_, analysis)| {
            if let (Some(editor), Some(analysis)) = (editor, analysis) {
                editor.set_diagnostics(&analysis.diagnostics);
            }
        });
    }
    let editor = editor.cloned();
    let marked = (editor.is_some(), analysis, props.selected.clone());
    use_effect_with(marked, move |(_, analysis, selected)| {
        let (Some(editor), Some(analysis)) = (editor, analysis) else {
            return;
        };
        let span = analysis
            .states
            .iter()
            .find(|span| Some(span.name.as_str()) == selected.as_deref());
        editor.mark(span.map(|span| (span.range.from, span.range.to)));
    });
}
