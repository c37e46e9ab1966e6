//! Why a rule was taken, and what retriers and catchers made of an error.

use asl_protocol::{ClauseOutcome, ConditionOutcome, FailureOutcome, RuleOutcome, VariableValue};
use yew::prelude::*;

use super::super::common::{CopyButton, Icon, StatusGlyph, Symbol, status_name, value_lines};

/// Returns the rules of a Choice state, with the values that each compared.
pub(super) fn rules(rules: &[RuleOutcome]) -> Html {
    html! { <ol class="rule-list" aria-label="Choice rules">{ for rules.iter().map(rule) }</ol> }
}

fn rule(rule: &RuleOutcome) -> Html {
    let name = match rule.number {
        Some(number) => format!("Rule {number}"),
        None => "Default".to_owned(),
    };
    let verdict = if rule.is_taken {
        "taken"
    } else if rule.why == "failed" {
        "failed"
    } else if rule.why == "does not hold" {
        "false"
    } else {
        "none"
    };
    html! {
        <li class="rule" data-verdict={verdict}>
            <div class="rule-head">
                <span class="rule-name">{ name }</span>
                <span class="rule-next">{ format!("\u{2192} {}", rule.next) }</span>
                <span class="verdict" data-verdict={verdict}>{ mark(verdict) }{ rule.why.clone() }</span>
            </div>
            { for rule.conditions.iter().map(condition) }
        </li>
    }
}

fn mark(verdict: &str) -> Html {
    match verdict {
        "taken" | "true" => html! { <Icon symbol={Symbol::Check} /> },
        "false" => html! { <Icon symbol={Symbol::Close} /> },
        "failed" => html! { <Icon symbol={Symbol::Problem} /> },
        _ => Html::default(),
    }
}

fn condition(condition: &ConditionOutcome) -> Html {
    let (verdict, word) = match condition.holds {
        Some(true) => ("true", "true"),
        Some(false) => ("false", "false"),
        None if condition.note.is_empty() => ("none", "not evaluated"),
        None => ("failed", "failed"),
    };
    html! {
        <div class="condition" data-verdict={verdict} style={format!("--depth: {}", condition.depth)}>
            <code class="condition-text">{ condition.text.clone() }</code>
            if !condition.compared.is_empty() {
                <code class="condition-values">{ condition.compared.clone() }</code>
            }
            <span class="verdict" data-verdict={verdict}>{ mark(verdict) }{ word }</span>
            if !condition.note.is_empty() {
                <p class="condition-note">{ condition.note.clone() }</p>
            }
        </div>
    }
}

/// Returns the errors of a visit, with what each retrier and catcher made of them.
pub(super) fn failures(failures: &[FailureOutcome], on_event: &Callback<u32>) -> Html {
    html! {
        <ol class="failure-list" aria-label="Errors of this visit">
            { for failures.iter().map(|failure| self::failure(failure, on_event)) }
        </ol>
    }
}

fn failure(failure: &FailureOutcome, on_event: &Callback<u32>) -> Html {
    let event = failure.event;
    html! {
        <li class="failure" data-status={status_name(failure.status)}>
            <div class="failure-head">
                <StatusGlyph status={failure.status} />
                <span class="failure-error">{ if failure.error.is_empty() { "An error without a name".to_owned() } else { failure.error.clone() } }</span>
                <span class="failure-attempt">{ format!("attempt {}", failure.attempt) }</span>
                <button type="button" class="button button-quiet button-small" onclick={on_event.reform(move |_: MouseEvent| event)}>
                    { format!("Event {event}") }
                </button>
            </div>
            if !failure.cause.is_empty() {
                <p class="failure-cause">{ failure.cause.clone() }</p>
            }
            <ul class="clause-list">{ for failure.clauses.iter().map(clause) }</ul>
            <p class="failure-outcome">
                <strong>{ failure.outcome.clone() }</strong>
                if !failure.arithmetic.is_empty() {
                    <code class="failure-arithmetic">{ failure.arithmetic.clone() }</code>
                }
            </p>
        </li>
    }
}

fn clause(clause: &ClauseOutcome) -> Html {
    let kind = if clause.is_catcher { "Catcher" } else { "Retrier" };
    let verdict = match (clause.is_match, clause.is_decisive) {
        (_, true) => "taken",
        (Some(true), _) => "failed",
        (Some(false), _) => "false",
        (None, _) => "none",
    };
    html! {
        <li class="clause" data-verdict={verdict}>
            <span class="clause-name">{ format!("{kind} {}", clause.number) }</span>
            <code class="clause-names">{ clause.names.clone() }</code>
            <span class="verdict clause-why" data-verdict={verdict}>{ mark(verdict) }{ clause.why.clone() }</span>
        </li>
    }
}

/// Returns the variables that a state saw and assigned, by scope.
pub(super) fn variables(variables: &[VariableValue], on_event: &Callback<u32>) -> Html {
    if variables.is_empty() {
        return html! { <p class="quiet card-empty">{ "No variable is visible here. A state sets some with Assign." }</p> };
    }
    let item = |variable: &VariableValue| {
        let event = variable.set_at;
        html! {
            <li key={variable.name.clone()} class="stage-card variable" data-reach="reached">
                <div class="stage-card-head">
                    <code class="stage-card-title">{ format!("${}", variable.name) }</code>
                    if variable.is_assigned {
                        <span class="tag">{ "assigned here" }</span>
                    }
                    <span class="variable-scope">{ scope(&variable.scope) }</span>
                    <CopyButton text={variable.value.clone()} label={format!("Copy ${}", variable.name)} />
                </div>
                { value_lines(&variable.lines, &format!("Value of ${}", variable.name)) }
                <p class="stage-card-note">
                    { format!("set by {} in ", variable.set_by) }
                    <button type="button" class="link" onclick={on_event.reform(move |_: MouseEvent| event)}>
                        { format!("event {event}") }
                    </button>
                    if variable.is_assigned {
                        { ", visible from the next state on" }
                    }
                </p>
            </li>
        }
    };
    html! { <ul class="stage-list">{ for variables.iter().map(item) }</ul> }
}

fn scope(scope: &str) -> String {
    if scope.is_empty() {
        "whole execution".to_owned()
    } else {
        scope.to_owned()
    }
}
