//! One call of one mock, without a run.

use asl_protocol::MockTestResult;
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;
use crate::state::{MockDraft, MockKind, MockTarget, seconds_text};

use super::super::common::{Icon, JsonView, Symbol, keep_typed, on_typed};
use super::super::inspector::console_lines;

/// Props of [`TestStrip`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TestStripProps {
    /// Whom the mock answers for.
    pub target: MockTarget,
    /// The mock.
    pub draft: MockDraft,
    /// What it is called with at first.
    pub event: String,
    /// The newest answer.
    pub result: Option<ByPtr<MockTestResult>>,
}

/// A sample event, a button, and what came of it.
#[component]
pub(super) fn TestStrip(props: &TestStripProps) -> Html {
    let commands = use_commands();
    let event = use_state(|| props.event.clone());
    let call = use_state(|| 0_u32);
    let asked = use_state(|| 0_u32);
    let on_test = {
        let (event, asked, call) = (event.clone(), asked.setter(), *call);
        let (target, draft) = (props.target.clone(), props.draft.clone());
        Callback::from(move |_| asked.set(commands.test_mock(&target, &draft, call, (*event).clone())))
    };
    let on_call = {
        let call = call.setter();
        on_typed::<Event>(Callback::from(move |number: String| {
            call.set(number.parse().unwrap_or(0));
        }))
    };
    let calls = match props.draft.kind {
        MockKind::Responses => props.draft.steps.len(),
        MockKind::JavaScript => 1,
    };
    let option = |at: usize| {
        html! { <option key={at} value={at.to_string()} selected={at == *call as usize}>{ format!("Call {}", at + 1) }</option> }
    };
    let result = props.result.as_ref().filter(|result| result.id == *asked);
    html! {
        <details class="mock-test">
            <summary>{ "Test this mock" }</summary>
            <div class="mock-test-body">
                <textarea class="input-area" rows="3" spellcheck="false" aria-label="Sample event, JSON" value={(*event).clone()}
                    oninput={keep_typed::<InputEvent>(&event)} />
                <div class="mock-test-deeds">
                    if calls > 1 {
                        <span class="select">
                            <select aria-label="Which call" onchange={on_call}>{ for (0..calls).map(option) }</select>
                            <Icon symbol={Symbol::Chevron} />
                        </span>
                    }
                    <button type="button" class="button" onclick={on_test}>
                        <Icon symbol={Symbol::Test} /><span>{ "Test" }</span>
                    </button>
                </div>
                <div class="mock-test-result" aria-live="polite">
                    if let Some(result) = result {
                        { answer(result) }
                    }
                </div>
            </div>
        </details>
    }
}

fn answer(result: &MockTestResult) -> Html {
    let after = seconds_text(result.elapsed_ms.unsigned_abs());
    html! {
        <>
        if let Some(problem) = &result.problem {
            <p class="stage-card-error">{ problem.clone() }</p>
        }
        if let Some(value) = &result.result {
            <JsonView text={value.clone()} label="Result of the mock" />
        }
        if let Some(error) = &result.error {
            <dl class="facts facts-error">
                <dt>{ "Error" }</dt><dd>{ error.clone() }</dd>
                if let Some(cause) = result.cause.as_ref().filter(|cause| !cause.is_empty()) {
                    <dt>{ "Cause" }</dt><dd>{ cause.clone() }</dd>
                }
            </dl>
        }
        if !after.is_empty() {
            <p class="quiet">{ format!("after {after} s of virtual time") }</p>
        }
        { console_lines(result.console.iter()) }
        </>
    }
}
