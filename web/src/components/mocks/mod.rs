//! What answers the tasks: one entry per function, made by itself.

mod responses;
mod test_strip;

use std::rc::Rc;

use asl_protocol::{MockTestResult, TaskKind};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;
use crate::interop::editor::Language;
use crate::state::{Action, Bench, Dialog, FileFound, MockDraft, MockKind, MockTarget, Mocks, Pane, Run};

use super::common::{Empty, PaneFrame, Segment, Segmented};
use super::editor::CodeEditor;
use responses::ResponseList;
use test_strip::TestStrip;

/// Props of [`MocksPane`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct MocksPaneProps {
    /// The mocks and what they answer.
    pub mocks: Rc<Mocks>,
    /// The run, which used some of them.
    pub run: Rc<Run>,
    /// What was tried.
    pub bench: Rc<Bench>,
    /// The execution input: the first sample event.
    pub input: Rc<str>,
}

/// A tab per function or state, and the mock of the chosen one.
#[component]
pub(crate) fn MocksPane(props: &MocksPaneProps) -> Html {
    let commands = use_commands();
    let mocks = &props.mocks;
    let entries = mocks.entries();
    let chosen = entries
        .iter()
        .position(|target| Some(&target.key) == mocks.open.as_ref())
        .unwrap_or(0);
    let segments: Vec<Segment> = entries.iter().map(|target| segment(mocks, target)).collect();
    let on_choose = {
        let (commands, entries) = (commands.clone(), entries.clone());
        Callback::from(move |at: usize| {
            if let Some(target) = entries.get(at) {
                commands.tell(Action::MockOpened(Rc::clone(&target.key)));
            }
        })
    };
    let on_file = Callback::from(move |_| commands.show_dialog(Some(Dialog::Files(FileFound::Nothing))));
    let header = html! {
        <button type="button" class="button button-quiet button-small pane-deed" onclick={on_file}
            title="Open or save a mock file of Step Functions Local">{ "Mock file" }</button>
    };
    html! {
        <PaneFrame pane={Pane::Mocks} {header}>
            if let Some(target) = entries.get(chosen) {
                <Segmented label="Mocked tasks" {segments} {chosen} {on_choose} />
                <MockEditor key={format!("{} {}", mocks.epoch, target.key)} draft={mocks.draft(&target.key)}
                    is_untrusted={mocks.is_untrusted()} uses={uses(&props.run, target)} target={target.clone()}
                    event={props.input.to_string()} result={props.bench.mock_test.clone()} />
            } else {
                <Empty>
                    <p>{ "Nothing to mock." }</p>
                    <p>{ "A Task state gets its mock here, as soon as there is one." }</p>
                </Empty>
            }
        </PaneFrame>
    }
}

fn segment(mocks: &Mocks, target: &MockTarget) -> Segment {
    let draft = mocks.draft(&target.key);
    let note = match (target.states.is_empty(), waits(target, &draft)) {
        (true, _) => "no task",
        (_, true) => "waits",
        _ => draft.summary(),
    };
    Segment {
        label: target.label.to_string().into(),
        note: Some(note.into()),
    }
}

/// Returns whether the task waits for the reader to call back: it ends by a callback, and its mock says nothing.
fn waits(target: &MockTarget, draft: &MockDraft) -> bool {
    let is_callback = target.kind == TaskKind::Activity || target.resource.ends_with(".waitForTaskToken");
    is_callback && draft.is_echo()
}

/// Returns how often the last run asked for an answer; none before a run has ended.
fn uses(run: &Run, target: &MockTarget) -> Option<u32> {
    let end = run.end.as_ref().filter(|_| !target.states.is_empty())?;
    let of_target = end
        .mock_uses
        .iter()
        .filter(|used| target.states.iter().any(|state| **state == *used.state));
    Some(of_target.map(|used| used.times).sum())
}

/// Props of [`MockEditor`].
#[derive(Clone, PartialEq, Properties)]
struct MockEditorProps {
    target: MockTarget,
    draft: MockDraft,
    is_untrusted: bool,
    /// How often it answered in the last run.
    uses: Option<u32>,
    event: String,
    result: Option<ByPtr<MockTestResult>>,
}

#[component]
fn MockEditor(props: &MockEditorProps) -> Html {
    let commands = use_commands();
    let on_remove = {
        let (commands, key) = (commands.clone(), Rc::clone(&props.target.key));
        Callback::from(move |_| commands.tell(Action::MockRemoved(Rc::clone(&key))))
    };
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
                <p class="mock-about">{ about(&props.target) }{ used(props.uses) }</p>
                if props.is_untrusted && is_code {
                    <span class="tag tag-warning">{ "from a link, not run yet" }</span>
                }
                <Segmented label="How it answers" segments={vec![Segment::new("JavaScript"), Segment::new("Responses")]}
                    chosen={usize::from(!is_code)} on_choose={on_kind} />
            </div>
            if props.target.states.is_empty() {
                <p class="mock-lost">
                    <span>{ "It matches nothing: no task of this definition calls it." }</span>
                    <button type="button" class="button button-small" onclick={on_remove}>{ "Delete the mock" }</button>
                </p>
            }
            if waits(&props.target, &props.draft) {
                <p class="mock-waits">{ "In a run the task waits until you call back, as long as nothing is written here." }</p>
            }
            if is_code {
                <CodeEditor label={format!("JavaScript mock of {label}")} language={Language::JavaScript}
                    text={Rc::clone(&props.draft.code)} epoch={0} on_change={on_code} />
            } else {
                <ResponseList steps={props.draft.steps.clone()} on_change={on_steps} />
            }
            if !props.is_untrusted || !is_code {
                <TestStrip target={props.target.clone()} draft={props.draft.clone()} event={props.event.clone()}
                    result={props.result.clone()} />
            }
        </div>
    }
}

/// Says how often it answered.
fn used(uses: Option<u32>) -> String {
    match uses {
        None => String::new(),
        Some(0) => " \u{b7} not used in the last run".to_owned(),
        Some(1) => " \u{b7} used once in the last run".to_owned(),
        Some(times) => format!(" \u{b7} used {times} times in the last run"),
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
        [] => String::new(),
        [state] if **state == *target.label => format!("{what} \u{b7} {}", target.resource),
        [state] => format!("{what} of \u{201c}{state}\u{201d}"),
        states => format!("{what} of {} states", states.len()),
    }
}
