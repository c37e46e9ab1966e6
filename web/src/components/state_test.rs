//! One state alone: what the API's TestState is asked, and what it answers.

use std::rc::Rc;

use asl_protocol::{StateTest, StateTestMock, StateTestResult};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;
use crate::state::{Bench, Document, Run};

use super::common::{CopyButton, DialogFrame, Icon, JsonView, Segment, Segmented, Symbol, keep_typed};
use super::inspector::console_lines;
use super::inspector::stage_list;

/// Props of [`StateTestDialog`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct StateTestDialogProps {
    /// Whose state.
    pub document: Rc<Document>,
    /// The recording, whose newest visit gives the first input.
    pub run: Rc<Run>,
    /// Which state, and what came of it.
    pub bench: Rc<Bench>,
}

const LEVELS: [&str; 3] = ["INFO", "DEBUG", "TRACE"];

/// The dialog, where a state is to be tested.
#[component]
pub(crate) fn StateTestDialog(props: &StateTestDialogProps) -> Html {
    let commands = use_commands();
    let Some(state) = &props.bench.tested_state else {
        return Html::default();
    };
    let on_close = Callback::from(move |()| commands.open_state_test(None));
    let visit = props.run.visit.as_ref().filter(|visit| visit.state == **state);
    let given = visit.and_then(|visit| visit.stages.first()?.value.clone());
    let input = given.unwrap_or_else(|| props.document.input.to_string());
    html! {
        <DialogFrame title={format!("Test state: {state}")} {on_close}>
            <TestForm key={state.to_string()} state={Rc::clone(state)} {input} result={props.bench.state_test.clone()} />
        </DialogFrame>
    }
}

/// Props of [`TestForm`].
#[derive(Clone, PartialEq, Properties)]
struct TestFormProps {
    state: Rc<str>,
    input: String,
    result: Option<ByPtr<StateTestResult>>,
}

/// What the reader has written.
#[derive(Clone, PartialEq)]
struct Form {
    input: UseStateHandle<String>,
    mock: UseStateHandle<usize>,
    result: UseStateHandle<String>,
    error: UseStateHandle<String>,
    cause: UseStateHandle<String>,
    level: UseStateHandle<usize>,
    variables: UseStateHandle<String>,
    context: UseStateHandle<String>,
    retries: UseStateHandle<String>,
    failures: UseStateHandle<String>,
}

#[hook]
fn use_form(input: &str) -> Form {
    Form {
        input: use_state(|| input.to_owned()),
        mock: use_state(|| 0),
        result: use_state(|| "{}".to_owned()),
        error: use_state(|| "States.TaskFailed".to_owned()),
        cause: use_state(String::new),
        level: use_state(|| 1),
        variables: use_state(String::new),
        context: use_state(String::new),
        retries: use_state(String::new),
        failures: use_state(String::new),
    }
}

impl Form {
    fn request(&self, state: &str) -> StateTest {
        StateTest {
            state: state.to_owned(),
            input: (*self.input).clone(),
            level: LEVELS[*self.level].to_owned(),
            variables: (*self.variables).clone(),
            context: (*self.context).clone(),
            mock: match *self.mock {
                1 => StateTestMock::Result((*self.result).clone()),
                2 => StateTestMock::Error {
                    error: (*self.error).clone(),
                    cause: (*self.cause).clone(),
                },
                _ => StateTestMock::None,
            },
            retrier_retry_count: self.retries.trim().parse().unwrap_or(0),
            map_iteration_failure_count: self.failures.trim().parse().ok(),
            ..StateTest::default()
        }
    }
}

#[component]
fn TestForm(props: &TestFormProps) -> Html {
    let commands = use_commands();
    let form = use_form(&props.input);
    let asked = use_state(|| 0_u32);
    let on_submit = {
        let (form, asked, state) = (form.clone(), asked.setter(), Rc::clone(&props.state));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            asked.set(commands.test_state(form.request(&state)));
        })
    };
    let result = props.result.as_ref().filter(|result| result.id == *asked);
    html! {
        <div class="state-test">
            <form class="state-test-form" onsubmit={on_submit}>
                { area("Input", &form.input, 6) }
                <div class="state-test-choice">
                    <span>{ "The task ends with" }</span>
                    { choice("Mock", &["the playground's mock", "a result", "an error"], &form.mock) }
                </div>
                if *form.mock == 1 {
                    { area("Mocked result", &form.result, 4) }
                }
                if *form.mock == 2 {
                    { field("Error", &form.error, "") }
                    { field("Cause", &form.cause, "") }
                }
                <div class="state-test-choice">
                    <span>{ "Inspection level" }</span>
                    { choice("Inspection level", &LEVELS, &form.level) }
                </div>
                <details class="state-test-more">
                    <summary>{ "Variables, context, retries" }</summary>
                    { area("Variables", &form.variables, 3) }
                    { area("Context object", &form.context, 3) }
                    { field("Retries so far", &form.retries, "0") }
                    { field("Failed iterations", &form.failures, "none") }
                </details>
                <button type="submit" class="button button-primary"><Icon symbol={Symbol::Test} /><span>{ "Test" }</span></button>
            </form>
            <div class="state-test-result" aria-live="polite">
                if let Some(result) = result {
                    { answer(result) }
                } else {
                    <p class="quiet card-empty">{ "TestState runs this state alone: no other state, no run." }</p>
                }
            </div>
        </div>
    }
}

fn choice(label: &'static str, words: &[&'static str], chosen: &UseStateHandle<usize>) -> Html {
    let on_choose = {
        let chosen = chosen.setter();
        Callback::from(move |at| chosen.set(at))
    };
    let segments: Vec<Segment> = words.iter().map(|word| Segment::new(*word)).collect();
    html! { <Segmented {label} {segments} chosen={**chosen} {on_choose} /> }
}

fn area(label: &'static str, text: &UseStateHandle<String>, rows: u32) -> Html {
    html! {
        <label class="area-field">
            <span>{ label }</span>
            <textarea class="input-area" rows={rows.to_string()} spellcheck="false" value={(**text).clone()}
                oninput={keep_typed::<InputEvent>(text)} />
        </label>
    }
}

fn field(label: &'static str, text: &UseStateHandle<String>, placeholder: &'static str) -> Html {
    html! {
        <label class="field">
            <span>{ label }</span>
            <input spellcheck="false" {placeholder} value={(**text).clone()} oninput={keep_typed::<InputEvent>(text)} />
        </label>
    }
}

fn answer(result: &StateTestResult) -> Html {
    if let Some(problem) = &result.problem {
        return html! { <p class="stage-card-error">{ problem.clone() }</p> };
    }
    html! {
        <>
        <p class="card-subtitle">
            <span class="status-badge" data-execution={badge(&result.status)}>{ result.status.clone() }</span>
            if let Some(next) = &result.next_state {
                <span>{ format!("nextState: {next}") }</span>
            }
        </p>
        if result.error.is_some() || result.cause.is_some() {
            <dl class="facts facts-error">
                if let Some(error) = &result.error {
                    <dt>{ "Error" }</dt><dd>{ error.clone() }</dd>
                }
                if let Some(cause) = &result.cause {
                    <dt>{ "Cause" }</dt><dd>{ cause.clone() }</dd>
                }
            </dl>
        }
        if let Some(output) = result.output.as_ref().filter(|_| result.stages.is_empty()) {
            <div class="section-head"><h4>{ "Output" }</h4></div>
            <JsonView text={output.clone()} label="Output" />
        }
        { stage_list(&result.stages, None) }
        { console_lines(result.console.iter()) }
        <div class="section-head">
            <h4>{ "As the API answers" }</h4>
            <CopyButton text={result.json.clone()} label="Copy the answer of TestState" />
        </div>
        <JsonView text={result.json.clone()} label="Answer of TestState" />
        </>
    }
}

/// Returns the execution status whose colors stand for a test's.
fn badge(status: &str) -> &'static str {
    match status {
        "SUCCEEDED" => "SUCCEEDED",
        "CAUGHT_ERROR" => "TIMED_OUT",
        "RETRIABLE" => "RUNNING",
        _ => "FAILED",
    }
}
