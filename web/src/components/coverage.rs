//! What the runs so far have taken, as a list with percentages. The diagram shows the same.

use asl_protocol::{Coverage, CoverageItem, CoverageKind};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;
use crate::state::covered;

use super::common::{Icon, Symbol};

/// Props of [`CoveragePanel`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct CoveragePanelProps {
    /// What the runs have taken.
    pub coverage: ByPtr<Coverage>,
}

const KINDS: [(CoverageKind, &str); 4] = [
    (CoverageKind::State, "States"),
    (CoverageKind::Transition, "Transitions"),
    (CoverageKind::Catcher, "Catchers"),
    (CoverageKind::Rule, "Choice rules"),
];

/// The list, beside the diagram.
#[component]
pub(crate) fn CoveragePanel(props: &CoveragePanelProps) -> Html {
    let commands = use_commands();
    let coverage = &props.coverage;
    let on_reset = {
        let commands = commands.clone();
        Callback::from(move |_| commands.reset_coverage())
    };
    let on_close = {
        let commands = commands.clone();
        Callback::from(move |_| commands.show_coverage(false))
    };
    let on_state = Callback::from(move |state: String| commands.select_state(&state, false));
    let runs = match coverage.runs {
        0 => "No run yet".to_owned(),
        1 => "1 run".to_owned(),
        runs => format!("{runs} runs"),
    };
    html! {
        <aside class="coverage" aria-label="Coverage">
            <header class="coverage-head">
                <h3>{ "Coverage" }</h3>
                <span class="coverage-runs">{ runs }</span>
                <button type="button" class="button button-quiet button-small" disabled={coverage.runs == 0}
                    aria-label="Reset the coverage" onclick={on_reset}>{ "Reset" }</button>
                <button type="button" class="button button-quiet button-small button-icon" aria-label="Close the coverage" onclick={on_close}>
                    <Icon symbol={Symbol::Close} />
                </button>
            </header>
            <div class="coverage-list" tabindex="0" role="group" aria-label="What was taken">
                if coverage.items.is_empty() {
                    <p class="quiet card-empty">{ "Run the state machine: what the runs take adds up here, until its states change." }</p>
                } else {
                    { for KINDS.iter().map(|(kind, title)| section(coverage, *kind, title, &on_state)) }
                }
            </div>
        </aside>
    }
}

fn section(coverage: &Coverage, kind: CoverageKind, title: &'static str, on_state: &Callback<String>) -> Html {
    let (taken, all) = covered(coverage, kind);
    if all == 0 {
        return Html::default();
    }
    let percent = taken * 100 / all;
    let items = coverage.items.iter().filter(|item| item.kind == kind);
    html! {
        <section class="coverage-kind">
            <h4>
                <span>{ title }</span>
                <span class="coverage-percent">{ format!("{percent} % \u{b7} {taken} of {all}") }</span>
            </h4>
            <div class="coverage-bar" aria-hidden="true"><div style={format!("width: {percent}%")}></div></div>
            <ul>{ for items.map(|item| line(item, on_state)) }</ul>
        </section>
    }
}

fn line(item: &CoverageItem, on_state: &Callback<String>) -> Html {
    let state = item.state.clone();
    let is_taken = item.times > 0;
    html! {
        <li class="coverage-item" data-taken={is_taken.to_string()}>
            <Icon symbol={if is_taken { Symbol::Check } else { Symbol::Minus }} />
            <button type="button" class="link" disabled={state.is_empty()}
                onclick={on_state.reform(move |_: MouseEvent| state.clone())}>{ item.label.clone() }</button>
            <span class="coverage-times">{ if is_taken { format!("\u{d7}{}", item.times) } else { "not taken".to_owned() } }</span>
        </li>
    }
}
