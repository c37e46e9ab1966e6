//! The problems of the definition, each with its place and, where there is a safe one, its remedy.

use asl_protocol::{Analysis, Diagnostic, Severity};
use yew::prelude::*;

use crate::by_ptr::ByPtr;
use crate::commands::use_commands;

use super::super::common::{Icon, Symbol};

/// Problems that are listed; a text that broken is mended from the top.
const MOST_SHOWN: usize = 100;

/// Props of [`DiagnosticsList`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct DiagnosticsListProps {
    /// What the engine found, once it has looked.
    pub analysis: Option<ByPtr<Analysis>>,
}

/// A line that counts, and the list below it.
#[component]
pub(crate) fn DiagnosticsList(props: &DiagnosticsListProps) -> Html {
    let diagnostics = props
        .analysis
        .as_ref()
        .map_or(&[][..], |analysis| &analysis.diagnostics);
    let summary = match (&props.analysis, diagnostics.len()) {
        (None, _) => "Checking\u{2026}".to_owned(),
        (_, 0) => "No problems".to_owned(),
        (_, 1) => "1 problem".to_owned(),
        (_, count) => format!("{count} problems"),
    };
    let is_syntax = props.analysis.as_ref().is_some_and(|analysis| !analysis.is_json);
    let worst = diagnostics.iter().map(|diagnostic| diagnostic.severity).min();
    html! {
        <div class="problems" data-severity={severity_name(worst)}>
            <p class="problems-summary">
                if !diagnostics.is_empty() {
                    <Icon symbol={severity_symbol(worst)} />
                } else if props.analysis.is_some() {
                    <Icon symbol={Symbol::Check} />
                }
                { summary }
                if !diagnostics.is_empty() {
                    <span class="problems-keys">
                        <kbd>{ "F8" }</kbd>{ " next" }
                        if diagnostics.iter().any(|diagnostic| !diagnostic.fixes.is_empty()) {
                            <kbd>{ "Alt+Enter" }</kbd>{ " fix" }
                        }
                    </span>
                }
            </p>
            if !diagnostics.is_empty() {
                <ul class="problems-list" aria-label="Problems">
                    { for diagnostics.iter().take(MOST_SHOWN).enumerate().map(|(at, diagnostic)| html! {
                        <Problem key={at} diagnostic={diagnostic.clone()} {is_syntax} />
                    }) }
                </ul>
            }
        </div>
    }
}

/// Props of [`Problem`].
#[derive(Clone, PartialEq, Properties)]
struct ProblemProps {
    diagnostic: Diagnostic,
    is_syntax: bool,
}

#[component]
fn Problem(props: &ProblemProps) -> Html {
    let commands = use_commands();
    let diagnostic = &props.diagnostic;
    let range = diagnostic.range;
    // What the service says about text that is no JSON quotes all of the text; our own words come first there.
    let (first, second) = match (&diagnostic.help, props.is_syntax) {
        (Some(help), true) => (help.clone(), Some(diagnostic.message.clone())),
        (help, _) => (diagnostic.message.clone(), help.clone()),
    };
    let on_go = {
        let commands = commands.clone();
        Callback::from(move |_| commands.go_to(range))
    };
    let fix = |fix: &asl_protocol::Fix| {
        let (commands, fix) = (commands.clone(), fix.clone());
        let title = fix.title.clone();
        let on_fix = Callback::from(move |_| commands.apply(&fix));
        html! {
            <button key={title.clone()} type="button" class="button button-small" onclick={on_fix}>{ title }</button>
        }
    };
    html! {
        <li class="problem" data-severity={severity_name(Some(diagnostic.severity))}>
            <button type="button" class="problem-place" onclick={on_go}
                title={format!("Go to line {}, column {}", range.line, range.column)}>
                <Icon symbol={severity_symbol(Some(diagnostic.severity))} />
                <span class="problem-position">{ format!("{}:{}", range.line, range.column) }</span>
                <span class="problem-message">{ first }</span>
            </button>
            <p class="problem-help" title={second.clone()}>
                { second }
                if !diagnostic.rule.is_empty() {
                    { " " }
                    <a href={["./diagnostics.html#", &diagnostic.rule].concat()} target="_blank" rel="noopener"
                        aria-label={["About this rule: ", &diagnostic.rule].concat()}>{ "About this rule" }</a>
                }
            </p>
            { for diagnostic.fixes.iter().map(fix) }
        </li>
    }
}

fn severity_name(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Hint) => "hint",
        None => "none",
    }
}

fn severity_symbol(severity: Option<Severity>) -> Symbol {
    match severity {
        Some(Severity::Error) => Symbol::Problem,
        _ => Symbol::Warning,
    }
}
