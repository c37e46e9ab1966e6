//! Tasks that wait for somebody to call back: the panel appears by itself when there is one.

use std::rc::Rc;

use asl_protocol::{RunPhase, TaskAnswer, WaitingTask};
use yew::prelude::*;

use crate::commands::use_commands;
use crate::state::{Bench, Run};

use super::common::{CopyButton, JsonView, Segment, Segmented, keep_typed};

/// Props of [`CallbackPanel`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct CallbackPanelProps {
    /// The recording.
    pub run: Rc<Run>,
    /// Why a task did not take its answer.
    pub bench: Rc<Bench>,
}

/// The tasks that wait, each with the three calls of the API.
#[component]
pub(crate) fn CallbackPanel(props: &CallbackPanelProps) -> Html {
    let commands = use_commands();
    let chosen = use_state(|| 0_usize);
    let run = &props.run;
    if !run.is_going() || run.waiting.is_empty() {
        return Html::default();
    }
    let waiting = &run.waiting;
    let at = (*chosen).min(waiting.len() - 1);
    let task = &waiting[at];
    let is_held = matches!(run.phase, RunPhase::AwaitingCallback { until_ms: Some(_) });
    let on_choose = {
        let chosen = chosen.setter();
        Callback::from(move |at| chosen.set(at))
    };
    html! {
        <section class="callbacks" aria-label="Waiting for a callback">
            <header class="callbacks-head">
                <p class="callbacks-title">
                    <strong>{ task.state.clone() }</strong>
                    { if task.is_activity { " waits for the worker of an activity" } else { " waits for its task token" } }
                    if let Some(iteration) = task.iteration {
                        { format!(" (iteration {iteration})") }
                    }
                    { limits(task) }
                </p>
                if is_held {
                    <button type="button" class="button button-small" title="Nobody answers: virtual time goes on to the next deadline"
                        onclick={Callback::from(move |_| commands.let_time_pass())}>{ "Let time pass" }</button>
                }
            </header>
            if waiting.len() > 1 {
                <Segmented label="Waiting tasks" segments={waiting.iter().map(tab).collect::<Vec<_>>()} chosen={at} {on_choose} />
            }
            <AnswerForm key={task.token.clone()} task={task.clone()} />
            if let Some(problem) = &props.bench.callback_problem {
                <p class="stage-card-error" role="alert">{ problem.to_string() }</p>
            }
        </section>
    }
}

fn tab(task: &WaitingTask) -> Segment {
    Segment {
        label: task.state.clone().into(),
        note: task.iteration.map(|iteration| format!("[{iteration}]").into()),
    }
}

fn limits(task: &WaitingTask) -> String {
    let limit =
        |seconds: Option<i64>, word: &str| seconds.map_or(String::new(), |seconds| format!(", {word} {seconds} s"));
    limit(task.timeout_seconds, "times out after") + &limit(task.heartbeat_seconds, "wants a heartbeat every")
}

/// Props of [`AnswerForm`].
#[derive(Clone, PartialEq, Properties)]
struct AnswerFormProps {
    task: WaitingTask,
}

#[component]
fn AnswerForm(props: &AnswerFormProps) -> Html {
    let commands = use_commands();
    let task = &props.task;
    let output = use_state(|| "{\n  \"approved\": true\n}".to_owned());
    let error = use_state(|| "Rejected".to_owned());
    let cause = use_state(String::new);
    let send = |answer: Box<dyn Fn() -> TaskAnswer>| {
        let (commands, token) = (commands.clone(), task.token.clone());
        Callback::from(move |_: MouseEvent| commands.call_back(&token, answer()))
    };
    let on_success = {
        let output = output.clone();
        send(Box::new(move || TaskAnswer::Success((*output).clone())))
    };
    let on_failure = {
        let (error, cause) = (error.clone(), cause.clone());
        send(Box::new(move || TaskAnswer::Failure {
            error: (*error).clone(),
            cause: (*cause).clone(),
        }))
    };
    let on_heartbeat = send(Box::new(|| TaskAnswer::Heartbeat));
    html! {
        <div class="callback-form">
            <div class="callback-way">
                <textarea class="input-area" rows="3" spellcheck="false" aria-label="Output, JSON" value={(*output).clone()}
                    oninput={keep_typed::<InputEvent>(&output)} />
                <button type="button" class="button button-primary" onclick={on_success}>{ "SendTaskSuccess" }</button>
            </div>
            <div class="callback-way">
                <label class="field"><span>{ "Error" }</span>
                    <input spellcheck="false" value={(*error).clone()} oninput={keep_typed::<InputEvent>(&error)} /></label>
                <label class="field"><span>{ "Cause" }</span>
                    <input value={(*cause).clone()} oninput={keep_typed::<InputEvent>(&cause)} /></label>
                <button type="button" class="button" onclick={on_failure}>{ "SendTaskFailure" }</button>
            </div>
            <div class="callback-way callback-about">
                <details>
                    <summary>{ "What it was called with" }</summary>
                    <JsonView text={task.input.clone()} label="Input of the task" />
                </details>
                <p class="callback-token"><code>{ task.token.clone() }</code>
                    <CopyButton text={task.token.clone()} label="Copy the task token" /></p>
                <button type="button" class="button" onclick={on_heartbeat}>{ "SendTaskHeartbeat" }</button>
            </div>
        </div>
    }
}
