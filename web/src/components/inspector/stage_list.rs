//! The way of the data through a state, stage by stage, each with what it changed.

use asl_protocol::{Stage, StageReach};
use yew::prelude::*;

use super::super::common::{CopyButton, value_lines};

/// The quota of a payload, in bytes.
const QUOTA_BYTES: u32 = 262_144;

/// Returns the stages as a list of cards joined by a line. `on_result` makes a mock of the result, where there is one to
/// make.
pub(in super::super) fn stage_list(stages: &[Stage], on_result: Option<&Callback<String>>) -> Html {
    html! {
        <ol class="stage-list">
            { for stages.iter().map(|stage| item(stage, on_result)) }
        </ol>
    }
}

/// Returns plain words for a stage.
fn title(name: &str) -> &'static str {
    match name {
        "input" => "State input",
        "afterInputPath" => "After InputPath",
        "afterParameters" => "After Parameters",
        "afterArguments" => "After Arguments",
        "afterItemsPath" => "Items",
        "afterItemsPointer" => "After ItemsPointer",
        "afterItemSelector" => "After ItemSelector",
        "afterItemBatcher" => "After ItemBatcher",
        "result" => "Result",
        "afterResultSelector" => "After ResultSelector",
        "afterResultPath" => "After ResultPath",
        "errorOutput" => "Error output",
        "variables" => "Variables",
        "output" => "State output",
        _ => "Stage",
    }
}

fn item(stage: &Stage, on_result: Option<&Callback<String>>) -> Html {
    let reach = match stage.reach {
        StageReach::Reached => "reached",
        StageReach::Unset => "unset",
        StageReach::Failed => "failed",
        StageReach::Skipped => "skipped",
        StageReach::NotReached => "not-reached",
    };
    html! {
        <li key={stage.name.clone()} class="stage-card" data-stage={stage.name.clone()} data-reach={reach}>
            { head(stage) }
            { expression(stage) }
            { body(stage) }
            if let (Some(on_result), "result", Some(value)) = (on_result, stage.name.as_str(), &stage.value) {
                <button type="button" class="button button-small stage-deed" onclick={use_result(on_result, value)}>
                    { "Use this result as mock" }
                </button>
            }
        </li>
    }
}

fn use_result(on_result: &Callback<String>, value: &str) -> Callback<MouseEvent> {
    let value = value.to_owned();
    on_result.reform(move |_| value.clone())
}

fn head(stage: &Stage) -> Html {
    html! {
        <div class="stage-card-head">
            if stage.reach != StageReach::Unset {
                <span class="stage-card-title">{ title(&stage.name) }</span>
            }
            <code class="stage-card-name">{ stage.name.clone() }</code>
            if let Some(value) = &stage.value {
                <span class="stage-card-size" data-large={(stage.payload_bytes > QUOTA_BYTES / 2).then_some("true")}
                    title="Of the quota of 256 KiB">{ size(stage.payload_bytes) }</span>
                <CopyButton text={value.clone()} label={format!("Copy {}", title(&stage.name))} />
            }
        </div>
    }
}

fn expression(stage: &Stage) -> Html {
    if stage.expression.is_empty() {
        return Html::default();
    }
    html! {
        <p class="stage-card-field">
            <span class="stage-card-field-name">{ stage.field.clone() }</span>
            <code class="stage-card-expression">{ stage.expression.clone() }</code>
        </p>
    }
}

fn body(stage: &Stage) -> Html {
    let quiet = |text: String| html! { <p class="stage-card-note">{ text } </p> };
    match stage.reach {
        StageReach::Reached => html! {
            <>
            { value_lines(&stage.lines, title(&stage.name)) }
            if !stage.compared_with.is_empty() && stage.lines.iter().any(|line| line.sign != asl_protocol::LineSign::Same) {
                <p class="stage-card-note">{ "compared with " }<code>{ stage.compared_with.clone() }</code></p>
            }
            </>
        },
        StageReach::Unset => quiet(format!("{} not set: everything passes", stage.field)),
        StageReach::Failed => html! { <p class="stage-card-error" role="note">{ stage.note.clone() }</p> },
        StageReach::Skipped => quiet("Left out: the error was dealt with before".to_owned()),
        StageReach::NotReached => quiet("Not reached yet".to_owned()),
    }
}

/// Returns `214 B`, or `12.3 of 256 KiB`.
fn size(bytes: u32) -> String {
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    format!("{}.{} of 256 KiB", bytes / 1024, bytes % 1024 * 10 / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_against_the_quota() {
        assert_eq!(size(214), "214 B");
        assert_eq!(size(1536), "1.5 of 256 KiB");
        assert_eq!(size(QUOTA_BYTES), "256.0 of 256 KiB");
    }
}
