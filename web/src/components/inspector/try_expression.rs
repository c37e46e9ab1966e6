//! "Try an expression": its value at the point of the run that the reader looks at, the definition left as it is.

use asl_protocol::{EvaluateRequest, Evaluated, StageReach, StateVisit};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;

use super::super::common::{Icon, JsonView, Segment, Segmented, Symbol, keep_typed};

/// Props of [`TryExpression`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TryExpressionProps {
    /// Where.
    pub visit: ByPtr<StateVisit>,
    /// Id of the event that is looked at.
    pub cursor: u32,
    /// The newest answer.
    pub evaluated: Option<ByPtr<Evaluated>>,
}

/// A field, what it is against, and the value.
#[component]
pub(super) fn TryExpression(props: &TryExpressionProps) -> Html {
    let commands = use_commands();
    let visit = &props.visit;
    let text = use_state(String::new);
    let root = use_state(String::new);
    let is_jsonata = use_state(|| visit.query_language == "JSONata");
    let asked = use_state(|| 0_u32);
    let on_submit = {
        let (text, root, asked) = (text.clone(), root.clone(), asked.setter());
        let (run, entered, cursor, is_jsonata) = (visit.run, visit.entered, props.cursor, *is_jsonata);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            asked.set(commands.evaluate(EvaluateRequest {
                run,
                entered,
                cursor,
                is_jsonata,
                root: (*root).clone(),
                text: marked(&text, is_jsonata),
                ..EvaluateRequest::default()
            }));
        })
    };
    let on_language = {
        let is_jsonata = is_jsonata.setter();
        Callback::from(move |at: usize| is_jsonata.set(at == 1))
    };
    let answer = props.evaluated.as_ref().filter(|answer| answer.id == *asked);
    let stages = visit.stages.iter().filter(|stage| stage.reach == StageReach::Reached);
    let option = |stage: &asl_protocol::Stage| {
        html! { <option key={stage.name.clone()} value={stage.name.clone()}>{ stage.name.clone() }</option> }
    };
    let placeholder = if *is_jsonata {
        "$states.input.total * 2"
    } else {
        "$.total or States.Format('{}', $.id)"
    };
    html! {
        <form class="try" onsubmit={on_submit} aria-label="Try an expression">
            <div class="section-head">
                <h4>{ "Try an expression" }</h4>
                <Segmented label="Language" segments={vec![Segment::new("JSONPath"), Segment::new("JSONata")]}
                    chosen={usize::from(*is_jsonata)} on_choose={on_language} />
            </div>
            <div class="try-row">
                <input class="try-input" spellcheck="false" autocomplete="off" aria-label="Expression" {placeholder}
                    value={(*text).clone()} oninput={keep_typed::<InputEvent>(&text)} />
                <button type="submit" class="button button-small">{ "Evaluate" }</button>
            </div>
            if !*is_jsonata {
                <label class="try-root">
                    <span>{ "$ is" }</span>
                    <span class="select">
                        <select aria-label="What $ stands for" onchange={keep_typed::<Event>(&root)}>
                            <option value="">{ "the effective input" }</option>
                            { for stages.map(option) }
                        </select>
                        <Icon symbol={Symbol::Chevron} />
                    </span>
                </label>
            }
            <div aria-live="polite">
                if let Some(answer) = answer {
                    { match &answer.value {
                        Ok(value) => html! { <JsonView text={value.clone()} label="Value of the expression" /> },
                        Err(problem) => html! { <p class="stage-card-error">{ problem.clone() }</p> },
                    } }
                }
            </div>
        </form>
    }
}

/// Returns the expression as a definition has it: by its marks, the engine knows JSONata and sees to it that it is there.
fn marked(text: &str, is_jsonata: bool) -> String {
    if is_jsonata && !text.contains("{%") {
        format!("{{% {text} %}}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jsonata_has_its_marks_once() {
        assert_eq!(marked("1 + 1", true), "{% 1 + 1 %}");
        assert_eq!(marked("{% 1 %}", true), "{% 1 %}");
        assert_eq!(marked("$.a", false), "$.a");
    }
}
