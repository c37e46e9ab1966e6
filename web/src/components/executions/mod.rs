//! The executions so far: open one again, put two side by side.

mod comparison;

use std::rc::Rc;

use asl_protocol::{RecordingOrigin, RecordingSummary};
use yew::prelude::*;

use crate::commands::{Commands, use_commands};
use crate::state::{Dialog, Recordings};

use super::common::{DialogFrame, Icon, Symbol, elapsed, grouped};
use comparison::comparison;

/// Props of [`ExecutionsDialog`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ExecutionsDialogProps {
    /// The executions.
    pub recordings: Rc<Recordings>,
    /// Number of the one on the screen.
    pub shown: u32,
    /// Whether that one goes on.
    pub is_going: bool,
}

/// The list, or two of them side by side.
#[component]
pub(crate) fn ExecutionsDialog(props: &ExecutionsDialogProps) -> Html {
    let commands = use_commands();
    let picked = use_state(Vec::<u32>::new);
    {
        let commands = commands.clone();
        use_effect_with((), move |()| move || commands.leave_comparison());
    }
    if let Some(compared) = &props.recordings.comparison {
        let on_back = Callback::from(move |_: MouseEvent| commands.leave_comparison());
        return html! { <DialogFrame title="Two executions">{ comparison(compared, on_back) }</DialogFrame> };
    }
    let list = &props.recordings.list;
    let on_pick = {
        let picked = picked.clone();
        Callback::from(move |run: u32| {
            let mut next = (*picked).clone();
            if next.contains(&run) {
                next.retain(|other| *other != run);
            } else {
                next.push(run);
                // Two can be compared: a third takes the place of the first.
                if next.len() > 2 {
                    next.remove(0);
                }
            }
            picked.set(next);
        })
    };
    let pair = match picked.as_slice() {
        [left, right] => Some((*left.min(right), *left.max(right))),
        _ => None,
    };
    let on_compare = {
        let commands = commands.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some((left, right)) = pair {
                commands.compare_runs(left, right);
            }
        })
    };
    let on_open = {
        let commands = commands.clone();
        Callback::from(move |_: MouseEvent| commands.show_dialog(Some(Dialog::History)))
    };
    let row = |recording: &RecordingSummary| {
        let is_picked = picked.contains(&recording.run);
        execution(props, recording, is_picked, &on_pick, &commands)
    };
    html! {
        <DialogFrame title="Executions">
            if list.is_empty() {
                <p class="quiet">{ "No execution yet. Run the state machine, or open the history of a real one." }</p>
            } else {
                <p class="dialog-lead">{ "Open one again with its whole recording, or tick two to see where they part." }</p>
                <ul class="executions" aria-label="Executions so far">{ for list.iter().rev().map(row) }</ul>
            }
            <div class="share-forms">
                <button type="button" class="button button-primary" disabled={pair.is_none()} onclick={on_compare}>
                    { "Compare" }
                </button>
                <button type="button" class="button" onclick={on_open}>
                    <Icon symbol={Symbol::Open} /><span>{ "Open a history\u{2026}" }</span>
                </button>
            </div>
        </DialogFrame>
    }
}

fn execution(
    props: &ExecutionsDialogProps,
    recording: &RecordingSummary,
    is_picked: bool,
    on_pick: &Callback<u32>,
    commands: &Rc<Commands>,
) -> Html {
    let run = recording.run;
    let is_shown = run == props.shown;
    let on_check = on_pick.reform(move |_: Event| run);
    let on_open = {
        let commands = Rc::clone(commands);
        Callback::from(move |_: MouseEvent| commands.open_recording(run))
    };
    let on_forget = {
        let commands = Rc::clone(commands);
        Callback::from(move |_: MouseEvent| commands.forget_recording(run))
    };
    let open_title = if props.is_going {
        "Stop the run first"
    } else {
        "Show its recording again"
    };
    html! {
        <li key={run} class="execution" aria-current={is_shown.then_some("true")}>
            <label class="check">
                <input type="checkbox" checked={is_picked} onchange={on_check}
                    aria-label={format!("Compare execution {run}")} />
                <span class="execution-number">{ run }</span>
            </label>
            <div class="execution-about">
                <p class="execution-line">
                    <span class="status-badge" data-execution={recording.status.clone()}>{ recording.status.clone() }</span>
                    <span class="execution-facts">
                        { elapsed(recording.duration_ms) }{ " \u{b7} " }{ grouped(count(recording)) }{ " events" }
                        if let Some(origin) = origin(&recording.origin) {
                            { " \u{b7} " }{ origin }
                        }
                        if is_shown {
                            { " \u{b7} on the screen" }
                        }
                    </span>
                </p>
                <p class="execution-name">{ recording.name.clone() }</p>
                <dl class="execution-data">
                    <dt>{ "Input" }</dt><dd>{ recording.input.clone() }</dd>
                    if !recording.outcome.is_empty() {
                        <dt>{ if recording.status == "SUCCEEDED" { "Output" } else { "Error" } }</dt>
                        <dd>{ recording.outcome.clone() }</dd>
                    }
                </dl>
            </div>
            <div class="execution-tools">
                <button type="button" class="button button-small" disabled={is_shown || props.is_going} onclick={on_open}
                    title={open_title} aria-label={format!("Open execution {run}")}>{ "Open" }</button>
                <button type="button" class="button button-quiet button-small button-icon" disabled={is_shown}
                    onclick={on_forget} title="Forget it" aria-label={format!("Forget execution {run}")}>
                    <Icon symbol={Symbol::Trash} />
                </button>
            </div>
        </li>
    }
}

fn count(recording: &RecordingSummary) -> usize {
    usize::try_from(recording.events).unwrap_or(usize::MAX)
}

/// Returns where an execution came from, if not from this page.
fn origin(origin: &RecordingOrigin) -> Option<String> {
    match origin {
        RecordingOrigin::Run => None,
        RecordingOrigin::File => Some("opened history".to_owned()),
        RecordingOrigin::Child { parent, .. } => Some(format!("started by execution {parent}")),
    }
}
