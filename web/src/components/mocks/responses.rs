//! Responses in order: the first invocation gets the first, and the last one repeats. Enough to teach Retry and Catch
//! without any code.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::state::{AnswerKind, StepDraft};

use super::super::common::{Icon, Symbol, on_typed};

/// Props of [`ResponseList`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ResponseListProps {
    /// The responses.
    pub steps: Vec<StepDraft>,
    /// Called with all of them after one changed.
    pub on_change: Callback<Vec<StepDraft>>,
}

/// Names that services and the interpreter give to errors, for the menu. Any other name may be typed.
const ERROR_NAMES: [&str; 9] = [
    "States.TaskFailed",
    "States.Timeout",
    "States.HeartbeatTimeout",
    "States.Permissions",
    "States.DataLimitExceeded",
    "Lambda.Unknown",
    "Lambda.ServiceException",
    "Lambda.TooManyRequestsException",
    "Lambda.SdkClientException",
];

/// What happens to the responses.
type Edit = Box<dyn Fn(&mut Vec<StepDraft>)>;

/// The list, with a button to add one.
#[component]
pub(super) fn ResponseList(props: &ResponseListProps) -> Html {
    let count = props.steps.len();
    let edit = |change: Edit| {
        let (steps, on_change) = (props.steps.clone(), props.on_change.clone());
        Callback::from(move |()| {
            let mut steps = steps.clone();
            change(&mut steps);
            on_change.emit(steps);
        })
    };
    let on_add = edit(Box::new(|steps| steps.push(StepDraft::default())));
    let step = |(at, step): (usize, &StepDraft)| {
        let (steps, on_change) = (props.steps.clone(), props.on_change.clone());
        let on_step = Callback::from(move |step: StepDraft| {
            let mut steps = steps.clone();
            steps[at] = step;
            on_change.emit(steps);
        });
        let on_up = (at > 0).then(|| edit(Box::new(move |steps| steps.swap(at, at - 1))));
        let on_down = (at + 1 < count).then(|| edit(Box::new(move |steps| steps.swap(at, at + 1))));
        let on_remove = edit(Box::new(move |steps| {
            steps.remove(at);
        }));
        html! {
            <Response key={at} {at} is_last={at + 1 == count} step={step.clone()} {on_step} {on_up} {on_down} {on_remove} />
        }
    };
    html! {
        <div class="responses">
            <datalist id="error-names">
                { for ERROR_NAMES.iter().map(|name| html! { <option value={*name}></option> }) }
            </datalist>
            <ol class="response-list">{ for props.steps.iter().enumerate().map(step) }</ol>
            <button type="button" class="button button-small" onclick={Callback::from(move |_| on_add.emit(()))}>
                <Icon symbol={Symbol::Plus} /><span>{ "Add a response" }</span>
            </button>
            if count == 0 {
                <p class="quiet">{ "Without any response the task gives back what it gets." }</p>
            }
        </div>
    }
}

/// Props of [`Response`].
#[derive(Clone, PartialEq, Properties)]
struct ResponseProps {
    at: usize,
    is_last: bool,
    step: StepDraft,
    on_step: Callback<StepDraft>,
    on_up: Option<Callback<()>>,
    on_down: Option<Callback<()>>,
    on_remove: Callback<()>,
}

#[component]
fn Response(props: &ResponseProps) -> Html {
    let step = &props.step;
    let number = props.at + 1;
    let set = |change: fn(&mut StepDraft, String)| {
        let (step, on_step) = (step.clone(), props.on_step.clone());
        Callback::from(move |text: String| {
            let mut step = step.clone();
            change(&mut step, text);
            on_step.emit(step);
        })
    };
    let on_answer = set(|step, text| {
        step.answer = AnswerKind::ALL
            .into_iter()
            .find(|kind| kind.label() == text)
            .unwrap_or_default();
    });
    let on_select = on_typed::<Event>(on_answer);
    let option = |kind: AnswerKind| {
        html! { <option key={kind.label()} value={kind.label()} selected={kind == step.answer}>{ kind.label() }</option> }
    };
    let on_remove = props.on_remove.reform(|_: MouseEvent| ());
    let on_keydown = {
        let (on_up, on_down) = (props.on_up.clone(), props.on_down.clone());
        Callback::from(move |event: KeyboardEvent| {
            let (deed, is_up) = match event.key().as_str() {
                "ArrowUp" if event.alt_key() => (&on_up, true),
                "ArrowDown" if event.alt_key() => (&on_down, false),
                _ => return,
            };
            event.prevent_default();
            if let Some(deed) = deed {
                deed.emit(());
                follow(&event, is_up);
            }
        })
    };
    html! {
        <li class="response" onkeydown={on_keydown}>
            <div class="response-head">
                <span class="response-number">{ if props.is_last { format!("Call {number} on") } else { format!("Call {number}") } }</span>
                <div class="select">
                    <select onchange={on_select} aria-label={format!("Answer to call {number}")}>{ for AnswerKind::ALL.into_iter().map(option) }</select>
                    <Icon symbol={Symbol::Chevron} />
                </div>
                <label class="field field-inline">
                    <span>{ "after" }</span>
                    <input inputmode="decimal" value={step.delay_seconds.clone()} placeholder="0"
                        aria-label={format!("Delay of response {number} in seconds")}
                        oninput={on_typed::<InputEvent>(set(|step, text| step.delay_seconds = text))} />
                    <span>{ "s" }</span>
                </label>
                <span class="response-buttons">
                    if let Some(on_up) = &props.on_up {
                        <button type="button" class="button button-quiet button-icon" title="Earlier (Alt+Up)"
                            aria-label={format!("Move response {number} up")} onclick={on_up.reform(|_: MouseEvent| ())}>
                            <Icon symbol={Symbol::Up} />
                        </button>
                    }
                    if let Some(on_down) = &props.on_down {
                        <button type="button" class="button button-quiet button-icon" title="Later (Alt+Down)"
                            aria-label={format!("Move response {number} down")} onclick={on_down.reform(|_: MouseEvent| ())}>
                            <Icon symbol={Symbol::Chevron} />
                        </button>
                    }
                    <button type="button" class="button button-quiet button-icon" title="Remove"
                        aria-label={format!("Remove response {number}")} onclick={on_remove}>
                        <Icon symbol={Symbol::Trash} />
                    </button>
                </span>
            </div>
            if step.answer == AnswerKind::Return {
                <textarea class="input-area" rows="3" spellcheck="false" value={step.result.clone()}
                    aria-label={format!("Result of call {number}, JSON")}
                    oninput={on_typed::<InputEvent>(set(|step, text| step.result = text))} />
            }
            if step.answer == AnswerKind::Fail {
                <label class="field">
                    <span>{ "Error" }</span>
                    <input spellcheck="false" list="error-names" value={step.error.clone()} oninput={on_typed::<InputEvent>(set(|step, text| step.error = text))} />
                </label>
                <label class="field">
                    <span>{ "Cause" }</span>
                    <input value={step.cause.clone()} oninput={on_typed::<InputEvent>(set(|step, text| step.cause = text))} />
                </label>
            }
        </li>
    }
}

/// Moves the focus along with a response that has moved.
fn follow(event: &KeyboardEvent, is_up: bool) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let item = target.and_then(|target| target.closest(".response").ok().flatten());
    let sibling = item.and_then(|item| {
        if is_up {
            item.previous_element_sibling()
        } else {
            item.next_element_sibling()
        }
    });
    let menu = sibling.and_then(|sibling| sibling.query_selector("select").ok().flatten());
    if let Some(menu) = menu {
        crate::interop::focus::element(&menu);
    }
}
