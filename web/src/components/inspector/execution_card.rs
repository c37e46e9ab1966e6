//! The execution as a whole, as `DescribeExecution` has it.

use std::rc::Rc;

use asl_protocol::RunEnd;
use yew::prelude::*;

use crate::state::Run;

use super::super::common::{CopyButton, JsonView};
use super::console_lines::console_lines;

/// Props of [`ExecutionCard`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ExecutionCardProps {
    /// The recording.
    pub run: Rc<Run>,
}

/// Status, output or error, and the whole answer of the API.
#[component]
pub(super) fn ExecutionCard(props: &ExecutionCardProps) -> Html {
    let run = &props.run;
    let is_told = !run.is_in_the_past();
    let status = run.status().filter(|_| is_told).unwrap_or("RUNNING").to_owned();
    html! {
        <article class="card">
            <header class="card-head">
                <h3 class="card-title">{ "Execution" }</h3>
                <p class="card-subtitle">
                    <span class="status-badge" data-execution={status.clone()}>{ status.clone() }</span>
                    if !run.name.is_empty() {
                        <span class="card-name">{ run.name.to_string() }</span>
                    }
                </p>
            </header>
            if let Some(end) = run.end.as_ref().filter(|_| is_told) {
                { outcome(end) }
                { console_lines(run.console.iter()) }
                <div class="section-head">
                    <h4>{ "DescribeExecution" }</h4>
                    <CopyButton text={end.describe_execution.clone()} label="Copy the answer of DescribeExecution" />
                </div>
                <JsonView text={end.describe_execution.clone()} label="DescribeExecution" />
            } else {
                <p class="quiet">{ format!("{} events so far.", run.position()) }</p>
                { console_lines(run.told_lines()) }
            }
        </article>
    }
}

fn outcome(end: &RunEnd) -> Html {
    html! {
        <>
            if let Some(output) = &end.output {
                <div class="section-head">
                    <h4>{ "Output" }</h4>
                    <CopyButton text={output.clone()} label="Copy the output" />
                </div>
                <JsonView text={output.clone()} label="Output" />
            }
            if end.error.is_some() || end.cause.is_some() {
                <dl class="facts facts-error">
                    if let Some(error) = &end.error {
                        <dt>{ "Error" }</dt><dd>{ error.clone() }</dd>
                    }
                    if let Some(cause) = &end.cause {
                        <dt>{ "Cause" }</dt><dd>{ cause.clone() }</dd>
                    }
                </dl>
            }
        </>
    }
}
