//! What answers the tasks: one entry per function, made by itself.

mod responses;

use std::rc::Rc;

use asl_protocol::TaskKind;
use yew::prelude::*;

use crate::commands::use_commands;
use crate::interop::editor::Language;
use crate::state::{Action, MockDraft, MockKind, MockTarget, Mocks, Pane};

use super::common::{Empty, PaneFrame, Segment, Segmented};
use super::editor::CodeEditor;
use responses::ResponseList;

/// Props of [`MocksPane`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct MocksPaneProps {
    /// The mocks and what they answer.
    pub mocks: Rc<Mocks>,
}

/// A tab per function or state, and the mock of the chosen one.
#[component]
pub(crate) fn MocksPane(props: &MocksPaneProps) -> Html {
    let commands = use_commands();
    let mocks = &props.mocks;
    let shown = mocks.shown().cloned();
    let chosen = mocks
        .targets
        .iter()
        .position(|target| Some(target) == shown.as_ref())
        .unwrap_or(0);
    let segments: Vec<Segment> = mocks
        .targets
        .iter()
        .map(|target| Segment {
            label: target.label.to_string().into(),
            note: Some(mocks.draft(&target.key).summary().into()),
        })
        .collect();
    let on_choose = {
        let targets = mocks.targets.clone();
        Callback::from(move |at: usize| {
            if let Some(target) = targets.get(at) {
                commands.tell(Action::MockOpened(Rc::clone(&target.key)));
            }
        })
    };
    html! {
        <PaneFrame pane={Pane::Mocks}>
            if let Some(target) = &shown {
                <Segmented label="Mocked tasks" {segments} {chosen} {on_choose} />
                <MockEditor key={format!("{} {}", mocks.epoch, target.key)} draft={mocks.draft(&target.key)}
                    is_untrusted={mocks.untrusted} target={target.clone()} />
            } else {
                <Empty>
                    <p>{ "Nothing to mock." }</p>
                    <p>{ "A Task state gets its mock here, as soon as there is one." }</p>
                </Empty>
            }
        </PaneFrame>
    }
}

/// Props of [`MockEditor`].
#[derive(Clone, PartialEq, Properties)]
struct MockEditorProps {
    target: MockTarget,
    draft: MockDraft,
    is_untrusted: bool,
}

#[component]
fn MockEditor(props: &MockEditorProps) -> Html {
    let commands = use_commands();
    let draft = use_mut_ref(|| props.draft.clone());
    draft.replace(props.draft.clone());
    let change = {
        let key = Rc::clone(&props.target.key);
        let draft = Rc::clone(&draft);
        Callback::from(move |change: Box<dyn FnOnce(&mut MockDraft)>| {
            let mut next = draft.borrow().clone();
            change(&mut next);
            commands.tell(Action::MockEdited {
                key: Rc::clone(&key),
                draft: next,
            });
        })
    };
    let on_kind = {
        let change = change.clone();
        Callback::from(move |at: usize| {
            let kind = if at == 0 {
                MockKind::JavaScript
            } else {
                MockKind::Responses
            };
            change.emit(Box::new(move |draft| draft.kind = kind));
        })
    };
    let on_code = {
        let change = change.clone();
        Callback::from(move |code: Rc<str>| change.emit(Box::new(move |draft| draft.code = code)))
    };
    let on_steps = Callback::from(move |steps| change.emit(Box::new(move |draft| draft.steps = steps)));
    let is_code = props.draft.kind == MockKind::JavaScript;
    let label = &props.target.label;
    html! {
        <div class="mock" role="tabpanel" aria-label={label.to_string()}>
            <div class="mock-head">
                <p class="mock-about">{ about(&props.target) }</p>
                if props.is_untrusted && is_code {
                    <span class="tag tag-warning">{ "from a link, not run yet" }</span>
                }
                <Segmented label="How it answers" segments={vec![Segment::new("JavaScript"), Segment::new("Responses")]}
                    chosen={usize::from(!is_code)} on_choose={on_kind} />
            </div>
            if is_code {
                <CodeEditor label={format!("JavaScript mock of {label}")} language={Language::JavaScript}
                    text={Rc::clone(&props.draft.code)} epoch={0} on_change={on_code} />
            } else {
                <ResponseList steps={props.draft.steps.clone()} on_change={on_steps} />
            }
        </div>
    }
}

/// Says whose tasks the mock answers.
fn about(target: &MockTarget) -> String {
    let what = match target.kind {
        TaskKind::LambdaFunction | TaskKind::LambdaInvoke => "Lambda function",
        TaskKind::Service => "Service call",
        TaskKind::Activity => "Activity",
        TaskKind::Other => "Task",
    };
    match target.states.as_slice() {
        [state] if **state == *target.label => format!("{what} \u{b7} {}", target.resource),
        [state] => format!("{what} of \u{201c}{state}\u{201d}"),
        states => format!("{what} of {} states", states.len()),
    }
}
